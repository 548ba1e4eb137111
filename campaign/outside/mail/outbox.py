"""The outbox of a home: mails are kept as files instead of leaving, and read back for the local mailbox."""

import contextlib
import datetime as dt
import email
import hashlib
import heapq
import os
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message as Parsed
from email.policy import compat32
from email.utils import parsedate_to_datetime
from pathlib import Path

from campaign.errors import MessageBlockedError, NotFoundError
from campaign.outside.mail import header
from campaign.outside.mail.mailer import Handover, Message, Outcome
from campaign.outside.mail.message import ready

FOLDER = "outbox"
NEWEST = 200  # a mailbox page lists no more than this
_MAX_STEM = 150
_NAME = re.compile(r"[A-Za-z0-9=][A-Za-z0-9.@_=-]{0,200}\.eml")
_MAX_BYTES = 20_000_000  # no digest of letters comes near; a larger file is somebody else's


class OutboxMailer:
    """Keeps each message as `<home>/outbox/<message id>.eml`; the same message twice is one file."""

    def __init__(self, home: Path) -> None:
        """Make nothing yet; the folder comes with the first message."""
        self._folder = home / FOLDER

    def hand_over(self, message: Message, before_data: Callable[[], bool]) -> Handover:
        """Write one message; see Mailer. The file appears whole and lasting, or not at all."""
        try:
            raw = ready(message)
        except MessageBlockedError as error:
            return Handover(Outcome.BLOCKED, str(error))
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            written = self._written(raw)
        except OSError as error:
            return Handover(Outcome.TEMPORARY, f"{_kind(error)} write")
        try:
            if not before_data():
                return Handover(Outcome.ABANDONED)
            return self._shown(written, self._folder / file_name(message.message_id))
        finally:
            with contextlib.suppress(OSError):
                written.unlink(missing_ok=True)

    def close(self) -> None:
        """Do nothing: there is no session."""

    def _written(self, raw: bytes) -> Path:
        """Write the bytes to a hidden file beside, all the way to the disk."""
        descriptor, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=self._folder)
        path = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(raw)
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            path.unlink(missing_ok=True)
            raise
        return path

    def _shown(self, written: Path, path: Path) -> Handover:
        """Give the file its name and make that last; a name that may not last is taken back."""
        try:
            written.replace(path)
        except OSError as error:
            return Handover(Outcome.TEMPORARY, f"{_kind(error)} rename")
        try:
            _sync_folder(self._folder)
        except OSError as error:
            path.unlink(missing_ok=True)
            return Handover(Outcome.TEMPORARY, f"{_kind(error)} sync")
        return Handover(Outcome.ACCEPTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptMail:
    """One kept mail as its reader sees it; mailboxes as `Name <address>`, `date` in UTC or None, files by name."""

    name: str
    sender: str
    recipient: str
    reply_to: str
    subject: str
    date: dt.datetime | None
    language: str
    text: str
    html: str
    files: tuple[str, ...] = ()


class MailboxReader:
    """Reads what an OutboxMailer of the same home has kept."""

    def __init__(self, home: Path) -> None:
        """Name the home; its folder need not be there yet."""
        self._folder = home / FOLDER

    def newest(self, limit: int = NEWEST) -> tuple[KeptMail, ...]:
        """List the newest kept mails, newest first; a file that is no mail of ours is left out."""
        found: list[tuple[int, str]] = []
        if self._folder.is_dir():
            with os.scandir(self._folder) as entries:
                kept = (entry for entry in entries if _NAME.fullmatch(entry.name))
                found = [(entry.stat().st_mtime_ns, entry.name) for entry in kept]
        mails = (self._read(name) for _, name in heapq.nlargest(min(limit, NEWEST), found))
        return tuple(mail for mail in mails if mail is not None)

    def one(self, name: str) -> KeptMail:
        """Read one kept mail by its file name; raises NotFoundError for any name that is none."""
        mail = self._read(name) if _NAME.fullmatch(name) else None
        if mail is None:
            raise NotFoundError("no such mail")
        return mail

    def _read(self, name: str) -> KeptMail | None:
        try:
            with (self._folder / name).open("rb") as file:
                return _kept(name, file.read(_MAX_BYTES))
        except (OSError, ValueError, TypeError, LookupError, MessageBlockedError):
            return None


def file_name(message_id: str) -> str:
    """Name a message's file: its id without brackets, odd characters as `=xx`; a long id by its hash."""
    bare = message_id.strip("<>")
    stem = re.sub(r"\A\.|[^A-Za-z0-9.@_-]", lambda found: f"={ord(found[0]):02x}", bare)
    if len(stem) > _MAX_STEM or not stem:
        stem = hashlib.sha256(bare.encode()).hexdigest()
    return f"{stem}.eml"


def _kept(name: str, raw: bytes) -> KeptMail:
    parsed = email.message_from_bytes(raw, policy=compat32)
    if not {"From", "To", "Subject"}.issubset(parsed.keys()):
        raise ValueError("no mail of ours")
    parts = [part for part in parsed.walk() if not part.is_multipart()]
    leaves = {part.get_content_type(): part for part in parts if part.get_filename() is None}
    date = header.unfolded(parsed.get("Date", ""))
    return KeptMail(
        name=name,
        sender=_mailbox(parsed, "From"),
        recipient=_mailbox(parsed, "To"),
        reply_to=_mailbox(parsed, "Reply-To"),
        subject=header.read_text(header.unfolded(parsed["Subject"])),
        date=parsedate_to_datetime(date).astimezone(dt.UTC) if date else None,
        language=header.unfolded(parsed.get("Content-Language", "")),
        text=_content(leaves.get("text/plain")),
        html=_content(leaves.get("text/html")),
        files=tuple(file for part in parts if (file := part.get_filename()) is not None),
    )


def _mailbox(parsed: Parsed, name: str) -> str:
    value = parsed.get(name)
    if value is None:
        return ""
    shown, address = header.read_mailbox(header.unfolded(value))
    return f"{shown} <{address}>" if shown else address


def _content(leaf: Parsed | None) -> str:
    payload = leaf.get_payload(decode=True) if leaf is not None else b""
    return payload.decode().replace("\r\n", "\n") if isinstance(payload, bytes) else ""


def _sync_folder(folder: Path) -> None:
    """Make a rename last: the folder itself goes to the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _kind(error: OSError) -> str:
    """Name a disk error without its path, which may hold an id."""
    return type(error).__name__ if error.errno is None else os.strerror(error.errno).lower()

"""The parts of a message: its text, its HTML, its files; how each stands on the wire, and whether it still does."""

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import Message as Parsed

from campaign.errors import MessageBlockedError
from campaign.outside.mail.body import canonical, quoted_printable
from campaign.outside.mail.mailer import Attachment

_ENDINGS = {"application/pdf": "pdf", "text/csv": "csv"}
_NAME = re.compile(r"(?=.{1,60}\Z)[a-z0-9]+(?:-[a-z0-9]+)*\.(?P<ending>[a-z]+)")
_LINE_BYTES = 57  # as base64 they make the 76 characters of a line (RFC 2045, 6.8)


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its headers in their order, its body as ASCII with CRLF, and the bytes that it stands for.

    `place` names it where it is blocked. `is_text` says that line ends of any kind are the same to its readers.
    """

    place: str
    headers: tuple[tuple[str, str], ...]
    body: str
    content: bytes
    is_text: bool

    def hold(self, leaf: Parsed) -> None:
        """Hold what was read again against what this part is to say.

        Raises MessageBlockedError where it says anything else.
        """
        payload, raw = leaf.get_payload(decode=True), leaf.get_payload()
        if leaf.is_multipart() or leaf.defects or not isinstance(payload, bytes):
            raise MessageBlockedError(self.place)
        is_kept = payload == self.content and raw == self.body
        if self.is_text:
            is_kept = payload.replace(b"\r\n", b"\n") == self.content
        if not is_kept:
            raise MessageBlockedError(self.place)


def of_text(kind: str, text: str) -> Part:
    """Make the part of a text; `kind` is its media type, such as text/plain."""
    return Part(
        place=f"body {kind}",
        headers=(("Content-Type", f'{kind}; charset="utf-8"'), ("Content-Transfer-Encoding", "quoted-printable")),
        body=quoted_printable(text),
        content=canonical(text).encode(),
        is_text=True,
    )


def of_file(attachment: Attachment) -> Part:
    """Make the part of a file, as base64."""
    kind = attachment.content_type
    return Part(
        place=f"file {kind}",
        headers=(
            ("Content-Type", f'{kind}; charset="utf-8"' if kind == "text/csv" else kind),
            ("Content-Transfer-Encoding", "base64"),
            ("Content-Disposition", f'attachment; filename="{attachment.name}"'),
        ),
        body=_base64(attachment.content),
        content=attachment.content,
        is_text=False,
    )


def are_files_legal(attachments: Sequence[Attachment]) -> bool:
    """Tell whether files may go with a message: none empty, each with a name of its own that says what it is."""
    names = [one.name for one in attachments]
    return len(set(names)) == len(names) and all(_is_file_legal(one) for one in attachments)


def _is_file_legal(attachment: Attachment) -> bool:
    found = _NAME.fullmatch(attachment.name)
    ending = _ENDINGS.get(attachment.content_type)
    return bool(attachment.content) and found is not None and found["ending"] == ending


def _base64(content: bytes) -> str:
    """Write bytes as base64 in lines of 76 characters, CRLF after each; no line can look like a boundary."""
    starts = range(0, len(content), _LINE_BYTES)
    return "".join(f"{base64.b64encode(content[at : at + _LINE_BYTES]).decode()}\r\n" for at in starts)

"""Read on: the next page of an export's rows, after the key that the page before ended with."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Row
from sqlalchemy.orm import Session

from campaign.domain import address as addresses
from campaign.domain.export import ExportKind
from campaign.outside.keys import Keys
from campaign.parts import Parts
from campaign.queries import export as exports

_SIGNATURE = (
    "signature", "state", "status", "signed_at", "confirmed_at", "withdrawn_at", "country", "language",
    "letter_language", "letter_version", "offices", "shown", "answers", "source", "marks", "agreed_to",
)  # fmt: skip
COLUMNS: dict[ExportKind, tuple[str, ...]] = {
    "signatures": _SIGNATURE,
    "people": (*_SIGNATURE, "name", "email", "city", "postal_address", "paragraph"),
    "news": ("name", "email", "language", "country", "purpose", "consent_version", "given_at"),
}
Cells = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows, the key to go on after, and whether there are no more."""

    rows: list[Cells]
    after: str
    is_last: bool


def read_on(parts: Parts, kind: ExportKind, wanted: exports.Wanted, after: str) -> Page:
    """Read the page of signatures, people or news that follows a key; the first follows an empty one.

    Raises SealError when the secret does not fit.
    """
    with parts.reading() as session:
        if kind == "news":
            return _news(parts.keys, session, wanted, after)
        return _signatures(parts.keys, session, wanted, after, has_people=kind == "people")


def _signatures(keys: Keys, session: Session, wanted: exports.Wanted, after: str, *, has_people: bool) -> Page:
    found = exports.signatures(session, wanted, after, has_people=has_people)
    agreed = exports.purposes(session, [one.id for one in found])
    rows = [
        (*_plain(one, agreed.get(one.id, ())), *(_person(keys, one) if has_people else ()))
        for one in found
    ]  # fmt: skip
    if found:
        after = f"{found[-1].created_at.isoformat()} {found[-1].id}"
    return Page(rows, after, is_last=len(found) < wanted.page)


def _plain(row: Row[*Cells], agreed: Sequence[str]) -> Cells:
    return (
        row.id,
        row.state,
        row.status,
        _told(row.created_at),
        _told(row.confirmed_at),
        _told(row.withdrawn_at),
        row.country,
        row.language,
        row.letter_language,
        row.version,
        " ".join(row.offices),
        row.shown,
        "mine" if row.has_own_answers else "campaign",
        row.source,
        " ".join(row.marks),
        " ".join(agreed),
    )


def _person(keys: Keys, row: Row[*Cells]) -> Cells:
    return (
        _opened(keys, row.name_sealed, "name_sealed", row.id),
        _email(keys, row),
        _opened(keys, row.city_sealed, "city_sealed", row.id),
        _opened(keys, row.postal_address_sealed, "postal_address_sealed", row.id),
        _opened(keys, row.paragraph_sealed, "paragraph_sealed", row.id),
    )


def _opened(keys: Keys, sealed: bytes | None, column: str, signature_id: str) -> str:
    return keys.open(sealed, "signature", column, signature_id) if sealed is not None else ""


def _email(keys: Keys, row: Row[*Cells]) -> str:
    return keys.open(row.email_sealed, "supporter", "email_sealed", row.supporter_id) if row.email_sealed else ""


def _news(keys: Keys, session: Session, wanted: exports.Wanted, after: str) -> Page:
    """Read whole supporters, so that one who agreed with several signatures is one line for each purpose.

    Mailboxes that want no more mail, or whose mail came back, are left out, whatever was agreed to.
    """
    people = exports.supporters(session, wanted, after)
    found: dict[tuple[str, str], tuple[str, Cells]] = {}
    for one in exports.agreed(session, wanted, people):
        if (one.supporter_id, one.purpose) in found:
            continue
        email = _email(keys, one)
        name = _opened(keys, one.name_sealed, "name_sealed", one.signature_id)
        told = (one.language, one.country, one.purpose, one.version, _told(one.given_at))
        mailbox_key = keys.mailbox_key(addresses.canonical(email)) if email else ""
        found[one.supporter_id, one.purpose] = (mailbox_key, (name, email, *told))
    silent = exports.suppressed(session, [key for key, _ in found.values()]) | {""}
    rows = [row for key, row in found.values() if key not in silent]
    return Page(rows, people[-1] if people else after, is_last=len(people) < wanted.page)


def _told(at: dt.datetime | None) -> str:
    return "" if at is None else at.replace(microsecond=0).isoformat().replace("+00:00", "Z")

"""Export: counts, and signatures, as rows that stream out; people only with a reason and an audit line."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from campaign.domain import tally
from campaign.domain.edition import Edition
from campaign.errors import InputRefusedError, Problem
from campaign.models.supporter import SignatureRow, SupporterRow
from campaign.parts import Parts
from campaign.queries import export as exports
from campaign.queries import tally as tallies
from campaign.services.note import COMMAND_LINE, note
from campaign.services.sealed import email_of, signer_of
from campaign.services.transact import transact

SIGNATURE_COLUMNS = (
    "signature", "state", "status", "signed_at", "confirmed_at", "withdrawn_at", "country", "language",
    "letter_language", "letter_version", "offices", "shown", "answers", "source", "marks", "agreed_to",
)  # fmt: skip
FINE = frozenset({"hour", "country", "language", "source"})  # what could point to a person where few are behind it
PEOPLE_COLUMNS = ("name", "email", "city", "postal_address", "paragraph")


@dataclass(frozen=True, slots=True)
class Export:
    """Columns, and rows in that order; the rows can be read once."""

    columns: tuple[str, ...]
    rows: Iterator[tuple[object, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A state (code) or all, and UTC days from `since` to `until`, both counted."""

    state: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None


def check(edition: Edition, period: Period) -> None:
    """Raise InputRefusedError for an unknown state, or a period that ends before it begins."""
    if period.since is not None and period.until is not None and period.since > period.until:
        raise InputRefusedError((Problem("until", "E-PERIOD"),))
    if period.state is not None and edition.state(period.state) is None:
        raise InputRefusedError((Problem("state", "E-STATE"),))


def counts(parts: Parts, edition: Edition, by: tuple[str, ...], period: Period, *, has_small: bool = True) -> Export:
    """Confirmed signatures by any of `queries.tally.BY`; those by any of FINE only from ten people up, or all.

    Raises InputRefusedError for an unknown state or column, or a period that ends before it begins.
    """
    check(edition, period)
    unknown = [name for name in by if name not in tallies.BY]
    if unknown:
        raise InputRefusedError(tuple(Problem(name, "E-BY") for name in unknown))
    is_fine = not has_small and bool(FINE & set(by))
    return Export((*by, "confirmed"), _counts(parts, edition, by, period, is_fine=is_fine))


def _counts(
    parts: Parts, edition: Edition, by: tuple[str, ...], period: Period, *, is_fine: bool
) -> Iterator[tuple[object, ...]]:
    with parts.reading() as session:
        for *cells, count in tallies.counts_by(
            session, edition.campaign_id, by, state=period.state, since=period.since, until=period.until
        ):
            number = int(str(count))
            yield (*cells, tally.fine(number, number) if is_fine else number)


def signatures(parts: Parts, edition: Edition, period: Period, *, reason: str = "") -> Export:
    """Every signature without anything of its person; with a reason, people too, and an audit line.

    Raises InputRefusedError for an unknown state or a period that ends before it begins.
    """
    check(edition, period)
    wanted = exports.Wanted(edition.campaign_id, period.state, period.since, period.until)
    if not reason:
        return Export(SIGNATURE_COLUMNS, _signatures(parts, wanted, has_people=False))
    which = f"{edition.cause.slug} {period.state or 'all'} {period.since or ''}..{period.until or ''}"
    transact(parts, lambda session: note(parts, session, COMMAND_LINE, "export.people", which, reason))
    return Export((*SIGNATURE_COLUMNS, *PEOPLE_COLUMNS), _signatures(parts, wanted, has_people=True))


def _signatures(parts: Parts, wanted: exports.Wanted, *, has_people: bool) -> Iterator[tuple[object, ...]]:
    with parts.reading() as session:
        for signature, supporter, state, language, version in exports.signatures(session, wanted):
            plain = _plain(session, signature, state, language, version)
            yield (*plain, *_people(parts, signature, supporter)) if has_people else plain


def _plain(session: Session, signature: SignatureRow, state: str, language: str, version: str) -> tuple[object, ...]:
    return (
        signature.id,
        state,
        signature.status,
        _told(signature.created_at),
        _told(signature.confirmed_at),
        _told(signature.withdrawn_at),
        signature.country,
        signature.language,
        language,
        version,
        " ".join(signature.offices),
        signature.shown,
        "mine" if signature.has_own_answers else "campaign",
        signature.source,
        " ".join(signature.marks),
        " ".join(exports.purposes(session, signature.id)),
    )


def _people(parts: Parts, signature: SignatureRow, supporter: SupporterRow) -> tuple[object, ...]:
    signer = signer_of(parts.keys, signature)
    return (signer.name, email_of(parts.keys, supporter), signer.city, signer.postal_address, signer.paragraph)


def _told(at: dt.datetime | None) -> str:
    return "" if at is None else at.replace(microsecond=0).isoformat().replace("+00:00", "Z")

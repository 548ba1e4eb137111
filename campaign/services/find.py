"""Find: look for signatures by what is known of them; neither a name nor an address finds one, and neither is shown."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from campaign.domain.edition import Edition
from campaign.domain.search import Search
from campaign.errors import InputRefusedError, NotFoundError, Problem
from campaign.models.delivery import DeliveryRow
from campaign.models.supporter import SignatureRow
from campaign.outside.database import is_unavailable
from campaign.parts import Parts
from campaign.queries import review as reviews
from campaign.queries import search as searches
from campaign.services.note import name_of

PAGE = 50
SECONDS = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter of a signature and its fate; instants are aware UTC."""

    offices: tuple[str, ...]
    status: str
    reason: str
    way: str
    is_second: bool
    attempts: int
    due_at: dt.datetime
    finished_at: dt.datetime | None
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A signature without anything of the person; `language` is the page's, `letter_language` the letter's.

    `letters` and `reviewed_by` are only told of one looked at alone.
    """

    id: str
    state: str
    status: str
    review: str
    reasons: tuple[str, ...]
    refusal: str
    country: str
    language: str
    letter_language: str
    source: str
    marks: tuple[str, ...]
    has_paragraph: bool
    created_at: dt.datetime
    confirmed_at: dt.datetime | None
    withdrawn_at: dt.datetime | None
    reviewed_at: dt.datetime | None
    reviewed_by: str = ""
    letters: tuple[Letter, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """Some signatures, the newest first. `after` opens the next ones, and is empty on the last page."""

    found: tuple[Found, ...]
    after: str


def find(parts: Parts, edition: Edition, search: Search, after: str = "") -> Page:
    """Look for signatures. Raises InputRefusedError (E-SEARCH-SLOW) where the database takes more than two seconds."""
    try:
        with parts.reading() as session:
            with searches.limited(session, SECONDS):
                rows = searches.found(session, edition.campaign_id, search, after, PAGE + 1)
            shown = rows[:PAGE]
            found = tuple(_all(session, edition, shown))
    except OperationalError as error:
        if not _was_stopped(error):
            raise
        raise InputRefusedError((Problem("state", "E-SEARCH-SLOW"),)) from error
    return Page(found, shown[-1].id if len(rows) > PAGE else "")


def _was_stopped(error: OperationalError) -> bool:
    """Tell a search that was stopped from a database that cannot be asked."""
    is_cancelled = getattr(error.orig, "sqlstate", None) == "57014"
    return is_cancelled or (is_unavailable(error) and "interrupted" in str(error.orig))


def _all(session: Session, edition: Edition, rows: Sequence[SignatureRow]) -> list[Found]:
    states = reviews.state_codes(session, edition.campaign_id)
    languages = reviews.languages(session, [row.letter_id for row in rows])
    return [_found(row, states.get(row.state_id, ""), languages.get(row.letter_id, "")) for row in rows]


def _found(
    row: SignatureRow, state: str, letter_language: str, by: str = "", letters: tuple[Letter, ...] = ()
) -> Found:
    return Found(
        id=row.id,
        state=state,
        status=row.status,
        review=row.review,
        reasons=row.review_reasons,
        refusal=row.refusal,
        country=row.country,
        language=row.language,
        letter_language=letter_language,
        source=row.source,
        marks=row.marks,
        has_paragraph=row.paragraph_sealed is not None,
        created_at=row.created_at,
        confirmed_at=row.confirmed_at,
        withdrawn_at=row.withdrawn_at,
        reviewed_at=row.reviewed_at,
        reviewed_by=by,
        letters=letters,
    )


def look_at(parts: Parts, edition: Edition, signature_id: str) -> Found:
    """Look at one signature and its letters' fate. Raises NotFoundError."""
    with parts.reading() as session:
        row = searches.signature(session, edition.campaign_id, signature_id)
        if row is None:
            raise NotFoundError("signature")
        state = reviews.state_codes(session, edition.campaign_id).get(row.state_id, "")
        language = reviews.languages(session, [row.letter_id]).get(row.letter_id, "")
        by = name_of(parts, session, row.reviewed_by) if row.reviewed_by else ""
        return _found(row, state, language, by, letters_of(session, row.id))


def letters_of(session: Session, signature_id: str) -> tuple[Letter, ...]:
    """The letters of a signature and their fate."""
    return tuple(_letter(one) for one in searches.letters(session, signature_id))


def _letter(row: DeliveryRow) -> Letter:
    return Letter(
        offices=row.offices,
        status=row.status,
        reason=row.reason,
        way=row.way,
        is_second=row.round == 2,
        attempts=row.attempts,
        due_at=row.due_at,
        finished_at=row.finished_at,
        answer=row.answer,
    )

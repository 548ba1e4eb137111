"""Signatures for an export, a page at a time by key, so that a million take no more memory than ten."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Row, and_, or_, select
from sqlalchemy.orm import Session

from campaign.models.campaign import ConsentTextRow, LetterRow, StateRow
from campaign.models.supporter import ConsentRow, SignatureRow, SupporterRow

PAGE = 1000


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which signatures: of a campaign, to a state (code) or all, made on UTC days from `since` to `until`."""

    campaign_id: int
    state: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None


def _instant(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), dt.UTC)


def signatures(session: Session, wanted: Wanted) -> Iterator[Row[SignatureRow, SupporterRow, str, str, str]]:
    """Signature, supporter, state code, letter language and version, in the order signatures were made."""
    asked = (
        select(SignatureRow, SupporterRow, StateRow.code, LetterRow.language, LetterRow.version)
        .join(SupporterRow, SupporterRow.id == SignatureRow.supporter_id)
        .join(StateRow, StateRow.id == SignatureRow.state_id)
        .join(LetterRow, LetterRow.id == SignatureRow.letter_id)
        .where(SignatureRow.campaign_id == wanted.campaign_id)
        .order_by(SignatureRow.created_at, SignatureRow.id)
        .limit(PAGE)
    )
    if wanted.state is not None:
        asked = asked.where(StateRow.code == wanted.state)
    if wanted.since is not None:
        asked = asked.where(SignatureRow.created_at >= _instant(wanted.since))
    if wanted.until is not None:
        asked = asked.where(SignatureRow.created_at < _instant(wanted.until + dt.timedelta(days=1)))
    page = session.execute(asked).all()
    while page:
        yield from page
        last = page[-1][0]
        after = or_(
            SignatureRow.created_at > last.created_at,
            and_(SignatureRow.created_at == last.created_at, SignatureRow.id > last.id),
        )
        session.expunge_all()
        page = session.execute(asked.where(after)).all()


def purposes(session: Session, signature_id: str) -> tuple[str, ...]:
    """The purposes a signature's supporter agreed to, and has not taken back."""
    asked = (
        select(ConsentTextRow.purpose)
        .join(ConsentRow, ConsentRow.consent_text_id == ConsentTextRow.id)
        .where(ConsentRow.signature_id == signature_id, ConsentRow.withdrawn_at.is_(None))
        .order_by(ConsentTextRow.purpose)
    )
    return tuple(session.scalars(asked))

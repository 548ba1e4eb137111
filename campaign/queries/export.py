"""Rows for an export, a page at a time by key, so that a million take no more memory than ten."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from campaign.domain.export import narrowed
from campaign.models.campaign import ConsentTextRow, LetterRow, StateRow
from campaign.models.supporter import ConsentRow, MailboxRow, SignatureRow, SupporterRow

PAGE = 2000
_LETTER = "letter"  # the consent that every signature stands on; the others are for news
_PLAIN = (
    SignatureRow.id,
    StateRow.code.label("state"),
    SignatureRow.status,
    SignatureRow.created_at,
    SignatureRow.confirmed_at,
    SignatureRow.withdrawn_at,
    SignatureRow.country,
    SignatureRow.language,
    LetterRow.language.label("letter_language"),
    LetterRow.version,
    SignatureRow.offices,
    SignatureRow.shown,
    SignatureRow.has_own_answers,
    SignatureRow.source,
    SignatureRow.marks,
)
_SEALED = (
    SignatureRow.supporter_id,
    SignatureRow.name_sealed,
    SignatureRow.city_sealed,
    SignatureRow.postal_address_sealed,
    SignatureRow.paragraph_sealed,
    SupporterRow.email_sealed,
)
_AGREED = (
    ConsentRow.signature_id,
    SignatureRow.supporter_id,
    SignatureRow.name_sealed,
    SupporterRow.email_sealed,
    SupporterRow.language,
    SignatureRow.country,
    ConsentTextRow.purpose,
    ConsentTextRow.version,
    ConsentRow.given_at,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is wanted of a campaign: one state (code) or all, UTC days from `since` to `until`, one language or country.

    `purpose` is of a consent. Nothing is wanted that came after `made_by` (aware UTC): what goes on while an export
    is written does not make it longer. A page has at most `page` rows, of news those of as many supporters.
    """

    campaign_id: int
    state: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    language: str = ""
    country: str = ""
    source: str = ""
    purpose: str = ""
    made_by: dt.datetime | None = None
    page: int = PAGE


def day_begins(day: dt.date) -> dt.datetime:
    """The instant at which a UTC day begins."""
    return dt.datetime.combine(day, dt.time(), dt.UTC)


def conditions(
    wanted: Wanted, at: InstrumentedAttribute[dt.datetime] | InstrumentedAttribute[dt.datetime | None]
) -> list[ColumnElement[bool]]:
    """What rows of signatures must fulfil; `at` is the instant that the period is about."""
    found = [SignatureRow.campaign_id == wanted.campaign_id]
    found += [StateRow.code == wanted.state] if wanted.state else []
    found += [at >= day_begins(wanted.since)] if wanted.since is not None else []
    found += [at < day_begins(wanted.until + dt.timedelta(days=1))] if wanted.until is not None else []
    narrow = narrowed(wanted.country, wanted.language, wanted.source)
    found += [getattr(SignatureRow, name) == value for name, value in narrow.items()]
    found += [at <= wanted.made_by] if wanted.made_by is not None else []
    return found


def signatures(session: Session, wanted: Wanted, after: str, *, has_people: bool) -> Sequence[Row[*tuple[object, ...]]]:
    """The next page of signatures after a key, in the order they were made; with people, what is sealed of them too."""
    asked: Select[*tuple[object, ...]] = select(*_PLAIN, *(_SEALED if has_people else ()))
    asked = (
        asked.join_from(SignatureRow, StateRow, StateRow.id == SignatureRow.state_id)
        .join(LetterRow, LetterRow.id == SignatureRow.letter_id)
        .where(*conditions(wanted, SignatureRow.created_at))
        .order_by(SignatureRow.created_at, SignatureRow.id)
        .limit(wanted.page)
    )
    if has_people:
        asked = asked.join(SupporterRow, SupporterRow.id == SignatureRow.supporter_id)
    if after:
        at, _, last = after.partition(" ")
        instant = dt.datetime.fromisoformat(at)
        later = or_(SignatureRow.created_at > instant, and_(SignatureRow.created_at == instant, SignatureRow.id > last))
        asked = asked.where(SignatureRow.created_at >= instant, later)  # the first alone lets the index be used
    return session.execute(asked).all()


def count_signatures(session: Session, wanted: Wanted) -> int:
    """How many signatures are wanted."""
    asked = (
        select(func.count())
        .select_from(SignatureRow)
        .join(StateRow, StateRow.id == SignatureRow.state_id)
        .where(*conditions(wanted, SignatureRow.created_at))
    )
    return session.scalar(asked) or 0


def purposes(session: Session, signature_ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The purposes agreed to with each of some signatures, and not taken back, in order; none for those without."""
    asked = (
        select(ConsentRow.signature_id, ConsentTextRow.purpose)
        .join(ConsentTextRow, ConsentTextRow.id == ConsentRow.consent_text_id)
        .where(ConsentRow.signature_id.in_(signature_ids), ConsentRow.withdrawn_at.is_(None))
        .order_by(ConsentRow.signature_id, ConsentTextRow.purpose)
    )
    found: dict[str, tuple[str, ...]] = {}
    for signature_id, purpose in session.execute(asked):
        found[signature_id] = (*found.get(signature_id, ()), purpose)
    return found


def supporters(session: Session, wanted: Wanted, after: str) -> Sequence[str]:
    """The ids of the next page of a campaign's supporters after one, in their order."""
    asked = (
        select(SupporterRow.id)
        .where(SupporterRow.campaign_id == wanted.campaign_id, SupporterRow.id > after)
        .order_by(SupporterRow.id)
        .limit(wanted.page)
    )
    return session.scalars(asked).all()


def _agreed(wanted: Wanted) -> list[ColumnElement[bool]]:
    found = conditions(wanted, ConsentRow.given_at)
    found += [SignatureRow.status == "confirmed", ConsentRow.withdrawn_at.is_(None), ConsentTextRow.purpose != _LETTER]
    return found + ([ConsentTextRow.purpose == wanted.purpose] if wanted.purpose else [])


def agreed(session: Session, wanted: Wanted, supporter_ids: Sequence[str]) -> Sequence[Row[*tuple[object, ...]]]:
    """Consents to news of some supporters that stand, by supporter and purpose, the newest of each first."""
    asked: Select[*tuple[object, ...]] = select(*_AGREED)
    asked = (
        asked.join_from(ConsentRow, ConsentTextRow, ConsentTextRow.id == ConsentRow.consent_text_id)
        .join(SignatureRow, SignatureRow.id == ConsentRow.signature_id)
        .join(StateRow, StateRow.id == SignatureRow.state_id)
        .join(SupporterRow, SupporterRow.id == SignatureRow.supporter_id)
        .where(*_agreed(wanted), SignatureRow.supporter_id.in_(supporter_ids))
        .order_by(
            SignatureRow.supporter_id, ConsentTextRow.purpose, ConsentRow.given_at.desc(), ConsentRow.signature_id
        )
    )
    return session.execute(asked).all()


def suppressed(session: Session, mailbox_keys: Sequence[str]) -> frozenset[str]:
    """Those of some mailboxes that nobody may write to any more."""
    asked = select(MailboxRow.key).where(MailboxRow.key.in_(mailbox_keys), MailboxRow.suppressed_at.is_not(None))
    return frozenset(session.scalars(asked))


def count_agreed(session: Session, wanted: Wanted) -> int:
    """How many people agreed to news, each counted once for each purpose; suppressed mailboxes are among them."""
    pairs = (
        select(SignatureRow.supporter_id, ConsentTextRow.purpose)
        .join_from(ConsentRow, ConsentTextRow, ConsentTextRow.id == ConsentRow.consent_text_id)
        .join(SignatureRow, SignatureRow.id == ConsentRow.signature_id)
        .join(StateRow, StateRow.id == SignatureRow.state_id)
        .where(*_agreed(wanted))
        .distinct()
        .subquery()
    )
    return session.scalar(select(func.count()).select_from(pairs)) or 0


def news_purposes(session: Session, campaign_id: int) -> Sequence[str]:
    """The purposes that a campaign asks, or has asked, a consent for besides the letter, in order."""
    asked = (
        select(ConsentTextRow.purpose)
        .join(StateRow, StateRow.id == ConsentTextRow.state_id)
        .where(StateRow.campaign_id == campaign_id, ConsentTextRow.purpose != _LETTER)
        .distinct()
        .order_by(ConsentTextRow.purpose)
    )
    return session.scalars(asked).all()

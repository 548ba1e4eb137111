"""Lists for other programs: signatures, letters that left, and people, a page at a time by key.

A page costs the same wherever it stands: it begins after a place, and an index leads there.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, SQLColumnExpression, exists, func, literal, select, tuple_, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session

from campaign.domain.odata import Tree
from campaign.models.campaign import CampaignRow, ConsentTextRow, LetterRow, StateRow
from campaign.models.delivery import DeliveryRow
from campaign.models.supporter import ConsentRow, MailboxRow, SignatureRow, SupporterRow
from campaign.queries.filtered import condition

Letter = tuple[DeliveryRow, SignatureRow]  # and the signature it was signed with
LEFT = ("accepted", "complained")  # letters that a relay took and that did not come back
COUNTED_UPTO = 10_000  # rows that a filter lets through; beyond, nobody waits for their number

_SIGNATURES: Mapping[str, SQLColumnExpression[Any]] = {
    "identifier": SignatureRow.id,
    "created_date": SignatureRow.created_at,
    "modified_date": SignatureRow.confirmed_at,
    "action_date": SignatureRow.created_at,
    "referrer_data/source": SignatureRow.source,
}
_LETTERS: Mapping[str, SQLColumnExpression[Any]] = {
    "identifier": DeliveryRow.id,
    "created_date": DeliveryRow.created_at,
    "modified_date": DeliveryRow.finished_at,
    "action_date": DeliveryRow.finished_at,
    "referrer_data/source": SignatureRow.source,
}
_PEOPLE: Mapping[str, SQLColumnExpression[Any]] = {
    "identifier": SupporterRow.id,
    "email_address": SupporterRow.address_key,
    "created_date": SupporterRow.created_at,
    "modified_date": SupporterRow.pressed_at,
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page begins: after the row of an instant (aware UTC) and an id."""

    at: dt.datetime
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Which rows of a list: of these states or campaigns (by id) those that a filter lets through, after a place."""

    trees: Mapping[int, Tree | None]
    after: Place | None = None
    offset: int = 0  # rows that are passed over where no place is said
    size: int = 25


@dataclass(frozen=True, slots=True)
class Listing:
    """One kind of list: its rows of one state or campaign, what they are ordered by, and what they are filtered by.

    There is an index that begins with that state or campaign and goes on with `at` and `key`.
    """

    of: Callable[[int], Select[*tuple[Any, ...]]]
    at: InstrumentedAttribute[Any]
    key: InstrumentedAttribute[str]
    fields: Mapping[str, SQLColumnExpression[Any]]

    def asked(self, owner: int, piece: Piece) -> Select[*tuple[Any, ...]]:
        """Ask for the rows of one state or campaign, in their order."""
        asked, tree = self.of(owner), piece.trees[owner]
        asked = asked if tree is None else asked.where(condition(tree, self.fields))
        if piece.after is not None:
            asked = asked.where(tuple_(self.at, self.key) > (piece.after.at, piece.after.id))
        return asked.order_by(self.at, self.key)

    def place(self, row: Row[*tuple[Any, ...]]) -> Place:
        """Where a row stands."""
        return Place(getattr(row[0], self.at.key), getattr(row[0], self.key.key))


def _signatures(state_id: int) -> Select[*tuple[Any, ...]]:
    return select(SignatureRow).where(SignatureRow.state_id == state_id, SignatureRow.status == "confirmed")


def _letters(state_id: int) -> Select[*tuple[Any, ...]]:
    return (
        select(DeliveryRow, SignatureRow)
        .join(SignatureRow, SignatureRow.id == DeliveryRow.signature_id)
        .where(DeliveryRow.state_id == state_id, DeliveryRow.status.in_(LEFT))
    )


def _people(campaign_id: int) -> Select[*tuple[Any, ...]]:
    stands = exists().where(SignatureRow.supporter_id == SupporterRow.id, SignatureRow.status == "confirmed")
    return select(SupporterRow).where(
        SupporterRow.campaign_id == campaign_id, SupporterRow.email_sealed.is_not(None), stands
    )


# Confirmed signatures of a state, in the order they were confirmed.
SIGNATURES = Listing(_signatures, SignatureRow.confirmed_at, SignatureRow.id, _SIGNATURES)
# Letters to a state that left, each with its signature, in the order they left.
LETTERS = Listing(_letters, DeliveryRow.finished_at, DeliveryRow.id, _LETTERS)
# The people behind a campaign's confirmed signatures, in the order they first came.
PEOPLE = Listing(_people, SupporterRow.created_at, SupporterRow.id, _PEOPLE)


def page(session: Session, listing: Listing, piece: Piece) -> tuple[list[tuple[Any, ...]], Place | None]:
    """A page of several states' or campaigns' rows in one order, and where the next begins; None where it is the last.

    Asked for by its number, its place is looked up by keys alone; asked for after a place, nothing is passed over.
    """
    if piece.after is None and piece.offset:
        after = _place_before(session, listing, piece)
        if after is None:
            return [], None
        piece = dataclasses.replace(piece, after=after)
    found = [
        (listing.place(row), tuple(row))
        for owner in piece.trees
        for row in session.execute(listing.asked(owner, piece).limit(piece.size + 1))
    ]
    found.sort(key=lambda one: (one[0].at, one[0].id))
    last = found[piece.size - 1][0] if len(found) > piece.size else None
    return [row for _, row in found[: piece.size]], last


def _place_before(session: Session, listing: Listing, piece: Piece) -> Place | None:
    """Where the row stands that is passed over last; None where there are not so many."""
    keys = [
        listing.asked(owner, piece).with_only_columns(listing.at, listing.key).limit(piece.offset).subquery()
        for owner in piece.trees
    ]
    if not keys:
        return None
    every = union_all(*(select(one) for one in keys)).subquery()
    at, key = every.c
    found = session.execute(select(at, key).order_by(at, key).offset(piece.offset - 1).limit(1)).first()
    return None if found is None else Place(found[0], found[1])


def count(session: Session, listing: Listing, piece: Piece) -> int | None:
    """How many rows a filter lets through; None where they are more than COUNTED_UPTO."""
    total = 0
    for owner in piece.trees:
        some = listing.asked(owner, piece).order_by(None).with_only_columns(literal(1)).limit(COUNTED_UPTO + 1)
        total += session.scalar(select(func.count()).select_from(some.subquery())) or 0
        if total > COUNTED_UPTO:
            return None
    return total


def letters_of(session: Session, supporter_id: str) -> Sequence[Letter]:
    """The letters of one person that left."""
    asked = (
        select(DeliveryRow, SignatureRow)
        .join(SignatureRow, SignatureRow.id == DeliveryRow.signature_id)
        .where(SignatureRow.supporter_id == supporter_id, DeliveryRow.status.in_(LEFT))
        .order_by(DeliveryRow.finished_at, DeliveryRow.id)
    )
    return [(letter, signature) for letter, signature in session.execute(asked)]


def letter(session: Session, delivery_id: str) -> Letter | None:
    """A letter that left, with its signature."""
    asked = (
        select(DeliveryRow, SignatureRow)
        .join(SignatureRow, SignatureRow.id == DeliveryRow.signature_id)
        .where(DeliveryRow.id == delivery_id, DeliveryRow.status.in_(LEFT))
    )
    found = session.execute(asked).first()
    return (found[0], found[1]) if found is not None else None


def newest_signatures(session: Session, people: Sequence[str]) -> dict[str, SignatureRow]:
    """The confirmed signature that each of some people made last, by the person's id."""
    asked = (
        select(SignatureRow)
        .where(SignatureRow.supporter_id.in_(people), SignatureRow.status == "confirmed")
        .order_by(SignatureRow.confirmed_at, SignatureRow.id)
    )
    return {one.supporter_id: one for one in session.scalars(asked)}


def agreed_to_news(session: Session, people: Sequence[str]) -> frozenset[str]:
    """Which of some people agreed to more than their letters, with a signature that stands, and still do."""
    asked = (
        select(SignatureRow.supporter_id)
        .join(ConsentRow, ConsentRow.signature_id == SignatureRow.id)
        .join(ConsentTextRow, ConsentTextRow.id == ConsentRow.consent_text_id)
        .where(
            SignatureRow.supporter_id.in_(people),
            SignatureRow.status == "confirmed",
            ConsentRow.withdrawn_at.is_(None),
            ConsentTextRow.is_required.is_(False),
        )
    )
    return frozenset(session.scalars(asked))


def suppressed(session: Session, mailboxes: Sequence[str]) -> dict[str, str]:
    """Which mailboxes (by fingerprint) take no more mail, and why: unsubscribed, bounced, complained."""
    asked = select(MailboxRow.key, MailboxRow.suppressed_for).where(
        MailboxRow.key.in_(mailboxes), MailboxRow.suppressed_at.is_not(None)
    )
    return {found.key: found.suppressed_for for found in session.execute(asked)}


def dates(session: Session, campaign_id: int) -> dict[int, tuple[dt.datetime, dt.datetime]]:
    """When each state of a campaign had its first letter version, and when the campaign was last loaded."""
    asked = (
        select(StateRow.id, func.min(LetterRow.created_at), CampaignRow.loaded_at)
        .join(LetterRow, LetterRow.state_id == StateRow.id)
        .join(CampaignRow, CampaignRow.id == StateRow.campaign_id)
        .where(StateRow.campaign_id == campaign_id)
        .group_by(StateRow.id, CampaignRow.loaded_at)
    )
    return {state: (first, loaded) for state, first, loaded in session.execute(asked)}

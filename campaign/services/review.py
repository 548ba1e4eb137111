"""Review: the queue of personal paragraphs that a person looks at, each view of which is written down."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from campaign.domain import review
from campaign.domain.edition import Edition
from campaign.domain.letter import Block, render, shown_name
from campaign.domain.review import Piece
from campaign.domain.rule import WordKind
from campaign.models.supporter import SignatureRow
from campaign.parts import Parts
from campaign.queries import edition as editions
from campaign.queries import review as reviews
from campaign.services.note import name_of, note
from campaign.services.sealed import signer_of
from campaign.services.sift import listed
from campaign.services.transact import transact

PAGE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A paragraph that waits for a look, cut at what was found in it, with the name as it is shown and no address.

    `blocks` are the letter around it without its signature; `language` is the letter's, `page_language` the one that
    was signed in.
    """

    signature_id: str
    reasons: tuple[str, ...]
    paragraph: str
    pieces: tuple[Piece, ...]
    name: str
    state: str
    language: str
    page_language: str
    confirmed_at: dt.datetime | None
    subject: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of the queue. `after` opens the next one, and is empty on the last."""

    waiting: tuple[Waiting, ...]
    total: int
    threats: int
    after: str


def queue(parts: Parts, edition: Edition, who: str, after: str = "", most: int = PAGE) -> Queue:
    """Open a page of the queue: threats first, then the oldest first; that it was seen goes into the audit trail.

    `after` is the id of the last signature of the page before. Raises SealError.
    """
    return transact(parts, lambda session: _queue(parts, session, edition, who, after, most))


def _queue(parts: Parts, session: Session, edition: Edition, who: str, after: str, most: int) -> Queue:
    rows = reviews.waiting(session, edition.campaign_id, after, most + 1)
    shown = rows[:most]
    words = listed(session, edition.campaign_id)
    states = reviews.state_codes(session, edition.campaign_id)
    found = tuple(_waiting(parts, session, row, states.get(row.state_id, ""), words) for row in shown)
    total, threats = reviews.count_waiting(session, edition.campaign_id)
    if found:
        seen = " ".join(one.signature_id for one in found)
        note(parts, session, who, "review.seen", f"{len(found)} paragraphs of {edition.cause.slug}", seen)
    return Queue(found, total, threats, shown[-1].id if len(rows) > most else "")


def _waiting(
    parts: Parts, session: Session, row: SignatureRow, state: str, words: tuple[tuple[str, WordKind], ...]
) -> Waiting:
    letter = editions.letter(session, row.letter_id)
    signer = signer_of(parts.keys, row)
    rendered = render(letter, signer, row.offices[:1])
    hits = review.hits(signer.paragraph, words)
    return Waiting(
        signature_id=row.id,
        reasons=row.review_reasons,
        paragraph=signer.paragraph,
        pieces=review.pieces(signer.paragraph, hits),
        name=shown_name(signer, letter),
        state=state,
        language=letter.language,
        page_language=row.language,
        confirmed_at=row.confirmed_at,
        subject=rendered.subject,
        blocks=tuple(one for one in rendered.blocks if one.kind != "signature"),
    )


def counted(parts: Parts, edition: Edition) -> tuple[int, int]:
    """How many paragraphs wait for a look, and how many of them hold a threat."""
    with parts.reading() as session:
        return reviews.count_waiting(session, edition.campaign_id)


def decider(parts: Parts, who: str) -> str:
    """Name whoever decided something, by the address they organise with."""
    with parts.reading() as session:
        return name_of(parts, session, who)

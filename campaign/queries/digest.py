"""Digests: which letters wait for one, which are in one, and when the last one was opened."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session
from sqlalchemy.sql import Select

from campaign.models.campaign import LetterRow
from campaign.models.delivery import DeliveryRow, DigestRow
from campaign.models.supporter import SignatureRow
from campaign.queries import supporter as supporters

_OPEN = ("queued", "claimed", "in_data")


@dataclass(frozen=True, slots=True)
class Line:
    """What one digest gathers: the letters to a mailbox in one language. `official_id` is its first office."""

    address: str
    language: str
    state_id: int
    official_id: int


def lines(session: Session) -> Sequence[Line]:
    """Every mailbox and language for which letters wait for a digest."""
    asked = (
        select(DeliveryRow.address, LetterRow.language, DeliveryRow.state_id, func.min(DeliveryRow.official_id))
        .join(SignatureRow, SignatureRow.id == DeliveryRow.signature_id)
        .join(LetterRow, LetterRow.id == SignatureRow.letter_id)
        .where(DeliveryRow.status == "queued", DeliveryRow.way == "digest", _is_free())
        .group_by(DeliveryRow.address, LetterRow.language, DeliveryRow.state_id)
        .order_by(func.min(DeliveryRow.created_at))
    )
    return [Line(*found) for found in session.execute(asked)]


def last(session: Session, address: str, language: str, state_id: int) -> DigestRow | None:
    """The digest that was opened last to a mailbox in a language; one that was cancelled never was."""
    asked = select(DigestRow).where(
        DigestRow.address == address,
        DigestRow.language == language,
        DigestRow.state_id == state_id,
        DigestRow.status != "cancelled",
    )
    return session.scalars(asked.order_by(DigestRow.created_at.desc())).first()


def is_open(digest: DigestRow) -> bool:
    """Tell whether a digest has yet to leave, or is leaving."""
    return digest.status in _OPEN


def waiting(session: Session, digest: DigestRow, most: int) -> Sequence[DeliveryRow]:
    """Letters that may go in a digest, the oldest first, locked; those that somebody holds are passed over."""
    asked = (
        _of_line(digest.address, digest.language, digest.state_id)
        .order_by(DeliveryRow.created_at, DeliveryRow.id)
        .limit(most)
        .with_for_update(skip_locked=True, of=DeliveryRow)
    )
    return session.scalars(asked).all()


def count_before(session: Session, delivery: DeliveryRow, language: str) -> int:
    """How many letters wait for a digest before this one, to its mailbox in its language."""
    line = _of_line(delivery.address, language, delivery.state_id).where(DeliveryRow.created_at < delivery.created_at)
    return session.scalar(select(func.count()).select_from(line.subquery())) or 0


def _of_line(address: str, language: str, state_id: int) -> Select[DeliveryRow]:
    return (
        select(DeliveryRow)
        .join(SignatureRow, SignatureRow.id == DeliveryRow.signature_id)
        .join(LetterRow, LetterRow.id == SignatureRow.letter_id)
        .where(
            DeliveryRow.address == address,
            DeliveryRow.state_id == state_id,
            DeliveryRow.status == "queued",
            DeliveryRow.way == "digest",
            LetterRow.language == language,
            _is_free(),
        )
    )


def _is_free() -> ColumnElement[bool]:
    """Whether a letter may leave: not while its supporter asked to be erased."""
    return DeliveryRow.signature_id.not_in(supporters.signed_by_erased())


def letters_in(session: Session, digest: DigestRow, *, is_locked: bool = False) -> Sequence[DeliveryRow]:
    """The letters that a digest holds now under its claim, in the order they stand in it."""
    asked = (
        select(DeliveryRow)
        .where(
            DeliveryRow.digest_id == digest.id,
            DeliveryRow.claim == digest.claim,
            DeliveryRow.status.in_(("claimed", "in_data")),
        )
        .order_by(DeliveryRow.created_at, DeliveryRow.id)
    )
    return session.scalars(asked.with_for_update() if is_locked else asked).all()


def language_of(session: Session, delivery: DeliveryRow) -> str:
    """The language a letter is written in."""
    asked = (
        select(LetterRow.language)
        .join(SignatureRow, SignatureRow.letter_id == LetterRow.id)
        .where(SignatureRow.id == delivery.signature_id)
    )
    return session.scalar(asked) or ""

"""Move: the one way a signature, a letter or a mail changes its status."""

from collections.abc import Sequence
from typing import Literal

from sqlalchemy import update
from sqlalchemy.orm import Session

from campaign.domain.arrows import DispatchStatus, SignatureStatus, is_drawn
from campaign.errors import StaleMoveError
from campaign.models.delivery import DeliveryRow, DigestRow, MailRow
from campaign.models.export import ExportRow
from campaign.models.supporter import SignatureRow
from campaign.models.webhook import WebhookCallRow

Moved = SignatureRow | DeliveryRow | DigestRow | MailRow | ExportRow | WebhookCallRow


def move(session: Session, row: Moved, target: str, *, claim: str | None = None, **values: object) -> None:
    """Move a row along a drawn arrow, from the status it was read in; `claim` fences out all but its worker.

    Raises StaleMoveError when somebody else moved it first, ValueError when no such arrow is drawn.
    """
    kind = type(row)
    origin = row.status
    if not is_drawn(_drawing(row), origin, target):
        raise ValueError(f"no arrow from {origin} to {target}")
    asked = update(kind).where(kind.id == row.id, kind.status == origin)
    if claim is not None and kind is not SignatureRow:
        asked = asked.where(kind.claim == claim)  # type: ignore[union-attr]
    asked = asked.values(status=target, **values).execution_options(synchronize_session=False)
    done = session.execute(asked)
    if done.rowcount != 1:  # type: ignore[attr-defined]
        raise StaleMoveError(f"{kind.__tablename__}: {origin} -> {target}")
    session.refresh(row)


def _drawing(row: Moved) -> Literal["signature", "dispatch", "export", "call"]:
    if isinstance(row, SignatureRow):
        return "signature"
    if isinstance(row, WebhookCallRow):
        return "call"
    return "export" if isinstance(row, ExportRow) else "dispatch"


def move_all(
    session: Session, letters: Sequence[DeliveryRow], target: DispatchStatus, *, claim: str | None, **values: object
) -> None:
    """Move letters that stand in one status along a drawn arrow together; `claim` as in `move`.

    Raises StaleMoveError when somebody else moved one of them first, ValueError when no such arrow is drawn.
    """
    for origin in {one.status for one in letters}:
        if not is_drawn("dispatch", origin, target):
            raise ValueError(f"no arrow from {origin} to {target}")
        ids = [one.id for one in letters if one.status == origin]
        asked = update(DeliveryRow).where(DeliveryRow.id.in_(ids), DeliveryRow.status == origin)
        if claim is not None:
            asked = asked.where(DeliveryRow.claim == claim)
        asked = asked.values(status=target, **values).execution_options(synchronize_session="evaluate")
        done = session.execute(asked)
        if done.rowcount != len(ids):  # type: ignore[attr-defined]
            raise StaleMoveError(f"{len(ids)} letters: {origin} -> {target}")


def move_signatures(session: Session, signatures: Sequence[SignatureRow], target: SignatureStatus) -> None:
    """Move signatures that stand in one status along a drawn arrow together.

    Raises StaleMoveError when somebody else moved one of them first, ValueError when no such arrow is drawn.
    """
    for origin in {one.status for one in signatures}:
        if not is_drawn("signature", origin, target):
            raise ValueError(f"no arrow from {origin} to {target}")
        ids = [one.id for one in signatures if one.status == origin]
        asked = update(SignatureRow).where(SignatureRow.id.in_(ids), SignatureRow.status == origin)
        asked = asked.values(status=target).execution_options(synchronize_session="evaluate")
        done = session.execute(asked)
        if done.rowcount != len(ids):  # type: ignore[attr-defined]
            raise StaleMoveError(f"{len(ids)} signatures: {origin} -> {target}")


def move_letters_of(
    session: Session, signatures: Sequence[str], origins: Sequence[DispatchStatus], target: DispatchStatus,
    **values: object,
) -> int:  # fmt: skip
    """Move whatever letters of some signatures (ids) stand in some statuses along drawn arrows; how many there were.

    Raises ValueError when no such arrow is drawn.
    """
    moved = 0
    for origin in origins:
        if not is_drawn("dispatch", origin, target):
            raise ValueError(f"no arrow from {origin} to {target}")
        asked = update(DeliveryRow).where(DeliveryRow.signature_id.in_(signatures), DeliveryRow.status == origin)
        asked = asked.values(status=target, **values).execution_options(synchronize_session=False)
        moved += session.execute(asked).rowcount  # type: ignore[attr-defined]
    return moved

"""Move: the one way a signature, a letter or a mail changes its status."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from campaign.domain.arrows import is_drawn
from campaign.errors import StaleMoveError
from campaign.models.delivery import DeliveryRow, DigestRow, MailRow
from campaign.models.supporter import SignatureRow

Moved = SignatureRow | DeliveryRow | DigestRow | MailRow


def move(session: Session, row: Moved, target: str, *, claim: str | None = None, **values: object) -> None:
    """Move a row along a drawn arrow, from the status it was read in; `claim` fences out all but its worker.

    Raises StaleMoveError when somebody else moved it first, ValueError when no such arrow is drawn.
    """
    kind = type(row)
    origin = row.status
    if not is_drawn("signature" if kind is SignatureRow else "dispatch", origin, target):
        raise ValueError(f"no arrow from {origin} to {target}")
    asked = update(kind).where(kind.id == row.id, kind.status == origin)
    if claim is not None and kind is not SignatureRow:
        asked = asked.where(kind.claim == claim)  # type: ignore[union-attr]
    asked = asked.values(status=target, **values).execution_options(synchronize_session=False)
    done = session.execute(asked)
    if done.rowcount != 1:  # type: ignore[attr-defined]
        raise StaleMoveError(f"{kind.__tablename__}: {origin} -> {target}")
    session.refresh(row)

"""Turn: one piece of the worker's work: mails to supporters before digests, digests before letters."""

from collections.abc import Callable

from sqlalchemy.exc import SQLAlchemyError

from campaign.errors import UnavailableError
from campaign.parts import Parts
from campaign.services.claim import Held
from campaign.services.deliver import Worked, deliver
from campaign.services.digest import digest
from campaign.services.post import post


def turn(parts: Parts, held: Callable[[Held], None] | None = None) -> Worked | None:
    """Hand over the next due mail, or else the next due digest, or else letter; None when nothing is due.

    `held` is told which row is in hand. Raises UnavailableError when the database cannot be asked.
    """
    try:
        return post(parts, held) or digest(parts, held) or deliver(parts, held)
    except SQLAlchemyError as error:
        raise UnavailableError(type(error).__name__) from error

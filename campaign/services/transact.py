"""Transact: one unit of work, all or nothing, tried again where the database says that it may work then."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session

from campaign.errors import UnavailableError
from campaign.outside.database import is_passing, is_unavailable
from campaign.parts import Parts

Result = TypeVar("Result")
TRIES = 3


def transact(parts: Parts, work: Callable[[Session], Result]) -> Result:
    """Do the work in one writing transaction and commit it; two that race for one row are tried again.

    Raises UnavailableError when the database cannot take it now: nothing was recorded.
    """
    for attempt in range(1, TRIES + 1):
        try:
            with parts.writing() as session:
                result = work(session)
                session.commit()
                return result
        except IntegrityError:
            if attempt == TRIES:
                raise
        except DBAPIError as error:
            if is_passing(error) and attempt < TRIES:
                continue
            if is_unavailable(error):
                raise UnavailableError(type(error).__name__) from error
            raise
        except PoolTimeoutError as error:
            raise UnavailableError("pool") from error
    raise UnavailableError("raced")  # unreachable but for TRIES = 0

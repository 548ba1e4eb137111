"""A mailer for tests: it keeps messages in memory and answers by script."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from campaign.errors import MessageBlockedError
from campaign.outside.mail.mailer import Handover, Message, Outcome
from campaign.outside.mail.message import ready

_AFTER_DATA = frozenset({Outcome.ACCEPTED, Outcome.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Scripted:
    """One scripted end of a hand-over: an outcome, or an error that is raised where a process might die.

    A yes or an uncertain end always comes after DATA; the others only when `is_after_data` says so.
    """

    outcome: Outcome = Outcome.ACCEPTED
    reason: str = ""
    is_after_data: bool = False
    error: BaseException | None = None

    @property
    def enters_data(self) -> bool:
        """Whether DATA is entered before this end comes."""
        return self.is_after_data or (self.error is None and self.outcome in _AFTER_DATA)


class FakeMailer:
    """Takes every message that the guard lets through, unless the script says otherwise.

    `handed` holds every message that was tried, `accepted` those that were taken, `in_data` those whose bytes
    began to leave (the ledger: what somebody may have), `outcomes` every answer given.
    """

    def __init__(self, *script: Scripted | Outcome) -> None:
        """Answer the next hand-overs by the script, in its order; after it everything is accepted."""
        self._script = deque(script)
        self.handed: list[Message] = []
        self.in_data: list[Message] = []
        self.accepted: list[Message] = []
        self.outcomes: list[Handover] = []
        self.is_closed = False

    def then(self, *script: Scripted | Outcome) -> None:
        """Add to the end of the script."""
        self._script.extend(script)

    def hand_over(self, message: Message, before_data: Callable[[], bool]) -> Handover:
        """Build and check the message for real, then end as the script says; see Mailer."""
        self.handed.append(message)
        handover = self._ended(message, before_data)
        self.outcomes.append(handover)
        return handover

    def close(self) -> None:
        """Note that the session was ended."""
        self.is_closed = True

    def _ended(self, message: Message, before_data: Callable[[], bool]) -> Handover:
        try:
            ready(message)
        except MessageBlockedError as error:
            return Handover(Outcome.BLOCKED, str(error))
        answer = self._script.popleft() if self._script else Scripted()
        end = Scripted(answer) if isinstance(answer, Outcome) else answer
        if end.enters_data:
            if not before_data():
                return Handover(Outcome.ABANDONED)
            self.in_data.append(message)
        if end.error is not None:
            raise end.error
        if end.outcome is Outcome.ACCEPTED:
            self.accepted.append(message)
        return Handover(end.outcome, end.reason)

"""Rehearsal: everything goes to one tester instead of to offices and supporters, and says so in its subject."""

import dataclasses
from collections.abc import Callable

from campaign.outside.mail.mailer import Handover, Mailer, Message

_TO_OFFICE = "[TEST → {address}] "
_TO_SUPPORTER = "[TEST] "


class RehearsalMailer:
    """Wraps another mailer, `behind`, and hands it every message with the tester as its only reader."""

    def __init__(self, behind: Mailer, tester: str) -> None:
        """Keep the mailer that really hands over, and the address that everything goes to."""
        self.behind = behind
        self._tester = tester

    def hand_over(self, message: Message, before_data: Callable[[], bool]) -> Handover:
        """Hand the message over to the tester; see Mailer."""
        return self.behind.hand_over(self._redirected(message), before_data)

    def close(self) -> None:
        """End the session of the mailer behind."""
        self.behind.close()

    def _redirected(self, message: Message) -> Message:
        """Change To, Reply-To and the subject, and nothing else.

        An answer goes to the tester too, also where the message asked for none, so that nobody else gets one.
        An office's address is public, and stands in the mark; a supporter's mail, which is automatic as no letter
        is, tells nothing of its true reader.
        """
        mark = _TO_SUPPORTER if message.is_automatic else _TO_OFFICE.format(address=message.to_address)
        return dataclasses.replace(
            message,
            to_name="",
            to_address=self._tester,
            reply_to_name="",
            reply_to_address=self._tester,
            subject=mark + message.subject,
        )

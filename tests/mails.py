"""Messages to try things on."""

import dataclasses
import datetime as dt
from typing import Any

from campaign.outside.mail.mailer import Attachment, Message

NOON = dt.datetime(2026, 11, 24, 12, 0, tzinfo=dt.UTC)

LETTER = Message(
    envelope_from="letters@campaign.example",
    from_name="Ona Nordmann",
    from_address="letters@campaign.example",
    to_address="minister@ministry.example",
    reply_to_name="Ona Nordmann",
    reply_to_address="ona@example.org",
    subject="Please return to the convention",
    text="Dear Minister,\n\nplease return.\n\nOna Nordmann",
    language="en",
    message_id="letter.1@campaign.example",
    date=NOON,
)

CONFIRMATION = Message(
    envelope_from="letters@campaign.example",
    from_name="Keep the ban",
    from_address="letters@campaign.example",
    to_address="ona@example.org",
    subject="Vennligst bekreft underskriften din",
    text="Hei,\n\ntrykk her: http://127.0.0.1:8000/nb/confirm/abc/\n",
    html='<p>Hei,</p>\n<p><a href="http://127.0.0.1:8000/nb/confirm/abc/">trykk her</a></p>\n',
    language="nb",
    message_id="<confirm.1@campaign.example>",
    date=NOON,
    is_automatic=True,
    unsubscribe_url="http://127.0.0.1:8000/nb/unsubscribe/abc/",
)

PDF = Attachment("letters-lt.pdf", "application/pdf", b"%PDF-1.7\r\n.\n\x00\xff" * 40)
CSV = Attachment("letters-lt.csv", "text/csv", "\ufeffNr;Vardas\r\n1;Žaneta\r\n".encode())


def letter(**changes: Any) -> Message:
    """A letter to an office, with some fields changed."""
    return dataclasses.replace(LETTER, **changes)


def confirmation(**changes: Any) -> Message:
    """A mail to a supporter, with some fields changed."""
    return dataclasses.replace(CONFIRMATION, **changes)


def digest(**changes: Any) -> Message:
    """A mail to an office with files, with some fields changed."""
    given = {"message_id": "digest.1@campaign.example", "attachments": (PDF, CSV)}
    return dataclasses.replace(LETTER, **(given | changes))


def go() -> bool:
    """Say yes to DATA."""
    return True

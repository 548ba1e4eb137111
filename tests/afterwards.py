"""Weeks later: letters that have had their time, a second letter in every version, and what people say."""

import datetime as dt

import people
from sqlalchemy import select

from campaign.models.campaign import LetterRow
from campaign.models.delivery import DeliveryRow
from campaign.models.supporter import SignatureRow
from campaign.parts import Parts
from campaign.services import answer as answers
from campaign.services.question import question

CHASE = {
    "subject": "A second letter",
    "body": "{{ addressees }}\n\n{{ salutation }}\n\nOn {{ sent_on | on_date }} I wrote to you.\n\n{{ signature }}",
}
MONTH = dt.timedelta(days=30)


def second_letters(parts: Parts, *languages: str) -> None:
    """Let letters in these languages, and in no others, have a second one, as loading the texts would."""
    with parts.writing() as session:
        for row in session.scalars(select(LetterRow)):
            chase = {**CHASE, "subject": f"{CHASE['subject']} ({row.language})"}
            row.fields = row.fields | {"chase": chase if row.language in languages else {}}
        session.commit()


def letters(parts: Parts, number: int = 1) -> list[DeliveryRow]:
    """The first (1) or second (2) letters of everybody, by signature and office."""
    with parts.reading() as session:
        asked = select(DeliveryRow).where(DeliveryRow.round == number)
        return list(session.scalars(asked.order_by(DeliveryRow.signature_id, DeliveryRow.official_id)))


def change(parts: Parts, letter: DeliveryRow, **values: object) -> None:
    """Make a letter what nothing in a test makes it."""
    with parts.writing() as session:
        row = session.get(DeliveryRow, letter.id)
        for name, value in values.items():
            setattr(row, name, value)
        session.commit()


def signatures(parts: Parts) -> list[SignatureRow]:
    with parts.reading() as session:
        return list(session.scalars(select(SignatureRow)))


def later(parts: Parts, by: dt.timedelta = MONTH) -> int:
    """Let time go by, and the worker ask and mail; how many presses were asked about."""
    parts.clock.move(by)
    asked = question(parts)
    people.work(parts)
    return asked


def questions(parts: Parts, to: str | None = None) -> list:
    """The questions that were mailed."""
    return [one for one in people.mails(parts, to) if "/answers/" in one.text]


def asked(parts: Parts, **signed: object) -> str:
    """Sign, confirm, let the letters leave and their time go by; the token of the question's link."""
    people.confirmed(parts, **signed)
    people.work(parts)
    later(parts)
    return people.token(questions(parts, str(signed.get("email", "ona@example.org")))[-1], "answers")


def say(parts: Parts, token: str, what: str) -> int:
    """Say the same of every letter."""
    return answers.answer(parts, token, {one.delivery_id: what for one in answers.opened(parts, token, "en")})

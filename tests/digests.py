"""Digests as tests see them: an office that takes them, and what is in the mail it gets."""

import csv
import datetime as dt
import io
import re
from dataclasses import replace

import people
import pypdf
from sqlalchemy import select

from campaign.domain.letter import render
from campaign.models.delivery import DeliveryRow
from campaign.models.supporter import SignatureRow, SupporterRow
from campaign.outside.keys import new_id
from campaign.outside.mail.mailer import Message
from campaign.parts import Parts
from campaign.queries import edition as editions
from campaign.services.digest import open_digests
from campaign.services.sealed import put_signer, signer_of
from campaign.services.send import text_digest
from campaign.services.takes import take
from campaign.services.withdraw import opened, withdraw

OFFICE = "prime-minister"


def let_take(parts: Parts, what: str = "digest", office: str = OFFICE, state: str = "LT") -> None:
    """Let an office take letters, digests, or nothing."""
    take(parts, people.CAMPAIGN, state, office, what, "they asked")


def write(parts: Parts, number: int, **changed: object) -> None:
    """Write a confirmed letter to that one office, as one of many people."""
    given = {"email": f"person{number}@example.org", "name": f"Ona Nr{number}", "offices": (OFFICE,)}
    parts.clock.move(dt.timedelta(seconds=1))
    people.confirmed(parts, **(given | changed))


def more(parts: Parts, count: int) -> None:
    """Let so many more letters wait as the newest one does: of other people, each a second younger."""
    with parts.writing() as session:
        like = session.scalars(select(DeliveryRow).order_by(DeliveryRow.created_at.desc())).first()
        signed = session.get_one(SignatureRow, like.signature_id)
        supporter = session.get_one(SupporterRow, signed.supporter_id)
        letter, signer = editions.letter(session, signed.letter_id), signer_of(parts.keys, signed)
        for number in range(count):
            who, at = replace(signer, name=f"Jonas Nr{number}"), like.created_at + dt.timedelta(seconds=number + 1)
            key = f"more {number}".encode()
            other = _copied(supporter, id=new_id(), address_key=key, email_sealed=None)
            row = _copied(signed, id=new_id(), supporter_id=other.id, created_at=at)
            put_signer(parts.keys, row, who)
            digest = text_digest(parts.keys, render(letter, who, like.offices))
            session.add(other)
            session.flush()
            session.add(row)
            session.flush()
            session.add(_copied(like, id=new_id(), signature_id=row.id, text_digest=digest, created_at=at))
        session.commit()


def _copied(row, **changed):
    columns = {column.name: getattr(row, column.name) for column in type(row).__table__.columns}
    return type(row)(**(columns | changed))


def gather(parts: Parts) -> int:
    """Open what digests are due and hand them over; how many were opened."""
    opened_count = open_digests(parts)
    people.work(parts)
    return opened_count


def take_back(parts: Parts, email: str) -> None:
    """Take all signatures of an address back, by the link in its last mail."""
    token = people.token(people.mails(parts, email)[-1], "withdraw")
    withdraw(parts, token, {one.signature_id for one in opened(parts, token).signatures})


def digests(parts: Parts) -> list[Message]:
    """The digests handed over so far."""
    return [one for one in people.letters(parts) if one.attachments]


def rows(content: bytes) -> list[dict[str, str]]:
    """The lines of a digest's table by the column's number, as a spreadsheet program reads them."""
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def names(message: Message) -> list[str]:
    """Whose letters are in a digest, by its table."""
    return [list(row.values())[1] for row in rows(message.attachments[1].content)]


def text_of(pdf: bytes) -> str:
    """What can be read in a PDF, spaces made one."""
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))

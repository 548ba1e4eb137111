"""Take: all that is kept of whoever has the link to their own page, in every campaign, as names and values.

What it holds follows from the models: a new column of a person appears by itself, and one in a new table must be said
here to be of supporters or of nobody who signs.
"""

import datetime as dt
from typing import TypeAlias

from sqlalchemy.orm import Session

from campaign.domain import address as addresses
from campaign.domain.dates import iso
from campaign.models.delivery import DeliveryRow, MailRow
from campaign.models.supporter import MailboxRow, SignatureRow, SupporterRow
from campaign.models.tables import personal_columns
from campaign.parts import Parts
from campaign.queries import delivery as deliveries
from campaign.queries import edition as editions
from campaign.queries import supporter as supporters
from campaign.services.links import own_of
from campaign.services.sealed import email_of, signer_of
from campaign.services.yours import STATUSES, as_it_left

Value: TypeAlias = "str | int | bool | list[Value] | dict[str, Value] | None"
Facts: TypeAlias = dict[str, Value]

OF_SUPPORTERS = ("supporter", "signature", "mailbox")  # tables with columns of a person, all of which are handed out
OF_OTHERS = {
    "organiser": "who runs the campaign",
    "attempt": "fingerprints of networks and organisers, of nobody who signed",
    "alarm": "domains and countries from which many came, of nobody alone",
    "own_letter": "noted without any name or address, so nobody can be found in it",
    "export_part": "copies of what is handed out here, for organisers; gone within days",
}
# What only the machine needs: seals, leases, and other rows' numbers; and who of the organisers looked at something.
_INWARD = {
    "supporter": {"key_id", "campaign_id", "confirm_generation", "code_tries"},
    "signature": {"key_id", "campaign_id", "state_id", "supporter_id", "letter_id", "digest", "reviewed_by"},
    "delivery": {"signature_id", "state_id", "official_id", "digest_id", "text_digest", "claim", "lease_until"},
    "mail": {"supporter_id", "claim", "lease_until"},
    "mailbox": set(),
}
_SEALED = "_sealed"


def take(parts: Parts, token: str) -> Facts:
    """Hand out all that is kept of a link's mailbox: values as JSON can hold them, instants as ISO 8601 in UTC.

    Nothing is changed. Raises TokenError when the link is not genuine or its time is over, SealError.
    """
    with parts.reading() as session:
        canonical = addresses.canonical(email_of(parts.keys, own_of(parts, session, token)))
        mailbox = supporters.mailbox(session, parts.keys.mailbox_key(canonical))
        return {
            "made_at": iso(parts.clock.now()),
            "mailbox": _facts(parts, mailbox) if mailbox is not None else None,
            "campaigns": [_campaign(parts, session, slug, row) for slug, row in _everywhere(parts, session, canonical)],
        }


def _everywhere(parts: Parts, session: Session, canonical: str) -> list[tuple[str, SupporterRow]]:
    found = []
    for slug in editions.slugs(session):
        campaign = editions.row(session, slug)
        key = parts.keys.address_key(canonical, slug)
        supporter = supporters.by_address_key(session, campaign.id, key) if campaign is not None else None
        if supporter is not None:
            found.append((slug, supporter))
    return found


def _campaign(parts: Parts, session: Session, slug: str, supporter: SupporterRow) -> Facts:
    signatures = supporters.signatures(session, supporter.id, *STATUSES)
    return {
        "campaign": slug,
        "supporter": _facts(parts, supporter),
        "signatures": [_signature(parts, session, one) for one in signatures],
        "mails": [_facts(parts, one) for one in deliveries.mails_of(session, supporter.id)],
    }


def _signature(parts: Parts, session: Session, row: SignatureRow) -> Facts:
    letter = editions.letter(session, row.letter_id)
    states = {one.id: one.slug for one in editions.state_rows(session, row.campaign_id).values()}
    return {
        "state": states.get(row.state_id, ""),
        "letter_language": letter.language,
        "letter_version": letter.version,
        **_facts(parts, row),
        "consents": [
            {
                "text": text.text,
                "language": text.language,
                "given_at": iso(given),
                "withdrawn_at": iso(taken) if taken is not None else None,
            }
            for text, given, taken in supporters.consents_ever(session, row.id)
        ],
        "letters": [_letter(parts, session, row, one) for one in deliveries.of_signature(session, row.id)],
    }


def _letter(parts: Parts, session: Session, signature: SignatureRow, row: DeliveryRow) -> Facts:
    """A letter's facts, and its words as long as they can be made again as they left."""
    letter, signer = editions.letter(session, signature.letter_id), signer_of(parts.keys, signature)
    text = as_it_left(parts, session, row, letter, signer)
    said: Facts = {"subject": text.subject, "text": text.text} if text is not None else {"subject": None, "text": None}
    return _facts(parts, row) | said


def _facts(parts: Parts, row: SupporterRow | SignatureRow | MailboxRow | DeliveryRow | MailRow) -> Facts:
    """Every column of a row but what only the machine needs; what is sealed is opened, under its name without that."""
    table = row.__tablename__
    personal = personal_columns().get(table, ())
    return {
        name.removesuffix(_SEALED): _opened(parts, row, name) if name in personal else _plain(getattr(row, name))
        for name in (one.name for one in row.__table__.columns)
        if name not in _INWARD[table]
    }


def _opened(parts: Parts, row: SupporterRow | SignatureRow | MailboxRow | DeliveryRow | MailRow, name: str) -> Value:
    value = getattr(row, name)
    if value is None or not name.endswith(_SEALED) or isinstance(row, MailboxRow):
        return _plain(value)
    return parts.keys.open(value, row.__tablename__, name, row.id)


def _plain(value: object) -> Value:
    if isinstance(value, dt.datetime):
        return iso(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value if value is None or isinstance(value, str | int) else str(value)

"""Gather: write the mail of a digest, with its letters as a document to read and as a table to work with."""

from campaign.domain import dates
from campaign.domain.digest import COLUMNS, Bound, Volume, lines_of, table
from campaign.domain.edition import Edition, StateEdition
from campaign.errors import MessageBlockedError
from campaign.models.delivery import DigestRow
from campaign.outside.mail.mailer import Attachment, Message
from campaign.parts import Parts
from campaign.services.deliver import Whole, header_name, message_id
from campaign.services.pace import state_at
from campaign.services.returns import return_address


def gather(parts: Parts, row: DigestRow, letters: tuple[Whole, ...]) -> Message:
    """Make the message of a digest; its words are in the language of the letters.

    Raises MessageBlockedError where its state or its campaign is gone.
    """
    edition, state = _where(parts, row)
    language, today = row.language, parts.clock.now().date()
    name = edition.cause.name.get(language) or edition.cause.name["en"]
    said = parts.templates.plain(
        "digest",
        language,
        salutation=lines_of((one.letter for one in letters), "salutation"),
        count=len(letters),
        countries=len({one.country for one in letters}),
        campaign_name=name,
        organisation=edition.cause.organisation,
        contact=edition.cause.contact,
        base_url=parts.settings.base_url,
    )
    stem = f"{state.state.slug[:30].strip('-')}-{today.isoformat()}-{language.lower()}"
    return Message(
        envelope_from=return_address(parts, "digest", row.id),
        from_name=header_name(name),
        from_address=parts.settings.mail_from,
        to_address=row.address,
        reply_to_address=parts.settings.mail_from,
        subject=said.subject,
        text=said.text,
        language=language,
        message_id=message_id(parts, "digest", row.id),
        date=parts.clock.now(),
        attachments=(
            Attachment(f"{stem}.pdf", "application/pdf", parts.pdf.bind(_volume(parts, row, name, letters))),
            Attachment(f"{stem}.csv", "text/csv", _table(parts, row, letters)),
        ),
    )


def _where(parts: Parts, row: DigestRow) -> tuple[Edition, StateEdition]:
    with parts.reading() as session:
        found = state_at(parts, session, row.state_id)
    if found is None:
        raise MessageBlockedError("no such state")
    return found


def _volume(parts: Parts, row: DigestRow, campaign_name: str, letters: tuple[Whole, ...]) -> Volume:
    language, words, today = row.language, parts.words, parts.clock.now().date()
    return Volume(
        language=language,
        title=words.plural(language, "mail.digest.title", len(letters), campaign_name=campaign_name),
        day=today,
        opening=(
            *lines_of((one.letter for one in letters), "addressees"),
            dates.date(today, language),
            words.text(language, "mail.digest.answers"),
        ),
        contents=words.text(language, "mail.digest.contents"),
        letters=tuple(_bound(parts, language, number, one) for number, one in enumerate(letters, start=1)),
    )


def _bound(parts: Parts, language: str, number: int, one: Whole) -> Bound:
    country = dates.country_name(one.country, language) if one.has_name else ""
    date = dates.on_date(one.confirmed_at.date(), language)
    facts = [parts.words.text(language, "mail.digest.confirmed", date=date)]
    if one.answers_to:
        facts.append(parts.words.text(language, "mail.digest.answer-to", address=one.answers_to))
    return Bound(
        heading=f"{number}. {', '.join(said for said in (one.name, one.place, country) if said)}",
        facts=tuple(facts),
        subject=one.letter.subject,
        blocks=one.letter.blocks,
    )


def _table(parts: Parts, row: DigestRow, letters: tuple[Whole, ...]) -> bytes:
    """One letter a line; days are UTC. Answers go to the signer who wants them, else to the campaign."""
    header = [parts.words.text(row.language, f"mail.digest.column.{column}") for column in COLUMNS]
    rows = [
        (
            number,
            one.name,
            one.place,
            dates.country_name(one.country, row.language),
            one.confirmed_at.date().isoformat(),
            one.letter.subject,
            one.letter.text,
            one.answers_to or parts.settings.mail_from,
        )
        for number, one in enumerate(letters, start=1)
    ]
    return table(header, rows)

"""Slips: make the sheets for a stall, on which people sign a letter by hand."""

from urllib.parse import urlsplit

from campaign.domain import letter as letters
from campaign.domain.edition import Edition, LetterEdition, StateEdition
from campaign.domain.letter import Signer
from campaign.domain.slip import Box, Slip, Slips
from campaign.errors import NotFoundError
from campaign.parts import Parts


def slips(parts: Parts, edition: Edition, state: StateEdition, language: str) -> bytes:
    """Set the sheets for a state's letter in a language, or in English where it is not in it: PDF on A4.

    Raises NotFoundError where there is no letter.
    """
    today = parts.clock.now().date()
    letter = state.letter(language, today) or state.letter("en", today)
    if letter is None:
        raise NotFoundError("letter")
    offices = tuple(one.office for one in state.officials if not one.is_silent)
    sent = letters.render(letter, Signer(name="", country=""), offices[:1])
    return parts.pdf.cut(
        Slips(
            language=language,
            heading=state.state.write_to[language],
            to=parts.words.text(language, "sheet.to"),
            offices=tuple(letter.title(one) for one in offices),
            letter_language=letter.language,
            subject=sent.subject,
            blocks=tuple(one for one in sent.blocks if one.kind not in ("addressees", "own", "signature")),
            slip=_slip(parts, edition, letter, language, sent.subject, offices),
            box=_box(parts, language),
        )
    )


def _slip(
    parts: Parts, edition: Edition, letter: LetterEdition, language: str, subject: str, offices: tuple[str, ...]
) -> Slip:
    words, contact = parts.words, edition.cause.contact
    address = contact if "@" in contact else urlsplit(contact).netloc or contact
    return Slip(
        letter=words.text(language, "sheet.letter", subject=subject),
        name=words.text(language, "sign.name"),
        country=words.text(language, "sign.country"),
        hand=words.text(language, "sheet.hand"),
        date=words.text(language, "sheet.date"),
        agree=words.text(language, "sheet.agree", offices=", ".join(letter.title(one) for one in offices)),
        back=words.text(language, "sheet.back", contact=address),
        home=words.text(language, "frame.run-by", organisation=edition.cause.organisation),
    )


def _box(parts: Parts, language: str) -> Box:
    words = parts.words
    return Box(
        heading=words.text(language, "sheet.stall"),
        text=words.text(language, "sheet.stall.text"),
        place=words.text(language, "sheet.place"),
        date=words.text(language, "sheet.date"),
        count=words.text(language, "sheet.count"),
    )

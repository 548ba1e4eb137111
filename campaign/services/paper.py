"""Paper: make the letters of a form ready to print, sign by hand and post; nothing is stored."""

from campaign.domain import paper as papers
from campaign.domain.edition import Edition, StateEdition
from campaign.domain.paper import Home, Paper
from campaign.domain.signing import Signing
from campaign.parts import Parts
from campaign.services.preview import preview


def paper(parts: Parts, edition: Edition, state: StateEdition, signing: Signing) -> bytes:
    """Set every letter of a form that could be signed as one PDF: one letter for each office mailbox chosen.

    Raises what `preview` raises; stores nothing.
    """
    shown = preview(parts, edition, state, signing).letters
    language, head = signing.letter_language, _head(parts, signing)
    address = f"{parts.settings.base_url}/{language}/{edition.cause.slug}/{state.state.slug}/"
    return parts.pdf.typeset(
        Paper(
            language=language,
            title=shown[0].sent.subject,
            day=parts.clock.now().date(),
            letters=tuple(papers.sheet(one.sent, papers.window(one.sent, state, one.offices), head) for one in shown),
            home=Home(address=address, words=parts.words.text(language, "paper.code", address=address)),
        )
    )


def _head(parts: Parts, signing: Signing) -> str:
    """The line of place and date, or of the date alone, as the letter's language writes it."""
    date = papers.head_date(parts.clock.now().date(), signing.letter_language)
    place = papers.place(signing.signer)
    if not place:
        return parts.words.text(signing.letter_language, "paper.date", date=date)
    return parts.words.text(signing.letter_language, "paper.place-and-date", place=place, date=date)

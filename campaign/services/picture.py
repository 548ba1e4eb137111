"""Pictures for sharing, and posters: made from what stands, for a state or for the whole campaign."""

from urllib.parse import urlsplit

from campaign.domain import template
from campaign.domain.edition import Edition, StateEdition
from campaign.domain.picture import Picture, Poster, told_down
from campaign.parts import Parts
from campaign.services import count

FEWEST = 10  # signatures from which on a picture tells how many there are
POSTER = "poster"  # the source of those who came by one


def picture(parts: Parts, edition: Edition, state: StateEdition | None, language: str) -> bytes:
    """Draw the picture of a state, or of a campaign, in a language: PNG.

    Its count is rounded down to two digits, so that it stays true for a while after it was passed on.
    """
    cause = edition.cause
    counts = count.public(parts, edition)
    total = counts.total if state is None else counts.states[state.state.code]
    shown = told_down(total)
    heading, lede = _words(parts, edition, state, language)
    first = state or edition.states[0]
    own = first.state.languages[0]
    goal = next((one for one in cause.goals if one > counts.total), cause.goals[-1])
    return parts.pdf.draw(
        Picture(
            language=language,
            heading=heading,
            lede=lede,
            opening=first.officials[0].official.salutation[own].neutral,
            opening_language=own,
            count=parts.words.plural(language, "picture.count", shown) if shown >= FEWEST else "",
            share=min(told_down(counts.total) / goal, 1.0),
            home=f"{cause.name[language]} · {urlsplit(parts.settings.base_url).netloc}",
        )
    )


def poster(parts: Parts, edition: Edition, state: StateEdition | None, language: str) -> bytes:
    """Set the poster of a state, or of a campaign, in a language: PDF on A4."""
    cause = edition.cause
    heading, lede = _words(parts, edition, state, language)
    return parts.pdf.hang(
        Poster(
            language=language,
            heading=heading,
            lede=lede,
            address=f"{page_address(parts, edition, state, language)}?source={POSTER}",
            words=parts.words.text(language, "poster.scan"),
            promise=parts.words.text(language, "poster.promise"),
            home=parts.words.text(language, "frame.run-by", organisation=cause.organisation),
        )
    )


def page_address(parts: Parts, edition: Edition, state: StateEdition | None, language: str) -> str:
    """Write the whole address of a campaign's or a state's page."""
    slug = f"{state.state.slug}/" if state is not None else ""
    return f"{parts.settings.base_url}/{language}/{edition.cause.slug}/{slug}"


def _words(parts: Parts, edition: Edition, state: StateEdition | None, language: str) -> tuple[str, str]:
    """What is asked, and why in two sentences."""
    if state is None:
        return edition.cause.title[language], edition.cause.lede[language]
    letter = state.letter(state.state.languages[0], parts.clock.now().date())
    fields = letter.fields if letter is not None else {}
    return state.state.write_to[language], template.render(state.state.lede[language], language, fields)

"""What the parts are drawn with on the page of style: the first state of a campaign as it is, and a few words."""

from dataclasses import dataclass, replace

from campaign.domain import letter, likeness, offer, template
from campaign.domain.cause import Event, Fact, Intervention, State
from campaign.domain.edition import Edition, LetterEdition, StateEdition
from campaign.domain.letter import RenderedLetter, Signer
from campaign.domain.likeness import Likeness, Repeated
from campaign.domain.offer import Offer
from campaign.domain.standing import Standing
from campaign.outside.words import FALLBACK
from campaign.services import count
from campaign.services.count import Counts
from campaign.web import here
from campaign.web.forms.signing import SigningForm
from campaign.web.public import campaign, reading
from campaign.web.public.reading import Reading

_SHARE = 14  # percents of a letter, for the meter
_TIMES = 20  # letters that a sentence stands in, for the meter


@dataclass(frozen=True, slots=True)
class Samples:
    """What the macros want, by the names that they give it."""

    chosen: StateEdition
    state: State
    standing: Standing
    opening: str
    counts: Counts
    own: RenderedLetter
    office: RenderedLetter
    around: int
    likeness: Likeness
    offer: Offer
    form: SigningForm
    reading: Reading | None
    votes: list[tuple[State, Event]]
    voices: list[Intervention]
    fact: Fact | None
    lede: str


def samples(edition: Edition) -> Samples:
    """Take what the parts are drawn with from a campaign's first state. Raises LetterError as rendering does."""
    chosen, today = edition.states[0], here.today()
    own = _letter(chosen, FALLBACK)
    office = _letter(chosen, chosen.letter_languages()[0])
    sheet = _sheet(chosen, office)
    return Samples(
        chosen=chosen,
        state=chosen.state,
        standing=chosen.standing("apmbc", today),
        opening=campaign.opening(chosen),
        counts=count.public(here.parts(), edition),
        own=_sheet(chosen, own),
        office=sheet,
        around=likeness.length(sheet.campaign_texts),
        likeness=Likeness(has_own=True, share=_SHARE, repeated=(Repeated(_said("paragraph"), _TIMES),)),
        offer=offer.offer(chosen, own, office, today),
        form=SigningForm(chosen, FALLBACK),
        reading=_reading(edition),
        votes=[(one.state, event) for one in edition.states for event in one.state.events if event.vote],
        voices=campaign.latest(edition.cause.interventions)[:2],
        fact=next(iter(edition.cause.facts), None),
        lede=template.render(chosen.state.lede[FALLBACK], FALLBACK, own.fields),
    )


def _letter(chosen: StateEdition, language: str) -> LetterEdition:
    found = chosen.letter(language, here.today()) or chosen.letter(FALLBACK, here.today())
    assert found is not None  # every state has an English letter: services/load sees to it  # noqa: S101
    return found


def _said(name: str) -> str:
    return here.parts().words.text(FALLBACK, f"organise.style.sample.{name}")


def _sheet(chosen: StateEdition, edition: LetterEdition) -> RenderedLetter:
    """Render a letter as it waits for a name, with words of somebody's own in it, but only its first paragraph."""
    name = here.parts().words.text(edition.language, "card.your-name")
    signer = Signer(name=name, country="", paragraph=_said("paragraph"))
    rendered = letter.render(edition, signer, tuple(one.office for one in chosen.officials[:1]))
    first = next(block for block in rendered.blocks if block.kind == "text")
    kept = (block for block in rendered.blocks if block.kind != "text" or block is first)
    return replace(rendered, blocks=tuple(replace(block, text=block.text.strip()) for block in kept))


def _reading(edition: Edition) -> Reading | None:
    """The first section of the campaign's first page to read, so that headings and links of a text are seen."""
    found = (reading.read(edition.cause, page.name, FALLBACK) for page in edition.cause.pages)
    whole = next((one for one in found if one is not None and one.sections), None)
    return replace(whole, sections=whole.sections[:1], is_unread=True) if whole else None

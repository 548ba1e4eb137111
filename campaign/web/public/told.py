"""What the offices answered, as far as those who wrote to them told us: figures by office, from ten people up."""

from flask import Blueprint, render_template

from campaign.domain.edition import StateEdition
from campaign.domain.tally import SHOWN_FROM
from campaign.services import reckon
from campaign.web import here
from campaign.web.kept import kept
from campaign.web.paths import LANGUAGE

blueprint = Blueprint("told", __name__)


@blueprint.get(f"/{LANGUAGE}/<slug:campaign>/answers/")
def show(lang: str, campaign: str) -> str:
    """Show letters that left and answers, by state and office."""
    edition = here.edition(campaign)
    return kept(
        edition,
        lambda: render_template(
            "public/told.html",
            told=reckon.told(here.parts(), edition),
            titles={one.state.code: _titles(one, lang) for one in edition.states},
            shown_from=SHOWN_FROM,
        ),
    )


def _titles(state: StateEdition, language: str) -> dict[str, str]:
    """What each office of a state is called in a language."""
    letter = state.letter(language, here.today()) or state.letter("en", here.today())
    return {one.office: letter.title(one.office) if letter else one.office for one in state.officials}

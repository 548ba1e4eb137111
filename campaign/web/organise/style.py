"""The page of style: every token and every part of the design system, drawn by what draws them for supporters."""

import re

from flask import Blueprint, render_template
from markupsafe import Markup

from campaign.domain import contrast, stylesheet
from campaign.web.organise import chosen, macros, tokens
from campaign.web.organise.gate import needs
from campaign.web.organise.samples import samples

blueprint = Blueprint("organise_style", __name__)

_OFTEN = 5  # times that a space stands in the stylesheet, to be shown as one of the few


@blueprint.get("/organise/style/")
@needs("self")
def show() -> str:
    """Show tokens, parts and rules; the parts with a campaign's first state, where one is loaded."""
    found = tokens.tokens()
    spaces = stylesheet.spaces(tokens.rules())
    return render_template(
        "organise/style.html",
        colours=[one for one in found if one.is_colour],
        others=[one for one in found if not one.is_colour],
        written=tokens.pairs(tokens.WRITTEN, contrast.TEXT),
        drawn=tokens.pairs(tokens.DRAWN, contrast.SHAPE),
        types=tokens.types(),
        spaces={length: times for length, times in spaces.items() if times >= _OFTEN},
        rare={length: times for length, times in spaces.items() if times < _OFTEN},
        calls=macros.calls(),
        renamed=renamed,
        sample=samples(chosen.edition()) if chosen.slugs() else None,
    )


def renamed(drawn: Markup, name: str) -> Markup:
    """Give an id of a part, and what points to it, another name: its like stands on the page already."""
    other = re.sub(rf'\b(id|for)="{re.escape(name)}"', rf'\1="{name}-again"', str(drawn))
    return Markup(other)  # noqa: S704  as safe as it came from its template

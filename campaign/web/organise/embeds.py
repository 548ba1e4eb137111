"""A campaign on other sites: which may hold its form, and the lines that their pages take."""

from dataclasses import replace

from flask import Blueprint, g, redirect, render_template, request
from markupsafe import Markup
from werkzeug.wrappers import Response

from campaign.domain import embeds
from campaign.domain.edition import Edition
from campaign.errors import InputRefusedError, Problem
from campaign.services.edit import By, edit
from campaign.web import here
from campaign.web.organise import chosen, gate
from campaign.web.organise.gate import needs
from campaign.web.paths import Paths

blueprint = Blueprint("organise_embeds", __name__)

_PAGE = "/organise/campaigns/embeds/"
_SAID = ("set", "same")
_FORM_HEIGHT, _COUNT_HEIGHT = 800, 640  # pixels, where no script makes the frame as high as what it shows
# Two lines, each whole: systems that hold pages like to break others.
_SNIPPET = Markup(
    '<iframe src="{site}{address}" title="{title}" lang="{language}" width="100%" height="{height}" loading="lazy"'
    ' data-campaign></iframe>\n<script src="{site}/embed.js" async></script>'
)


@blueprint.get(_PAGE)
@needs("campaigns")
def show() -> str:
    """Show which sites may hold the form, and the lines for a page of theirs."""
    return _page()


def _page(problems: tuple[Problem, ...] = ()) -> str:
    edition = chosen.edition()
    said = request.args.get("said", "")
    state, language = _asked(edition)
    return render_template(
        "organise/embeds.html",
        edition=edition,
        typed=g.fields.get("embeds", "") if problems else "\n".join(edition.cause.embeds),
        problems=problems,
        said=said if said in _SAID else "",
        state=state,
        language=language,
        snippet=snippet(here.parts().settings.base_url, edition, state, language),
    )


def _asked(edition: Edition) -> tuple[str, str]:
    """Which state's form, or the count where it is none, in which language: as the address says, else the first."""
    states = [one.state.slug for one in edition.states]
    state = request.args.get("state", states[0])
    language = request.args.get("language", edition.cause.languages[0])
    return (
        state if state in states else "",
        language if language in edition.cause.languages else edition.cause.languages[0],
    )


def snippet(site: str, edition: Edition, state: str, language: str) -> str:
    """Write the lines that a page takes to hold a state's form in a language; the count, where `state` is empty.

    `site` is our base address, without a slash at its end.
    """
    found = edition.state(state) if state else None
    paths = Paths(language, edition.cause.slug, "embed")
    name = edition.cause.name[language]
    return _SNIPPET.format(
        site=site,
        address=paths.state(state) if found else f"{paths.campaign()}embed/",
        title=f"{found.state.write_to[language]} – {name}" if found else name,
        language=language,
        height=_FORM_HEIGHT if found else _COUNT_HEIGHT,
    )


@blueprint.post(_PAGE)
@needs("campaigns", fresh=True)
def change() -> Response | tuple[str, int]:
    """Set which sites may hold the form."""
    edition = chosen.edition()
    origins = embeds.typed(g.fields.get("embeds", ""))
    by = By(gate.login().organiser_id, g.fields.get("reason", ""))
    try:
        _check(origins)
        done = edit(
            here.parts(), edition.cause.slug, by, lambda cause: replace(cause, embeds=origins), what="campaign.embeds"
        )
    except InputRefusedError as refused:
        return _page(refused.problems), 422
    return redirect(chosen.at(_PAGE, said="set" if done.changes else "same"), 303)


def _check(origins: tuple[str, ...]) -> None:
    """Raise InputRefusedError with the first thing that is wrong: one field holds them all."""
    for place, code in embeds.faults(origins):
        values = {"origin": origins[place]} if place is not None else {"most": str(embeds.MOST)}
        raise InputRefusedError((Problem("embeds", code, values),))

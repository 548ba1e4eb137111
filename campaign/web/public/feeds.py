"""For readers and search engines: what happened, as an Atom feed; which pages there are; what robots may read."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from flask import Blueprint, Response, render_template

from campaign.domain.cause import Event, Intervention, State
from campaign.domain.edition import Edition
from campaign.domain.standing import first_day
from campaign.outside.words import LANGUAGES
from campaign.web import here
from campaign.web.paths import LANGUAGE, Paths

blueprint = Blueprint("feeds", __name__)

_MOST = 60
_PAGES = ("evidence", "faq", "interventions", "timeline", "glossary", "method")
_SITE = ("privacy", "accessibility")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened: an event of a state, or somebody who spoke up; `name` is its own for ever."""

    name: str
    at: dt.datetime
    event: Event | None
    state: State | None
    voice: Intervention | None


@blueprint.get(f"/{LANGUAGE}/<slug:campaign>/feed.atom")
def feed(lang: str, campaign: str) -> Response:  # noqa: ARG001  the frame reads it from the address
    """Give what happened, the latest first (RFC 4287)."""
    found = entries(here.edition(campaign))
    updated = found[0].at if found else here.parts().clock.now()
    told = render_template("public/feed.xml", entries=found, updated=updated, base_url=_base())
    return Response(told, mimetype="application/atom+xml")


def entries(edition: Edition) -> list[Entry]:
    """Gather the events of every state and those who spoke up, the latest first.

    A date that is partly known counts as the first day it can mean.
    """
    found = [
        Entry(f"{one.state.slug}/{event.id}", _start(event.on), event, one.state, None)
        for one in edition.states
        for event in one.state.events
    ]
    found += [
        Entry(f"interventions/{voice.id.removeprefix('voice-')}", _start(voice.on), None, None, voice)
        for voice in edition.cause.interventions
    ]
    now = dt.datetime.combine(here.today(), dt.time(), dt.UTC)
    return sorted((one for one in found if one.at <= now), key=lambda one: (one.at, one.name), reverse=True)[:_MOST]


def _start(told: str) -> dt.datetime:
    return dt.datetime.combine(first_day(told), dt.time(), dt.UTC)


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """List every public page in every language, with the same page in the others."""
    pages = [page for edition in here.shown() for page in _pages(edition)]
    first = next(iter(here.shown()), None)
    if first is not None:
        pages += [
            {code: Paths(code, "").page(name) for code in LANGUAGES if code in first.cause.languages} for name in _SITE
        ]
    told = render_template("public/sitemap.xml", pages=pages, base_url=_base())
    return Response(told, mimetype="application/xml")


def _pages(edition: Edition) -> list[dict[str, str]]:
    """The pages of a campaign: language -> address."""
    cause = edition.cause
    written = {one.name for one in cause.pages}

    def everywhere(address: Callable[[Paths], str]) -> dict[str, str]:
        return {code: address(Paths(code, cause.slug)) for code in LANGUAGES if code in cause.languages}

    return [
        everywhere(Paths.campaign),
        *(everywhere(partial(Paths.state, slug=one.state.slug)) for one in edition.states),
        *(everywhere(partial(Paths.page, name=name)) for name in _PAGES if name in written),
        everywhere(partial(Paths.page, name="answers")),
    ]


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Tell robots where the pages are listed, and which hang on a link of somebody's own."""
    return Response(
        f"User-agent: *\nDisallow: /organise/\nDisallow: /mailbox/\nSitemap: {_base()}/sitemap.xml\n",
        mimetype="text/plain",
    )


def _base() -> str:
    return here.parts().settings.base_url

"""What the request at hand is about: the parts of the application, the campaign, the state, the day."""

import contextlib
import datetime as dt
from typing import cast

from flask import Flask, current_app, g, request

from campaign.domain.edition import Edition, StateEdition
from campaign.errors import NotFoundError
from campaign.outside.keys import Purpose
from campaign.parts import Parts
from campaign.queries import edition as editions
from campaign.services import whose
from campaign.web.filters import page_language
from campaign.web.paths import Paths, Place

_KEY = "campaign"


def keep(app: Flask, parts: Parts) -> None:
    """Keep the parts with the application."""
    app.extensions[_KEY] = parts


def parts() -> Parts:
    """The parts that the application was built from."""
    return cast("Parts", current_app.extensions[_KEY])


def today() -> dt.date:
    """The day it is now, in UTC."""
    return parts().clock.now().astimezone(dt.UTC).date()


def shown() -> list[Edition]:
    """Every campaign that has pages: those that take signatures first, else as they were loaded."""
    with parts().reading() as session:
        slugs = editions.shown_slugs(session)
    found = [parts().editions.current(slug) for slug in slugs]
    return sorted(found, key=lambda one: not one.is_open(today()))


def edition(slug: str) -> Edition:
    """The campaign with a slug as it stands now; the frame of the page is then its own.

    Raises NotFoundError when there is none, when it has no pages any more, or not in the language of the address.
    """
    found = parts().editions.current(slug)
    language = (request.view_args or {}).get("lang")
    if found.retired_at is not None or (language and language not in found.cause.languages):
        raise NotFoundError(slug)
    return frame(found)


def stand(place: Place, device: str = "") -> None:
    """Put the page at hand at another place than its own address: its frame, and every link of it, are the place's."""
    g.place, g.device = place, device


def paths() -> Paths:
    """The addresses of the campaign at hand, in the language of the page and at its place."""
    found: Edition | None = g.get("edition")
    return Paths(page_language(), found.cause.slug if found else "", g.get("place", "page"), g.get("device", ""))


def frame(found: Edition) -> Edition:
    """Put the frame of a campaign around the page at hand."""
    g.edition = found
    return found


def of_link(purpose: Purpose, token: str) -> Edition:
    """The campaign that a link from a mail belongs to; the frame of the page is then its own.

    Raises TokenError when the link is not genuine, NotFoundError when the campaign does not speak the language.
    """
    with contextlib.suppress(NotFoundError):
        first()  # stands around the page that says so, where the link opens nothing
    found = whose.campaign_of(parts(), purpose, token)
    if page_language() not in found.cause.languages:
        raise NotFoundError(found.cause.slug)
    return frame(found)


def of_request() -> Edition:
    """The campaign whose frame stands around the page at hand. Raises NotFoundError where none does."""
    found: Edition | None = g.get("edition")
    if found is None:
        raise NotFoundError
    return found


def first() -> Edition:
    """The campaign whose frame stands around pages of the whole site: the first open one in their language.

    Raises NotFoundError when there is none.
    """
    found = [one for one in shown() if page_language() in one.cause.languages]
    if not found:
        raise NotFoundError("campaign")
    return frame(found[0])


def state(campaign: str, slug: str) -> tuple[Edition, StateEdition]:
    """A campaign and one of its states, by their slugs. Raises NotFoundError when either is not there."""
    whole = edition(campaign)
    found = whole.state(slug)
    if found is None or found.state.slug != slug:
        raise NotFoundError
    return whole, found

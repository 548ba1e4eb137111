"""What the request at hand is about: the parts of the application, the campaign, the state, the day."""

import datetime as dt
from typing import cast

from flask import Flask, current_app, g

from campaign.domain.edition import Edition, StateEdition
from campaign.errors import NotFoundError
from campaign.parts import Parts

_KEY = "campaign"
FIRST = "keep-the-ban"  # the campaign whose frame stands around pages that belong to none


def keep(app: Flask, parts: Parts) -> None:
    """Keep the parts with the application."""
    app.extensions[_KEY] = parts


def parts() -> Parts:
    """The parts that the application was built from."""
    return cast("Parts", current_app.extensions[_KEY])


def today() -> dt.date:
    """The day it is now, in UTC."""
    return parts().clock.now().astimezone(dt.UTC).date()


def edition(slug: str = FIRST) -> Edition:
    """The campaign with a slug as it stands now; the frame of the page is then its own.

    Raises NotFoundError when there is none.
    """
    found = parts().editions.current(slug)
    g.edition = found
    return found


def state(campaign: str, slug: str) -> tuple[Edition, StateEdition]:
    """A campaign and one of its states, by their slugs. Raises NotFoundError when either is not there."""
    whole = edition(campaign)
    found = whole.state(slug)
    if found is None or found.state.slug != slug:
        raise NotFoundError
    return whole, found

"""Which campaign an organisers' page is about: the one in its address or form, or the first there is."""

from urllib.parse import urlencode

from flask import g, request

from campaign.domain.edition import Edition
from campaign.errors import NotFoundError
from campaign.queries import edition as editions
from campaign.web import here


def slugs() -> tuple[str, ...]:
    """The campaigns there are, asked once a request."""
    if "slugs" not in g:
        with here.parts().reading() as session:
            g.slugs = editions.slugs(session)
    found: tuple[str, ...] = g.slugs
    return found


def edition() -> Edition:
    """The campaign that the page at hand is about, as it stands now.

    Raises NotFoundError where there is none of that name, or none at all.
    """
    said = request.args.get("campaign") or g.fields.get("campaign") or ""
    found = slugs()
    slug = said or next(iter(found), "")
    if slug not in found:
        raise NotFoundError(slug)
    return here.frame(here.parts().editions.current(slug))


def at(path: str, /, **asked: str) -> str:
    """Write a page's address with what it is asked for, and the campaign where it is not the first."""
    chosen = g.get("edition")
    first = next(iter(slugs()), "")
    if chosen is not None and chosen.cause.slug != first:
        asked = {"campaign": chosen.cause.slug} | asked
    said = urlencode({name: value for name, value in asked.items() if value})
    return f"{path}?{said}" if said else path

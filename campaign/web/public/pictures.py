"""What can be passed on or put up, for a campaign and its states: pictures, codes, posters, slips to sign by hand."""

from flask import Blueprint, Response

from campaign.domain.edition import Edition, StateEdition
from campaign.errors import NotFoundError
from campaign.outside.pdf import code
from campaign.services import picture as pictures
from campaign.services import slips
from campaign.web import here
from campaign.web.paths import LANGUAGE

blueprint = Blueprint("pictures", __name__)

_BOTH = (f"/{LANGUAGE}/<slug:campaign>/", f"/{LANGUAGE}/<slug:campaign>/<slug:state>/")


@blueprint.get(f"{_BOTH[0]}picture.png")
@blueprint.get(f"{_BOTH[1]}picture.png")
def picture(lang: str, campaign: str, state: str = "") -> Response:
    """Give the picture for sharing, with the count."""
    return Response(pictures.picture(here.parts(), *_about(lang, campaign, state), lang), mimetype="image/png")


@blueprint.get(f"{_BOTH[0]}poster.pdf")
@blueprint.get(f"{_BOTH[1]}poster.pdf")
def poster(lang: str, campaign: str, state: str = "") -> Response:
    """Give the poster."""
    return Response(pictures.poster(here.parts(), *_about(lang, campaign, state), lang), mimetype="application/pdf")


@blueprint.get(f"{_BOTH[1]}sheet.pdf")
def sheet(lang: str, campaign: str, state: str) -> Response:
    """Give a state's letter with slips on which people sign it by hand."""
    edition, chosen = here.state(campaign, state)
    return Response(slips.slips(here.parts(), edition, chosen, lang), mimetype="application/pdf")


@blueprint.get(f"{_BOTH[0]}qr.svg")
@blueprint.get(f"{_BOTH[1]}qr.svg")
def qr(lang: str, campaign: str, state: str = "") -> Response:
    """Give the code that leads to the page."""
    address = pictures.page_address(here.parts(), *_about(lang, campaign, state), lang)
    return Response(code(f"{address}?source=qr"), mimetype="image/svg+xml")


def _about(lang: str, campaign: str, slug: str) -> tuple[Edition, StateEdition | None]:
    """Find what the picture is of. Raises NotFoundError where it is not there, or not in this language."""
    edition, state = here.state(campaign, slug) if slug else (here.edition(campaign), None)
    if lang not in edition.cause.languages:
        raise NotFoundError
    return edition, state

"""Advocacy campaigns and petitions: each state that a campaign writes to is one of either."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response

from campaign.domain import tally
from campaign.domain.edition import Edition, LetterEdition, OfficialEdition, StateEdition
from campaign.domain.letter import Signer, render
from campaign.errors import NotFoundError
from campaign.web import here
from campaign.web.api import door
from campaign.web.api.door import scope
from campaign.web.api.osdi import asked, hal, told, totals
from campaign.web.api.osdi.hal import Document, instant

blueprint = Blueprint("osdi_states", __name__, url_prefix=hal.ROOT)


@dataclass(frozen=True, slots=True)
class Place:
    """A state of a campaign: what OSDI calls an advocacy campaign, and a petition."""

    edition: Edition
    state: StateEdition

    @property
    def id(self) -> str:
        """Its id: neither slug holds a full stop."""
        return f"{self.edition.cause.slug}.{self.state.state.slug}"

    @property
    def language(self) -> str:
        """The language that its words are told in: English where the campaign speaks it."""
        spoken = self.edition.cause.languages
        return "en" if "en" in spoken else spoken[0]


def find(place_id: str) -> Place:
    """Find a state by its id. Raises ForbiddenError for another campaign than the key's, NotFoundError for none."""
    slug, _, state = place_id.partition(".")
    edition = door.edition(slug)
    found = edition.state(state)
    if found is None or found.state.slug != state:
        raise NotFoundError(place_id)
    return Place(edition, found)


def every() -> Iterator[Place]:
    """Every state of every campaign that the key in the door opens."""
    for edition in door.editions():
        for state in edition.states:
            yield Place(edition, state)


def with_state(places: list[Place], state_id: int) -> Place:
    """The one with a state's row. Raises NotFoundError."""
    found = next((one for one in places if one.state.id == state_id), None)
    if found is None:
        raise NotFoundError(str(state_id))
    return found


@blueprint.get("/advocacy_campaigns")
@scope("any")
def campaigns() -> Response:
    """List advocacy campaigns."""
    return _list("advocacy_campaigns", campaign_of)


@blueprint.get("/advocacy_campaigns/<place_id>")
@scope("any")
def campaign(place_id: str) -> Response:
    """Show an advocacy campaign."""
    return hal.answer(campaign_of(find(place_id)))


@blueprint.get("/petitions")
@scope("any")
def petitions() -> Response:
    """List petitions."""
    return _list("petitions", petition_of)


@blueprint.get("/petitions/<place_id>")
@scope("any")
def petition(place_id: str) -> Response:
    """Show a petition."""
    return hal.answer(petition_of(find(place_id)))


def _list(name: str, shown: Callable[[Place], Document]) -> Response:
    wanted = asked.read(f"/{name}", told.FIELDS[name])

    def values(one: Document) -> Mapping[str, Any]:
        return {
            "identifier": one["identifiers"][0],
            "name": one["name"],
            "created_date": dt.datetime.fromisoformat(one["created_date"]),
            "modified_date": dt.datetime.fromisoformat(one["modified_date"]),
        }

    return hal.answer(asked.whole(f"osdi:{name}", wanted, [shown(one) for one in every()], values))


def _both(place: Place) -> Document:
    """What both tell of a state."""
    cause, state, language = place.edition.cause, place.state.state, place.language
    address = f"{here.parts().settings.base_url}/{language}/{cause.slug}/{state.slug}/"
    created_at, modified_at = totals.dates(place.edition)[place.state.id]
    return {
        "identifiers": [hal.identifier(place.id)],
        "origin_system": "Campaign",
        "created_date": instant(created_at),
        "modified_date": instant(modified_at),
        "name": place.id,
        "title": state.write_to.get(language) or state.name[language],
        "description": cause.lede.get(language, ""),
        "summary": cause.lede.get(language, ""),
        "browser_url": address,
        "share_url": address,
        "administrative_url": f"{here.parts().settings.base_url}/organise/",
        "campaign:state": state.code,
        "campaign:is_open": place.edition.is_open(here.today()),
        "campaign:text_version": place.state.text_version(here.today()),
        "campaign:consents": [
            {
                "purpose": one.purpose,
                "language": one.language,
                "text": one.text,
                "version": one.version,
                "is_required": one.is_required,
            }
            for one in place.state.consents
        ],
    }


def campaign_of(place: Place) -> Document:
    """Write a state as an advocacy campaign."""
    path = f"/advocacy_campaigns/{place.id}"
    letters = {one: place.state.letter(one, here.today()) for one in place.state.letter_languages()}
    return _both(place) | {
        "type": "email",
        "templates": [_text(place, one) for one in letters.values() if one is not None],
        "targets": ", ".join(title_of(place, one) for one in place.state.officials),
        "target_list": [target_of(place, one) for one in place.state.officials],
        "total_outreaches": _shown(place, totals.letters(place.edition, place.state)),
        "_links": hal.links(
            path,
            osdi__outreaches=hal.href(f"{path}/outreaches"),
            osdi__record_outreach_helper=hal.href(f"{path}/record_outreach_helper"),
            campaign__counts=hal.href(f"/counts/{place.id}"),
        ),
    }


def petition_of(place: Place) -> Document:
    """Write a state as a petition."""
    path = f"/petitions/{place.id}"
    letter = place.state.letter(place.language, here.today())
    letters = [
        one for language in place.state.letter_languages() if (one := place.state.letter(language, here.today()))
    ]
    read = letter or letters[0]
    return _both(place) | {
        "petition_text": _text(place, read),
        "target": [{"name": title_of(place, one)} for one in place.state.officials],
        "total_signatures": _shown(place, totals.signatures(place.edition, place.state)),
        "_links": hal.links(
            path,
            osdi__signatures=hal.href(f"{path}/signatures"),
            osdi__record_signature_helper=hal.href(f"{path}/record_signature_helper"),
            campaign__counts=hal.href(f"/counts/{place.id}"),
        ),
    }


def _shown(place: Place, count: int) -> int:
    return tally.rounded(count) if place.edition.cause.counts == "rounded" else count


def _text(place: Place, letter: LetterEdition) -> str:
    """The letter as it stands, to all offices, without anybody's name under it."""
    offices = tuple(one.office for one in place.state.officials)
    blocks = render(letter, Signer(name="", country=place.state.state.code), offices).blocks
    return "\n\n".join(one.text for one in blocks if one.kind != "signature")


def title_of(place: Place, one: OfficialEdition) -> str:
    """What an office is called."""
    kinds = {kind.office: kind.title for kind in place.edition.cause.office_kinds}
    titles = {**kinds.get(one.office, {}), **one.official.title}
    return titles.get(place.language) or next(iter(titles.values()), one.office)


def target_of(place: Place, one: OfficialEdition) -> Document:
    """Write an office as a target: an office outlives whoever holds it, so it has no person's name."""
    return {
        "title": title_of(place, one),
        "organization": place.state.state.name.get(place.language, place.state.state.code),
        "ocdid": f"ocd-division/country:{place.state.state.code.lower()}",
        "campaign:office": one.office,
    }

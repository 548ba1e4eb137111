"""Outreaches: letters that left, of a campaign's state, of all, of a person, and one alone."""

from collections.abc import Sequence

from flask import Blueprint, Response

from campaign.errors import NotFoundError
from campaign.queries import listed
from campaign.queries.listed import Letter, Piece
from campaign.services import disclose
from campaign.services.disclose import Sent
from campaign.web import here
from campaign.web.api import door
from campaign.web.api.door import scope
from campaign.web.api.osdi import asked, hal, reading, states, told, totals
from campaign.web.api.osdi.hal import Document, instant
from campaign.web.api.osdi.states import Place

blueprint = Blueprint("osdi_outreaches", __name__, url_prefix=hal.ROOT)

REL = "osdi:outreaches"


@blueprint.get("/advocacy_campaigns/<place_id>/outreaches")
@scope("outreaches")
def of_campaign(place_id: str) -> Response:
    """List the letters to a state that left."""
    return _list(f"/advocacy_campaigns/{place_id}/outreaches", [states.find(place_id)])


@blueprint.get("/outreaches")
@scope("outreaches")
def every() -> Response:
    """List all letters that left."""
    return _list("/outreaches", list(states.every()))


def _list(path: str, places: list[Place]) -> Response:
    wanted = asked.read(path, told.FIELDS["outreaches"])
    tree = reading.tree_of(wanted)
    trees = {one.state.id: tree for one in places}
    piece = Piece(trees=trees, after=wanted.after, offset=wanted.offset, size=wanted.size)
    with here.parts().reading() as session:
        rows, last = listed.page(session, listed.LETTERS, piece)
        total = listed.count(session, listed.LETTERS, piece) if tree is not None else None
    if tree is None:
        total = sum(totals.letters(one.edition, one.state) for one in places)
    return _answer(wanted.page(REL, _documents(places, [(row, signature) for row, signature in rows]), last, total))


@blueprint.get("/outreaches/<delivery_id>")
@scope("outreaches")
def one(delivery_id: str) -> Response:
    """Show one letter that left. Raises NotFoundError."""
    with here.parts().reading() as session:
        found = listed.letter(session, delivery_id)
    if found is None:
        raise NotFoundError(delivery_id)
    (document,) = _documents(list(states.every()), [found])
    return _answer(document)


@blueprint.get("/people/<person_id>/outreaches")
@scope("people")
def of_person(person_id: str) -> Response:
    """List the letters of one person that left. Raises NotFoundError."""
    wanted = asked.read(f"/people/{person_id}/outreaches", {})
    campaigns = [one.campaign_id for one in door.editions()]
    with here.parts().reading() as session:
        rows = listed.letters_of(session, disclose.person(session, person_id, campaigns).id)
    places = list(states.every())
    known = [pair for pair in rows if pair[0].state_id in {one.state.id for one in places}]
    return _answer(asked.whole(REL, wanted, _documents(places, known), lambda _: {}))


def _answer(document: Document) -> Response:
    return hal.answer(document, is_personal=door.key().has("people"))


def _documents(places: list[Place], rows: Sequence[Letter]) -> list[Document]:
    """Write letters. Raises NotFoundError for one of a campaign that the key does not open."""
    found = [states.with_state(places, row.state_id) for row, _ in rows]
    with here.parts().reading() as session:
        shown = disclose.sent(here.parts(), reading.reader(), session, rows)
    return [outreach_of(place, one) for place, one in zip(found, shown, strict=True)]


def outreach_of(place: Place, one: Sent) -> Document:
    """Write a letter that left; a person is only named by their link, which opens to those who may read people."""
    words = {name: text for name, text in (("subject", one.subject), ("message", one.message)) if text is not None}
    targets = [office for office in place.state.officials if office.office in one.offices]
    return {
        "identifiers": [hal.identifier(one.id)],
        "origin_system": "Campaign",
        "created_date": instant(one.created_at),
        "modified_date": instant(one.left_at),
        "action_date": instant(one.left_at),
        "type": "email",
        **words,
        "referrer_data": {"source": one.source},
        "targets": [states.target_of(place, office) for office in targets],
        "_links": hal.links(
            f"/outreaches/{one.id}",
            osdi__advocacy_campaign=hal.href(f"/advocacy_campaigns/{place.id}"),
            osdi__person=hal.href(f"/people/{one.person_id}"),
        ),
    }

"""Signatures: of a petition, of a person, and one alone."""

from flask import Blueprint, Response

from campaign.errors import NotFoundError
from campaign.queries import listed
from campaign.queries import supporter as supporters
from campaign.queries.listed import Piece
from campaign.services import disclose
from campaign.services.disclose import Signed
from campaign.web import here
from campaign.web.api import door
from campaign.web.api.door import scope
from campaign.web.api.osdi import asked, hal, reading, states, told, totals
from campaign.web.api.osdi.hal import Document, instant
from campaign.web.api.osdi.states import Place

blueprint = Blueprint("osdi_signatures", __name__, url_prefix=hal.ROOT)

REL = "osdi:signatures"


@blueprint.get("/petitions/<place_id>/signatures")
@scope("signatures")
def of_petition(place_id: str) -> Response:
    """List the confirmed signatures of a petition."""
    place = states.find(place_id)
    wanted = asked.read(f"/petitions/{place_id}/signatures", told.FIELDS["signatures"])
    trees = {place.state.id: reading.tree_of(wanted)}
    piece = Piece(trees=trees, after=wanted.after, offset=wanted.offset, size=wanted.size)
    with here.parts().reading() as session:
        rows, last = listed.page(session, listed.SIGNATURES, piece)
        total = listed.count(session, listed.SIGNATURES, piece) if wanted.tree is not None else None
    if wanted.tree is None:
        total = totals.signatures(place.edition, place.state)
    shown = disclose.signed(here.parts(), reading.reader(), [row for (row,) in rows])
    return _answer(wanted.page(REL, [signature_of(place, one) for one in shown], last, total))


@blueprint.get("/signatures/<signature_id>")
@scope("signatures")
def one(signature_id: str) -> Response:
    """Show one confirmed signature. Raises NotFoundError."""
    with here.parts().reading() as session:
        row = supporters.signature(session, signature_id)
    if row is None or row.status != "confirmed":
        raise NotFoundError(signature_id)
    place = states.with_state(list(states.every()), row.state_id)
    (shown,) = disclose.signed(here.parts(), reading.reader(), [row])
    return _answer(signature_of(place, shown))


@blueprint.get("/people/<person_id>/signatures")
@scope("people")
def of_person(person_id: str) -> Response:
    """List the confirmed signatures of one person. Raises NotFoundError."""
    wanted = asked.read(f"/people/{person_id}/signatures", {})
    campaigns = [one.campaign_id for one in door.editions()]
    with here.parts().reading() as session:
        rows = supporters.signatures(session, disclose.person(session, person_id, campaigns).id, "confirmed")
    places = {one.state.id: one for one in states.every()}
    pairs = [(places[one.state_id], one) for one in rows if one.state_id in places]
    shown = disclose.signed(here.parts(), reading.reader(), [row for _, row in pairs])
    documents = [signature_of(place, one) for (place, _), one in zip(pairs, shown, strict=True)]
    return _answer(asked.whole(REL, wanted, documents, lambda _: {}))


def _answer(document: Document) -> Response:
    return hal.answer(document, is_personal=door.key().has("people"))


def signature_of(place: Place, one: Signed) -> Document:
    """Write a signature; a person is only named by their link, which opens to those who may read people."""
    comments = {} if one.comments is None else {"comments": one.comments}
    return {
        "identifiers": [hal.identifier(one.id)],
        "origin_system": "Campaign",
        "created_date": instant(one.created_at),
        "modified_date": instant(one.confirmed_at),
        "action_date": instant(one.created_at),
        **comments,
        "referrer_data": {"source": one.source},
        "_links": hal.links(
            f"/signatures/{one.id}",
            osdi__petition=hal.href(f"/petitions/{place.id}"),
            osdi__person=hal.href(f"/people/{one.person_id}"),
        ),
    }

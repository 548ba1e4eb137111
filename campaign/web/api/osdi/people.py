"""People: those who stand behind confirmed signatures. Every reading is noted."""

from flask import Blueprint, Response

from campaign.domain import address as addresses
from campaign.domain import odata
from campaign.domain.odata import Tree
from campaign.queries import listed
from campaign.queries.listed import Piece
from campaign.services import disclose
from campaign.services.disclose import Person
from campaign.web import here
from campaign.web.api import door
from campaign.web.api.door import scope
from campaign.web.api.osdi import asked, hal, reading, told
from campaign.web.api.osdi.hal import Document, instant

blueprint = Blueprint("osdi_people", __name__, url_prefix=hal.ROOT)

REL = "osdi:people"


@blueprint.get("/people")
@scope("people")
def show() -> Response:
    """List people. Their number is told up to ten thousand: beyond, nobody waits for it."""
    parts, wanted = here.parts(), asked.read("/people", told.FIELDS["people"])
    tree = reading.tree_of(wanted)
    trees = {one.campaign_id: _of_campaign(tree, one.cause.slug) for one in door.editions()}
    piece = Piece(trees=trees, after=wanted.after, offset=wanted.offset, size=wanted.size)
    with parts.reading() as session:
        rows, last = listed.page(session, listed.PEOPLE, piece)
        total = listed.count(session, listed.PEOPLE, piece)
        shown = disclose.people(parts, reading.reader(), session, [row for (row,) in rows])
    return hal.answer(wanted.page(REL, [person_of(one) for one in shown], last, total), is_personal=True)


def _of_campaign(tree: Tree | None, campaign: str) -> Tree | None:
    """The filter as a campaign's rows are asked: an address is only known by a fingerprint, another in each."""

    def key(email: str) -> str:
        cleaned = email.strip()
        if addresses.fault(cleaned) is not None:
            return ""
        return here.parts().keys.address_key(addresses.canonical(addresses.clean(cleaned)), campaign)

    return None if tree is None else odata.replaced(tree, "email_address", key)


@blueprint.get("/people/<person_id>")
@scope("people")
def one(person_id: str) -> Response:
    """Show one person. Raises NotFoundError."""
    parts, campaigns = here.parts(), [one.campaign_id for one in door.editions()]
    with parts.reading() as session:
        row = disclose.person(session, person_id, campaigns)
        (shown,) = disclose.people(parts, reading.reader(), session, [row])
    return hal.answer(person_of(shown), is_personal=True)


def person_of(one: Person) -> Document:
    """Write a person. A name is one whole, as it was typed: where it parts, nobody can tell from outside."""
    signer = one.signer
    postal = {
        "primary": True,
        "address_type": "Home",
        "address_lines": signer.postal_address.splitlines(),
        "locality": signer.city,
        "country": signer.country,
    }
    email = {"primary": True, "address": one.email, "address_type": "personal", "status": one.standing}
    return {
        "identifiers": [hal.identifier(one.id)],
        "origin_system": "Campaign",
        "created_date": instant(one.created_at),
        "modified_date": instant(one.modified_at),
        "given_name": signer.name,
        "family_name": "",
        "email_addresses": [email],
        "phone_numbers": [],
        "postal_addresses": [postal],
        "preferred_language": one.language,
        "languages_spoken": [one.language],
        "custom_fields": {},
        "_links": hal.links(
            f"/people/{one.id}",
            osdi__signatures=hal.href(f"/people/{one.id}/signatures"),
            osdi__outreaches=hal.href(f"/people/{one.id}/outreaches"),
        ),
    }

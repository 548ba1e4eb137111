"""Helpers: a letter or a signature that somebody gave elsewhere is taken as if they had typed it into our form.

It waits, like any other, until the person confirms from their own mailbox: a key cannot do that for them.
"""

import re
from collections.abc import Mapping
from typing import NoReturn

from flask import Blueprint, Response

from campaign.domain import signing
from campaign.domain.edition import OfficialEdition
from campaign.domain.signing import RawSigning
from campaign.errors import InputRefusedError, Problem
from campaign.outside.words import LANGUAGES
from campaign.services.sign import sign
from campaign.web import here
from campaign.web.api import door
from campaign.web.api.door import scope
from campaign.web.api.osdi import hal, states
from campaign.web.api.osdi.hal import Document
from campaign.web.api.osdi.states import Place

blueprint = Blueprint("osdi_record", __name__, url_prefix=hal.ROOT)

_ALSO = {"no": "nb", "nn": "nb"}
_SOURCE = re.compile(r"[a-z0-9-]{1,32}")
SOURCE = "osdi"  # of what comes without one
Body = Mapping[str, object]


@blueprint.post("/advocacy_campaigns/<place_id>/record_outreach_helper")
@scope("record")
def outreach(place_id: str) -> Response:
    """Take a letter: `message` is the person's own paragraph in it, `targets` are the offices it goes to."""
    place = states.find(place_id)
    said = _take(place, "message")
    targets = [states.target_of(place, one) for one in _chosen(place)]
    links = {"osdi__advocacy_campaign": hal.href(f"/advocacy_campaigns/{place.id}")}
    return _answer({"type": "email", "targets": targets, **said}, links)


@blueprint.post("/petitions/<place_id>/record_signature_helper")
@scope("record")
def signature(place_id: str) -> Response:
    """Take a signature: its letter goes to every office, with `comments` as the person's own paragraph."""
    place = states.find(place_id)
    said = _take(place, "comments")
    return _answer(said, {"osdi__petition": hal.href(f"/petitions/{place.id}")})


def _answer(said: Document, links: Mapping[str, str]) -> Response:
    """Say what was taken, the same whoever signed before; only that it was, where nothing else is wanted."""
    if _part(door.document(), "osdi:control").get("return_response") is False:
        return hal.answer({}, is_personal=True)
    found = hal.links("/", **links)
    del found["self"]  # there is none before the person confirms
    return hal.answer(
        {"origin_system": "Campaign", **said, "campaign:status": "waits_for_confirmation", "_links": found},
        is_personal=True,
    )


def _take(place: Place, words: str) -> Document:
    """Sign as the body says. Raises InputRefusedError, CampaignClosedError and TextChangedError."""
    raw = _raw(place, door.document(), words)
    sign(here.parts(), place.edition, place.state, signing.clean(raw, place.state))
    return {"referrer_data": {"source": raw.source}}


def _raw(place: Place, body: Body, words: str) -> RawSigning:
    person = _part(body, "person")
    address = _primary(person, "postal_addresses")
    mail = _text(_primary(person, "email_addresses"), "address")
    language = _language(place, person)
    lines = _texts(address, "address_lines")
    town = " ".join(one for one in (_text(address, "postal_code"), _text(address, "locality")) if one)
    return RawSigning(
        name=" ".join(one for one in (_text(person, "given_name"), _text(person, "family_name")) if one),
        email=mail,
        email_seen=mail,  # nobody is there to answer whether another address was meant
        country=_text(address, "country").upper(),
        city=_text(address, "locality"),
        postal_address="\n".join((*lines, town) if lines and town else lines),
        paragraph=_text(body, words),
        offices=tuple(one.office for one in _chosen(place)),
        letter_language=_text(body, "campaign:letter_language") or place.state.letter_languages()[0],
        consents=_consents(place, body, language),
        text_version=_text(body, "campaign:text_version") or place.state.text_version(here.today()),
        language=language,
        source=_source(body),
    )


def _refuse(name: str, code: str) -> NoReturn:
    raise InputRefusedError((Problem(name, code),))


def _part(body: Body, name: str) -> Body:
    found = body.get(name)
    if found is None:
        return {}
    return found if isinstance(found, dict) else _refuse(name, "E-KIND")


def _parts(body: Body, name: str) -> list[Body]:
    found = body.get(name) or []
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        _refuse(name, "E-KIND")
    return found


def _text(body: Body, name: str) -> str:
    found = body.get(name)
    if found is None:
        return ""
    return found.strip() if isinstance(found, str) else _refuse(name, "E-KIND")


def _texts(body: Body, name: str) -> tuple[str, ...]:
    found = body.get(name) or []
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        _refuse(name, "E-KIND")
    return tuple(one.strip() for one in found if one.strip())


def _primary(person: Body, name: str) -> Body:
    """The address that is said to be the first, else the one that stands first."""
    found = _parts(person, name)
    return next((one for one in found if one.get("primary") is True), found[0] if found else {})


def _language(place: Place, person: Body) -> str:
    """The language that the person is written to in: what they prefer, where the campaign speaks it."""
    for said in (_text(person, "preferred_language"), *_texts(person, "languages_spoken")):
        primary = said.lower().partition("-")[0]
        found = _ALSO.get(primary, primary)
        if found in LANGUAGES and found in place.edition.cause.languages:
            return found
    return place.language


def _consents(place: Place, body: Body, language: str) -> dict[str, str]:
    """The texts agreed to, by purpose. Where none are named, whoever holds the key has shown the required one."""
    if body.get("campaign:consents") is None:
        return {one.purpose: one.version for one in place.state.consents_in(language) if one.is_required}
    said = _part(body, "campaign:consents")
    return {purpose: _text(said, purpose) for purpose in said}


def _source(body: Body) -> str:
    said = _text(_part(body, "referrer_data"), "source").lower()
    return said if _SOURCE.fullmatch(said) else SOURCE


def _chosen(place: Place) -> list[OfficialEdition]:
    """The offices that targets name, by our word for each or by title; all of them where none is named."""
    officials = [one for one in place.state.officials if not one.is_silent]
    targets = _parts(door.document(), "targets")
    if not targets:
        return officials
    known = {one.office: one for one in officials} | {states.title_of(place, one).casefold(): one for one in officials}
    found = []
    for target in targets:
        name = _text(target, "campaign:office") or _text(target, "title").casefold()
        if name not in known:
            _refuse("offices", "E-TARGET")
        found.append(known[name])
    return [one for one in officials if one in found]

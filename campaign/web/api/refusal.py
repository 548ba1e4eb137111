"""Refusals as documents: problem documents (RFC 9457), and `osdi:error` where OSDI is spoken."""

import json
from dataclasses import dataclass
from http import HTTPStatus

from flask import Response, g, request

OSDI = "/api/osdi/"
_RESOURCES = {
    "advocacy_campaigns": "osdi:advocacy_campaign",
    "petitions": "osdi:petition",
    "people": "osdi:person",
    "outreaches": "osdi:outreach",
    "signatures": "osdi:signature",
    "record_outreach_helper": "osdi:outreach",
    "record_signature_helper": "osdi:signature",
}
# What our form calls fields, and OSDI properties of resources; "" is the resource that was posted.
_FIELDS = {
    "name": ("osdi:person", "given_name"),
    "email": ("osdi:person", "email_addresses"),
    "country": ("osdi:person", "postal_addresses"),
    "city": ("osdi:person", "postal_addresses"),
    "postal_address": ("osdi:person", "postal_addresses"),
    **{
        name: ("osdi:person", name)
        for name in ("person", "given_name", "family_name", "email_addresses", "postal_addresses", "preferred_language")
    },
    "offices": ("", "targets"),
    "letter_language": ("", "campaign:letter_language"),
}
_WORDS = {"record_outreach_helper": "message", "record_signature_helper": "comments"}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with one field: the field's name, a stable code, and a sentence."""

    field: str
    code: str
    sentence: str


def refuse(status: int, code: str, detail: str = "", faults: tuple[Fault, ...] = ()) -> Response:
    """Answer a program with what was wrong, in the words of the interface it asked."""
    if request.path.startswith(OSDI):
        return _osdi(status, code, detail, faults)
    return _problem(status, code, detail, faults)


def _problem(status: int, code: str, detail: str, faults: tuple[Fault, ...]) -> Response:
    """Write a problem document: the status in words, a stable code, a sentence, and each field's faults."""
    document: dict[str, object] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
    }
    if detail:
        document["detail"] = detail
    if faults:
        document["errors"] = [{"field": one.field, "code": one.code, "detail": one.sentence} for one in faults]
    return Response(json.dumps(document), status, mimetype="application/problem+json")


def _osdi(status: int, code: str, detail: str, faults: tuple[Fault, ...]) -> Response:
    """Write an `osdi:error`, by the resources it is about; what a person typed wrong is 400 there."""
    status = HTTPStatus.BAD_REQUEST if status == HTTPStatus.UNPROCESSABLE_ENTITY else status
    told: dict[str, list[dict[str, object]]] = {}
    for one in faults or (Fault("", code, detail or HTTPStatus(status).phrase),):
        resource, name = _place(one.field) if _is_helper() else ("", one.field)
        told.setdefault(resource or _resource(), []).append(
            {
                "error_code": one.code.removeprefix("E-").replace("-", "_"),
                "description": one.sentence,
                "properties": [name] if name else [],
                "reference_code": g.get("request_id", ""),
            }
        )
    statuses = [
        {"resource": name, "response_code": status, "error_descriptions": those} for name, those in told.items()
    ]
    kind = "non-atomic" if _is_helper() else "atomic"
    document = {"osdi:error": {"request_type": kind, "response_code": status, "resource_status": statuses}}
    return Response(json.dumps(document), status, content_type="application/hal+json")


def _place(field: str) -> tuple[str, str]:
    """Which resource and property of a helper's body a field of our form came from."""
    if field == "paragraph":
        return "", _WORDS[request.path.rpartition("/")[2]]
    if field.startswith("consent-"):
        return "", "campaign:consents"
    return _FIELDS.get(field, ("", field))


def _is_helper() -> bool:
    return request.path.endswith("_helper")


def _resource() -> str:
    """What the request at hand is about, by the last word in its address that names something."""
    named = [_RESOURCES[word] for word in request.path.split("/") if word in _RESOURCES]
    return named[-1] if named else "osdi:error"

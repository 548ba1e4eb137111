"""Refusals as documents: problem documents (RFC 9457), and `osdi:error` where OSDI is spoken."""

import json
from dataclasses import dataclass
from http import HTTPStatus

from flask import Response, g, request

OSDI = "/api/osdi/"


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
    """Write an `osdi:error`; what a person typed wrong is 400 there. `g.osdi` names the resource it is about."""
    status = HTTPStatus.BAD_REQUEST if status == HTTPStatus.UNPROCESSABLE_ENTITY else status
    told = faults or (Fault("", code, detail or HTTPStatus(status).phrase),)
    descriptions = [
        {
            "error_code": one.code.removeprefix("E-").replace("-", "_"),
            "description": one.sentence,
            "properties": [one.field] if one.field else [],
            "reference_code": g.get("request_id", ""),
        }
        for one in told
    ]
    resource = {"resource": g.get("osdi", "osdi:error"), "response_code": status, "error_descriptions": descriptions}
    kind = "non-atomic" if request.method == "POST" else "atomic"
    document = {"osdi:error": {"request_type": kind, "response_code": status, "resource_status": [resource]}}
    return Response(json.dumps(document), status, content_type="application/hal+json")

"""HAL: documents with links, and pages of lists."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from flask import Response

from campaign.web import here

ROOT = "/api/osdi/v1"
SYSTEM = "campaign"  # the name before the colon of every identifier of ours
CONTENT_TYPE = "application/hal+json"
KEPT = "max-age=0, private, must-revalidate"
Document = dict[str, Any]
Link = str | Mapping[str, object]


def href(path: str, **asked: str) -> str:
    """Write a whole address under the root of the interface."""
    said = urlencode({name: value for name, value in asked.items() if value}, quote_via=quote)
    return f"{here.parts().settings.base_url}{ROOT}{path}" + (f"?{said}" if said else "")


def links(path: str, **further: Link) -> Document:
    """The links of a document at a path: to itself, and further ones, in whose names `__` stands for the colon."""
    found: Document = {"self": {"href": href(path)}}
    for name, value in further.items():
        found[name.replace("__", ":")] = {"href": value} if isinstance(value, str) else value
    return found


def _curies() -> list[Document]:
    """What stands before colons in names of links, and where each is explained."""
    places = (("osdi", ""), (SYSTEM, f"{SYSTEM}-"))
    return [{"name": name, "href": href(f"/docs/{start}") + "{rel}", "templated": True} for name, start in places]


def identifier(row_id: str) -> str:
    """Name a thing of ours to other systems."""
    return f"{SYSTEM}:{row_id}"


def row_id(name: str) -> str:
    """The id in an identifier of ours; empty in one of another system."""
    system, _, found = name.partition(":")
    return found if system == SYSTEM else ""


def instant(at: dt.datetime) -> str:
    """Write an instant in UTC, to the second."""
    return at.astimezone(dt.UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def answer(document: Document, *, is_personal: bool = False) -> Response:
    """Answer with a document; what is of people is kept by nobody."""
    if "_links" in document:
        document["_links"] = {"curies": _curies(), **document["_links"]}
    response = Response(json.dumps(document, ensure_ascii=False), content_type=CONTENT_TYPE)
    response.headers["Cache-Control"] = "no-store" if is_personal else KEPT
    return response


def collection(rel: str, documents: Sequence[Document], head: Document, found: Document) -> Document:
    """Put documents into a list with these links: each whole, and each by its link."""
    return {
        **head,
        "_links": found | {rel: [one["_links"]["self"] for one in documents]},
        "_embedded": {rel: list(documents)},
    }

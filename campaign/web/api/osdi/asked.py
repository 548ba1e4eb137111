"""What a request asks of a list: which page, how long, through which filter."""

import base64
import binascii
import datetime as dt
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request

from campaign.domain import odata
from campaign.domain.odata import Kind, Tree
from campaign.errors import InputRefusedError, Problem
from campaign.queries.listed import Place
from campaign.web import here
from campaign.web.api.osdi import hal
from campaign.web.api.osdi.hal import Document

MOST = 25  # documents of a page
BY_NUMBER = 100_000  # rows that a page can be found behind by its number alone


@dataclass(frozen=True, slots=True)
class Asked:
    """A page of a list: `number` counts from 1, `after` is where it begins, where a `next` link said so."""

    path: str
    number: int
    size: int
    text: str
    tree: Tree | None
    after: Place | None

    @property
    def offset(self) -> int:
        """How many rows stand before it."""
        return (self.number - 1) * self.size

    def at(self, number: int, after: Place | None = None) -> str:
        """The address of a page of the same list."""
        said = {"filter": self.text, "page": str(number), "per_page": str(self.size)}
        return hal.href(self.path, **said, after=_write(self, after) if after is not None else "")

    def page(self, rel: str, documents: Sequence[Document], last: Place | None, total: int | None) -> Document:
        """Write a page: `last` is where the next one begins, None where this is the last; `total` None is not told."""
        head: Document = {"page": self.number, "per_page": self.size}
        if total is not None:
            head |= {"total_pages": math.ceil(total / self.size), "total_records": total}
        links = hal.links(self.path)
        links["self"] = {"href": self.at(self.number, self.after)}
        if last is not None:
            links["next"] = {"href": self.at(self.number + 1, last)}
        if self.number > 1 and self.offset - self.size <= BY_NUMBER:
            links["previous"] = {"href": self.at(self.number - 1)}
        return hal.collection(rel, documents, head, links)


def read(path: str, fields: Mapping[str, Kind]) -> Asked:
    """Read what the request at hand asks of the list at a path; its filter may ask for these fields.

    Raises InputRefusedError.
    """
    text = request.args.get("filter", "")
    tree = odata.parse(text, fields) if text.strip() else None
    number, size = _number("page", 1), min(_number("per_page", MOST), MOST)
    asked = Asked(path, number, size, text, tree, None)
    said = request.args.get("after", "")
    if said:
        return Asked(path, number, size, text, tree, _read(asked, said))
    if asked.offset > BY_NUMBER:
        _refuse("page", "E-PAGE-FAR", most=str(BY_NUMBER // size))
    return asked


def _refuse(name: str, code: str, **values: str) -> None:
    raise InputRefusedError((Problem(name, code, values),))


def _number(name: str, otherwise: int) -> int:
    said = request.args.get(name, "")
    if said and not (said.isascii() and said.isdigit() and len(said) <= 9 and int(said) > 0):
        _refuse(name, "E-PAGE")
    return int(said) if said else otherwise


def _seal(asked: Asked, said: str) -> str:
    """A place is of one list, through one filter."""
    return here.parts().keys.place_key(f"{asked.path}\0{asked.text}\0{said}")


def _write(asked: Asked, place: Place) -> str:
    said = f"{place.at.astimezone(dt.UTC).isoformat()} {place.id}"
    return base64.urlsafe_b64encode(f"{_seal(asked, said)} {said}".encode()).decode().rstrip("=")


def _read(asked: Asked, said: str) -> Place | None:
    try:
        text = base64.urlsafe_b64decode(said + "=" * (-len(said) % 4)).decode()
    except (ValueError, binascii.Error):
        text = ""
    seal, _, place = text.partition(" ")
    if not place or seal != _seal(asked, place):
        _refuse("after", "E-PAGE-PLACE")
    at, _, row_id = place.partition(" ")
    return Place(dt.datetime.fromisoformat(at), row_id)


def whole(
    rel: str, asked: Asked, documents: Sequence[Document], values: Callable[[Document], Mapping[str, Any]]
) -> Document:
    """Write the page that is asked for of a list that is whole and short; `values` are what a filter asks of one."""
    found = [one for one in documents if asked.tree is None or odata.holds(asked.tree, values(one))]
    shown = found[asked.offset : asked.offset + asked.size]
    page = asked.page(rel, shown, None, len(found))
    if asked.offset + asked.size < len(found):
        page["_links"]["next"] = {"href": asked.at(asked.number + 1)}
    return page

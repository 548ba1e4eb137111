"""A JSON body, read once and strictly: what two readers could read in two ways is refused."""

import json
import math
import re
from typing import Any, NoReturn

from werkzeug.http import parse_options_header

from campaign.errors import FormDamagedError
from campaign.web.forms.body import check_charset

TYPES = ("application/json", "application/hal+json")
MAX_DEPTH = 20
_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*+"?|[][{}]', re.DOTALL)  # a string, closed or not, is passed over at once
_BAD = re.compile("[\0\ud800-\udfff]")


def decode(body: bytes, content_type: str, *, takes_none: bool = False) -> object:
    """Read a body as JSON (RFC 8259); None where it is empty. `takes_none`: a body may come without a type.

    Refused are bodies deeper than 20, names that come twice, numbers that are none (NaN, Infinity, 1e999), halves of
    surrogate pairs and NUL. Raises FormDamagedError: 415 for another type or charset, else 400 E-JSON.
    """
    mimetype, options = parse_options_header(content_type)
    if mimetype not in TYPES and not (takes_none and not content_type) and (body or content_type):
        raise FormDamagedError("E-JSON-TYPE", 415)
    check_charset(options.get("charset", "utf-8"))
    if not body:
        return None
    _check_depth(body)
    try:
        document: object = json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_once,
            parse_constant=_refuse,
            parse_float=_finite,
            parse_int=_whole,
        )
    except (ValueError, RecursionError):  # not UTF-8, not JSON
        _refuse()
    if _has_bad_text(document):
        _refuse()
    return document


def _refuse(_: object = None) -> NoReturn:
    raise FormDamagedError("E-JSON") from None


def _check_depth(body: bytes) -> None:
    depth = 0
    for token in _TOKEN.findall(body):
        depth += (token in (b"[", b"{")) - (token in (b"]", b"}"))
        if depth > MAX_DEPTH:
            _refuse()


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        _refuse()
    return found


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        _refuse()
    return number


def _whole(text: str) -> int:
    if len(text) > 20:  # more than any 64-bit number has
        _refuse()
    return int(text)


def _has_bad_text(value: object) -> bool:
    if isinstance(value, str):
        return _BAD.search(value) is not None
    if isinstance(value, list):
        return any(_has_bad_text(one) for one in value)
    if isinstance(value, dict):
        return any(_has_bad_text(one) for pair in value.items() for one in pair)
    return False

"""Packing: answers that are the same for everyone go out small, by brotli or gzip, packed once and kept.

Only those: where something secret and something typed share an answer, its packed size would tell of the secret.
"""

import gzip
from collections.abc import Callable

import brotli  # type: ignore[import-untyped]
from flask import Response, request

ENCODINGS: dict[str, Callable[[bytes, bool], bytes]] = {
    "br": lambda raw, is_lasting: bytes(brotli.compress(raw, quality=11 if is_lasting else 6)),
    "gzip": lambda raw, is_lasting: gzip.compress(raw, 9 if is_lasting else 6, mtime=0),
}
PACKABLE = frozenset(
    {
        "text/html",
        "text/css",
        "text/javascript",
        "text/plain",
        "image/svg+xml",
        "application/xml",
        "application/atom+xml",
    }
)
_LEAST = 500  # bytes; less is not worth it
_MOST = 1024  # packed answers kept
_packed: dict[tuple[str, str], bytes] = {}


def encoding() -> str:
    """The way of packing that the browser takes and likes best, or none."""
    accepted = request.accept_encodings
    found = max(ENCODINGS, key=accepted.quality)
    return found if accepted.quality(found) > 0 else ""


def pack(response: Response, *, is_lasting: bool = False) -> None:
    """Pack an answer that has an ETag; the packed one is another document, with an ETag of its own.

    What lasts as long as the program does is packed as small as it gets: some hundredths of a second, once.

    Changes nothing where the answer is small, of another kind, or the browser takes none.
    """
    if response.mimetype not in PACKABLE or "Content-Encoding" in response.headers:
        return
    response.vary.add("Accept-Encoding")
    etag, _ = response.get_etag()
    way = encoding()
    if not way or not etag:
        return
    raw = response.get_data()
    if len(raw) < _LEAST:
        return
    key = (etag, way)
    packed = _packed.get(key)
    if packed is None:
        if len(_packed) >= _MOST:
            _packed.clear()
        packed = _packed[key] = ENCODINGS[way](raw, is_lasting)
    response.set_data(packed)
    response.headers["Content-Encoding"] = way
    response.set_etag(f"{etag}-{way}")

"""A form's body, decoded once and strictly: whatever is not exactly what our pages send is refused."""

import re
from collections.abc import Iterable
from urllib.parse import unquote_to_bytes

from werkzeug.exceptions import HTTPException
from werkzeug.http import parse_options_header
from werkzeug.sansio.multipart import Data, Epilogue, Field, File, MultipartDecoder

from campaign.errors import FormDamagedError

MAX_BYTES = 64 * 1024  # of a whole body; the longest letter of all is a tenth of it
MAX_FIELDS = 60
_MAX_NAME = 60  # characters of a field's name that a message repeats

_BROKEN_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_UTF8 = ("utf-8", "utf8")

URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"


def decode(body: bytes, content_type: str) -> dict[str, str]:
    """Turn a body into its fields: each once, at most 60, UTF-8, without NUL and without files.

    An empty body is an empty form. Raises FormDamagedError: 415 for another type, another charset or a file,
    else 400.
    """
    mimetype, options = parse_options_header(content_type)
    if mimetype not in (URLENCODED, MULTIPART) and (body or content_type):
        raise FormDamagedError("E-TYPE", 415)
    check_charset(options.get("charset", "utf-8"))
    if not body:
        return {}
    pairs = _urlencoded(body) if mimetype == URLENCODED else _multipart(body, options.get("boundary", ""))
    fields = _once(pairs)
    if not fields:
        raise FormDamagedError("E-DAMAGED")
    return fields


def decode_with_file(body: bytes, content_type: str, name: str) -> tuple[dict[str, str], bytes]:
    """Turn the body of a form that sends one file into its other fields and the file's bytes.

    The file is the part of that name, whatever it calls itself; a second one, or one of another name, is refused, and
    everything else is held as `decode` holds it. No file, or none chosen, is none. A form without files is taken too.
    """
    mimetype, options = parse_options_header(content_type)
    if mimetype != MULTIPART:
        return decode(body, content_type), b""
    check_charset(options.get("charset", "utf-8"))
    wanted = name.encode("ascii")
    pairs = list(_multipart(body, options.get("boundary", ""), wanted))
    files = [value for found, value in pairs if found == wanted]
    if len(files) > 1:
        raise FormDamagedError("E-TWICE", field_name=name)
    fields = _once((found, value) for found, value in pairs if found != wanted)
    if not fields and not files:
        raise FormDamagedError("E-DAMAGED")
    return fields, files[0] if files else b""


def check_charset(charset: str) -> None:
    """Let UTF-8 pass and nothing else; raises FormDamagedError (415)."""
    if charset.strip().lower() not in _UTF8:
        raise FormDamagedError("E-CHARSET", 415)


def _once(pairs: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for count, (raw_name, raw_value) in enumerate(pairs, start=1):
        if count > MAX_FIELDS:
            raise FormDamagedError("E-FIELDS")
        name = _text(raw_name, "")
        shown = name[:_MAX_NAME]
        value = _text(raw_value, shown)
        if name in fields:
            raise FormDamagedError("E-TWICE", field_name=shown)
        fields[name] = value
    return fields


def _text(raw: bytes, field_name: str) -> str:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise FormDamagedError("E-UTF8", field_name=field_name) from None
    if "\0" in text:
        raise FormDamagedError("E-NUL", field_name=field_name)
    return text


def _urlencoded(body: bytes) -> Iterable[tuple[bytes, bytes]]:
    if _BROKEN_ESCAPE.search(body):
        raise FormDamagedError("E-DAMAGED")
    for part in body.split(b"&"):
        if part:
            name, _, value = part.replace(b"+", b" ").partition(b"=")
            yield unquote_to_bytes(name), unquote_to_bytes(value)


def _multipart(body: bytes, boundary: str, file_name: bytes = b"") -> Iterable[tuple[bytes, bytes]]:
    """Read the parts as RFC 7578 has them; a part cut short, unnamed or not a plain field is refused.

    A file is one only where a part of its name is awaited.
    """
    if not boundary or not boundary.isascii():
        raise FormDamagedError("E-DAMAGED")
    decoder = MultipartDecoder(boundary.encode("ascii"))
    decoder.receive_data(body)
    decoder.receive_data(None)
    name, value = b"", bytearray()
    try:
        while not isinstance(event := decoder.next_event(), Epilogue):
            if isinstance(event, File):
                name, value = str(event.name).encode("utf-8", "surrogatepass"), bytearray()
                if not file_name or name != file_name:
                    raise FormDamagedError("E-FILE", 415)
            elif isinstance(event, Field):
                name, value = _part_name(event), bytearray()
            elif isinstance(event, Data):
                value += event.data
                if not event.more_data:
                    yield name, bytes(value)
    except (ValueError, AttributeError, HTTPException):  # what the decoder raises for broken parts
        raise FormDamagedError("E-DAMAGED") from None


def _part_name(event: Field) -> bytes:
    if not isinstance(event.name, str):
        raise FormDamagedError("E-DAMAGED")
    _, options = parse_options_header(event.headers.get("Content-Type", ""))
    check_charset(options.get("charset", "utf-8"))
    return event.name.encode("utf-8", "surrogatepass")

"""The sites whose pages may hold a campaign's form: origins as browsers write them."""

import re
from collections.abc import Iterator, Sequence

MOST = 50
MOST_CHARACTERS = 2000  # all together: they travel in a header, and proxies take no long ones

_HOST = r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_ORIGIN = re.compile(rf"(?:https://(?:{_HOST}|localhost)|http://(?:localhost|127\.0\.0\.1))(?::([1-9][0-9]{{0,4}}))?")
_LONGEST = 253  # characters of a host (RFC 1035), which is more than any origin here may have
_DEFAULT_PORTS = {"https": "443", "http": "80"}


def is_origin(text: str) -> bool:
    """Whether a text is `https://` and a host, with a port where it is not the usual one, and nothing else.

    Small letters only, and no `*`: browsers would take it for all there are. Plain http is for trying: this machine
    alone.
    """
    match = _ORIGIN.fullmatch(text)
    if match is None or len(text) > _LONGEST:
        return False
    port = match[1]
    return port is None or (int(port) <= 65535 and port != _DEFAULT_PORTS[text.partition(":")[0]])


def faults(origins: Sequence[str]) -> Iterator[tuple[int | None, str]]:
    """Tell what is wrong with a list of origins: the place of the one, None where it is the whole, and a code."""
    for place, one in enumerate(origins):
        if not is_origin(one):
            yield place, "E-EMBEDS-ORIGIN"
        elif one in origins[:place]:
            yield place, "E-EMBEDS-TWICE"
    if len(origins) > MOST or sum(len(one) + 1 for one in origins) > MOST_CHARACTERS:
        yield None, "E-EMBEDS-MANY"


def typed(text: str) -> tuple[str, ...]:
    """Read origins as somebody types them, one a line; a slash at the end and large letters are set right."""
    lines = (line.strip().lower() for line in text.splitlines())
    return tuple(line.removesuffix("/") for line in lines if line)

"""The site on given parts. Building it takes longer than most tests, so a site whose test has ended serves another."""

import contextlib
import dataclasses
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from campaign.parts import Parts
from campaign.web import here, opening, site
from campaign.web.api.door import Knocks

_KNOCKS = "campaign.knocks"


class _Compiled(BytecodeCache):
    """Keeps compiled templates in memory; one whose source changed is compiled anew."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _Compiled()
_idle: defaultdict[object, list[Flask]] = defaultdict(list)
_in_use: list[tuple[object, Flask]] = []


def build(parts: Parts) -> Flask:
    """Give the site as it is built for real, with nothing in its memory: no other test, and nobody else in this one."""
    kind = (dataclasses.replace(parts.settings, database_url="", home=Path()), id(parts.words))
    if _idle[kind]:
        app = _idle[kind].pop()
        here.keep(app, parts)
        opening.keep(app, parts)
        app.extensions[_KNOCKS] = Knocks()
    else:
        app = build_own(parts)
        # What a new site remembers is what is given to one that is used again.
        assert app.extensions.keys() == {"campaign", "campaign.openings", _KNOCKS}
    _in_use.append((kind, app))
    return app


def build_own(parts: Parts) -> Flask:
    """Build a site that the test may add to or damage."""
    app = site.build(parts)
    app.jinja_env.bytecode_cache = _COMPILED
    return app


@contextlib.contextmanager
def borrowed() -> Iterator[None]:
    """Take back, when the block ends, every site that was given in it; what it remembers is forgotten."""
    before = len(_in_use)
    yield
    for kind, app in _in_use[before:]:
        app.extensions.clear()
        _idle[kind].append(app)
    del _in_use[before:]

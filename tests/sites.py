"""The site on given parts, its templates compiled once a process: compiling them takes longer than most tests."""

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from campaign.parts import Parts
from campaign.web import site


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


def build(parts: Parts) -> Flask:
    """Build the site as it is built for real."""
    app = site.build(parts)
    app.jinja_env.bytecode_cache = _COMPILED
    return app

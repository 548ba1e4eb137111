"""How addresses are read: strictly, slugs in plain ASCII."""

from flask import Flask
from werkzeug.routing import BaseConverter


class SlugConverter(BaseConverter):
    """A campaign's or a state's slug. It gives way to fixed words and to lists of words at the same place."""

    regex = r"[a-z0-9-]{1,60}"
    weight = 150


def install(app: Flask) -> None:
    """Make addresses strict: no slashes merged, no letters or digits but ASCII's."""
    app.url_map.merge_slashes = False
    app.url_map.converters["slug"] = SlugConverter

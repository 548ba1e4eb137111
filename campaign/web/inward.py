"""No way off a tablet: of the links in a page's markup, only those within the tablet's own pages are left."""

import re

from flask import g
from markupsafe import Markup

_LINK = re.compile(r'<a\b[^>]*?\bhref="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)


def inward(body: str) -> Markup:
    """Keep a link that stays on the page at hand or leads to another of the same tablet; of any other, its words."""
    own = re.compile(rf"#|/[a-z]+/kiosk/{re.escape(g.get('device', ''))}/")

    def keep(found: re.Match[str]) -> str:
        return found[0] if own.match(found[1]) else found[2]

    return Markup(_LINK.sub(keep, body))  # noqa: S704  our own pages' markup, with less in it

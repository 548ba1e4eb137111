"""Links of a page that stands inside another site's: what leads out of it opens beside that site, not within it."""

import re

from markupsafe import Markup

# Ours are written by templates that escape all they are given, so that no tag here is anybody else's.
_TAG = re.compile(r'<(?:a|form)\b[^>]*?\s(?:href|action)="([^"]*)"')
_INSIDE = re.compile(r"/[a-z]{2}/[a-z0-9-]+/(?:[a-z0-9-]+/)?embed/[^/]*(?:/[^/]*)?")
_STAYS = ("#", "mailto:")  # a place on the same page; the reader's own mail program


def outward(markup: str) -> Markup:
    """Mark every link and form of a page that leads elsewhere than to pages made for frames: in a window of its own.

    What opens has no hold on the page it was opened from.
    """
    return Markup(_TAG.sub(_marked, markup))  # noqa: S704  what comes in was escaped by the template it comes from


def _marked(tag: re.Match[str]) -> str:
    if tag[1].startswith(_STAYS) or _INSIDE.fullmatch(tag[1]):
        return tag[0]
    is_form = tag[0].startswith("<form")  # of ours, to a page of ours, which takes no opener (web/headers)
    return f'{tag[0]} target="_blank"' + ("" if is_form else ' rel="noopener"')

"""The entry point: where every list is, and what each link means."""

from flask import Blueprint, Response

from campaign.errors import NotFoundError
from campaign.web.api.door import scope
from campaign.web.api.osdi import asked, hal, told

blueprint = Blueprint("osdi_entry", __name__, url_prefix=hal.ROOT)

VERSION = "1.2.0"
_LISTS = ("advocacy_campaigns", "petitions", "people", "outreaches")


@blueprint.get("/")
@scope("any")
def show() -> Response:
    """Show the entry point."""
    lists = {f"osdi__{name}": {"href": hal.href(f"/{name}"), "title": told.TITLES[name]} for name in _LISTS}
    document = {
        "motd": "",
        "max_pagesize": asked.MOST,
        "max_page_size": asked.MOST,
        "vendor_name": "Campaign",
        "product_name": "Campaign",
        "osdi_version": VERSION,
        "namespace": hal.SYSTEM,
        "_links": hal.links("/", docs={"href": hal.href("/docs/"), "title": "What this interface offers"}, **lists),
    }
    return hal.answer(document)


@blueprint.get("/docs/")
@blueprint.get("/docs/<rel>")
@scope("open")
def explain(rel: str = "") -> Response:
    """Explain what a link means, in plain text. Raises NotFoundError."""
    text = told.everything() if not rel else told.about(rel)
    if text is None:
        raise NotFoundError
    return Response(text, mimetype="text/plain")

"""The counts as JSON, for anyone and any page; and the description of this interface."""

import hashlib
import json
from importlib.resources import files

from flask import Blueprint, Response

from campaign.services import count
from campaign.web import here
from campaign.web.api.door import scope

blueprint = Blueprint("counts", __name__)

_DESCRIPTION = (files(__package__) / "openapi.json").read_text("utf-8")


@blueprint.get("/api/v1/campaigns/<slug:campaign>/counts")
@scope("open")
def show(campaign: str) -> Response:
    """Show the public counts of a campaign. Raises NotFoundError."""
    document = count.public_document(count.public(here.parts(), here.edition(campaign)), campaign)
    answer = Response(json.dumps(document), mimetype="application/json")
    # Weak, and without the instant: the same figures a minute later are the same document.
    figures = json.dumps(document | {"as_of": ""}, sort_keys=True)
    answer.set_etag(hashlib.sha256(figures.encode()).hexdigest()[:32], weak=True)
    return answer


@blueprint.get("/api/v1/openapi.json")
@scope("open")
def describe() -> Response:
    """Show the description of everything under /api/v1/."""
    return Response(_DESCRIPTION, mimetype="application/json")


@blueprint.after_request
def open_to_all(response: Response) -> Response:
    """Let pages of any site read the answer; there is nothing personal in it and no cookie goes with it."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag"
    return response

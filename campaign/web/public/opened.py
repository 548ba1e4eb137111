"""The picture of nothing that a state's page carries: that it is asked for is all that is counted of an opening."""

import re

from flask import Blueprint, Response, request

from campaign.web import here
from campaign.web.opening import count
from campaign.web.paths import LANGUAGE

blueprint = Blueprint("opened", __name__)

# A transparent GIF of one point.
NOTHING = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b")
ROBOT = re.compile(
    r"bot|crawl|spider|preview|slurp|scan|monitor|headless|curl|wget|python|java/|go-http", re.IGNORECASE
)


@blueprint.get(f"/{LANGUAGE}/<slug:campaign>/<slug:state>/opened.gif")
def show(lang: str, campaign: str, state: str) -> Response:
    """Count that the page was opened, unless a program says that it only looked; nothing of anybody is kept."""
    edition, chosen = here.state(campaign, state)
    if _is_person():
        count(edition.campaign_id, chosen.id, lang)
    answer = Response(NOTHING, mimetype="image/gif")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _is_person() -> bool:
    """Whether nothing says that a program asks, or a browser that nobody looks at yet."""
    is_ahead = any("prefetch" in request.headers.get(name, "").lower() for name in ("Sec-Purpose", "Purpose", "X-Moz"))
    agent = request.user_agent.string
    return request.method == "GET" and not is_ahead and bool(agent) and ROBOT.search(agent) is None

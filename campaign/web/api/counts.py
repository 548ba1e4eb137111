"""The counts as JSON and CSV, for anyone and any page; and the description of this interface."""

from importlib.resources import files

from flask import Blueprint, Response

from campaign.domain.dates import iso
from campaign.domain.tally import SHOWN_FROM
from campaign.services import count, publish
from campaign.services.publish import Series
from campaign.web import here
from campaign.web.api.answering import answer, asked, labelled, open_to_all, period
from campaign.web.api.door import scope

blueprint = Blueprint("counts", __name__)
blueprint.after_request(open_to_all)

_DESCRIPTION = (files(__package__) / "openapi.json").read_text("utf-8")
_SERIES = {"daily": ("days", "day", publish.daily), "hourly": ("hours", "hour", publish.hourly)}


@blueprint.get("/api/v1/campaigns/<slug:campaign>/counts")
@scope("open")
def show(campaign: str) -> Response:
    """Show the public counts of a campaign. Raises NotFoundError."""
    edition = here.edition(campaign)
    return answer(count.public_document(count.public(here.parts(), edition), campaign), edition)


@blueprint.get("/api/v1/campaigns/<slug:campaign>/counts/daily", defaults={"series": "daily"})
@blueprint.get("/api/v1/campaigns/<slug:campaign>/counts/hourly", defaults={"series": "hourly"})
@scope("open")
def show_series(campaign: str, series: str) -> Response:
    """Show the counts of complete days or hours, by state. Raises NotFoundError, InputRefusedError."""
    edition = here.edition(campaign)
    plural, one, count_by = _SERIES[series]
    found = count_by(here.parts(), edition, period(edition, asked("state", "since", "until")))
    rows = [{"state": row.state, one: row.when, "confirmed": row.confirmed} for row in found.figures]
    return answer(_about(campaign, found) | {plural: rows}, edition)


def _about(campaign: str, found: Series) -> dict[str, object]:
    return {
        "campaign": campaign,
        "as_of": iso(here.parts().clock.now()),
        "since": found.since.isoformat() if found.since else None,
        "complete_until": iso(found.ends),
        "is_rounded": found.is_rounded,
        "shown_from": SHOWN_FROM,
    }


@blueprint.get("/api/v1/campaigns/<slug:campaign>/counts/daily.csv", defaults={"series": "daily"})
@blueprint.get("/api/v1/campaigns/<slug:campaign>/counts/hourly.csv", defaults={"series": "hourly"})
@scope("open")
def take_series(campaign: str, series: str) -> Response:
    """Give the same as CSV. Raises NotFoundError, InputRefusedError."""
    edition = here.edition(campaign)
    _, one, count_by = _SERIES[series]
    found = count_by(here.parts(), edition, period(edition, asked("state", "since", "until")))
    text = publish.as_csv(found.figures, one)
    response = labelled(Response(text, content_type="text/csv; charset=utf-8; header=present"), text, edition)
    response.headers.set("Content-Disposition", "attachment", filename=f"{campaign}-{series}.csv")
    return response


@blueprint.get("/api/v1/openapi.json")
@scope("open")
def describe() -> Response:
    """Show the description of everything under /api/v1/."""
    return Response(_DESCRIPTION, mimetype="application/json")

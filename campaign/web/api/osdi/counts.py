"""Counts of a state: OSDI has none, so they stand under a name of our own."""

import datetime as dt

from flask import Blueprint, Response

from campaign.domain import tally
from campaign.queries import tally as tallies
from campaign.web import here
from campaign.web.api.door import scope
from campaign.web.api.osdi import hal, states, totals
from campaign.web.api.osdi.states import Place

blueprint = Blueprint("osdi_counts", __name__, url_prefix=hal.ROOT)

_FINE = {"country": "countries", "language": "languages", "source": "sources"}


@blueprint.get("/counts/<place_id>")
@scope("counts")
def show(place_id: str) -> Response:
    """Count a state's confirmed signatures by UTC day, and by what is finer where ten people stand behind it."""
    place = states.find(place_id)
    is_rounded = place.edition.cause.counts == "rounded"
    show_whole = tally.rounded if is_rounded else int
    document = {
        "campaign:state": place.state.state.code,
        "campaign:as_of": hal.instant(here.parts().clock.now()),
        "campaign:confirmed": show_whole(totals.signatures(place.edition, place.state)),
        "campaign:letters_sent": show_whole(totals.letters(place.edition, place.state)),
        "campaign:days": {day.isoformat(): show_whole(count) for day, count in _days(place)},
    }
    for by, name in _FINE.items():
        told = {str(of): tally.fine(count, count, is_rounded=is_rounded) for of, count in _by(place, by)}
        document[f"campaign:{name}"] = {of: count for of, count in told.items() if count is not None}
    document["_links"] = hal.links(
        f"/counts/{place.id}",
        osdi__advocacy_campaign=hal.href(f"/advocacy_campaigns/{place.id}"),
        osdi__petition=hal.href(f"/petitions/{place.id}"),
    )
    return hal.answer(document)


def _by(place: Place, by: str) -> list[tuple[object, int]]:
    with here.parts().reading() as session:
        rows = tallies.counts_by(session, place.edition.campaign_id, (by,), state=place.state.state.code)
        return [(of, int(str(count))) for of, count in rows]


def _days(place: Place) -> list[tuple[dt.date, int]]:
    return [(of, count) for of, count in _by(place, "day") if isinstance(of, dt.date)]

"""Rules of the sites that may hold a campaign's form: origins, each once, and not too many."""

from collections.abc import Iterator

from campaign.domain import embeds
from campaign.domain.cause import Cause
from campaign.errors import Mistake
from campaign.outside.bundle.sheet import Placed

_NAME = "embeds"
_WHAT = {
    "E-EMBEDS-ORIGIN": (
        "`{origin}` is not an origin: https:// and a host in small letters, without a path or *, such as "
        "https://partner.example; http:// only on localhost"
    ),
    "E-EMBEDS-TWICE": "`{origin}` is listed twice",
    "E-EMBEDS-MANY": f"`embeds` holds at most {embeds.MOST} origins of {embeds.MOST_CHARACTERS} characters together",
}


def check(placed: Placed[Cause]) -> Iterator[Mistake]:
    """Check the origins of a campaign, where it names any."""
    origins = placed.thing.embeds
    for place, code in embeds.faults(origins):
        if place is None:
            yield placed.mistake(_WHAT[code], _NAME)
        else:
            yield placed.mistake(_WHAT[code].format(origin=origins[place]), _NAME, place)

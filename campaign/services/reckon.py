"""Reckon: letters and answers by office, exact for organisers, and for everybody only where ten people stand behind."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from campaign.domain import tally
from campaign.domain.courtesy import ANSWERS, OWN_WAYS
from campaign.domain.edition import Edition, StateEdition
from campaign.parts import Parts
from campaign.queries import answer as answers
from campaign.queries.answer import Heap
from campaign.services.look import RECKONED, look

_LEFT = ("accepted", "complained")
_STATUSES = {
    "waiting": ("queued", "claimed"),
    "held": ("held",),
    "refused": ("refused", "blocked", "bounced"),
    "unknown": ("unknown", "in_data"),
}
FIGURES = (
    "sent", *_STATUSES, "in_digests", "second_letters", "asked",
    *(f"answered_{one}" for one in ANSWERS), *(f"self_sent_{one}" for one in OWN_WAYS),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class OfficeTold:
    """What everybody may see of an office: letters that left, and answers by kind; None where too few told us."""

    office: str
    left: int | None
    answers: dict[str, int | None]

    @property
    def is_told(self) -> bool:
        """Whether enough people told us of its answers for them to be shown: all kinds of them, or none."""
        return None not in self.answers.values()


@dataclass(frozen=True, slots=True)
class Told:
    """What was told of every office, by the state's code, as of an instant (aware UTC)."""

    as_of: dt.datetime
    states: dict[str, tuple[OfficeTold, ...]]


def told(parts: Parts, edition: Edition) -> Told:
    """Count, by office, letters that left and what their senders told us; no figure with under ten people behind it."""
    with parts.reading() as session:
        seen = look(parts, session, RECKONED, edition.campaign_id)
    counted = _counted(parts, edition, seen.found)
    is_rounded = edition.cause.counts == "rounded"
    states = {
        one.state.code: tuple(
            _told(office, counted[one.state.code, office], is_rounded=is_rounded) for office in _offices(one)
        )
        for one in edition.states
    }
    return Told(seen.at.replace(microsecond=0), states)


def _told(office: str, figures: Counter[str], *, is_rounded: bool) -> OfficeTold:
    people = sum(figures[f"answered_{one}"] for one in ANSWERS)
    return OfficeTold(
        office=office,
        left=tally.fine(figures["first_left"], figures["first_left"], is_rounded=is_rounded),
        answers={one: tally.fine(figures[f"answered_{one}"], people, is_rounded=is_rounded) for one in ANSWERS},
    )


def by_office(parts: Parts, edition: Edition) -> dict[str, object]:
    """Count everything of a campaign's letters by office, in the shape of `campaign stats --offices --json`."""
    with parts.reading() as session:
        heaps = list(answers.heaps(session, edition.campaign_id))
    counted = _counted(parts, edition, heaps)
    return {
        "campaign": edition.cause.slug,
        "as_of": parts.clock.now().replace(microsecond=0).isoformat().replace("+00:00", "Z"),
        "states": {
            one.state.code: {
                office: {name: figures[name] for name in FIGURES}
                for (code, office), figures in counted.items()
                if code == one.state.code
            }
            for one in edition.states
        },
    }


def _offices(state: StateEdition) -> Iterable[str]:
    return (one.office for one in state.officials)


def _counted(parts: Parts, edition: Edition, heaps: Iterable[Heap]) -> dict[tuple[str, str], Counter[str]]:
    """All figures by the state's code and office, retired ones last where they have any.

    A letter to a mailbox of several offices counts for each of them.
    """
    counted = {(state.state.code, office): Counter[str]() for state in edition.states for office in _offices(state)}
    for heap in heaps:
        for office in heap.offices:
            counted.setdefault((heap.state, office), Counter()).update(_figures(heap))
    with parts.reading() as session:
        for code, offices, way, count in answers.own_letters(session, edition.campaign_id):
            for office in offices:
                counted.setdefault((code, office), Counter())[f"self_sent_{way}"] += count
    return counted


def _figures(heap: Heap) -> dict[str, int]:
    """What a heap of letters adds to which figures."""
    has_left = heap.status in _LEFT
    adds = {name: heap.status in statuses for name, statuses in _STATUSES.items()}
    adds["sent"] = has_left
    adds["first_left"] = has_left and heap.round == 1
    adds["in_digests"] = has_left and heap.is_in_digest
    adds["second_letters"] = heap.round == 2 and heap.status != "cancelled"
    adds["asked"] = heap.is_asked
    adds |= {f"answered_{one}": heap.answer == one for one in ANSWERS}
    return {name: heap.count for name, does in adds.items() if does}

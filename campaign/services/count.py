"""Count: the public counts, and the figures that organisers stand behind."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from campaign.domain import tally
from campaign.domain.courtesy import OWN_WAYS
from campaign.domain.edition import Edition
from campaign.parts import Parts
from campaign.queries import apart
from campaign.queries import street as streets
from campaign.queries import tally as tallies
from campaign.services.look import LETTERS, look

_SIGNATURES = ("pending", "withdrawn")
_LETTERS = {
    "letters_sent": ("accepted", "complained"),
    "letters_waiting": ("queued", "claimed"),
    "letters_held": ("held",),
    "letters_refused": ("refused", "blocked", "bounced"),
    "letters_unknown": ("unknown", "in_data"),
}


@dataclass(frozen=True, slots=True)
class Counts:
    """Confirmed signatures and sent letters, in all and by the state's code, as of an instant (aware UTC)."""

    as_of: dt.datetime
    total: int
    states: dict[str, int]
    letters_sent: dict[str, int]


def public(parts: Parts, edition: Edition) -> Counts:
    """Count what everybody may see: exact per campaign and state, or rounded where the campaign chose that.

    Letters may be as they were a minute ago, where there are very many.
    """
    with parts.reading() as session:
        confirmed = tallies.confirmed(session, edition.campaign_id)
        letters = Counter[tuple[str, str]]()
        for heap in look(parts, session, LETTERS, edition.campaign_id).found:
            letters[heap.state, heap.status] += heap.count
    show = tally.rounded if edition.cause.counts == "rounded" else int
    states = {one.state.code: show(confirmed.get(one.state.code, 0)) for one in edition.states}
    sent = {code: show(_in_all(letters, code, "letters_sent")) for code in states}
    return Counts(parts.clock.now().replace(microsecond=0), sum(states.values()), states, sent)


def own_sent(parts: Parts, edition: Edition) -> dict[str, int]:
    """Count the letters that people say they sent themselves, by the state's code; only figures that may be shown."""
    with parts.reading() as session:
        told = apart.own_letters(session, edition.campaign_id)
    codes = {code for code, _ in told}
    totals = {code: sum(told.get((code, way), 0) for way in OWN_WAYS) for code in codes}
    is_rounded = edition.cause.counts == "rounded"
    shown = {code: tally.fine(total, total, is_rounded=is_rounded) for code, total in totals.items()}
    return {code: total for code, total in shown.items() if total is not None}


def entered_on_paper(parts: Parts, edition: Edition, state: str | None = None) -> int:
    """Count what organisers counted by hand on paper, for themselves: of a state, or of the whole campaign."""
    with parts.reading() as session:
        told = streets.on_paper(session, edition.campaign_id)
    return sum(told.values()) if state is None else told.get(state, 0)


@dataclass(frozen=True, slots=True)
class OnPaper:
    """Signatures on paper as anybody may see them: in all (None: too few), and by the state's code where enough."""

    total: int | None
    states: dict[str, int]


def on_paper(parts: Parts, edition: Edition) -> OnPaper:
    """Count what organisers counted by hand on paper; it is part of no other count."""
    with parts.reading() as session:
        told = streets.on_paper(session, edition.campaign_id)
    is_rounded = edition.cause.counts == "rounded"
    total = sum(told.values())
    shown = {code: tally.fine(count, count, is_rounded=is_rounded) for code, count in told.items()}
    states = {code: count for code, count in shown.items() if count is not None}
    return OnPaper(tally.fine(total, total, is_rounded=is_rounded), states)


def stats(parts: Parts, edition: Edition) -> dict[str, object]:
    """Count everything of a campaign, in the shape of `campaign stats --json`."""
    with parts.reading() as session:
        confirmed = tallies.confirmed(session, edition.campaign_id)
        signatures = tallies.signatures(session, edition.campaign_id)
        letters = tallies.letters(session, edition.campaign_id)
    states: dict[str, dict[str, int]] = {}
    for one in edition.states:
        code = one.state.code
        states[code] = {"confirmed": confirmed.get(code, 0)}
        states[code] |= {status: signatures.get((code, status), 0) for status in _SIGNATURES}
        states[code] |= {name: _in_all(letters, code, name) for name in _LETTERS}
    return {
        "campaign": edition.cause.slug,
        "as_of": parts.clock.now().replace(microsecond=0).isoformat().replace("+00:00", "Z"),
        "confirmed": sum(one["confirmed"] for one in states.values()),
        "pending": sum(one["pending"] for one in states.values()),
        "states": states,
    }


def _in_all(letters: Mapping[tuple[str, str], int], code: str, name: str) -> int:
    return sum(letters.get((code, status), 0) for status in _LETTERS[name])


def public_document(counts: Counts, slug: str) -> dict[str, object]:
    """Shape public counts as the JSON that anyone may read."""
    return {
        "campaign": slug,
        "as_of": counts.as_of.isoformat().replace("+00:00", "Z"),
        "confirmed": counts.total,
        "states": {
            code: {"confirmed": count, "letters_sent": counts.letters_sent[code]}
            for code, count in counts.states.items()
        },
    }

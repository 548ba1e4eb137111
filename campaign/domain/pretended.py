"""Made-up people: who signs where, when and from where, as real campaigns see it; the same for the same chance."""

import bisect
import datetime as dt
import itertools
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

Fate = Literal["confirmed", "pending", "withdrawn"]
Thing = TypeVar("Thing")

DAYS = 90
PENDING_DAYS = 13  # older ones would have been deleted
NETWORKS = 4_000
_SETTLED = dt.timedelta(minutes=15)  # nobody is newer, so that all of them can be summed up at once
_MORE: dict[Fate, float] = {"pending": 0.06, "withdrawn": 0.015}  # for each confirmed one
# Country and language of supporters, and how many of a hundred.
_HOMES = (
    (("NO", "nb"), 33), (("FI", "fi"), 10), (("FI", "sv"), 2), (("SE", "sv"), 9), (("PL", "pl"), 11), (("LT", "lt"), 8),
    (("LV", "lv"), 5), (("EE", "et"), 5), (("DE", "en"), 5), (("GB", "en"), 4), (("US", "en"), 3), (("CA", "en"), 1.5),
    (("FR", "en"), 1.5), (("NO", "en"), 1), (("DK", "en"), 0.8), (("IE", "en"), 0.2),
)  # fmt: skip
_SOURCES = (("", 46), ("newsletter", 22), ("street", 12), ("poster", 7), ("radio", 6), ("partner-church", 5), ("qr", 2))
_DOMAINS = (("post.example", 40), ("mail.example", 25), ("web.example", 15), ("example.org", 12), ("uni.example", 5))
_STATES = (26, 17, 24, 15, 18)
_HOURS = (2, 1, 1, 1, 1, 2, 4, 8, 11, 12, 11, 11, 12, 11, 10, 10, 11, 13, 15, 18, 19, 15, 9, 5)  # UTC, from midnight
_FIRST = ("Anna", "Kari", "Ola", "Jonas", "Ona", "Marta", "Eeva", "Mikko", "Sanna", "Liis", "Jaan", "Ieva", "Piotr",
          "Zofia", "Erik", "Astrid", "Ingrid", "Tomas", "Ruta", "Elin")  # fmt: skip
_LAST = ("Hansen", "Berg", "Virtanen", "Korhonen", "Nowak", "Kazlauskas", "Ozols", "Tamm", "Lind", "Dahl", "Solberg",
         "Żukowska", "Bērziņš", "Mägi", "Niemi", "Petrauskas", "Moe", "Haugen")  # fmt: skip
_CITIES = ("", "", "Oslo", "Bergen", "Tampere", "Riga", "Vilnius", "Kraków", "Tartu", "Uppsala")


class Draw(Generic[Thing]):
    """Draws one of some things by their weights."""

    def __init__(self, weighted: Sequence[tuple[Thing, float]]) -> None:
        """Sum the weights up once."""
        self._things = [thing for thing, _ in weighted]
        self._sums = list(itertools.accumulate(weight for _, weight in weighted))

    def one(self, chance: random.Random) -> Thing:
        """Draw one."""
        return self._things[bisect.bisect(self._sums, chance.random() * self._sums[-1], 0, len(self._sums) - 1)]


def _lively(days_after_start: int, weekday: int) -> float:
    """How many sign on a day: a strong start that fades, a debate, an anniversary, and fewer at weekends."""
    start = 6 * math.exp(-days_after_start / 6)
    debate = 4 * math.exp(-((days_after_start - 38) ** 2) / 10)
    anniversary = 3 * math.exp(-((days_after_start - 71) ** 2) / 6)
    return (1 + start + debate + anniversary) * (0.65 if weekday >= 5 else 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pretended:
    """Somebody made up, and one signature. `state` and `network` are numbers; times are aware UTC."""

    name: str
    city: str
    country: str
    language: str
    source: str
    domain: str
    network: int
    state: int
    fate: Fate
    at: dt.datetime
    taken_back_at: dt.datetime | None
    is_same_person: bool  # as the one before, who signs to another state


class Crowd:
    """Makes people up, one after the other, over the last 90 days before an instant."""

    def __init__(self, now: dt.datetime, states: int, languages: Sequence[str]) -> None:
        """Prepare what is drawn from; people speak only the campaign's languages."""
        self._now = now
        self._start = (now - dt.timedelta(days=DAYS - 1)).date()
        homes = [home for home in _HOMES if home[0][1] in languages] or [(("NO", languages[0]), 1)]
        days = [self._start + dt.timedelta(days=number) for number in range(DAYS)]
        self._states = Draw([(place, _STATES[place % len(_STATES)]) for place in range(states)])
        self._home = Draw(homes)
        self._day = Draw([(day, _lively(number, day.weekday())) for number, day in enumerate(days)])
        self._hour = Draw(list(enumerate(_HOURS)))
        self._source = Draw(_SOURCES)
        self._domain = Draw([*_DOMAINS, ("", 3)])

    def one(self, chance: random.Random, fate: Fate, before: Pretended | None) -> Pretended:
        """Make up the next; now and then it is the one before, who signs to another state too."""
        country, language = self._home.one(chance)
        state, at = self._states.one(chance), self._at(chance, fate)
        is_same = (
            before is not None
            and not before.is_same_person
            and before.state != state
            and before.fate == fate == "confirmed"
        )
        is_same = is_same and chance.random() < 0.12
        if is_same and before is not None:
            country, language = before.country, before.language
        back = at + dt.timedelta(hours=chance.uniform(1, 200)) if fate == "withdrawn" else None
        return Pretended(
            name=before.name if is_same and before else f"{chance.choice(_FIRST)} {chance.choice(_LAST)}",
            city=chance.choice(_CITIES),
            country=country,
            language=language,
            source=self._source.one(chance),
            domain=self._domain.one(chance) or f"firm{chance.randrange(800)}.example",
            network=min(int(chance.expovariate(1 / 600)), NETWORKS),
            state=state,
            fate=fate,
            at=at,
            taken_back_at=min(back, self._now - _SETTLED) if back is not None else None,
            is_same_person=is_same,
        )

    def _at(self, chance: random.Random, fate: Fate) -> dt.datetime:
        """When: by the day's and the hour's liveliness, a quarter of an hour ago at the latest."""
        latest = self._now - _SETTLED
        day = self._day.one(chance)
        if fate == "pending":
            day = self._now.date() - dt.timedelta(days=chance.randrange(PENDING_DAYS))
        at = dt.datetime.combine(day, dt.time(self._hour.one(chance)), dt.UTC)
        at += dt.timedelta(seconds=chance.randrange(3600))
        return at if at <= latest else at - dt.timedelta(days=1)


def fates(chance: random.Random, confirmed: int) -> list[Fate]:
    """Give so many confirmed ones, and some more that are pending or were withdrawn, shuffled."""
    found: list[Fate] = ["confirmed"] * confirmed
    for fate, share in _MORE.items():
        wanted = share * confirmed
        found += [fate] * (int(wanted) + (chance.random() < wanted % 1))
    chance.shuffle(found)
    return found

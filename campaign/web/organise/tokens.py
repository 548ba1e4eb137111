"""What the stylesheet that is served says of itself: colours, contrasts, sizes of type, spaces. Nothing is copied."""

from dataclasses import dataclass
from functools import cache

from campaign.domain import contrast, stylesheet
from campaign.domain.stylesheet import Rule
from campaign.web import static

SHEET = "site.css"
_DARK = frozenset({"screen", "(prefers-color-scheme: dark)"})
_MORE = frozenset({"(prefers-contrast: more)"})
# Ways of seeing that give properties other values.
WAYS: dict[str, frozenset[str]] = {
    "light": frozenset(),
    "dark": _DARK,
    "more": _MORE,
    "more-dark": _MORE | _DARK,
    "print": frozenset({"print"}),
}
# Which ink is written on which grounds.
WRITTEN: dict[str, tuple[str, ...]] = {
    "text": ("table", "paper", "tint", "wash", "ok-wash", "wait-wash", "err-wash", "land", "mass"),
    "soft": ("table", "paper", "tint", "wash", "ok-wash", "wait-wash", "err-wash"),
    "pen": ("table", "paper", "tint", "wash", "ok-wash", "wait-wash", "err-wash"),
    "pen-deep": ("table", "paper", "tint", "wash"),
    "on-pen": ("pen", "pen-deep"),
    "err": ("table", "paper", "tint", "err-wash"),
    "ok": ("table", "paper", "tint", "ok-wash"),
    "wait": ("table", "paper", "tint", "wait-wash"),
    "paper": ("err",),
}
# Which line or shape must be seen on which grounds.
DRAWN: dict[str, tuple[str, ...]] = {
    "edge": ("table", "paper", "tint"),
    "pen": ("table", "paper", "tint", "wash", "mass", "land"),
    "err": ("table", "paper"),
    "ok": ("table", "ok-wash"),
    "wait": ("table", "wait-wash"),
}
# Kinds of type, and the selectors that say how each is set.
TYPES: dict[str, tuple[str, ...]] = {
    "h1": ("h1",),
    "h2": ("h2",),
    "h3": ("h3",),
    "body": ("html", "body"),
    "lede": (".lede",),
    "letter": (".letter",),
    "opening": (".opening",),
    "legend": ("legend", ".section > legend"),
    "figure": (".figure strong",),
    "hint": (".hint",),
    "small": (".small",),
    "tag": (".tag",),
}


@dataclass(frozen=True, slots=True)
class Token:
    """A custom property without its dashes, and its value by way of seeing: in light, and where another differs."""

    name: str
    ways: dict[str, str]

    @property
    def is_colour(self) -> bool:
        """Whether it is a colour, which can be shown as a patch."""
        return contrast.is_colour(self.ways["light"])


@dataclass(frozen=True, slots=True)
class Pair:
    """A colour on another: the ratio by way of seeing, and what it must be at least."""

    ink: str
    ground: str
    ratios: dict[str, float]
    least: float


@cache
def rules() -> tuple[Rule, ...]:
    """Give the rules of the stylesheet as it is served, read once a process."""
    return stylesheet.read((static.FOLDER / SHEET).read_text(encoding="utf-8"))


@cache
def _values() -> dict[str, dict[str, str]]:
    return {way: stylesheet.properties(rules(), seen) for way, seen in WAYS.items()}


def tokens() -> list[Token]:
    """Give every custom property. Dark is always told of a colour, for it is looked for."""
    found = _values()
    return [Token(name[2:], {way: found[way][name] for way in WAYS if _is_told(way, name)}) for name in found["light"]]


def _is_told(way: str, name: str) -> bool:
    """Whether a value differs from the one that this way of seeing begins with."""
    found, ground = _values(), "dark" if way == "more-dark" else "light"
    is_colour = contrast.is_colour(found["light"][name])
    return way == "light" or (way == "dark" and is_colour) or found[way][name] != found[ground][name]


def pairs(those: dict[str, tuple[str, ...]], least: float) -> list[Pair]:
    """Reckon the contrast of inks on their grounds in every way of seeing."""
    return [
        Pair(ink, ground, {way: _ratio(way, ink, ground) for way in WAYS}, least)
        for ink, grounds in those.items()
        for ground in grounds
    ]


def _ratio(way: str, ink: str, ground: str) -> float:
    found = _values()[way]
    return contrast.ratio(found[f"--{ink}"], found[f"--{ground}"])


def types() -> dict[str, tuple[str, ...]]:
    """Give how each kind of type is set, as the stylesheet declares it."""
    return {name: stylesheet.font_of(rules(), *selectors) for name, selectors in TYPES.items()}

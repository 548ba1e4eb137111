"""How a text with fields comes out: it is written at every standing it looks at, with the values there are."""

from collections.abc import Iterator, Mapping
from itertools import product

from babel.core import UnknownLocaleError

from campaign.domain import letter as letters
from campaign.domain import template
from campaign.errors import CampaignError, Mistake
from campaign.outside.bundle.passage import Passage

MAX_SUBJECT = 200


def check(passage: Passage, values: Mapping[str, object]) -> Iterator[Mistake]:
    """Refuse a text that cannot be written out, or comes out empty."""
    for when, text in _outcomes(passage, values):
        if not text:
            yield passage.mistake(f"this text comes out empty{when}")
            return


def subject(passage: Passage, values: Mapping[str, object]) -> Iterator[Mistake]:
    """Refuse a subject that comes out empty or longer than MAX_SUBJECT characters."""
    yield from check(passage, values)
    for when, text in _outcomes(passage, values):
        if len(text) > MAX_SUBJECT:
            yield passage.mistake(f"the subject comes out longer than {MAX_SUBJECT} characters{when}")
            return


def paragraph(passage: Passage, values: Mapping[str, object]) -> Iterator[Mistake]:
    """Refuse a paragraph that is a list in some of its lines only; one that comes out empty is left out."""
    for when, text in _outcomes(passage, values):
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if len({line.startswith("- ") for line in lines}) > 1:
            yield passage.mistake(
                f"some lines of this paragraph begin with “- ” and some do not{when}; "
                "part the list from the text by an empty line"
            )
            return


def prose(passage: Passage, values: Mapping[str, object]) -> Iterator[Mistake]:
    """Refuse a paragraph that cannot be written out, comes out empty or comes out as a list."""
    yield from check(passage, values)
    for when, text in _outcomes(passage, values):
        if text.startswith("- "):
            yield passage.mistake(f"this paragraph comes out as a list{when}")
            return


def _outcomes(passage: Passage, values: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Give every text that a passage can become, with the choices in words; empty where it cannot be written."""
    looked_at = sorted(letters.CHOICES.keys() & passage.names())
    for words in product(*(letters.CHOICES[name] for name in looked_at)):
        chosen = dict(zip(looked_at, words, strict=True))
        told = " and ".join(f"{name} is {word}" for name, word in chosen.items())
        yield f" when {told}" if told else "", _render(passage, {**values, **chosen})


def _render(passage: Passage, values: Mapping[str, object]) -> str:
    try:
        return template.render(passage.source, passage.language, values).strip()
    except (
        CampaignError,
        ArithmeticError,
        AttributeError,
        SyntaxError,
        RecursionError,
        MemoryError,
        UnknownLocaleError,
    ):
        return ""

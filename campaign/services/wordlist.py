"""Wordlist: which words ask for a look at a personal paragraph, by language; the lists begin empty."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from campaign.domain import review
from campaign.domain import text as texts
from campaign.domain.edition import Edition
from campaign.domain.rule import WORD_KINDS, WordKind
from campaign.errors import InputRefusedError, NotFoundError, Problem
from campaign.models.rule import WordRow
from campaign.parts import Parts
from campaign.queries import review as reviews
from campaign.services.note import name_of, note
from campaign.services.sealed import paragraph_of
from campaign.services.transact import transact

MOST_LINES = 200  # words added at once
MOST_LOOKED = 1000  # waiting paragraphs that are counted through


@dataclass(frozen=True, slots=True)
class Listed:
    """A word as it stands in a list, who put it there, and how many waiting paragraphs hold it."""

    id: int
    language: str
    kind: WordKind
    word: str
    who: str
    created_at: dt.datetime
    waiting: int


def add(parts: Parts, edition: Edition, who: str, language: str, kind: str, typed: str) -> int:
    """Put words or phrases, one a line, into the list of a language; how many were not in it before.

    What is in it as the other kind changes its kind. What waits or has left already stays as it is. Raises
    InputRefusedError.
    """
    lines = [line for line in typed.splitlines() if line.strip()]
    words = tuple(dict.fromkeys(review.fold(line) for line in lines))
    problems = []
    if language not in edition.cause.languages:
        problems.append(Problem("language", "E-LANGUAGE"))
    known = next((one for one in WORD_KINDS if one == kind), None)
    if known is None:
        problems.append(Problem("kind", "E-WORD-KIND"))
    code = _fault(words)
    if code is not None:
        problems.append(Problem("words", code, {"most": str(MOST_LINES), "long": str(review.MAX_WORD)}))
    if problems or known is None:
        raise InputRefusedError(tuple(problems))
    return transact(parts, lambda session: _add(parts, session, edition, who, language, known, words))


def _fault(words: tuple[str, ...]) -> str | None:
    if not words:
        return "E-WORDS-EMPTY"
    if len(words) > MOST_LINES:
        return "E-WORDS-MANY"
    if any(len(one) > review.MAX_WORD or not texts.has_letter(one) for one in words):
        return "E-WORDS-FORM"
    return None


def _add(  # noqa: PLR0913, PLR0917  whose list, of what, by whom
    parts: Parts, session: Session, edition: Edition, who: str, language: str, kind: WordKind, words: tuple[str, ...]
) -> int:
    added = 0
    for word in words:
        row = reviews.word(session, edition.campaign_id, language, word)
        if row is not None and row.kind == kind:
            continue
        if row is None:
            added += 1
            row = WordRow(campaign_id=edition.campaign_id, language=language, word=word, created_at=parts.clock.now())
        row.kind, row.who = kind, who
        session.add(row)
        session.flush()
        note(parts, session, who, f"word.{kind}", f"word {row.id}", language)
    return added


def remove(parts: Parts, edition: Edition, who: str, word_id: int) -> None:
    """Take a word out of its list; what waits goes on waiting. Raises NotFoundError."""

    def work(session: Session) -> None:
        row = session.get(WordRow, word_id)
        if row is None or row.campaign_id != edition.campaign_id:
            raise NotFoundError(f"word {word_id}")
        note(parts, session, who, "word.remove", f"word {row.id}", row.language)
        session.delete(row)

    transact(parts, work)


def remove_word(parts: Parts, edition: Edition, who: str, language: str, typed: str) -> None:
    """Take a word, as typed, out of the list of a language. Raises NotFoundError."""
    with parts.reading() as session:
        row = reviews.word(session, edition.campaign_id, language, review.fold(typed))
    if row is None:
        raise NotFoundError(f"{typed} is not in the list in {language}")
    remove(parts, edition, who, row.id)


def listed(parts: Parts, edition: Edition) -> tuple[Listed, ...]:
    """Give every word, by language, with how many of the first thousand waiting paragraphs hold it.

    Raises SealError.
    """
    with parts.reading() as session:
        rows = reviews.words(session, edition.campaign_id)
        names = {who: name_of(parts, session, who) for who in {one.who for one in rows}}
        counts = _counts(parts, session, edition, [one.word for one in rows]) if rows else {}
        return tuple(
            Listed(one.id, one.language, one.kind, one.word, names[one.who], one.created_at, counts.get(one.word, 0))
            for one in rows
        )


def _counts(parts: Parts, session: Session, edition: Edition, words: list[str]) -> dict[str, int]:
    counts = dict.fromkeys(words, 0)
    for signature in reviews.waiting(session, edition.campaign_id, "", MOST_LOOKED):
        for word in review.held_by(paragraph_of(parts.keys, signature), counts):
            counts[word] += 1
    return counts

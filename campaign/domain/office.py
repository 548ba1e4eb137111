"""What organisers change of an office: its words in a language, what it asks for, whether the campaign writes to it."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace

from campaign.domain import plan as plans
from campaign.domain import text
from campaign.domain.cause import DAYS, Cause, Gender, OfficeKind, Official, Salutation, State
from campaign.errors import InputRefusedError, NotFoundError, Problem

WORDS = ("title", "addressee", "neutral", "masculine", "feminine", "wants")
GENDERS: tuple[Gender, ...] = ("", "feminine", "masculine")
MOST_DAYS = 365
FACTS = ("postal", "postal_source", "wants_source", "wants_postal", "answer_days", "holder_gender", "holder_source")


def find(cause: Cause, state: str, office: str) -> Official:
    """An office of a state (by its slug). Raises NotFoundError."""
    found = (one for known in cause.states if known.slug == state for one in known.officials if one.office == office)
    for one in found:
        return one
    raise NotFoundError(f"there is no office {office} of {state}")


def changed(state: str, office: str, change: Callable[[Official], Official]) -> Callable[[Cause], Cause]:
    """Make a change of one office into a change of the whole campaign. What it makes raises NotFoundError."""

    def make(cause: Cause) -> Cause:
        find(cause, state, office)
        return _in_state(
            cause,
            state,
            lambda known: replace(
                known, officials=tuple(change(one) if one.office == office else one for one in known.officials)
            ),
        )

    return make


def _in_state(cause: Cause, state: str, change: Callable[[State], State]) -> Cause:
    return replace(cause, states=tuple(change(one) if one.slug == state else one for one in cause.states))


def words(official: Official, language: str) -> dict[str, str]:
    """Write an office's own words in a language as its form holds them; empty where the office kind's stand."""
    salutation = official.salutation.get(language, Salutation(neutral=""))
    return {
        "title": official.title.get(language, ""),
        "addressee": official.addressee.get(language, ""),
        "neutral": salutation.neutral,
        "masculine": salutation.masculine,
        "feminine": salutation.feminine,
        "wants": (official.wants or {}).get(language, ""),
    }


def with_words(official: Official, language: str, typed: Mapping[str, str]) -> Official:
    """The office with the words that were typed for a language; an empty one leaves the office kind's."""
    said = {name: text.clean(typed.get(name, "")) for name in WORDS}
    salutation = {one: known for one, known in official.salutation.items() if one != language}
    if said["neutral"] or said["masculine"] or said["feminine"]:
        forms = {name: said[name] for name in ("neutral", "masculine", "feminine")}
        salutation[language] = Salutation(**forms)
    wants = _with(official.wants or {}, language, said["wants"])
    return replace(
        official,
        title=_with(official.title, language, said["title"]),
        addressee=_with(official.addressee, language, said["addressee"]),
        salutation=salutation,
        wants=wants or None,
    )


def _with(known: Mapping[str, str], language: str, said: str) -> dict[str, str]:
    kept = {one: words for one, words in known.items() if one != language}
    return kept | ({language: said} if said else {})


def facts(official: Official) -> dict[str, str]:
    """Write what an office asks for as its form holds it."""
    fields = {
        "postal": "\n".join(official.postal),
        "postal_source": official.postal_source,
        "wants_source": official.wants_source,
        "wants_postal": "on" if official.wants_postal else "",
        "answer_days": str(official.answer_days) if official.answer_days is not None else "",
        "holder_gender": official.holder_gender,
        "holder_source": official.holder_source,
        "from": "",
        "to": "",
        **{f"day-{day}": "" for day in DAYS},
    }
    window = official.sending_window
    if window is not None:
        fields |= {"from": window.from_, "to": window.to, **{f"day-{day}": "on" for day in window.days}}
    return fields


def with_facts(official: Official, typed: Mapping[str, str]) -> Official:
    """The office with what was typed of what it asks for. Raises InputRefusedError with what cannot be."""
    problems: list[Problem] = []
    days = typed.get("answer_days", "").strip()
    is_right = not days or (days.isascii() and days.isdigit() and len(days) < 4 and 1 <= int(days) <= MOST_DAYS)
    if not is_right:
        problems.append(Problem("answer_days", "E-ANSWER-DAYS"))
    gender = next((one for one in GENDERS if one == typed.get("holder_gender", "")), None)
    if gender is None:
        problems.append(Problem("holder_gender", "E-GENDER"))
    window = plans.window(typed, problems)
    if problems or gender is None:
        raise InputRefusedError(tuple(problems))
    return replace(
        official,
        postal=tuple(line for one in typed.get("postal", "").splitlines() if (line := text.clean(one))),
        postal_source=typed.get("postal_source", "").strip(),
        wants_source=typed.get("wants_source", "").strip(),
        wants_postal=bool(typed.get("wants_postal")),
        answer_days=int(days) if days else None,
        holder_gender=gender,
        holder_source=typed.get("holder_source", "").strip(),
        sending_window=window,
    )


def addable(cause: Cause, state: State) -> tuple[OfficeKind, ...]:
    """The kinds of offices that a state has none of, and that the campaign knows how to address."""
    has = {one.office for one in state.officials}
    return tuple(one for one in cause.office_kinds if one.office not in has)


def added(state: str, office: str, today: dt.date) -> Callable[[Cause], Cause]:
    """Add an office to a state, with the words of its kind and no address. What it makes raises NotFoundError."""

    def make(cause: Cause) -> Cause:
        known = next((one for one in cause.states if one.slug == state), None)
        kind = next((one for one in addable(cause, known) if one.office == office), None) if known else None
        if known is None or kind is None:
            raise NotFoundError(f"{office} of {state}")
        new = Official(
            office=office,
            title={language: kind.title[language] for language in known.languages if language in kind.title},
            addressee={one: kind.addressee[one] for one in known.languages if one in kind.addressee},
            salutation={one: kind.salutation[one] for one in known.languages if one in kind.salutation},
            checked=today,
        )
        return _in_state(cause, state, lambda one: replace(one, officials=(*one.officials, new)))

    return make


def removed(state: str, office: str) -> Callable[[Cause], Cause]:
    """Take an office out of a state. What it makes raises NotFoundError, InputRefusedError for the last one."""

    def make(cause: Cause) -> Cause:
        find(cause, state, office)

        def fewer(known: State) -> State:
            kept = tuple(one for one in known.officials if one.office != office)
            if not kept:
                raise InputRefusedError((Problem("do", "E-LAST-OFFICE"),))
            return replace(known, officials=kept)

        return _in_state(cause, state, fewer)

    return make

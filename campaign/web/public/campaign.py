"""The campaign's own page: the cause, the count, the choice of a state; and the way there from `/`."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template
from werkzeug import Response

from campaign.domain.cause import Event, Intervention, State
from campaign.domain.edition import Edition, StateEdition
from campaign.domain.standing import first_day
from campaign.errors import NotFoundError
from campaign.services import count
from campaign.web import here
from campaign.web.filters import preferred_language
from campaign.web.kept import kept
from campaign.web.paths import LANGUAGE, Paths
from campaign.web.public import reading

blueprint = Blueprint("campaign", __name__)

_SHARED = ("announced", "deposited", "in_force", "returned")  # events that several states have on one day
_VOICES = 4
_QUESTIONS = 4
_ADDRESSEES = ("foreign-minister", "foreign-affairs-committee", "geneva-mission")  # whose letter a card may begin as
_WIDEST_OPENING = 30  # characters; longer ones, and those that say it for a man and a woman, are for the letter itself


@dataclass(frozen=True, slots=True)
class Milestone:
    """One kind of event on one day, in the states that had it."""

    event: Event
    states: tuple[State, ...]


@blueprint.get("/")
def start() -> Response:
    """Lead to the first open campaign, in the language that the browser asks for, or the campaign's first.

    Raises NotFoundError when there is no campaign.
    """
    found = here.shown()
    if not found:
        raise NotFoundError("campaign")
    cause = found[0].cause
    asked = preferred_language()
    answer = redirect(Paths(asked if asked in cause.languages else cause.languages[0], cause.slug).campaign())
    answer.vary.add("Accept-Language")
    return answer


@blueprint.get(f"/{LANGUAGE}/")
def every(lang: str) -> Response | str:
    """List the campaigns; where there is one alone, lead to it. Raises NotFoundError when there is none."""
    found = [one for one in here.shown() if lang in one.cause.languages]
    if not found:
        raise NotFoundError("campaign")
    if len(found) == 1:
        return redirect(Paths(lang, found[0].cause.slug).campaign())
    return render_template(
        "public/campaigns.html",
        campaigns=found,
        totals={one.cause.slug: count.public(here.parts(), one).total for one in found},
        today=here.today(),
    )


@blueprint.get(f"/{LANGUAGE}/<slug:campaign>/")
def show(lang: str, campaign: str) -> str:
    """Show the campaign."""
    edition = here.edition(campaign)
    return kept(edition, lambda: _page(edition, lang))


def _page(edition: Edition, lang: str) -> str:
    today = here.today()
    faq = reading.read(edition.cause, "faq", lang)
    return render_template(
        "public/campaign.html",
        counts=count.public(here.parts(), edition),
        on_paper=count.on_paper(here.parts(), edition).total,
        standings={one.state.code: one.standing("apmbc", today) for one in edition.states},
        openings={one.state.code: opening(one) for one in edition.states},
        milestones=milestones(one.state for one in edition.states),
        voices=latest(edition.cause.interventions),
        faq=faq,
        questions=faq.sections[:_QUESTIONS] if faq else (),
        is_open=edition.is_open(today),
        others=[
            one.cause for one in here.shown() if one.cause.slug != edition.cause.slug and lang in one.cause.languages
        ],
    )


def opening(state: StateEdition) -> str:
    """How one of the letters to a state begins, in the state's own language: one that fits a card."""
    language = state.state.languages[0]
    offices = [official for office in _ADDRESSEES if (official := state.official(office))] or state.officials[:1]
    openings = [one.official.salutation[language].neutral for one in offices]
    fitting = (one for one in openings if len(one) <= _WIDEST_OPENING and not set("/(") & set(one))
    return next(fitting, openings[0])


def milestones(states: Iterable[State]) -> tuple[Milestone, ...]:
    """Gather what happened to the membership of several states in the mine ban, in the order of time."""
    found: dict[tuple[str, str], list[tuple[Event, State]]] = {}
    for state in states:
        for event in state.events:
            if event.treaty == "apmbc" and event.kind in _SHARED:
                found.setdefault((event.on, event.kind), []).append((event, state))
    gathered = [Milestone(those[0][0], tuple(state for _, state in those)) for those in found.values()]
    return tuple(sorted(gathered, key=lambda one: first_day(one.event.on)))


def latest(interventions: Iterable[Intervention]) -> list[Intervention]:
    """The last who spoke up, the latest first."""
    return sorted(interventions, key=lambda one: first_day(one.on), reverse=True)[:_VOICES]

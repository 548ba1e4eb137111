"""The campaign's own page: the cause, the count, the choice of a state; and the way there from `/`."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template
from werkzeug import Response

from campaign.domain.cause import Event, Intervention, State
from campaign.domain.edition import StateEdition
from campaign.domain.standing import first_day
from campaign.services import count
from campaign.web import here
from campaign.web.filters import preferred_language
from campaign.web.paths import LANGUAGE, Paths
from campaign.web.public import reading

blueprint = Blueprint("campaign", __name__)

_SHARED = ("announced", "deposited", "in_force", "returned")  # events that several states have on one day
_VOICES = 4
_QUESTIONS = 4
_ADDRESSEE = "foreign-minister"  # whose salutation stands on the card of a state


@dataclass(frozen=True, slots=True)
class Milestone:
    """One kind of event on one day, in the states that had it."""

    event: Event
    states: tuple[State, ...]


@blueprint.get("/")
def start() -> Response:
    """Lead to the campaign in the language that the browser asks for."""
    answer = redirect(Paths(preferred_language(), here.FIRST).campaign())
    answer.vary.add("Accept-Language")
    return answer


@blueprint.get(f"/{LANGUAGE}/<slug:campaign>/")
def show(lang: str, campaign: str) -> str:
    """Show the campaign."""
    edition = here.edition(campaign)
    today = here.today()
    faq = reading.read(edition.cause, "faq", lang)
    return render_template(
        "public/campaign.html",
        counts=count.public(here.parts(), edition),
        standings={one.state.code: one.standing("apmbc", today) for one in edition.states},
        openings={one.state.code: opening(one) for one in edition.states},
        milestones=milestones(edition.cause.states),
        voices=latest(edition.cause.interventions),
        faq=faq,
        questions=faq.sections[:_QUESTIONS] if faq else (),
        is_open=edition.is_open(today),
    )


def opening(state: StateEdition) -> str:
    """How a letter to a state begins, in the state's own language."""
    official = state.official(_ADDRESSEE) or state.officials[0]
    return official.official.salutation[state.state.languages[0]].neutral


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

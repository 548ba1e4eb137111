"""What a careful supporter reads first: evidence, questions, words, voices, dates, privacy, accessibility."""

from flask import Blueprint, render_template

from campaign.domain.cause import Event, State
from campaign.domain.edition import Edition
from campaign.domain.standing import first_day
from campaign.errors import NotFoundError
from campaign.web import here
from campaign.web.paths import LANGUAGE
from campaign.web.public import reading

blueprint = Blueprint("pages", __name__)


@blueprint.get(f"/{LANGUAGE}/<slug:campaign>/evidence/")
def evidence(lang: str, campaign: str) -> str:
    """Show how the parliaments voted, the reasons, and every figure with its source."""
    edition = here.edition(campaign)
    return render_template("public/evidence.html", reading=_read(edition, "evidence", lang), votes=votes(edition))


@blueprint.get(f"/{LANGUAGE}/<slug:campaign>/faq/")
def faq(lang: str, campaign: str) -> str:
    """Show questions and answers."""
    return render_template("public/faq.html", reading=_read(here.edition(campaign), "faq", lang))


@blueprint.get(f"/{LANGUAGE}/<slug:campaign>/glossary/")
def glossary(lang: str, campaign: str) -> str:
    """Show what the words of treaties and of those who clear mines mean."""
    return render_template("public/page.html", reading=_read(here.edition(campaign), "glossary", lang))


@blueprint.get(f"/{LANGUAGE}/<slug:campaign>/method/")
def method(lang: str, campaign: str) -> str:
    """Show what a count means, when it counts, and how it is corrected."""
    return render_template("public/page.html", reading=_read(here.edition(campaign), "method", lang))


@blueprint.get(f"/{LANGUAGE}/<slug:campaign>/interventions/")
def interventions(lang: str, campaign: str) -> str:
    """Show who spoke up, in the order of time."""
    edition = here.edition(campaign)
    told = sorted(edition.cause.interventions, key=lambda one: first_day(one.on))
    found = reading.read(edition.cause, "interventions", lang)
    return render_template("public/interventions.html", reading=found, voices=told)


@blueprint.get(f"/{LANGUAGE}/<slug:campaign>/timeline/")
def timeline(lang: str, campaign: str) -> str:
    """Show every date of every state, for both treaties."""
    edition = here.edition(campaign)
    today = here.today()
    standings = {
        (one.state.code, treaty): one.standing(treaty, today) for one in edition.states for treaty in ("apmbc", "ccm")
    }
    found = reading.read(edition.cause, "timeline", lang)
    return render_template("public/timeline.html", reading=found, standings=standings)


@blueprint.get(f"/{LANGUAGE}/privacy/")
def privacy(lang: str) -> str:
    """Show what becomes of what people type."""
    return render_template("public/page.html", reading=_read(here.first(), "privacy", lang))


@blueprint.get(f"/{LANGUAGE}/accessibility/")
def accessibility(lang: str) -> str:
    """Show for whom the site works, and what is known not to."""
    return render_template("public/page.html", reading=_read(here.first(), "accessibility", lang))


def votes(edition: Edition) -> list[tuple[State, Event]]:
    """The votes of parliaments on leaving either treaty that have a tally, in the order of time."""
    found = [(one.state, event) for one in edition.states for event in one.state.events if event.vote]
    return sorted(found, key=lambda pair: first_day(pair[1].on))


def _read(edition: Edition, name: str, language: str) -> reading.Reading:
    found = reading.read(edition.cause, name, language)
    if found is None:
        raise NotFoundError(name)
    return found

"""Campaigns as JSON, for anyone: which there are, what they say, their states, and how offices answered."""

from flask import Blueprint, Response

from campaign.domain.dates import iso
from campaign.domain.edition import Edition, StateEdition
from campaign.domain.tally import SHOWN_FROM
from campaign.services import count, reckon
from campaign.services.count import Counts
from campaign.web import here
from campaign.web.api.answering import DESCRIPTION, ROOT, answer, asked, language, open_to_all, whole
from campaign.web.api.door import scope
from campaign.web.paths import Paths

blueprint = Blueprint("api_campaigns", __name__)
blueprint.after_request(open_to_all)


@blueprint.get("/api/v1/")
@scope("open")
def index() -> Response:
    """Say what there is."""
    asked()
    return answer(
        {
            "name": "Campaign",
            "version": "1",
            "links": {
                "campaigns": whole(f"{ROOT}/campaigns"),
                "exports": whole(f"{ROOT}/exports"),
                "description": whole(DESCRIPTION),
            },
        }
    )


@blueprint.get("/api/v1/campaigns")
@scope("open")
def listed() -> Response:
    """List the campaigns that have pages."""
    asked()
    return answer({"campaigns": [_head(one, language(one, {})) for one in here.shown()]})


@blueprint.get("/api/v1/campaigns/<slug:campaign>")
@scope("open")
def show(campaign: str) -> Response:
    """Show a campaign and its states in a language. Raises NotFoundError, InputRefusedError."""
    edition = here.edition(campaign)
    lang = language(edition, asked("language"))
    counts = count.public(here.parts(), edition)
    states = [_state(edition, one, lang, counts) for one in edition.states]
    document = _head(edition, lang) | {"confirmed": counts.total, "as_of": iso(counts.as_of), "states": states}
    return answer(document, edition)


def _head(edition: Edition, lang: str) -> dict[str, object]:
    cause, at = edition.cause, f"{ROOT}/campaigns/{edition.cause.slug}"
    return {
        "campaign": cause.slug,
        "language": lang,
        "languages": list(cause.languages),
        "name": cause.name[lang],
        "title": cause.title[lang],
        "organisation": cause.organisation,
        "status": edition.status(here.today()),
        "opens_on": cause.opens_on.isoformat() if cause.opens_on else None,
        "closes_on": cause.closes_on.isoformat() if cause.closes_on else None,
        "goals": list(cause.goals),
        "is_rounded": cause.counts == "rounded",
        "page": whole(Paths(lang, cause.slug).campaign()),
        "links": {
            "self": whole(at),
            "counts": whole(f"{at}/counts"),
            "daily": whole(f"{at}/counts/daily"),
            "hourly": whole(f"{at}/counts/hourly"),
            "answers": whole(f"{at}/answers"),
        },
    }


def _state(edition: Edition, state: StateEdition, lang: str, counts: Counts) -> dict[str, object]:
    today, code, slug = here.today(), state.state.code, state.state.slug
    standings = {treaty: state.standing(treaty, today) for treaty in ("apmbc", "ccm")}
    return {
        "state": code,
        "slug": slug,
        "name": state.state.name[lang],
        "standing": {name: {"status": one.status, "since": one.since or None} for name, one in standings.items()},
        "confirmed": counts.states[code],
        "letters_sent": counts.letters_sent[code],
        "page": whole(Paths(lang, edition.cause.slug).state(slug)),
        "link": whole(f"{ROOT}/campaigns/{edition.cause.slug}/states/{slug}"),
    }


@blueprint.get("/api/v1/campaigns/<slug:campaign>/states/<slug:state>")
@scope("open")
def show_state(campaign: str, state: str) -> Response:
    """Show a state: its offices and dates too. Raises NotFoundError, InputRefusedError."""
    edition, found = here.state(campaign, state)
    lang = language(edition, asked("language"))
    letter = found.letter(lang, here.today()) or found.letter("en", here.today())
    counts = count.public(here.parts(), edition)
    offices = [
        {"office": one.office, "title": letter.title(one.office) if letter else one.office} for one in found.officials
    ]
    events = [
        {"treaty": one.treaty, "kind": one.kind, "on": one.on, "source": list(one.source)} for one in found.state.events
    ]
    about = {"campaign": campaign, "language": lang, "as_of": iso(counts.as_of), "offices": offices, "events": events}
    return answer(about | _state(edition, found, lang, counts), edition)


@blueprint.get("/api/v1/campaigns/<slug:campaign>/answers")
@scope("open")
def answers(campaign: str) -> Response:
    """Show letters that left and what people told us of offices' answers. Raises NotFoundError."""
    edition = here.edition(campaign)
    asked()
    told = reckon.told(here.parts(), edition)
    states = {
        code: [{"office": one.office, "letters": one.left, **_kinds(one)} for one in offices]
        for code, offices in told.states.items()
    }
    return answer({"campaign": campaign, "as_of": iso(told.as_of), "shown_from": SHOWN_FROM, "states": states}, edition)


def _kinds(office: reckon.OfficeTold) -> dict[str, int | None]:
    return {name: office.answers[name] for name in ("yes", "no", "returned")}

"""The link from the mail: what waits for a press, and after it, what became of it, without naming anyone."""

from flask import Blueprint, g, redirect, render_template, request
from werkzeug.wrappers import Response

from campaign.domain.edition import StateEdition
from campaign.errors import CampaignClosedError, TextChangedError, TokenError
from campaign.services import confirm as confirms
from campaign.web import here
from campaign.web.forms.ticks import ticked
from campaign.web.paths import LANGUAGE

blueprint = Blueprint("confirm", __name__)


@blueprint.get(f"/{LANGUAGE}/<any(confirm, withdraw, unsubscribe, answers, trim):purpose>/")
def cut(lang: str, purpose: str) -> str:
    """A link that lost its token on the way. Raises TokenError."""
    raise TokenError(f"{purpose} {lang}")


@blueprint.get(f"/{LANGUAGE}/confirm/<token>/")
def show(lang: str, token: str) -> tuple[str, int]:
    """Show what waits, or what became of it; however often, nothing changes."""
    here.of_link("confirm", token)
    return _page(confirms.opened(here.parts(), token, lang), lang)


@blueprint.post(f"/{LANGUAGE}/confirm/<token>/")
def act(lang: str, token: str) -> Response | tuple[str, int]:
    """Send what is ticked, or delete all of it; a second press changes nothing."""
    here.of_link("confirm", token)
    opened = confirms.opened(here.parts(), token, lang)
    chosen = ticked(g.fields)
    if opened.freshness == "used":
        return redirect(request.path, 303)
    if g.fields.get("do") == "delete":
        confirms.delete(here.parts(), token)
    elif opened.is_late:
        return _page(opened, lang, CampaignClosedError.code, 409)
    elif opened.freshness == "open" and opened.pending and not chosen:
        return _page(opened, lang, "E-TICK", 422)
    else:
        try:
            confirms.confirm(here.parts(), token, chosen)
        except TextChangedError as changed:
            return _page(confirms.opened(here.parts(), token, lang), lang, changed.code, 409)
    return redirect(request.path, 303)


def _page(opened: confirms.Opened, lang: str, problem: str = "", status: int = 200) -> tuple[str, int]:
    if opened.freshness in ("replaced", "expired"):
        return render_template("public/link.html", freshness=opened.freshness), 404
    if opened.freshness == "used":
        return _done(opened, lang), status
    if opened.is_late:
        closed_on = here.of_request().cause.closes_on
        return render_template("public/late.html", pending=opened.pending, closed_on=closed_on), status
    titles = {one.state.state.slug: _titles(one.state, lang) for one in opened.pending}
    page = render_template("public/confirm.html", pending=opened.pending, titles=titles, problem=problem)
    return page, status


def _done(opened: confirms.Opened, lang: str) -> str:
    edition = here.of_request()
    done = [one for one in opened.done if not one.is_withdrawn]
    written = {one.state.state.slug for one in done}
    return render_template(
        "public/done.html",
        done=done,
        titles={one.state.state.slug: _titles(one.state, lang) for one in done},
        others=[one for one in edition.states if one.state.slug not in written],
        withdraw_token=opened.withdraw_token,
        base_url=here.parts().settings.base_url,
    )


def _titles(state: StateEdition, language: str) -> dict[str, str]:
    """What each office of a state is called in a language."""
    letter = state.letter(language, here.today()) or state.letter("en", here.today())
    return {one.office: letter.title(one.office) if letter else one.office for one in state.officials}

"""The link of the question: did the office answer? And, where it did not, the one second letter."""

from collections.abc import Mapping

from flask import Blueprint, g, redirect, render_template, request
from werkzeug.wrappers import Response

from campaign.domain.courtesy import ANSWERS, Answer
from campaign.errors import TextChangedError
from campaign.services import answer as answers
from campaign.web import here
from campaign.web.paths import LANGUAGE

blueprint = Blueprint("answers", __name__)

FIELD = "answer-"  # a group of radios each, named by the letter


@blueprint.get(f"/{LANGUAGE}/answers/<token>/")
def show(lang: str, token: str) -> tuple[str, int]:
    """Show the letters that have had their time, and what was said of them; however often, nothing changes."""
    here.of_link("answers", token)
    return _page(answers.opened(here.parts(), token, lang), lang)


@blueprint.post(f"/{LANGUAGE}/answers/<token>/")
def act(lang: str, token: str) -> Response | tuple[str, int]:
    """Note what is chosen, or send a second letter; a second press changes nothing."""
    here.of_link("answers", token)
    if g.fields.get("do") == "chase":
        try:
            answers.chase(here.parts(), token, g.fields.get("delivery", ""), g.fields.get("digest", ""))
        except TextChangedError as changed:
            return _page(answers.opened(here.parts(), token, lang), lang, changed.code, 409)
    elif not answers.answer(here.parts(), token, _given(g.fields)):
        opened = answers.opened(here.parts(), token, lang)
        if opened:
            return _page(opened, lang, "E-ANSWER", 422)
    return redirect(request.path, 303)


def _given(fields: Mapping[str, str]) -> dict[str, Answer]:
    """What was chosen, by letter; anything but the three answers is none."""
    return {
        name.removeprefix(FIELD): known
        for name, value in fields.items()
        if name.startswith(FIELD)
        for known in ANSWERS
        if value == known
    }


def _page(opened: tuple[answers.AskedLetter, ...], lang: str, problem: str = "", status: int = 200) -> tuple[str, int]:
    names = {one.delivery_id: _names(one, lang) for one in opened}
    return render_template("public/answers.html", asked=opened, names=names, problem=problem), status


def _names(asked: answers.AskedLetter, language: str) -> str:
    """The titles of a letter's offices in a language."""
    letter = asked.state.letter(language, here.today()) or asked.state.letter("en", here.today())
    return ", ".join(letter.title(office) if letter else office for office in asked.offices)

"""Personal paragraphs that wait for a look: the queue, what is decided, and the words that hold one."""

from flask import Blueprint, g, redirect, render_template, request
from werkzeug.wrappers import Response

from campaign.domain.review import REFUSALS
from campaign.domain.rule import WORD_KINDS
from campaign.domain.signing import MAX_PARAGRAPH
from campaign.errors import DecidedError, InputRefusedError, Problem
from campaign.outside.words import LANGUAGES
from campaign.services import judge, review, wordlist
from campaign.web import here
from campaign.web.forms.ticks import ticked
from campaign.web.organise import chosen, gate
from campaign.web.organise.gate import needs

blueprint = Blueprint("organise_review", __name__)

_SAID = ("approved", "trimming", "refused")
_SAID_OF_WORDS = ("added", "removed")


@blueprint.get("/organise/review/")
@needs("moderate")
def show() -> str:
    """Show a page of what waits; that it was seen is written down."""
    return _page(request.args.get("after", ""))


def _page(after: str, problems: tuple[Problem, ...] = (), decided: tuple[DecidedError, ...] = ()) -> str:
    edition, said = chosen.edition(), request.args.get("said", "")
    return render_template(
        "organise/review.html",
        problems=problems,
        decided=[(one, review.decider(here.parts(), one.by)) for one in decided],
        queue=review.queue(here.parts(), edition, gate.login().organiser_id, after[:32]),
        after=after,
        said=said if said in _SAID else "",
        typed=g.fields,
        refusals=REFUSALS,
        most=MAX_PARAGRAPH,
    )


@blueprint.post("/organise/review/")
@needs("moderate")
def decide() -> Response | tuple[str, int]:
    """Let ticked letters go, ask a supporter for fewer words, or refuse a letter; whoever is second hears it."""
    chosen.edition()
    do, after = g.fields.get("do", ""), g.fields.get("after", "")
    try:
        said, decided = _decide(do, gate.login().organiser_id)
    except InputRefusedError as refused:
        return _page(after, refused.problems), 422
    except DecidedError as error:
        return _page(after, decided=(error,)), 409
    if decided:
        return _page(after, decided=decided), 409
    return redirect(chosen.at("/organise/review/", said=said, after=after), 303)


def _decide(do: str, who: str) -> tuple[str, tuple[DecidedError, ...]]:
    parts, one = here.parts(), g.fields.get("signature", "")
    if do == "refuse":
        judge.refuse(parts, who, one, g.fields.get(f"reason-{one}", ""))
        return "refused", ()
    if do == "trim":
        judge.ask_to_trim(parts, who, one, g.fields.get(f"text-{one}", ""))
        return "trimming", ()
    ticks = ticked(g.fields)
    if not ticks:
        raise InputRefusedError((Problem("approve-all", "E-TICK-NONE"),))
    _, decided = judge.approve_each(parts, who, ticks)
    return "approved", decided


@blueprint.get("/organise/review/words/")
@needs("moderate")
def words() -> str:
    """Show the lists of words, by language."""
    return _words()


def _words(problems: tuple[Problem, ...] = ()) -> str:
    edition, said = chosen.edition(), request.args.get("said", "")
    return render_template(
        "organise/review_words.html",
        problems=problems,
        listed=wordlist.listed(here.parts(), edition),
        languages=[(code, LANGUAGES.get(code, code)) for code in edition.cause.languages],
        kinds=WORD_KINDS,
        said=said if said in _SAID_OF_WORDS else "",
        typed=g.fields,
    )


@blueprint.post("/organise/review/words/")
@needs("moderate")
def change_words() -> Response | tuple[str, int]:
    """Put words into a list, or take one out."""
    parts, edition, who, fields = here.parts(), chosen.edition(), gate.login().organiser_id, g.fields
    try:
        if fields.get("do") == "remove":
            number = fields.get("word", "")
            wordlist.remove(parts, edition, who, int(number) if number.isascii() and number.isdigit() else 0)
            return redirect(chosen.at("/organise/review/words/", said="removed"), 303)
        asked = (fields.get("language", ""), fields.get("kind", ""), fields.get("words", ""))
        wordlist.add(parts, edition, who, *asked)
    except InputRefusedError as refused:
        return _words(refused.problems), 422
    return redirect(chosen.at("/organise/review/words/", said="added"), 303)

"""Words: what a campaign says, looked over, edited, proofed before anybody sees it, and how it came to be."""

from flask import Blueprint, g, redirect, render_template, request
from werkzeug.wrappers import Response

from campaign.domain import dates, inventory, piece
from campaign.domain.cause import Cause
from campaign.domain.diff import side_by_side
from campaign.domain.piece import Name
from campaign.errors import InputRefusedError, NotFoundError, Problem, StaleEditError, WordsRefusedError
from campaign.services import edit, enter, history, outline, proof, rewrite, whole
from campaign.services.edit import By, Draft
from campaign.web import here
from campaign.web.organise import chosen, gate, wording
from campaign.web.organise.gate import needs
from campaign.web.organise.wording import Wording
from campaign.web.public import reading

blueprint = Blueprint("organise_words", __name__)

PLACE = "/organise/words/"
_SAID = ("saved", "read")


def _cause() -> Cause:
    """The campaign that the page at hand is about, as the database says it."""
    slug = chosen.edition().cause.slug
    with here.parts().reading() as session:
        return whole.whole(session, slug)


def _said() -> str:
    said = request.args.get("said", "")
    return said if said in _SAID else ""


@blueprint.get("/organise/words/")
@needs("texts")
def show() -> str:
    """List every text by language, with who changed it last and what no native has read."""
    found = outline.outline(here.parts(), chosen.edition().cause.slug)
    return render_template("organise/words.html", outline=found, said=_said(), problems=())


@blueprint.get("/organise/words/sources/")
@needs("texts")
def sources() -> str:
    """Show facts, events and voices with their sources, which are edited in the folder."""
    return render_template("organise/words_sources.html", cause=_cause(), problems=())


@blueprint.get("/organise/words/history/")
@needs("texts")
def versions() -> str:
    """Show every version of a piece, what differed, and who changed it when and why."""
    slug = chosen.edition().cause.slug
    name = Name(*(request.args.get(one, "") for one in ("kind", "which", "language")))
    found = history.history(here.parts(), slug, name)
    if not found and name not in inventory.pieces(_cause()):
        raise NotFoundError(str(name))
    rows = [(one, side_by_side(one.before, one.after)) for one in found]
    is_ours = name.kind in piece.FIELDS
    return render_template("organise/words_history.html", name=name, rows=rows, is_ours=is_ours, problems=())


@blueprint.get("/organise/words/unread/")
@needs("texts")
def unread() -> str:
    """List what no native has read, in a language or in all."""
    return _unread()


def _unread(refused: tuple[Problem, ...] = ()) -> str:
    found = outline.outline(here.parts(), chosen.edition().cause.slug)
    language = request.args.get("language", "") or g.fields.get("language", "")
    rows = [one for one in found.unread if language in ("", one[1])]
    return render_template(
        "organise/words_unread.html",
        outline=found,
        rows=rows,
        language=language,
        ticked={name for name in g.fields if name.startswith("read:")},
        reason=g.fields.get("reason", ""),
        problems=refused,
    )


@blueprint.post("/organise/words/unread/")
@needs("texts")
def mark() -> Response | tuple[str, int]:
    """Mark the ticked files as read by a native."""
    marked = [name.removeprefix("read:").rpartition(":") for name in g.fields if name.startswith("read:")]
    texts = tuple((file, language) for file, _, language in marked)
    by = By(gate.login().organiser_id, g.fields.get("reason", ""))
    try:
        if not texts:
            raise InputRefusedError((Problem("unread", "E-WORDS-NONE"),))
        rewrite.mark_read(here.parts(), chosen.edition().cause.slug, by, texts)
    except InputRefusedError as refused:
        return _unread(refused.problems), 422
    return redirect(chosen.at(PLACE + "unread/", said="read", language=g.fields.get("language", "")), 303)


@blueprint.get("/organise/words/edit/")
@needs("texts")
def open_piece() -> str:
    """Open a piece to edit it: as it stands, or as it stood at an earlier change."""
    cause = _cause()
    asked = request.args.get("version", "")
    text = ""
    if asked.isascii() and asked.isdigit() and len(asked) < 10:
        earlier = history.version(here.parts(), cause.slug, int(asked))
        text = earlier.before if request.args.get("side") == "before" else earlier.after
    return _form(cause, wording.opened(cause, request.args, text), said=_said(), is_earlier=bool(text))


def _form(
    cause: Cause, opened: Wording, problems: tuple[Problem, ...] = (), *, said: str = "", is_earlier: bool = False
) -> str:
    last = history.latest(here.parts(), cause.slug)
    return render_template(
        "organise/words_edit.html",
        wording=opened,
        field_id=wording.field_id,
        fields=piece.FIELDS[opened.kind],
        last={name: last.get(name) for name in opened.names},
        unread={name for name in opened.names if piece.entry_of(piece.file_of(name), name.language) in cause.unread},
        allowed=proof.allowed(cause, opened.names[0]),
        filters=tuple(dates.FILTERS),
        stands={},
        said=said,
        is_earlier=is_earlier,
        problems=problems,
    )


@blueprint.post("/organise/words/edit/")
@needs("texts")
def change() -> Response | str | tuple[str, int]:
    """Show what new words would look like and do, or save them."""
    cause = _cause()
    sent = wording.sent(cause, g.fields)
    if g.fields.get("do") == "edit":
        return _form(cause, sent)
    try:
        stale = edit.changed_since(cause, sent.seen)
        if stale:
            raise StaleEditError("; ".join(map(str, stale)))
        draft = rewrite.try_out(here.parts(), cause.slug, sent.rewriting)
        if not draft.changes:
            return _form(cause, sent, _nothing(sent)), 422
        return _save(sent, draft) if g.fields.get("do") == "save" else _proof(sent, draft)
    except WordsRefusedError as refused:
        return _form(cause, sent, wording.problems(sent, refused.faults)), 422
    except StaleEditError:
        return _stale(_cause(), sent), 409


def _nothing(sent: Wording) -> tuple[Problem, ...]:
    first = wording.field_id(piece.FIELDS[sent.kind][0], sent.names[0].language)
    return (Problem(first, "E-WORDS-SAME"),)


def _proof(sent: Wording, draft: Draft, problems: tuple[Problem, ...] = ()) -> str:
    changed = tuple(one.name for one in draft.changes if one.name in sent.names)
    shown = proof.proof(here.parts(), draft, changed)
    return render_template(
        "organise/words_proof.html",
        wording=sent,
        field_id=wording.field_id,
        changes=[(one.name, side_by_side(one.before, one.after)) for one in draft.changes],
        proof=shown,
        pages=[reading.read(draft.after, one.name, one.language) for one in shown.pages],
        wants_password=_wants_password(sent),
        problems=problems,
    )


def _wants_password(sent: Wording) -> bool:
    """What offices get and what people agree to is published only with a password just typed."""
    return sent.kind in proof.MAY_PUBLISH and not gate.login().is_fresh


def _save(sent: Wording, draft: Draft) -> Response | tuple[str, int]:
    parts, login = here.parts(), gate.login()
    try:
        edit.check_reason(sent.reason)
        if _wants_password(sent):
            enter.again(parts, login, g.fields.get("password", ""), request.remote_addr or "")
        by = By(login.organiser_id, sent.reason)
        rewrite.rewrite(parts, draft.before.slug, by, sent.rewriting, sent.seen)
    except InputRefusedError as refused:
        return _proof(sent, draft, refused.problems), 422
    return redirect(chosen.at(PLACE + "edit/", said="saved", **sent.asked()), 303)


def _stale(cause: Cause, sent: Wording) -> str:
    """Show what somebody else made of it meanwhile beside what was typed; both are kept, and the form goes on."""
    now = wording.opened(cause, sent.asked())
    stands = {one.name: one for one in now.pieces}
    typed = {name: fields for name, fields in sent.typed.items() if name in stands}
    found = Wording(sent.kind, sent.which, sent.language, now.pieces, typed, now.seen, sent.read, sent.reason)
    last = history.latest(here.parts(), cause.slug)
    rows = [
        (name, last.get(name), side_by_side(stands[name].text, found.text(name)))
        for name in typed
        if sent.seen.get(name) != now.seen[name]
    ]
    return render_template(
        "organise/words_stale.html", wording=found, field_id=wording.field_id, rows=rows, problems=()
    )

"""The way in: invitation, password, second factor, and out again."""

from flask import Blueprint, g, redirect, render_template, request
from markupsafe import Markup
from werkzeug.wrappers import Response

from campaign.errors import InputRefusedError
from campaign.outside.passwords import drawn
from campaign.services import accept, enter
from campaign.web import here
from campaign.web.organise import gate
from campaign.web.organise.gate import needs

blueprint = Blueprint("organise_entry", __name__)


def _network() -> str:
    return request.remote_addr or ""


def _page(name: str, refused: InputRefusedError | None = None, **values: object) -> tuple[str, int]:
    """Draw a page of the way in; after a refusal with what was wrong, and 422."""
    problems = refused.problems if refused is not None else ()
    return render_template(f"organise/{name}.html", problems=problems, **values), 422 if problems else 200


@blueprint.get("/organise/login/")
@needs("open")
def login() -> Response | tuple[str, int]:
    """Show the login, or lead whoever is logged in onward."""
    found = g.login
    if found is not None and found.is_whole:
        return redirect(gate.onward(request.args.get("next", "")), 303)
    return _page("login", email="", next=request.args.get("next", ""))


@blueprint.post("/organise/login/")
@needs("open")
def log_in() -> Response | tuple[str, int]:
    """Check the password; the second factor follows."""
    email, onward = g.fields.get("email", ""), g.fields.get("next", "")
    try:
        token = enter.log_in(here.parts(), email, g.fields.get("password", ""), _network())
    except InputRefusedError as refused:
        return _page("login", refused, email=email, next=onward)
    name = onward if onward in gate.NEXT else "home"
    return gate.let_in(redirect(f"/organise/second-factor/?next={name}", 303), token)


@blueprint.get("/organise/second-factor/")
@needs("half")
def factor() -> Response | tuple[str, int]:
    """Ask for the code; whoever has no second factor yet sets one up."""
    if not gate.login().has_factor:
        return redirect("/organise/new-factor/", 303)
    if gate.login().is_whole:
        return redirect(gate.onward(request.args.get("next", "")), 303)
    return _page("factor", next=request.args.get("next", ""))


@blueprint.post("/organise/second-factor/")
@needs("half")
def check_factor() -> Response | tuple[str, int]:
    """Check the code; the session is whole then, under a new token."""
    onward = g.fields.get("next", "")
    try:
        token = enter.second_factor(here.parts(), gate.login(), g.fields.get("code", ""))
    except InputRefusedError as refused:
        return _page("factor", refused, next=onward)
    return gate.let_in(redirect(gate.onward(onward), 303), token)


@blueprint.get("/organise/invitation/<token>/")
@needs("open")
def invitation(token: str) -> tuple[str, int]:
    """Show whose invitation it is, and ask for a password; nothing changes. Raises TokenError."""
    return _page("invitation", email=accept.invited(here.parts(), token))


@blueprint.post("/organise/invitation/<token>/")
@needs("open")
def take_invitation(token: str) -> Response | tuple[str, int]:
    """Set the password and go on to the second factor. Raises TokenError."""
    try:
        session = accept.accept(here.parts(), token, g.fields.get("password", ""))
    except InputRefusedError as refused:
        return _page("invitation", refused, email=accept.invited(here.parts(), token))
    return gate.let_in(redirect("/organise/new-factor/", 303), session)


@blueprint.get("/organise/new-factor/")
@needs("half")
def new_factor() -> Response | tuple[str, int]:
    """Show the secret of the second factor, as a drawing and as text."""
    if gate.login().has_factor:
        return redirect("/organise/second-factor/", 303)
    return _new_factor()


def _new_factor(refused: InputRefusedError | None = None) -> tuple[str, int]:
    secret, address = accept.new_factor(here.parts(), gate.login())
    return _page("new_factor", refused, secret=secret, address=address, drawing=Markup(drawn(address)))  # noqa: S704  our own drawing


@blueprint.post("/organise/new-factor/")
@needs("half")
def prove_factor() -> Response | tuple[str, int]:
    """Check the first code, and show the recovery codes, once."""
    if gate.login().has_factor:
        return redirect("/organise/second-factor/", 303)
    try:
        token, codes = accept.set_factor(here.parts(), gate.login(), g.fields.get("code", ""))
    except InputRefusedError as refused:
        return _new_factor(refused)
    return gate.let_in(gate.fresh_response(render_template("organise/recovery.html", codes=codes)), token)


@blueprint.get("/organise/again/")
@needs("self")
def again() -> Response | tuple[str, int]:
    """Ask for the password once more, before something sensitive."""
    return _page("again", next=request.args.get("next", ""))


@blueprint.post("/organise/again/")
@needs("self")
def check_again() -> Response | tuple[str, int]:
    """Check it."""
    onward = g.fields.get("next", "")
    try:
        enter.again(here.parts(), gate.login(), g.fields.get("password", ""), _network())
    except InputRefusedError as refused:
        return _page("again", refused, next=onward)
    return redirect(gate.onward(onward), 303)


@blueprint.post("/organise/logout/")
@needs("half")
def leave() -> Response:
    """End this session."""
    enter.leave(here.parts(), gate.login())
    return gate.let_out(redirect("/organise/login/", 303))

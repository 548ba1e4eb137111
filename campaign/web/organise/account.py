"""What is organisers' own: the account, who else may organise, the audit trail."""

from flask import Blueprint, g, redirect, render_template
from werkzeug.wrappers import Response

from campaign.domain.role import ROLES
from campaign.errors import InputRefusedError
from campaign.services import accept, enter, invite, note
from campaign.web import here
from campaign.web.organise import gate
from campaign.web.organise.gate import needs

blueprint = Blueprint("organise", __name__)


@blueprint.get("/organise/account/")
@needs("self")
def account() -> str:
    """Show one's own account."""
    return _account()


def _account(refused: InputRefusedError | None = None) -> str:
    problems = refused.problems if refused is not None else ()
    return render_template(
        "organise/account.html", problems=problems, logins=enter.logins_of(here.parts(), gate.login())
    )


@blueprint.post("/organise/account/password/")
@needs("self", fresh=True)
def password() -> Response | tuple[str, int]:
    """Change one's own password; every other session ends."""
    try:
        token = accept.set_password(here.parts(), gate.login(), g.fields.get("password", ""))
    except InputRefusedError as refused:
        return _account(refused), 422
    return gate.let_in(redirect("/organise/account/", 303), token)


@blueprint.post("/organise/account/sessions/")
@needs("self")
def end_others() -> Response:
    """End all other sessions of one's own."""
    enter.leave(here.parts(), gate.login(), everywhere=True)
    return redirect("/organise/account/", 303)


@blueprint.get("/organise/organisers/")
@needs("organisers")
def organisers() -> str:
    """List who may organise."""
    return _organisers()


def _organisers(refused: InputRefusedError | None = None, link: str = "", email: str = "") -> str:
    problems = refused.problems if refused is not None else ()
    return render_template(
        "organise/organisers.html",
        problems=problems,
        everybody=invite.everybody(here.parts()),
        roles=ROLES,
        link=link,
        email=email,
    )


@blueprint.post("/organise/organisers/")
@needs("organisers", fresh=True)
def change() -> Response | tuple[str, int] | str:
    """Invite somebody, give a new link, another role, or shut somebody out."""
    parts, by = here.parts(), gate.login().organiser_id
    do, whom, role = g.fields.get("do", ""), g.fields.get("organiser", ""), g.fields.get("role", "")
    link = ""
    try:
        if do == "renew":
            link = invite.invite_again(parts, by, whom)
        elif do == "role":
            invite.set_role(parts, by, whom, role)
        elif do == "disable":
            invite.disable(parts, by, whom)
        else:
            link = invite.invite(parts, by, g.fields.get("email", ""), role)
    except InputRefusedError as refused:
        return _organisers(refused, email=g.fields.get("email", "")), 422
    return _organisers(link=link) if link else redirect("/organise/organisers/", 303)


@blueprint.get("/organise/audit/")
@needs("audit")
def audit() -> str:
    """Show the newest lines of the audit trail, and whether it is whole."""
    return render_template(
        "organise/audit.html", trail=note.examine_trail(here.parts()), lines=note.newest(here.parts())
    )

"""Putting right what a letter shows of its signer: the form, then the letter as it would leave, then the press."""

from typing import Any

from flask import Blueprint, g, redirect, render_template
from werkzeug.wrappers import Response

from campaign.domain.signing import RawSigning
from campaign.errors import InputRefusedError, Problem, TextChangedError, TokenError
from campaign.services import correct as corrects
from campaign.web import here
from campaign.web.public.yours import OWN, lost

blueprint = Blueprint("correct", __name__)
blueprint.register_error_handler(TokenError, lost)

_CORRECT = OWN + "correct/<string(length=32):signature>/"
FIELDS = ("name", "shown", "short_name", "city")


@blueprint.get(_CORRECT)
def show(lang: str, token: str, signature: str) -> str:  # noqa: ARG001  its address says the language
    """Show what stands; nothing changes."""
    here.of_link("yours", token)
    opened = corrects.opened(here.parts(), token, signature)
    return _form(opened, {name: getattr(opened.signer, name) for name in FIELDS})


@blueprint.post(_CORRECT)
def act(lang: str, token: str, signature: str) -> Response | str | tuple[str, int]:
    """Show the letter as it would leave, go back to the form, or put it right, as the button says."""
    here.of_link("yours", token)
    opened = corrects.opened(here.parts(), token, signature)
    typed = {name: g.fields.get(name, "") for name in FIELDS}
    raw, do = RawSigning(**typed), g.fields.get("do", "")
    if not opened.is_open:
        return _form(opened, typed), 409
    if do == "edit":
        return _form(opened, typed)
    try:
        if do == "correct" and corrects.correct(here.parts(), token, signature, raw, g.fields.get("digest", "")):
            return redirect(f"/{lang}/yours/{token}/corrected/", 303)
        return _preview(opened, token, signature, raw)
    except InputRefusedError as refused:
        return _form(opened, typed, refused.problems), 422
    except TextChangedError as changed:
        return _preview(opened, token, signature, raw, changed.code)


def _form(opened: corrects.Opened, typed: dict[str, Any], problems: tuple[Problem, ...] = ()) -> str:
    return render_template("public/yours_correct.html", opened=opened, typed=typed, problems=problems)


def _preview(
    opened: corrects.Opened, token: str, signature: str, raw: RawSigning, problem: str = ""
) -> str | tuple[str, int]:
    """Draw the letter as it would leave; it may have begun to leave meanwhile."""
    sheets = corrects.preview(here.parts(), token, signature, raw, here.paths().language)
    typed = {name: getattr(raw, name) for name in FIELDS}
    if sheets is None:
        return _form(corrects.opened(here.parts(), token, signature), typed), 409
    page = render_template(
        "public/yours_preview.html", opened=opened, sheets=sheets, kept=typed, digest=sheets.digest, problem=problem
    )
    return page, 409 if problem else 200

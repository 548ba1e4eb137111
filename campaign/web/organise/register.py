"""The directory of offices as a file: taken away, and brought back with a look at what would change."""

import io

from flask import Blueprint, Response, g, render_template
from werkzeug.wrappers import Response as Answer

from campaign.domain import register
from campaign.domain.edition import Edition
from campaign.errors import InputRefusedError, Problem, StaleEditError
from campaign.services import register as registers
from campaign.services.table import FORMATS
from campaign.web import here
from campaign.web.organise import chosen, gate
from campaign.web.organise.gate import needs
from campaign.web.organise.offices import by, done

blueprint = Blueprint("organise_register", __name__)

_IMPORT = "/organise/offices/import/"  # the border takes a file here, and nowhere else: web/guard.UPLOADS


@blueprint.get("/organise/offices/csv")
@needs("offices")
def take() -> Response:
    """Give the directory as CSV, in the shape in which it can be brought back."""
    edition = chosen.edition()
    made = io.BytesIO()
    FORMATS["csv"](registers.table(here.parts(), edition), made, None)
    answer = Response(made.getvalue(), mimetype="text/csv")
    answer.headers.set("Content-Disposition", "attachment", filename=f"{edition.cause.slug}-offices.csv")
    return answer


@blueprint.get(_IMPORT)
@needs("offices")
def show() -> str:
    """Show the form that takes a file."""
    return _page(chosen.edition())


def _page(edition: Edition, plan: registers.Plan | None = None, sealed: str = "", *problems: Problem) -> str:
    return render_template(
        "organise/register.html",
        edition=edition,
        columns=register.columns(edition.cause.languages),
        most_rows=register.MAX_ROWS,
        plan=plan,
        sealed=sealed,
        text=g.fields.get("table", "") if problems else "",
        problems=problems,
    )


@blueprint.post(_IMPORT)
@needs("offices", fresh=True)
def change() -> Answer | str | tuple[str, int]:
    """Show what a table would change, or, once that was seen, do it."""
    edition, parts, who = chosen.edition(), here.parts(), gate.login().organiser_id
    try:
        if g.fields.get("do") == "confirm":
            made = registers.confirm(parts, edition, by(), g.fields.get("sealed", ""))
            return done("imported", count=str(len(made.changes)))
        raw = g.file or g.fields.get("table", "").encode()
        plan = registers.plan(parts, edition, raw)
        return _page(edition, plan, registers.seal(parts, edition, who, raw, plan))
    except InputRefusedError as refused:
        return _page(edition, None, "", *refused.problems), 422
    except StaleEditError:
        return _page(edition, None, "", Problem(register.FIELD, "E-TABLE-STALE")), 409

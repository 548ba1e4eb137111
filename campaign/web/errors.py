"""Errors as pages, and as documents for programs; nothing else turns an error into a status."""

from http import HTTPStatus
from pathlib import PurePosixPath

from flask import Flask, Response, g, make_response, render_template, request
from jinja2 import TemplateNotFound
from werkzeug.exceptions import HTTPException

from campaign.errors import (
    CampaignClosedError,
    CampaignError,
    CampaignPausedError,
    ForbiddenError,
    FormDamagedError,
    InputRefusedError,
    KeyRefusedError,
    NotFoundError,
    StaleEditError,
    StaleMoveError,
    TextChangedError,
    TokenError,
    TooManyTriesError,
    UnavailableError,
    WordsRefusedError,
)
from campaign.outside.database import is_unavailable
from campaign.web import here, log
from campaign.web.api import refusal
from campaign.web.filters import page_language

API = "/api/"
RETRY_AFTER = "10"  # seconds; a busy or restarting database is back by then
_STATUS: dict[type[CampaignError], int] = {
    KeyRefusedError: 401,
    ForbiddenError: 403,
    TooManyTriesError: 429,
    NotFoundError: 404,
    TokenError: 404,
    TextChangedError: 409,
    CampaignPausedError: 503,
    CampaignClosedError: 409,
    StaleMoveError: 409,
    StaleEditError: 409,
    WordsRefusedError: 422,
    InputRefusedError: 422,
    UnavailableError: 503,
}


def install(app: Flask) -> None:
    """Answer every error with a page of ours, or a problem document under /api/."""
    app.register_error_handler(FormDamagedError, _damaged)
    app.register_error_handler(CampaignError, _known)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def _damaged(error: FormDamagedError) -> Response:
    """Say in one sentence what is wrong with how a request arrived; nothing of it was taken."""
    return _answer(error.status, error.code, _words(f"problem.{error.code.lower()}", field=error.field_name))


def _known(error: CampaignError) -> Response:
    status = next((found for kind, found in _STATUS.items() if isinstance(error, kind)), 0)
    if status == 0:
        return _unexpected(error)
    if isinstance(error, TokenError) and not _is_for_programs():
        return make_response(render_template("public/link.html"), 404)
    answer = _refuse_program(status, error) if _is_for_programs() else _answer(status, error.code)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        answer.headers["Retry-After"] = RETRY_AFTER
    if isinstance(error, TooManyTriesError):
        answer.headers["Retry-After"] = str(error.seconds)
    return answer


def _http(error: HTTPException) -> Response:
    """Answer what Flask itself refuses: no such address, no such method, a body too long."""
    status = error.code or 500
    answer = _answer(status, f"E-HTTP-{status}")
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            answer.headers[name] = value
    return answer


def _unexpected(error: Exception) -> Response:
    """The last resort: without database and session, and in bare words where even the page cannot be drawn."""
    if is_unavailable(error):
        return _known(UnavailableError(type(error).__name__))
    log.fault(error)
    request_id = g.get("request_id", "")
    try:
        return _answer(500, "E-FAULT", _words("problem.request", id=request_id))
    except Exception as second:  # noqa: BLE001  nothing may come after this
        log.fault(second)
        return Response(f"500 {request_id}\n", 500, mimetype="text/plain")


def _words(key: str, **values: str) -> str:
    return here.parts().words.text(page_language(), key, **values)


def _refuse_program(status: int, error: CampaignError) -> Response:
    """Say to a program what was wrong, each field by its name where there are several things."""
    problems = error.problems if isinstance(error, InputRefusedError) else ()
    found = [
        refusal.Fault(one.field, one.code, _words(f"problem.{one.code.lower()}", **one.values)) for one in problems
    ]
    detail = ""
    if isinstance(error, KeyRefusedError):
        detail = _words(f"problem.{error.code.lower()}")
    elif isinstance(error, ForbiddenError):
        detail = _words("problem.e-forbidden-key", needs=str(error))
    answer = refusal.refuse(status, error.code, detail, tuple(found))
    if isinstance(error, KeyRefusedError):
        answer.headers["WWW-Authenticate"] = 'Bearer realm="campaign"'
    return answer


def _is_for_programs() -> bool:
    return request.path.startswith(API)


def _answer(status: int, code: str, reason: str = "") -> Response:
    if _is_for_programs():
        return refusal.refuse(status, code, reason)
    try:
        page = render_template(PurePosixPath("errors", f"{status}.html").as_posix(), reason=reason)
    except TemplateNotFound:
        page = render_template("errors/500.html" if status >= 500 else "errors/400.html", reason=reason)
    return make_response(page, status)

"""One log line a request: the route's template, the status and the time, and nothing of the person."""

import secrets
import time
import traceback

import structlog
from flask import Flask, Response, g, request

_log = structlog.get_logger("campaign.web")
QUIET = ("files.show", "files.icon", "health.alive", "health.ready", "health.metrics")


def install(app: Flask) -> None:
    """Name every request and write its line when it has been answered."""
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    g.request_id = secrets.token_hex(8)
    g.began = time.monotonic()


def _end(response: Response) -> Response:
    """Write the line; addresses hold tokens and queries hold anything, so neither is in it."""
    response.headers["X-Request-ID"] = g.request_id
    if request.endpoint not in QUIET:
        _log.info(
            "request",
            request=g.request_id,
            method=request.method,
            route=_route(),
            status=response.status_code,
            ms=round((time.monotonic() - g.began) * 1000, 1),
        )
    return response


def fault(error: BaseException) -> None:
    """Write down an error nobody expected: its type and where, never its words, which may quote a person."""
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    where = [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames]
    _log.error("fault", request=g.get("request_id"), route=_route(), error=type(error).__name__, where=where)


def _route() -> str:
    return request.url_rule.rule if request.url_rule is not None else "-"

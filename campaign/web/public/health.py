"""Whether this process is alive, whether it can serve, and its figures: for machines that watch."""

import hmac

from flask import Blueprint, Response, request

from campaign.errors import NotFoundError
from campaign.services import ready as readiness
from campaign.settings import is_loopback_host
from campaign.web import here, metrics

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def alive() -> Response:
    """Answer, which is all that is asked."""
    return _plain("ok\n")


@blueprint.get("/readyz")
def ready() -> Response:
    """Say whether database and migrations are as they must be; 503 and what is missing when not."""
    missing = readiness.check(here.parts())
    return _plain("\n".join(missing) + "\n", 503) if missing else _plain("ok\n")


@blueprint.get("/metrics")
def figures() -> Response:
    """Show figures in Prometheus' text form: to whoever holds the token where one is set, else only to this machine.

    Raises NotFoundError for everyone else.
    """
    settings = here.parts().settings
    if not (_holds(settings.metrics_token) if settings.metrics_token else settings.is_loopback and _is_here()):
        raise NotFoundError
    return Response(metrics.text(here.parts()), content_type="text/plain; version=0.0.4; charset=utf-8")


def _holds(token: str) -> bool:
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return hmac.compare_digest(given.encode(), token.encode())


def _is_here() -> bool:
    """Tell whether the client is this machine, with no proxy in between that speaks for another."""
    is_direct = "X-Forwarded-For" not in request.headers and "Forwarded" not in request.headers
    return is_direct and is_loopback_host(request.remote_addr or "")


def _plain(text: str, status: int = 200) -> Response:
    return Response(text, status, content_type="text/plain; charset=utf-8")

"""The part of a tour on which everything goes wrong: each error as a page."""

from flask import Flask, Response, request

from campaign.errors import StaleMoveError, TooManyTriesError, UnavailableError

FAULTS = {
    "busy": (TooManyTriesError(seconds=60), 429),
    "unavailable": (UnavailableError("gone"), 503),
    "stale": (StaleMoveError("moved"), 409),
    "unknown": (RuntimeError("unknown"), 500),
}
_FORM = "application/x-www-form-urlencoded"


def with_faults(app: Flask, endpoints: set[str]) -> Flask:
    """Give a site views that fail in every way, and write down which views were asked."""

    @app.get("/<kind>-fault/", endpoint="fault.show")
    def fail(kind: str) -> str:
        raise FAULTS[kind][0]

    @app.after_request
    def note(answer: Response) -> Response:
        endpoints.add(request.endpoint or "")
        return answer

    return app


def meet(tour) -> None:
    """Meet every error that a page here can be."""
    path, language = tour.state(), {"Accept-Language": tour.language}
    for name, (_, status) in FAULTS.items():
        tour.open(f"error {status} {name}", f"/{name}-fault/", status)
    tour.open("error 404", f"/{tour.language}/keep-the-ban/nowhere/", 404)
    tour.keep("error 405", tour.client.put(path, headers=language), 405)
    abroad = language | {"Sec-Fetch-Site": "cross-site"}
    tour.keep("error 403", tour.client.post(path, data=tour.filled(), headers=abroad), 403)
    tour.keep("error 400", tour.client.post(path, data="name=%FF", headers=language, content_type=_FORM), 400)
    tour.keep("error 413", tour.client.post(path, data={"name": "x" * 70_000}, headers=language), 413)
    tour.keep("error 415", tour.client.post(path, data="x", headers=language, content_type="text/plain"), 415)

"""Headers on every answer, errors and 304 included: what a browser may do with it, and who may keep it."""

from flask import Flask, Response, g, request

from campaign.web.packing import pack

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; font-src 'self'"
)
SECURITY = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    # Not no-referrer: browsers then send "Origin: null" with our own forms, and the press is refused.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
HSTS = "max-age=31536000; includeSubDomains"
KEPT_BY_ALL = "public, max-age=60"
KEPT_BY_NONE = "no-store"
FRAMED = "embed"  # the blueprint whose pages may stand in a page of another site
_NOWHERE = "frame-ancestors 'none';"

# The blueprints whose pages are the same for everyone. Everything else is kept by nobody.
PUBLIC = frozenset({"campaign", "pages", "told", "sign", "counts", "api_campaigns", "pictures", "feeds", "embed"})


def install(app: Flask, *, is_https: bool) -> None:
    """Put the headers on every answer of the application."""
    always = SECURITY | ({"Strict-Transport-Security": HSTS} if is_https else {})

    @app.after_request
    def finish(response: Response) -> Response:
        _set_cache(response)
        _stay_on_this_host(response)
        for name, value in always.items():
            response.headers[name] = value
        if request.blueprint == FRAMED:
            response.headers["Content-Security-Policy"] = CSP.replace(_NOWHERE, f"frame-ancestors {_holders()};")
        return response


def _holders() -> str:
    """The origins whose pages may hold the page at hand, as its campaign names them."""
    edition = g.get("edition")
    return " ".join(edition.cause.embeds) or "'none'" if edition is not None else "'none'"


def _set_cache(response: Response) -> None:
    """Let caches keep what is the same for everyone for a minute, and ask again by its ETag."""
    if "Cache-Control" in response.headers:
        return
    is_read = request.method in ("GET", "HEAD") and response.status_code in (200, 302)
    if not (is_read and request.blueprint in PUBLIC):
        response.headers["Cache-Control"] = KEPT_BY_NONE
        return
    response.headers["Cache-Control"] = KEPT_BY_ALL
    if response.status_code == 200 and not response.is_streamed:
        response.add_etag()
        pack(response)
        response.make_conditional(request)


def _stay_on_this_host(response: Response) -> None:
    """Make a redirect to this host a bare path: behind a proxy the scheme of the request is not the visitor's."""
    location = response.headers.get("Location", "")
    if location.startswith(request.host_url):
        response.headers["Location"] = "/" + location.removeprefix(request.host_url)

"""The gate: who is at an organisers' page, whether they may, and whether a form came from one of ours.

Every view says what it needs by `needs`; one that says nothing opens to nobody.
"""

import base64
import binascii
import hmac
import secrets
from collections.abc import Callable
from typing import Literal, TypeVar

from flask import Flask, Response, current_app, g, redirect, request
from markupsafe import Markup
from werkzeug.wrappers import Response as Answer

from campaign.domain.role import Permission, may
from campaign.errors import ForbiddenError, FormDamagedError, NotFoundError
from campaign.services import enter
from campaign.services.enter import Login
from campaign.web import here
from campaign.web.organise import chosen

# open: nobody need be logged in. half: after the password, before the second factor.
Need = Permission | Literal["open", "half"]
View = TypeVar("View", bound=Callable[..., object])

FOLDER = "/organise/"
# Where a page may lead back to once somebody has logged in: names, never addresses.
NEXT = {
    "home": "/organise/",
    "account": "/organise/account/",
    "review": "/organise/review/",
    "signatures": "/organise/signatures/",
    "people": "/organise/people/",
    "exports": "/organise/exports/",
    "alarms": "/organise/alarms/",
    "batches": "/organise/batches/",
    "lists": "/organise/lists/",
    "keys": "/organise/keys/",
    "webhooks": "/organise/webhooks/",
    "words": "/organise/words/",
    "organisers": "/organise/organisers/",
    "audit": "/organise/audit/",
    "campaigns": "/organise/campaigns/settings/",
    "embeds": "/organise/campaigns/embeds/",
    "offices": "/organise/offices/",
    "street": "/organise/street/",
    "style": "/organise/style/",
}
# The links of the frame, a group a row: the group's name; then name, what it needs, address.
SECTIONS: tuple[tuple[str, tuple[tuple[str, Permission, str], ...]], ...] = (
    (
        "figures",
        (
            ("counts", "counts", "/organise/"),
            ("exports", "counts", "/organise/exports/"),
            ("alarms", "moderate", "/organise/alarms/"),
        ),
    ),
    (
        "texts",
        (
            ("words", "texts", "/organise/words/"),
            ("offices", "offices", "/organise/offices/"),
            ("campaigns", "campaigns", "/organise/campaigns/"),
            ("style", "texts", "/organise/style/"),  # of use to these; others find it by their account
        ),
    ),
    (
        "signatures",
        (
            ("review", "moderate", "/organise/review/"),
            ("signatures", "moderate", "/organise/signatures/"),
            ("batches", "moderate", "/organise/batches/"),
            ("lists", "moderate", "/organise/lists/"),
            ("street", "campaigns", "/organise/street/"),
            ("people", "people", "/organise/people/"),
        ),
    ),
    (
        "programs",
        (
            ("keys", "keys", "/organise/keys/"),
            ("webhooks", "keys", "/organise/webhooks/"),
        ),
    ),
    (
        "account",
        (
            ("organisers", "organisers", "/organise/organisers/"),
            ("audit", "audit", "/organise/audit/"),
            ("account", "self", "/organise/account/"),
        ),
    ),
)
_NEEDS = "campaign_needs"
_IS_FRESH = "campaign_fresh"


def needs(need: Need, *, fresh: bool = False) -> Callable[[View], View]:
    """Declare what a view needs: one permission, and, where it is sensitive, a password just typed."""

    def mark(view: View) -> View:
        setattr(view, _NEEDS, need)
        setattr(view, _IS_FRESH, fresh)
        return view

    return mark


def need_of(app: Flask, endpoint: str) -> tuple[Need | None, bool]:
    """What a view declared, and whether it wants a password just typed."""
    view = app.view_functions.get(endpoint)
    return getattr(view, _NEEDS, None), getattr(view, _IS_FRESH, False)


def install(app: Flask) -> None:
    """Put the gate before every organisers' page."""
    app.before_request(check)
    app.context_processor(_frame)


def check() -> Answer | None:
    """Let the request at hand in, lead it to the login, or refuse it.

    Raises NotFoundError, ForbiddenError and FormDamagedError.
    """
    if not request.path.startswith(FOLDER) or request.routing_exception is not None:
        return None
    need, wants_fresh = need_of(current_app, request.endpoint or "")
    if need is None:
        raise NotFoundError
    g.login = login = _login()
    if need == "open":
        return None  # a press from another site was refused at the border; there is no session to guard yet
    if login is not None and request.method == "POST":
        _check_form(login)
    if login is None or (need != "half" and not login.is_whole):
        return redirect(_way_in(login), 303)
    if need != "half" and not may(login.role, need):
        raise ForbiddenError(need)
    if wants_fresh and not login.is_fresh:
        return redirect(f"{FOLDER}again/?next={_name()}", 303)
    return None


def _way_in(login: Login | None) -> str:
    if login is None:
        return f"{FOLDER}login/?next={_name()}"
    return f"{FOLDER}second-factor/" if login.has_factor else f"{FOLDER}new-factor/"


def _name() -> str:
    """The name of the page asked for, for the way back; of one without a name, the first page's."""
    found = [name for name, path in NEXT.items() if name != "home" and request.path.startswith(path)]
    return found[0] if found else "home"


def onward(name: str) -> str:
    """The address behind a name for the way back."""
    return NEXT.get(name, NEXT["home"])


def _cookie() -> str:
    """Name the cookie; over https its name makes browsers hold it to this host and to TLS."""
    return "__Host-campaign" if _is_https() else "campaign-organiser"


def _is_https() -> bool:
    return here.parts().settings.base_url.startswith("https://")


def _login() -> Login | None:
    token = request.cookies.get(_cookie(), "")
    return enter.login_of(here.parts(), token) if 20 <= len(token) <= 100 else None


def is_somebody() -> bool:
    """Tell whether an organiser is at the door who has come all the way in, before the request is read."""
    found = _login()
    return found is not None and found.is_whole


def let_in(answer: Answer, token: str) -> Answer:
    """Give the browser a session's token, to be forgotten when it closes."""
    answer.set_cookie(_cookie(), token, secure=_is_https(), httponly=True, samesite="Lax", path="/")
    return answer


def let_out(answer: Answer) -> Answer:
    """Take the token back."""
    answer.delete_cookie(_cookie(), secure=_is_https(), httponly=True, samesite="Lax", path="/")
    return answer


def login() -> Login:
    """Who is at the page. Raises ForbiddenError where nobody is: the gate lets nobody so far."""
    found: Login | None = g.get("login")
    if found is None:
        raise ForbiddenError("login")
    return found


def form_key(session_key: str) -> str:
    """Mask a session's form key anew for every answer, so that compressing it tells nothing (BREACH)."""
    key = bytes.fromhex(session_key)
    mask = secrets.token_bytes(len(key))
    return base64.urlsafe_b64encode(mask + bytes(a ^ b for a, b in zip(mask, key, strict=True))).decode()


def _check_form(found: Login) -> None:
    """Refuse a form that did not come from one of this session's pages."""
    try:
        raw = base64.b64decode(g.fields.get("form_key", "").encode("ascii"), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        raw = b""
    half = len(raw) // 2
    unmasked = bytes(a ^ b for a, b in zip(raw[:half], raw[half:], strict=False))
    if not hmac.compare_digest(unmasked, bytes.fromhex(found.key)):
        raise FormDamagedError("E-FORM-KEY", 403)


def _frame() -> dict[str, object]:
    """What the frame of an organisers' page shows."""
    if not request.path.startswith(FOLDER):
        return {}
    found: Login | None = g.get("login")
    key = Markup('<input type="hidden" name="form_key" value="{}">').format(form_key(found.key)) if found else Markup()
    return {
        "groups": _groups(found),
        "login": found,
        "form_key": key,
        "at": chosen.at,
        "campaigns": chosen.slugs() if found is not None and found.is_whole else (),
        "chosen": g.edition.cause.slug if g.get("edition") is not None else "",
        "may": lambda need: found is not None and may(found.role, need),
    }


def _groups(found: Login | None) -> dict[str, dict[str, str]]:
    """The links that a role may follow: by group, names of pages and their addresses; no group without a page."""
    if found is None:
        return {}
    groups = {group: {name: at for name, need, at in pages if may(found.role, need)} for group, pages in SECTIONS}
    return {group: pages for group, pages in groups.items() if pages}


def fresh_response(page: str, status: int = 200) -> Response:
    """Answer with a page that is kept by nobody."""
    return Response(page, status, content_type="text/html; charset=utf-8")

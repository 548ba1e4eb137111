"""The door for other programs: which key a request shows, what that opens, and how often it may knock.

Every view under /api/ says what it needs by `scope`; one that says nothing opens to nobody.
"""

import threading
from collections.abc import Callable
from typing import Literal, TypeVar

from flask import Flask, current_app, g, request

from campaign.domain import scope as scopes
from campaign.domain.edition import Edition
from campaign.domain.scope import Scope
from campaign.errors import ForbiddenError, FormDamagedError, KeyRefusedError, NotFoundError, TooManyTriesError
from campaign.queries import edition as queries
from campaign.services import keyring
from campaign.services.keyring import Key
from campaign.web import here

# open: without a key. any: any key that opens something.
Need = Scope | Literal["open", "any"]
View = TypeVar("View", bound=Callable[..., object])

FOLDER = "/api/"
HEADER = "OSDI-API-Token"
_BEARER = "bearer "
_SCOPES = "campaign_scopes"
_KEY = "campaign.knocks"
_MOST_KNOCKERS = 10_000


def scope(*needs: Need) -> Callable[[View], View]:
    """Declare what a view needs: a key with one of these scopes, any key, or, with "open", none."""

    def mark(view: View) -> View:
        setattr(view, _SCOPES, needs)
        return view

    return mark


def scopes_of(app: Flask, endpoint: str) -> tuple[Need, ...]:
    """What a view declared; nothing where it said nothing."""
    found: tuple[Need, ...] = getattr(app.view_functions.get(endpoint), _SCOPES, ())
    return found


class Knocks:
    """Counts requests by whom, in one process, a minute at a time."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._lock = threading.Lock()
        self._minute = 0
        self._counts: dict[str, int] = {}

    def count(self, who: str, second: int) -> int:
        """Count one more of somebody at a second since 1970: how many that makes within its minute."""
        with self._lock:
            if second // 60 != self._minute or len(self._counts) >= _MOST_KNOCKERS:
                self._minute, self._counts = second // 60, {}
            self._counts[who] = count = self._counts.get(who, 0) + 1
            return count


def install(app: Flask) -> None:
    """Put the door before every view under /api/."""
    app.extensions[_KEY] = Knocks()
    app.before_request(check)


def check() -> None:
    """Let the request at hand in, or refuse it.

    Raises KeyRefusedError, ForbiddenError, TooManyTriesError and NotFoundError.
    """
    if not request.path.startswith(FOLDER):
        return
    _refuse_key_in_address()
    if request.routing_exception is not None:
        return
    needs = scopes_of(current_app, request.endpoint or "")
    if not needs:
        raise NotFoundError
    if "open" in needs:
        return  # the same for everyone, and caches keep it
    _knock(f"address {request.remote_addr or ''}")
    g.key = found = keyring.open_door(here.parts(), shown())
    _knock(f"key {found.id}")
    if "any" not in needs and found.scopes.isdisjoint(needs):
        raise ForbiddenError(" ".join(needs))


def _refuse_key_in_address() -> None:
    """Refuse a key in an address, and take it back: addresses stay in logs, histories and other sites' eyes."""
    leaked = False
    for name, value in request.args.items(multi=True):
        found = scopes.KEY.search(f"{name} {value}")
        if found is not None:
            keyring.revoke_leaked(here.parts(), found[0])
        leaked = leaked or found is not None or name.lower() == HEADER.lower()
    if leaked:
        raise KeyRefusedError("E-KEY-IN-ADDRESS")


def _knock(who: str) -> None:
    parts = here.parts()
    second = int(parts.clock.now().timestamp())
    knocks: Knocks = current_app.extensions[_KEY]
    if parts.settings.has_rate_limits and knocks.count(who, second) > scopes.A_MINUTE:
        raise TooManyTriesError(60 - second % 60)


def shown() -> str:
    """The key that the request at hand shows. Raises KeyRefusedError where it shows none."""
    authorization = request.headers.get("Authorization", "")
    bearer = authorization[len(_BEARER) :] if authorization.lower().startswith(_BEARER) else ""
    found = (request.headers.get(HEADER) or bearer).strip()
    if not found:
        raise KeyRefusedError("E-KEY-MISSING")
    return found


def key() -> Key:
    """The key in the door. Raises KeyRefusedError in a view that needs none."""
    found: Key | None = g.get("key")
    if found is None:
        raise KeyRefusedError("E-KEY-MISSING")
    return found


def edition(slug: str) -> Edition:
    """The campaign with a slug, if the key in the door opens it.

    Raises ForbiddenError for another campaign than the key's, NotFoundError where there is none.
    """
    key().check(slug)
    return here.parts().editions.current(slug)


def editions() -> list[Edition]:
    """Every campaign that the key in the door opens, the first loaded first."""
    with here.parts().reading() as session:
        slugs = queries.slugs(session)
    return [here.parts().editions.current(one) for one in slugs if key().campaign in ("", one)]


def document() -> dict[str, object]:
    """The JSON object that came as the request's body. Raises FormDamagedError (400 E-JSON) where it is none."""
    found = g.get("document")
    if not isinstance(found, dict):
        raise FormDamagedError("E-JSON")
    return found

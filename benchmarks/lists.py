"""Lists for other programs: the first page and the ten-thousandth, beside a bare SELECT of the same rows."""

import datetime as dt
import json
import secrets
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from flask import Flask
from sqlalchemy import Connection, insert, text

from campaign.models.supporter import SignatureRow, SupporterRow
from campaign.outside.files import resource
from campaign.parts import Parts, make_parts
from campaign.queries.listed import Place
from campaign.services import keyring
from campaign.services.keyring import Wanted
from campaign.services.load import load
from campaign.services.migrate import migrate
from campaign.services.note import COMMAND_LINE
from campaign.settings import read_settings
from campaign.web import site
from campaign.web.api.osdi.asked import MOST, Asked

FAR = 10_000  # the number of the page that is far
ROWS = FAR * MOST + 100
_AT_ONCE = 5_000
_BEGAN = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
_PATH = "/petitions/keep-the-ban.lithuania/signatures"
_BARE = text(
    "SELECT id, supporter_id, created_at, confirmed_at, language, source FROM signature "
    "WHERE state_id = :state AND status = 'confirmed' AND (confirmed_at, id) > (:at, :id) "
    "ORDER BY confirmed_at, id LIMIT 26"
)


def _fill(connection: Connection, campaign: int, state: int, letter: int) -> None:
    """Put in signatures as bare rows: what is listed needs nothing sealed."""
    for start in range(0, ROWS, _AT_ONCE):
        numbers = range(start, min(start + _AT_ONCE, ROWS))
        people = [
            {"id": f"{one:032x}", "campaign_id": campaign, "key_id": "", "language": "en", "created_at": _BEGAN}
            for one in numbers
        ]
        signatures = [
            {
                "id": f"{one:032x}",
                "campaign_id": campaign,
                "state_id": state,
                "supporter_id": f"{one:032x}",
                "letter_id": letter,
                "status": "confirmed",
                "language": "en",
                "country": "NO",
                "offices": (),
                "shown": "name",
                "has_own_answers": True,
                "marks": (),
                "digest": "",
                "key_id": "",
                "created_at": _BEGAN,
                "confirmed_at": _at(one),
            }
            for one in numbers
        ]
        connection.execute(insert(SupporterRow), people)
        connection.execute(insert(SignatureRow), signatures)


def _at(number: int) -> dt.datetime:
    return _BEGAN + dt.timedelta(seconds=number)


def _milliseconds(work: Callable[[], object], times: int = 40) -> float:
    work()
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


def measure(address: str, home: Path) -> dict[str, float]:
    """Measure pages of one list on a database of its own: milliseconds, medians."""
    environment = {"CAMPAIGN_DATABASE_URL": address, "CAMPAIGN_HOME": str(home), "CAMPAIGN_RATE_LIMITS": "off"}
    parts = make_parts(read_settings(environment | {"CAMPAIGN_SECRET_KEY": secrets.token_hex(32)}))
    migrate(parts)
    load(parts, resource("config") / "campaigns" / "keep-the-ban")
    edition = parts.editions.current("keep-the-ban")
    state = edition.slugs["LT"]
    with parts.engine.begin() as connection:
        _fill(connection, edition.campaign_id, state.id, state.letters[0].id)
    if parts.engine.dialect.name == "postgresql":
        with parts.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
    return _measure(parts, site.build(parts), state.id)


def _measure(parts: Parts, app: Flask, state: int) -> dict[str, float]:
    headers = {"OSDI-API-Token": keyring.create(parts, COMMAND_LINE, Wanted("bench", ("signatures",)))}
    client, places = app.test_client(), {1: None, FAR: Place(_at((FAR - 1) * MOST - 1), f"{(FAR - 1) * MOST - 1:032x}")}
    found = {}
    for number, place in places.items():
        with app.test_request_context():
            href = Asked(_PATH, number, MOST, "", None, None).at(number, place)
        path = href.removeprefix(parts.settings.base_url)
        answer = client.get(path, headers=headers).get_json()
        if len(answer["_embedded"]["osdi:signatures"]) != MOST:
            raise RuntimeError(f"page {number} is not full")
        found[f"page {number:,}"] = _milliseconds(lambda path=path: client.get(path, headers=headers))
        after = place or Place(_BEGAN - dt.timedelta(days=1), "")
        found[f"bare SELECT of page {number:,}"] = _milliseconds(lambda after=after: _bare(parts, state, after))
    return found


def _bare(parts: Parts, state: int, after: Place) -> str:
    at = after.at.replace(tzinfo=None).isoformat(" ") + ".000000" if parts.settings.is_embedded else after.at
    with parts.engine.connect() as connection:
        rows = connection.execute(_BARE, {"state": state, "at": at, "id": after.id}).all()
    return json.dumps([tuple(map(str, row)) for row in rows])


def show(address: str, home: Path) -> None:
    """Print the figures for a database that may hold other rows already."""
    print(f"  a list of {ROWS:,} signatures")
    for name, milliseconds in measure(address, home).items():
        print(f"    {name:32} {milliseconds:8.2f} ms")

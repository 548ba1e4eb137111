"""Every address for other programs, by a key of each scope and by none, against the table in the repository."""

import re
from pathlib import Path

import pytest
from sites import build

from campaign.domain.scope import SCOPES
from campaign.services import keyring
from campaign.services.keyring import Wanted
from campaign.services.note import COMMAND_LINE
from campaign.web.api import door

TABLE = Path(__file__).parent / "scopes.txt"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
IN, AWAY, NO, NEVER = "in", "key", "no", "-"


def _routes(app) -> dict[str, set[str]]:
    """Every address under /api/ with the methods that some view takes there."""
    found: dict[str, set[str]] = {}
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith(door.FOLDER):
            found.setdefault(rule.rule, set()).update(rule.methods - {"HEAD", "OPTIONS"})
    return found


def _expected() -> dict[tuple[str, str], tuple[str, ...]]:
    """The table: method and address, then who gets in: without a key, and with a key of each scope alone."""
    rows = [line.split() for line in TABLE.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    return {(method, rule): tuple(cells) for method, rule, *cells in rows}


def _outcome(status: int) -> str:
    return {401: AWAY, 403: NO, 405: NEVER}.get(status, IN)


def test_the_table_names_every_address_and_every_address_says_what_it_needs(loaded):
    app = build(loaded)
    written = {(method, rule) for rule, methods in _routes(app).items() for method in methods}
    assert set(_expected()) == written
    silent = [rule.endpoint for rule in app.url_map.iter_rules() if rule.rule.startswith(door.FOLDER)]
    assert [name for name in silent if not door.scopes_of(app, name)] == []


@pytest.mark.parametrize("who", ["nobody", *SCOPES])
def test_a_scope_opens_what_the_table_says_and_nothing_else(loaded, who):
    app = build(loaded)
    client, headers = app.test_client(use_cookies=False), {}
    if who != "nobody":
        headers["OSDI-API-Token"] = keyring.create(loaded, COMMAND_LINE, Wanted(who, (who,)))
    place, wrong = ["nobody", *SCOPES].index(who), {}
    for rule in _routes(app):
        for method in METHODS:
            expected = _expected().get((method, rule), (NEVER,) * (len(SCOPES) + 1))[place]
            answer = client.open(re.sub(r"<[^>]+>", "0", rule), method=method, headers=headers)
            if _outcome(answer.status_code) != expected:
                wrong[method, rule] = (answer.status_code, expected)
    assert wrong == {}

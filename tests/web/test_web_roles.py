"""Every organisers' page, by every role and method, against the table in the repository."""

import itertools
import re
from pathlib import Path

import pytest
from organisers import Organiser
from sites import build

from campaign.domain.role import ROLES
from campaign.web.organise import gate

TABLE = Path(__file__).parent / "roles.txt"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
IN, AWAY, NO, NEVER = "in", "login", "no", "-"


def _routes(app) -> dict[str, set[str]]:
    """Every organisers' address with the methods that some view takes there."""
    found: dict[str, set[str]] = {}
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith(gate.FOLDER):
            found.setdefault(rule.rule, set()).update(rule.methods - {"HEAD", "OPTIONS"})
    return found


def _expected() -> dict[tuple[str, str], tuple[str, ...]]:
    """The table: method and address, then who gets in: nobody logged in, and each role."""
    rows = [line.split() for line in TABLE.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    return {(method, rule): tuple(cells) for method, rule, *cells in rows}


def _outcome(answer) -> str:
    if answer.status_code == 405:
        return NEVER
    if answer.status_code == 403 and b"E-FORM-KEY" not in answer.data:
        return NO
    if answer.status_code == 303 and answer.headers["Location"].startswith("/organise/login/"):
        return AWAY
    return IN


def test_the_table_names_every_address_and_every_address_says_what_it_needs(loaded):
    app = build(loaded)
    written = {(method, rule) for rule, methods in _routes(app).items() for method in methods}
    assert set(_expected()) == written
    silent = [
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(gate.FOLDER) and gate.need_of(app, rule.endpoint)[0] is None
    ]
    assert silent == []


@pytest.mark.parametrize("who", ["nobody", *ROLES])
def test_a_role_gets_in_where_the_table_says_so_and_nowhere_else(loaded, who):
    organiser = Organiser(loaded, f"{who}@example.org")
    if who != "nobody":
        Organiser(loaded).accept("owner")  # so that nobody here is the last owner
        organiser.accept(who)
    place = ["nobody", *ROLES].index(who)
    wrong = {}
    routes = _routes(build(loaded))
    for rule, method in itertools.product(routes, METHODS):
        if rule == "/organise/logout/" and method == "POST":
            continue  # it ends the session that the walk needs; see below
        expected = _expected().get((method, rule), (NEVER,) * (len(ROLES) + 1))[place]
        path = re.sub(r"<[^>]+>", "0", rule)
        fields = {"form_key": organiser.key()} if method != "GET" and who != "nobody" else {}
        found = _outcome(organiser.client.open(path, method=method, data=fields if method != "GET" else None))
        if found != expected:
            wrong[method, rule] = (found, expected)
    assert wrong == {}
    ended = organiser.client.post("/organise/logout/", data={"form_key": organiser.key()} if who != "nobody" else {})
    assert _outcome(ended) == AWAY

"""Everything under /api/v1/ is described, answers as described, and says nothing that points to a person."""

import csv
import datetime as dt
import io
import json
import re

import pytest
from people import confirmed
from sites import build
from webhooks import calls, hook

from campaign.domain.scope import SCOPES
from campaign.queries.tally import add_up
from campaign.services import keyring
from campaign.services.fill import fill
from campaign.services.keyring import Wanted
from campaign.services.roll import roll
from campaign.services.transact import transact

CAMPAIGN = "/api/v1/campaigns/keep-the-ban"


@pytest.fixture
def client(loaded):
    return build(loaded).test_client()


def _described(client) -> dict:
    return client.get("/api/v1/openapi.json").json


def test_the_description_has_every_address_and_method_and_no_other(client):
    rules = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in client.application.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    described = {(path, method) for path, methods in _described(client)["paths"].items() for method in methods}
    assert rules == described


def test_what_needs_a_key_is_described_so(client):
    for path, methods in _described(client)["paths"].items():
        for method, told in methods.items():
            answer = client.open(re.sub(r"\{\w+\}", "0", path), method=method, json={})
            assert (answer.status_code == 401) == bool(told["security"]), path


def test_every_answer_leads_on_to_the_others(client):
    index = client.get("/api/v1/").json
    base = client.application.extensions["campaign"].settings.base_url
    seen = []
    waiting = [index["links"]["campaigns"], index["links"]["description"]]
    while waiting:
        url = waiting.pop()
        seen.append(url)
        answer = client.get(url.removeprefix(base))
        assert answer.status_code == 200, url
        found = re.findall(rf'"({re.escape(base)}/api/v1/[^"]+)"', answer.get_data(as_text=True))
        waiting += [one for one in dict.fromkeys(found) if one not in seen and one not in waiting]
    assert len(seen) == 2 + 1 + 4 + 5  # list, description, campaign, its figures, its states


def test_a_campaign_is_told_in_the_language_asked_for(client):
    assert client.get(f"{CAMPAIGN}?language=lt").json["states"][0]["name"] == "Lietuva"
    refused = client.get(f"{CAMPAIGN}?language=de")
    assert refused.status_code == 422
    assert refused.content_type == "application/problem+json"
    [error] = refused.json["errors"]
    assert (error["field"], error["code"]) == ("language", "E-NO-LANGUAGE")


def test_a_state_is_told_with_its_standing_offices_and_sources(client):
    told = client.get(f"{CAMPAIGN}/states/lithuania").json
    assert (told["state"], told["standing"]["apmbc"]["status"]) == ("LT", "out")
    assert {"president", "speaker"} <= {one["office"] for one in told["offices"]}
    assert all(one["source"] for one in told["events"])
    assert client.get(f"{CAMPAIGN}/states/norway").status_code == 404


@pytest.mark.parametrize(
    "path", ["/api/v1/", "/api/v1/campaigns", f"{CAMPAIGN}?language=en&x=1", f"{CAMPAIGN}/answers"]
)
def test_what_is_not_known_is_refused_by_name(client, path):
    answer = client.get(path if "?" in path else f"{path}?x=1")
    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == "x"


def _count(parts, **hours: int) -> None:
    """Put figures of Lithuania's yesterday into the tally, by hour: h9=57."""
    edition = parts.editions.current("keep-the-ban")
    state = edition.state("lithuania")
    day = parts.clock.now().date() - dt.timedelta(days=1)
    roll(parts)
    sums = {(edition.campaign_id, state.id, day, int(name[1:]), "NO", "en", ""): count for name, count in hours.items()}
    transact(parts, lambda session: add_up(session, sums))


def _hours(client) -> dict[str, int | None]:
    return {one["hour"][11:13]: one["confirmed"] for one in client.get(f"{CAMPAIGN}/counts/hourly").json["hours"]}


def test_an_hour_of_fewer_than_ten_is_not_told_and_the_day_does_not_give_it_away(loaded, client):
    _count(loaded, h7=57, h8=9, h9=12, h10=30)
    assert _hours(client) == {"07": 57, "08": None, "09": None, "10": 30}
    days = client.get(f"{CAMPAIGN}/counts/daily").json["days"]
    assert days == [{"state": "LT", "day": "2026-11-23", "confirmed": 108}]


def test_two_hours_of_few_hide_each_other(loaded, client):
    _count(loaded, h7=57, h8=9, h9=1, h10=30)
    assert _hours(client) == {"07": 57, "08": None, "09": None, "10": 30}


def test_the_hour_that_runs_is_not_told_and_neither_is_today(loaded, client):
    for at in range(12):
        confirmed(loaded, email=f"person{at}@example.org", name=f"Ona {'abcdefghijkl'[at]}nordmann")
    assert _hours(client) == {}
    assert client.get(f"{CAMPAIGN}/counts/daily").json["days"] == []
    loaded.clock.move(dt.timedelta(hours=1))
    assert _hours(client) == {"09": 12}
    loaded.clock.move(dt.timedelta(days=1))
    [day] = client.get(f"{CAMPAIGN}/counts/daily").json["days"]
    assert day == {"state": "LT", "day": "2026-11-24", "confirmed": 12}


@pytest.mark.parametrize("series", ["daily", "hourly"])
def test_csv_says_what_json_says(loaded, client, series):
    _count(loaded, h7=57, h8=9, h9=12)
    one = {"daily": "day", "hourly": "hour"}[series]
    answer = client.get(f"{CAMPAIGN}/counts/{series}.csv")
    assert answer.content_type.startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.get_data(as_text=True))))
    told = client.get(f"{CAMPAIGN}/counts/{series}").json[f"{one}s"]
    expected = [{name: "" if cell is None else str(cell) for name, cell in row.items()} for row in told]
    assert rows == expected
    assert "service-desc" in answer.headers["Link"]


def test_figures_are_asked_for_by_state_and_days(loaded, client):
    _count(loaded, h7=57)
    assert client.get(f"{CAMPAIGN}/counts/hourly?state=finland").json["hours"] == []
    assert len(client.get(f"{CAMPAIGN}/counts/hourly?state=LT&since=2026-11-23&until=2026-11-23").json["hours"]) == 1
    assert client.get(f"{CAMPAIGN}/counts/hourly?until=2026-11-22").json["hours"] == []
    for wrong in ("state=NO", "since=yesterday", "since=2026-11-24&until=2026-11-23", "since=2020-01-01", "state="):
        assert client.get(f"{CAMPAIGN}/counts/hourly?{wrong}").status_code == 422, wrong


def test_figures_are_kept_until_an_hour_is_over_or_a_figure_changed(loaded, client):
    _count(loaded, h7=57)
    first = client.get(f"{CAMPAIGN}/counts/hourly")
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    tag = {"If-None-Match": first.headers["ETag"]}
    loaded.clock.move(dt.timedelta(minutes=40))
    assert client.get(f"{CAMPAIGN}/counts/hourly", headers=tag).status_code == 304
    _count(loaded, h6=20)
    assert client.get(f"{CAMPAIGN}/counts/hourly", headers=tag).status_code == 200


def test_answers_of_offices_are_those_of_the_page(client):
    told = client.get(f"{CAMPAIGN}/answers").json
    assert told["shown_from"] == 10
    assert set(told["states"]) == {"LT", "LV", "PL", "EE", "FI"}
    assert set(told["states"]["LT"][0]) == {"office", "letters", "yes", "no", "returned"}


def _key(parts, *scopes: str, campaign: str = "") -> dict[str, str]:
    wanted = Wanted(name="a test", scopes=scopes or SCOPES, campaign=campaign, days=1)
    return {"OSDI-API-Token": keyring.create(parts, "command line", wanted)}


def test_a_program_asks_for_an_export_of_counts_and_takes_it(loaded, client):
    _count(loaded, h7=57)
    key = _key(loaded, "exports")
    hook(loaded, "export.finished")
    begun = client.post("/api/v1/exports", json={"campaign": "keep-the-ban", "by": ["state", "day"]}, headers=key)
    assert (begun.status_code, begun.json["status"]) == (202, "queued")
    at = begun.headers["Location"]
    assert client.get(f"{at}/file", headers=key).status_code == 404
    while fill(loaded):
        pass
    done = client.get(at, headers=key).json
    assert (done["status"], done["rows"]) == ("done", 1)
    [call] = calls(loaded)
    assert (call.body["export"], call.body["rows"]) == (done["export"], 1)
    file = client.get(f"{at}/file", headers=key)
    assert file.status_code == 200
    assert list(csv.reader(io.StringIO(file.get_data(as_text=True)))) == [
        ["state", "day", "confirmed"],
        ["LT", "2026-11-23", "57"],
    ]
    assert client.get(at, headers=_key(loaded, "exports")).status_code == 404  # another key's


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({}, "campaign"), ({"campaign": 1}, "campaign"), ({"campaign": "keep-the-ban", "by": ["email"]}, "by"),
        ({"campaign": "keep-the-ban", "by": []}, "by"), ({"campaign": "keep-the-ban", "format": "exe"}, "format"),
        ({"campaign": "keep-the-ban", "state": "NO"}, "state"),
        ({"campaign": "keep-the-ban", "kind": "people"}, "kind"),
        ({"campaign": "keep-the-ban", "since": "now"}, "since"), ({"campaign": "keep-the-ban", "since": None}, "since"),
    ],
)  # fmt: skip
def test_an_export_that_cannot_be_is_refused_by_field(loaded, client, said, field):
    answer = client.post("/api/v1/exports", json=said, headers=_key(loaded, "exports"))
    assert answer.status_code == 422
    assert field in {one["field"] for one in answer.json["errors"]}


def test_an_export_needs_the_scope_and_the_campaign(loaded, client):
    said = json.dumps({"campaign": "keep-the-ban"})
    for headers, status in (({}, 401), (_key(loaded, "counts"), 403), (_key(loaded, "exports"), 202)):
        found = client.post("/api/v1/exports", data=said, content_type="application/json", headers=headers)
        assert found.status_code == status
        assert found.content_type == ("application/json" if status == 202 else "application/problem+json")

"""Keys for other programs: made and taken back by an owner, tried in the door, refused in addresses."""

import datetime as dt
import re

import pytest
from organisers import Organiser
from page import Page
from sites import build_own
from sqlalchemy import func, select

from campaign.domain import scope as scopes
from campaign.errors import InputRefusedError, KeyRefusedError
from campaign.models.audit import AuditRow
from campaign.models.key import ApiKeyRow
from campaign.services import keyring
from campaign.services.keyring import Wanted
from campaign.services.note import COMMAND_LINE, examine_trail
from campaign.web.api import door

COUNTS = "/api/v1/campaigns/keep-the-ban/counts"


def made(parts, *opens: str, campaign: str = "", days: int = 365) -> str:
    return keyring.create(parts, COMMAND_LINE, Wanted("figures", opens or ("counts",), campaign, days))


@pytest.fixture
def client(loaded):
    """The site with one more address, for keys that open counts."""
    app = build_own(loaded)

    @app.get("/api/v1/tried")
    @door.scope("counts", "people")
    def tried() -> str:
        return door.edition("keep-the-ban").cause.slug

    @app.get("/api/v1/silent")
    def silent() -> str:
        return "never"

    @app.post("/api/v1/taken")
    @door.scope("record")
    def taken() -> dict[str, object]:
        return door.document()

    return app.test_client(use_cookies=False)


def said(parts, what: str) -> int:
    with parts.reading() as session:
        return session.scalar(select(func.count()).where(AuditRow.what == what))


def test_an_owner_makes_a_key_sees_it_once_and_takes_it_back(loaded, client):
    owner = Organiser(loaded).accept("owner")
    fields = {"name": "figures for the website", "scope-counts": "on", "for": "keep-the-ban", "days": "90"}
    answer = owner.press("/organise/keys/", do="create", **fields)
    assert answer.headers["Cache-Control"] == "no-store"
    key = re.search(r'<code id="key">(camp_[A-Za-z0-9]{40})</code>', Page(answer).html)[1]
    assert client.get("/api/v1/tried", headers={"OSDI-API-Token": key}).data == b"keep-the-ban"
    listed = owner.page("/organise/keys/").html
    assert key not in listed
    assert key[:12] in listed
    (one,) = keyring.listed(loaded)
    assert one.expires_at - loaded.clock.now() == dt.timedelta(days=90)
    gone = owner.press("/organise/keys/", do="revoke", key=one.id)
    assert gone.status_code == 303
    assert "opens nothing any more" in owner.page(gone.headers["Location"]).html
    assert client.get("/api/v1/tried", headers={"OSDI-API-Token": key}).status_code == 401
    assert (said(loaded, "key.created"), said(loaded, "key.revoked")) == (1, 1)
    assert examine_trail(loaded).broken_at == 0


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "", "scope-counts": "on", "days": "90"},
        {"name": "x", "days": "90"},
        {"name": "x", "scope-counts": "on", "days": "731"},
        {"name": "x", "scope-counts": "on", "days": "0"},
        {"name": "x", "scope-counts": "on", "days": "²"},
        {"name": "x", "scope-counts": "on", "days": "90", "for": "nowhere"},
    ],
)
def test_a_key_that_cannot_be_is_refused_beside_its_field(loaded, fields):
    owner = Organiser(loaded).accept("owner")
    Page(owner.press("/organise/keys/", do="create", **fields), 422)
    assert keyring.listed(loaded) == ()


def test_only_a_fingerprint_of_a_key_is_kept(loaded):
    key = made(loaded)
    with loaded.reading() as session:
        row = session.scalar(select(ApiKeyRow))
    assert key not in repr(vars(row))
    assert row.start == key[:12]


@pytest.mark.parametrize("header", ["OSDI-API-Token", "osdi-api-token", "OSDI-API-TOKEN"])
def test_the_header_may_be_in_any_case(loaded, client, header):
    assert client.get("/api/v1/tried", headers={header: made(loaded)}).status_code == 200


def test_a_bearer_token_is_a_key_too(loaded, client):
    key = made(loaded)
    assert client.get("/api/v1/tried", headers={"Authorization": f"Bearer {key}"}).status_code == 200
    assert client.get("/api/v1/tried", headers={"Authorization": f"Basic {key}"}).status_code == 401


@pytest.mark.parametrize("key", ["", "x", "camp_" + "a" * 40, "camp_" + "ä" * 40, "camp_" + "a" * 4000])
def test_what_is_no_key_opens_nothing(client, key):
    answer = client.get("/api/v1/tried", headers={"OSDI-API-Token": key})
    assert (answer.status_code, answer.mimetype) == (401, "application/problem+json")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.json["code"] == ("E-KEY" if key else "E-KEY-MISSING")


def test_a_key_opens_only_its_scopes(loaded, client):
    answer = client.get("/api/v1/tried", headers={"OSDI-API-Token": made(loaded, "record")})
    assert (answer.status_code, answer.json["code"]) == (403, "E-FORBIDDEN")


def test_a_key_opens_only_its_campaign(loaded):
    key = keyring.open_door(loaded, made(loaded, campaign="keep-the-ban"))
    key.check("keep-the-ban")
    with pytest.raises(Exception, match="another"):
        key.check("another")


def test_a_key_ends_after_its_days_and_lives_two_years_at_most(loaded):
    key = made(loaded, days=730)
    loaded.clock.move(dt.timedelta(days=729))
    keyring.open_door(loaded, key)
    loaded.clock.move(dt.timedelta(days=1))
    with pytest.raises(KeyRefusedError):
        keyring.open_door(loaded, key)
    assert [one.status for one in keyring.listed(loaded)] == ["expired"]
    with pytest.raises(InputRefusedError):
        made(loaded, days=731)


def test_a_view_that_says_nothing_opens_to_nobody(loaded, client):
    assert client.get("/api/v1/silent", headers={"OSDI-API-Token": made(loaded, *scopes.SCOPES)}).status_code == 404


@pytest.mark.parametrize("path", ["/api/v1/tried", COUNTS, "/api/v1/nowhere", "/api/osdi/v1/"])
@pytest.mark.parametrize("name", ["osdi-api-token", "OSDI-API-Token", "key"])
def test_a_key_in_an_address_is_refused_taken_back_and_told(loaded, client, path, name):
    key = made(loaded)
    answer = client.get(path, query_string={name: key})
    assert answer.status_code == 401
    assert b"KEY_IN_ADDRESS" in answer.data.replace(b"-", b"_")
    assert key.encode() not in answer.data
    assert client.get("/api/v1/tried", headers={"OSDI-API-Token": key}).status_code == 401
    assert said(loaded, "key.leaked") == 1
    assert "came in an address" in Organiser(loaded).accept("owner").page("/organise/keys/").html


def test_a_key_that_stands_in_an_address_without_a_name_is_taken_back_too(loaded, client):
    key = made(loaded)
    assert client.get(f"{COUNTS}?{key}").status_code == 401
    assert client.get("/api/v1/tried", headers={"OSDI-API-Token": key}).status_code == 401
    assert said(loaded, "key.leaked") == 1


def test_an_unknown_key_in_an_address_is_refused_all_the_same(client):
    assert client.get(COUNTS + "?osdi-api-token=x").status_code == 401


def test_that_a_key_was_used_is_kept_once_a_minute(loaded, client):
    key = made(loaded)
    first = loaded.clock.now()
    for _ in range(3):
        client.get("/api/v1/tried", headers={"OSDI-API-Token": key})
        loaded.clock.move(dt.timedelta(seconds=25))
    assert keyring.listed(loaded)[0].used_at == first
    client.get("/api/v1/tried", headers={"OSDI-API-Token": key})
    assert keyring.listed(loaded)[0].used_at == first + dt.timedelta(seconds=75)


def test_six_hundred_requests_a_minute_are_served_and_more_are_told_when_to_come_back(loaded):
    knocks = door.Knocks()
    assert [knocks.count("ona", 59) for _ in range(2)] == [1, 2]
    assert knocks.count("ona", 60) == 1
    app = build_own(loaded)
    app.add_url_rule("/api/v1/tried", view_func=door.scope("any")(lambda: "in"))
    key, client = made(loaded), app.test_client()
    for _ in range(scopes.A_MINUTE - 1):
        app.extensions["campaign.knocks"].count("address 127.0.0.1", int(loaded.clock.now().timestamp()))
    assert client.get("/api/v1/tried", headers={"OSDI-API-Token": key}).status_code == 200
    answer = client.get("/api/v1/tried", headers={"OSDI-API-Token": key})
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 60
    assert client.get(COUNTS).status_code == 200  # what caches keep is not counted


@pytest.mark.parametrize("body", [b'{"a": [1, "b"]}', b'{"a":"\\ud83d\\ude00"}'])
def test_a_document_comes_in_as_it_was_sent(loaded, client, body):
    headers = {"OSDI-API-Token": made(loaded, "record"), "Content-Type": "application/json; charset=utf-8"}
    assert client.post("/api/v1/taken", data=body, headers=headers).status_code == 200


def test_a_document_that_is_no_object_is_refused_where_one_is_needed(loaded, client):
    headers = {"OSDI-API-Token": made(loaded, "record"), "Content-Type": "application/json"}
    for body in (b"[]", b"null", b'"x"', b""):
        answer = client.post("/api/v1/taken", data=body, headers=headers)
        assert (answer.status_code, answer.json["code"]) == (400, "E-JSON")


@pytest.mark.parametrize(
    ("kind", "status"),
    [("application/x-www-form-urlencoded", 415), ("text/plain", 415), ("application/json; charset=latin-1", 415)],
)
def test_other_kinds_of_body_are_refused(loaded, client, kind, status):
    headers = {"OSDI-API-Token": made(loaded, "record"), "Content-Type": kind}
    assert client.post("/api/v1/taken", data=b"{}", headers=headers).status_code == status

"""Errors: a page in words for people, a problem document for programs, and never anything of the person."""

import contextlib
import dataclasses
import json

import pytest
import structlog
from flask import Flask
from page import Page
from sites import build, build_own
from sqlalchemy.exc import OperationalError

from campaign.errors import StaleMoveError, UnavailableError
from campaign.outside.words import LANGUAGES
from campaign.web.api import door

SECRET = "ona@example.org"


@pytest.fixture
def app(loaded) -> Flask:
    """A site with views that fail in every way there is."""
    app = build_own(loaded)

    @app.get("/<kind>-fault/")
    def fail(kind):
        faults = {
            "unknown": RuntimeError(f"about {SECRET}"),
            "unavailable": UnavailableError(SECRET),
            "stale": StaleMoveError(SECRET),
        }
        raise faults[kind]

    @app.get("/api/v1/unknown-fault")
    @door.scope("open")
    def fail_for_programs():
        raise RuntimeError(SECRET)

    return app


@contextlib.contextmanager
def _logged():
    with structlog.testing.capture_logs() as entries:
        yield entries


def test_a_fault_nobody_expected_is_a_page_with_a_number_to_name(app):
    with _logged() as entries:
        answer = app.test_client().get("/unknown-fault/")
    page = Page(answer, 500)
    assert answer.headers["X-Request-ID"] in page.text
    assert "Traceback" not in page.html
    assert SECRET not in page.html
    (entry,) = [one for one in entries if one["event"] == "fault"]
    assert entry["request"] == answer.headers["X-Request-ID"]
    assert entry["error"] == "RuntimeError"
    assert any("test_web_errors.py" in place for place in entry["where"])


def test_no_log_line_holds_an_address_a_token_or_what_was_typed(app, loaded):
    """V16.2.5 and A12: the route's template stands for the path."""
    client = app.test_client()
    with _logged() as entries:
        client.get("/unknown-fault/?email=" + SECRET)
        client.get("/en/confirm/" + "t" * 60 + "/", headers={"Referer": "http://x/" + "t" * 60})
        client.post("/en/keep-the-ban/lithuania/", data={"name": "Canary", "email": SECRET})
    said = json.dumps(entries, default=str)
    for private in (SECRET, "t" * 60, "Canary"):
        assert private not in said
    routes = [one["route"] for one in entries if one["event"] == "request"]
    assert any(route.endswith("/confirm/<token>/") for route in routes)


def test_the_fault_page_draws_without_a_database_in_every_language(app, loaded):
    def closed():
        raise AssertionError("the database was asked")

    object.__setattr__(loaded, "reading", closed)
    object.__setattr__(loaded, "writing", closed)
    for language in LANGUAGES:
        page = Page(app.test_client().get("/unknown-fault/", headers={"Accept-Language": language}), 500)
        assert page.heading == " ".join(loaded.words.text(language, "error.500.title").split())


def test_where_even_the_page_cannot_be_drawn_a_bare_line_comes(app):
    app.jinja_env.globals.pop("t")
    app.jinja_env.cache.clear()
    answer = app.test_client().get("/unknown-fault/")
    assert answer.status_code == 500
    assert answer.get_data(as_text=True) == f"500 {answer.headers['X-Request-ID']}\n"


def test_when_nothing_can_be_saved_people_are_asked_to_come_back(app):
    """F20."""
    answer = app.test_client().get("/unavailable-fault/")
    Page(answer, 503)
    assert answer.headers["Retry-After"] == "10"


def test_a_database_that_is_gone_is_a_pause_for_readers_too(loaded):
    """F23: pages and programs are asked to come back, and nothing is a fault of ours."""

    def gone():
        raise OperationalError("SELECT 1", {}, Exception("the server closed the connection"))

    client = build(dataclasses.replace(loaded, reading=gone, writing=gone)).test_client()
    with _logged() as entries:
        for path in ("/en/keep-the-ban/", "/en/keep-the-ban/lithuania/", "/en/confirm/abc/"):
            answer = client.get(path)
            Page(answer, 503)
            assert answer.headers["Retry-After"] == "10"
        assert client.get("/api/v1/campaigns/keep-the-ban/counts").status_code == 503
        assert client.get("/healthz").status_code == 200
    assert [one for one in entries if one["event"] == "fault"] == []


def test_what_somebody_else_moved_first_is_a_conflict(app):
    Page(app.test_client().get("/stale-fault/"), 409)


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/api/v1/nowhere", 404, "E-HTTP-404"),
        ("/api/v1/campaigns/nowhere/counts", 404, "E-NOT-FOUND"),
        ("/api/v1/unknown-fault", 500, "E-FAULT"),
    ],
)
def test_programs_get_problem_documents(app, path, status, code):
    answer = app.test_client().get(path)
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    document = json.loads(answer.data)
    assert (document["status"], document["code"]) == (status, code)
    assert document["type"] == "about:blank"
    assert SECRET not in answer.get_data(as_text=True)


def test_a_method_that_is_not_there_is_a_problem_document_too(app):
    answer = app.test_client().post("/api/v1/openapi.json")
    assert (answer.status_code, answer.json["title"]) == (405, "Method Not Allowed")
    assert "GET" in answer.headers["Allow"]

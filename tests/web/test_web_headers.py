"""Headers on every answer, whatever it is, and who may keep which."""

import dataclasses
import re
from pathlib import Path

import pytest
from conftest import client_of
from person import STATE

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def _answers(client):
    yield client.get("/")
    yield client.get(STATE)
    yield client.get(STATE, headers={"If-None-Match": client.get(STATE).headers["ETag"]})
    yield client.head(STATE)
    yield client.options(STATE)
    yield client.get(STATE.removesuffix("/"))
    yield client.post(STATE, data={})
    yield client.post(STATE, data="{}", content_type="application/json")
    yield client.get("/nowhere")
    yield client.delete(STATE)
    yield client.get("/en/confirm/abc/")
    yield client.get("/healthz")
    yield client.get("/readyz")
    yield client.get("/metrics")
    yield client.get("/api/v1/openapi.json")
    yield client.get("/api/v1/nowhere")
    yield client.get("/mailbox/")
    yield client.get(STATE, headers={"Host": "evil.example"})


def test_every_answer_says_what_a_browser_may_do_with_it(client):
    for answer in _answers(client):
        headers = answer.headers
        assert headers["Content-Security-Policy"].startswith(POLICY)
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "camera=()" in headers["Permissions-Policy"]
        assert "Set-Cookie" not in headers
        assert "Strict-Transport-Security" not in headers
        assert headers.get("Cache-Control") in ("no-store", "public, max-age=60")


def test_the_proxy_that_is_shipped_logs_no_token_and_keeps_no_page_that_hangs_on_one(client):
    said = (Path(__file__).resolve().parents[2] / "config/deploy/nginx.conf").read_text("utf-8").replace("(?<", "(?P<")
    log = said[said.index("map $uri") : said.index("log_format")]
    hidden = [re.compile(one) for one in re.findall(r"^ +~(\S+) ", log, re.MULTILINE)]
    (unkept,) = re.findall(r"location ~ (\S+) {[^}]*proxy_no_cache 1;", said)
    rules = {one.rule for one in client.application.url_map.iter_rules() if "<token>" in one.rule}
    paths = {re.sub(r"<any[^>]*:lang>", "en", one) for one in rules}
    assert {f"/en/{one}/<token>/" for one in ("confirm", "yours", "kiosk", "trim")} < paths
    for path in paths:
        assert any(one.match(path) for one in hidden), path
        assert re.match(unkept, path), path


def test_over_https_browsers_are_told_to_stay_there(loaded):
    settings = dataclasses.replace(loaded.settings, base_url="https://letters.example")
    client = client_of(dataclasses.replace(loaded, settings=settings))
    for path in (STATE, "/nowhere"):
        answer = client.get(path, base_url="https://letters.example")
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/en/keep-the-ban/",
        STATE,
        STATE + "sent/",
        "/en/keep-the-ban/evidence/",
        "/en/privacy/",
        "/api/v1/openapi.json",
        "/api/v1/campaigns/keep-the-ban/counts",
    ],
)
def test_what_is_the_same_for_everyone_may_be_kept_for_a_minute(client, path):
    answer = client.get(path)
    assert answer.status_code in (200, 302)
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    assert "Cookie" not in answer.headers.get("Vary", "")


@pytest.mark.parametrize("path", ["/nowhere", "/en/confirm/abc/", "/healthz", "/readyz", "/metrics", "/mailbox/"])
def test_everything_else_is_kept_by_nobody(client, path):
    answer = client.get(path)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers


def test_no_answer_to_a_press_is_kept(ona):
    for answer in (ona.post(), ona.post(do="preview"), ona.post(name=""), ona.post(text_version="x")):
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_head_has_the_headers_of_its_page(client):
    told = {"X-Request-ID": "", "Date": ""}
    assert dict(client.head(STATE).headers) | told == dict(client.get(STATE).headers) | told

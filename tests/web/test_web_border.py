"""The border of the whole site: what is refused there leaves nothing behind, in words, on both databases."""

import dataclasses
from urllib.parse import unquote

import pytest
from conftest import client_of
from page import Page, visit
from person import STATE, rows

from campaign.models.supporter import SignatureRow

FORM = "application/x-www-form-urlencoded"
TABLE = [
    ("B002", "--12345", "multipart/form-data; boundary=12345", {}, 400, "arrived damaged"),
    ("B003", '{"name":"A"}', "application/json", {}, 415, "the way browsers send it"),
    ("B004", "name=a", "text/plain", {}, 415, "the way browsers send it"),
    ("B005", "name=" + "a" * 6_000_000, FORM, {}, 413, "longer than 64 kB"),
    ("B006", "&".join(f"k{n}=" for n in range(5000)), FORM, {}, 400, "more fields"),
    ("B007", "name=Ann&name=Bob", FORM, {}, 400, "“name” came twice"),
    ("B011", "name=a%00b&email=a@example.org", FORM, {}, 400, "“name” held a character"),
    ("B015", "\x1f\x8b", FORM, {"Content-Encoding": "gzip"}, 415, "nothing compressed"),
    ("B016", "name=a", FORM + "; charset=utf-7", {}, 415, "UTF-8 only"),
    ("UTF-8", "name=%ff", FORM, {}, 400, "“name” could not be read"),
    ("A26", "name=a", FORM, {"Sec-Fetch-Site": "cross-site"}, 403, "Open the page on this site"),
    ("A26 Origin", "name=a", FORM, {"Origin": "https://evil.example"}, 403, "Open the page on this site"),
]


@pytest.mark.parametrize("row", TABLE, ids=[row[0] for row in TABLE])
def test_what_is_refused_at_the_border_is_said_in_words_and_leaves_nothing(client, loaded, row):
    _, body, content_type, headers, status, words = row
    before = rows(loaded)
    answer = client.post(STATE, data=body, content_type=content_type, headers=headers)
    page = Page(answer, status)
    assert words in page.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert rows(loaded) == before


@pytest.mark.parametrize("row", TABLE, ids=[row[0] for row in TABLE])
def test_the_border_stands_before_a_press_too(ona, loaded, row):
    _, body, content_type, headers, status, _ = row
    ona.sign()
    path = ona.link()
    before = rows(loaded)
    assert ona.client.post(path, data=body, content_type=content_type, headers=headers).status_code == status
    assert rows(loaded) == before


def test_strange_names_of_fields_are_no_fields(client, loaded):
    """B009."""
    before = rows(loaded)
    page = Page(client.post(STATE, data="name[]=x&name[$ne]=&__proto__[x]=1", content_type=FORM), 422)
    assert "name" in page.problems
    assert rows(loaded) == before


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1@evil.example", "127.0.0.1:99999", "a,b", ""])
def test_another_host_is_told_so_and_is_in_no_answer(client, loaded, host):
    """B025: nor in any mail, for a form sent to it is not taken."""
    page = Page(client.get(STATE, headers={"Host": host}), 400)
    assert "does not answer under that name" in page.text
    assert "evil" not in page.html
    before = rows(loaded)
    assert client.post(STATE, data={}, headers={"Host": host}).status_code == 400
    assert rows(loaded) == before


@pytest.mark.parametrize(
    "path",
    [
        "/../../etc/passwd",
        "/%2e%2e%2f",
        "/static/..%5c",
        "/static/../site.py",
        "/%00",
        "/%FF",
        "/.git/config",
        "/.env",
        "/wp-login.php",
        "/backup.sql",
        "/instance/app.db",
        "//evil.example",
        "/en//keep-the-ban/",
        "////evil.example/..",
    ],
)
def test_an_address_that_is_none_is_a_page_that_says_so(client, path):
    """B021 and B022."""
    answer = client.get("/", environ_overrides={"PATH_INFO": unquote(path, "latin-1")})
    Page(answer, 404)
    assert "Location" not in answer.headers


def test_an_address_that_is_none_asks_the_database_nothing(loaded):
    """B022: here the database is not even there."""

    def closed():
        raise AssertionError("the database was asked")

    client = client_of(_without_database(loaded, closed))
    for path in ("/.git/config", "/wp-login.php", "/en/.env"):
        assert client.get(path).status_code == 404


def _without_database(parts, door):
    return dataclasses.replace(parts, reading=door, writing=door)


def test_a_language_nobody_speaks_and_an_accept_nobody_can_meet_get_the_page(client):
    """B023."""
    headers = {"Accept": "application/please", "Accept-Language": "\u00ff;q=x," * 1000}
    assert visit(client, "/nowhere", 404, headers=headers).all("html")[0].get("lang") == "en"


def test_an_unknown_method_is_refused_with_what_is_allowed(client):
    answer = client.delete(STATE)
    Page(answer, 405)
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}


def test_an_error_speaks_the_language_of_the_address(client, loaded):
    page = visit(client, "/fi/keep-the-ban/norway/", 404)
    assert page.heading == " ".join(loaded.words.text("fi", "error.404.title").split())


def test_client_addresses_are_believed_from_trusted_proxies_only(loaded, ona):
    """B026."""

    def network_of(proxies: int, email: str, forwarded: str):
        parts = dataclasses.replace(loaded, settings=dataclasses.replace(loaded.settings, proxies=proxies))
        ona.client = client_of(parts)
        answer = ona.client.post(STATE, data=ona.filled(email=email), headers={"X-Forwarded-For": forwarded})
        assert answer.status_code == 303
        with loaded.reading() as session:
            return session.query(SignatureRow).order_by(SignatureRow.created_at.desc()).all()

    network_of(0, "a@example.org", "1.2.3.4")
    network_of(0, "b@example.org", "5.6.7.8")
    network_of(1, "c@example.org", '"><script>, 1.2.3.4')
    found = network_of(1, "d@example.org", "9.9.9.9, 1.2.3.4")
    keys = sorted(row.network_key for row in found)
    assert len(keys) == 4
    assert len(set(keys)) == 2


def test_a_form_that_was_cut_off_on_the_way_is_not_taken_as_if_whole(loaded):
    from sites import build  # noqa: PLC0415

    answer = (
        build(loaded)
        .test_client()
        .post(
            "/en/keep-the-ban/lithuania/",
            data=b"name=Ona&paragraph=I+do+NOT+want",
            headers={"Host": "127.0.0.1:8000"},
            content_type="application/x-www-form-urlencoded",
            environ_overrides={"CONTENT_LENGTH": "500"},
        )
    )
    assert answer.status_code == 400

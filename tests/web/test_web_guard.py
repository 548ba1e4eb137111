"""The border, before a small application of its own: what comes in, and with which status the rest stays out."""

import io

import pytest
from flask import Flask, g, jsonify
from flask.testing import FlaskClient

from campaign.errors import FormDamagedError, NotFoundError
from campaign.web import guard

BASE = "https://letters.example"
FORM = "application/x-www-form-urlencoded"


def _client(base_url: str = BASE, *, is_loopback: bool = False) -> FlaskClient:
    app = Flask(__name__, static_folder=None)

    @app.route("/form/", methods=["GET", "POST"])
    def form():
        return jsonify(g.fields)

    @app.errorhandler(FormDamagedError)
    def damaged(error):
        return {"code": error.code, "field": error.field_name}, error.status

    @app.errorhandler(NotFoundError)
    def missing(error):
        return {"code": error.code}, 404

    guard.install(app, base_url, is_loopback=is_loopback)
    return app.test_client()


@pytest.fixture
def client() -> FlaskClient:
    return _client()


def _post(client, body, content_type=FORM, **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post("/form/", base_url=BASE, data=body, content_type=content_type, headers=named)


def _multipart(*parts: tuple[str, str], end: str = "--x--\r\n") -> str:
    return "".join(f"--x\r\n{head}\r\n\r\n{value}\r\n" for head, value in parts) + end


NAME = 'Content-Disposition: form-data; name="name"'


def test_a_form_arrives_decoded_once(client):
    answer = _post(client, "name=Ann%2520+B%C3%B6ll&empty=&flag")
    assert answer.json == {"name": "Ann%20 Böll", "empty": "", "flag": ""}


def test_an_empty_form_is_a_form(client):
    assert _post(client, "").json == {}
    assert client.post("/form/", base_url=BASE).json == {}


def test_a_multipart_form_is_a_form_too(client):
    body = _multipart((NAME, "Ann\r\nBöll"), ('Content-Disposition: form-data; name="b"', ""))
    assert _post(client, body, "multipart/form-data; boundary=x").json == {"name": "Ann\r\nBöll", "b": ""}


def test_brackets_in_a_name_mean_nothing(client):
    answer = _post(client, "name[]=x&name[$ne]=&__proto__[x]=1")
    assert answer.json == {"name[]": "x", "name[$ne]": "", "__proto__[x]": "1"}


REFUSED = [
    pytest.param("--12345", "multipart/form-data; boundary=12345", 400, "E-DAMAGED", id="B002 cut multipart"),
    pytest.param(_multipart((NAME, "A"), end=""), "multipart/form-data; boundary=x", 400, "E-DAMAGED", id="no end"),
    pytest.param(_multipart((NAME, "A")), "multipart/form-data", 400, "E-DAMAGED", id="no boundary"),
    pytest.param(_multipart(("X: y", "A")), "multipart/form-data; boundary=x", 400, "E-DAMAGED", id="unnamed part"),
    pytest.param(
        _multipart((NAME.removesuffix('; name="name"'), "A")),
        "multipart/form-data; boundary=x",
        400,
        "E-DAMAGED",
        id="part without a name",
    ),
    pytest.param("--x--\r\n", "multipart/form-data; boundary=x", 400, "E-DAMAGED", id="multipart of nothing"),
    pytest.param(
        _multipart((NAME + '; filename="a.txt"', "A")),
        "multipart/form-data; boundary=x",
        415,
        "E-FILE",
        id="a file",
    ),
    pytest.param(
        _multipart((NAME + "\r\nContent-Type: text/plain; charset=utf-16", "A")),
        "multipart/form-data; boundary=x",
        415,
        "E-CHARSET",
        id="charset of a part",
    ),
    pytest.param('{"name":"A"}', "application/json", 415, "E-TYPE", id="B003 JSON"),
    pytest.param("name=a", "text/plain", 415, "E-TYPE", id="B004 plain text"),
    pytest.param("name=a", "", 415, "E-TYPE", id="no type"),
    pytest.param("name=" + "a" * 6_000_000, FORM, 413, "E-LENGTH", id="B005 six million characters"),
    pytest.param("&".join(f"k{n}=" for n in range(5000)), FORM, 400, "E-FIELDS", id="B006 5,000 fields"),
    pytest.param("&".join(f"k{n}=" for n in range(61)), FORM, 400, "E-FIELDS", id="61 fields"),
    pytest.param("name=Ann&name=Bob", FORM, 400, "E-TWICE", id="B007 a field twice"),
    pytest.param("name=a%00b", FORM, 400, "E-NUL", id="B011 NUL escaped"),
    pytest.param("name=a\0b", FORM, 400, "E-NUL", id="B011 NUL raw"),
    pytest.param("na%00me=b", FORM, 400, "E-NUL", id="NUL in a name"),
    pytest.param("name=%ff", FORM, 400, "E-UTF8", id="not UTF-8"),
    pytest.param("name=%ed%a0%80", FORM, 400, "E-UTF8", id="a lone surrogate"),
    pytest.param("name=%c0%80", FORM, 400, "E-UTF8", id="an overlong NUL"),
    pytest.param("name=%zz", FORM, 400, "E-DAMAGED", id="a broken escape"),
    pytest.param("&&&", FORM, 400, "E-DAMAGED", id="a body without a field"),
    pytest.param("name=a", f"{FORM}; charset=utf-7", 415, "E-CHARSET", id="B016 utf-7"),
    pytest.param("name=a", f"{FORM}; charset=utf-16", 415, "E-CHARSET", id="B016 utf-16"),
    pytest.param("name=a", f"{FORM}; charset=shift_jis", 415, "E-CHARSET", id="B016 shift_jis"),
]


@pytest.mark.parametrize(("body", "content_type", "status", "code"), REFUSED)
def test_a_body_that_is_not_our_form_is_refused(client, body, content_type, status, code):
    answer = _post(client, body, content_type)
    assert (answer.status_code, answer.json["code"]) == (status, code)


def test_a_field_that_comes_twice_is_named(client):
    assert _post(client, "name=Ann&name=Bob").json["field"] == "name"
    assert len(_post(client, f"{'n' * 900}=&{'n' * 900}=").json["field"]) == 60


def test_sixty_fields_and_utf8_by_either_spelling_pass(client):
    assert len(_post(client, "&".join(f"k{n}=" for n in range(60))).json) == 60
    assert _post(client, "a=b", f"{FORM}; charset=UTF-8").json == {"a": "b"}
    assert _post(client, "a=b", f'{FORM}; charset="utf8"').json == {"a": "b"}


def test_a_compressed_body_is_not_opened(client):
    """B015: whatever would come out of it."""
    answer = _post(client, b"\x1f\x8b", Content_Encoding="gzip")
    assert (answer.status_code, answer.json["code"]) == (415, "E-ENCODING")
    assert _post(client, "a=b", Content_Encoding="identity").status_code == 200


class _Endless(io.RawIOBase):
    """A body that never ends; it counts what was read of it."""

    count = 0

    def readable(self):
        return True

    def readinto(self, buffer):
        buffer[:] = b"a" * len(buffer)
        self.count += len(buffer)
        return len(buffer)


def _chunked(client, body):
    stream = {
        "wsgi.input": body,
        "wsgi.input_terminated": True,
        "HTTP_TRANSFER_ENCODING": "chunked",
        "CONTENT_LENGTH": "",
    }
    return client.post("/form/", base_url=BASE, content_type=FORM, environ_overrides=stream)


def test_a_chunked_body_is_read_no_further_than_the_limit(client):
    body = _Endless()
    assert _chunked(client, body).status_code == 413
    assert body.count < 200_000


def test_a_chunked_form_within_the_limit_arrives(client):
    assert _chunked(client, io.BytesIO(b"name=Ann")).json == {"name": "Ann"}
    whole = b"name=" + b"a" * (64 * 1024 - 5)
    assert _chunked(client, io.BytesIO(whole)).status_code == 200
    assert _chunked(client, io.BytesIO(whole + b"a")).status_code == 413


def test_a_body_with_two_lengths_is_refused(client):
    """B018, for servers without the proxy that refuses it first."""
    assert _post(client, "name=Ann", Transfer_Encoding="chunked").json["code"] == "E-DAMAGED"


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "letters.example.evil.example",
        "letters.example@evil.example",
        "letters.example:99999",
        "letters.example:0",
        "letters.example:",
        "letters.example,evil.example",
        "letters.example.",
        "letters.example/",
        "127.0.0.1",
        "",
    ],
)
def test_another_host_is_refused(client, host):
    """B025: two Host headers reach an application as one, parted by a comma."""
    answer = client.get("/form/", base_url=BASE, headers={"Host": host})
    assert (answer.status_code, answer.json["code"]) == (400, "E-HOST")


@pytest.mark.parametrize("host", ["letters.example", "LETTERS.example:8443", "letters.example:443"])
def test_our_host_is_served_on_any_port(client, host):
    assert client.get("/form/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8123", "[::1]:8000", "[::1]"])
def test_the_names_of_this_machine_are_one(host):
    client = _client("http://127.0.0.1:8000", is_loopback=True)
    assert client.get("/form/", headers={"Host": host}).status_code == 200
    assert client.get("/form/", headers={"Host": "evil.example"}).status_code == 400


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": ""}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": BASE}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"}, 200),
        ({"Origin": BASE}, 200),
        ({"Origin": BASE + ":443"}, 200),
        ({"Origin": BASE + ":8443"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "https://letters.example.evil.example"}, 403),
        ({"Origin": "https://[broken"}, 403),
    ],
)
def test_a_press_that_another_site_made_is_refused(client, headers, status):
    assert client.post("/form/", base_url=BASE, data={"a": "b"}, headers=headers).status_code == status


def test_reading_is_free_for_other_sites(client):
    headers = {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}
    assert client.get("/form/", base_url=BASE, headers=headers).status_code == 200


@pytest.mark.parametrize("path", ["/%00", "/%FF", "/form/%00", "/foo%91", "/%2e%2e%2f", "/../../etc/passwd"])
def test_a_damaged_address_is_no_page(client, path):
    """B021."""
    assert client.get(path, base_url=BASE).status_code == 404


def test_a_method_in_the_query_or_a_header_changes_nothing(client):
    """B017."""
    answer = client.get("/form/?_method=POST", base_url=BASE, headers={"X-HTTP-Method-Override": "POST"})
    assert answer.status_code == 200
    assert client.put("/form/", base_url=BASE).status_code == 405

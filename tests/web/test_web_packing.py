"""What is the same for everyone goes out packed; what is somebody's own never does."""

import gzip

import brotli
import people
import pytest
from page import Page
from sites import build

UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress}
PUBLIC = ["/en/keep-the-ban/", "/fi/keep-the-ban/finland/", "/lv/keep-the-ban/faq/"]


def _static(client, name: str) -> str:
    page = Page(client.get(PUBLIC[0]))
    return next(one.get("href") for one in page.all("link") if one.get("href").endswith(name))


@pytest.mark.parametrize("way", UNPACK)
@pytest.mark.parametrize("path", [*PUBLIC, "site.css"])
def test_a_packed_answer_is_smaller_and_says_the_same(client, way, path):
    path = path if path.startswith("/") else _static(client, path)
    plain = client.get(path, headers={"Accept-Encoding": "identity"})
    packed = client.get(path, headers={"Accept-Encoding": way})
    assert packed.headers["Content-Encoding"] == way
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert UNPACK[way](packed.data) == plain.data
    assert len(packed.data) < len(plain.data) / 2
    assert int(packed.headers["Content-Length"]) == len(packed.data)
    assert packed.headers["ETag"] != plain.headers["ETag"]
    known = {"Accept-Encoding": way, "If-None-Match": packed.headers["ETag"]}
    assert client.get(path, headers=known).status_code == 304


@pytest.mark.parametrize(
    ("asked", "way"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("deflate", None),
        ("", None),
        ("*;q=0", None),
    ],
)
def test_the_browser_says_what_it_takes(client, asked, way):
    assert client.get(PUBLIC[0], headers={"Accept-Encoding": asked}).headers.get("Content-Encoding") == way


def test_a_page_that_hangs_on_a_link_is_not_packed(loaded):
    people.sign(loaded)
    people.work(loaded)
    path = f"/en/confirm/{people.token(people.mails(loaded)[0])}/"
    answer = build(loaded).test_client().get(path, headers={"Accept-Encoding": "gzip, br"})
    assert answer.status_code == 200
    assert "Content-Encoding" not in answer.headers

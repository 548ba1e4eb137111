"""Style, fonts and pictures: kept for ever under an address that names what is in them."""

import re

import pytest
from flask import Flask

from campaign.web import static

FONTS = sorted(path.name for path in static.FOLDER.glob("*.woff2"))


@pytest.fixture
def files():
    app = Flask(__name__, static_folder=None)
    app.register_blueprint(static.blueprint)
    return app.test_client()


def test_a_file_under_its_own_address_is_kept_for_ever(files):
    answer = files.get(static.address("site.css"), buffered=True)
    assert answer.status_code == 200
    assert answer.content_type == "text/css; charset=utf-8"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_file_asked_for_under_another_version_is_served_and_not_kept(files):
    """Servers are replaced one by one: the page may be of the old one, the file of the new one."""
    answer = files.get("/static/0123456789ab/site.css", buffered=True)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-cache")


@pytest.mark.parametrize("name", ["nothing.css", "..%2fstatic.py", "%2e%2e/static.py", "site.css/"])
def test_nothing_outside_the_folder_is_served(files, name):
    assert files.get(f"/static/{static.VERSION}/{name}").status_code == 404


def test_an_address_is_given_only_for_a_file_that_is_there():
    with pytest.raises(FileNotFoundError):
        static.address("nothing.css")


def test_the_style_names_every_font_and_no_file_that_is_not_there():
    style = (static.FOLDER / "site.css").read_text()
    assert sorted(re.findall(r'url\("([^"]+)"\)', style)) == FONTS
    assert "http" not in re.sub(r'\[href\^="http"\]', "", style)


def test_fonts_and_style_together_stay_light():
    """A first visit may weigh 75 KiB; what the page itself takes is not counted here."""
    fonts = sum((static.FOLDER / name).stat().st_size for name in FONTS)
    assert fonts < 56 * 1024


def test_the_script_is_small_plain_and_asks_nobody(files):
    answer = files.get(static.address("site.js"), buffered=True)
    assert answer.content_type.partition(";")[0] in ("text/javascript", "application/javascript")
    said = answer.get_data(as_text=True)
    assert len(said.encode()) <= 9 * 1024  # 3.2 KiB packed
    assert re.findall(r"fetch|XMLHttpRequest|sendBeacon|WebSocket|import|eval|innerHTML|https?:", said) == []


def test_the_script_that_follows_a_count_is_small_and_asks_this_site_alone(files):
    said = files.get(static.address("count.js"), buffered=True).get_data(as_text=True)
    assert len(said.encode()) <= 4 * 1024
    assert re.findall(r"fetch\(([^)]*)\)", said) == ["goal.dataset.counts"]
    assert re.findall(r"XMLHttpRequest|sendBeacon|WebSocket|import|eval|innerHTML|https?:", said) == []


def test_every_font_comes_with_its_licence():
    assert {name.rsplit("-latin")[0] for name in FONTS} == {
        path.name.removesuffix("-OFL.txt") for path in static.FOLDER.glob("*-OFL.txt")
    }


def test_browsers_find_the_small_mark_where_they_look_unasked(files):
    answer = files.get("/favicon.ico", buffered=True)
    assert answer.status_code == 200
    assert answer.data[:4] == b"\0\0\1\0"

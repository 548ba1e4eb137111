"""How often a state's page was opened: a bare number, of nobody, that robots do not raise."""

import pytest
from people import CAMPAIGN
from sites import build

from campaign.queries import opening as openings
from campaign.web import opening

PAGE = "/en/keep-the-ban/lithuania/"
PICTURE = f"{PAGE}opened.gif"
PERSON = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def app(loaded):
    return build(loaded)


def ask(app, referrer: str = "", agent: str = PERSON, **headers: str):
    referrer = referrer or f"http://localhost{PAGE}"
    return app.test_client().get(PICTURE, headers={"User-Agent": agent, "Referer": referrer, **headers})


def counted(app, parts) -> dict[str, int]:
    opening.of(app).write()
    with parts.reading() as session:
        return openings.by_source(session, parts.editions.current(CAMPAIGN).campaign_id)


def test_a_states_page_carries_the_picture_and_a_form_that_comes_back_does_not(app):
    client = app.test_client()
    assert f'src="{PICTURE}"' in client.get(PAGE).get_data(as_text=True)
    answer = client.post(PAGE, data={"do": "edit"}, headers={"Origin": "http://localhost"})
    assert "opened.gif" not in answer.get_data(as_text=True)


def test_the_picture_is_kept_by_nobody_and_sets_no_cookie(app):
    answer = ask(app)
    assert (answer.status_code, answer.mimetype) == (200, "image/gif")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers
    assert len(answer.data) < 60


def test_openings_are_counted_by_the_source_of_our_own_page(app, loaded):
    host = "http://localhost"
    for referrer in (
        f"{host}{PAGE}?source=street",
        f"{host}{PAGE}?source=street",
        f"{host}{PAGE}",
        f"{host}/en/keep-the-ban/?source=street",
        "http://elsewhere.example/en/keep-the-ban/lithuania/?source=street",
        f"{host}{PAGE}?source=%3Cb%3E",
        f"{host}{PAGE}?source=" + "a" * 33,
    ):
        assert ask(app, referrer).status_code == 200
    assert counted(app, loaded) == {"street": 2, "": 5}
    ask(app)
    assert counted(app, loaded) == {"street": 2, "": 6}


@pytest.mark.parametrize(
    "headers",
    [
        {"agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
        {"agent": "WhatsApp preview"},
        {"agent": "curl/8.5.0"},
        {"Sec-Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
    ],
)
def test_robots_and_pages_fetched_ahead_are_not_counted(app, loaded, headers):
    assert ask(app, **headers).status_code == 200
    assert counted(app, loaded) == {}


def test_what_was_written_is_not_written_again(app, loaded):
    ask(app)
    opened = opening.of(app)
    assert opened.write() == 1
    assert opened.write() == 0


def test_there_is_no_picture_for_a_state_that_is_not_there(app):
    assert app.test_client().get("/en/keep-the-ban/nowhere/opened.gif").status_code == 404

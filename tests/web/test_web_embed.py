"""A form and a count that other sites hold in their pages: where they may, and that nobody leaves the frame unseen."""

import re

import holders
import pytest
from conftest import client_of
from databases import joined
from holders import PARTNER
from organisers import Organiser
from page import Page, visit
from person import STATE, Person, refused
from sqlalchemy import select

from campaign.models.supporter import SignatureRow
from campaign.queries import opening as openings
from campaign.services.note import newest
from campaign.web import opening, static
from campaign.web.organise.embeds import snippet
from campaign.web.outward import outward

FORM, COUNT = STATE + "embed/", "/en/keep-the-ban/embed/"
FRAMED = (COUNT, FORM, FORM + "sent/", FORM + "logged/")
SETTINGS = "/organise/campaigns/embeds/"


@pytest.fixture
def loaded(databases):
    """The bundled campaign on SQLite: which database it is matters to nothing here."""
    with joined(databases.shared("sqlite", "loaded")) as parts:
        yield parts


@pytest.fixture
def allowed(loaded):
    """Two sites may hold the form."""
    holders.allow(loaded, PARTNER, "http://127.0.0.1:8230")
    return client_of(loaded)


@pytest.fixture
def guest(loaded, allowed) -> Person:
    """Somebody who signs in the frame."""
    return Person(loaded, allowed, path=FORM)


def ancestors(answer) -> str:
    """Who may hold an answer, as its policy says."""
    return re.search(r"frame-ancestors ([^;]+)", answer.headers["Content-Security-Policy"])[1]


def test_only_pages_made_for_frames_may_stand_in_one_and_only_on_sites_of_the_campaign(allowed):
    for path in FRAMED:
        answer = allowed.get(path)
        assert answer.status_code == 200
        assert ancestors(answer) == f"{PARTNER} http://127.0.0.1:8230"
        assert answer.headers["Cache-Control"] == "public, max-age=60"
        again = allowed.get(path, headers={"If-None-Match": answer.headers["ETag"]})
        assert (again.status_code, ancestors(again)) == (304, ancestors(answer))
    for path in ("/en/keep-the-ban/", STATE, STATE + "sent/", "/en/keep-the-ban/code/", "/en/confirm/abc/", "/nowhere"):
        assert ancestors(allowed.get(path)) == "'none'"
    rest = {
        re.sub(r"frame-ancestors [^;]+", "", one.headers["Content-Security-Policy"])
        for one in map(allowed.get, (STATE, FORM))
    }
    assert len(rest) == 1


def test_without_allowed_sites_nobody_may(loaded):
    client = client_of(loaded)
    assert {ancestors(client.get(path)) for path in FRAMED} == {"'none'"}


def test_what_is_not_there_is_not_there_in_a_frame_either(allowed):
    for path in ("/en/nowhere/embed/", "/en/keep-the-ban/nowhere/embed/", "/xx/keep-the-ban/embed/", FORM + "code/"):
        visit(allowed, path, 404)
    assert allowed.post(COUNT).status_code == 404


def test_a_page_that_is_kept_follows_the_list_of_sites(loaded, allowed):
    allowed.get(FORM)
    holders.allow(loaded, PARTNER)
    assert ancestors(allowed.get(FORM)) == PARTNER


def test_signing_in_the_frame_ends_in_the_frame_and_confirming_does_not(guest, allowed, loaded):
    answer = allowed.post(FORM, data=guest.filled(), headers={"Sec-Fetch-Site": "same-origin"})
    assert (answer.status_code, answer.headers["Location"]) == (303, FORM + "sent/")
    link = guest.link()
    page = allowed.get(link)
    assert (page.status_code, ancestors(page)) == (200, "'none'")
    with loaded.reading() as session:
        assert session.scalars(select(SignatureRow.source)).all() == ["embed"]


def test_a_press_that_comes_from_the_page_around_is_refused(guest, allowed):
    refusal = allowed.post(FORM, data=guest.filled(), headers={"Sec-Fetch-Site": "cross-site", "Origin": PARTNER})
    assert (refusal.status_code, ancestors(refusal)) == (403, "'none'")


@pytest.mark.parametrize(
    ("query", "referrer", "source"),
    [("?source=street", "", "street"), ("", "?source=street", "street"), ("?source=%3Cb%3E", "", "embed")],
)
def test_the_source_is_the_one_that_is_said_or_the_frame(guest, allowed, loaded, query, referrer, source):
    headers = {"Referer": f"http://localhost/lt/keep-the-ban/lithuania/embed/{referrer}"}
    assert allowed.post(FORM + query, data=guest.filled(), headers=headers).status_code == 303
    with loaded.reading() as session:
        assert session.scalars(select(SignatureRow.source)).all() == [source]


def test_openings_in_frames_are_counted_under_their_source(allowed, loaded):
    agent = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}
    for page in (FORM, FORM + "?source=street", STATE):
        allowed.get(STATE + "opened.gif", headers=agent | {"Referer": f"http://localhost{page}"})
    opening.of(allowed.application).write()
    with loaded.reading() as session:
        found = openings.by_source(session, loaded.editions.current("keep-the-ban").campaign_id)
    assert found == {"embed": 1, "street": 1, "": 1}


def test_preview_paper_and_what_is_wrong_come_back_within_the_frame(guest):
    page = Page(guest.post(do="preview"))
    assert page.form("sign").action is None
    assert ancestors(page.answer) == ancestors(refused(guest.post(name="")).answer) != "'none'"
    paper = guest.post(do="pdf")
    assert paper.headers["Content-Disposition"].startswith("attachment")
    noted = guest.post(do="sent-mail")
    assert noted.headers["Location"] == FORM + "logged/"
    assert "alt" in Page(guest.post(text_version="x"), 409).html


def test_whatever_leads_out_of_the_frame_opens_beside_it(guest, allowed):
    answers = [*map(allowed.get, FRAMED), guest.post(do="preview"), guest.post(name="")]
    out = 0
    for page in (Page(one, one.status_code) for one in answers):
        assert page.all("nav") != []
        assert [one.get("name") for one in page.all("meta") if one.get("content") == "noindex, nofollow"] == ["robots"]
        for one in (*page.all("a"), *page.all("form")):
            address = one.get("href") or one.get("action") or "#"
            is_inside = address.startswith(("#", "mailto:")) or "/embed/" in address
            assert one.get("target") == (None if is_inside else "_blank"), address
            assert one.get("rel") == ("noopener" if one.get("href") and not is_inside else None), address
            out += not is_inside
    assert out > 10


def test_languages_stay_within_the_frame(allowed):
    page = visit(allowed, FORM)
    languages = [one.get("href") for one in page.all("a") if one.get("hreflang")]
    assert "/lt/keep-the-ban/lithuania/embed/" in languages
    assert {one.split("/", 2)[2] for one in languages} == {FORM.split("/", 2)[2]}
    assert 'formaction="/lt/keep-the-ban/lithuania/embed/"' in page.html


def test_links_are_told_apart_by_where_they_lead():
    inside = (
        '<a href="#x">',
        '<a class="b" href="/lt/one/two/embed/sent/">',
        '<form action="/lt/one/embed/">',
        '<a id="x">',
    )
    for tag in inside:
        assert outward(tag) == tag
    outside = (
        "/",
        "/en/embed/",
        "/en/one/two/",
        "https://a.example/en/one/embed/",
        "//a.example/en/one/embed/",
        "/en/embed/faq/",
    )
    for address in outside:
        assert outward(f'<a href="{address}">') == f'<a href="{address}" target="_blank" rel="noopener">'


def test_the_script_for_other_pages_keeps_its_address_and_is_small(allowed):
    answer = allowed.get("/embed.js")
    assert (answer.status_code, answer.mimetype) == (200, "text/javascript")
    assert answer.headers["Cache-Control"] == "public, max-age=3600"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert allowed.get("/embed.js", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    inside = (static.FOLDER / "embed-inside.js").read_text()
    for said, most in ((answer.get_data(as_text=True), 1536), (inside, 1024)):
        assert len(said.encode()) <= most
        assert re.findall(r"fetch|XMLHttpRequest|sendBeacon|WebSocket|import|eval|innerHTML|https?:|cookie", said) == []


def test_organisers_say_which_sites_may_and_copy_the_lines(loaded):
    organiser = Organiser(loaded).accept("campaigner")
    assert SETTINGS in organiser.page("/organise/campaigns/settings/").html
    typed = f" {PARTNER}/ \n\nhttps://WWW.partner.example"
    done = organiser.press(SETTINGS, embeds=typed, reason="they asked")
    assert done.headers["Location"] == SETTINGS + "?said=set"
    assert loaded.editions.current("keep-the-ban").cause.embeds == (PARTNER, "https://www.partner.example")
    assert next((one.what, one.reason) for one in newest(loaded)) == ("campaign.embeds", "they asked")
    page = organiser.page(SETTINGS + "?said=set&state=latvia&language=lv")
    assert page.form("embed-sites").fields["embeds"].split() == [PARTNER, "https://www.partner.example"]
    lines = snippet("http://127.0.0.1:8000", loaded.editions.current("keep-the-ban"), "latvia", "lv")
    assert page.by_id("snippet").text.strip() == lines
    assert 'src="http://127.0.0.1:8000/lv/keep-the-ban/latvia/embed/"' in lines
    assert 'src="http://127.0.0.1:8000/embed.js"' in lines
    assert "/en/keep-the-ban/embed/" in organiser.page(SETTINGS + "?state=&language=xx").html
    for wrong, said in (("https://a.example/x", "Check “https://a.example/x”"), (f"{PARTNER}\n{PARTNER}", "twice")):
        refusal = Page(organiser.press(SETTINGS, embeds=wrong, reason="no"), 422)
        assert said in refusal.problems["embeds"]
        assert refusal.form("embed-sites").fields["embeds"].split() == wrong.split()
    assert Page(organiser.press(SETTINGS, embeds=PARTNER, reason=""), 422).problems.keys() == {"reason"}

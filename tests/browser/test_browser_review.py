"""Whoever reads paragraphs and whoever is asked for fewer words can use their pages: axe, sideways scroll, keyboard."""

import threading

import held
import people
import pytest
from axe_playwright_python.sync_playwright import Axe
from databases import real_parts, settings_for
from organisers import Organiser
from sites import build
from werkzeug.serving import make_server

from campaign.services import judge, trim, wordlist

AXE = Axe().axe_script
OPEN = "document.querySelectorAll('details').forEach(one => { one.open = true })"
TABLET = {"width": 768, "height": 1024}
PHONE = {"width": 320, "height": 640}


@pytest.fixture
def site(databases, tmp_path):
    """The site on a database of its own, served by a thread: its parts, its address, and an organiser's cookie."""
    address = databases.copy("sqlite", "loaded")
    with real_parts(settings_for(address, tmp_path)) as parts:
        server = make_server("127.0.0.1", 0, build(parts), threaded=True)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        organiser = Organiser(parts).accept("owner")
        yield parts, f"http://127.0.0.1:{server.server_port}", organiser
        server.shutdown()
        thread.join()
    databases.drop(address)


def _check(page, name: str) -> None:
    page.evaluate(AXE)
    found = page.evaluate("axe.run().then(answer => answer.violations.map(one => [one.id, one.nodes[0].html]))")
    assert found == [], name
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), name


def test_organisers_pages_can_be_used_on_a_tablet(browser, site):
    parts, base, organiser = site
    edition = parts.editions.current(people.CAMPAIGN)
    wordlist.add(parts, edition, "somebody", "lt", "threat", "žudyti")
    wordlist.add(parts, edition, "somebody", "en", "word", "bloody fool\nidiot")
    long = "Žudyti! You bloody fool. " + "I grew up near a minefield. " * 20 + "x" * 200
    held.held(parts, paragraph=long)
    signature_id = held.held(parts, email="kari@example.org", name="Kari Nordmann")
    cookie = organiser.client.get_cookie("campaign-organiser")
    with browser.new_context(viewport=TABLET) as context:
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": base}])
        page = context.new_page()
        for path in ("review/", "review/words/", "signatures/", f"signatures/{signature_id}/", "people/"):
            page.goto(f"{base}/organise/{path}")
            assert "/login/" not in page.url
            page.evaluate(OPEN)
            _check(page, path)
        page.goto(f"{base}/organise/review/")
        page.get_by_label("Let it leave as it is: Kari Nordmann").check()
        page.get_by_role("button", name="Let what is ticked leave").press("Enter")
        assert "What you ticked is on its way." in page.content()
    assert held.row(parts, signature_id).review == "approved"


def test_who_is_asked_reads_both_letters_on_a_phone_and_presses(browser, site):
    parts, base, _ = site
    signature_id = held.held(parts)
    judge.ask_to_trim(parts, "somebody", signature_id, held.SHORTER)
    ends = parts.keys.token("trim", signature_id, 0, _ends(parts, signature_id))
    with browser.new_context(viewport=PHONE) as context:
        page = context.new_page()
        page.goto(f"{base}/en/trim/{ends}/")
        page.evaluate(OPEN)
        _check(page, "trim")
        page.get_by_role("button", name="Yes, send it in these words").press("Enter")
        assert page.locator("h1").inner_text() == "It leaves in these words"
        _check(page, "trimmed")
    assert held.row(parts, signature_id).review == "trimmed"


def _ends(parts, signature_id):
    return trim.ends_at(parts, held.row(parts, signature_id))

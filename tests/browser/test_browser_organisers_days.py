"""The day of an owner, of a viewer and of a privacy officer, in a browser, on the program as it is run."""

import csv
import pathlib

import floods
import held
import pytest
import seats
import visitor
from organisers import PASSWORD

pytestmark = pytest.mark.browser

KARI = "kari@example.org"


@pytest.fixture(scope="module")
def office(databases, tmp_path_factory):
    def fill(parts):
        held.held(parts, email=KARI, name="Kari Nordmann", paragraph="Ask me: +370 612 34567.")
        floods.flood(parts, 24, state="latvia", letters=False)
        floods.flood(parts, 12, state="poland", letters=False)

    with seats.opened(databases.copy("sqlite", "loaded"), tmp_path_factory.mktemp("home"), fill) as office:
        yield office


def test_an_owner_invites_a_viewer_lends_a_key_pauses_the_campaign_and_reads_the_trail(browser, office):
    with seats.taken(browser, office.invite("ona@example.org", "owner")) as page:
        seats.follow(page, "Team")
        page.get_by_label("E-mail address").fill("vera@example.org")
        seats.go(page)
        assert "/organise/invitation/" in page.locator("#invitation-link").inner_text()
        seats.follow(page, "Connections")
        lend_a_key(page, office)
        pause_and_resume(page, office)
        seats.follow(page, "Team")
        seats.follow(page, "Audit trail")
        trail = page.locator("main").inner_text()
        assert "The trail is whole" in trail
        for what in ("organiser.invited", "key.created", "key.revoked", "campaign.pause", "campaign.resume"):
            assert what in trail
        seats.press(page, "Log out")
        page.goto(f"{office.base}/organise/keys/")
        assert "/organise/login/" in page.url


def lend_a_key(page, office):
    """Make a key, which opens, and take it back, after which it opens nothing."""
    page.get_by_label("Name", exact=True).fill("The union's newsletter")
    page.get_by_label("counts – campaigns").press("Space")
    seats.press(page, "Make the key")
    key = page.locator("#key").inner_text()
    campaigns = f"{office.base}/api/osdi/v1/advocacy_campaigns"
    assert visitor.get(campaigns, **{"OSDI-API-Token": key}).status == 200
    seats.press(page, "Take back")
    assert page.get_by_role("status").count() == 1
    assert visitor.get(campaigns, **{"OSDI-API-Token": key}).status == 401


def pause_and_resume(page, office):
    """Pause the campaign, and let it go on; the public page follows each time."""
    public = f"{office.base}/en/keep-the-ban/latvia/"
    for link in ("Words and offices", "Campaigns", "Keep the Ban"):
        seats.follow(page, link)
    page.locator("#pause [name=reason]").fill("a mistake in a letter")
    seats.go(page)
    assert "The campaign is paused." in page.get_by_role("status").inner_text()
    assert "This campaign is paused" in visitor.get(public).text
    page.locator("#resume [name=reason]").fill("the letter is mended")
    seats.go(page)
    assert "The campaign goes on" in page.get_by_role("status").inner_text()
    assert "This campaign is paused" not in visitor.get(public).text


def test_a_viewer_without_scripts_shares_figures_takes_them_away_and_gets_no_further(browser, office, tmp_path):
    with seats.taken(browser, office.invite("vera@example.net", "viewer"), has_scripts=False) as page:
        assert page.locator(".top nav a").all_inner_texts() == ["Figures", "My account", "Counts", "Exports"]
        page.get_by_label("State", exact=True).first.select_option("LV")
        seats.press(page, "Show")
        assert "state=LV" in page.url
        assert figures(page)["All time"] == "24"
        with seats.taken(browser, office.invite("egle@example.net", "viewer")) as other:
            other.goto(page.url)
            assert figures(other) == figures(page)
        with page.expect_download() as download:
            page.get_by_role("button", name="CSV").press("Enter")
        download.value.save_as(tmp_path / "counts.csv")
        rows = read(tmp_path / "counts.csv")
        assert [row["state"] for row in rows] == ["LV"]
        assert rows[0]["confirmed"] == "24"
        for path in ("review/", "people/", "organisers/", "words/", "batches/"):
            assert page.goto(f"{office.base}/organise/{path}").status == 403


def figures(page):
    """The five figures by their names."""
    names = page.locator(".figures dt").all_inner_texts()
    return dict(zip(names, page.locator(".figures dd").all_inner_texts(), strict=True))


def read(path: pathlib.Path):
    """The rows of a CSV file by the names in its header."""
    return list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))


def test_a_privacy_officer_takes_people_with_a_reason_and_a_password_and_finds_a_mailbox(browser, office, tmp_path):
    with seats.taken(browser, office.invite("pia@example.org", "privacy")) as page:
        office.let_time_pass()
        seats.follow(page, "Exports")
        seats.follow(page, "Signatures with names")
        seats.follow(page, "Enter your password to change this")
        seats.password_again(page)
        seats.follow(page, "Signatures with names")
        page.get_by_label("State").select_option("LT")
        page.get_by_label("Why you need it").fill("somebody asked for what is kept of them")
        seats.go(page)
        seats.comes(page, "Kept until")
        with page.expect_download() as download:
            page.get_by_role("button", name="Download").press("Enter")
        download.value.save_as(tmp_path / "people.csv")
        assert [row["email"] for row in read(tmp_path / "people.csv")] == [KARI]
        seats.follow(page, "Who asks for access")
        page.get_by_label("Their e-mail address").fill(KARI)
        page.get_by_label("Why you look").fill("they asked, and showed that the mailbox is theirs")
        seats.go(page)
        assert "Kari Nordmann" in page.locator("main").inner_text()
        assert KARI not in page.url
        seats.follow(page, "Team")
        trail = page.locator("main").inner_text()
        assert "people.look-up" in trail
        assert "export.people" in trail
        assert KARI not in trail
        assert PASSWORD not in trail

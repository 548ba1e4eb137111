"""Several campaigns on one site: each has its own pages, languages, mails and counts."""

import people
import pytest
import second
from page import Page
from sites import build

from campaign.services.count import public, stats

ADDRESSES = ("", "latvia/", "evidence/", "faq/", "interventions/", "timeline/", "answers/", "code/", "latvia/sent/")


@pytest.fixture
def both(loaded):
    """Parts with two campaigns."""
    second.loaded_too(loaded)
    return loaded


@pytest.fixture
def client(both):
    """A browser."""
    return build(both).test_client()


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_of_the_second_is_its_own(client, address):
    page = Page(client.get(f"/en/small/{address}"))
    assert "A small cause" in page.html
    assert "keep-the-ban" not in page.html.replace("/en/keep-the-ban/", "", 1 if address == "" else 0)


def test_a_campaign_has_no_page_in_a_language_it_is_not_written_in(client):
    assert client.get("/nb/small/").status_code == 200
    assert client.get("/et/small/").status_code == 404
    assert client.get("/et/small/latvia/").status_code == 404
    page = Page(client.get("/en/small/"))
    assert 'hreflang="nb"' in page.html
    assert 'hreflang="et"' not in page.html


def test_the_root_leads_to_the_first_that_is_open(client):
    answer = client.get("/", headers={"Accept-Language": "lv"})
    assert answer.headers["Location"] == "/lv/keep-the-ban/"
    assert "Accept-Language" in answer.headers["Vary"]


def test_where_there_are_several_they_are_listed_and_name_each_other(client):
    page = Page(client.get("/en/"))
    assert 'href="/en/keep-the-ban/"' in page.html
    assert 'href="/en/small/"' in page.html
    assert client.get("/et/").headers["Location"] == "/et/keep-the-ban/"  # the other is not written in Estonian
    assert "Other campaigns here" in Page(client.get("/en/keep-the-ban/")).html


def test_where_there_is_one_it_is_not_listed(loaded):
    client = build(loaded).test_client()
    assert client.get("/en/").headers["Location"] == "/en/keep-the-ban/"
    assert "Other campaigns here" not in Page(client.get("/en/keep-the-ban/")).html


def test_pages_of_the_whole_site_stand_above_both(client):
    assert "Privacy" in Page(client.get("/en/privacy/")).html
    assert client.get("/en/accessibility/").status_code == 200


def test_one_mailbox_signs_both_and_confirms_each_apart(both, client):
    people.confirmed(both)
    second.sign(both)
    people.work(both)
    asked = [one for one in people.mails(both) if "/confirm/" in one.text]
    assert [one.from_name for one in asked] == [both.editions.current("keep-the-ban").cause.name["en"], "A small cause"]
    assert "/en/small/code/" in asked[1].text
    assert "keep-the-ban" not in asked[1].text
    page = Page(client.get(f"/en/confirm/{people.token(asked[1])}/"))
    assert "A small cause" in page.html
    assert "Latvia" in page.html
    assert "Lithuania" not in page.html
    assert stats(both, both.editions.current("small"))["pending"] == 1
    assert people.press(both, asked[1]) == 1
    done = Page(client.get(f"/en/confirm/{people.token(asked[1])}/"))
    assert "/en/keep-the-ban/" not in done.html
    for slug in ("keep-the-ban", "small"):
        counts = public(both, both.editions.current(slug))
        assert counts.total == 1
        assert client.get(f"/api/v1/campaigns/{slug}/counts").get_json()["confirmed"] == 1


def test_every_link_of_a_mail_leads_to_a_page_of_its_campaign(both, client):
    second.confirmed(both)
    people.work(both)
    receipt = people.mails(both)[-1]
    for purpose in ("withdraw", "unsubscribe"):
        page = Page(client.get(f"/en/{purpose}/{people.token(receipt, purpose)}/"))
        assert "A small cause" in page.html
    assert client.get(f"/et/withdraw/{people.token(receipt, 'withdraw')}/").status_code == 404


def test_a_link_that_opens_nothing_still_has_a_frame(client):
    answer = client.get("/en/confirm/nothing/")
    assert answer.status_code == 404
    assert "/en/keep-the-ban/" in answer.get_data(as_text=True)

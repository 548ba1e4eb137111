"""The local mailbox: there while mails stay on this machine, and nowhere else."""

import dataclasses

import pytest
from conftest import client_of
from mails import confirmation, digest, go, letter
from page import visit

from campaign.outside.mail.outbox import OutboxMailer


@pytest.fixture
def kept(loaded, tmp_path):
    """Parts whose home holds an outbox of its own."""
    return dataclasses.replace(loaded, settings=dataclasses.replace(loaded.settings, home=tmp_path))


def test_an_empty_mailbox_says_so(kept):
    assert "No mail yet" in visit(client_of(kept), "/mailbox/").text


def test_a_mail_is_listed_and_opened_with_its_links_to_press(kept, tmp_path):
    OutboxMailer(tmp_path).hand_over(confirmation(), go)
    client = client_of(kept)
    page = visit(client, "/mailbox/")
    assert "Vennligst bekreft underskriften din" in page.text
    (path,) = [one for one in page.links if one.startswith("/mailbox/")]
    mail = visit(client, path)
    assert "http://127.0.0.1:8000/nb/confirm/abc/" in mail.links
    assert mail.heading == "Vennligst bekreft underskriften din"


def test_what_a_supporter_wrote_is_only_text_in_the_mailbox(kept, tmp_path):
    typed = '<script>alert(1)</script> "><img src=x onerror=alert(1)> http://x.example/"><svg>'
    OutboxMailer(tmp_path).hand_over(letter(text=typed), go)
    client = client_of(kept)
    (path,) = [one for one in visit(client, "/mailbox/").links if one.startswith("/mailbox/")]
    page = visit(client, path)
    assert typed in page.text
    assert "http://x.example/" in page.links


def test_files_that_came_with_a_mail_are_named(kept, tmp_path):
    OutboxMailer(tmp_path).hand_over(digest(), go)
    client = client_of(kept)
    page = visit(client, "/mailbox/")
    assert "letters-lt.pdf, letters-lt.csv" in page.text
    (path,) = [one for one in page.links if one.startswith("/mailbox/")]
    mail = visit(client, path)
    assert "letters-lt.pdf, letters-lt.csv" in mail.text
    assert "please return." in mail.text


@pytest.mark.parametrize("name", ["nothing.eml", "..", "../../secret.key", "%2e%2e%2fsecret.key", "x", ".eml"])
def test_only_mails_can_be_opened(kept, name):
    assert client_of(kept).get(f"/mailbox/{name}/").status_code == 404


@pytest.mark.parametrize("changed", [{"delivery": "live"}, {"base_url": "https://letters.example"}])
def test_a_site_that_really_mails_or_is_public_has_no_mailbox(kept, changed):
    parts = dataclasses.replace(kept, settings=dataclasses.replace(kept.settings, **changed))
    client = client_of(parts)
    base_url = parts.settings.base_url
    assert client.get("/mailbox/", base_url=base_url).status_code == 404
    sent = client.get("/en/keep-the-ban/latvia/sent/", base_url=base_url)
    assert "/mailbox/" not in sent.get_data(as_text=True)


def test_the_page_after_signing_leads_to_it(kept):
    assert "/mailbox/" in visit(client_of(kept), "/en/keep-the-ban/latvia/sent/").links

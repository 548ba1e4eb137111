"""Webhooks on the organisers' side: put up, tried, rested, ended; and addresses that may not be called."""

import dataclasses
import re

import pytest
from organisers import Organiser
from page import Page, text_of

from campaign.domain.webhook import ALARM_AFTER
from campaign.outside.dns import FakeResolver
from campaign.queries.webhook import everyone
from campaign.services import subscribe
from campaign.services.call import call
from campaign.services.note import newest

HOST = "hooks.example.org"
PUBLIC = {HOST: [("93.184.215.14",)]}
# What B118 asks for, and what else leads inside.
REFUSED = (
    "http://169.254.169.254/", "http://[::ffff:7f00:1]/", "http://0x7f000001/", "file:///etc/passwd", "gopher://x.org/",
    "https://hooks.example.org:6379/", "http://hooks.example.org/", "https://localhost/", "https://127.1/",
    "https://localhost.evil.example/", "https://mixed.example.org/", "https://six.example.org/", "https://no.example.org/",
    "https://broken.example.org/", "https://hooks.example.org./", "https://①②⑦.⓪.⓪.①/", "",
)  # fmt: skip
HOSTS = PUBLIC | {
    "localhost.evil.example": [("127.0.0.1",)],
    "mixed.example.org": [("93.184.215.14", "10.0.0.1")],
    "six.example.org": [("::ffff:127.0.0.1",)],
    "broken.example.org": [None],
}


@pytest.fixture
def owner(loaded):
    return Organiser(dataclasses.replace(loaded, resolver=FakeResolver(hosts=HOSTS))).accept("owner")


def _add(owner, url=f"https://{HOST}/in", **fields):
    ticks = fields or {"event-signature.confirmed": "on"}
    return owner.press("/organise/webhooks/", **{"url": url, **ticks})


def test_an_owner_puts_up_a_webhook_tries_it_and_sees_its_answer(owner):
    made = Page(_add(owner))
    secret = text_of(made.by_id("secret"))
    assert secret.startswith("whsec_")
    listed = owner.client.get("/organise/webhooks/").get_data(as_text=True)
    assert secret not in listed
    [path] = set(re.findall(r'href="(/organise/webhooks/[0-9a-f]{32}/)"', listed))
    assert owner.press(path, do="try").headers["Location"] == f"{path}?said=try"
    assert call(owner.parts) == 0.0
    [(url, _, body)] = owner.parts.poster.posted
    assert url == f"https://{HOST}/in"
    assert b'"type":"test"' in body
    shown = owner.page(f"{path}?said=try")
    assert "200" in shown.text
    assert [one.what for one in newest(owner.parts)][:2] == ["webhook.test", "webhook.add"]


@pytest.mark.parametrize("url", REFUSED)
def test_an_address_that_leads_inside_is_refused_when_it_is_saved(owner, url):
    answer = _add(owner, url)
    assert answer.status_code == 422
    assert Page(answer, 422)
    assert subscribe.everyone(owner.parts) == ()


def test_nothing_ticked_is_refused(owner):
    assert _add(owner, **{"event-none": "on"}).status_code == 422


def test_a_webhook_is_rested_called_again_and_ended(owner):
    _add(owner)
    listed = owner.client.get("/organise/webhooks/").get_data(as_text=True)
    path = re.search(r'href="(/organise/webhooks/[0-9a-f]{32}/)"', listed)[1]
    for do, words in (("pause", "Rests until"), ("resume", "On."), ("end", "Ended.")):
        assert owner.press(path, do=do).status_code == 303
        assert words in owner.page(f"{path}?said={do}").text
    assert owner.press(path, do="try").status_code == 404
    assert owner.press(path, do="else").status_code == 404
    assert owner.client.get("/organise/webhooks/0/").status_code == 404


def test_the_first_page_tells_of_a_webhook_that_has_not_answered_for_long(owner):
    _add(owner)
    assert "webhook has not answered" not in owner.page("/organise/").text
    with owner.parts.writing() as session:
        [(hook, _)] = everyone(session)
        hook.failures = ALARM_AFTER
        session.commit()
    assert "1 webhook has not answered for a long time" in owner.page("/organise/").text

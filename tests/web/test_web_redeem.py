"""Those who fear links type the code from the mail; whoever guesses hears the same words, whatever they guessed."""

import datetime as dt
import re

import pytest
from page import Page, visit
from person import Person, refused, rows

from campaign.outside.words import LANGUAGES

CODE = "/en/keep-the-ban/code/"
SENTENCE = "This code does not fit this address, or it has been used or replaced. Look at the newest mail."


def code_in(message):
    """The code of a mail, on a line of its own."""
    return re.search(r"^([2-9B-Z]{3} [2-9B-Z]{3})$", message.text, re.MULTILINE).group(1)


def typed(client, email, code, path=CODE):
    return client.post(path, data={"email": email, "mail_code": code})


def field(page, token):
    """The one field with an autocomplete token."""
    (found,) = [one for one in page.all("input") if one.get("autocomplete") == token]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_after_signing_and_a_page_of_its_own_ask_for_it(client, language):
    for path in (f"/{language}/keep-the-ban/latvia/sent/", f"/{language}/keep-the-ban/code/"):
        page = visit(client, path)
        form = page.form("code")
        assert (form.method, form.action) == ("post", f"/{language}/keep-the-ban/code/")
        assert form.required == {"email", "mail_code"}
        assert set(form.fields.values()) == {""}
        assert field(page, "email").get("type") == "email"
        code = field(page, "one-time-code")
        assert (code.get("inputmode"), code.get("class")) == ("text", "code")


def test_the_mail_names_the_page_in_words_and_the_code_on_its_own_line(ona):
    ona.sign()
    mail = ona.mail()
    code = code_in(mail)
    assert f"http://127.0.0.1:8000{CODE}" in mail.text
    assert mail.text.index("/confirm/") < mail.text.index(code) < mail.text.index("/withdraw/")
    assert mail.html.count(code) == 1
    assert mail.html.count('class="press"') == 1
    assert f'href="http://127.0.0.1:8000{CODE}' not in mail.html


def test_a_code_leads_to_the_page_of_the_link_where_the_press_follows(ona, loaded):
    ona.sign()
    mail = ona.mail()
    before = rows(loaded)
    form = visit(ona.client, ona.path + "sent/").form("code")
    answer = ona.client.post(form.action, data=form.filled(email="ona@example.org", mail_code=code_in(mail).lower()))
    assert (answer.status_code, answer.headers["Location"]) == (303, ona.link())
    assert answer.headers["Cache-Control"] == "no-store"
    assert rows(loaded) == before
    assert ona.press(answer.headers["Location"]).status_code == 303


def test_the_page_speaks_the_language_it_was_typed_in(ona):
    ona.sign()
    mail = ona.mail()
    answer = typed(ona.client, "ona@example.org", code_in(mail), "/fi/keep-the-ban/code/")
    assert answer.headers["Location"].startswith("/fi/confirm/")
    assert visit(ona.client, answer.headers["Location"]).all("html")[0].get("lang") == "fi"


def test_every_no_is_the_same_page_with_the_address_kept_and_not_the_code(ona, loaded):
    """R4: wrong, used, replaced, expired, unknown, malformed, missing."""
    ona.sign()
    first = code_in(ona.mail())
    kari = Person(loaded, ona.client, email="kari@example.org")
    kari.sign()
    used = code_in(kari.mail())
    kari.press(kari.link())
    loaded.clock.move(dt.timedelta(hours=1))
    ona.path = "/en/keep-the-ban/latvia/"
    ona.sign()
    ona.mail()
    answers = [
        typed(ona.client, "ona@example.org", "222 222"),
        typed(ona.client, "ona@example.org", first),
        typed(ona.client, "kari@example.org", used),
        typed(ona.client, "nobody@example.org", used),
        typed(ona.client, "ona@example.org", ""),
        typed(ona.client, "ona@example.org", "7" * 21),
        typed(ona.client, "<b>", "222 222"),
        typed(ona.client, "", "222 222"),
        ona.client.post(CODE, data={"email": "ona@example.org"}),
    ]
    seen = set()
    for answer in answers:
        page = refused(answer)
        assert page.problems == {"mail_code": SENTENCE}
        assert page.form("code").fields["mail_code"] == ""
        seen.add(re.sub(r'value="[^"]*"', "", page.html))
        assert answer.headers["Cache-Control"] == "no-store"
    assert len(seen) == 1
    assert Page(answers[3], 422).form("code").fields["email"] == "nobody@example.org"


def test_a_code_is_for_one_campaign_and_no_other_address_opens_the_page(client):
    visit(client, "/en/another-campaign/code/", 404)
    assert typed(client, "ona@example.org", "222 222", "/en/another-campaign/code/").status_code == 404
    assert client.put(CODE).status_code == 405


def test_another_site_cannot_type_a_code_for_a_visitor(client):
    answer = client.post(CODE, data={"email": "a@example.org"}, headers={"Origin": "https://elsewhere.example"})
    assert answer.status_code == 403

"""One's own page: who may open it, what it never tells, and what a press on it does."""

import datetime as dt
import json

import pytest
from page import Page, visit
from person import Person, link_in, rows

from campaign.domain import schedule
from campaign.outside.words import LANGUAGES

ASK = "/en/keep-the-ban/yours/"
SENT = ASK + "sent/"


def _ask(person: Person, email: str = "", **given):
    return person.client.post(ASK, data={"email": email or person.email}, **given)


def _own(person: Person) -> str:
    """Ask for the link; its path."""
    _ask(person)
    return link_in(person.mail(), "yours")


def _mails(parts) -> int:
    return len(parts.mailer.accepted)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_foot_of_every_page_leads_to_a_form_with_one_field(client, language):
    path = f"/{language}/keep-the-ban/yours/"
    assert f'href="{path}"' in visit(client, f"/{language}/keep-the-ban/").html
    page = visit(client, path)
    form = page.form("yours")
    assert (form.method, form.action, form.required, set(form.fields)) == ("post", path, {"email"}, {"email"})
    assert page.by_id("email").get("autocomplete") == "email"
    assert visit(client, f"{path}sent/").html == visit(client, f"{path}sent/").html


def test_the_answer_is_the_same_for_every_address_and_a_mail_goes_only_to_who_signed(ona, loaded):
    """R4."""
    ona.confirm()
    ona.mail()
    before = _mails(loaded)
    known, unknown = _ask(ona), _ask(ona, "nobody@example.org")
    assert (known.status_code, known.headers["Location"]) == (303, SENT)
    differing = ("X-Request-ID",)
    assert known.data == unknown.data
    assert [one for one in known.headers if one[0] not in differing] == [
        one for one in unknown.headers if one[0] not in differing
    ]
    ona.mail()
    (mail,) = loaded.mailer.accepted[before:]
    assert mail.to_address == "ona@example.org"
    assert "Ona" not in mail.subject + mail.text + mail.html
    assert "for 2 hours:" in " ".join(mail.text.split())
    assert _mailboxes(loaded) == 1


def _mailboxes(parts) -> int:
    return len(rows(parts)["mailbox"])


def test_an_address_that_is_none_comes_back_with_what_was_typed(ona):
    page = Page(_ask(ona, "no address"), 422)
    assert list(page.problems) == ["email"]
    assert page.form("yours").fields["email"] == "no address"


def test_a_few_links_a_day_go_to_a_mailbox_and_none_where_mail_is_unwanted(ona, loaded):
    ona.confirm()
    ona.mail()
    before = _mails(loaded)
    for _ in range(5):
        _ask(ona)
        ona.mail()
    assert _mails(loaded) == before + schedule.YOURS_A_DAY
    loaded.clock.move(dt.timedelta(days=1, minutes=1))
    last = _own(ona)
    page = visit(ona.client, last)
    (way_out,) = [one for one in page.links if "/unsubscribe/" in one]
    ona.press(way_out, "unsubscribe")
    loaded.clock.move(dt.timedelta(days=1, minutes=1))
    before = _mails(loaded)
    assert _ask(ona).headers["Location"] == SENT
    ona.mail()
    assert _mails(loaded) == before


def test_one_network_asks_for_so_many_and_hears_the_same_after_that(ona, loaded):
    ona.confirm()
    ona.mail()
    before = _mails(loaded)
    for number in range(schedule.YOURS_FROM_NETWORK):
        _ask(ona, f"person{number}@example.org")
    assert _ask(ona).headers["Location"] == SENT
    ona.mail()
    assert _mails(loaded) == before
    _ask(ona, environ_base={"REMOTE_ADDR": "203.0.113.9"})
    ona.mail()
    assert _mails(loaded) == before + 1


def test_opening_every_page_of_it_changes_nothing_and_nobody_keeps_it(ona, loaded):
    ona.confirm()
    path = _own(ona)
    (correct,) = [one for one in visit(ona.client, path).links if "/correct/" in one]
    before = rows(loaded)
    ends = ("", "corrected/", "spoken/", "kept/", "data/", "data.json", "erase/", correct.removeprefix(path))
    for one in ends:
        answer = ona.client.get(path + one)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store"), one
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert ona.client.head(path + one).status_code == 200
        if one != "data.json":
            assert 'content="noindex, nofollow"' in Page(answer).html
    assert rows(loaded) == before
    assert ona.client.get(f"{path}language/").status_code == 405


@pytest.mark.parametrize("purpose", ["withdraw", "unsubscribe"])
def test_a_token_of_another_kind_opens_nothing(ona, purpose):
    """B101."""
    ona.confirm()
    other = ona.link(purpose)
    page = visit(ona.client, other.replace(f"/{purpose}/", "/yours/"), 404)
    assert page.form("yours").action == ASK


def test_what_is_cut_off_made_up_or_over_opens_nothing_and_offers_a_new_one(ona, loaded):
    ona.confirm()
    path = _own(ona)
    token = path.split("/")[3]
    swapped = token[:-2] + ("A" if token[-2] != "A" else "B") + token[-1]
    for bad in ("/en/yours/", f"/en/yours/{token[:-4]}/", f"/en/yours/{swapped}/", f"/en/yours/{'A' * 72}/"):
        for end in ("", "data.json", "erase/", "data/") if bad != "/en/yours/" else ("",):
            page = visit(ona.client, bad + end, 404)
            assert page.form("yours").action == ASK
            assert "ona@" not in page.html
    loaded.clock.move(schedule.YOURS_LIFE)
    before = rows(loaded)
    for end in ("", "data.json", "erase/"):
        assert visit(ona.client, path + end, 404).heading == "The time of this link is over"
    assert ona.client.post(f"{path}erase/", data={"do": "erase"}).status_code == 404
    assert ona.client.post(f"{path}language/", data={"language": "nb"}).status_code == 404
    assert rows(loaded) == before


def test_nobody_puts_right_what_another_signed(loaded, client):
    ona = Person(loaded, client)
    kari = Person(loaded, client, name="Kari Normann", email="kari@example.org")
    kari.sign()
    kari.mail()
    theirs = next(one for one in visit(client, _own(kari)).links if "/correct/" in one)
    ona.sign()
    ona.mail()
    own = _own(ona)
    before = rows(loaded)
    path = f"{own}correct/{theirs.rpartition('/correct/')[2]}"
    assert client.get(path).status_code == 404
    assert client.post(path, data={"name": "Win", "shown": "name", "do": "correct"}).status_code == 404
    assert client.get(f"{own}correct/{'0' * 32}/").status_code == 404
    assert rows(loaded) == before


def test_a_pending_letter_put_right_is_confirmed_as_it_was_shown(ona, loaded):
    ona.sign()
    confirm = ona.link()
    stale = visit(ona.client, confirm).form("confirm").fields
    path = _own(ona)
    (correct,) = [one for one in visit(ona.client, path).links if "/correct/" in one]
    form = visit(ona.client, correct).form("correct")
    assert form.fields == {"name": "Ona Nordmann", "city": "", "shown": "name", "short_name": ""}
    before = rows(loaded)
    typed = form.filled(name="Ona Normann", shown="short", short_name="O. N.")
    shown = Page(ona.client.post(correct, data=typed | {"do": "preview"}))
    assert "O. N." in shown.text
    assert shown.form("correct").fields["name"] == "Ona Normann"
    back = Page(ona.client.post(correct, data=shown.form("correct").fields | {"do": "edit"}))
    assert back.form("correct").fields["short_name"] == "O. N."
    forged = ona.client.post(correct, data=shown.form("correct").fields | {"do": "correct", "name": "Somebody Else"})
    assert Page(forged, 409).form("correct").fields["name"] == "Somebody Else"
    assert rows(loaded) == before
    answer = ona.client.post(correct, data=shown.form("correct").fields | {"do": "correct"})
    assert answer.headers["Location"] == f"{path}corrected/"
    assert ona.client.post(confirm, data=stale).status_code == 409  # what that page showed is not what would leave
    assert ona.press(confirm).status_code == 303


def test_the_language_of_mails_is_chosen_there(ona):
    ona.confirm()
    path = _own(ona)
    form = visit(ona.client, path).form("speak")
    assert (form.action, form.fields) == (f"{path}language/", {"language": "en"})
    done = ona.client.post(f"{path}language/", data={"language": "nb"})
    assert done.headers["Location"] == f"{path}spoken/"
    assert ona.client.post(f"{path}language/", data={"language": "xx"}).status_code == 422
    _ask(ona)
    assert ona.mail().language == "nb"


def test_what_was_taken_back_is_told_as_such(ona):
    ona.confirm()
    path = _own(ona)
    page = visit(ona.client, path)
    (back,) = [one for one in page.links if "/withdraw/" in one]
    ona.press(back, "withdraw")
    page = visit(ona.client, path)
    assert "Taken back, and not counted" in page.text
    assert "You took that back on" in page.text
    data = json.loads(ona.client.get(f"{path}data.json").text)
    (signature,) = data["campaigns"][0]["signatures"]
    assert signature["status"] == "withdrawn"
    assert signature["consents"][0]["withdrawn_at"]


def test_whoever_asked_to_be_erased_may_undo_it_on_the_same_page(ona, loaded):
    ona.confirm()
    path = _own(ona)
    for _ in range(2):
        answer = ona.client.post(f"{path}erase/", data={"do": "erase"})
        assert (answer.status_code, answer.headers["Location"]) == (303, f"{path}erase/")
    assert visit(ona.client, f"{path}erase/").heading == "All of it will be erased"
    mail = ona.mail()
    assert "Ona" not in mail.subject + mail.text + mail.html
    fresh = link_in(mail, "yours")
    loaded.clock.move(dt.timedelta(hours=23))
    assert visit(ona.client, path, 404)
    assert ona.client.post(f"{fresh}erase/", data={"do": "undo"}).headers["Location"] == f"{fresh}kept/"
    assert visit(ona.client, f"{fresh}erase/").heading == "Erase all of it?"
    assert ona.client.post(f"{fresh}erase/", data={}).status_code == 303  # no button: nothing is meant
    assert visit(ona.client, f"{fresh}erase/").heading == "Erase all of it?"

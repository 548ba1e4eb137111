"""Taking a signature back, and getting no more mail: two links in every mail, neither of which is the other."""

import datetime as dt

from page import visit
from person import Person, link_in, rows

from campaign.domain import schedule
from campaign.services import count
from campaign.services.deliver import deliver


def _confirmed(parts) -> int:
    return count.public(parts, parts.editions.current("keep-the-ban")).total


def test_every_mail_holds_the_way_back_and_the_way_out(ona, loaded):
    ona.sign()
    asking = ona.mail()
    ona.press(link_in(asking, "confirm"))
    loaded.clock.move(schedule.RECEIPT_WAIT)
    receipt = ona.mail()
    ona.sign()
    loaded.clock.move(dt.timedelta(minutes=1))
    already = ona.mail()
    ona.press(link_in(receipt, "withdraw"), "withdraw")
    taken_back = ona.mail()
    mails = (asking, receipt, already, taken_back)
    assert len({one.message_id for one in mails}) == 4
    for one in mails:
        assert link_in(one, "withdraw").startswith("/en/withdraw/")
        assert one.unsubscribe_url.endswith(link_in(one, "unsubscribe"))


def test_opening_the_way_back_changes_nothing_and_names_nobody(ona, loaded):
    ona.confirm()
    path = ona.link("withdraw")
    before = rows(loaded)
    page = visit(ona.client, path)
    ona.client.head(path)
    ona.client.options(path)
    assert rows(loaded) == before
    assert "Ona" not in page.html
    assert "ona@" not in page.html
    assert page.answer.headers["Cache-Control"] == "no-store"


def test_a_press_takes_the_signature_out_of_the_count_and_stops_its_letters(ona, loaded):
    ona.confirm()
    path = ona.link("withdraw")
    assert _confirmed(loaded) == 1
    answer = ona.press(path, "withdraw")
    assert (answer.status_code, answer.headers["Location"]) == (303, path)
    assert _confirmed(loaded) == 0
    assert visit(ona.client, path).heading == "It is taken back"
    assert deliver(loaded) is None
    assert ona.client.post(path, data={}).status_code == 303


def test_the_page_says_which_letters_can_still_be_stopped(ona, loaded):
    ona.confirm()
    path = ona.link("withdraw")
    deliver(loaded)
    assert "One letter has left." in visit(ona.client, path).text
    ona.press(path, "withdraw")
    assert "One letter had already left" in visit(ona.client, path).text


def test_what_is_not_ticked_stays(loaded, client):
    person = Person(loaded, client)
    person.sign()
    person.path = "/en/keep-the-ban/latvia/"
    person.sign()
    person.press(person.link())
    path = person.link("withdraw")
    ticks = [name for name in visit(client, path).form("withdraw").fields if name.startswith("signature-")]
    person.press(path, "withdraw", **{ticks[0]: None})
    assert _confirmed(loaded) == 1
    assert "Taken back:" in visit(client, path).text


def test_a_pending_signature_can_be_taken_back_as_well(ona):
    ona.sign()
    path = ona.link("withdraw")
    assert "Not confirmed" in visit(ona.client, path).text
    ona.press(path, "withdraw")
    assert "No signature stands behind this link" in visit(ona.client, path).text


def test_opening_the_way_out_changes_nothing(ona, loaded):
    ona.sign()
    path = ona.link("unsubscribe")
    before = rows(loaded)
    assert visit(ona.client, path).heading == "No more mail from us?"
    assert rows(loaded) == before


def test_a_mail_program_gets_its_answer_at_once_and_may_ask_again(ona, loaded):
    """B105, RFC 8058: no cookie, no token in the form, and it takes no signature back."""
    ona.confirm()
    path = ona.link("unsubscribe")
    for _ in range(2):
        answer = ona.client.post(
            path, data="List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
        )
        assert answer.status_code == 200
    assert _confirmed(loaded) == 1
    assert visit(ona.client, path).heading == "We will not write again"


def test_a_mail_program_may_send_its_click_as_multipart(ona):
    ona.sign()
    data = {"List-Unsubscribe": "One-Click"}
    answer = ona.client.post(ona.link("unsubscribe"), data=data, content_type="multipart/form-data")
    assert answer.status_code == 200


def test_a_person_who_presses_is_led_to_the_page(ona):
    ona.sign()
    path = ona.link("unsubscribe")
    answer = ona.press(path, "unsubscribe")
    assert (answer.status_code, answer.headers["Location"]) == (303, path)


def test_after_that_no_mail_comes_whoever_signs_with_the_address(ona):
    ona.sign()
    last = ona.mail()
    ona.press(link_in(last, "unsubscribe"), "unsubscribe")
    ona.path = "/en/keep-the-ban/latvia/"
    ona.sign()
    assert ona.mail() == last

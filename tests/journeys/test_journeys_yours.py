"""A supporter's own page, the whole way: signed, opened by a link, put right, taken along, erased, undone, erased."""

import datetime as dt
import json

import people
from page import Page, visit
from sites import build
from sqlalchemy import text

from campaign.jobs.chores import ASIDE
from campaign.models.tables import personal_columns
from campaign.services import count
from campaign.services.note import SUPPORTER, examine_trail, newest

WHO = "kari@example.org"
ASK = "/en/keep-the-ban/yours/"


class _Kari:
    """Uses the site as a browser does, and reads her mail."""

    def __init__(self, parts):
        self.parts = parts
        self.client = build(parts).test_client(use_cookies=False)

    def link(self) -> str:
        """Ask for the link, and read it in the newest mail."""
        asked = self.client.post(ASK, data=visit(self.client, ASK).form("yours").filled(email=WHO))
        assert (asked.status_code, asked.headers["Location"]) == (303, ASK + "sent/")
        return self.mailed()

    def mailed(self) -> str:
        """The link of the newest mail."""
        people.work(self.parts)
        return f"/en/yours/{people.token(people.mails(self.parts, WHO)[-1], 'yours')}/"

    def press(self, path: str, form: str, **changed) -> str:
        """Press the first button of a page's form; where it leads."""
        page = visit(self.client, path)
        found = page.form(form)
        name, value, _ = found.buttons[0]
        button = {name: value} if name else {}
        answer = self.client.post(found.action or path, data=found.filled(**changed) | button)
        assert answer.status_code == 303, answer.get_data(as_text=True)[:500]
        return answer.headers["Location"]


def _held(parts) -> list[object]:
    """What is left in the columns of a person, of supporters and signatures."""
    found = []
    with parts.reading() as session:
        for table in ("supporter", "signature"):
            for column in personal_columns()[table]:
                found += [one for (one,) in session.execute(text(f"SELECT {column} FROM {table}"))]  # noqa: S608  our own names
    return [one for one in found if one is not None]


def _erase_chore(parts) -> None:
    next(one for one in ASIDE if one.name == "erase").work(parts)


def _confirms_and_reads(kari: _Kari) -> str:
    """Sign, press, ask for the link, read; the link's path."""
    people.confirmed(kari.parts, email=WHO, name="Kari Normann", paragraph="My cousin clears mines.")
    link = kari.link()
    page = visit(kari.client, link)
    assert page.heading == "What we keep of you"
    for told in (WHO, "Kari Normann", "Lithuania", "My cousin clears mines.", "Has left", "Confirmed, and counted"):
        assert told in page.text
    assert "cannot be changed any more" in page.text
    return link


def _puts_a_second_letter_right(kari: _Kari, link: str) -> None:
    people.sign(kari.parts, "latvia", email=WHO, name="Kari Normann")
    (correct,) = [one for one in visit(kari.client, link).links if "/correct/" in one]
    form = visit(kari.client, correct).form("correct")
    refused = Page(kari.client.post(correct, data=form.filled(name="http://x.example") | {"do": "preview"}), 422)
    assert list(refused.problems) == ["name"]
    shown = Page(kari.client.post(correct, data=form.filled(name="Kari Nordmann", city="Vadsø") | {"do": "preview"}))
    assert "Kari Nordmann" in shown.text
    answer = kari.client.post(correct, data=shown.form("correct").fields | {"do": "correct"})
    assert answer.headers["Location"] == f"{link}corrected/"
    page = visit(kari.client, answer.headers["Location"])
    assert "It is put right." in page.text
    assert "Vadsø" in page.text
    kari.parts.clock.move(dt.timedelta(minutes=1))
    people.work(kari.parts)
    asked = [one for one in people.mails(kari.parts, WHO) if "/confirm/" in one.text][-1]
    assert people.press(kari.parts, asked) == 1


def _takes_data_along(kari: _Kari, link: str) -> None:
    data = kari.client.get(f"{link}data.json")
    assert data.headers["Content-Disposition"] == "attachment; filename=keep-the-ban.json"
    told = json.loads(data.text)["campaigns"][0]
    assert told["supporter"]["email"] == WHO
    assert {one["name"] for one in told["signatures"]} == {"Kari Normann", "Kari Nordmann"}
    assert "My cousin clears mines." in told["signatures"][0]["letters"][0]["text"]
    assert "My cousin clears mines." in visit(kari.client, f"{link}data/").text


def _asks_to_be_erased_and_undoes_it(kari: _Kari, link: str) -> str:
    """Nothing leaves meanwhile, and all of it after; the path of the newer link."""
    parts = kari.parts
    before = len(people.letters(parts))
    kari.press(f"{link}erase/", "erase")
    people.work(parts)
    mails = len(people.mails(parts, WHO))
    people.sign(parts, "finland", email=WHO)
    parts.clock.move(dt.timedelta(hours=3))
    people.work(parts)
    assert (len(people.letters(parts)), len(people.mails(parts, WHO))) == (before, mails)
    assert visit(kari.client, link, 404).heading == "The time of this link is over"
    fresh = kari.mailed()
    assert kari.press(f"{fresh}erase/", "erase") == f"{fresh}kept/"
    people.work(parts)
    left = people.letters(parts)[before:]
    assert left
    assert all("Kari Nordmann" in one.text for one in left)
    assert "/confirm/" in people.mails(parts, WHO)[-1].text
    return fresh


def _is_erased_a_day_later(kari: _Kari, link: str) -> None:
    parts, edition = kari.parts, kari.parts.editions.current(people.CAMPAIGN)
    total = count.public(parts, edition).total
    kari.press(f"{link}erase/", "erase")
    parts.clock.move(dt.timedelta(hours=23))
    _erase_chore(parts)
    assert count.public(parts, edition).total == total
    parts.clock.move(dt.timedelta(hours=1))
    _erase_chore(parts)
    _erase_chore(parts)
    assert count.public(parts, edition).total == total - 2
    line = newest(parts)[0]
    assert (line.who, line.what, line.reason) == (SUPPORTER, "people.erase", "")
    assert examine_trail(parts).broken_at == 0
    assert visit(kari.client, link, 404).heading == "This link is not complete"


def test_from_signing_to_being_forgotten(loaded):
    kari = _Kari(loaded)
    link = _confirms_and_reads(kari)
    _puts_a_second_letter_right(kari, link)
    _takes_data_along(kari, link)
    fresh = _asks_to_be_erased_and_undoes_it(kari, link)
    _is_erased_a_day_later(kari, fresh)
    assert _held(loaded) == []
    sent = len(people.mails(loaded, WHO))
    kari.client.post(ASK, data={"email": WHO})
    people.work(loaded)
    assert len(people.mails(loaded, WHO)) == sent

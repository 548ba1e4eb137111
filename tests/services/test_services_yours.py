"""Behind one's own page: what is put right leaves so, what is handed out is all, and who asked to go is let go."""

import datetime as dt

import digests
import people
import pytest
import second
from sqlalchemy import Engine, event, text
from test_services_races import at_once, count, figures

from campaign.domain import schedule
from campaign.domain.signing import MIXED, RawSigning
from campaign.errors import SealError, TextChangedError
from campaign.models.base import Base
from campaign.models.tables import personal_columns
from campaign.services import correct as corrects
from campaign.services import erase as erases
from campaign.services import reach, unsubscribe, yours
from campaign.services import take as takes
from campaign.services.deliver import deliver
from campaign.services.digest import digest, open_digests
from campaign.services.post import post

WHO = "ona@example.org"
SHORT = RawSigning(name="Оna Nordmann", shown="short", short_name="O. N.")  # the first letter is Cyrillic


def token_of(parts, campaign: str = people.CAMPAIGN, email: str = WHO, life: dt.timedelta = schedule.YOURS_LIFE) -> str:
    """The token of a supporter's own page."""
    keys = parts.keys
    with parts.reading() as session:
        asked = text("SELECT id FROM supporter WHERE address_key = :key")
        row_id = session.execute(asked, {"key": keys.address_key(email, campaign)}).scalar_one()
    return keys.token("yours", row_id, 0, parts.clock.now() + life)


def signature_of(parts, token: str) -> str:
    """The one signature that a page shows."""
    (one,) = yours.opened(parts, token, "en").signatures
    return one.id


def test_letters_that_wait_leave_as_they_were_put_right(loaded):
    people.confirmed(loaded)
    token = token_of(loaded)
    signature = signature_of(loaded, token)
    stale = corrects.preview(loaded, token, signature, RawSigning(name="Ona Nord"), "en").digest
    shown = corrects.preview(loaded, token, signature, SHORT, "en")
    with pytest.raises(TextChangedError):
        corrects.correct(loaded, token, signature, SHORT, stale)
    assert corrects.correct(loaded, token, signature, SHORT, shown.digest)
    people.work(loaded)
    letters = people.letters(loaded)
    assert letters
    assert shown.sent.text in [one.text for one in letters]
    assert {one.from_name for one in letters} == {"O. N."}
    with loaded.reading() as session:
        assert MIXED in session.execute(text("SELECT marks FROM signature")).scalar_one()
        statuses = {one for (one,) in session.execute(text("SELECT status FROM delivery"))}
    assert statuses <= {"accepted", "held"}
    assert corrects.preview(loaded, token, signature, SHORT, "en") is None
    assert not corrects.correct(loaded, token, signature, SHORT, shown.digest)


def test_a_letter_in_a_workers_hand_is_not_changed_under_it(loaded):
    people.confirmed(loaded)
    token = token_of(loaded)
    signature = signature_of(loaded, token)
    shown = corrects.preview(loaded, token, signature, SHORT, "en")
    done = []
    deliver(loaded, lambda _: done.append(corrects.correct(loaded, token, signature, SHORT, shown.digest)))
    assert done == [False]
    assert "Ona Nordmann" in people.letters(loaded)[0].text


def test_what_is_handed_out_holds_every_column_of_a_person(loaded):
    people.confirmed(loaded, paragraph="My cousin clears mines.", city="Vadsø")
    given = takes.take(loaded, token_of(loaded))
    told = given["campaigns"][0]
    rows = {"supporter": told["supporter"], "signature": told["signatures"][0], "mailbox": given["mailbox"]}
    for table in takes.OF_SUPPORTERS:
        wanted = {one.removesuffix("_sealed") for one in personal_columns()[table]}
        assert wanted <= rows[table].keys()
    assert rows["signature"]["paragraph"] == "My cousin clears mines."
    assert rows["signature"]["postal_address"] == "Storgata 1\n0155 Oslo"


def test_every_table_with_a_column_of_a_person_is_said_to_be_of_supporters_or_not():
    assert personal_columns().keys() == {*takes.OF_SUPPORTERS, *takes.OF_OTHERS}
    assert {one.name for one in Base.metadata.tables["mailbox"].columns} > {"key"}


def test_a_paragraph_that_was_deleted_is_not_shown_as_if_it_had_left_without(loaded):
    people.confirmed(loaded, paragraph="My cousin clears mines.")
    people.work(loaded)
    token = token_of(loaded)
    (before,) = yours.opened(loaded, token, "en").signatures
    assert all(one.letter is not None for one in before.texts)
    with loaded.writing() as session:
        session.execute(text("UPDATE signature SET paragraph_sealed = NULL"))
        session.commit()
    (after,) = yours.opened(loaded, token, "en").signatures
    assert [one.letter for one in after.texts] == [None]
    assert takes.take(loaded, token)["campaigns"][0]["signatures"][0]["letters"][0]["text"] is None


def test_a_letter_in_hand_when_its_supporter_asks_to_be_erased_is_put_back(loaded):
    people.confirmed(loaded)
    token = token_of(loaded)
    worked = deliver(loaded, lambda _: erases.put_on(loaded, token))
    assert worked.status == "queued"
    loaded.clock.move(dt.timedelta(hours=1))
    people.work(loaded)
    assert people.letters(loaded) == []
    erases.put_off(loaded, token)
    people.work(loaded)
    assert people.letters(loaded)


def test_a_digest_leaves_without_the_letters_of_who_asked_to_be_erased(loaded):
    digests.let_take(loaded)
    for number in (1, 2):
        digests.write(loaded, number)
    token = token_of(loaded, email="person1@example.org")
    assert open_digests(loaded) == 1
    assert digest(loaded, lambda _: erases.put_on(loaded, token)).status == "queued"
    loaded.clock.move(dt.timedelta(minutes=1))
    assert digest(loaded).status == "accepted"
    loaded.clock.move(dt.timedelta(days=2))
    assert open_digests(loaded) == 0
    with loaded.reading() as session:
        told = sorted(one for (one,) in session.execute(text("SELECT status FROM delivery")))
    assert told == ["accepted", "queued"]


def _asking_writes(parts, email: str) -> list[str]:
    """What asking for the link has the database do, a word a statement; the table apart, which differs."""
    said: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        said.append(statement.split()[0])

    event.listen(Engine, "before_cursor_execute", note)
    try:
        reach.reach(parts, parts.editions.current(people.CAMPAIGN), email, "192.0.2.7")
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return said


def test_asking_does_the_same_work_for_a_stranger_and_for_who_signed_however_often(loaded):
    """R4: no mail about to leave, none left of the budget, and none wanted, tells itself by what is not written."""
    people.confirmed(loaded)
    stranger = _asking_writes(loaded, "nobody@example.org")
    assert stranger.count("INSERT") == 2
    assert [_asking_writes(loaded, WHO) for _ in range(2)] == [stranger] * 2
    people.work(loaded)
    unsubscribe.unsubscribe(loaded, people.token(people.mails(loaded)[-1], "unsubscribe"))
    assert _asking_writes(loaded, WHO) == stranger


def test_so_many_links_a_day_go_to_a_mailbox_of_several_campaigns_too(loaded):
    second.loaded_too(loaded)
    people.confirmed(loaded)
    second.confirmed(loaded)
    for slug in (people.CAMPAIGN, second.SECOND) * 3:
        reach.reach(loaded, loaded.editions.current(slug), WHO, "192.0.2.7")
        people.work(loaded)
    assert len([one for one in people.mails(loaded) if "/yours/" in one.text]) == schedule.YOURS_A_DAY


def test_other_mails_wait_and_go_on_when_it_is_undone(loaded):
    people.sign(loaded)
    token = token_of(loaded)
    erases.put_on(loaded, token)
    people.work(loaded)
    (mail,) = people.mails(loaded)
    assert "/yours/" in mail.text
    erases.put_off(loaded, token)
    assert post(loaded).status == "accepted"
    assert "/confirm/" in people.mails(loaded)[-1].text


def test_it_is_of_every_campaign_of_the_site(loaded):
    second.loaded_too(loaded)
    people.confirmed(loaded)
    second.sign(loaded)
    token = token_of(loaded)
    erases.put_on(loaded, token)
    assert _erasing(loaded) == 2
    erases.put_off(loaded, token)
    assert _erasing(loaded) == 0
    erases.put_on(loaded, token)
    loaded.clock.move(schedule.ERASE_AFTER)
    assert erases.erase_due(loaded) == 1
    assert erases.erase_due(loaded) == 0
    assert _erasing(loaded) == 0
    with loaded.reading() as session:
        assert session.execute(text("SELECT count(*) FROM supporter WHERE email_sealed IS NOT NULL")).scalar_one() == 0


def _erasing(parts) -> int:
    with parts.reading() as session:
        return session.execute(text("SELECT count(*) FROM supporter WHERE erase_at IS NOT NULL")).scalar_one()


def test_one_who_cannot_be_erased_keeps_nobody_else(loaded):
    people.confirmed(loaded, email="kari@example.org")
    people.confirmed(loaded)
    for email in ("kari@example.org", WHO):
        erases.put_on(loaded, token_of(loaded, email=email))
        loaded.clock.move(dt.timedelta(minutes=1))
    with loaded.writing() as session, session.begin():
        asked = text("UPDATE supporter SET email_sealed = :damaged WHERE address_key = :key")
        key = loaded.keys.address_key("kari@example.org", people.CAMPAIGN)
        session.execute(asked, {"damaged": b"damaged", "key": key})
    loaded.clock.move(schedule.ERASE_AFTER)
    with pytest.raises(SealError):
        erases.erase_due(loaded)
    assert _erasing(loaded) == 1


def test_many_workers_erase_somebody_once_and_an_undoing_wins_or_loses_whole(own_parts):
    people.confirmed(own_parts, email="kari@example.org")
    people.confirmed(own_parts)
    for email in (WHO, "kari@example.org"):
        erases.put_on(own_parts, token_of(own_parts, email=email))
    own_parts.clock.move(schedule.ERASE_AFTER)
    undo = token_of(own_parts, email="kari@example.org")
    erases.put_off(own_parts, undo)
    assert sum(at_once(*[lambda: erases.erase_due(own_parts)] * 4)) == 1
    assert figures(own_parts)["confirmed"] == 1
    assert count(own_parts, "SELECT count(*) FROM audit WHERE what = 'people.erase'") == 1
    assert count(own_parts, "SELECT sum(delta) FROM journal") == 1

"""What takes long to count is looked at now and then; what is kept says of when it is, and is believed for a minute."""

import datetime as dt

from people import CAMPAIGN, confirmed, work

from campaign.queries import delivery, tally
from campaign.services import count
from campaign.services.look import ANSWERS, BELIEVED, DRIFT, LETTERS, RECKONED, look, look_again


def seen(parts, kind=LETTERS):
    with parts.reading() as session:
        return look(parts, session, kind, parts.editions.current(CAMPAIGN).campaign_id)


def test_while_counting_is_quick_nothing_is_kept_and_every_figure_is_of_now(loaded):
    look_again(loaded, LETTERS, worth_seconds=1000.0)
    confirmed(loaded)
    assert sum(one.count for one in seen(loaded).found) > 0
    assert seen(loaded).at == loaded.clock.now()


def test_what_took_long_is_kept_believed_for_a_minute_and_then_counted_anew(loaded):
    assert look_again(loaded, LETTERS, worth_seconds=0.0) >= LETTERS.seconds
    then = loaded.clock.now()
    confirmed(loaded)
    loaded.clock.move(BELIEVED)
    assert (seen(loaded).at, seen(loaded).found) == (then, [])
    loaded.clock.move(dt.timedelta(seconds=10))
    assert seen(loaded).at == loaded.clock.now()
    assert seen(loaded).found != []


def test_what_is_kept_reads_as_what_was_counted(loaded):
    confirmed(loaded)
    work(loaded)
    for kind in (LETTERS, ANSWERS, RECKONED, DRIFT):
        before = seen(loaded, kind).found
        look_again(loaded, kind, worth_seconds=0.0)
        assert seen(loaded, kind).found == before
    look_again(loaded, LETTERS, worth_seconds=1000.0)
    loaded.clock.move(dt.timedelta(seconds=1))
    assert seen(loaded).at == loaded.clock.now()


def test_stats_never_come_from_what_is_kept(loaded):
    look_again(loaded, LETTERS, worth_seconds=0.0)
    confirmed(loaded)
    edition = loaded.editions.current(CAMPAIGN)
    states = count.stats(loaded, edition)["states"]
    assert states["LT"]["confirmed"] == 1
    with loaded.reading() as session:
        heaps = delivery.heaps(session, edition.campaign_id)
    assert sum(one.count for one in heaps) == sum(
        figure for name, figure in states["LT"].items() if name.startswith("letters_")
    )


def test_both_tallies_are_held_against_the_signatures(loaded):
    confirmed(loaded)
    with loaded.reading() as session:
        assert tally.drift(session) == 0
        assert tally.drift(session, loaded.editions.current(CAMPAIGN).campaign_id) == 0

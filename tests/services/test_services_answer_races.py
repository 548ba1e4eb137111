"""Races: many workers ask once, and a second letter that is pressed for many times at once leaves once."""

import afterwards
import people
from test_services_races import THREADS, at_once, count

from campaign.services import answer as answers
from campaign.services.question import question


def test_many_workers_ask_about_each_press_once(own_parts):
    for number in range(5):
        people.confirmed(own_parts, email=f"person{number}@example.org")
    people.work(own_parts)
    own_parts.clock.move(afterwards.MONTH)
    asked = at_once(*[lambda: question(own_parts)] * 4)
    assert sum(asked) == 5
    assert count(own_parts, "SELECT count(*) FROM mail WHERE kind = 'question'") == 5


def test_a_second_letter_pressed_for_many_times_at_once_leaves_once(own_parts):
    afterwards.second_letters(own_parts, "lt")
    token = afterwards.asked(own_parts)
    afterwards.say(own_parts, token, "no")
    one = answers.opened(own_parts, token, "en")[0]
    before = len(people.letters(own_parts))
    pressed = at_once(*[lambda: answers.chase(own_parts, token, one.delivery_id, one.second.digest)] * THREADS)
    assert sum(pressed) == 1
    people.work(own_parts)
    assert len(people.letters(own_parts)) == before + 1

"""Return addresses: each message has one of its own, which nobody can make up."""

from dataclasses import replace

import people
import pytest

from campaign.outside.keys import Keys, new_id
from campaign.outside.mail import header
from campaign.services.deliver import message_id
from campaign.services.returns import KINDS, read_return_address, return_address


def at(parts, **changed):
    return replace(parts, settings=replace(parts.settings, **changed))


@pytest.mark.parametrize("kind", KINDS)
def test_a_return_address_names_its_message_however_servers_write_it(parts, kind):
    row_id = new_id()
    address = return_address(parts, kind, row_id)
    assert address.startswith("letters+")
    assert address.endswith("@campaign.example")
    assert address == address.lower()
    assert len(address.partition("@")[0]) <= 64
    assert header.is_address_legal(address)
    for written in (address, address.upper(), address.title(), f" {address} "):
        assert read_return_address(parts, written) == (kind, row_id)


def test_a_changed_character_anywhere_makes_it_nobodys(parts):
    address = return_address(parts, "letter", new_id())
    for place, character in enumerate(address):
        other = "b" if character != "b" else "c"
        assert read_return_address(parts, address[:place] + other + address[place + 1 :]) is None
        assert read_return_address(parts, address[:place] + address[place + 1 :]) is None


@pytest.mark.parametrize(
    "made_up",
    ["", "@", "+@", "letters@campaign.example", "letters+@campaign.example", "letters+l-@campaign.example",
     f"letters+{'a' * 44}@campaign.example", f"letters+l{'7' * 26}-{'0' * 16}@campaign.example",
     f"letters+l{'ſ' * 26}-{'0' * 16}@campaign.example", "letters+" * 1000, "\0@\r\n"],
)  # fmt: skip
def test_what_is_made_up_names_nothing(parts, made_up):
    assert read_return_address(parts, made_up) is None


def test_another_secret_another_kind_or_another_mailbox_is_not_ours(parts):
    row_id = new_id()
    address = return_address(parts, "letter", row_id)
    assert read_return_address(replace(parts, keys=Keys("another secret of thirty-two bytes")), address) is None
    assert read_return_address(parts, address.replace("+l", "+m")) is None
    assert read_return_address(at(parts, bounce_address="others@campaign.example"), address) is None
    assert read_return_address(parts, address.replace("campaign.example", "elsewhere.example")) is None


def test_the_address_for_returns_may_be_another_and_hold_a_plus_of_its_own(parts):
    own = at(parts, bounce_address="Back+campaign@returns.example")
    row_id = new_id()
    address = return_address(own, "digest", row_id)
    assert address.startswith("Back+campaign+d")
    assert address.endswith("@returns.example")
    assert read_return_address(own, address.lower()) == ("digest", row_id)


def test_an_address_too_long_for_a_word_stays_bare(parts):
    fits, long = (at(parts, bounce_address=f"{'b' * count}@campaign.example") for count in (19, 20))
    row_id = new_id()
    assert read_return_address(fits, return_address(fits, "mail", row_id)) == ("mail", row_id)
    assert return_address(long, "mail", row_id) == long.settings.bounce_address


def test_letters_and_mails_leave_with_the_return_address_of_their_row(loaded):
    people.confirmed(loaded)
    people.work(loaded)
    sent = loaded.mailer.accepted
    assert {one.is_automatic for one in sent} == {True, False}
    for one in sent:
        kind, row_id = read_return_address(loaded, one.envelope_from)
        assert one.message_id == message_id(loaded, kind, row_id)
        assert kind == ("mail" if one.is_automatic else "letter")
        assert one.from_address == loaded.settings.mail_from

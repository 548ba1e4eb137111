"""A busy organisers' side: people, letters, and one or more of all that its pages show."""

import floods
import held
import organisers
import people
import webhooks

from campaign.domain.export import Asked
from campaign.parts import Parts
from campaign.services import enlist, invalidate, invite, judge, keyring, order, watch, wordlist
from campaign.services.advance import advance
from campaign.services.enter import Login
from campaign.services.fill import fill as write
from campaign.services.note import COMMAND_LINE
from campaign.services.pretend import pretend

LONG = "Žudyti! You bloody fool. " + "I grew up near a minefield. " * 12


def fill(parts: Parts, count: int = 300) -> organisers.Organiser:
    """Fill a database with what a campaign's second week looks like; an owner who has come all the way in."""
    pretend(parts, parts.editions.current(people.CAMPAIGN), count, print)
    owner = organisers.Organiser(parts).accept("owner")
    who = invite.find(parts, owner.email)
    edition = parts.editions.current(people.CAMPAIGN)
    _paragraphs(parts, who)
    floods.flood(parts, 60, network="203.0.113.0/24", letters=False)
    watch.look(parts)
    _batches(parts, who)
    domain = enlist.Wanted(action="block", kind="domain", value="throwaway.example", reason="mailboxes for an hour")
    enlist.enlist(parts, edition, who, domain)
    webhooks.hook(parts)
    keyring.create(parts, who, keyring.Wanted(name="The union's newsletter", scopes=("counts",), days=90))
    login = Login(who, who, owner.email, "owner", is_whole=True, has_factor=True, is_fresh=True, key="00" * 32)
    for kind in ("counts", "signatures"):
        wish = order.Wish(kind=kind, format="csv", asked=Asked(), reason="the weekly report")
        order.order(parts, edition, login, wish)
        while write(parts):
            pass
    for number, role in enumerate(("campaigner", "editor", "privacy", "viewer")):
        invite.invite(parts, COMMAND_LINE, f"colleague{number}@example.org", role)
    return owner


def _paragraphs(parts: Parts, who: str) -> None:
    edition = parts.editions.current(people.CAMPAIGN)
    wordlist.add(parts, edition, who, "lt", "threat", "žudyti")
    wordlist.add(parts, edition, who, "en", "word", "bloody fool\nidiot")
    held.held(parts, paragraph=LONG + "x" * 200)
    held.held(parts, email="kari@example.org", name="Kari Nordmann")
    asked = held.held(parts, email="per@example.org", name="Per Nordmann")
    judge.ask_to_trim(parts, who, asked, held.SHORTER)


def _batches(parts: Parts, who: str) -> None:
    edition = parts.editions.current(people.CAMPAIGN)
    said = {"name": "A flood on Tuesday", "reason": "sixty in a minute, one network", "domain": "flood.example"}
    invalidate.create(parts, edition, who, said | {"since": "2026-11-24 08:00"})
    floods.flood(parts, 20, domain="other.example", letters=False)
    done = invalidate.create(parts, edition, who, said | {"name": "A flood on Monday", "domain": "other.example"})
    invalidate.run(parts, edition, who, done)
    while advance(parts):
        pass

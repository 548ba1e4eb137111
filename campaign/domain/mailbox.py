"""An office's mailbox: what speaks against an address before letters go there, and how old what is known of it is."""

import datetime as dt
from collections.abc import Iterable
from typing import Literal

from campaign.domain import address as addresses
from campaign.domain.cause import Official

Doubt = Literal["free-mail", "look-alike", "not-official"]

OLD_AFTER = dt.timedelta(days=90)
# Second-level names under a country's that only its government gives out: gov.pl, gouv.fr, gob.es, mil.no.
_GOVERNMENT = frozenset({"gov", "gouv", "gob", "gub", "govt", "gv", "mil"})


def domain_of(email: str) -> str:
    """The domain of an address, in lower case."""
    return email.rpartition("@")[2].lower()


def official_domains(officials: Iterable[Official]) -> frozenset[str]:
    """The domains that a reviewed folder gives as official for offices of one state."""
    return frozenset(domain_of(one.email) for one in officials if one.email and one.email_status == "official")


def doubts(email: str, known: frozenset[str]) -> tuple[Doubt, ...]:
    """Say what speaks against an address, `known` being its state's official domains; nothing where nothing does.

    A name that is written with letters of several scripts arrives here as `xn--…`, and always looks alike.
    """
    domain = domain_of(email)
    if not email or _is_official(domain, known):
        return ()
    found: list[Doubt] = ["free-mail"] if addresses.is_free(domain) else []
    if any(label.startswith("xn--") for label in domain.split(".")) or any(
        addresses.is_near(domain, one) for one in known
    ):
        found.append("look-alike")
    return (*found, "not-official")


def _is_official(domain: str, known: frozenset[str]) -> bool:
    """Tell whether a domain is one that is known, under one, above one, or given out by a government alone."""
    is_known = any(domain == one or domain.endswith(f".{one}") or one.endswith(f".{domain}") for one in known)
    labels = domain.split(".")
    return is_known or (len(labels) > 2 and labels[-2] in _GOVERNMENT)


def is_old(checked_on: dt.date, today: dt.date) -> bool:
    """Tell whether an address was looked at too long ago to be relied on."""
    return today - checked_on > OLD_AFTER

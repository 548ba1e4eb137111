"""Admit: what organisers' lists say of somebody who signs: one question, whose answer nobody outside ever sees."""

from sqlalchemy.orm import Session

from campaign.domain import address as addresses
from campaign.domain import rule as rules
from campaign.domain.rule import Rule, RuleKind, Verdict
from campaign.parts import Parts
from campaign.queries import rule as listed


def admit(parts: Parts, session: Session, campaign_id: int, *, email: str = "", network: str = "") -> Verdict:
    """Ask the lists about an address (clean) and the client's network address; each may be empty.

    The rules that could hold are asked for by value, so that long lists cost no more than short ones.
    """
    over: dict[RuleKind, tuple[str, ...]] = {"network": rules.networks_over(network)}
    if email:
        over["address"] = (parts.keys.mailbox_key(addresses.canonical(email)),)
        over["domain"] = rules.domains_over(email.rpartition("@")[2])
    values = [value for those in over.values() for value in those]
    found = listed.holding(session, campaign_id, values) if values else ()
    return rules.verdict((Rule(*one) for one in found), over)

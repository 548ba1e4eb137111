"""Enlist: let networks, domains and addresses in, or keep them out, with a reason; and end that again."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from campaign.domain import address as addresses
from campaign.domain import rule as rules
from campaign.domain.edition import Edition
from campaign.domain.rule import ACTIONS, KINDS, Action, RuleKind
from campaign.errors import InputRefusedError, NotFoundError, Problem
from campaign.models.rule import RuleRow
from campaign.parts import Parts
from campaign.queries import rule as listed
from campaign.services.note import name_of, note
from campaign.services.transact import transact

NEWEST_ENDED = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry of a list as it is shown; of an address, `value` is where its fingerprint begins."""

    id: int
    action: Action
    kind: RuleKind
    value: str
    is_everywhere: bool
    reason: str
    who: str
    created_at: dt.datetime
    ended_at: dt.datetime | None


def entries(parts: Parts, edition: Edition, *, are_over: bool = False) -> tuple[Entry, ...]:
    """Give the entries that hold in a campaign, or those that ended last, the newest first."""
    with parts.reading() as session:
        if are_over:
            found = listed.ended(session, edition.campaign_id, NEWEST_ENDED)
        else:
            found = listed.in_force(session, edition.campaign_id)
        return tuple(
            Entry(
                id=row.id,
                action=row.action,
                kind=row.kind,
                value=row.value[:8] if row.kind == "address" else row.value,
                is_everywhere=row.campaign_id is None,
                reason=row.reason,
                who=name_of(parts, session, row.who),
                created_at=row.created_at,
                ended_at=row.ended_at,
            )
            for row in found
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """An entry as it was typed. `is_sure`: also for a provider where millions have their mail."""

    action: str
    kind: str
    value: str
    reason: str
    is_everywhere: bool = False
    is_sure: bool = False


def enlist(parts: Parts, edition: Edition, who: str, wanted: Wanted) -> int:
    """Add an entry for a campaign, or for all; its id. Raises InputRefusedError."""
    action, kind, value = _checked(parts, wanted)
    campaign_id = None if wanted.is_everywhere else edition.campaign_id

    def work(session: Session) -> int:
        if listed.same(session, campaign_id, kind, value) is not None:
            raise InputRefusedError((Problem("value", "E-RULE-TWICE"),))
        row = RuleRow(campaign_id=campaign_id, action=action, kind=kind, value=value)
        row.reason, row.who, row.created_at = " ".join(wanted.reason.split()), who, parts.clock.now()
        session.add(row)
        session.flush()
        note(parts, session, who, f"rule.{action}.{kind}", f"rule {row.id}", row.reason)
        return row.id

    return transact(parts, work)


def _checked(parts: Parts, wanted: Wanted) -> tuple[Action, RuleKind, str]:
    """Check an entry, and give what it does, its kind and its value as they are kept. Raises InputRefusedError."""
    problems = []
    action = next((one for one in ACTIONS if one == wanted.action), None)
    kind = next((one for one in KINDS if one == wanted.kind), None)
    value, code = _value(parts, kind, wanted.value) if kind is not None else (None, "")
    if action is None:
        problems.append(Problem("action", "E-RULE-ACTION"))
    if kind is None:
        problems.append(Problem("kind", "E-RULE-KIND"))
    if code:
        problems.append(Problem("value", code))
    if not wanted.reason.strip():
        problems.append(Problem("reason", "E-RULE-REASON"))
    elif len(wanted.reason) > rules.MAX_REASON:
        problems.append(Problem("reason", "E-BATCH-LONG", {"most": str(rules.MAX_REASON)}))
    if (action, kind) == ("block", "domain") and value and rules.is_giant(value) and not wanted.is_sure:
        problems.append(Problem("sure", "E-RULE-GIANT", {"domain": value}))
    if problems or action is None or kind is None or value is None:
        raise InputRefusedError(tuple(problems))
    return action, kind, value


def _value(parts: Parts, kind: str, typed: str) -> tuple[str | None, str]:
    """Bring what was typed into the form it is kept in, or say by a code why that cannot be."""
    if kind == "network":
        value = rules.network(typed)
        return value, "" if value else "E-RULE-NETWORK"
    if kind == "domain":
        value = rules.domain(typed)
        return value, "" if value else "E-RULE-DOMAIN"
    code = addresses.fault(typed.strip())
    if code is not None:
        return None, code
    return parts.keys.mailbox_key(addresses.canonical(addresses.clean(typed.strip()))), ""


def end(parts: Parts, edition: Edition, who: str, rule_id: int, reason: str = "") -> None:
    """End an entry: from now on it is as if it were not there. Raises NotFoundError where none holds."""

    def work(session: Session) -> None:
        row = listed.end(session, rule_id, parts.clock.now())
        if row is None or row.campaign_id not in (None, edition.campaign_id):
            raise NotFoundError("there is no such entry, or it is over")
        note(parts, session, who, "rule.end", f"rule {row.id}", " ".join(reason.split()))

    transact(parts, work)

"""Watch: look at what came in the last hours, and raise an alarm where far more came from one thing than is usual."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import structlog
from sqlalchemy.orm import Session

from campaign.domain import address as addresses
from campaign.domain import alarm as rule
from campaign.domain.alarm import KINDS, AlarmKind
from campaign.domain.dates import iso
from campaign.models.alarm import AlarmRow
from campaign.outside.keys import new_id
from campaign.parts import Parts
from campaign.queries import alarm as alarms
from campaign.services.admit import admit
from campaign.services.sealed import email_of
from campaign.services.tell import tell
from campaign.services.transact import transact

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Unusual:
    kind: AlarmKind
    key: str
    count: int
    usual: int


def look(parts: Parts) -> int:
    """Look at the last full UTC hour and the running one, of every campaign; how many alarms are new.

    An alarm is raised once for a thing and an hour; afterwards its count follows. Old alarms are forgotten.
    """
    now = parts.clock.now()
    found: list[tuple[int, str, dt.datetime, _Unusual]] = []
    with parts.reading() as session:
        for campaign_id, slug in alarms.campaigns(session):
            for hour in rule.hours_to_look_at(now):
                found += [(campaign_id, slug, hour, one) for one in _unusual(parts, session, campaign_id, hour)]
    return transact(parts, lambda session: _raise_all(parts, session, found))


def _unusual(parts: Parts, session: Session, campaign_id: int, hour: dt.datetime) -> Iterator[_Unusual]:
    """Find what is out of the ordinary in an hour. What is usual is only asked of what is over the floor."""
    since = hour - rule.USUAL_OVER
    for kind in KINDS:
        heaps = alarms.heaps(session, campaign_id, kind, hour, rule.floor(kind))
        if not heaps:
            continue
        if kind == "domain":
            yield from _domains(parts, session, campaign_id, hour, heaps)
            continue
        # A network's fingerprint is another every day, so that there is nothing usual to hold it against.
        week = {} if kind == "network" else alarms.week_of(session, campaign_id, kind, since, hour)
        for key, count in heaps.items():
            usual = rule.hourly(week.get(key, 0))
            if rule.is_unusual(count, usual, least=rule.floor(kind)):
                yield _Unusual(kind, key, count, usual)


def _domains(
    parts: Parts, session: Session, campaign_id: int, hour: dt.datetime, heaps: dict[str, int]
) -> Iterator[_Unusual]:
    """Hold mail domains against their own week; one where anybody can have a mailbox, against its share of all."""
    since = hour - rule.USUAL_OVER
    giants = {parts.keys.domain_key(name) for name in addresses.free_mail()}
    week = alarms.week_of_domains(session, campaign_id, heaps, since, hour)
    all_week = alarms.week_total(session, campaign_id, since, hour) if giants & heaps.keys() else 0
    total = alarms.total(session, campaign_id, hour) if all_week else 0
    for key, count in heaps.items():
        is_giant = key in giants
        usual = rule.hourly(week.get(key, 0))
        if is_giant:
            usual = max(usual, rule.share_of(total, week.get(key, 0), all_week))
        least = rule.floor("domain", is_free_mail=is_giant)
        if rule.is_unusual(count, usual, least=least, is_free_mail=is_giant):
            yield _Unusual("domain", key, count, usual)


def _raise_all(parts: Parts, session: Session, found: list[tuple[int, str, dt.datetime, _Unusual]]) -> int:
    now = parts.clock.now()
    alarms.forget(session, now - rule.ALARM_LIFE, now - rule.NETWORK_LIFE)
    return sum(_raise(parts, session, campaign_id, slug, hour, one) for campaign_id, slug, hour, one in found)


def _raise(parts: Parts, session: Session, campaign_id: int, slug: str, hour: dt.datetime, found: _Unusual) -> bool:
    """Raise an alarm, or let the one there is follow; whether it is new."""
    known = alarms.raised(session, campaign_id, found.kind, found.key, hour)
    if known is not None:
        known.count = max(known.count, found.count)
        return False
    row = AlarmRow(
        id=new_id(), campaign_id=campaign_id, kind=found.kind, key=found.key, hour=hour, count=found.count,
        usual=found.usual, created_at=parts.clock.now(), seen_by="",
    )  # fmt: skip
    if found.kind == "domain":
        one = alarms.one_at(session, campaign_id, found.key)
        email = email_of(parts.keys, one) if one is not None else ""
        if email and admit(parts, session, campaign_id, email=email).is_domain_allowed:
            return False
        if email:
            row.shown_sealed = parts.keys.seal(email.rpartition("@")[2], "alarm", "shown_sealed", row.id)
    session.add(row)
    session.flush()
    body: dict[str, object] = {"campaign": slug, "alarm": row.id, "kind": row.kind, "count": row.count}
    tell(parts, session, "alarm.raised", body | {"usual": row.usual, "hour": iso(hour)})
    log.warning("alarm.raised", kind=row.kind, count=row.count, usual=row.usual)
    return True

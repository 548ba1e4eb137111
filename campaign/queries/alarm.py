"""Alarms: what came in an hour, by mail domain, network, country and state, and what was raised of it."""

import datetime as dt
from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Select, String, Subquery, cast, delete, func, select, union
from sqlalchemy.orm import InstrumentedAttribute, Session

from campaign.domain.alarm import AlarmKind
from campaign.models.alarm import AlarmRow
from campaign.models.campaign import CampaignRow, StateRow
from campaign.models.supporter import SignatureRow, SupporterRow
from campaign.queries import tally as tallies

_HOUR = dt.timedelta(hours=1)


def campaigns(session: Session) -> Sequence[tuple[int, str]]:
    """Every campaign: its id and slug."""
    return [(one, slug) for one, slug in session.execute(select(CampaignRow.id, CampaignRow.slug))]


def _came(campaign_id: int, hour: dt.datetime) -> Subquery:
    """Ids of signatures that were made, or confirmed, in an hour, and stand."""
    ours = (SignatureRow.campaign_id == campaign_id,)
    made = select(SignatureRow.id).where(
        *ours,
        SignatureRow.status.in_(("pending", "confirmed")),
        SignatureRow.created_at >= hour,
        SignatureRow.created_at < hour + _HOUR,
    )
    pressed = select(SignatureRow.id).where(
        *ours,
        SignatureRow.status == "confirmed",
        SignatureRow.confirmed_at >= hour,
        SignatureRow.confirmed_at < hour + _HOUR,
    )
    return union(made, pressed).subquery("came")


def total(session: Session, campaign_id: int, hour: dt.datetime) -> int:
    """How many signatures came in an hour."""
    return session.scalar(select(func.count()).select_from(_came(campaign_id, hour))) or 0


def heaps(session: Session, campaign_id: int, kind: AlarmKind, hour: dt.datetime, least: int) -> dict[str, int]:
    """What at least so many signatures came from in an hour, by fingerprint or code, and how many those were."""
    came = _came(campaign_id, hour)
    key: InstrumentedAttribute[str | None] | InstrumentedAttribute[str]
    key = {
        "domain": SupporterRow.domain_key,
        "network": SignatureRow.network_key,
        "country": SignatureRow.country,
        "state": StateRow.code,
    }[kind]
    asked: Select[str | None, int] = (
        select(key, func.count())
        .select_from(came)
        .join(SignatureRow, SignatureRow.id == came.c.id)
        .join(SupporterRow, SupporterRow.id == SignatureRow.supporter_id)
        .join(StateRow, StateRow.id == SignatureRow.state_id)
        .where(key.is_not(None))
        .group_by(key)
        .having(func.count() >= least)
    )
    return {str(found): count for found, count in session.execute(asked)}


def week_of_domains(
    session: Session, campaign_id: int, keys: Collection[str], since: dt.datetime, until: dt.datetime
) -> dict[str, int]:
    """How many signatures made between two instants are of some mail domains, by their fingerprints."""
    asked = (
        select(SupporterRow.domain_key, func.count())
        .join(SignatureRow, SignatureRow.supporter_id == SupporterRow.id)
        .where(SupporterRow.domain_key.in_(keys), *_made(campaign_id, since, until))
        .group_by(SupporterRow.domain_key)
    )
    return {str(key): count for key, count in session.execute(asked)}


def week_total(session: Session, campaign_id: int, since: dt.datetime, until: dt.datetime) -> int:
    """How many signatures were made between two instants."""
    return session.scalar(select(func.count(SignatureRow.id)).where(*_made(campaign_id, since, until))) or 0


def _made(campaign_id: int, since: dt.datetime, until: dt.datetime) -> list[ColumnElement[bool]]:
    return [
        SignatureRow.campaign_id == campaign_id,
        SignatureRow.status.in_(("pending", "confirmed")),
        SignatureRow.created_at >= since,
        SignatureRow.created_at < until,
    ]


def week_of(session: Session, campaign_id: int, by: str, since: dt.datetime, until: dt.datetime) -> dict[str, int]:
    """Confirmed signatures by country or state over whole UTC days, the last not counted."""
    last = until.date() - dt.timedelta(days=1)
    rows = tallies.counts_by(session, campaign_id, (by,), since=since.date(), until=last)
    return {str(cell): int(str(count)) for cell, count in rows}


def one_at(session: Session, campaign_id: int, domain_key: str) -> SupporterRow | None:
    """A supporter with a mailbox at a domain, whose address is still known."""
    asked = select(SupporterRow).where(
        SupporterRow.campaign_id == campaign_id,
        SupporterRow.domain_key == domain_key,
        SupporterRow.email_sealed.is_not(None),
    )
    return session.scalars(asked.limit(1)).first()


def raised(session: Session, campaign_id: int, kind: str, key: str, hour: dt.datetime) -> AlarmRow | None:
    """The alarm about something in an hour, locked."""
    asked = select(AlarmRow).where(
        AlarmRow.campaign_id == campaign_id, AlarmRow.kind == kind, AlarmRow.key == key, AlarmRow.hour == hour
    )
    return session.scalar(asked.with_for_update())


def by_id(session: Session, alarm_id: str, *, is_locked: bool = False) -> AlarmRow | None:
    """The alarm with an id, locked until the transaction ends where asked."""
    asked = select(AlarmRow).where(AlarmRow.id == alarm_id)
    return session.scalar(asked.with_for_update() if is_locked else asked)


def of_campaign(session: Session, campaign_id: int, most: int, *, with_seen: bool = False) -> Sequence[AlarmRow]:
    """The newest alarms of a campaign: those that nobody has seen, or all."""
    asked = select(AlarmRow).where(AlarmRow.campaign_id == campaign_id)
    asked = asked if with_seen else asked.where(AlarmRow.seen_at.is_(None))
    return session.scalars(asked.order_by(AlarmRow.hour.desc(), AlarmRow.count.desc()).limit(most)).all()


def count_unseen(session: Session, campaign_id: int) -> int:
    """How many alarms nobody has seen."""
    asked = select(func.count(AlarmRow.id)).where(AlarmRow.campaign_id == campaign_id, AlarmRow.seen_at.is_(None))
    return session.scalar(asked) or 0


def forget(session: Session, before: dt.datetime, networks_before: dt.datetime) -> None:
    """Delete alarms about hours before an instant; about networks, before another."""
    session.execute(delete(AlarmRow).where(AlarmRow.hour < before))
    session.execute(delete(AlarmRow).where(AlarmRow.kind == "network", AlarmRow.hour < networks_before))


def marked_networks(
    session: Session, campaign_id: int, mark: str, most: int
) -> Sequence[tuple[str, int, int, dt.datetime, dt.datetime]]:
    """Networks of marked signatures whose fingerprint is still kept, the largest first.

    Each: the id of one of its signatures, how many are marked, how many of those confirmed, the first and the last.
    """
    asked = (
        select(
            func.min(SignatureRow.id),
            func.count(),
            func.count(SignatureRow.confirmed_at),
            func.min(SignatureRow.created_at),
            func.max(SignatureRow.created_at),
        )
        .where(
            SignatureRow.campaign_id == campaign_id,
            SignatureRow.network_key.is_not(None),
            SignatureRow.status.in_(("pending", "confirmed")),
            cast(SignatureRow.marks, String).contains(f'"{mark}"'),
        )
        .group_by(SignatureRow.network_key)
        .order_by(func.count().desc())
        .limit(most)
    )
    return [(one, count, confirmed, first, last) for one, count, confirmed, first, last in session.execute(asked)]


def without_domain(session: Session, most: int) -> Sequence[SupporterRow]:
    """Supporters whose address is known and whose domain was never fingerprinted, locked; others' are passed."""
    asked = select(SupporterRow).where(SupporterRow.domain_key.is_(None), SupporterRow.email_sealed.is_not(None))
    return session.scalars(asked.limit(most).with_for_update(skip_locked=True)).all()

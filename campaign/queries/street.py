"""On the street: tablets at stalls, and signatures on paper."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from campaign.models.campaign import CampaignRow, StateRow
from campaign.models.street import DeviceRow, SheetRow


def device(session: Session, device_id: str) -> DeviceRow | None:
    """A tablet's row, locked until the transaction ends."""
    return session.scalar(select(DeviceRow).where(DeviceRow.id == device_id).with_for_update())


def standing(session: Session, device_id: str) -> tuple[DeviceRow, str] | None:
    """A tablet's row with its campaign's slug."""
    asked = (
        select(DeviceRow, CampaignRow.slug)
        .join(CampaignRow, CampaignRow.id == DeviceRow.campaign_id)
        .where(DeviceRow.id == device_id)
    )
    found = session.execute(asked).first()
    return None if found is None else (found[0], found[1])


def devices(session: Session, campaign_id: int) -> Sequence[DeviceRow]:
    """The tablets of a campaign, the newest first."""
    asked = select(DeviceRow).where(DeviceRow.campaign_id == campaign_id)
    return session.scalars(asked.order_by(DeviceRow.made_at.desc(), DeviceRow.id)).all()


def sheet(session: Session, campaign_id: int, sheet_id: str) -> SheetRow | None:
    """A count of signatures on paper, locked until the transaction ends."""
    asked = select(SheetRow).where(SheetRow.id == sheet_id, SheetRow.campaign_id == campaign_id)
    return session.scalar(asked.with_for_update())


def sheets(session: Session, campaign_id: int) -> Sequence[tuple[SheetRow, str]]:
    """Every count of a campaign's signatures on paper with its state's code, the one entered last first."""
    asked = (
        select(SheetRow, StateRow.code)
        .join(StateRow, StateRow.id == SheetRow.state_id)
        .where(SheetRow.campaign_id == campaign_id)
        .order_by(SheetRow.entered_at.desc(), SheetRow.id)
    )
    return [(row, code) for row, code in session.execute(asked)]


def on_paper(session: Session, campaign_id: int) -> dict[str, int]:
    """How many signed on paper, by the state's code; without what was undone."""
    asked = (
        select(StateRow.code, func.sum(SheetRow.count))
        .join(StateRow, StateRow.id == SheetRow.state_id)
        .where(SheetRow.campaign_id == campaign_id, SheetRow.undone_at.is_(None))
        .group_by(StateRow.code)
    )
    return {code: int(total) for code, total in session.execute(asked)}

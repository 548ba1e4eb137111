"""All tables at once, for migrations and for whoever needs the whole schema."""

from campaign.models.alarm import AlarmRow
from campaign.models.apart import OwnLetterRow, PhraseRow
from campaign.models.audit import AuditRow, InstallationRow
from campaign.models.base import Base, is_personal
from campaign.models.batch import BatchMemberRow, BatchRow
from campaign.models.campaign import CampaignRow, ConsentTextRow, LetterRow, OfficialRow, StateRow
from campaign.models.change import ChangeRow
from campaign.models.delivery import DeliveryRow, DigestRow, MailRow
from campaign.models.export import ExportPartRow, ExportRow
from campaign.models.key import ApiKeyRow
from campaign.models.organiser import AttemptRow, OrganiserRow, RecoveryRow, SessionRow
from campaign.models.rule import RuleRow, WordRow
from campaign.models.street import DeviceRow, SheetRow
from campaign.models.supporter import ConsentRow, MailboxRow, SignatureRow, SupporterRow
from campaign.models.tally import JournalRow, LookRow, OpeningRow, TallyByRow, TallyMarkRow, TallyRow
from campaign.models.webhook import WebhookCallRow, WebhookRow

__all__ = [
    "AlarmRow",
    "ApiKeyRow",
    "AttemptRow",
    "AuditRow",
    "Base",
    "BatchMemberRow",
    "BatchRow",
    "CampaignRow",
    "ChangeRow",
    "ConsentRow",
    "ConsentTextRow",
    "DeliveryRow",
    "DeviceRow",
    "DigestRow",
    "ExportPartRow",
    "ExportRow",
    "InstallationRow",
    "JournalRow",
    "LetterRow",
    "LookRow",
    "MailRow",
    "MailboxRow",
    "OfficialRow",
    "OpeningRow",
    "OrganiserRow",
    "OwnLetterRow",
    "PhraseRow",
    "RecoveryRow",
    "RuleRow",
    "SessionRow",
    "SheetRow",
    "SignatureRow",
    "StateRow",
    "SupporterRow",
    "TallyByRow",
    "TallyMarkRow",
    "TallyRow",
    "WebhookCallRow",
    "WebhookRow",
    "WordRow",
    "personal_columns",
]


def personal_columns() -> dict[str, tuple[str, ...]]:
    """List, by table, the columns that hold something of a person."""
    found = {
        table.name: tuple(column.name for column in table.columns if is_personal(column))
        for table in Base.metadata.sorted_tables
    }
    return {name: columns for name, columns in found.items() if columns}

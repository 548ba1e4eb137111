"""All tables at once, for migrations and for whoever needs the whole schema."""

from campaign.models.apart import OwnLetterRow, PhraseRow
from campaign.models.audit import AuditRow, InstallationRow
from campaign.models.base import Base, is_personal
from campaign.models.campaign import CampaignRow, ConsentTextRow, LetterRow, OfficialRow, StateRow
from campaign.models.delivery import DeliveryRow, DigestRow, MailRow
from campaign.models.organiser import AttemptRow, OrganiserRow, RecoveryRow, SessionRow
from campaign.models.supporter import ConsentRow, MailboxRow, SignatureRow, SupporterRow
from campaign.models.tally import JournalRow, TallyMarkRow, TallyRow

__all__ = [
    "AttemptRow",
    "AuditRow",
    "Base",
    "CampaignRow",
    "ConsentRow",
    "ConsentTextRow",
    "DeliveryRow",
    "DigestRow",
    "InstallationRow",
    "JournalRow",
    "LetterRow",
    "MailRow",
    "MailboxRow",
    "OfficialRow",
    "OrganiserRow",
    "OwnLetterRow",
    "PhraseRow",
    "RecoveryRow",
    "SessionRow",
    "SignatureRow",
    "StateRow",
    "SupporterRow",
    "TallyMarkRow",
    "TallyRow",
    "personal_columns",
]


def personal_columns() -> dict[str, tuple[str, ...]]:
    """List, by table, the columns that hold something of a person."""
    found = {
        table.name: tuple(column.name for column in table.columns if is_personal(column))
        for table in Base.metadata.sorted_tables
    }
    return {name: columns for name, columns in found.items() if columns}

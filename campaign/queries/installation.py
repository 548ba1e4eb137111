"""The one row that says which secret fits, and the audit trail."""

from sqlalchemy.orm import Session

from campaign.models.audit import InstallationRow


def row(session: Session) -> InstallationRow | None:
    """The installation's row."""
    return session.get(InstallationRow, 1)

"""Remember that a mailbox was reminded, so that it happens once."""

import sqlalchemy as sa
from alembic import op

revision = "0002_reminded_at"
down_revision = "0001_initial"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    with op.batch_alter_table("supporter") as batch_op:
        batch_op.add_column(sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("supporter") as batch_op:
        batch_op.drop_column("reminded_at")

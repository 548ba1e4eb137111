"""What supporters do beside signing by themselves: erase with a day to think, a stall's tablet, sheets of paper."""

import sqlalchemy as sa
from alembic import op

revision = "0009_what_supporters_do"
down_revision = "0008_what_pages_are_drawn_from"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    op.add_column("supporter", sa.Column("erase_at", sa.DateTime(timezone=True), nullable=True))
    asked = sa.text("erase_at IS NOT NULL")
    op.create_index("ix_supporter_erase_at", "supporter", ["erase_at"], sqlite_where=asked, postgresql_where=asked)
    op.create_table(
        "device",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("source", sa.String(length=32), nullable=False),
        sa.Column("made_by", sa.String(length=254), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_device_campaign_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device")),
    )
    op.create_index("ix_device_campaign_id_made_at", "device", ["campaign_id", "made_at"])
    op.create_table(
        "sheet",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("state_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("entered_by", sa.String(length=254), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_by", sa.String(length=254), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("count > 0", name=op.f("ck_sheet_count")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_sheet_campaign_id")),
        sa.ForeignKeyConstraint(["state_id"], ["state.id"], name=op.f("fk_sheet_state_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet")),
    )
    op.create_index("ix_sheet_campaign_id_entered_at", "sheet", ["campaign_id", "entered_at"])
    op.create_index("ix_opening_source", "opening", ["campaign_id", "source", "state_id", "day", "language", "count"])


def downgrade() -> None:
    """Go back."""
    op.drop_index("ix_opening_source", "opening")
    op.drop_table("sheet")
    op.drop_table("device")
    op.drop_index("ix_supporter_erase_at", "supporter")
    with op.batch_alter_table("supporter") as supporter:
        supporter.drop_column("erase_at")

"""What the organisers' first page is drawn from, and the indexes of what is counted for it."""

import sqlalchemy as sa
from alembic import op

revision = "0008_what_pages_are_drawn_from"
down_revision = "0007_for_other_programs"
branch_labels = None
depends_on = None

_DIMENSIONS = ("country", "language", "source")


def upgrade() -> None:
    """Go one step up."""
    op.create_table(
        "tally_by",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(length=8), nullable=False),
        sa.Column("state_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("value", sa.String(length=32), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_tally_by_campaign_id")),
        sa.ForeignKeyConstraint(["state_id"], ["state.id"], name=op.f("fk_tally_by_state_id")),
        sa.PrimaryKeyConstraint("campaign_id", "by", "state_id", "day", "value", name=op.f("pk_tally_by")),
    )
    for by in ("", "hour", *_DIMENSIONS):
        value = f"CAST({by} AS VARCHAR)" if by else "''"
        op.execute(
            f"INSERT INTO tally_by (campaign_id, by, state_id, day, value, count) "  # noqa: S608  our own words
            f"SELECT campaign_id, '{by}', state_id, day, {value}, SUM(count) FROM tally "
            f"GROUP BY {', '.join(one for one in ('campaign_id', 'state_id', 'day', by) if one)}"
        )
    op.create_table(
        "look",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=12), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("found", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_look_campaign_id")),
        sa.PrimaryKeyConstraint("campaign_id", "name", name=op.f("pk_look")),
    )
    uncounted, answered = sa.text("status IN ('pending', 'withdrawn')"), sa.text("answer <> ''")
    op.create_index(
        "ix_signature_uncounted",
        "signature",
        ["state_id", "status", "source", "country", "language", "created_at"],
        sqlite_where=uncounted,
        postgresql_where=uncounted,
    )
    op.create_index("ix_delivery_official_id_status_created_at", "delivery", ["official_id", "status", "created_at"])
    op.create_index(
        "ix_delivery_answer", "delivery", ["official_id", "answer"], sqlite_where=answered, postgresql_where=answered
    )


def downgrade() -> None:
    """Go back."""
    op.drop_index("ix_delivery_answer", "delivery")
    op.drop_index("ix_delivery_official_id_status_created_at", "delivery")
    op.drop_index("ix_signature_uncounted", "signature")
    op.drop_table("look")
    op.drop_table("tally_by")

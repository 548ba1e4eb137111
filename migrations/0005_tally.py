"""The journal summed up, so that a count of millions is read as fast as one of ten."""

import sqlalchemy as sa
from alembic import op

revision = "0005_tally"
down_revision = "0004_organisers"
branch_labels = None
depends_on = None

HOUR = {"sqlite": "CAST(strftime('%H', at) AS INTEGER)", "postgresql": "EXTRACT(HOUR FROM at AT TIME ZONE 'UTC')"}


def upgrade() -> None:
    """Go one step up; older lines are given the hour of their own instant, those that take back that of the first."""
    with op.batch_alter_table("journal") as batch_op:
        batch_op.add_column(sa.Column("hour", sa.SmallInteger(), nullable=False, server_default="0"))
    hour = HOUR[op.get_bind().dialect.name]
    op.execute(sa.text(f"UPDATE journal SET hour = {hour} WHERE delta = 1"))  # noqa: S608  our own words
    first = "SELECT one.hour FROM journal AS one WHERE one.signature_id = journal.signature_id AND one.delta = 1"
    op.execute(sa.text(f"UPDATE journal SET hour = ({first}) WHERE delta = -1"))  # noqa: S608
    op.create_table(
        "tally",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("state_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("hour", sa.SmallInteger(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("source", sa.String(length=32), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_tally_campaign_id")),
        sa.ForeignKeyConstraint(["state_id"], ["state.id"], name=op.f("fk_tally_state_id")),
        sa.PrimaryKeyConstraint(
            "campaign_id", "state_id", "day", "hour", "country", "language", "source", name=op.f("pk_tally")
        ),
    )
    op.create_table(
        "tally_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("line", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tally_mark")),
    )


def downgrade() -> None:
    """Go back: the journal alone holds all of it."""
    op.drop_table("tally_mark")
    op.drop_table("tally")
    with op.batch_alter_table("journal") as batch_op:
        batch_op.drop_column("hour")

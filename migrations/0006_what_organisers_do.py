"""What organisers change, let in, keep out, look at and take back; and what an hourly look finds."""

import sqlalchemy as sa
from alembic import op

revision = "0006_what_organisers_do"
down_revision = "0005_tally"
branch_labels = None
depends_on = None

REVIEWS = "review IN ('', 'held', 'approved', 'trimming', 'trimmed', 'refused')"
REVIEWED = sa.text("review <> ''")


def upgrade() -> None:
    """Go one step up."""
    _columns()
    _tables()


def _columns() -> None:
    with op.batch_alter_table("campaign") as batch_op:
        batch_op.add_column(sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("journal") as batch_op:
        batch_op.add_column(sa.Column("turn", sa.SmallInteger(), nullable=False, server_default="1"))
        batch_op.drop_constraint(op.f("uq_journal_signature_id_delta"), type_="unique")
        batch_op.create_unique_constraint(op.f("uq_journal_signature_id_delta_turn"), ["signature_id", "delta", "turn"])
    with op.batch_alter_table("official") as batch_op:
        batch_op.add_column(sa.Column("set_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("set_by", sa.String(length=254), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("verified_by", sa.String(length=254), nullable=False, server_default=""))
    with op.batch_alter_table("signature") as batch_op:
        batch_op.add_column(sa.Column("review", sa.String(length=8), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("review_reasons", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("trim_sealed", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("refusal", sa.String(length=12), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("reviewed_by", sa.String(length=254), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_check_constraint("review", REVIEWS)
    op.create_index("ix_signature_confirmed_at", "signature", ["confirmed_at"], unique=False)
    op.create_index(
        "ix_signature_campaign_id_created_at_id", "signature", ["campaign_id", "created_at", "id"], unique=False
    )
    op.create_index(
        "ix_signature_review", "signature", ["review"], unique=False, sqlite_where=REVIEWED, postgresql_where=REVIEWED
    )
    with op.batch_alter_table("supporter") as batch_op:
        batch_op.add_column(sa.Column("domain_key", sa.String(length=32), nullable=True))
    op.create_index("ix_supporter_domain_key", "supporter", ["domain_key"], unique=False)


def _tables() -> None:
    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.String(length=254), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("which", sa.String(length=120), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_change_campaign_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
    )
    op.create_index(
        "ix_change_campaign_id_kind_which_language",
        "change",
        ["campaign_id", "kind", "which", "language"],
        unique=False,
    )
    op.create_table(
        "rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=8), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("value", sa.String(length=254), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("who", sa.String(length=254), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("action IN ('allow', 'block')", name=op.f("ck_rule_action")),
        sa.CheckConstraint("kind IN ('network', 'domain', 'address')", name=op.f("ck_rule_kind")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_rule_campaign_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule")),
    )
    op.create_index("ix_rule_kind_value", "rule", ["kind", "value"], unique=False)
    op.create_table(
        "word",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("word", sa.String(length=80), nullable=False),
        sa.Column("who", sa.String(length=254), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('word', 'threat')", name=op.f("ck_word_kind")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_word_campaign_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_word")),
        sa.UniqueConstraint("campaign_id", "language", "word", name=op.f("uq_word_campaign_id_language_word")),
    )
    op.create_table(
        "batch",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("conditions", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("who", sa.String(length=254), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "status IN ('draft', 'running', 'done', 'cancelled', 'undoing', 'undone')", name=op.f("ck_batch_status")
        ),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_batch_campaign_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch")),
    )
    op.create_table(
        "batch_member",
        sa.Column("batch_id", sa.String(length=32), nullable=False),
        sa.Column("signature_id", sa.String(length=32), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_batch_member_batch_id")),
        sa.ForeignKeyConstraint(["signature_id"], ["signature.id"], name=op.f("fk_batch_member_signature_id")),
        sa.PrimaryKeyConstraint("batch_id", "signature_id", name=op.f("pk_batch_member")),
    )
    op.create_index("ix_batch_member_signature_id", "batch_member", ["signature_id"], unique=False)
    op.create_table(
        "alarm",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("shown_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("hour", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("usual", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_by", sa.String(length=254), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_alarm_campaign_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alarm")),
        sa.UniqueConstraint("campaign_id", "kind", "key", "hour", name=op.f("uq_alarm_campaign_id_kind_key_hour")),
    )
    op.create_index("ix_alarm_campaign_id_seen_at", "alarm", ["campaign_id", "seen_at"], unique=False)


def downgrade() -> None:
    """Go back; a signature that was counted again keeps the one line that counts it."""
    for name in ("alarm", "batch_member", "batch", "word", "rule", "change"):
        op.drop_table(name)
    op.drop_index("ix_supporter_domain_key", "supporter")
    with op.batch_alter_table("supporter") as batch_op:
        batch_op.drop_column("domain_key")
    op.drop_index("ix_signature_review", "signature")
    op.drop_index("ix_signature_campaign_id_created_at_id", "signature")
    op.drop_index("ix_signature_confirmed_at", "signature")
    with op.batch_alter_table("signature") as batch_op:
        batch_op.drop_constraint(op.f("ck_signature_review"), type_="check")
        for name in ("reviewed_at", "reviewed_by", "refusal", "trim_sealed", "review_reasons", "review"):
            batch_op.drop_column(name)
    with op.batch_alter_table("official") as batch_op:
        batch_op.drop_column("verified_by")
        batch_op.drop_column("set_by")
        batch_op.drop_column("set_at")
    counted = "SELECT signature_id FROM journal GROUP BY signature_id HAVING SUM(delta) = 1"
    op.execute(sa.text(f"DELETE FROM journal WHERE delta = -1 AND signature_id IN ({counted})"))  # noqa: S608  our own words
    op.execute(sa.text("DELETE FROM journal WHERE turn > 1"))
    with op.batch_alter_table("journal") as batch_op:
        batch_op.drop_constraint(op.f("uq_journal_signature_id_delta_turn"), type_="unique")
        batch_op.create_unique_constraint(op.f("uq_journal_signature_id_delta"), ["signature_id", "delta"])
        batch_op.drop_column("turn")
    with op.batch_alter_table("campaign") as batch_op:
        batch_op.drop_column("retired_at")
        batch_op.drop_column("paused_at")

"""Digests, mail that comes back, answers of offices, codes, and what people choose of a letter."""

import sqlalchemy as sa
from alembic import op

revision = "0003_letters_on_their_way"
down_revision = "0002_reminded_at"
branch_labels = None
depends_on = None

BEFORE = "status IN ('held', 'queued', 'claimed', 'in_data', 'accepted', 'refused', 'unknown', 'cancelled', 'blocked')"
AFTER = BEFORE.replace(")", ", 'bounced', 'complained')")
WAY = "way IN ('letter', 'digest')"
ANSWER = "answer IN ('', 'yes', 'no', 'returned')"
TAKES = "takes IN ('letters', 'digest', 'silence')"
OWN_WAY = "way IN ('mail', 'paper')"


def upgrade() -> None:
    """Go one step up."""
    _digest()
    _apart()
    with op.batch_alter_table("mail") as batch_op:
        batch_op.drop_constraint(op.f("ck_mail_status"), type_="check")
        batch_op.create_check_constraint(op.f("ck_mail_status"), AFTER)
    with op.batch_alter_table("delivery") as batch_op:
        batch_op.drop_constraint(op.f("ck_delivery_status"), type_="check")
        batch_op.add_column(sa.Column("way", sa.String(length=8), nullable=False, server_default="letter"))
        batch_op.add_column(sa.Column("digest_id", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("answer_days", sa.Integer(), nullable=False, server_default="30"))
        batch_op.add_column(sa.Column("ask_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("answer", sa.String(length=8), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_check_constraint(op.f("ck_delivery_status"), AFTER)
        batch_op.create_check_constraint(op.f("ck_delivery_way"), WAY)
        batch_op.create_check_constraint(op.f("ck_delivery_answer"), ANSWER)
        batch_op.create_foreign_key(op.f("fk_delivery_digest_id"), "digest", ["digest_id"], ["id"])
        batch_op.create_index(op.f("ix_delivery_digest_id"), ["digest_id"])
        batch_op.create_index("ix_delivery_ask_at", ["ask_at"])
    with op.batch_alter_table("official") as batch_op:
        batch_op.add_column(sa.Column("takes", sa.String(length=8), nullable=False, server_default="letters"))
        batch_op.add_column(sa.Column("hard_bounces", sa.Integer(), nullable=False, server_default="0"))
        batch_op.create_check_constraint(op.f("ck_official_takes"), TAKES)
    with op.batch_alter_table("supporter") as batch_op:
        batch_op.add_column(sa.Column("code_tries", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("mailbox") as batch_op:
        batch_op.add_column(sa.Column("suppressed_for", sa.String(length=12), nullable=False, server_default=""))
    with op.batch_alter_table("signature") as batch_op:
        batch_op.add_column(sa.Column("subject_choice", sa.SmallInteger(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("points", sa.JSON(), nullable=False, server_default="[]"))


def _digest() -> None:
    op.create_table(
        "digest",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("state_id", sa.Integer(), nullable=False),
        sa.Column("official_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claim", sa.String(length=32), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=80), nullable=False),
        sa.Column("in_data_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(AFTER, name=op.f("ck_digest_status")),
        sa.ForeignKeyConstraint(["state_id"], ["state.id"], name=op.f("fk_digest_state_id")),
        sa.ForeignKeyConstraint(["official_id"], ["official.id"], name=op.f("fk_digest_official_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest")),
    )
    op.create_index("ix_digest_status_due_at", "digest", ["status", "due_at"])
    op.create_index("ix_digest_address_created_at", "digest", ["address", "created_at"])


def _apart() -> None:
    op.create_table(
        "own_letter",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("state_id", sa.Integer(), nullable=False),
        sa.Column("offices", sa.JSON(), nullable=False),
        sa.Column("way", sa.String(length=8), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("network_key", sa.String(length=32), nullable=True),
        sa.Column("is_counted", sa.Boolean(), nullable=False),
        sa.CheckConstraint(OWN_WAY, name=op.f("ck_own_letter_way")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_own_letter_campaign_id")),
        sa.ForeignKeyConstraint(["state_id"], ["state.id"], name=op.f("fk_own_letter_state_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_letter")),
    )
    op.create_index("ix_own_letter_state_id_way", "own_letter", ["state_id", "way"])
    op.create_index("ix_own_letter_network_key_at", "own_letter", ["network_key", "at"])
    op.create_table(
        "phrase",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_phrase_campaign_id")),
        sa.PrimaryKeyConstraint("campaign_id", "key", name=op.f("pk_phrase")),
    )
    op.create_index(op.f("ix_phrase_last_on"), "phrase", ["last_on"])


def downgrade() -> None:
    """Go back; what only the newer schema can say becomes the nearest that the older can."""
    for table in ("delivery", "mail"):
        op.execute(
            sa.text(f"UPDATE {table} SET status = 'refused' WHERE status IN ('bounced', 'complained')")  # noqa: S608  our own names
        )
    with op.batch_alter_table("signature") as batch_op:
        batch_op.drop_column("points")
        batch_op.drop_column("subject_choice")
    with op.batch_alter_table("mailbox") as batch_op:
        batch_op.drop_column("suppressed_for")
    with op.batch_alter_table("supporter") as batch_op:
        batch_op.drop_column("code_tries")
    with op.batch_alter_table("official") as batch_op:
        batch_op.drop_constraint(op.f("ck_official_takes"), type_="check")
        batch_op.drop_column("hard_bounces")
        batch_op.drop_column("takes")
    with op.batch_alter_table("delivery") as batch_op:
        batch_op.drop_index("ix_delivery_ask_at")
        batch_op.drop_index(op.f("ix_delivery_digest_id"))
        batch_op.drop_constraint(op.f("fk_delivery_digest_id"), type_="foreignkey")
        for name in ("answer", "way", "status"):
            batch_op.drop_constraint(op.f(f"ck_delivery_{name}"), type_="check")
        for name in ("answered_at", "answer", "asked_at", "ask_at", "answer_days", "digest_id", "way"):
            batch_op.drop_column(name)
        batch_op.create_check_constraint(op.f("ck_delivery_status"), BEFORE)
    with op.batch_alter_table("mail") as batch_op:
        batch_op.drop_constraint(op.f("ck_mail_status"), type_="check")
        batch_op.create_check_constraint(op.f("ck_mail_status"), BEFORE)
    op.drop_table("phrase")
    op.drop_table("own_letter")
    op.drop_table("digest")

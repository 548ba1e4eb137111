"""Alembic's way in: it runs on the connection that campaign.outside.schema opened, in that transaction."""

from alembic import context

from campaign.models.tables import Base

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=True,
    transaction_per_migration=False,
    compare_type=True,
)
context.run_migrations()

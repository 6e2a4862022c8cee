"""Alembic's environment: migrates over the connection that `database.open_database` hands in."""

from alembic import context

from yearbook.catalogue.tables import Base

context.configure(
    connection=context.config.attributes["connection"], target_metadata=Base.metadata, render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()

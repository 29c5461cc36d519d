"""Alembic's entry: runs on the connection handed over by `database.storage.places.migrate`."""

from alembic import context

from database.schema import Base

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()

"""The lines of the journal are chained: whoever changes, takes out or puts in one is found out."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0028"
branch_labels = None
depends_on = None

_AT_ONCE = 5_000


def upgrade() -> None:
    """Both engines, in the migration's transaction."""
    for name in ("chain", "salt"):
        op.add_column("journal", sa.Column(name, sa.Text(), server_default="", nullable=False))
    op.create_table(
        "journal_completed",
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("after_id", sa.Integer(), nullable=False),
        sa.Column("chain", sa.Text(), nullable=False),
        sa.Column("opened", sa.Text(), nullable=False),
        sa.Column("opened_about", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["line_id"], ["journal.id"], name="fk_journal_completed_line_id_journal"
        ),
        sa.PrimaryKeyConstraint("line_id", name="pk_journal_completed"),
    )
    _chain_all(op.get_bind())


def _chain_all(connection: sa.Connection) -> None:
    """What was written so far is taken as it stands."""
    from database.text import chained

    names = (
        "id", "at", "actor", "desk", "action", "kind", "record_id", "facts", "undoes_id", "act_id",
    )  # fmt: skip
    journal = sa.table("journal", *(sa.column(name) for name in (*names, "chain", "salt")))
    journal.c.at.type = sa.DateTime(timezone=True)
    change = (
        sa.update(journal)
        .where(journal.c.id == sa.bindparam("line"))
        .values(chain=sa.bindparam("sum"), salt=sa.bindparam("grain"))
    )
    last, before = 0, chained.BEGIN
    columns = [journal.c[name] for name in names]
    wanted = sa.select(*columns).order_by(journal.c.id).limit(_AT_ONCE)
    while rows := connection.execute(wanted.where(journal.c.id > last)).all():
        changes = []
        for row in rows:
            salt = secrets.token_hex(8)
            said = (
                _moment(row.at), row.actor, row.desk, row.action, row.kind, row.record_id,
                row.undoes_id, row.act_id,
            )  # fmt: skip
            before = chained.of_line(before, said, chained.of_facts(row.facts, salt))
            changes.append({"line": row.id, "sum": before, "grain": salt})
        connection.execute(change, changes)
        last = rows[-1].id


def _moment(at: datetime) -> str:
    return (at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)).isoformat()

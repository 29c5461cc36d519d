"""The lines of the journal are chained: whoever changes, takes out or puts in one is found out. What
was written so far is chained as it stands, by `storage.projecting`."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


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

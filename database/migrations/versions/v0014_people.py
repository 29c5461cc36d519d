"""What an act on a patron changed, kept for a day; telephone numbers get
one form after the newest step."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Both engines, in the migration's transaction."""
    op.create_table(
        "patron_before",
        sa.Column("journal_id", sa.Integer(), nullable=False),
        sa.Column("patron_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["journal_id"], ["journal.id"], name="fk_patron_before_journal_id_journal"
        ),
        sa.ForeignKeyConstraint(
            ["patron_id"], ["patron.id"], name="fk_patron_before_patron_id_patron"
        ),
        sa.PrimaryKeyConstraint("journal_id", "patron_id", name="pk_patron_before"),
    )
    op.create_index("ix_patron_before_patron_id", "patron_before", ["patron_id"])
    op.create_index("ix_patron_phone", "patron", ["phone"])

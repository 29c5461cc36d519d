"""The lines of one change belong together, and tell at which desk it was done."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Both engines, in the migration's transaction."""
    op.add_column("journal", sa.Column("desk", sa.String(), server_default="", nullable=False))
    op.add_column("journal", sa.Column("act_id", sa.Integer(), nullable=True))
    op.create_index("ix_journal_act_id", "journal", ["act_id"])

"""What is typed and not saved yet is kept in the library, no longer on the PC."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Both engines, in the migration's transaction."""
    op.create_table(
        "draft",
        sa.Column("desk", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("desk", "name", name="pk_draft"),
    )

"""Fields that a library declares itself, of titles, copies and patrons, and their values."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Both engines, in the migration's transaction."""
    op.create_table(
        "own_field",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("choices", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "record IN ('title', 'item', 'patron')", name=op.f("ck_own_field_record")
        ),
        sa.CheckConstraint(
            "kind IN ('text', 'choice', 'date', 'number')", name=op.f("ck_own_field_kind")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_own_field"),
        sa.UniqueConstraint("record", "key", name="uq_own_field_record"),
    )
    for table in ("biblio", "item", "patron"):
        op.add_column(table, sa.Column("own", sa.Text(), nullable=False, server_default="{}"))

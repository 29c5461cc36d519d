"""Headings that are broader, narrower or related."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Both engines, in the migration's transaction."""
    op.create_table(
        "heading_relation",
        sa.Column("heading_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.CheckConstraint(
            "relation IN ('narrower', 'related')", name=op.f("ck_heading_relation_relation")
        ),
        sa.CheckConstraint("heading_id <> other_id", name=op.f("ck_heading_relation_apart")),
        sa.CheckConstraint(
            "relation = 'narrower' OR heading_id < other_id",
            name=op.f("ck_heading_relation_told_once"),
        ),
        sa.ForeignKeyConstraint(
            ["heading_id"], ["heading.id"], name="fk_heading_relation_heading_id_heading"
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["heading.id"], name="fk_heading_relation_other_id_heading"
        ),
        sa.PrimaryKeyConstraint("heading_id", "other_id", name="pk_heading_relation"),
    )
    op.create_index("ix_heading_relation_other_id", "heading_relation", ["other_id", "relation"])

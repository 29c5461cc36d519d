"""What waits to be printed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Both engines, in the migration's transaction."""
    op.create_table(
        "print_job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paper", sa.String(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("patron_id", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(item_id IS NULL) <> (patron_id IS NULL)", name=op.f("ck_print_job_one_subject")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_print_job_item_id_item"),
        sa.ForeignKeyConstraint(["patron_id"], ["patron.id"], name="fk_print_job_patron_id_patron"),
        sa.PrimaryKeyConstraint("id", name="pk_print_job"),
        sa.UniqueConstraint("paper", "item_id", name="uq_print_job_item"),
        sa.UniqueConstraint("paper", "patron_id", name="uq_print_job_patron"),
    )
    for column in ("item_id", "patron_id"):
        op.create_index(f"ix_print_job_{column}", "print_job", [column])

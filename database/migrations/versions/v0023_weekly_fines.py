"""A fine for each begun week, and days late counted by the calendar, as a rule says."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Both engines, in the migration's transaction."""
    # SQLite cannot add a constraint later, and Alembic would; both engines read this.
    for name, usual, allowed in (
        ("fine_unit", "day", "'day', 'week'"),
        ("late_counting", "open", "'open', 'calendar'"),
    ):
        op.execute(
            f"ALTER TABLE loan_rule ADD COLUMN {name} VARCHAR DEFAULT '{usual}' NOT NULL"
            f" CONSTRAINT ck_loan_rule_{name} CHECK ({name} IN ({allowed}))"
        )
    op.add_column("charge", sa.Column("weeks", sa.Integer(), server_default="0", nullable=False))

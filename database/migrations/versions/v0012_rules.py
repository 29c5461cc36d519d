"""Loan rules say more: hours, rounds, grace, and what follows a late return."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_USUAL: dict[str, dict[str, Any]] = {
    "staff": {"sanction": "money", "fine_per_day": 500},
    "student": {"sanction": "money", "fine_per_day": 500},
    "family": {"sanction": "suspension"},
    "public": {"sanction": "suspension"},
    "place": {"period": "round"},
}


def upgrade() -> None:
    """Both engines, in the migration's transaction."""
    # SQLite cannot add a constraint later, and Alembic would; both engines read this.
    for name, usual, allowed in (
        ("period", "days", "'days', 'hours', 'round'"),
        ("sanction", "none", "'none', 'money', 'suspension'"),
    ):
        op.execute(
            f"ALTER TABLE loan_rule ADD COLUMN {name} VARCHAR DEFAULT '{usual}' NOT NULL"
            f" CONSTRAINT ck_loan_rule_{name} CHECK ({name} IN ({allowed}))"
        )
    for name, usual in (("grace_days", "0"), ("fine_per_day", "0"), ("suspension_per_day", "1")):
        op.add_column(
            "loan_rule", sa.Column(name, sa.Integer(), server_default=usual, nullable=False)
        )
    for name in ("renewal_days", "fine_cap", "suspension_cap"):
        op.add_column("loan_rule", sa.Column(name, sa.Integer(), nullable=True))
    op.add_column(
        "loan_rule",
        sa.Column("holds_allowed", sa.Boolean(), server_default=sa.true(), nullable=False),
    )
    op.add_column("loan", sa.Column("due_at", sa.DateTime(timezone=True), nullable=True))
    _take_usual()


def _take_usual() -> None:
    """Rules that stand get what is usual for their kind of patron."""
    rule = sa.table(
        "loan_rule", *map(sa.column, ("category_id", "period", "sanction", "fine_per_day"))
    )
    category = sa.table("patron_category", *map(sa.column, ("id", "audience")))
    for audience, values in _USUAL.items():
        ids = sa.select(category.c.id).where(category.c.audience == audience)
        op.execute(rule.update().where(rule.c.category_id.in_(ids)).values(**values))

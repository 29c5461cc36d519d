"""Registers for the standards, confirmed thresholds, and reports that are closed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_WORDS = ("kind", "title", "number", "partner", "note")
_COUNTS = ("men", "women", "people", "quantity", "amount", "spent", "minutes")


def upgrade() -> None:
    """Both engines, in the migration's transaction."""
    _make_entries()
    op.create_table(
        "threshold",
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in ("standard", "indicator", "value", "article", "verified_by")
        ),
        sa.Column("verified_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("standard", "indicator", name="pk_threshold"),
    )
    _make_reports()


def _make_entries() -> None:
    none_below = " AND ".join(f"{name} >= 0" for name in _COUNTS)
    op.create_table(
        "register_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("register", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in _WORDS),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in _COUNTS),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "until IS NULL OR until >= day", name=op.f("ck_register_entry_until_after_day")
        ),
        sa.CheckConstraint(none_below, name=op.f("ck_register_entry_not_negative")),
        sa.PrimaryKeyConstraint("id", name="pk_register_entry"),
    )
    op.create_index("ix_register_entry_register", "register_entry", ["register", "day"])


def _make_reports() -> None:
    op.create_table(
        "period_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("digest", "program", "reason")),
        sa.Column("narrative", sa.Text(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("sent_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_period_report"),
    )
    op.create_index("uq_period_report_period", "period_report", ["period", "revision"], unique=True)

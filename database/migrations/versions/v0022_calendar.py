"""Days closed every year, and the years whose holidays are confirmed."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Both engines, in the migration's transaction."""
    op.create_table(
        "yearly_closing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.CheckConstraint("month BETWEEN 1 AND 12", name=op.f("ck_yearly_closing_month")),
        sa.CheckConstraint("day BETWEEN 1 AND 31", name=op.f("ck_yearly_closing_day")),
        sa.PrimaryKeyConstraint("id", name="pk_yearly_closing"),
    )
    made = op.create_table(
        "confirmed_year",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("year", name="pk_confirmed_year"),
    )
    _confirm(made)


def _confirm(made: sa.Table) -> None:
    """Whoever has closed days of a year has looked at it."""
    closed = sa.table("closed_day", sa.column("day", sa.Date()), sa.column("open", sa.Boolean()))
    days = op.get_bind().execute(sa.select(closed.c.day).where(closed.c.open.is_(sa.false())))
    years = sorted({row.day.year for row in days})
    if years:
        rows = [{"year": year, "confirmed_on": date(year, 1, 1)} for year in years]
        op.get_bind().execute(sa.insert(made), rows)

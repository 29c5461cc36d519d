"""A fine for each begun week, days late of the calendar, and what follows a discharge."""

from __future__ import annotations

from datetime import UTC, datetime

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
    op.add_column("loan", sa.Column("follows_since", sa.Date(), nullable=True))
    _mark_what_follows()
    op.execute(
        "ALTER TABLE card_seen ADD COLUMN visit_id INTEGER"
        " CONSTRAINT fk_card_seen_visit_id_visit REFERENCES visit (id)"
    )


def _mark_what_follows() -> None:
    """Loans left to follow were told by the journal alone; those taken back since are not."""
    journal = sa.table(
        "journal",
        *map(sa.column, ("id", "action", "record_id", "undoes_id")),
        sa.column("at", sa.DateTime(timezone=True)),
    )
    loan = sa.table("loan", sa.column("id"), sa.column("follows_since", sa.Date()))
    undone = sa.select(journal.c.undoes_id).where(journal.c.undoes_id.is_not(None))
    lines = op.get_bind().execute(
        sa.select(journal.c.record_id, journal.c.at)
        .where(journal.c.action == "loan.lengthened", journal.c.id.not_in(undone))
        .order_by(journal.c.id.desc())
    )
    for number, moment in lines.all():
        at: datetime = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        op.get_bind().execute(
            sa.update(loan).where(loan.c.id == number).values(follows_since=at.astimezone().date())
        )

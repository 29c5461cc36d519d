"""What an act on a patron changed, kept for a day; telephone numbers in one form."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Both engines, in the migration's transaction."""
    op.create_table(
        "patron_before",
        sa.Column("journal_id", sa.Integer(), nullable=False),
        sa.Column("patron_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["journal_id"], ["journal.id"], name="fk_patron_before_journal_id_journal"
        ),
        sa.ForeignKeyConstraint(
            ["patron_id"], ["patron.id"], name="fk_patron_before_patron_id_patron"
        ),
        sa.PrimaryKeyConstraint("journal_id", "patron_id", name="pk_patron_before"),
    )
    op.create_index("ix_patron_before_patron_id", "patron_before", ["patron_id"])
    op.create_index("ix_patron_phone", "patron", ["phone"])
    _write_alike(op.get_bind())


def _write_alike(connection: sa.Connection) -> None:
    """Numbers typed before in many ways; what is no number stays as it was typed."""
    from database.text import phones

    patron = sa.table("patron", *map(sa.column, ("id", "phone")))
    known = connection.execute(sa.select(patron).where(patron.c.phone != "")).all()
    change = patron.update().where(patron.c.id == sa.bindparam("at"))
    written = [(number, typed, phones.normal(typed)) for number, typed in known]
    values = [{"at": number, "phone": new} for number, typed, new in written if new != typed]
    if values:
        connection.execute(change, values)

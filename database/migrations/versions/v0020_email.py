"""E-mail addresses of patrons, and reminders sent to them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_CHANNELS = "channel IN ('whatsapp', 'copied', 'letter', 'email')"
_COLUMNS = (
    "id", "patron_id", "category", "subject", "channel", "level", "number", "copies", "sent_at",
    "sent_on", "cancelled_at",
)  # fmt: skip


def upgrade() -> None:
    """Both engines, in the migration's transaction."""
    op.add_column("patron", sa.Column("email", sa.String(), server_default="", nullable=False))
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(op.f("ck_reminder_channel"), "reminder")
        op.create_check_constraint(op.f("ck_reminder_channel"), "reminder", _CHANNELS)
    else:
        _anew()


def _anew() -> None:
    """SQLite changes no CHECK: the table is made anew. Nothing refers to it."""
    op.drop_index("uq_reminder_once_a_day", "reminder")
    op.rename_table("reminder", "reminder_before")
    made = op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("patron_id", sa.Integer(), nullable=True),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("subject IN ('loans', 'hold')", name=op.f("ck_reminder_subject")),
        sa.CheckConstraint(_CHANNELS, name=op.f("ck_reminder_channel")),
        sa.CheckConstraint("level BETWEEN 0 AND 3", name=op.f("ck_reminder_level")),
        sa.ForeignKeyConstraint(["patron_id"], ["patron.id"], name="fk_reminder_patron_id_patron"),
        sa.PrimaryKeyConstraint("id", name="pk_reminder"),
        sa.UniqueConstraint("number", name="uq_reminder_number"),
    )
    before = sa.table("reminder_before", *map(sa.column, _COLUMNS))
    op.get_bind().execute(
        sa.insert(made).from_select(_COLUMNS, sa.select(*(before.c[name] for name in _COLUMNS)))
    )
    op.drop_table("reminder_before")
    only = sa.text("cancelled_at IS NULL")
    op.create_index(
        "uq_reminder_once_a_day",
        "reminder",
        ["patron_id", "subject", "sent_on"],
        unique=True,
        sqlite_where=only,
        postgresql_where=only,
    )

"""Holds, quarantine and wiping, reminders, cards seen at the door."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer(), nullable=False)


def _moment(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _key(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=f"fk_{table}_{column}_{to}")


def upgrade() -> None:
    """Both engines, in the migration's transaction."""
    op.add_column(
        "item", sa.Column("wipeable", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    resting = sa.text("status_until IS NOT NULL")
    op.create_index(
        "ix_item_status_until",
        "item",
        ["status_until"],
        sqlite_where=resting,
        postgresql_where=resting,
    )
    _holds()
    _care()
    _reminders()


def _holds() -> None:
    op.create_table(
        "hold",
        _id(),
        sa.Column("biblio_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("patron_id", sa.Integer(), nullable=True),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        _moment("placed_at", nullable=False),
        sa.Column("placed_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("copy_id", sa.Integer(), nullable=True),
        _moment("ready_at"),
        sa.Column("ready_until", sa.Date(), nullable=True),
        _moment("ended_at"),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'ready', 'filled', 'cancelled', 'expired')",
            name=op.f("ck_hold_state"),
        ),
        sa.CheckConstraint(
            "(state IN ('waiting', 'ready')) = (ended_at IS NULL)", name=op.f("ck_hold_ended_whole")
        ),
        sa.CheckConstraint(
            "state <> 'ready' OR copy_id IS NOT NULL", name=op.f("ck_hold_ready_copy")
        ),
        _key("hold", "biblio_id", "biblio"),
        _key("hold", "item_id", "item"),
        _key("hold", "patron_id", "patron"),
        _key("hold", "copy_id", "item"),
        sa.PrimaryKeyConstraint("id", name="pk_hold"),
    )
    op.create_index("ix_hold_patron_id", "hold", ["patron_id"])
    for name, columns, where in (
        ("uq_hold_standing", ["biblio_id", "patron_id"], "ended_at IS NULL"),
        ("uq_hold_ready", ["copy_id"], "state = 'ready'"),
    ):
        only = sa.text(where)
        op.create_index(
            name, "hold", columns, unique=True, sqlite_where=only, postgresql_where=only
        )


def _care() -> None:
    op.create_table(
        "quarantine_rule",
        _id(),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("item_type", sa.String(), nullable=True),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("stays_out", sa.Boolean(), nullable=False),
        sa.CheckConstraint("hours BETWEEN 0 AND 2160", name=op.f("ck_quarantine_rule_hours")),
        _key("quarantine_rule", "unit_id", "unit"),
        sa.PrimaryKeyConstraint("id", name="pk_quarantine_rule"),
    )
    op.create_index(
        "uq_quarantine_rule_pair",
        "quarantine_rule",
        [sa.text("coalesce(unit_id, 0)"), sa.text("coalesce(item_type, '')")],
        unique=True,
    )
    op.create_table(
        "wiping",
        _id(),
        sa.Column("item_id", sa.Integer(), nullable=False),
        _moment("wiped_at", nullable=False),
        sa.Column("wiped_on", sa.Date(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        _moment("cancelled_at"),
        _key("wiping", "item_id", "item"),
        sa.PrimaryKeyConstraint("id", name="pk_wiping"),
    )
    op.create_index("ix_wiping_item_id", "wiping", ["item_id"])


def _reminders() -> None:
    op.create_table(
        "reminder",
        _id(),
        sa.Column("patron_id", sa.Integer(), nullable=True),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("copies", sa.Integer(), nullable=False),
        _moment("sent_at", nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        _moment("cancelled_at"),
        sa.CheckConstraint("subject IN ('loans', 'hold')", name=op.f("ck_reminder_subject")),
        sa.CheckConstraint(
            "channel IN ('whatsapp', 'copied', 'letter')", name=op.f("ck_reminder_channel")
        ),
        sa.CheckConstraint("level BETWEEN 0 AND 3", name=op.f("ck_reminder_level")),
        _key("reminder", "patron_id", "patron"),
        sa.PrimaryKeyConstraint("id", name="pk_reminder"),
        sa.UniqueConstraint("number", name="uq_reminder_number"),
    )
    only = sa.text("cancelled_at IS NULL")
    op.create_index(
        "uq_reminder_once_a_day",
        "reminder",
        ["patron_id", "subject", "sent_on"],
        unique=True,
        sqlite_where=only,
        postgresql_where=only,
    )
    op.create_table(
        "card_seen",
        sa.Column("patron_id", sa.Integer(), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=False),
        _key("card_seen", "patron_id", "patron"),
        sa.PrimaryKeyConstraint("patron_id", "seen_on", name="pk_card_seen"),
    )

"""What is owed and paid, suspensions, and days that were closed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_STANDS = sa.text("reopened_at IS NULL")


def upgrade() -> None:
    """Both engines, in the migration's transaction."""
    op.add_column("patron", sa.Column("suspended_until", sa.Date(), nullable=True))
    op.add_column("loan", sa.Column("suspended_until", sa.Date(), nullable=True))
    _charges()
    _payments()
    _closed_days()


def _charges() -> None:
    op.create_table(
        "charge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("patron_id", sa.Integer(), nullable=True),
        sa.Column("loan_id", sa.Integer(), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("per_day", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('overdue', 'replacement', 'damage')", name=op.f("ck_charge_kind")
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_charge_amount")),
        sa.ForeignKeyConstraint(["patron_id"], ["patron.id"], name="fk_charge_patron_id_patron"),
        sa.ForeignKeyConstraint(["loan_id"], ["loan.id"], name="fk_charge_loan_id_loan"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_charge_item_id_item"),
        sa.PrimaryKeyConstraint("id", name="pk_charge"),
    )
    for column in ("patron_id", "loan_id", "item_id"):
        op.create_index(f"ix_charge_{column}", "charge", [column])


def _payments() -> None:
    op.create_table(
        "payment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("charge_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("receipt", sa.String(), nullable=False),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('paid', 'waived', 'refund')", name=op.f("ck_payment_kind")),
        sa.CheckConstraint("amount > 0", name=op.f("ck_payment_amount")),
        sa.ForeignKeyConstraint(["charge_id"], ["charge.id"], name="fk_payment_charge_id_charge"),
        sa.PrimaryKeyConstraint("id", name="pk_payment"),
    )
    for column in ("charge_id", "receipt", "paid_on"):
        op.create_index(f"ix_payment_{column}", "payment", [column])


def _closed_days() -> None:
    figures = (
        "visitors", "lent", "returned", "renewed", "used", "taken", "given_back", "recorded",
        "counted", "handed_over",
    )  # fmt: skip
    op.create_table(
        "day_close",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in figures),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("reopened_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_day_close"),
    )
    op.create_index(
        "uq_day_close_standing",
        "day_close",
        ["closed_on"],
        unique=True,
        sqlite_where=_STANDS,
        postgresql_where=_STANDS,
    )

"""Stocktakes and weedings."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_OUTCOMES = (
    "'found', 'on_loan', 'misplaced', 'out_of_order', 'found_again', 'double', 'foreign', 'unknown'"
)


def upgrade() -> None:
    _stocktakes()
    _weedings()


def _stocktakes() -> None:
    op.create_table(
        "stocktake",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("ownership", sa.String(), nullable=False),
        sa.Column("location", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("minutes", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stocktake")),
    )
    op.create_table(
        "stock_scan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stocktake_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.Column("location", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("scanned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(f"outcome IN ({_OUTCOMES})", name=op.f("ck_stock_scan_outcome")),
        sa.ForeignKeyConstraint(
            ["stocktake_id"], ["stocktake.id"], name=op.f("fk_stock_scan_stocktake_id_stocktake")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_stock_scan_item_id_item")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_scan")),
    )
    op.create_index(op.f("ix_stock_scan_item_id"), "stock_scan", ["item_id"])
    op.create_index(
        "uq_stock_scan_found",
        "stock_scan",
        ["stocktake_id", "item_id"],
        unique=True,
        sqlite_where=sa.text("counts AND undone_at IS NULL"),
        postgresql_where=sa.text("counts AND undone_at IS NULL"),
    )


def _weedings() -> None:
    op.create_table(
        "weeding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("minutes", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_weeding")),
    )
    op.create_table(
        "weeding_line",
        sa.Column("weeding_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "decision IN ('withdraw', 'keep')", name=op.f("ck_weeding_line_decision")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_weeding_line_item_id_item")
        ),
        sa.ForeignKeyConstraint(
            ["weeding_id"], ["weeding.id"], name=op.f("fk_weeding_line_weeding_id_weeding")
        ),
        sa.PrimaryKeyConstraint("weeding_id", "item_id", name=op.f("pk_weeding_line")),
    )

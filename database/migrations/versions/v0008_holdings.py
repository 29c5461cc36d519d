"""Batches of deposits, issues of serials, and what more is known of a copy."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_WORDS = ("invoice", "condition", "minutes", "withdrawn_reason")


def upgrade() -> None:
    for name in _WORDS:
        op.add_column("item", sa.Column(name, sa.String(), server_default="", nullable=False))
    _make_deposits()
    _make_serials()
    # SQLite cannot add a constraint later, and Alembic would; both engines read this.
    op.execute(
        "ALTER TABLE item ADD COLUMN deposit_id INTEGER"
        " CONSTRAINT fk_item_deposit_id_deposit REFERENCES deposit (id)"
    )
    op.create_index("ix_item_deposit_id", "item", ["deposit_id"])


def _make_deposits() -> None:
    op.create_table(
        "deposit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("prefix", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "due_on IS NULL OR due_on >= received_on", name=op.f("ck_deposit_due_after_received")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deposit")),
        sa.UniqueConstraint("prefix", name=op.f("uq_deposit_prefix")),
    )


def _make_serials() -> None:
    op.create_table(
        "serial",
        sa.Column("biblio_id", sa.Integer(), nullable=False),
        sa.Column("frequency", sa.String(), nullable=False),
        sa.Column("issues_a_volume", sa.Integer(), nullable=False),
        sa.Column("supplier", sa.String(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["biblio_id"], ["biblio.id"], name=op.f("fk_serial_biblio_id_biblio")
        ),
        sa.PrimaryKeyConstraint("biblio_id", name=op.f("pk_serial")),
    )
    op.create_table(
        "serial_issue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("biblio_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("volume", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("expected_on", sa.Date(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("claimed_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["biblio_id"], ["biblio.id"], name=op.f("fk_serial_issue_biblio_id_biblio")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_serial_issue_item_id_item")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_serial_issue")),
        sa.UniqueConstraint(
            "biblio_id", "year", "volume", "number", name=op.f("uq_serial_issue_biblio_id")
        ),
    )
    op.create_index("ix_serial_issue_item_id", "serial_issue", ["item_id"])

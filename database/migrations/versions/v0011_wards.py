"""Rounds, wishes and hand-outs on the wards; copies that are given away."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_OLD, _NEW = "'returned_to_owner'", "'returned_to_owner', 'given'"


def upgrade() -> None:
    """Both engines, in the migration's transaction."""
    _allow_given()
    _make_rounds()
    _make_requests()
    _make_handouts()
    _widen_loans()


def _allow_given() -> None:
    """One more state of a copy. SQLite cannot change a check; the words of the table may be
    changed where, as here, no row on the disk changes (sqlite.org/lang_altertable.html, 7)."""
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        states = ("in_service", "reference", "quarantine", "repair", "missing", "lost",
                  "withdrawn", "returned_to_owner", "given")  # fmt: skip
        op.drop_constraint(op.f("ck_item_status"), "item", type_="check")
        listed = ", ".join(f"'{state}'" for state in states)
        op.create_check_constraint(op.f("ck_item_status"), "item", f"status IN ({listed})")
        return
    version = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    connection.exec_driver_sql("PRAGMA writable_schema = ON")
    connection.execute(
        sa.text(
            "UPDATE sqlite_master SET sql = replace(sql, :old, :new)"
            " WHERE type = 'table' AND name = 'item'"
        ),
        {"old": _OLD, "new": _NEW},
    )
    connection.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema = OFF")


def _place(table: str, nullable: bool = False) -> tuple[sa.Column[int], sa.ForeignKeyConstraint]:
    return (
        sa.Column("place_id", sa.Integer(), nullable=nullable),
        sa.ForeignKeyConstraint(["place_id"], ["patron.id"], name=f"fk_{table}_place_id_patron"),
    )


def _make_rounds() -> None:
    op.create_table(
        "round_plan",
        *_place("round_plan"),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_round_plan_weekday")),
        sa.PrimaryKeyConstraint("place_id", "weekday", name="pk_round_plan"),
    )
    op.create_table(
        "ward_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_ward_round"),
    )
    op.create_index("ix_ward_round_held_on", "ward_round", ["held_on"])
    op.create_table(
        "round_stop",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        *_place("round_stop"),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["round_id"], ["ward_round.id"], name="fk_round_stop_round_id_ward_round"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_round_stop"),
        sa.UniqueConstraint("round_id", "place_id", name="uq_round_stop_round_id"),
    )
    op.create_index("ix_round_stop_place_id", "round_stop", ["place_id"])


def _make_requests() -> None:
    op.create_table(
        "ward_request",
        sa.Column("id", sa.Integer(), nullable=False),
        *_place("ward_request"),
        sa.Column("bed", sa.String(), nullable=False),
        sa.Column("wish", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("met", sa.Boolean(), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_ward_request"),
    )
    op.create_index("ix_ward_request_place_id", "ward_request", ["place_id"])


def _make_handouts() -> None:
    op.create_table(
        "handout",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("biblio_id", sa.Integer(), nullable=True),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        *_place("handout", nullable=True),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("handed_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('leaflet', 'free')", name=op.f("ck_handout_kind")),
        sa.CheckConstraint("copies > 0", name=op.f("ck_handout_copies")),
        sa.ForeignKeyConstraint(["biblio_id"], ["biblio.id"], name="fk_handout_biblio_id_biblio"),
        sa.PrimaryKeyConstraint("id", name="pk_handout"),
    )
    for name in ("biblio_id", "place_id", "handed_on"):
        op.create_index(f"ix_handout_{name}", "handout", [name])


def _widen_loans() -> None:
    op.add_column("loan", sa.Column("outcome", sa.String(), server_default="", nullable=False))
    # SQLite cannot add a constraint later, and Alembic would; both engines read this.
    op.execute(
        "ALTER TABLE loan ADD COLUMN round_id INTEGER"
        " CONSTRAINT fk_loan_round_id_ward_round REFERENCES ward_round (id)"
    )
    op.drop_index("ix_loan_returned_on", "loan")
    told = ["returned_on", "category", "due_on", "cancelled_at", "outcome"]
    op.create_index("ix_loan_returned_on", "loan", told)
    where = sa.text("round_id IS NOT NULL")
    op.create_index(
        "ix_loan_round_id", "loan", ["round_id"], sqlite_where=where, postgresql_where=where
    )

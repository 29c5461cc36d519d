"""Units and wards, what more is known of patrons, and when they are forgotten."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_WORDS = ("bed", "guardian", "guarantor")
_KEPT = {  # days a link to a person is kept after the return, and after the membership
    "staff": (365, 730),
    "student": (365, 730),
    "public": (30, 365),
    "family": (30, 30),
    "patient": (7, 7),
    "place": (7, None),
}


def upgrade() -> None:
    """Both engines, in the migration's transaction."""
    _make_units()
    _widen_categories()
    _widen_patrons()
    _make_codes()
    _make_consent()


def _make_units() -> None:
    op.create_table(
        "unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("ward", sa.Boolean(), nullable=False),
        sa.Column("sensitive", sa.Boolean(), nullable=False),
        sa.Column("report_group", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_unit"),
        sa.UniqueConstraint("name", name="uq_unit_name"),
    )
    connection = op.get_bind()
    patron = sa.table("patron", *map(sa.column, ("unit", "kind")))
    rows = connection.execute(
        sa.select(patron.c.unit, sa.func.max(sa.case((patron.c.kind == "place", 1), else_=0)))
        .where(patron.c.unit != "")
        .group_by(patron.c.unit)
        .order_by(patron.c.unit)
    ).all()
    columns = ("name", "ward", "sensitive", "report_group", "position", "active")
    unit = sa.table("unit", *map(sa.column, columns))
    if rows:
        op.bulk_insert(
            unit,
            [
                {
                    "name": name,
                    "ward": bool(ward),
                    "sensitive": False,
                    "report_group": "",
                    "position": at,
                    "active": True,
                }
                for at, (name, ward) in enumerate(rows)
            ],
        )


def _widen_categories() -> None:
    op.add_column(
        "patron_category",
        sa.Column("number_pattern", sa.String(), server_default="", nullable=False),
    )
    for name in ("forget_loans_after", "forget_person_after"):
        op.add_column("patron_category", sa.Column(name, sa.Integer(), nullable=True))
    columns = ("audience", "forget_loans_after", "forget_person_after")
    category = sa.table("patron_category", *map(sa.column, columns))
    for audience, (loans, person) in _KEPT.items():
        op.execute(
            category.update()
            .where(category.c.audience == audience)
            .values(forget_loans_after=loans, forget_person_after=person)
        )


def _widen_patrons() -> None:
    for name in _WORDS:
        op.add_column("patron", sa.Column(name, sa.String(), server_default="", nullable=False))
    op.add_column("patron", sa.Column("blocked_until", sa.Date(), nullable=True))
    op.add_column(
        "patron", sa.Column("child", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    # SQLite cannot add a constraint later, and Alembic would; both engines read this.
    for name in ("place_id", "merged_into"):
        op.execute(
            f"ALTER TABLE patron ADD COLUMN {name} INTEGER"
            f" CONSTRAINT fk_patron_{name}_patron REFERENCES patron (id)"
        )
        op.create_index(f"ix_patron_{name}", "patron", [name])


def _make_codes() -> None:
    op.create_table(
        "patron_code",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("patron_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "code = upper(code) AND code <> ''", name=op.f("ck_patron_code_code_upper")
        ),
        sa.ForeignKeyConstraint(
            ["patron_id"], ["patron.id"], name="fk_patron_code_patron_id_patron"
        ),
        sa.PrimaryKeyConstraint("code", name="pk_patron_code"),
    )
    op.create_index("ix_patron_code_patron_id", "patron_code", ["patron_id"])
    op.create_table(
        "patron_photo",
        sa.Column("patron_id", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["patron_id"], ["patron.id"], name="fk_patron_photo_patron_id_patron"
        ),
        sa.PrimaryKeyConstraint("patron_id", name="pk_patron_photo"),
    )


def _make_consent() -> None:
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("patron_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("text_version", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["patron_id"], ["patron.id"], name="fk_consent_patron_id_patron"),
        sa.PrimaryKeyConstraint("id", name="pk_consent"),
    )
    op.create_index("ix_consent_patron_id", "consent", ["patron_id"])

"""How memberships stood, as events; those there are told from the columns of today."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_EVENTS = "'joined', 'revived', 'moved', 'renewed', 'changed', 'ended'"


def upgrade() -> None:
    """Both engines, in the migration's transaction."""
    made = op.create_table(
        "membership_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("patron_id", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("kind", "category", "sex")),
        sa.Column("joined_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.CheckConstraint(f"event IN ({_EVENTS})", name=op.f("ck_membership_event_event")),
        sa.CheckConstraint("kind IN ('person', 'place')", name=op.f("ck_membership_event_kind")),
        sa.CheckConstraint("until > since", name=op.f("ck_membership_event_order")),
        sa.ForeignKeyConstraint(
            ["patron_id"], ["patron.id"], name="fk_membership_event_patron_id_patron"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_membership_event"),
    )
    op.create_index("ix_membership_event_patron_id", "membership_event", ["patron_id", "since"])
    rows = [_event(row) for row in op.get_bind().execute(_patrons())]
    if rows:
        op.get_bind().execute(sa.insert(made), rows)


def _patrons() -> Any:
    """Every patron, also the forgotten and the merged: they are counted in months that are over."""
    names = ("kind", "sex")
    patron = sa.table(
        "patron",
        *map(sa.column, ("id", "category_id", *names)),
        *(sa.column(name, sa.Date()) for name in ("joined_on", "valid_until", "ended_on")),
        sa.column("created_at", sa.DateTime(timezone=True)),
    )
    category = sa.table("patron_category", sa.column("id"), sa.column("code"))
    return (
        sa.select(patron, category.c.code)
        .join(category, category.c.id == patron.c.category_id)
        .order_by(patron.c.id)
    )


def _event(row: Any) -> dict[str, Any]:
    made: datetime = row.created_at
    recorded: date = (made.astimezone() if made.tzinfo else made).date()
    return {
        "patron_id": row.id,
        "event": "joined",
        "since": min(row.joined_on, recorded),
        "kind": row.kind,
        "category": row.code,
        "sex": row.sex,
        "joined_on": row.joined_on,
        "valid_until": row.valid_until,
        "ended_on": row.ended_on,
        "recorded_on": recorded,
    }

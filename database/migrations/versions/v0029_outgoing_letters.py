"""One register and one series of numbers for every letter that leaves the house; what went out
before stands in it, and the series goes on above both series there were. Who signs may do so up to
a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_WORDS = ("recipient", "subject", "reason")


def upgrade() -> None:
    """Both engines, in the migration's transaction."""
    made = op.create_table(
        "outgoing_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("paper", sa.String(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=True),
        sa.Column("patron_id", sa.Integer(), nullable=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in _WORDS),
        sa.Column("copies_to", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("issued_at", _MOMENT, nullable=False),
        sa.Column("cancelled_at", _MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["patron_id"], ["patron.id"], name="fk_outgoing_letter_patron_id_patron"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_outgoing_letter"),
        sa.UniqueConstraint("number", name="uq_outgoing_letter_number"),
    )
    op.create_index("ix_outgoing_letter_day", "outgoing_letter", ["issued_on"])
    op.create_index("ix_outgoing_letter_paper", "outgoing_letter", ["paper", "record_id"])
    op.create_index("ix_outgoing_letter_patron_id", "outgoing_letter", ["patron_id"])
    if rows := list(_first_of_each(_sent_before())):
        op.bulk_insert(made, rows)
    _join_series()
    op.add_column("signatory", sa.Column("valid_until", sa.Date(), nullable=True))


_SENT = {
    "reminder-letters": (
        "SELECT number, id AS record_id, patron_id, sent_on AS issued_on, sent_at AS issued_at,"
        " cancelled_at FROM reminder WHERE number IS NOT NULL ORDER BY id"
    ),
    "clearance-letter": (
        "SELECT number, id AS record_id, patron_id, issued_on, issued_at, cancelled_at"
        " FROM clearance ORDER BY id"
    ),
    "stocktake-minutes": (
        "SELECT minutes AS number, id AS record_id, NULL AS patron_id, NULL AS issued_on,"
        " closed_at AS issued_at, NULL AS cancelled_at FROM stocktake"
        " WHERE closed_at IS NOT NULL ORDER BY id"
    ),
    "weeding-minutes": (
        "SELECT minutes AS number, id AS record_id, NULL AS patron_id, closed_on AS issued_on,"
        " closed_at AS issued_at, NULL AS cancelled_at FROM weeding"
        " WHERE closed_at IS NOT NULL ORDER BY id"
    ),
    "monthly-report": (
        "SELECT number, id AS record_id, NULL AS patron_id, signed_on AS issued_on,"
        " closed_at AS issued_at, NULL AS cancelled_at FROM period_report"
        " WHERE signed_on IS NOT NULL ORDER BY id"
    ),
}


def _sent_before() -> Iterator[dict[str, Any]]:
    for paper, asked in _SENT.items():
        for row in op.get_bind().execute(sa.text(asked)).mappings():
            at = _moment(row["issued_at"])
            yield {
                **dict.fromkeys((*_WORDS, "copies_to"), ""),
                "number": (row["number"] or "").strip(),
                "paper": paper,
                "record_id": row["record_id"],
                "patron_id": row["patron_id"],
                "issued_on": _day(row["issued_on"]) or at.astimezone().date(),
                "issued_at": at,
                "cancelled_at": _moment(row["cancelled_at"]) if row["cancelled_at"] else None,
            }


def _first_of_each(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """A number typed by hand may have been typed twice."""
    seen = {""}
    for row in rows:
        if row["number"] not in seen:
            seen.add(row["number"])
            yield row


def _moment(value: Any) -> datetime:
    """SQLite hands raw moments back as text, in UTC."""
    at = datetime.fromisoformat(value) if isinstance(value, str) else value
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _join_series() -> None:
    """Of each year the higher of the two."""
    bind, highest = op.get_bind(), dict[str, int]()
    for series, value in bind.execute(sa.text("SELECT series, value FROM counter")):
        kind, _dot, year = series.partition(".")
        if kind in {"reminder", "clearance"} and year.isdecimal():
            highest[year] = max(highest.get(year, 0), value)
    counter = sa.table("counter", sa.column("series"), sa.column("value"))
    rows = [{"series": f"letter.{year}", "value": value} for year, value in highest.items()]
    if rows:
        op.bulk_insert(counter, rows)

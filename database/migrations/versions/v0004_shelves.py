"""Shelf order, class groups, authors' order and days of review, for titles that stand."""

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")
_FILTERED = ("id", "material", "class_group", "language", "year", "cancelled_at")
_SORTED = (
    "created_on", "title_key", "author_key", "shelf_key", "year", "publisher", "material",
    "language", "class_group",
)  # fmt: skip
_AT_ONCE = 1000


def upgrade() -> None:
    for name, kind in (("author_key", _KEY), ("class_group", sa.String()), ("shelf_key", _KEY)):
        op.add_column("biblio", sa.Column(name, kind, server_default="", nullable=False))
    op.add_column("biblio", sa.Column("review_on", sa.Date(), nullable=True))
    op.add_column("item", sa.Column("shelf_key", _KEY, server_default="", nullable=False))
    _fill_titles(op.get_bind())
    _fill_copies(op.get_bind())
    _make_indexes()


def _make_indexes() -> None:
    for column in _SORTED:
        names = [column, *(name for name in _FILTERED if name != column)]
        op.create_index(f"ix_biblio_by_{column}", "biblio", names)
    dated = sa.text("review_on IS NOT NULL")
    op.create_index(
        "ix_biblio_review_on", "biblio", ["review_on"], sqlite_where=dated, postgresql_where=dated
    )
    op.drop_index("ix_biblio_title_key", "biblio")
    op.drop_index("ix_biblio_created_on", "biblio")
    op.create_index("ix_item_shelf_key", "item", ["shelf_key"])
    op.create_index("ix_item_location", "item", ["location", "biblio_id", "cancelled_at"])


def _fill_titles(connection: sa.Connection) -> None:
    from database.description import described, marc, shelf_order
    from database.description.projection import project

    biblio = sa.table(
        "biblio",
        *map(sa.column, ("id", "marc", "call_number", "author_key", "class_group", "shelf_key")),
        sa.column("review_on", sa.Date),
    )
    change = biblio.update().where(biblio.c.id == sa.bindparam("at"))
    for rows in _chunks(connection, biblio, biblio.c.marc, biblio.c.call_number):
        values = []
        for number, stored, call_number in rows:
            facts = project(marc.from_json(stored))
            values.append(
                {
                    "at": number,
                    "author_key": facts.author_key,
                    "review_on": facts.review_on,
                    "class_group": described.group_of(facts),
                    "shelf_key": shelf_order.key(call_number),
                }
            )
        connection.execute(change, values)


def _fill_copies(connection: sa.Connection) -> None:
    from database.description import shelf_order

    item = sa.table(
        "item", *map(sa.column, ("id", "call_number", "volume", "copy_number", "shelf_key"))
    )
    change = item.update().where(item.c.id == sa.bindparam("at"))
    columns = (item.c.call_number, item.c.volume, item.c.copy_number)
    for rows in _chunks(connection, item, *columns):
        values = [
            {"at": number, "shelf_key": shelf_order.key(call_number, volume, copy)}
            for number, call_number, volume, copy in rows
        ]
        connection.execute(change, values)


def _chunks(
    connection: sa.Connection, table: sa.TableClause, *columns: sa.ColumnClause[Any]
) -> Iterator[Sequence[Any]]:
    last = 0
    while True:
        wanted = sa.select(table.c.id, *columns).where(table.c.id > last)
        rows = connection.execute(wanted.order_by(table.c.id).limit(_AT_ONCE)).all()
        if not rows:
            return
        yield rows
        last = rows[-1][0]

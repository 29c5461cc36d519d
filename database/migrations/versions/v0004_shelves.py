"""Shelf order, class groups, authors' order and days of review; filled after the newest step."""

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


def upgrade() -> None:
    for name, kind in (("author_key", _KEY), ("class_group", sa.String()), ("shelf_key", _KEY)):
        op.add_column("biblio", sa.Column(name, kind, server_default="", nullable=False))
    op.add_column("biblio", sa.Column("review_on", sa.Date(), nullable=True))
    op.add_column("item", sa.Column("shelf_key", _KEY, server_default="", nullable=False))
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

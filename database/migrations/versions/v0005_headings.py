"""Forms that lead to a heading, and an index of the words of both."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_INDEXED = ("heading", "heading_reference")


def upgrade() -> None:
    """Both engines, in the migration's transaction."""
    op.create_table(
        "heading_reference",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("heading_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "key",
            sa.String().with_variant(sa.String(collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("origin", sa.String(), nullable=False),
        sa.CheckConstraint("origin IN ('see', 'written')", name="ck_heading_reference_origin"),
        sa.ForeignKeyConstraint(
            ["heading_id"], ["heading.id"], name="fk_heading_reference_heading_id_heading"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_heading_reference"),
        sa.UniqueConstraint("heading_id", "key", "origin", name="uq_heading_reference_heading_id"),
    )
    op.create_index("ix_heading_reference_key", "heading_reference", ["key"])
    op.create_index("ix_heading_kind_key", "heading", ["kind", "key", "scheme"])
    # Counting the titles of a heading then reads the index alone.
    op.drop_index("ix_biblio_heading_heading_id", "biblio_heading")
    op.create_index("ix_biblio_heading_heading_id", "biblio_heading", ["heading_id", "biblio_id"])
    op.execute(
        "DELETE FROM biblio_heading WHERE biblio_id IN"
        " (SELECT id FROM biblio WHERE cancelled_at IS NOT NULL)"
    )
    for table in _INDEXED:
        if op.get_bind().dialect.name == "postgresql":
            _words_on_postgresql(table)
        else:
            _words_on_sqlite(table)


def _words_on_postgresql(table: str) -> None:
    op.execute(
        f"CREATE INDEX ix_{table}_words ON {table}"
        " USING gin (array_to_tsvector(string_to_array(key, ' ')))"
    )


def _words_on_sqlite(table: str) -> None:
    """An index beside the table that holds no text of its own; triggers keep it true.

    But for new headings, which `headings` enters many at once: FTS5 writes out after every
    row that comes from a trigger, and an import brings ten thousands.
    """
    op.execute(
        f"CREATE VIRTUAL TABLE {table}_words USING fts5(key, content='{table}',"
        " content_rowid='id', detail=none, columnsize=0,"
        " tokenize='unicode61 remove_diacritics 0')"
    )
    enter = f"INSERT INTO {table}_words (rowid, key) VALUES (new.id, new.key);"  # noqa: S608
    leave = (
        f"INSERT INTO {table}_words ({table}_words, rowid, key) VALUES ('delete', old.id, old.key);"  # noqa: S608
    )
    acts = {"delete": leave, "update": leave + enter, "insert": enter}
    if table == "heading":
        del acts["insert"]
    for event, act in acts.items():
        op.execute(
            f"CREATE TRIGGER {table}_words_{event} AFTER {event.upper()} ON {table} BEGIN {act} END"
        )
    op.execute(f"INSERT INTO {table}_words ({table}_words) VALUES ('rebuild')")  # noqa: S608

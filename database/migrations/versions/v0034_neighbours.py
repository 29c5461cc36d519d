"""The catalogues of partners, kept and found apart from ours; lists of the words of titles alone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Both engines, in the migration's transaction."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "neighbour",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("since", sa.String(), nullable=False),
        sa.Column("begun", sa.String(), nullable=False),
        sa.Column("resume", sa.String(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("titles", sa.Integer(), nullable=False),
        sa.Column("harvested_at", moment, nullable=True),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("removed_at", moment, nullable=True),
        sa.CheckConstraint("kind IN ('oai', 'file')", name=op.f("ck_neighbour_kind")),
        sa.PrimaryKeyConstraint("id", name="pk_neighbour"),
    )
    op.create_table(
        "neighbour_title",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("neighbour_id", sa.Integer(), nullable=False),
        sa.Column("identifier", sa.String(), nullable=False),
        sa.Column("marc", sa.Text(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["neighbour_id"], ["neighbour.id"], name="fk_neighbour_title_neighbour_id_neighbour"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_neighbour_title"),
        sa.UniqueConstraint("neighbour_id", "identifier", name="uq_neighbour_title_neighbour_id"),
    )
    op.create_table(
        "neighbour_vocabulary",
        sa.Column("word", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("word", name="pk_neighbour_vocabulary"),
    )
    if op.get_bind().dialect.name == "sqlite":
        _on_sqlite()
        return
    op.execute(
        "CREATE TABLE neighbour_words ("
        "title_id integer PRIMARY KEY REFERENCES neighbour_title (id),"
        " title tsvector NOT NULL, words tsvector NOT NULL)"
    )
    for name in ("title", "words"):
        op.execute(
            f"CREATE INDEX ix_neighbour_words_{name} ON neighbour_words USING gin ({name})"
            " WITH (gin_pending_list_limit = 256)"
        )


def _on_sqlite() -> None:
    """Both indexes of words: those of titles have lists of their own, and each word can be asked
    which follows it. After a migration all words are indexed anew."""
    op.execute("DROP TABLE biblio_words")
    for name in ("biblio", "neighbour"):
        op.execute(
            f"CREATE VIRTUAL TABLE {name}_words USING fts5("
            "title, rest, detail=none, prefix='2 3 4',"
            " tokenize=\"unicode61 remove_diacritics 0 tokenchars '~^'\")"
        )
        op.execute(f"CREATE VIRTUAL TABLE {name}_terms USING fts5vocab({name}_words, instance)")

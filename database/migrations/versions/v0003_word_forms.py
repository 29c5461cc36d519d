"""Word forms in the search index, and the words of the catalogue to mend slips by.

Upgrading fills both: after a migration all words are indexed anew.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "vocabulary",
        sa.Column("word", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_vocabulary")),
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE biblio_words")
        op.execute(
            "CREATE VIRTUAL TABLE biblio_words USING fts5("
            "title, rest, detail=column, prefix='2 3 4',"
            " tokenize=\"unicode61 remove_diacritics 0 tokenchars '~'\")"
        )

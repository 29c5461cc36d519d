"""Pictures of covers, templates, and the kinds of material told apart anew."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_AT_ONCE = 1000


def upgrade() -> None:
    """Both engines, in the migration's transaction."""
    op.create_table(
        "cover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("biblio_id", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["biblio_id"], ["biblio.id"], name="fk_cover_biblio_id_biblio"),
        sa.PrimaryKeyConstraint("id", name="pk_cover"),
    )
    op.create_index("ix_cover_biblio_id", "cover", ["biblio_id", "removed_at"])
    op.create_table(
        "record_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("marc", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_record_template"),
    )
    _tell_apart(op.get_bind())


def _tell_apart(connection: sa.Connection) -> None:
    """Kind and language of titles that stand; nearly all stay as they are."""
    from database.description import marc
    from database.description.projection import project

    biblio = sa.table("biblio", *map(sa.column, ("id", "marc", "material", "language")))
    change = biblio.update().where(biblio.c.id == sa.bindparam("at"))
    last = 0
    while True:
        wanted = sa.select(biblio).where(biblio.c.id > last).order_by(biblio.c.id)
        rows = connection.execute(wanted.limit(_AT_ONCE)).all()
        if not rows:
            return
        values = []
        for number, stored, material, language in rows:
            facts = project(marc.from_json(stored))
            if (facts.material, facts.language) != (material, language):
                values.append(
                    {"at": number, "material": facts.material, "language": facts.language}
                )
        if values:
            connection.execute(change, values)
        last = rows[-1][0]

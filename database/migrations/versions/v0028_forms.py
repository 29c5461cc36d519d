"""What the forms of the offices ask: more of the library and of those who sign; and that a person
borrowed in a month, once the loans no longer tell whose they were."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


_PROFILE = (
    "npp", "kind", "subkind", "founded", "decree", "province", "contact", "contact_phone",
    "accreditation", "vision",
)  # fmt: skip


def upgrade() -> None:
    """Both engines, in the migration's transaction."""
    op.create_table(
        "borrowed",
        sa.Column("patron_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("loans", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["patron_id"], ["patron.id"], name="fk_borrowed_patron_id_patron"),
        sa.PrimaryKeyConstraint("patron_id", "month", "category", name="pk_borrowed"),
    )
    for table, names in (("profile", _PROFILE), ("signatory", ("capacity", "rank"))):
        for name in names:
            column = sa.Column(name, sa.String(), nullable=False, server_default="")
            op.add_column(table, column)

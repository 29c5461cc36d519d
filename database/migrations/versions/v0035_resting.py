"""What rests in quarantine is found without reading every copy."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Both engines, in the migration's transaction."""
    where = sa.text("status = 'quarantine'")
    op.create_index("ix_item_resting", "item", ["id"], sqlite_where=where, postgresql_where=where)

"""Titles and patrons are described anew: authors by who made a work, words however they are
joined, call numbers taken apart as they are written. The columns stay; what stands in them is
made again by what opens the library."""

from __future__ import annotations

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing of the shape changes."""

"""The programs whose whole database is read, and what their tables are to a library."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import Any

from database.sources import biblioteq, calibre, koha, slims
from database.sources.kept import Kept

PROGRAMS: Mapping[str, ModuleType] = {
    "slims": slims,
    "koha": koha,
    "biblioteq": biblioteq,
    "calibre": calibre,
}
"""Programs whose whole database is read."""
_TABLES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "slims": {
        "titles": ("biblio",),
        "copies": ("item",),
        "patrons": ("member",),
        "loans": ("loan",),
        "history": ("loan_history",),
        "charges": ("fines",),
        "holds": ("reserve",),
        "visits": ("visitor_count",),
        "closed": ("holiday",),
        "rules": ("mst_member_type", "mst_loan_rules"),
    },
    "koha": {
        "titles": ("biblio_metadata",),
        "copies": ("items",),
        "patrons": ("borrowers",),
        "loans": ("issues",),
        "history": ("old_issues",),
        "rules": ("categories",),
    },
    "biblioteq": {
        "titles": ("book", "cd", "dvd", "grey_literature", "journal", "magazine"),
        "copies": ("book_copy_info",),
        "patrons": ("member",),
        "loans": ("item_borrower",),
        "history": ("member_history",),
    },
    "calibre": {"titles": ("books",)},
}


def told(program: str, counts: Mapping[str, int]) -> dict[str, int]:
    """How many of what a library knows stand in a database."""
    return {
        what: sum(counts.get(one, 0) for one in tables)
        for what, tables in _TABLES[program].items()
        if any(counts.get(one) for one in tables)
    }


def asked(part: Any, held: Kept | None, what: str) -> Iterable[Any]:
    """What the database of a part tells of something ("loans_of", "rules_of", ...); nothing where
    the program keeps none of it, or the part is no database."""
    program = PROGRAMS.get(part.shape) if held is not None else None
    return getattr(program, what)(held) if hasattr(program, what) else ()

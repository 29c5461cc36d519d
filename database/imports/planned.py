"""One entry of a file or list on its way into the library, and what entries are read from."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from database.description.described import Described
from database.holdings.item_facts import ItemFacts
from database.imports.copies_told import Doubt
from database.sources.looking import Part


@dataclass(slots=True)
class Planned:
    """One entry of a file and what becomes of it: "new", "matched" or "refused".

    A match is a stored title (`biblio_id`) or an earlier record of the chunk (`twin`).
    """

    file: str
    position: int
    outcome: str
    reason: str = ""
    described: Described | None = None
    biblio_id: int | None = None
    twin: Planned | None = None
    copies: list[ItemFacts] = field(default_factory=list)
    mended: str = ""
    doubts: list[Doubt] = field(default_factory=list)
    """What of it, or of its copies, is to be looked at: reason and detail."""
    joined: str = ""
    """The title it was matched with."""
    decided: str = ""
    """What was decided of it (`plan.Decision`), "" for what holds of all."""
    cover: str = ""
    """Where the picture of its cover lies, "" where none is at hand."""
    by_title: bool = False
    """A copy told with nothing but the words of its title: it joins the one that has them."""


Source = Path | Part
"""What titles are read from: a file of records, or a part of a file that holds a list."""


def size(source: Source) -> int:
    """Bytes of a file, 0 if there is none."""
    path = source if isinstance(source, Path) else source.path
    return path.stat().st_size if path.is_file() else 0


def name_of(source: Source) -> str:
    """How a source is called in what is told of it."""
    if isinstance(source, Path):
        return source.name
    return f"{source.path.name} [{source.sheet}]" if source.sheet else source.path.name

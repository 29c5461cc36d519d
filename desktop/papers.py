"""Every paper the library can print, found in the rooms of `desktop/pages`."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from io import BytesIO
from pathlib import Path
from types import ModuleType

from database.engine.whole_file import write_whole
from database.library import Session
from desktop import pages
from desktop.pages.drawing.entry import Paper

_ROOMS = ("registers", "labels", "cards", "slips", "letters", "report")
"""The order in which papers are listed; a room that is not named comes last."""


@dataclass(frozen=True, slots=True)
class Made:
    """A paper as written."""

    paper: Paper
    file: Path
    pages: int


def make(paper: Paper, folder: Path, session: Session, now: datetime) -> Made:
    """Write a paper into `folder`, whole or not at all."""
    import pypdfium2

    target = BytesIO()
    paper.write(target, session, now)
    content = target.getvalue()
    document = pypdfium2.PdfDocument(content)
    count = len(document)
    document.close()
    file = folder / paper.file_name
    write_whole(file, content)
    return Made(paper, file, count)


def _modules() -> Iterator[ModuleType]:
    """The page makers, room by room."""
    found = [one.name for one in pkgutil.iter_modules(pages.__path__) if one.ispkg]
    known = [room for room in _ROOMS if room in found]
    for room in [*known, *sorted(set(found) - set(known))]:
        package = import_module(f"{pages.__name__}.{room}")
        for one in pkgutil.iter_modules(package.__path__):
            yield import_module(f"{package.__name__}.{one.name}")


def _found() -> dict[str, Paper]:
    """Raises ValueError for a name declared twice: a program that cannot be shipped."""
    papers: dict[str, Paper] = {}
    for module in _modules():
        for paper in getattr(module, "PAPERS", ()):
            if paper.name in papers:
                raise ValueError(f"{module.__name__}: {paper.name} is declared elsewhere, too")
            papers[paper.name] = paper
    return papers


PAPERS = _found()
"""Every paper by its name, in the order they are listed."""

"""Looking at files before they are imported: the same plan, nothing written."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from database.imports.plan import Report, plan
from database.imports.reader import Planned


@dataclass(slots=True)
class Preview:
    """What an import would do; `rows` holds the first of all records and many of interest."""

    read: int = 0
    new: int = 0
    matched: int = 0
    refused: int = 0
    copies: int = 0
    rows: list[PreviewRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One record as the preview lists it."""

    file: str
    position: int
    outcome: str
    reason: str
    title: str
    contributors: str
    year: int | None
    copies: int
    isbn: str = ""
    mended: str = ""


_NOTHING: dict[str, Any] = {"title": "", "contributors": "", "year": None, "isbn": ""}
PREVIEW_ROWS = 2000
OF_INTEREST = 20_000
"""Records refused, matched or mended that are listed; all are counted."""


def preview(
    session: Session,
    files: Sequence[Path],
    *,
    with_items: bool = True,
    report: Report = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Preview:
    """Look at files without writing anything. Records refused or matched come first."""
    result = Preview()
    with closing(_Seen()) as seen:
        for chunk in plan(
            session, files, with_items=with_items, report=report, cancelled=cancelled
        ):
            _look(result, chunk, seen)
    return result


def _look(result: Preview, chunk: list[Planned], seen: _Seen) -> None:
    for one in chunk:
        _see_twins(one, seen)
        result.read += 1
        result.copies += len(one.copies)
        if one.outcome == "new":
            result.new += 1
        elif one.outcome == "matched":
            result.matched += 1
        else:
            result.refused += 1
        of_interest = one.outcome != "new" or bool(one.mended)
        if len(result.rows) < (OF_INTEREST if of_interest else PREVIEW_ROWS):
            result.rows.append(_row(one))


class _Seen:
    """What was met in a file, kept in a nameless file of its own that goes when it is closed:
    millions of records need no more memory than a few."""

    def __init__(self) -> None:
        self._kept = sqlite3.connect("")
        self._kept.execute("CREATE TABLE seen (mark INTEGER PRIMARY KEY)")

    def meet(self, marks: Iterable[str]) -> bool:
        """Whether one of them was met before; from now on all were."""
        hashed = [(_hashed(mark),) for mark in marks]
        find = self._kept.execute
        known = any(
            find("SELECT 1 FROM seen WHERE mark = ?", one).fetchone() is not None for one in hashed
        )
        self._kept.executemany("INSERT OR IGNORE INTO seen VALUES (?)", hashed)
        return known

    def close(self) -> None:
        """Let go of the file."""
        self._kept.close()


def _hashed(mark: str) -> int:
    """Eight bytes of it: of ten million, the chance that any two share them is 1 in 300,000."""
    return int.from_bytes(blake2b(mark.encode(), digest_size=8).digest(), signed=True)


def _see_twins(one: Planned, seen: _Seen) -> None:
    """A record met in an earlier chunk of the same files will have been stored by then."""
    if one.outcome != "new" or one.described is None:
        return
    told = one.described
    marks = {f"{kind}={value}={told.title_key}" for kind, value in told.identifiers}
    if not told.volume:
        marks |= {f"isbn={value}" for kind, value in told.identifiers if kind == "isbn"}
    if told.strong_key:
        marks.add(told.strong_key)
    if seen.meet(marks):
        one.outcome = "matched"


def _row(one: Planned) -> PreviewRow:
    row = one.described.row if one.described else _NOTHING
    return PreviewRow(
        one.file,
        one.position,
        one.outcome,
        one.reason,
        row["title"],
        row["contributors"],
        row["year"],
        len(one.copies),
        row["isbn"],
        one.mended,
    )

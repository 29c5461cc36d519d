"""Looking at files before they are imported: the same plan, nothing written."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from sqlalchemy.orm import Session

from database.imports.by_words import Standing, Worded
from database.imports.plan import Decided, Report, plan
from database.imports.planned import Planned, Source


@dataclass(slots=True)
class Preview:
    """What an import would do; `rows` holds the first of all records and many of interest."""

    read: int = 0
    new: int = 0
    matched: int = 0
    refused: int = 0
    copies: int = 0
    doubtful: int = 0
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
    biblio_id: int | None = None
    """The stored title it is joined with; None where that is another record of the files."""
    joined: str = ""
    """The title it is joined with."""
    doubt: str = ""
    """Why it is to be looked at though it is taken: a reason, and what it is about."""
    doubt_detail: str = ""


_NOTHING: dict[str, Any] = {"title": "", "contributors": "", "year": None, "isbn": ""}
PREVIEW_ROWS = 2000
OF_INTEREST = 20_000
"""Records refused, matched, mended or doubtful that are listed; all are counted."""


def preview(
    session: Session,
    files: Sequence[Source],
    *,
    with_items: bool = True,
    report: Report = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
    decided: Decided | None = None,
) -> Preview:
    """Look at files without writing anything: what `importing.run` would do with the same."""
    result = Preview()
    with closing(_Seen()) as seen:
        for chunk in plan(
            session,
            files,
            with_items=with_items,
            report=report,
            cancelled=cancelled,
            decided=decided,
            earlier=seen,
        ):
            _look(result, chunk)
            seen.remember([one for one in chunk if one.outcome == "new"])
    return result


def _look(result: Preview, chunk: list[Planned]) -> None:
    for one in chunk:
        result.read += 1
        result.copies += len(one.copies)
        if one.outcome == "new":
            result.new += 1
        elif one.outcome == "matched":
            result.matched += 1
        else:
            result.refused += 1
        doubtful = bool(one.doubts) and one.outcome != "refused"
        result.doubtful += doubtful
        of_interest = one.outcome != "new" or bool(one.mended) or doubtful
        if len(result.rows) < (OF_INTEREST if of_interest else PREVIEW_ROWS):
            result.rows.append(_row(one))


class _Seen:
    """The new titles met so far, kept in a nameless file of its own that goes when it is closed:
    millions of records need no more memory than a few."""

    def __init__(self) -> None:
        self._kept = sqlite3.connect("")
        self._kept.execute("CREATE TABLE numbered (mark INTEGER, title TEXT)")
        self._kept.execute("CREATE INDEX by_number ON numbered (mark)")
        self._kept.execute("CREATE TABLE keyed (mark INTEGER PRIMARY KEY, title TEXT)")
        self._kept.execute(
            "CREATE TABLE worded (mark INTEGER, title TEXT, call_number TEXT, brief INTEGER)"
        )
        self._kept.execute("CREATE INDEX by_words ON worded (mark)")

    def remember(self, new: Iterable[Planned]) -> None:
        """New titles, which later records may repeat."""
        listed = [one for one in new if one.described is not None]
        told = [one.described for one in listed if one.described is not None]
        words = [
            (_hashed(one.title_key), one.title, one.row["call_number"], planned.by_title)
            for one, planned in zip(told, listed, strict=True)
        ]
        self._kept.executemany("INSERT INTO worded VALUES (?, ?, ?, ?)", words)
        numbered = [(_hashed(*number), one.title) for one in told for number in one.identifiers]
        self._kept.executemany("INSERT INTO numbered VALUES (?, ?)", numbered)
        keyed = [(_hashed(one.strong_key), one.title) for one in told if one.strong_key]
        self._kept.executemany("INSERT OR IGNORE INTO keyed VALUES (?, ?)", keyed)

    def numbered(self, wanted: set[tuple[str, str]]) -> list[tuple[str, str, str]]:
        """(kind, number, title) of those that have one of the numbers."""
        find = self._kept.execute
        return [
            (kind, value, title)
            for kind, value in sorted(wanted)
            for (title,) in find(
                "SELECT title FROM numbered WHERE mark = ?", (_hashed(kind, value),)
            )
        ]

    def keyed(self, wanted: set[str]) -> dict[str, str]:
        """The titles that have one of the strong keys, by key."""
        find = self._kept.execute
        return {
            key: title
            for key in wanted
            for (title,) in find("SELECT title FROM keyed WHERE mark = ?", (_hashed(key),))
        }

    def worded(self, wanted: set[str]) -> list[tuple[str, Worded]]:
        """The titles that have one of these words as their folded title."""
        find = self._kept.execute
        asked = "SELECT title, call_number, brief FROM worded WHERE mark = ?"
        return [
            (words, Worded(Standing(title), call_number, bool(brief)))
            for words in sorted(wanted)
            for title, call_number, brief in find(asked, (_hashed(words),))
        ]

    def close(self) -> None:
        """Let go of the file."""
        self._kept.close()


def _hashed(*parts: str) -> int:
    """Eight bytes of it: of ten million, the chance that any two share them is 1 in 300,000."""
    mark = "=".join(parts).encode()
    return int.from_bytes(blake2b(mark, digest_size=8).digest(), signed=True)


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
        one.biblio_id,
        one.joined,
        *(one.doubts[0] if one.doubts else ("", "")),
    )

"""Another program's database held aside while it is read: a nameless file of our own, so that a
dump of any size is asked by its keys with little memory. It goes when it is closed."""

from __future__ import annotations

import marshal
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

_AT_ONCE = 5_000
_COMMON: Mapping[str, Any] = {}
_PLAIN = frozenset({str, int, float, type(None)})


class Kept:
    """The rows of the tables that are wanted, each by one of its columns."""

    def __init__(self, wanted: Mapping[str, str]) -> None:
        self._wanted = wanted
        self._kept = sqlite3.connect("", check_same_thread=False)
        self._kept.execute("CREATE TABLE kept (name TEXT, mark TEXT, shape INTEGER, row BLOB)")
        self._shapes: dict[tuple[str, ...], int] = {}
        self._columns: list[tuple[str, ...]] = []
        self.tables: dict[str, int] = {}
        self.one = lru_cache(maxsize=50_000)(self._one)

    def fill(self, rows: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
        """Take every row of the tables wanted."""
        waiting: list[tuple[str, str, int, bytes]] = []
        for name, row in rows:
            self.tables[name] = self.tables.get(name, 0) + 1
            mark = self._wanted.get(name)
            if mark is None:
                continue
            values = [value if type(value) in _PLAIN else _plain(value) for value in row.values()]
            shape = self._shape(tuple(row))
            waiting.append((name, str(row.get(mark, "")), shape, marshal.dumps(values)))
            if len(waiting) == _AT_ONCE:
                self._put(waiting)
                waiting = []
        self._put(waiting)
        self._kept.execute("CREATE INDEX by_mark ON kept (name, mark)")

    def _shape(self, columns: tuple[str, ...]) -> int:
        """The number of these columns: they are kept once, not with every row."""
        known = self._shapes.get(columns)
        if known is None:
            known = self._shapes[columns] = len(self._columns)
            self._columns.append(columns)
        return known

    def _put(self, rows: list[tuple[str, str, int, bytes]]) -> None:
        self._kept.executemany("INSERT INTO kept VALUES (?, ?, ?, ?)", rows)

    def _row(self, shape: int, row: bytes) -> Mapping[str, Any]:
        return dict(zip(self._columns[shape], marshal.loads(row), strict=True))

    def all(self, name: str) -> Iterator[Mapping[str, Any]]:
        """The rows of a table in their order."""
        asked = "SELECT shape, row FROM kept WHERE name = ? ORDER BY rowid"
        for shape, row in self._kept.execute(asked, (name,)):
            yield self._row(shape, row)

    def of(self, name: str, mark: object) -> list[Mapping[str, Any]]:
        """The rows of a table that carry a mark."""
        asked = "SELECT shape, row FROM kept WHERE name = ? AND mark = ? ORDER BY rowid"
        return [self._row(*one) for one in self._kept.execute(asked, (name, str(mark)))]

    def has(self, name: str, mark: object) -> bool:
        """Whether a row of a table carries a mark; nothing of the row is held."""
        asked = "SELECT 1 FROM kept WHERE name = ? AND mark = ? LIMIT 1"
        return self._kept.execute(asked, (name, str(mark))).fetchone() is not None

    def _one(self, name: str, mark: object) -> Mapping[str, Any]:
        """The first row of a table with a mark; an empty one where there is none."""
        return next(iter(self.of(name, mark)), _COMMON) if mark not in (None, "") else _COMMON

    def close(self) -> None:
        """Let go of the file."""
        self._kept.close()


def _plain(value: object) -> str:
    return "" if isinstance(value, bytes) else str(value)


def text(row: Mapping[str, Any], column: str) -> str:
    """A value as text, "" where there is none."""
    value = row.get(column)
    return "" if value is None else str(value)

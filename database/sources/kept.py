"""Another program's database held aside while it is read: a nameless file of our own, so that a
dump of any size is asked by its keys with little memory. It goes when it is closed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

_AT_ONCE = 5_000
_COMMON: Mapping[str, Any] = {}


class Kept:
    """The rows of the tables that are wanted, each by one of its columns."""

    def __init__(self, wanted: Mapping[str, str]) -> None:
        self._wanted = wanted
        self._kept = sqlite3.connect("", check_same_thread=False)
        self._kept.execute("CREATE TABLE kept (name TEXT, mark TEXT, row TEXT)")
        self.tables: dict[str, int] = {}
        self.one = lru_cache(maxsize=50_000)(self._one)

    def fill(self, rows: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
        """Take every row of the tables wanted."""
        waiting: list[tuple[str, str, str]] = []
        for name, row in rows:
            self.tables[name] = self.tables.get(name, 0) + 1
            mark = self._wanted.get(name)
            if mark is None:
                continue
            plain = {column: value for column, value in row.items() if value not in (None, "")}
            waiting.append((name, str(row.get(mark, "")), json.dumps(plain, default=_plain)))
            if len(waiting) == _AT_ONCE:
                self._put(waiting)
                waiting = []
        self._put(waiting)
        self._kept.execute("CREATE INDEX by_mark ON kept (name, mark)")

    def _put(self, rows: list[tuple[str, str, str]]) -> None:
        self._kept.executemany("INSERT INTO kept VALUES (?, ?, ?)", rows)

    def all(self, name: str) -> Iterator[Mapping[str, Any]]:
        """The rows of a table in their order."""
        asked = self._kept.execute("SELECT row FROM kept WHERE name = ? ORDER BY rowid", (name,))
        for (row,) in asked:
            yield json.loads(row)

    def of(self, name: str, mark: object) -> list[Mapping[str, Any]]:
        """The rows of a table that carry a mark."""
        asked = self._kept.execute(
            "SELECT row FROM kept WHERE name = ? AND mark = ? ORDER BY rowid", (name, str(mark))
        )
        return [json.loads(row) for (row,) in asked]

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

"""Rows out of text: what was copied from a spreadsheet, or a file of cells in any habit.

Cells are parted by tab, semicolon, comma or bar; quotes are doubled (RFC 4180), escaped by a
backslash (as SLiMS writes them), or stand alone inside a cell. A line `sep=;` says the sign.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from database import limits

_SIGNS = "\t;,|"
_SAYS = re.compile(r"\s*\"?sep=(.)\"?[ \t;,]*(\r\n|\r|\n|$)", re.IGNORECASE)
_LOOKED_AT = 60
_TURN = str.maketrans("'\"", "\"'")
_LONGEST_CELL = limits.CELL.most


@dataclass(frozen=True, slots=True)
class Cells:
    """The rows of a text and the sign its cells are parted by."""

    rows: list[list[str]]
    separator: str


def rows_of(text: str) -> list[list[str]]:
    """The rows of a text; a cell's blanks and line breaks are single blanks."""
    return table_of(text).rows


def table_of(text: str, name: str = "") -> Cells:
    """The rows of a text and the separator they were read by. Raises Refusal FILE_TOO_LARGE of the
    file of this name."""
    text = text.removeprefix("\ufeff").replace("\x00", "")
    said = _SAYS.match(text)
    if said:
        text = text[said.end() :]
    separator = said[1] if said else _separator(text)
    limits.must_hold(limits.CELLS, text.count(separator) + text.count("\n"), name)
    if _habit(text, separator, "'") and not _habit(text, separator, '"'):
        # Some write every cell in single quotes; they are turned, and those inside put aside.
        turned = text.translate(_TURN)
        rows = [[cell.translate(_TURN) for cell in row] for row in _split(turned, separator, True)]
    else:
        rows = _split(text, separator, _habit(text, separator, '"'))
    return Cells([[" ".join(cell.split()) for cell in row] for row in rows], separator)


def _separator(text: str) -> str:
    """The sign that parts most lines alike; between equals, the one with more cells."""
    lines = [line for line in text[: 1 << 17].splitlines() if line.strip()][:_LOOKED_AT]
    best = (0.0, 0, 0)
    chosen = ","
    for place, sign in enumerate(_SIGNS):
        outside = [len(re.sub(r'"[^"]*"', "", line).split(sign)) for line in lines]
        counts = Counter(count for count in outside if count > 1)
        if not counts:
            continue
        parted = sum(counts.values()) / len(lines)
        cells, often = max(counts.items(), key=lambda one: (one[1], one[0]))
        rank = (round(parted * often / len(lines), 2), cells, -place)
        if rank > best:
            best, chosen = rank, sign
    return chosen


def _habit(text: str, separator: str, quote: str) -> bool:
    """Whether every cell stands in quotes, so that a quote ends one only before another."""
    lines = [line for line in text[: 1 << 16].splitlines() if line.strip()][:_LOOKED_AT]
    quoted = [
        line
        for line in lines
        if line.startswith(quote)
        and line.rstrip().rstrip(separator).endswith(quote)
        and line.count(f"{quote}{separator}{quote}") >= max(1, line.count(separator) // 2)
    ]
    return bool(lines) and 2 * len(quoted) > len(lines)


def _split(text: str, separator: str, all_quoted: bool) -> list[list[str]]:
    reader = _Reader(text, separator, all_quoted)
    rows: list[list[str]] = []
    while not reader.at_end:
        rows.append(reader.row())
    return rows


class _Reader:
    """One pass over a text, a row at a time."""

    def __init__(self, text: str, separator: str, all_quoted: bool) -> None:
        sign, blank = re.escape(separator), r"[^\S\r\n\t]*"
        self._text, self._at, self._all_quoted = text, 0, all_quoted
        self._plain = re.compile(rf"[^{sign}\r\n]*+")
        self._blank = re.compile(blank)
        # A quote ends a cell where what follows can only be the next cell or line.
        bare = rf"(?:NULL|-?[\d.]*+){blank}(?:{sign}|[\r\n]|\Z)"
        next_cell = rf'{sign}{blank}(?:"|{bare})'
        strict = rf'(?:{next_cell}|{sign}?{blank}[\r\n]+"|{sign}?\s*\Z)'
        self._closes = re.compile(blank + (strict if all_quoted else rf"(?:{sign}|[\r\n]|\Z)"))
        self._run = re.compile('"++')

    @property
    def at_end(self) -> bool:
        """Whether every row was read."""
        return self._at >= len(self._text)

    def row(self) -> list[str]:
        """The next row."""
        text = self._text
        cells = [self._cell()]
        while self._at < len(text) and text[self._at] not in "\r\n":
            self._at += 1
            cells.append(self._cell())
        self._at += 2 if text.startswith("\r\n", self._at) else 1
        return cells

    def _cell(self) -> str:
        start = self._after_blanks(self._at)
        if self._text.startswith('"', start):
            end = self._end_of_quoted(start + 1)
            if end is not None:
                self._at = self._after_blanks(end + 1)
                return self._text[start + 1 : end].replace('""', '"').replace('\\"', '"')
        plain = self._plain.match(self._text, self._at)
        assert plain is not None
        self._at = plain.end()
        return plain[0]

    def _after_blanks(self, at: int) -> int:
        found = self._blank.match(self._text, at)
        return found.end() if found else at

    def _end_of_quoted(self, start: int) -> int | None:
        """Where the quote stands that ends the cell; None where none does."""
        text, at, last = self._text, start, start + _LONGEST_CELL
        while (found := self._run.search(text, at, min(last, len(text)))) is not None:
            at = found.end()
            if self._closes.match(text, at):
                escaped = found.start() > start and text[found.start() - 1] == "\\"
                # By the rule two quotes are one sign of the cell; who writes quotes as they are,
                # or with a backslash, ends it there.
                if len(found[0]) % 2 or self._all_quoted or escaped:
                    return at - 1
        return None

"""A sheet of cells as a table: where its heading stands, what each column means, which lines are
rows of it and which are a letterhead, a heading once more, a total, a signature.

Nothing of a sheet is passed over silently: each line is a row or told in `others`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from database.exchange.file_format import Sheet
from database.sources import fields, own_columns
from database.sources.fields import IGNORED, PRIVATE, Kind
from database.text import private_words
from database.text.own_values import OwnRow
from database.text.words import key

_DEEP = 60
"""Lines among which a heading is looked for."""
_SAMPLES = 3
_WIDEST = 512


class Other(StrEnum):
    """What a line is that is no row."""

    ABOVE = "above"
    HEADING = "heading"
    TOTAL = "total"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: where it stands (from 0), its heading, the field it is taken for ("" unknown,
    `private` never stored for the reason `private`), and a few of its cells."""

    at: int
    heading: str
    field: str
    samples: tuple[str, ...] = ()
    private: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet with a meaning. `kind` None: it could not be told. `heading` is the line its
    headings stand in (from 1), 0 where it has none. `rows` are (line, cells)."""

    sheet: str
    kind: Kind | None
    shape: str
    heading: int
    columns: tuple[Column, ...]
    rows: list[tuple[int, list[str]]]
    others: list[tuple[int, Other]]
    about: Mapping[str, str]
    own: tuple[OwnRow, ...] = ()
    """The fields that the library which takes the list has declared itself."""

    @property
    def mark(self) -> str:
        """What files of this shape have in common: their headings."""
        return "|".join(private_words.folded(one.heading) for one in self.columns)

    @property
    def left_out(self) -> tuple[Column, ...]:
        """Columns of data that is never stored."""
        return tuple(one for one in self.columns if one.field == PRIVATE)

    def mapped(self, chosen: Mapping[int, str], kind: Kind | None = None) -> Table:
        """The same table with other meanings, by column; what is private stays out."""
        kind = kind or self.kind
        columns = tuple(
            one if one.field == PRIVATE and kind is Kind.PATRONS else
            replace(one, field=chosen.get(one.at, self._meant(one.heading, kind) if kind else ""))
            for one in self.columns
        )  # fmt: skip
        return replace(self, columns=columns, kind=kind)

    def _meant(self, heading: str, kind: Kind) -> str:
        return own_columns.proposed(heading, fields.meant(heading, kind), kind, self.own)

    def knowing(self, own: Sequence[OwnRow]) -> Table:
        """The same table for a library that declared these fields: a column named like one of
        them is proposed for it."""
        kind = self.kind
        if kind is None:
            return replace(self, own=tuple(own))
        columns = tuple(
            replace(one, field=own_columns.proposed(one.heading, one.field, kind, own))
            for one in self.columns
        )
        return replace(self, columns=columns, own=tuple(own))


def read(sheet: Sheet, kind: Kind | None = None) -> Table:
    """The table of a sheet: its kind by its headings, or `kind` where that is known already."""
    rows = [(at, row[:_WIDEST]) for at, row in enumerate(sheet.rows, 1)]
    filled = [(at, row) for at, row in rows if any(cell.strip() for cell in row)]
    found = _heading(filled, kind)
    if found is None:
        return _headless(sheet, filled, kind)
    first, last, headings, found_kind = found
    columns = _columns(headings, found_kind)
    below = [(at, row) for at, row in filled if at > last]
    rows_, others = _sorted(below, headings, columns, _gaps(rows, last))
    columns = tuple(_unless_running(one, rows_) for one in columns)
    above = [(at, Other.ABOVE) for at, _row in filled if at < first]
    heading = [(at, Other.HEADING) for at, _row in filled if first <= at <= last]
    return Table(
        sheet.name,
        found_kind,
        "table",
        last,
        _with_samples(columns, rows_),
        rows_,
        [*above, *heading, *others],
        sheet.about,
    )


def _headless(sheet: Sheet, filled: list[tuple[int, list[str]]], kind: Kind | None) -> Table:
    wide = max((len(row) for _at, row in filled), default=0)
    columns = tuple(Column(at, "", "") for at in range(wide))
    return Table(
        sheet.name, kind, "table", 0, _with_samples(columns, filled), filled, [], sheet.about
    )


Found = tuple[int, int, list[str], Kind]


def _heading(filled: Sequence[tuple[int, list[str]]], kind: Kind | None) -> Found | None:
    """The line, or two lines, that name most fields of some kind of list."""
    best: tuple[int, Found] | None = None
    shown = filled[:_DEEP]
    for place, (at, row) in enumerate(shown):
        offers = [(at, at, list(row))]
        if place + 1 < len(shown) and shown[place + 1][0] == at + 1:
            offers.append((at, at + 1, _joined(row, shown[place + 1][1])))
        for first, last, headings in offers:
            if not _looks_like_heading(headings):
                continue
            found_kind = kind or fields.kind_of(headings)
            if found_kind is None or not fields.is_whole(
                fields.of_headings(headings, found_kind), found_kind
            ):
                continue
            rank = fields.score(headings, found_kind)
            # A second line must add something to be a part of the heading.
            if _enough(rank, headings) and (best is None or rank > best[0]):
                best = (rank, (first, last, headings, found_kind))
    return best[1] if best else None


def _enough(rank: int, headings: Sequence[str]) -> bool:
    return rank >= 2 or sum(bool(one) for one in headings) <= 2


def _looks_like_heading(headings: Sequence[str]) -> bool:
    """Headings are words, each once: no long texts, few figures."""
    told = [one for one in headings if one.strip()]
    bare = [one for one in told if not any(sign.isalpha() for sign in one)]
    return bool(told) and len(bare) * 3 <= len(told) and max(map(len, told)) <= 120


def _joined(above: Sequence[str], below: Sequence[str]) -> list[str]:
    """Two lines of headings as one: a group and its parts."""
    wide = max(len(above), len(below))
    joined = []
    for at in range(wide):
        first = above[at] if at < len(above) else ""
        second = below[at] if at < len(below) else ""
        joined.append(second if second and private_words.folded(second) else first)
    return joined


def _columns(headings: Sequence[str], kind: Kind) -> tuple[Column, ...]:
    meant = fields.of_headings(headings, kind)
    return tuple(
        Column(at, " ".join(head.split()), field,
               private=private_words.why_private(head) if field == PRIVATE else "")
        for at, (head, field) in enumerate(zip(headings, meant, strict=True))
    )  # fmt: skip


def _unless_running(one: Column, rows: Sequence[tuple[int, list[str]]]) -> Column:
    """1, 2, 3 … under "Nomor" counts the lines; it is nobody's number."""
    if one.field not in ("staff_number", "number", "barcodes"):
        return one
    cells = [row[one.at].strip(" .").removesuffix(".0") for _at, row in rows if one.at < len(row)]
    counted = bool(cells) and cells == [str(number) for number in range(1, len(cells) + 1)]
    return replace(one, field="") if counted and len(cells) > 1 else one


def _with_samples(
    columns: Sequence[Column], rows: Sequence[tuple[int, list[str]]]
) -> tuple[Column, ...]:
    """A few different cells of each column; of what is private none is shown."""
    told = []
    for one in columns:
        cells = (row[one.at] for _at, row in rows[:200] if one.at < len(row) and row[one.at])
        shown = () if one.field == PRIVATE else tuple(dict.fromkeys(cells))[:_SAMPLES]
        told.append(replace(one, samples=shown))
    return tuple(told)


# --- which lines are rows

_TOTAL = re.compile(
    r"(?:sub ?|grand )?(?:jumlah|total)(?: (?:keseluruhan|seluruh|semua|buku|"
    r"eksemplar|akhir|anggota))*"
)
_SIGNED = re.compile(
    r"(?:mengetahui|menyetujui|disetujui|dibuat oleh|disusun oleh|diperiksa|kepala|direktur|ketua|"
    r"pustakawan|petugas|penanggung jawab|pengelola|nip|keterangan|catatan)\b"
)


def _gaps(rows: Sequence[tuple[int, list[str]]], heading: int) -> set[int]:
    """Lines that follow an empty one."""
    empty = {at for at, row in rows if at > heading and not any(cell.strip() for cell in row)}
    return {at + 1 for at in empty}


def _sorted(
    lines: Sequence[tuple[int, list[str]]],
    headings: Sequence[str],
    columns: Sequence[Column],
    gaps: set[int],
) -> tuple[list[tuple[int, list[str]]], list[tuple[int, Other]]]:
    named = [key(one) for one in headings]
    mapped = [one.at for one in columns if one.field not in ("", IGNORED)]
    usual = _usual([row for _at, row in lines], mapped)
    end = _end(lines, mapped, usual, gaps)
    rows, others = [], []
    for place, (at, row) in enumerate(lines):
        if place >= end:
            others.append((at, Other.BELOW))
        elif _repeats(row, named):
            others.append((at, Other.HEADING))
        elif _is_total(row, mapped, usual):
            others.append((at, Other.TOTAL))
        else:
            rows.append((at, row))
    return rows, others


def _filled(row: Sequence[str], mapped: Sequence[int]) -> int:
    return sum(at < len(row) and bool(row[at].strip()) for at in mapped)


def _usual(rows: Sequence[Sequence[str]], mapped: Sequence[int]) -> int:
    """How many of the columns a row of the list fills: signatures below a short list are as many
    as its rows, and fill few."""
    counts = sorted(_filled(row, mapped) for row in rows)
    return counts[len(counts) * 3 // 4] if counts else 0


def _end(
    lines: Sequence[tuple[int, list[str]]], mapped: Sequence[int], usual: int, gaps: set[int]
) -> int:
    """Where the rows end: what follows is signed, or little, behind an empty line."""
    end = len(lines)
    for place in range(len(lines) - 1, -1, -1):
        at, row = lines[place]
        told = [key(cell) for cell in row if cell.strip()]
        little = len(told) <= max(1, int(usual * 0.4)) and _filled(row, mapped) <= max(
            1, usual // 3
        )
        signed = any(_SIGNED.match(one) for one in told)
        if not little or usual < 2:
            break
        if at in gaps or (signed and len(told) <= 2):
            end = place
    return end


def _repeats(row: Sequence[str], named: Sequence[str]) -> bool:
    told = [(key(cell), at) for at, cell in enumerate(row) if cell.strip()]
    same = sum(at < len(named) and named[at] == cell for cell, at in told)
    return same >= 2 and same * 2 > len(told)


def _is_total(row: Sequence[str], mapped: Sequence[int], usual: int) -> bool:
    told = [key(cell) for cell in row if cell.strip()]
    return (
        bool(told)
        and len(told) <= max(2, usual // 2)
        and any(_TOTAL.fullmatch(one) for one in told[:2])
    )

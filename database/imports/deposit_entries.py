"""The entries of a list that comes with a batch: records, or the lines of a table.

The table is a workbook or CSV as spreadsheets write it. Its first line names the columns, in
Indonesian or English; "jumlah" says how many copies came.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from database.description import marc, marc_form
from database.description.described import describe
from database.description.projection import project
from database.exchange import found
from database.imports import reader
from database.imports.planned import Planned
from database.refusal import Reason, Refusal

_HEADS = {
    "title": ("judul", "judul buku", "title"),
    "subtitle": ("anak judul", "subtitle"),
    "main_author": ("pengarang", "penulis", "nama pengarang", "author"),
    "isbn": ("isbn",),
    "edition": ("edisi", "cetakan", "edition"),
    "publisher": ("penerbit", "publisher"),
    "place": ("kota", "kota terbit", "tempat terbit", "place"),
    "year": ("tahun", "tahun terbit", "year"),
    "classification": ("klasifikasi", "kelas", "nomor klas", "no. klas", "ddc", "class"),
    "volume": ("jilid", "volume"),
    "count": ("jumlah", "jml", "eksemplar", "jumlah eksemplar", "copies", "count"),
}
_MOST = 1000


def entries_of(path: Path) -> list[tuple[Planned, int]]:
    """Each entry with how many copies of it came.

    Raises Refusal NOT_A_LIST, FILE_MISSING, FILE_EMPTY and those of reading MARC; Fault
    FILE_UNREADABLE.
    """
    known = found.of_file(path)
    table = known is not None and known.sheets is not None
    return list(_table(path) if table else _records(path))


def _records(path: Path) -> Iterator[tuple[Planned, int]]:
    """Records with as many copies as they tell of, or one."""
    for chunk, _done in reader.inline([path], with_items=True):
        for one in chunk:
            yield one, min(max(len(one.copies), 1), _MOST)


def _table(path: Path) -> Iterator[tuple[Planned, int]]:
    """Lines of a table as records."""
    rows = found.rows_of(path)
    heads = [" ".join(cell.lower().split()) for cell in rows[0]] if rows else []
    places = {
        key: heads.index(name) for key, names in _HEADS.items() for name in names if name in heads
    }
    if "title" not in places:
        raise Refusal(Reason.NOT_A_LIST, path=path.name)
    for position, row in enumerate(rows[1:], start=2):
        cells = {key: row[at].strip() for key, at in places.items() if at < len(row)}
        if any(cells.values()):
            yield _entry(path, position, cells)


def _entry(path: Path, position: int, cells: dict[str, str]) -> tuple[Planned, int]:
    told = cells.pop("count", "") or "1"
    if not cells.get("title"):
        return Planned(path.name, position, "refused", "no_title"), 0
    if not told.isdecimal() or not 1 <= int(told) <= _MOST:
        return Planned(path.name, position, "refused", "bad_count"), 0
    record = marc_form.apply(marc.Record(), {key: text for key, text in cells.items() if text})
    planned = Planned(path.name, position, "new", "", describe(record, project(record)))
    return planned, int(told)

"""A batch that comes with a list: MARC records, or a table with a line for each title.

The table is a workbook or CSV as spreadsheets write it. Its first line names the columns, in
Indonesian or English; "jumlah" says how many copies came. Titles that stand already are not
doubled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from database import journal
from database.catalogue import titles
from database.description import marc, marc_form
from database.description.described import describe
from database.description.projection import project
from database.exchange import found
from database.holdings import deposit_copies, items
from database.imports import plan, reader
from database.imports.plan import Cancelled, NotTaken
from database.imports.reader import Planned
from database.journal import Inverses, Line
from database.refusal import Reason, Refusal
from database.schema import Loan

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
_LONG = 100


@dataclass(slots=True)
class Filled:
    """What a list brought: titles added and met, copies made, entries left out."""

    line: int = 0
    added: int = 0
    met: int = 0
    copies: int = 0
    refused: list[NotTaken] = field(default_factory=list)


def fill(
    session: Session,
    deposit_id: int,
    path: Path,
    now: datetime,
    *,
    report: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Filled:
    """Bring the copies of a list into a batch, in the caller's transaction: one journal line.

    Raises Refusal NOT_A_LIST, BATCH_RETURNED, FILE_MISSING and those of reading MARC;
    Fault FILE_UNREADABLE; Cancelled.
    """
    batch = deposit_copies.may_grow(session, deposit_id)
    facts, filled = deposit_copies.facts_of_copy(batch), Filled()
    known = found.of_file(path, records=True, rows=True)
    table = known is not None and known.rows is not None
    entries = list(_table(path) if table else _records(path))
    added: list[int] = []
    lines: list[int] = []
    for done, (one, count) in enumerate(entries, start=1):
        if cancelled():
            raise Cancelled
        title = _title_of(session, one, now, filled, added)
        if title is not None:
            ids = items.add_items(session, title, facts, count, now)
            lines += [journal.line_about(session, "item.added", item_id) for item_id in ids]
        report(done, len(entries))
    filled.copies = len(lines)
    filled.line = journal.write(
        session,
        "deposit.filled",
        "Deposit",
        deposit_id,
        now,
        file=path.name,
        lines=lines,
        titles=added,
    )
    return filled


def _title_of(
    session: Session, one: Planned, now: datetime, filled: Filled, added: list[int]
) -> int | None:
    """The title an entry is of, added if it is new; None if it cannot be taken."""
    plan.classify(session, [one])
    if one.outcome == "refused":
        filled.refused.append(NotTaken(one.file, one.position, one.reason))
        return None
    if one.biblio_id is not None:
        filled.met += 1
        return one.biblio_id
    number = titles.add_biblio(session, _record(one), now)
    filled.added += 1
    added.append(journal.line_about(session, "biblio.added", number))
    return number


def _record(one: Planned) -> marc.Record:
    assert one.described is not None
    return marc.from_json(one.described.row["marc"])


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


# --- taken back


def is_long(line: Line) -> bool:
    """Whether taking a list back is work for the background."""
    return len(line.facts["lines"]) > _LONG


def take_back(session: Session, line: Line, now: datetime) -> None:
    """The inverse of `fill`: copies are struck, and titles that came with them and have no other.

    Raises Refusal CANNOT_UNDO if a copy was lent since.
    """
    for number in reversed(line.facts["lines"]):
        _strike_copy(session, number, now)
    for number in reversed(line.facts["titles"]):
        _strike_title(session, number, now)


def _strike_copy(session: Session, number: int, now: datetime) -> None:
    added = journal.read(session, number)
    if added is None or added.record_id is None or journal.is_undone(session, number):
        return
    lent = select(Loan.id).where(Loan.item_id == added.record_id, Loan.cancelled_at.is_(None))
    if session.execute(lent).first():
        raise Refusal(Reason.CANNOT_UNDO)
    try:
        items.cancel_item(session, added.record_id, now)
    except Refusal as gone:
        if gone.reason is not Reason.RECORD_GONE:
            raise
        return
    journal.write(session, "item.added.undone", "Item", added.record_id, now, undoes=number)


def _strike_title(session: Session, number: int, now: datetime) -> None:
    added = journal.read(session, number)
    if added is None or added.record_id is None or journal.is_undone(session, number):
        return
    try:
        titles.cancel_biblio(session, added.record_id, now)
    except Refusal:
        # It has got another copy since, or is gone already: either is as it should be.
        return
    journal.write(session, "biblio.added.undone", "Biblio", added.record_id, now, undoes=number)


INVERSES: Inverses = {"deposit.filled": take_back}

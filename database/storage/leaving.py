"""A whole library into a folder of open formats: for other programs (MARCXML), for people (lists
for a spreadsheet) and for another library of this program (every row of every table, and files).

Read in one snapshot, written as it is read: memory does not grow with the library.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol, TypeVar

from sqlalchemy import Connection, String, Table, collate, func, select
from sqlalchemy.orm import Session

from database.engine import bulk, engines, files
from database.exchange import found, sheet
from database.policy import own_fields
from database.refusal import Reason, Refusal
from database.rights import Right, need
from database.storage import export_folder as folders
from database.storage import marc_out, readable
from database.storage.export_folder import Cancel, Contents, Report, Steps
from database.storage.places import NEWEST

T = TypeVar("T")
_TOLD_EVERY = 500


@dataclass(frozen=True, slots=True)
class Left:
    """What was written: rows by the file people read, rows of all tables, files of the library,
    and the names of those that are not there any more."""

    lists: dict[str, int]
    rows: int
    files: int
    missing: tuple[str, ...]


class Texts(readable.Words, Protocol):
    """The words of what people read."""

    def page(self, left: Left) -> str:
        """The page that explains what lies in the folder, as HTML."""


def write_all(
    session: Session,
    where: str,
    folder: Path,
    texts: Texts,
    program: str,
    now: datetime,
    report: Report = lambda done, total: None,
    cancelled: Cancel = lambda: False,
) -> Left:
    """Write the library at `where`, read through `session` (a snapshot), into a new or empty
    folder; `program` is the version that writes.

    Raises Refusal NOT_ALLOWED, FOLDER_NOT_EMPTY; Cancelled; Fault DISK_FULL, FILE_UNWRITABLE.
    Then nothing of it stays."""
    need(session, Right.EXPORT)
    connection = session.connection()
    with engines.world(str(folder)), _new_folder(folder):
        rows = {table.name: _count(connection, table) for table in folders.tables()}
        lists = readable.lists(own_fields.listed(session))
        total = sum(rows.values()) + sum(one.count(connection) for one in lists)
        steps = Steps(total + rows["biblio"], report, cancelled)
        (folder / folders.TABLES).mkdir()
        for table in folders.tables():
            rows[table.name] = _write_table(connection, table, folder, steps)
        counts = {folders.TITLES: _write_titles(connection, folder, steps)}
        for one in lists:
            counts[one.file] = _write_list(connection, one, folder, texts, steps)
        copied, missing = _write_files(connection, where, folder, steps)
        left = Left(counts, sum(rows.values()), copied, missing)
        (folder / folders.PAGE).write_text(texts.page(left), encoding="utf-8", newline="\n")
        # Last: a folder without its list of contents was not written to its end.
        contents = Contents(program, NEWEST, now.isoformat(), rows, _sums(folder, steps), missing)
        (folder / folders.CONTENTS).write_bytes(contents.to_bytes())
    return left


@contextmanager
def _new_folder(folder: Path) -> Iterator[None]:
    """A folder to write into, empty before and, where that fails, after."""
    made = not folder.exists()
    if not made and (not folder.is_dir() or any(folder.iterdir())):
        raise Refusal(Reason.FOLDER_NOT_EMPTY, where=str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield
    except BaseException:
        # What kept it from being written may keep it from going: the first is the one to tell.
        with suppress(OSError):
            for one in folder.iterdir():
                if one.is_dir():
                    shutil.rmtree(one, ignore_errors=True)
                else:
                    one.unlink(missing_ok=True)
            if made:
                folder.rmdir()
        raise


def _count(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def _told(rows: Iterable[T], steps: Steps) -> Iterator[T]:
    """The rows, telling how many went by."""
    passed = 0
    for row in rows:
        yield row
        passed += 1
        if passed == _TOLD_EVERY:
            steps.add(passed)
            passed = 0
    steps.add(passed)


def _write_table(connection: Connection, table: Table, folder: Path, steps: Steps) -> int:
    written = 0
    with (folder / folders.place_of(table)).open("wb") as stream:
        for line in _lines(connection, table, steps):
            stream.write(line)
            written += 1
    return written


def sums(session: Session, steps: Steps) -> dict[str, str]:
    """By its place in such a folder, the hash of each table as it would be written there."""
    connection, found = session.connection(), {}
    for table in folders.tables():
        mark = hashlib.sha256()
        for line in _lines(connection, table, steps):
            mark.update(line)
        found[folders.place_of(table)] = mark.hexdigest()
    return found


def _lines(connection: Connection, table: Table, steps: Steps) -> Iterator[bytes]:
    """The rows of a table in their order, each as its line."""
    # Texts by their code points: each server would have an order of its own.
    binary = "C" if connection.dialect.name == "postgresql" else "BINARY"
    order = [
        collate(column, binary) if isinstance(column.type, String) else column
        for column in table.primary_key.columns
    ]
    reading = connection.execution_options(yield_per=bulk.at_once(table))
    line = folders.line_writer(table)
    yield from map(line, _told(reading.execute(select(table).order_by(*order)), steps))


def _write_titles(connection: Connection, folder: Path, steps: Steps) -> int:
    with (folder / folders.TITLES).open("wb") as stream:
        written, _left = found.write(stream, _told(marc_out.records(connection), steps), "marcxml")
    return written


def _write_list(
    connection: Connection, one: readable.List, folder: Path, texts: Texts, steps: Steps
) -> int:
    written = 0

    def rows() -> Iterator[list[object]]:
        nonlocal written
        for row in _told(one.rows(connection, texts), steps):
            written += 1
            yield row

    # The signs are those of where the library is, on whichever PC the folder is written.
    sheet.write_csv(folder / one.file, one.head(texts), rows(), sheet.INDONESIAN)
    return written


def _write_files(
    connection: Connection, where: str, folder: Path, steps: Steps
) -> tuple[int, tuple[str, ...]]:
    copied, missing = 0, []
    for sha256, (media_type, name) in sorted(files.referenced(connection).items()):
        if files.copy_out(connection, where, sha256, media_type, folder / folders.FILES):
            copied += 1
        else:
            missing.append(name)
        steps.add(0)
    return copied, tuple(missing)


def _sums(folder: Path, steps: Steps) -> dict[str, tuple[int, str]]:
    """Size and hash of each file, as it lies there now."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            name = path.relative_to(folder).as_posix()
            found[name] = path.stat().st_size, folders.sha256_of(path)
            steps.add(0)
    return found

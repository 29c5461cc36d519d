"""A folder that a whole library was written into (`leaving`), into an empty library on either
engine: afterwards the two are equal, row by row, with their numbers and their journal.

The folder may come from anywhere: what it holds is proved before and while it is read, and one
transaction takes all of it or nothing.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, MetaData, Table, inspect, select, text
from sqlalchemy.exc import DataError, IntegrityError, StatementError
from sqlalchemy.orm import Session

from database.engine import bulk, engines, files
from database.refusal import Fault, Reason, Refusal, Trouble
from database.schema import AttachmentContent, Base
from database.storage import copies, places
from database.storage import export_folder as folders
from database.storage.export_folder import Cancel, Contents, Report, Steps

_SET_UP = frozenset({
    "profile", "setting", "counter", "patron_category", "loan_rule", "quarantine_rule",
    "opening_hours", "closed_day", "yearly_closing", "confirmed_year", "signatory", "picture",
    "draft", "journal", "journal_completed", "unit", "threshold", "period_text",
    "record_template", "saved_question", "own_field",
    "vocabulary",
})  # fmt: skip
"""What setting a library up writes; a row of any other table is somebody's work."""

_TITLES = Base.metadata.tables["biblio"]


def is_export(folder: Path) -> bool:
    """Whether a whole library was written into this folder, known by its list of contents."""
    try:
        return folder.is_dir() and folders.read_contents(folder) is not None
    except (ValueError, OSError):
        return (folder / folders.CONTENTS).is_file()


def read_all(
    session: Session,
    where: str,
    folder: Path,
    report: Report = lambda done, total: None,
    cancelled: Cancel = lambda: False,
) -> Contents:
    """Fill the empty library at `where` in the transaction of `session`; what setting it up wrote
    gives way.

    Raises Refusal EXPORT_DAMAGED (with `path`, the file at fault), LIBRARY_NEWER,
    LIBRARY_NOT_EMPTY; Cancelled; Fault DISK_FULL, FILE_UNREADABLE."""
    connection = session.connection()
    contents = look(folder)
    _must_be_empty(connection)
    steps = Steps(_bytes(contents, folders.TABLES) * 3 + _bytes(contents, ""), report, cancelled)
    _prove(folder, contents, steps)
    bulk.any_order(connection)
    for table in reversed(Base.metadata.sorted_tables):
        connection.execute(table.delete())
    if contents.schema == places.NEWEST:
        _load(connection, folders.tables(), folder, contents, steps)
        # What is made from the titles tells whether they are any.
        with _damaged(folders.place_of(_TITLES)):
            copies.settle(connection)
    else:
        _by_older_tables(connection, folder, contents, steps)
    steps.add(_bytes(contents, folders.TABLES))
    _must_hang_together(connection)
    with engines.world(where):
        for name in _library_files(contents):
            files.copy_in(connection, where, folder / name)
            steps.add(0)
    return contents


def _bytes(contents: Contents, under: str) -> int:
    return sum(size for name, (size, _sha) in contents.files.items() if name.startswith(under))


# --- before anything is written


def look(folder: Path) -> Contents:
    """What the folder says it holds.

    Raises Refusal EXPORT_DAMAGED, LIBRARY_NEWER; Fault FILE_UNREADABLE."""
    damaged = Refusal(Reason.EXPORT_DAMAGED, path=folders.CONTENTS)
    try:
        read = folders.read_contents(folder)
    except ValueError as error:
        raise damaged from error
    except OSError as error:
        raise Fault(Trouble.FILE_UNREADABLE, where=str(folder)) from error
    if read is None:
        raise damaged
    contents, layout = read
    if layout > folders.LAYOUT or contents.schema > places.NEWEST:
        raise Refusal(Reason.LIBRARY_NEWER, where=str(folder))
    if not re.fullmatch(r"\d{4}", contents.schema) or contents.schema < "0001":
        raise damaged
    return contents


def _must_be_empty(connection: Connection) -> None:
    for table in Base.metadata.sorted_tables:
        if table.name not in _SET_UP and connection.execute(select(table).limit(1)).first():
            raise Refusal(Reason.LIBRARY_NOT_EMPTY)


def _library_files(contents: Contents) -> list[str]:
    return [name for name in contents.files if name.startswith(f"{folders.FILES}/")]


def _prove(folder: Path, contents: Contents, steps: Steps) -> None:
    """Every file that will be read is there and as it was written. The lists for people are not
    read: a spreadsheet may have saved them anew."""
    for name, (size, sha256) in contents.files.items():
        steps.add(0)
        if name.startswith(f"{folders.FILES}/"):
            told = folders.FILE_NAME.fullmatch(name)
            sound = told is not None and told[2] == sha256
        else:
            sound = re.fullmatch(r"selasar/[a-z_]+\.jsonl", name) is not None
            if not sound:
                steps.add(size)
                continue
        path = folder / name
        try:
            sound = sound and path.is_file() and path.stat().st_size == size
            sound = sound and folders.sha256_of(path) == sha256
        except OSError as error:
            raise Fault(Trouble.FILE_UNREADABLE, where=str(path)) from error
        if not sound:
            raise Refusal(Reason.EXPORT_DAMAGED, path=name)
        steps.add(size)


# --- the rows


def _load(
    connection: Connection, tables: Sequence[Table], folder: Path, contents: Contents, steps: Steps
) -> None:
    if {table.name for table in tables} != contents.rows.keys():
        raise Refusal(Reason.EXPORT_DAMAGED, path=folders.CONTENTS)
    zoned = tables[0].metadata is Base.metadata
    for table in tables:
        place = folders.place_of(table)
        with _damaged(place):
            if place not in contents.files:
                raise KeyError(place)
            wanted = contents.rows[table.name]
            bulk.fill(connection, table, _rows(table, folder / place, wanted, zoned, steps))


def _rows(
    table: Table, path: Path, wanted: int, zoned: bool, steps: Steps
) -> Iterator[tuple[Any, ...]]:
    read, passed, taken = folders.line_reader(table, zoned=zoned), 0, 0
    for line in folders.lines(path):
        yield read(line)
        taken += 1
        passed += len(line)
        if taken % 500 == 0:
            steps.add(passed)
            passed = 0
    steps.add(passed)
    if taken != wanted:
        raise ValueError(table.name)


@contextmanager
def _damaged(place: str) -> Iterator[None]:
    """What is no row of ours, and what the tables do not take, is told as a damaged file."""
    import psycopg

    try:
        yield
    except (
        ValueError,
        TypeError,
        LookupError,
        AttributeError,
        OverflowError,
        RecursionError,
        IntegrityError,
        DataError,
        psycopg.DataError,
        psycopg.IntegrityError,
    ) as error:
        raise Refusal(Reason.EXPORT_DAMAGED, path=place) from error
    except StatementError as error:
        if isinstance(error.orig, ValueError | TypeError | OverflowError):
            raise Refusal(Reason.EXPORT_DAMAGED, path=place) from error
        raise


def _must_hang_together(connection: Connection) -> None:
    """A file looks at its links when the transaction ends, and would not say whose they are."""
    if connection.dialect.name == "sqlite":
        astray = connection.execute(text("PRAGMA foreign_key_check")).first()
        if astray is not None:
            raise Refusal(Reason.EXPORT_DAMAGED, path=f"{folders.TABLES}/{astray[0]}.jsonl")


def _by_older_tables(
    connection: Connection, folder: Path, contents: Contents, steps: Steps
) -> None:
    """Rows of an older version: into tables as they were then, which are brought up to date as any
    older library is, and from there into these."""
    with tempfile.TemporaryDirectory() as beside:
        older = engines.connect(str(Path(beside) / "older.db"))
        try:
            places.migrate(older, contents.schema)
            with older.execution_options(selasar_write=True).begin() as then:
                tables = _as_they_were(then)
                bulk.any_order(then)
                for table in tables:
                    then.execute(table.delete())
                _load(then, tables, folder, contents, steps)
                _must_hang_together(then)
            with _damaged(folders.place_of(_TITLES)):
                places.migrate(older)
            with older.connect() as now:
                copies.pour(now, connection)
        finally:
            older.dispose()


def _as_they_were(connection: Connection) -> list[Table]:
    looked, then = inspect(connection), MetaData()
    return [
        Table(name, then, *(Column(one["name"], one["type"]) for one in looked.get_columns(name)))
        for name in sorted(looked.get_table_names())
        if "_words" not in name and name not in ("alembic_version", AttachmentContent.__tablename__)
    ]

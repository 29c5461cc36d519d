"""Copies of a library: the backup, the copy before an upgrade, and restoring on either engine."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, func, inspect, select, text

from database.engine import bulk, engines
from database.engine.private import begin_private
from database.refusal import Fault, Reason, Refusal, Trouble
from database.schema import Base, Biblio, Item, Journal, Loan, Patron
from database.storage import foreign
from database.storage.places import (
    NEWEST,
    migrate,
    must_exist,
    new_place,
    remove,
    version,
)

Report = Callable[[int, int], object]
_ONE_FILE = "PRAGMA journal_mode=DELETE"
"""A copy on a stick must be one file that opens anywhere, even where nothing can be written."""


@dataclass(frozen=True, slots=True)
class Contents:
    """How much a library holds, shown before and after a restore."""

    titles: int
    items: int
    patrons: int
    loans: int
    open_loans: int


@dataclass(frozen=True, slots=True)
class Held:
    """What a library held at a moment: how much, the newest act, and its line of the journal."""

    contents: Contents
    last_act: datetime | None
    line: int

    @classmethod
    def of(cls, told: dict[str, Any]) -> Held:
        """Out of plain values. Raises ValueError, TypeError, KeyError."""
        last = told["last_act"]
        moment = datetime.fromisoformat(last) if last else None
        return cls(Contents(**told["contents"]), moment, int(told["line"]))


def held(connection: Connection) -> Held:
    """What the library on `connection` holds, also one of an older version."""
    asked = select(Journal.__table__.c.at, Journal.__table__.c.id)
    last = connection.execute(asked.order_by(Journal.__table__.c.id.desc()).limit(1)).first()
    return Held(count(connection), last.at if last else None, last.id if last else 0)


def look_into(path: Path) -> Held:
    """Prove a backup as `verify` does, and tell what it holds."""
    verify(path)
    return held_in(path)


def held_in(path: Path) -> Held:
    """What a backup holds that was proved just now."""
    engine = engines.look(path)
    try:
        with engines.world(str(path)), engine.connect() as connection:
            return held(connection)
    finally:
        engine.dispose()


def copy_before_upgrade(engine: Engine, where: str, old: str, backups: Path | None) -> Path:
    """Keep a copy of a library as it was before its upgrade; returns where."""
    if engines.is_url(where):
        folder = backups or Path.home() / "Selasar" / "backups"
        name = f"{engines.server_url(where).database}"
    else:
        folder = backups or Path(where).parent
        name = Path(where).stem
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{name}.before-{NEWEST}-was-{old}.db"
    if engines.is_url(where):
        _dump_old_server(engine, target)
    else:
        _copy_file(engine, target)
    return target


def _dump_old_server(engine: Engine, target: Path) -> None:
    """An older server library, table by table as it is, into a plain SQLite file."""
    from sqlalchemy import MetaData, create_engine

    partial = target.with_name(target.name + ".partial")
    remove(partial)
    tables = MetaData()
    with engine.connect() as source:
        tables.reflect(source)
        begin_private(partial)
        copy = create_engine(f"sqlite:///{partial}")
        plain = MetaData()
        for table in tables.sorted_tables:
            _as_text(table, plain)
        plain.create_all(copy)
        with copy.begin() as out:
            for table in tables.sorted_tables:
                rows = [
                    {name: _plain(value) for name, value in row._mapping.items()}
                    for row in source.execute(select(table))
                ]
                if rows:
                    out.execute(plain.tables[table.name].insert(), rows)
        copy.dispose()
    partial.replace(target)


def _as_text(table: Any, into: Any) -> None:
    from sqlalchemy import Column, LargeBinary, String, Table

    Table(
        table.name,
        into,
        *(
            Column(c.name, LargeBinary if isinstance(c.type, LargeBinary) else String)
            for c in table.columns
        ),
    )


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, bytes) else str(value)


def count(connection: Connection) -> Contents:
    """Count the library on `connection`, also one of an older version, which may not know yet
    what is struck or forgotten."""
    known = inspect(connection)

    def of(table: Any, *empty: Any) -> int:
        has = {one["name"] for one in known.get_columns(table.__tablename__)}
        where = [column.is_(None) for column in empty if column.name in has]
        found: int = connection.execute(
            select(func.count()).select_from(table).where(*where)
        ).scalar_one()
        return found

    return Contents(
        titles=of(Biblio, Biblio.cancelled_at),
        items=of(Item, Item.cancelled_at),
        patrons=of(Patron, Patron.forgotten_at),
        loans=of(Loan, Loan.cancelled_at),
        open_loans=of(Loan, Loan.cancelled_at, Loan.returned_at),
    )


def backup(
    engine: Engine, where: str, to: Path, report: Report = lambda done, total: None
) -> Contents:
    """Copy into one SQLite file, prove it, then put it in place."""
    if not engines.is_url(where) and to.exists() and to.samefile(where):
        raise Refusal(Reason.LIBRARY_EXISTS, where=str(to))
    with engines.world(str(to)):
        to.parent.mkdir(parents=True, exist_ok=True)
        partial = to.with_name(to.name + ".partial")
        remove(partial)
        try:
            if engines.is_url(where):
                _copy_rows_to_file(engine, partial)
            else:
                _copy_file(engine, partial, report)
            contents = _proved(partial, where)
            partial.replace(to)
        finally:
            remove(partial)
    return contents


def _proved(copy: Path, where: str) -> Contents:
    """A copy that is not whole tells of what was copied: nobody else has written to it."""
    try:
        return verify(copy)
    except Refusal as told:
        if told.reason is not Reason.BACKUP_UNREADABLE:
            raise
        raise Fault(Trouble.DAMAGED, where=engines.hide_password(where)) from told


_PAGES = 2000
"""Copied at once, then told."""


def _copy_file(engine: Engine, to: Path, report: Report = lambda done, total: None) -> None:
    """SQLite's own online backup, of the library as it stands at its begin: whoever writes
    meanwhile neither waits nor makes it begin anew."""
    remove(to)
    begin_private(to)
    source = engine.raw_connection()
    target = sqlite3.connect(to)
    try:
        driver: Any = source.driver_connection
        driver.execute("BEGIN")
        driver.execute("SELECT 1 FROM sqlite_master").fetchone()
        driver.backup(
            target,
            pages=_PAGES,
            progress=lambda _status, left, total: report(total - left, total),
        )
        driver.execute("ROLLBACK")
        target.execute(_ONE_FILE)
    finally:
        target.close()
        source.close()


def _copy_rows_to_file(engine: Engine, to: Path) -> None:
    begin_private(to)
    target = engines.connect(str(to))
    try:
        migrate(target)
        copy_rows(engine, target)
    finally:
        target.dispose()
    with closing(sqlite3.connect(to)) as raw:
        raw.execute(_ONE_FILE)


def copy_rows(source: Engine, target: Engine) -> None:
    """Every row of every table into an empty library on either engine, in one transaction."""
    with source.connect() as old, target.execution_options(selasar_write=True).begin() as new:
        pour(old, new)


def pour(old: Connection, new: Connection) -> None:
    """The same between two connections."""
    bulk.any_order(new)
    for table in Base.metadata.sorted_tables:
        reading = old.execution_options(yield_per=bulk.at_once(table))
        rows = reading.execute(select(table).order_by(*table.primary_key.columns))
        bulk.fill(new, table, (tuple(row) for row in rows))
    settle(new)


def settle(connection: Connection) -> None:
    """After every table was filled: numbers go on after the highest, words are found."""
    from database.search import headings, indexing

    bulk.continue_sequences(connection)
    indexing.reindex(connection)
    headings.reindex(connection)


def verify(path: Path) -> Contents:
    """Open a copy read-only, check it is whole and count it.

    Raises Refusal BACKUP_UNREADABLE or LIBRARY_NEWER.
    """
    try:
        must_exist(str(path))
    except (Refusal, Fault) as error:
        raise Refusal(Reason.BACKUP_UNREADABLE, where=str(path)) from error
    engine = engines.look(path)
    try:
        with engines.world(str(path)):
            with engine.connect() as connection:
                foreign.must_run_nothing(connection, str(path))
                sound = connection.execute(text("PRAGMA quick_check(1)")).scalar_one()
            found = version(engine)
            if found is None or sound != "ok":
                raise Refusal(Reason.BACKUP_UNREADABLE, where=str(path))
            if found > NEWEST:
                raise Refusal(Reason.LIBRARY_NEWER, where=str(path))
            with engine.connect() as connection:
                return count(connection)
    except Fault as fault:
        if fault.trouble is Trouble.DAMAGED:
            raise Refusal(Reason.BACKUP_UNREADABLE, where=str(path)) from fault
        raise
    finally:
        engine.dispose()


def restore(source: Path, where: str) -> Contents:
    """Build a library at `where` from the backup `source`; both engines."""
    if not source.exists():
        raise Refusal(Reason.FILE_MISSING, path=str(source))
    from database.engine import files

    wanted = verify(source)
    with new_place(where) as building:
        if engines.is_url(where):
            _restore_to_server(source, where, building)
            return wanted
        old = engines.look(source)
        try:
            _copy_file(old, Path(building))
        finally:
            old.dispose()
        verify(Path(building))
        folder = files.folder_of(where)
        assert folder is not None
        files.copy_files(files.beside_backup(source), folder)
    return wanted


def _restore_to_server(source: Path, where: str, building: str) -> None:
    """Row by row; an older backup is brought to this version first, in a copy of it."""
    from database.engine import files

    with tempfile.TemporaryDirectory(prefix="selasar-restore-") as folder:
        copy = Path(folder) / "copy.db"
        shutil.copyfile(source, copy)
        old, new = engines.connect(str(copy)), engines.connect(building)
        try:
            if version(old) != NEWEST:
                migrate(old)
            migrate(new)
            copy_rows(old, new)
            with new.execution_options(selasar_write=True).begin() as connection:
                files.into_server(connection, where, files.beside_backup(source))
        finally:
            new.dispose()
            old.dispose()

"""Where a library lies: making a place for it, its version, copies and restores."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, func, inspect, select, text
from sqlalchemy.exc import OperationalError

from database.engine import engines
from database.engine.bulk import continue_sequences
from database.refusal import Fault, Reason, Refusal, Trouble
from database.schema import Base, Biblio, Item, Loan, Patron

NEWEST = "0020"
"""The newest migration; a test holds it equal to Alembic's head."""

MIGRATIONS = Path(__file__).parent.parent / "migrations"
_CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Contents:
    """How much a library holds, shown before and after a restore."""

    titles: int
    items: int
    patrons: int
    loans: int
    open_loans: int


def must_exist(where: str) -> None:
    """Refuse a place with nothing in it, or a file that is not SQLite, before opening makes one."""
    if engines.is_url(where):
        return
    path = Path(where)
    if not path.exists():
        raise Refusal(Reason.LIBRARY_MISSING, where=where)
    try:
        with path.open("rb") as stream:
            head = stream.read(16)
    except OSError as error:
        if path.is_dir():
            raise Refusal(Reason.NOT_A_LIBRARY, where=where) from error
        raise Fault(Trouble.FILE_UNREADABLE, where=where) from error
    if head != b"SQLite format 3\x00":
        raise Refusal(Reason.NOT_A_LIBRARY, where=where)


@contextmanager
def new_place(where: str) -> Iterator[str]:
    """A place to build a library in; it appears at `where` only if the block succeeds."""
    if engines.is_url(where):
        with engines.world(where):
            _make_database(where)
            engine = engines.connect(where)
            try:
                if inspect(engine).get_table_names():
                    raise Refusal(Reason.LIBRARY_EXISTS, where=engines.hide_password(where))
            finally:
                engine.dispose()
            yield where
        return
    path = Path(where)
    if path.exists():
        raise Refusal(Reason.LIBRARY_EXISTS, where=where)
    building = path.with_name(path.name + ".partial")
    with engines.world(where):
        path.parent.mkdir(parents=True, exist_ok=True)
        _remove(building)
        try:
            yield str(building)
            _fold_wal(building)
            building.rename(path)
        finally:
            _remove(building)


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _fold_wal(path: Path) -> None:
    """Bring the write-ahead log into the file, so that the file alone is the library."""
    raw = sqlite3.connect(path)
    try:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        raw.close()


def _make_database(where: str) -> None:
    """Create the PostgreSQL database if the server has none of that name and lets us."""
    import psycopg
    from psycopg import sql

    url = engines.server_url(where)
    try:
        engine = engines.connect(where)
        with engine.connect():
            return
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", None) not in {"3D000", None} or not url.database:
            raise
        if "does not exist" not in str(error.orig) and "tidak ada" not in str(error.orig):
            raise
    finally:
        engine.dispose()
    plain = url.set(drivername="postgresql", database="postgres")
    try:
        with psycopg.connect(plain.render_as_string(hide_password=False), autocommit=True) as raw:
            raw.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(url.database)))
    except psycopg.Error as error:
        raise Fault(Trouble.SERVER_GONE, where=engines.hide_password(where)) from error


def version(engine: Engine) -> str | None:
    """The migration a library stands at, or None where there is no library."""
    with engine.connect() as connection:
        names = set(inspect(connection).get_table_names())
        if not {"alembic_version", "profile", "biblio"} <= names:
            return None
        found: str | None = connection.execute(
            text("SELECT version_num FROM alembic_version")
        ).scalar_one_or_none()
        return found


def must_be_writable(engine: Engine) -> None:
    """Take and drop the write lock: a locked or read-only place shows here, not at the desk."""
    writing = engine.execution_options(selasar_write=True)
    with writing.connect() as connection:
        connection.execute(text("UPDATE profile SET id = 1 WHERE id = 1"))
        connection.rollback()


def migrate(engine: Engine, to: str = "head") -> None:
    """Bring the schema to the newest version (or `to`), in one transaction.

    At the newest, what is made from records is made anew and all words are indexed: both change
    with the program.
    """
    # Late: Alembic costs more than half a second and is needed only here.
    from alembic import command
    from alembic.config import Config

    from database.search import search
    from database.storage import projecting

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with engine.execution_options(selasar_write=True).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, to)
        if to == "head":
            projecting.project_anew(connection)
            search.reindex(connection)


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
    _remove(partial)
    tables = MetaData()
    with engine.connect() as source:
        tables.reflect(source)
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
    """Count the library on `connection`."""

    def of(*where: Any, table: Any) -> int:
        found: int = connection.execute(
            select(func.count()).select_from(table).where(*where)
        ).scalar_one()
        return found

    standing = Loan.cancelled_at.is_(None)
    return Contents(
        titles=of(Biblio.cancelled_at.is_(None), table=Biblio),
        items=of(Item.cancelled_at.is_(None), table=Item),
        patrons=of(Patron.forgotten_at.is_(None), table=Patron),
        loans=of(standing, table=Loan),
        open_loans=of(standing, Loan.returned_at.is_(None), table=Loan),
    )


def backup(engine: Engine, where: str, to: Path) -> Contents:
    """Copy into one SQLite file, prove it, then put it in place."""
    if not engines.is_url(where) and to.resolve() == Path(where).resolve():
        raise Refusal(Reason.LIBRARY_EXISTS, where=str(to))
    with engines.world(str(to)):
        to.parent.mkdir(parents=True, exist_ok=True)
        partial = to.with_name(to.name + ".partial")
        _remove(partial)
        try:
            if engines.is_url(where):
                _copy_rows_to_file(engine, partial)
            else:
                _copy_file(engine, partial)
            contents = verify(partial)
            partial.replace(to)
        finally:
            _remove(partial)
    return contents


def _copy_file(engine: Engine, to: Path) -> None:
    """SQLite's own online backup: consistent while others write."""
    _remove(to)
    source = engine.raw_connection()
    target = sqlite3.connect(to)
    try:
        driver: Any = source.driver_connection
        driver.backup(target)
        # A copy on a stick must be one file that opens anywhere, even read-only.
        target.execute("PRAGMA journal_mode=DELETE")
    finally:
        target.close()
        source.close()


def _copy_rows_to_file(engine: Engine, to: Path) -> None:
    target = engines.connect(str(to))
    try:
        migrate(target)
        copy_rows(engine, target)
    finally:
        target.dispose()
    _fold_wal(to)


def copy_rows(source: Engine, target: Engine) -> None:
    """Every row of every table into an empty library on either engine, in one transaction."""
    from database.search import headings, search

    with source.connect() as old, target.execution_options(selasar_write=True).begin() as new:
        for table in Base.metadata.sorted_tables:
            order = list(table.primary_key.columns)
            rows = old.execution_options(yield_per=_CHUNK).execute(select(table).order_by(*order))
            for part in rows.mappings().partitions(_CHUNK):
                new.execute(table.insert(), [dict(row) for row in part])
        continue_sequences(new)
        search.reindex(new)
        headings.reindex(new)


def verify(path: Path) -> Contents:
    """Open a copy read-only, check it is whole and count it.

    Raises Refusal BACKUP_UNREADABLE or LIBRARY_NEWER.
    """
    try:
        must_exist(str(path))
    except (Refusal, Fault) as error:
        raise Refusal(Reason.BACKUP_UNREADABLE, where=str(path)) from error
    engine = engines.connect(str(path))
    try:
        with engines.world(str(path)):
            with engine.connect() as connection:
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
        old = engines.connect(str(source))
        try:
            if engines.is_url(where):
                new = engines.connect(building)
                try:
                    migrate(new)
                    copy_rows(old, new)
                    with new.execution_options(selasar_write=True).begin() as connection:
                        files.into_server(connection, files.beside_backup(source))
                finally:
                    new.dispose()
            else:
                _copy_file(old, Path(building))
                verify(Path(building))
                folder = files.folder_of(where)
                assert folder is not None
                files.copy_files(files.beside_backup(source), folder)
        finally:
            old.dispose()
    return wanted

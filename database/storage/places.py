"""Where a library lies: making a place for it, its version, bringing it to the newest."""

from __future__ import annotations

import json
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from sqlalchemy import Engine, MetaData, inspect, text
from sqlalchemy.exc import OperationalError

from database.engine import engines
from database.engine.private import begin_private
from database.policy import settings
from database.refusal import Fault, Reason, Refusal, Trouble
from database.schema import Base

NEWEST = "0035"
"""The newest migration; a test holds it equal to Alembic's head."""

MIGRATIONS = Path(__file__).parent.parent / "migrations"
VERSIONS = MIGRATIONS / "versions"


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
                with _emptied_again(engine):
                    yield where
            finally:
                engine.dispose()
        return
    path = Path(where)
    if path.exists():
        raise Refusal(Reason.LIBRARY_EXISTS, where=where)
    building = path.with_name(path.name + ".partial")
    with engines.world(where):
        path.parent.mkdir(parents=True, exist_ok=True)
        remove(building)
        begin_private(building)
        try:
            yield str(building)
            fold_wal(building)
            _lay_aside(path)
            building.rename(path)
        finally:
            remove(building)


@contextmanager
def whole_or_gone(where: str) -> Iterator[None]:
    """A library just made at `where` that is not filled to its end goes again."""
    if not engines.is_url(where):
        try:
            yield
        except BaseException:
            remove(Path(where))
            shutil.rmtree(f"{where}.files", ignore_errors=True)
            raise
        return
    engine = engines.connect(where)
    try:
        with _emptied_again(engine):
            yield
    finally:
        engine.dispose()


@contextmanager
def _emptied_again(engine: Engine) -> Iterator[None]:
    """What fails half-way leaves the server's database without a table, as it was; whatever else
    its owner keeps there is not ours."""
    try:
        yield
    except BaseException:
        made = MetaData()
        made.reflect(engine)
        made.drop_all(engine)
        raise


def _lay_aside(path: Path) -> None:
    """A log that a library of this name left here would be played into the new one: it is kept
    under another name, for whoever looks for that library."""
    for suffix in ("-wal", "-shm", "-journal"):
        left = path.with_name(path.name + suffix)
        if left.exists():
            left.replace(path.with_name(f"{path.name}{suffix}.left-{time.time_ns()}"))


def remove(path: Path) -> None:
    """Take a SQLite file away with what SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def fold_wal(path: Path) -> None:
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
        if not is_missing(error) or not url.database:
            raise
    finally:
        engine.dispose()
    try:
        with psycopg.connect(beside(where), autocommit=True) as raw:
            raw.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(url.database)))
    except psycopg.Error as error:
        raise Fault(Trouble.SERVER_GONE, where=engines.hide_password(where)) from error


def is_missing(error: OperationalError) -> bool:
    """Whether a server let us in and has no database of that name."""
    told = str(error.orig)
    known = getattr(error.orig, "sqlstate", None) in {"3D000", None}
    return known and ("does not exist" in told or "tidak ada" in told)


def beside(where: str) -> str:
    """The address of the database that every server has, on the same server."""
    url = engines.server_url(where).set(drivername="postgresql", database="postgres")
    return url.render_as_string(hide_password=False)


def version(engine: Engine) -> str | None:
    """The migration a library stands at, or None where there is no library."""
    with engine.connect() as connection:
        names = set(inspect(connection).get_table_names())
        if not {"alembic_version", "profile", "biblio"} <= names:
            return None
        # Two lines are a file that somebody wrote by hand: the newest tells.
        found: str | None = connection.execute(
            text("SELECT max(version_num) FROM alembic_version")
        ).scalar()
        return found


def must_be_known(found: str, where: str) -> None:
    """Refuse a version that there never was. Raises Refusal VERSION_UNTRUE."""
    if not any(one.name.startswith(f"v{found}_") for one in VERSIONS.glob("v*_*.py*")):
        raise Refusal(Reason.VERSION_UNTRUE, where=engines.hide_password(where), version=found[:20])


def must_be_as_said(engine: Engine, where: str, found: str) -> None:
    """Refuse a library without a table or column that its version has: it would answer until
    somebody asks for that. Raises Refusal VERSION_UNTRUE."""
    server = engine.dialect.name == "postgresql"
    with engine.connect() as connection:
        there = {tuple(row) for row in connection.execute(_SERVER if server else _FILE)}
    if missing := sorted(_all_columns() - there):
        raise Refusal(
            Reason.VERSION_UNTRUE,
            where=engines.hide_password(where),
            version=found,
            missing=".".join(missing[0]),
        )


@cache
def _all_columns() -> frozenset[tuple[str, str]]:
    tables = Base.metadata.tables.values()
    return frozenset((table.name, column.name) for table in tables for column in table.columns)


_FILE = text(
    "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c "
    "WHERE m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL%'"
)
_SERVER = text(
    "SELECT table_name, column_name FROM information_schema.columns "
    "WHERE table_schema = ANY (current_schemas(false))"
)


def brought_by(engine: Engine) -> str:
    """The version of the program that brought a library where it stands; "" where none was told.

    Read as the oldest of us can: the schema of a newer library is not known here.
    """
    asked = text("SELECT value FROM setting WHERE key = :key")
    with engine.connect() as connection:
        found = connection.execute(asked, {"key": settings.PROGRAM.key}).scalar_one_or_none()
    return str(json.loads(found)) if found else ""


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

    from database.search import indexing
    from database.storage import projecting

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with engine.execution_options(selasar_write=True).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, to)
        if to == "head":
            projecting.project_anew(connection)
            indexing.reindex(connection)

"""Connections to the two engines, set up so that they behave alike.

Both: one writes at a time, and whoever comes later waits at the start of its write. So what a
rule read still holds when it commits, and no write fails half-way for a lock. On SQLite that is
BEGIN IMMEDIATE, on PostgreSQL one advisory lock of the database, held to the end of the
transaction. SQLite also: WAL, synchronous=FULL, foreign keys on.

What a write commits is on the disk when it returns. The pieces of a long act alone do not wait for
the disk: after a power cut the last of them may be missing, never one before them, and its end
waits for all (`settled`).
"""

from __future__ import annotations

import errno
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DatabaseError,
    DataError,
    DBAPIError,
    InterfaceError,
    OperationalError,
)
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from database.engine import patience
from database.refusal import Fault, Reason, Refusal, Trouble

_AS_WE_ASK = "-c jit=off -c synchronize_seqscans=off"
"""A server compiles no question for us, which takes longer than to answer it, and reads a table
from its begin, so that the same question finds the same titles."""
BUSY_SECONDS = 5.0
"""So long a write waits for another's before it is told that the library is busy."""
_LOOK = 0.002
"""Seconds between two looks whether a file is free."""
_WRITERS = 0x53454C41534152
"""The advisory lock of whoever writes, the letters of the program's name."""


def is_url(where: str) -> bool:
    """Whether `where` names a PostgreSQL server rather than a file."""
    return where.startswith(("postgresql://", "postgres://", "postgresql+psycopg://"))


def server_url(where: str) -> URL:
    """The URL with our driver, psycopg 3, whatever spelling it came in. Raises Refusal
    ADDRESS_INVALID."""
    rest = where.split("://", 1)[1]
    try:
        url = make_url(f"postgresql+psycopg://{rest}")
    except (ArgumentError, ValueError) as error:
        # What cannot be read may hold the password anywhere: none of it is told.
        raise Refusal(Reason.ADDRESS_INVALID) from error
    if not 0 < (url.port or 1) < 1 << 16:
        raise Refusal(Reason.ADDRESS_INVALID)
    return url


def options(where: str, more: str = "") -> str:
    """What a server is told at the begin of a connection, beside what its address says."""
    told = server_url(where).query.get("options", "")
    return " ".join(filter(None, (str(told), _AS_WE_ASK, more)))


def connect(where: str, known_as: str = "") -> Engine:
    """An engine for `where`; nothing is opened yet. A server shows who is connected `known_as`.
    No error tells the values it was asked with: they would be names in a log."""
    if is_url(where):
        engine = create_engine(
            server_url(where),
            pool_pre_ping=True,
            hide_parameters=True,
            pool_size=3,
            connect_args={
                "connect_timeout": int(patience.SECONDS),
                "options": options(where),
                **({"application_name": known_as} if known_as else {}),
            },
        )
        patience.lend(engine)
        event.listen(engine, "begin", _on_begin_server)
        return engine
    engine = create_engine(
        URL.create("sqlite+pysqlite", database=where),
        poolclass=QueuePool,
        pool_size=3,
        hide_parameters=True,
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
    )
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


def look(path: Path) -> Engine:
    """An engine that reads a file nobody works with and never writes to it or beside it: a backup,
    also on a stick that is locked or a disc."""
    # What another program left in its log is read with it; else nothing beside the file is asked.
    left = path.with_name(f"{path.name}-wal")
    how = "mode=ro" if left.exists() and left.stat().st_size else "mode=ro&immutable=1"
    where = f"{path.absolute().as_uri()}?{how}"

    def opened() -> sqlite3.Connection:
        raw = sqlite3.connect(where, uri=True, check_same_thread=False, isolation_level=None)
        raw.execute("PRAGMA trusted_schema=OFF")
        return raw

    engine = create_engine(
        "sqlite+pysqlite://", poolclass=QueuePool, creator=opened, hide_parameters=True
    )
    event.listen(engine, "begin", _on_begin)
    return engine


def _on_connect(raw: sqlite3.Connection, _record: Any) -> None:
    # The driver would otherwise decide itself when a transaction starts.
    raw.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        "cache_size=-16000",
        "temp_store=MEMORY",
    ):
        raw.execute(f"PRAGMA {pragma}")


def _on_begin(connection: Connection) -> None:
    if connection.get_execution_options().get("selasar_write"):
        _take_file(connection)
    else:
        connection.exec_driver_sql("BEGIN")


def _is_piece(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get("selasar_piece"))


def _take_file(connection: Connection) -> None:
    """Wait for the writer before us, looking every few milliseconds: SQLite's own patience looks
    ever more seldom, and would miss the gaps that a long act leaves."""
    raw: Any = connection.connection.driver_connection
    end = time.monotonic() + BUSY_SECONDS
    raw.execute("PRAGMA busy_timeout=0")
    raw.execute(f"PRAGMA synchronous={'NORMAL' if _is_piece(connection) else 'FULL'}")
    try:
        while True:
            try:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                return
            except OperationalError as error:
                if _trouble(error) is not Trouble.LOCKED or time.monotonic() > end:
                    raise
                time.sleep(_LOOK)
    finally:
        raw.execute(f"PRAGMA busy_timeout={int(BUSY_SECONDS * 1000)}")


def _on_begin_server(connection: Connection) -> None:
    """Each statement sees what was committed before it, so all that follows the lock sees what
    the writer before has done."""
    if connection.get_execution_options().get("selasar_write"):
        wait = f"{int(BUSY_SECONDS * 1000)}ms"
        connection.exec_driver_sql(
            "SELECT set_config('lock_timeout', %s, true), pg_advisory_xact_lock(%s)",
            (wait, _WRITERS),
        )
    if _is_piece(connection):
        connection.exec_driver_sql("SET LOCAL synchronous_commit = off")


@contextmanager
def settled(session: Session) -> Iterator[None]:
    """Around the last commit of a long act: then all of its pieces are on the disk."""
    connection = session.connection()
    if connection.dialect.name != "sqlite":
        connection.exec_driver_sql("SET LOCAL synchronous_commit TO DEFAULT")
        yield
        return
    engine = connection.engine
    yield
    # Within a transaction a file's mode can't be changed. One that writes what stands already
    # puts the whole log on the disk, and the pieces before it with it.
    with engine.execution_options(selasar_write=True, selasar_piece=False).begin() as after:
        stands = after.exec_driver_sql("PRAGMA user_version").scalar_one()
        after.exec_driver_sql(f"PRAGMA user_version = {int(stands)}")


_SQLITE_TROUBLES = (
    ("disk is full", Trouble.DISK_FULL),
    ("locked", Trouble.LOCKED),
    ("interrupted", Trouble.LOCKED),
    ("readonly", Trouble.READ_ONLY),
    ("unable to open", Trouble.READ_ONLY),
    ("disk i/o error", Trouble.DISK_FULL),
    ("malformed", Trouble.DAMAGED),
    ("not a database", Trouble.DAMAGED),
)


@contextmanager
def world(where: str) -> Iterator[None]:
    """Turn the world's failures into a Fault, and a value that no engine can hold into a Refusal;
    leave our own mistakes as they are."""
    try:
        yield
    except (DataError, OverflowError, UnicodeEncodeError) as error:
        if not _cannot_be_held(error):
            raise
        raise Refusal(Reason.VALUE_INVALID, field="") from error
    except (OperationalError, InterfaceError, DatabaseError) as error:
        trouble = _trouble(error)
        if trouble is None:
            raise
        raise Fault(trouble, where=hide_password(where)) from error
    except NoConnection as error:
        # All that may be open at once are at work.
        raise Fault(Trouble.LOCKED, where=hide_password(where)) from error
    except sqlite3.Error as error:
        # A copy speaks to the driver itself.
        trouble = _of_file(error)
        if trouble is None:
            raise
        raise Fault(trouble, where=hide_password(where)) from error
    except OSError as error:
        trouble = next((told for told, numbers in _OS_TROUBLES if error.errno in numbers), None)
        if trouble is None:
            raise
        raise Fault(trouble, where=str(error.filename or hide_password(where))) from error


def _cannot_be_held(error: Exception) -> bool:
    """A number of more than 64 bits, half a letter, a NUL."""
    if isinstance(error, OverflowError):
        return "SQLite INTEGER" in str(error)
    if isinstance(error, UnicodeEncodeError):
        return error.encoding == "utf-8"
    return isinstance(error, DataError)


_OS_TROUBLES = (
    (Trouble.DISK_FULL, {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}),
    (
        Trouble.FILE_UNWRITABLE,
        {
            errno.EACCES, errno.EPERM, errno.EROFS, errno.EBUSY, errno.EIO, errno.ENOENT,
            errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG, errno.EINVAL, errno.ENODEV,
            errno.ENXIO, errno.ETXTBSY, getattr(errno, "ESTALE", errno.EIO),
            getattr(errno, "ENOTCONN", errno.EIO), getattr(errno, "EHOSTDOWN", errno.EIO),
            errno.ETIMEDOUT, errno.EEXIST,
        },
    ),
)  # fmt: skip
"""What the world does to files; any other error of the system is a mistake of ours."""


def _trouble(error: DBAPIError) -> Trouble | None:
    if isinstance(error.orig, sqlite3.Error):
        return _of_file(error.orig)
    state = getattr(error.orig, "sqlstate", None) or ""
    if state.startswith("53"):
        return Trouble.DISK_FULL
    if state in {"55P03", "40P01", "57014"}:
        return Trouble.LOCKED
    if state == "25006":
        return Trouble.READ_ONLY
    if state.startswith("28") or _was_shut_out(error):
        return Trouble.SERVER_REFUSES
    if error.connection_invalidated or state.startswith(("08", "57", "3D")):
        return Trouble.SERVER_GONE
    # The driver found no server to ask; a statement it could not make is a mistake of ours.
    lost = isinstance(error, OperationalError | InterfaceError) and not state
    return Trouble.SERVER_GONE if lost else None


def _was_shut_out(error: DBAPIError) -> bool:
    """Whether a server answered and asked for a password that was missing or is not right: what it
    says then bears no code."""
    began = getattr(error.orig, "pgconn", None)
    return began is not None and bool(began.needs_password or began.used_password)


def _of_file(error: sqlite3.Error) -> Trouble | None:
    message = str(error).lower()
    return next((trouble for words, trouble in _SQLITE_TROUBLES if words in message), None)


def hide_password(where: str) -> str:
    """`where` fit to be shown."""
    return server_url(where).render_as_string(hide_password=True) if is_url(where) else where

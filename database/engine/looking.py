"""Connections that can only look: for whatever answers people the library does not know.

The engine itself refuses every change, so no mistake in a page can make one. SQLite opens the file
with mode=ro and query_only (https://sqlite.org/uri.html, https://sqlite.org/pragma.html); a server
takes each question as one that only reads and ends it where it takes too long.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from database.engine import engines, patience

SECONDS = 5.0
"""So long one question may take, and so long it waits for a connection."""
_CONNECTIONS = 4
_STEPS = 20_000
"""Steps of SQLite's own machine between two looks at the clock."""


def connect(where: str) -> Engine:
    """An engine that reads `where` beside those that work with it; nothing is opened yet."""
    if engines.is_url(where):
        limits = f"-c default_transaction_read_only=on -c statement_timeout={int(SECONDS * 1000)}"
        engine = create_engine(
            engines.server_url(where),
            pool_pre_ping=True,
            # Each question sees what is there when it is asked, as it would within a transaction
            # (READ COMMITTED); beginning and ending one is two more ways to the server a page.
            isolation_level="AUTOCOMMIT",
            hide_parameters=True,
            pool_size=_CONNECTIONS,
            max_overflow=0,
            pool_timeout=SECONDS,
            connect_args={
                "connect_timeout": int(SECONDS),
                "options": engines.options(where, limits),
            },
        )
        patience.lend(engine)
        return engine
    engine = create_engine(
        "sqlite+pysqlite://",
        poolclass=QueuePool,
        pool_size=_CONNECTIONS,
        max_overflow=0,
        pool_timeout=SECONDS,
        creator=_opener(Path(where)),
        hide_parameters=True,
    )
    event.listen(engine, "before_cursor_execute", _hurry)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    return engine


def _opener(path: Path) -> Callable[[], sqlite3.Connection]:
    def opened() -> sqlite3.Connection:
        raw = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro",
            uri=True,
            check_same_thread=False,
            isolation_level=None,
            timeout=SECONDS,
        )
        for pragma in (
            "query_only=ON",
            "trusted_schema=OFF",
            "cache_size=-8000",
            "temp_store=MEMORY",
        ):
            raw.execute(f"PRAGMA {pragma}")
        return raw

    return opened


def _hurry(connection: Connection, *_of_statement: Any) -> None:
    """A question to a file is broken off as a server would: it holds a core of the desk's PC."""
    raw: Any = connection.connection.driver_connection
    end = time.monotonic() + SECONDS
    raw.set_progress_handler(lambda: time.monotonic() > end, _STEPS)

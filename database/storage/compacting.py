"""Leaving no byte of what was deleted in the store."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, text

from database.engine import engines
from database.schema import Consent, Patron, PatronCode, PatronPhoto, WardRequest

_OF_PERSONS = (Patron, PatronCode, PatronPhoto, Consent, WardRequest)


def fold(engine: Engine, where: str) -> None:
    """Bring SQLite's write-ahead log into the file and empty it, as far as nobody reads."""
    if not engines.is_url(where):
        _on_raw(engine, "PRAGMA wal_checkpoint(TRUNCATE)")


def compact(engine: Engine, where: str) -> None:
    """Write the store anew.

    SQLite zeroes what is deleted (secure_delete), but moves rows between pages as it grows;
    VACUUM leaves none of those copies. On PostgreSQL the tables of persons are rewritten, and
    its samples of their values taken anew: by the owner of the tables, for any other the server
    passes over them.
    """
    if not engines.is_url(where):
        _on_raw(engine, "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)")
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for record in _OF_PERSONS:
            connection.execute(text(f"VACUUM (FULL, ANALYZE) {record.__tablename__}"))


def _on_raw(engine: Engine, *statements: str) -> None:
    """Outside any transaction, which SQLAlchemy would begin."""
    raw = engine.raw_connection()
    try:
        driver: Any = raw.driver_connection
        for statement in statements:
            driver.execute(statement).fetchall()
    finally:
        raw.close()

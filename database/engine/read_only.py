"""A session that may not write for a while, on either engine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text
from sqlalchemy.orm import Session


@contextmanager
def read_only(session: Session) -> Iterator[None]:
    """Inside, the connection itself refuses to write, whatever is asked."""
    file = session.get_bind().dialect.name == "sqlite"
    session.execute(text("PRAGMA query_only = ON" if file else "SET TRANSACTION READ ONLY"))
    try:
        yield
    finally:
        if file:
            session.execute(text("PRAGMA query_only = OFF"))

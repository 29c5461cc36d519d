"""Other programs on the same library: which they are, and what they change, told as kinds of
records.

PostgreSQL tells by NOTIFY, with the kinds; a file only shows that something was written, so every
kind is told. Nothing is looked at from the window's own thread. A server knows its programs by the
names of their connections, so nothing is kept and one that has gone is gone; a file is open at one
PC alone.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from threading import Event, Thread
from typing import Any

from sqlalchemy import Engine, func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from database.schema import Base

CHANNEL = "selasar"
PAUSE = 1.0
"""Seconds between two looks at a file, and until a broken connection is tried anew."""
_SINCE = "SELECT id FROM journal WHERE id > ?"
LONGEST = 7000
"""Bytes of a notice; PostgreSQL takes less than 8000."""
_NAME = 63
"""Bytes of a connection's name (PostgreSQL, NAMEDATALEN - 1)."""
_KNOWN_AS = re.compile(r"Selasar (\d+(?:\.\d+)*) (.*)")
_CONNECTED = text(
    "SELECT DISTINCT application_name FROM pg_stat_activity"
    " WHERE datname = current_database() AND application_name LIKE 'Selasar %'"
    " ORDER BY application_name"
)
Hear = Callable[[frozenset[str]], None]


EVERY = frozenset(mapper.class_.__name__ for mapper in Base.registry.mappers) | {"Calendar"}
"""Told where it is not known what changed."""


@dataclass(frozen=True, slots=True)
class Desk:
    """A program on a PC of this name."""

    name: str
    version: str

    @property
    def known_as(self) -> str:
        """What its connections are called; "" for one that does not tell."""
        if not self.version:
            return ""
        # A server takes only what it can print (ASCII), and cuts the rest itself.
        plain = self.name.encode("ascii", "replace").decode()
        return f"Selasar {self.version} {plain}"[:_NAME]

    def __str__(self) -> str:
        return f"{self.name} ({self.version})"


NOBODY = Desk("", "")


def others(engine: Engine, own: Desk) -> list[Desk]:
    """Everyone but `own` who has the library of `engine` open."""
    if engine.dialect.name != "postgresql":
        return []
    with engine.connect() as connection:
        names = connection.execute(_CONNECTED).scalars().all()
    read = [_KNOWN_AS.fullmatch(name) for name in names if name != own.known_as]
    return [Desk(found[2], found[1]) for found in read if found]


class OwnWrites:
    """What one open library wrote itself, so that it does not hear itself: on a server by its
    name in the notice, in a file by the journal lines it wrote."""

    def __init__(self) -> None:
        self.name = uuid.uuid4().hex
        self._lines: set[int] = set()

    def announce(self, session: Session) -> None:
        """Before the commit: tell the others what this transaction touched."""
        kinds = session.info.get("kinds")
        if kinds and session.get_bind().dialect.name == "postgresql":
            notice = f"{self.name} {','.join(sorted(kinds))}"[:LONGEST]
            session.execute(select(func.pg_notify(CHANNEL, notice)))

    def remember(self, session: Session) -> None:
        """After the commit."""
        self._lines.update(session.info.get("lines", ()))

    def strange(self, lines: Iterable[int]) -> bool:
        """Whether others wrote any of these lines; our own among them are forgotten."""
        found = set(lines)
        others = found - self._lines
        self._lines -= found
        return bool(others)


class OtherDesks:
    """Hears what others change, on a thread of its own, until `stop`.

    `heard(kinds)` is called on that thread. After a broken connection everything is told as
    changed, for what happened meanwhile is not known.
    """

    def __init__(self, engine: Engine, own: OwnWrites, heard: Hear) -> None:
        self._engine, self._own, self._heard = engine, own, heard
        self._stopped = Event()
        self._listening = Event()
        listen = self._on_server if engine.dialect.name == "postgresql" else self._on_file
        self._thread = Thread(target=self._run, args=(listen,), name="other-desks", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Hear no more; returns once the thread has ended."""
        self._stopped.set()
        self._thread.join()

    def wait_until_listening(self, seconds: float) -> bool:
        """Whether it listens by then."""
        return self._listening.wait(seconds)

    def _run(self, listen: Callable[[], None]) -> None:
        broken = False
        while not self._stopped.is_set():
            try:
                if broken:
                    self._heard(EVERY)
                    broken = False
                listen()
            except DBAPIError:
                broken = True
            self._listening.clear()
            self._stopped.wait(PAUSE)

    def _on_server(self) -> None:
        from psycopg import OperationalError

        with self._engine.connect() as connection:
            raw: Any = connection.connection.driver_connection
            connection.rollback()
            raw.autocommit = True
            try:
                raw.execute(f"LISTEN {CHANNEL}")
                self._listening.set()
                while not self._stopped.is_set():
                    for notice in raw.notifies(timeout=PAUSE / 2, stop_after=1):
                        self._hear(notice.payload)
            except OperationalError as error:
                connection.invalidate()
                raise DBAPIError("LISTEN", None, error) from error
            finally:
                # Never back into the pool: it listens.
                connection.invalidate()

    def _hear(self, payload: str) -> None:
        who, _blank, kinds = payload.partition(" ")
        if who != self._own.name:
            self._heard(frozenset(kinds.split(",")))

    def _on_file(self) -> None:
        """`data_version` differs as soon as another connection has committed, ours too; the
        lines of the journal tell whose it was."""
        with self._engine.connect() as connection:
            raw: Any = connection.connection.driver_connection
            connection.rollback()
            version, last = self._look(raw), self._last_line(raw)
            self._listening.set()
            while not self._stopped.wait(PAUSE):
                now = self._look(raw)
                if now == version:
                    continue
                version = now
                lines = [row[0] for row in raw.execute(_SINCE, (last,))]
                last = max([last, *lines])
                if self._own.strange(lines):
                    self._heard(EVERY)

    @staticmethod
    def _look(raw: Any) -> int:
        found: int = raw.execute("PRAGMA data_version").fetchone()[0]
        return found

    @staticmethod
    def _last_line(raw: Any) -> int:
        found: int = raw.execute("SELECT coalesce(max(id), 0) FROM journal").fetchone()[0]
        return found

"""The open library: the only door to its data.

A path is an SQLite file, a URL is PostgreSQL. `Library.create`, `Library.open`,
`transaction()`, `reading()`, `changed`, `backup()`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session as Session  # the type of what a question is asked of

from database.engine import engines, pausing
from database.policy.house import ProfileFacts
from database.rights import Right, SignedIn
from database.storage import compacting, copies, opening, other_desks
from database.storage.other_desks import NOBODY, Desk

if TYPE_CHECKING:
    from database.storage.export_folder import Cancel, Contents, Report
    from database.storage.leaving import Left, Texts

Listener = Callable[[frozenset[str]], None]


class Library:
    """An open library. Close it when done; `changed` listeners hear each commit once."""

    def __init__(self, where: str, engine: Engine) -> None:
        self.where = where
        self.engine = engine
        self.actor = ""
        self.desk = ""
        self.account: SignedIn | None = None
        self._answering: SignedIn | None = None
        self.known_as = NOBODY
        self.changed: list[Listener] = []
        self._own = other_desks.OwnWrites()
        self._writing = engine.execution_options(selasar_write=True)
        self._in_pieces = engine.execution_options(selasar_write=True, selasar_piece=True)

    @classmethod
    def create(cls, where: str | Path, profile: ProfileFacts, now: datetime) -> Library:
        """Make a new library at `where` and open it.

        Raises Refusal LIBRARY_EXISTS; Fault READ_ONLY, DISK_FULL, SERVER_GONE.
        """
        place = str(where)
        opening.make(place, profile, now)
        return cls.open(place)

    @classmethod
    def open(cls, where: str | Path, backups: Path | None = None, desk: Desk = NOBODY) -> Library:
        """Open a library, first upgrading an older one after a backup copy into `backups`
        (beside the file when not given). `desk` is what the others see of this program.

        Raises Refusal LIBRARY_MISSING, NOT_A_LIBRARY, LIBRARY_NEWER, DESKS_OPEN (others work with
        the library as it stands); Fault LOCKED, READ_ONLY, SERVER_GONE, DAMAGED.
        """
        place = str(where)
        library = cls(place, opening.opened(place, backups, desk))
        library.known_as, library.desk = desk, desk.name
        return library

    @classmethod
    def open_to_look(cls, where: str | Path) -> Library:
        """Open a library of this version for reading alone, beside whoever works with it: the
        connections themselves refuse every change.

        Raises as `opening.opened_to_look`.
        """
        place = str(where)
        return cls(place, opening.opened_to_look(place))

    def other_programs(self) -> list[Desk]:
        """Other programs that have this library open on a server."""
        with engines.world(self.where):
            return other_desks.others(self.engine, self.known_as)

    @property
    def is_file(self) -> bool:
        """Whether this library is one SQLite file."""
        return not engines.is_url(self.where)

    @property
    def shown(self) -> str:
        """Where it is, for people: a server's address without its password."""
        return engines.hide_password(self.where)

    @contextmanager
    def transaction(self, *, long: bool = False) -> Iterator[Session]:
        """One change: committed whole when the block ends, rolled back when it raises.

        One writes at a time, so that what a rule read still holds when it commits. A `long` act
        lets the desks go on between its pieces (`engine.pausing`): what stood at its last pause
        stays when it raises, and its journal line takes that back.

        After the commit every listener in `changed` hears once which kinds changed.
        """
        writing = self._in_pieces if long else self._writing
        session = Session(writing, expire_on_commit=False, autoflush=False)
        session.info.update(self._who())
        if long:
            session.info["pauses"] = pausing.Pauses(session, lambda: self._stands(session))
        try:
            with engines.world(self.where):
                yield session
                self._own.announce(session)
                with engines.settled(session) if long else nullcontext():
                    session.commit()
                self._stands(session)
        except BaseException:
            # Rolling back on a dead server fails too; the first error is the one to tell.
            try:
                session.rollback()
            except DBAPIError:
                session.invalidate()
            if long:
                self.tell(frozenset(session.info.get("kinds", ())))
            raise
        finally:
            session.close()
        self.tell(frozenset(session.info.get("kinds", ())))

    def _who(self) -> dict[str, Any]:
        """Who acts, as the journal has it and the rights are asked of."""
        here, answers = self.account, self._answering or self.account
        actor = here.name if here else self.actor
        if answers is not here and answers is not None:
            actor = f"{actor} ({answers.name})"
        known = {"account": answers.id} if answers else {}
        return {"actor": actor, "desk": self.desk, **known}

    @contextmanager
    def answered_by(self, account: SignedIn) -> Iterator[None]:
        """Within: what is done here is done by the rights of another, who allowed it."""
        self._answering = account
        try:
            yield
        finally:
            self._answering = None

    def may(self, right: Right) -> bool:
        """Whether who works here may do that; where nobody is asked, everybody may."""
        return self.account is None or right in self.account.rights

    def _stands(self, session: Session) -> None:
        """What this session wrote is committed."""
        self._own.remember(session)
        session.info.pop("lines", None)

    @contextmanager
    def reading(self, *, snapshot: bool = False) -> Iterator[Session]:
        """A read; nothing in it is kept. A `snapshot` sees all through what stood at its begin,
        as a read of a file always does; else a server shows what was committed meanwhile."""
        engine = self.engine
        if snapshot and not self.is_file:
            engine = engine.execution_options(isolation_level="REPEATABLE READ")
        session = Session(engine, autoflush=False)
        session.info.update(where=self.where, **self._who())
        try:
            with engines.world(self.where):
                yield session
        finally:
            session.close()

    def tell(self, kinds: frozenset[str]) -> None:
        """Tell every listener that records of `kinds` changed.

        The change stands by now: a listener that fails is a mistake for the log and the crash
        box, and must not make the desk believe that nothing was done.
        """
        for listener in list(self.changed) if kinds else ():
            try:
                listener(kinds)
            except Exception:
                sys.excepthook(*sys.exc_info())

    def hear_others(self, heard: Listener) -> other_desks.OtherDesks:
        """Let `heard(kinds)` (`tell`, for a window) be called when another program changes this
        library: on a thread of its own, until the returned `stop()`."""
        return other_desks.OtherDesks(self.engine, self._own, heard)

    def backup(self, to: Path, report: Report = lambda done, total: None) -> copies.Contents:
        """Copy the whole library into one SQLite file at `to`, verified by opening and counting.

        An existing file at `to` is only replaced once the new one is proved good.
        Raises Fault DISK_FULL, FILE_UNWRITABLE; Refusal BACKUP_UNREADABLE.
        """
        contents = copies.backup(self.engine, self.where, to, report)
        self._copy_files(to)
        return contents

    def leave(
        self,
        folder: Path,
        texts: Texts,
        program: str,
        now: datetime,
        report: Report = lambda done, total: None,
        cancelled: Cancel = lambda: False,
    ) -> Left:
        """Write everything into a new folder in open formats, as it stood at one moment; see
        `leaving.write_all`, also for what it raises."""
        from database.storage import leaving

        with self.reading(snapshot=True) as session:
            return leaving.write_all(
                session, self.where, folder, texts, program, now, report, cancelled
            )

    def arrive(
        self,
        folder: Path,
        report: Report = lambda done, total: None,
        cancelled: Cancel = lambda: False,
    ) -> tuple[Contents, copies.Contents]:
        """Fill this empty library from such a folder; see `arriving.read_all`, also for what it
        raises. Returns what the folder said, and how much is in the library then."""
        from database.storage import arriving

        with self.transaction() as session:
            found = arriving.read_all(session, self.where, folder, report, cancelled)
            session.info["kinds"] = set(other_desks.EVERY)
        return found, self.contents()

    def _copy_files(self, to: Path) -> None:
        """A backup is whole with the files of its titles; those there already stay."""
        from database.engine import files

        folder = files.folder_of(self.where)
        if folder is not None:
            with engines.world(str(to)):
                files.copy_files(folder, files.beside_backup(to))

    def fold(self) -> None:
        """Empty the write-ahead log into the file."""
        with engines.world(self.where):
            compacting.fold(self.engine, self.where)

    def compact(self) -> None:
        """Leave no byte of what was deleted; may take a while on a great library."""
        with engines.world(self.where):
            compacting.compact(self.engine, self.where)

    def contents(self) -> copies.Contents:
        """How much is in it."""
        with self.reading() as session:
            return copies.count(session.connection())

    def held(self) -> copies.Held:
        """How much is in it, and what was done last."""
        with self.reading() as session:
            return copies.held(session.connection())

    def close(self) -> None:
        """Let go of files and connections."""
        self.engine.dispose()


def restore(source: Path, to: str | Path) -> copies.Contents:
    """Make a library at `to` out of a backup; never over an existing one.

    Raises Refusal LIBRARY_EXISTS, BACKUP_UNREADABLE, LIBRARY_NEWER; Fault as for create.
    """
    return copies.restore(source, str(to))


def shown(where: str | Path) -> str:
    """A place for people and results: a server's address without its password."""
    return engines.hide_password(str(where))


def parted(where: str) -> tuple[str | None, str]:
    """A server's address without its password, and the password; None for a file.

    Raises Refusal ADDRESS_INVALID."""
    if not engines.is_url(where):
        return None, ""
    url = engines.server_url(where)
    bare = URL.create("postgresql", url.username, None, url.host, url.port, url.database, url.query)
    return bare.render_as_string(hide_password=False), str(url.password or "")


def server_address(host: str, port: int, database: str, user: str, password: str) -> str:
    """The address of a library on a server, out of its parts."""
    url = URL.create("postgresql", user or None, password or None, host, port, database)
    return url.render_as_string(hide_password=False)


def server_parts(where: str) -> tuple[str, int | None, str]:
    """Host (or the folder of a socket), port and database of an address."""
    url = engines.server_url(where)
    return url.host or str(url.query.get("host", "")), url.port, url.database or ""


def joined(bare: str, password: str) -> str:
    """The address again with its password, "" for none."""
    url = engines.server_url(bare).set(drivername="postgresql")
    return (url.set(password=password) if password else url).render_as_string(hide_password=False)

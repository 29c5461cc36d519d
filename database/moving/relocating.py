"""A library moved from its file to a server, or back: written out whole, taken in by the new place,
and both compared table by table before anybody works there.

Meanwhile nobody writes: what would be lent after the first row was read would be lost. The old
place is left as it was.
"""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from database import journal
from database.library import Library
from database.neighbours import neighbours
from database.policy.house import ProfileFacts
from database.refusal import Fault, Trouble
from database.rights import Right, need
from database.storage import places
from database.storage.copies import Contents
from database.storage.export_folder import Cancel, Report, Steps
from database.storage.leaving import Texts, sums

MOVED = "library.relocated"


@dataclass(frozen=True, slots=True)
class Relocated:
    """What stands in the new place: how much, in how many tables and rows, and the sum over all
    of them, which is the same in both places."""

    contents: Contents
    tables: int
    rows: int
    mark: str


def relocate(
    library: Library,
    target: str,
    texts: Texts,
    program: str,
    now: datetime,
    report: Report = lambda done, total: None,
    cancelled: Cancel = lambda: False,
) -> Relocated:
    """Move a library to `target`, where there is none yet, and prove that it is the same there.

    Raises Refusal NOT_ALLOWED, LIBRARY_EXISTS; Cancelled; Fault as `Library.create`, NOT_EQUAL
    where the two differ. Then nothing of it stays at `target`.
    """
    with library.transaction() as held, tempfile.TemporaryDirectory(prefix="selasar-") as folder:
        need(held, Right.SETTINGS)
        out = Path(folder) / "all"
        left = library.leave(out, texts, program, now, _part(report, 0), cancelled)
        made = Library.create(target, ProfileFacts(), now)
        try:
            with places.whole_or_gone(target):
                told, contents = made.arrive(out, _part(report, 1), cancelled)
                with made.transaction() as session:
                    neighbours.take_along(held, session)
                found = _compared(made, told.files, left.rows, _part(report, 2), cancelled)
                made.actor, made.desk = library.actor, library.desk
                with made.transaction() as session:
                    where = "file" if made.is_file else "server"
                    journal.write(session, MOVED, "Profile", 1, now, to=where, sum=found)
        finally:
            made.close()
    return Relocated(contents, len(told.rows), left.rows, found)


def _part(report: Report, at: int) -> Report:
    """The progress of one of three parts as that of the whole."""
    return lambda done, total: report(at * total + done, 3 * total)


def _compared(
    made: Library,
    told: dict[str, tuple[int, str]],
    rows: int,
    report: Report,
    cancelled: Cancel,
) -> str:
    """The sum over all tables. Raises Fault NOT_EQUAL with the table that differs."""
    with made.reading(snapshot=True) as session:
        found = sums(session, Steps(rows, report, cancelled))
    for place, mark in found.items():
        if told[place][1] != mark:
            raise Fault(Trouble.NOT_EQUAL, where=place)
    return hashlib.sha256("".join(found.values()).encode()).hexdigest()


def keep_read_only(path: Path) -> None:
    """A file that was moved stays to be looked at; nobody lends from it by mistake.

    Raises Fault FILE_UNWRITABLE where the system does not let it."""
    try:
        if path.is_file():
            path.chmod(0o444)
    except OSError as error:
        raise Fault(Trouble.FILE_UNWRITABLE, where=str(path)) from error

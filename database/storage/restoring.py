"""Before a backup is restored: what was done since, and whether it can be restored at all."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

from database.engine import engines
from database.refusal import Fault, Refusal
from database.schema import Journal
from database.storage import checks, copies, opening
from database.storage.checks import Problem
from database.storage.copies import Held
from database.storage.other_desks import NOBODY

_TABLE = Journal.__table__
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Trial:
    """A backup restored into a place of its own and looked through: what it `holds`, what is wrong
    with it, the first signs of the file's SHA-256, its size, and how long it took."""

    holds: Held
    problems: tuple[Problem, ...]
    digest: str
    size: int
    seconds: float


def done_since(connection: Connection, line: int) -> Counter[str]:
    """The acts after a line of the journal, by their names."""
    asked = select(_TABLE.c.action, func.count()).where(_TABLE.c.id > line)
    return Counter({str(name): int(many) for name, many in connection.execute(
        asked.group_by(_TABLE.c.action))})  # fmt: skip


def done_since_in(where: str, line: int) -> Counter[str] | None:
    """The same out of a library that cannot be opened; None where its journal cannot be read."""
    if engines.is_url(where) or not Path(where).is_file():
        return None
    engine = engines.look(Path(where))
    try:
        with engines.world(where), engine.connect() as connection:
            return done_since(connection, line)
    except (Refusal, Fault):
        return None
    finally:
        engine.dispose()


def try_out(backup: Path) -> Trial:
    """Restore it into a temporary place, open that as it would be opened, and check it.

    Raises Refusal and Fault as `restore` and `Library.open`."""
    began = time.monotonic()
    with TemporaryDirectory(prefix="selasar-restore-") as folder:
        place = str(Path(folder) / "library.db")
        copies.restore(backup, place)
        engine = opening.opened(place, Path(folder), NOBODY)
        try:
            with Session(engine) as session, engines.world(place):
                problems = tuple(checks.check(session))
                holds = copies.held(session.connection())
        finally:
            engine.dispose()
    size, digest = backup.stat().st_size, _digest(backup)
    return Trial(holds, problems, digest, size, time.monotonic() - began)


def _digest(path: Path) -> str:
    made = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            made.update(block)
    return made.hexdigest()

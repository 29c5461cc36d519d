"""A library made ready to be worked with: there, of this version or brought to it, writable."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from database.engine import engines
from database.policy import settings
from database.policy.house import ProfileFacts, furnish
from database.refusal import Reason, Refusal
from database.storage import copies, other_desks, places
from database.storage.other_desks import Desk


def make(where: str, profile: ProfileFacts, now: datetime) -> None:
    """A new library at `where`, with what every library begins with.

    Raises Refusal and Fault as `Library.create`.
    """
    with places.new_place(where) as building:
        engine = engines.connect(building)
        try:
            places.migrate(engine)
            writing = engine.execution_options(selasar_write=True)
            with engines.world(building), Session(writing) as session, session.begin():
                furnish(session, profile, now)
        finally:
            engine.dispose()


def opened(where: str, backups: Path | None, desk: Desk) -> Engine:
    """The engine of a library; an older one is upgraded first.

    Raises Refusal and Fault as `Library.open`.
    """
    places.must_exist(where)
    engine = engines.connect(where, desk.known_as)
    try:
        with engines.world(where):
            _make_ready(engine, where, backups, desk)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _make_ready(engine: Engine, where: str, backups: Path | None, desk: Desk) -> None:
    version = places.version(engine)
    if version is None:
        raise Refusal(Reason.NOT_A_LIBRARY, where=where)
    if version > places.NEWEST:
        shown, by = engines.hide_password(where), places.brought_by(engine)
        raise Refusal(Reason.LIBRARY_NEWER, where=shown, version=by)
    if version < places.NEWEST:
        if others := other_desks.others(engine, desk):
            raise Refusal(Reason.DESKS_OPEN, desks=", ".join(map(str, others)))
        copies.copy_before_upgrade(engine, where, version, backups)
        places.migrate(engine)
        _sign(engine, desk)
    places.must_be_writable(engine)


def _sign(engine: Engine, desk: Desk) -> None:
    """Let an older program say which one it takes to open the library."""
    if desk.version:
        with Session(engine.execution_options(selasar_write=True)) as session, session.begin():
            settings.put(session, settings.PROGRAM, desk.version)

"""A library made ready to be worked with: there, of this version or brought to it, writable."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from database.engine import engines, looking
from database.engine.private import shut_out_strangers
from database.policy import settings
from database.policy.house import ProfileFacts, furnish
from database.refusal import Reason, Refusal
from database.storage import copies, foreign, other_desks, places
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
    if not engines.is_url(where):
        shut_out_strangers(Path(where))
    engine = engines.connect(where, desk.known_as)
    try:
        with engines.world(where):
            _make_ready(engine, where, backups, desk)
    except BaseException:
        engine.dispose()
        raise
    return engine


def opened_to_look(where: str) -> Engine:
    """An engine that can only read a library of this version; nothing of it is changed, also not
    brought to a newer version.

    Raises Refusal LIBRARY_MISSING, NOT_A_LIBRARY, LIBRARY_NEWER, LIBRARY_OLDER; Fault LOCKED,
    SERVER_GONE, DAMAGED.
    """
    places.must_exist(where)
    engine = looking.connect(where)
    try:
        with engines.world(where):
            _must_be_of_today(engine, where)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _must_be_of_today(engine: Engine, where: str) -> None:
    shown = engines.hide_password(where)
    with engine.connect() as connection:
        foreign.must_run_nothing(connection, shown)
    version = places.version(engine)
    if version is None:
        raise Refusal(Reason.NOT_A_LIBRARY, where=where)
    if version > places.NEWEST:
        raise Refusal(Reason.LIBRARY_NEWER, where=shown, version=places.brought_by(engine))
    if version < places.NEWEST:
        raise Refusal(Reason.LIBRARY_OLDER, where=shown)
    places.must_be_as_said(engine, where, version)


def _make_ready(engine: Engine, where: str, backups: Path | None, desk: Desk) -> None:
    with engine.connect() as connection:
        foreign.must_run_nothing(connection, engines.hide_password(where))
    version = places.version(engine)
    if version is None:
        raise Refusal(Reason.NOT_A_LIBRARY, where=where)
    if version > places.NEWEST:
        shown, by = engines.hide_password(where), places.brought_by(engine)
        raise Refusal(Reason.LIBRARY_NEWER, where=shown, version=by)
    if version < places.NEWEST:
        _must_be_the_owner(engine, where)
        if others := other_desks.others(engine, desk):
            raise Refusal(Reason.DESKS_OPEN, desks=", ".join(map(str, others)))
        places.must_be_known(version, where)
        copies.copy_before_upgrade(engine, where, version, backups)
        _upgrade(engine, where, version)
        _sign(engine, desk)
    places.must_be_as_said(engine, where, version)
    places.must_be_writable(engine)


def _upgrade(engine: Engine, where: str, version: str) -> None:
    """Raises Refusal VERSION_UNTRUE where what stands there does not fit its version."""
    try:
        with engines.world(where):
            places.migrate(engine)
            _allow_desks(engine)
    except DBAPIError as error:
        shown = engines.hide_password(where)
        raise Refusal(Reason.VERSION_UNTRUE, where=shown, version=version) from error


def _must_be_the_owner(engine: Engine, where: str) -> None:
    """Raises Refusal NOT_THE_OWNER where a server would not let us change its tables."""
    if engine.dialect.name == "postgresql":
        # Late: the driver is needed only where there is a server.
        from database.storage import server_roles

        if not server_roles.is_owner(engine):
            raise Refusal(Reason.NOT_THE_OWNER, where=engines.hide_password(where))


def _allow_desks(engine: Engine) -> None:
    if engine.dialect.name == "postgresql":
        from database.storage import server_roles

        with engine.execution_options(selasar_write=True).begin() as connection:
            server_roles.allow(connection)


def _sign(engine: Engine, desk: Desk) -> None:
    """Let an older program say which one it takes to open the library."""
    if desk.version:
        with Session(engine.execution_options(selasar_write=True)) as session, session.begin():
            settings.put(session, settings.PROGRAM, desk.version)

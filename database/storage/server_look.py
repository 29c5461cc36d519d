"""What a server offers before a library is moved to it: nothing is made or changed."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import OperationalError

from database.engine import engines
from database.refusal import Reason, Refusal
from database.storage import places

OLDEST = 13
"""The oldest PostgreSQL whose makers still mended it when this was written (postgresql.org,
Versioning Policy)."""
_ABOUT = text(
    "SELECT current_setting('server_version'), current_setting('server_version_num')::int / 10000,"
    " current_setting('server_encoding'),"
    " (SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user)"
)


@dataclass(frozen=True, slots=True)
class Seen:
    """The server's version, and whether its database is "none" yet (it will be made), "empty",
    holds a "library", or what is "other"."""

    version: str
    state: str

    @property
    def is_free(self) -> bool:
        """Whether a library may move there."""
        return self.state in ("none", "empty")


def look(where: str) -> Seen:
    """Ask the server. Raises Refusal ADDRESS_INVALID, SERVER_UNFIT (older than OLDEST, another
    encoding than UTF-8, a database that is missing and may not be made); Fault SERVER_GONE,
    SERVER_REFUSES."""
    if not engines.server_url(where).database:
        raise Refusal(Reason.ADDRESS_INVALID)
    with engines.world(where):
        engine = engines.connect(where)
        try:
            return _seen(engine, where, made=True)
        except OperationalError as error:
            if not places.is_missing(error):
                raise
        finally:
            engine.dispose()
        engine = engines.connect(places.beside(where))
        try:
            return _seen(engine, where, made=False)
        finally:
            engine.dispose()


def _seen(engine: Engine, where: str, *, made: bool) -> Seen:
    with engine.connect() as connection:
        version, major, encoding, may_make = connection.execute(_ABOUT).one()
    if major < OLDEST:
        raise Refusal(Reason.SERVER_UNFIT, why="old", version=version, oldest=OLDEST)
    if encoding != "UTF8":
        raise Refusal(Reason.SERVER_UNFIT, why="encoding", encoding=encoding)
    if not made and not may_make:
        raise Refusal(
            Reason.SERVER_UNFIT, why="missing", database=engines.server_url(where).database
        )
    if not made:
        return Seen(version, "none")
    if places.version(engine) is not None:
        return Seen(version, "library")
    return Seen(version, "other" if inspect(engine).get_table_names() else "empty")

"""Who a PC is to the server: a role that may do a desk's work and nothing else.

It reads and writes the library's rows, and adds to the journal; it takes nothing out of the
journal, changes of it what a line says (an act that ends, a person forgotten) and never who did
what and when, and makes, alters or drops no table: a new version's tables are brought by the owner
of the library, from the PC that keeps the owner's password.

Everybody at a desk lends every book to everybody, so no rule by row would hold anything back; who
may do what at a desk is asked by the library's own accounts (`database/rights.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, LiteralString

from psycopg import sql
from sqlalchemy import Connection, Engine, text

from database.engine import engines
from database.refusal import Reason, Refusal
from database.schema import Journal, JournalCompleted

NAME = re.compile(r"[a-z][a-z0-9_]{1,30}")
LEAST = 12
"""Letters of a role's password, which nobody types twice: anybody on the network may try."""
_ONLY_SO_FAR: dict[str, tuple[str, ...]] = {
    Journal.__tablename__: ("facts", "record_id", "salt"),
    JournalCompleted.__tablename__: ("after_id", "chain"),
}
"""Tables to which a desk only adds, and what of their lines it may change; the sum over a line
shows a change that was none of ours."""
_GROUP = "selasar_desk"
_ROLES = text(
    "SELECT r.rolname FROM pg_roles r JOIN pg_auth_members m ON m.member = r.oid"
    " JOIN pg_roles g ON g.oid = m.roleid WHERE g.rolname = :group ORDER BY r.rolname"
)

_EVERYTHING: tuple[LiteralString, ...] = (
    "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {group}",
    "GRANT USAGE ON SCHEMA public TO {group}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {group}",
    "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {group}",
)


def is_owner(engine: Engine) -> bool:
    """Whether this program is connected as the owner of the library's tables."""
    asked = text(
        "SELECT pg_get_userbyid(relowner) = current_user FROM pg_class"
        " WHERE oid = to_regclass('profile')"
    )
    with engine.connect() as connection:
        return bool(connection.execute(asked).scalar())


def listed(engine: Engine) -> list[str]:
    """The roles of desks there are."""
    with engine.connect() as connection:
        return list(connection.execute(_ROLES, {"group": _GROUP}).scalars())


def make(engine: Engine, where: str, name: str, password: str) -> None:
    """Make a role for a desk, or give the one of this name another password; its rights are brought
    to what they are today.

    Raises Refusal VALUE_INVALID (name or password), NOT_THE_OWNER; Fault SERVER_GONE."""
    if not NAME.fullmatch(name):
        raise Refusal(Reason.VALUE_INVALID, field="user")
    if len(password) < LEAST or "\0" in password:
        raise Refusal(Reason.VALUE_INVALID, field="password")
    with _as_owner(engine, where) as connection:
        _make_role(connection, name, password)
        allow(connection)


def drop(engine: Engine, where: str, name: str) -> None:
    """Take a desk's role away; what it did stands. Raises Refusal RECORD_GONE, NOT_THE_OWNER."""
    if name not in listed(engine):
        raise Refusal(Reason.RECORD_GONE)
    with _as_owner(engine, where) as connection:
        _tell(connection, "DROP ROLE {role}", role=sql.Identifier(name))


@contextmanager
def _as_owner(engine: Engine, where: str) -> Iterator[Connection]:
    if not is_owner(engine):
        raise Refusal(Reason.NOT_THE_OWNER, where=engines.hide_password(where))
    writing = engine.execution_options(selasar_write=True)
    with engines.world(where), writing.begin() as connection:
        yield connection


def _tell(connection: Connection, statement: LiteralString, **names: sql.Composable) -> None:
    """Run a statement about roles: these take no parameters, so the driver quotes what it names."""
    raw: Any = connection.connection.driver_connection
    raw.execute(sql.SQL(statement).format(**names))


def _is_there(connection: Connection, name: str) -> bool:
    known = text("SELECT 1 FROM pg_roles WHERE rolname = :name")
    return connection.execute(known, {"name": name}).first() is not None


def _make_role(connection: Connection, name: str, password: str) -> None:
    role, group = sql.Identifier(name), sql.Identifier(_GROUP)
    if not _is_there(connection, _GROUP):
        _tell(connection, "CREATE ROLE {group} NOLOGIN", group=group)
    if not _is_there(connection, name):
        _tell(connection, "CREATE ROLE {role} LOGIN", role=role)
    # As the server keeps it (SCRAM, RFC 5802), so that none of its logs has the password itself.
    raw: Any = connection.connection.driver_connection
    kept = raw.pgconn.encrypt_password(password.encode(), name.encode(), b"scram-sha-256").decode()
    _tell(connection, "ALTER ROLE {role} PASSWORD {kept}", role=role, kept=sql.Literal(kept))
    _tell(connection, "GRANT {group} TO {role}", group=group, role=role)


def allow(connection: Connection) -> None:
    """Let the desks' roles do what a desk of this version does, after the tables were made or
    brought to it. Nothing where the server has no such role."""
    if not _is_there(connection, _GROUP):
        return
    group = sql.Identifier(_GROUP)
    for told in _EVERYTHING:
        _tell(connection, told, group=group)
    for name, columns in _ONLY_SO_FAR.items():
        about = {"table": sql.Identifier(name), "group": group}
        _tell(connection, "REVOKE UPDATE, DELETE ON {table} FROM {group}", **about)
        changed = sql.SQL(", ").join(map(sql.Identifier, columns))
        _tell(
            connection, "GRANT UPDATE ({changed}) ON {table} TO {group}", changed=changed, **about
        )
    told = "REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM {group}"
    _tell(connection, told, group=group)

"""A library's file runs nothing that is not ours: what would run by itself when the file is read
or written is known word for word, and anything else of the kind keeps the file closed."""

from __future__ import annotations

from sqlalchemy import Connection, text

from database.refusal import Reason, Refusal

_RUNS = text(
    "SELECT type, name, sql FROM sqlite_master "
    "WHERE type IN ('trigger', 'view') OR sql LIKE 'CREATE VIRTUAL%'"
)
_INDEXED = ("heading", "heading_reference")
_INDEXES = frozenset({"biblio_words", "neighbour_words", *(f"{table}_words" for table in _INDEXED)})
_TERMS = {
    f"{table}_terms": f"create virtual table {table}_terms using fts5vocab({table}_words, instance)"
    for table in ("biblio", "neighbour")
}
"""Tables that tell the words of an index one by one."""


def _ours() -> dict[str, str]:
    """The triggers that keep the indexes of headings true, as migration 0005 writes them."""
    found = {}
    for table in _INDEXED:
        words = f"{table}_words"
        enter = f"INSERT INTO {words} (rowid, key) VALUES (new.id, new.key);"  # noqa: S608
        leave = f"INSERT INTO {words} ({words}, rowid, key) VALUES ('delete', old.id, old.key);"  # noqa: S608
        for event, act in (("delete", leave), ("update", leave + enter), ("insert", enter)):
            name = f"{words}_{event}"
            found[name] = f"CREATE TRIGGER {name} AFTER {event.upper()} ON {table} BEGIN {act} END"
    return found


def must_run_nothing(connection: Connection, where: str) -> None:
    """Raises Refusal FOREIGN_PARTS with the `name` of the first part that is not ours."""
    if connection.dialect.name == "postgresql":
        return
    ours = {name: _plain(written) for name, written in _ours().items()}
    for kind, name, written in connection.execute(_RUNS):
        known = (
            _plain(written or "") == ours.get(name)
            if kind == "trigger"
            else kind == "table"
            and (
                (name in _INDEXES and "using fts5(" in _plain(written))
                or _plain(written) == _TERMS.get(name)
            )
        )
        if not known:
            raise Refusal(Reason.FOREIGN_PARTS, where=where, name=name)


def _plain(written: str) -> str:
    """Without quotes and blanks, as SQLite may write them anew when a table is renamed."""
    return " ".join(written.replace('"', "").lower().split())

"""Writing the journal, in the same transaction as the act it tells of.

Every rule that changes something calls `write`; that one call also tells which
kinds of record changed, so listeners need no second mechanism.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import bindparam, insert, or_, select, update
from sqlalchemy.orm import Session

from database import rights
from database.engine.among import among
from database.engine.rows import first_of
from database.rights import Right
from database.schema import Journal, JournalCompleted
from database.text import chained

_TABLE = Journal.__table__
_INSERT = insert(Journal).returning(Journal.id)


@dataclass(frozen=True, slots=True)
class Line:
    """One journal line as read back."""

    id: int
    at: datetime
    actor: str
    action: str
    kind: str
    record_id: int | None
    facts: dict[str, Any]
    undoes_id: int | None
    act_id: int | None = None
    desk: str = ""


_UNTOLD = ("chain", "salt")
Inverses = dict[str, Callable[[Session, Line, datetime], None]]
"""What takes an act back, by the act's name; a module's own are gathered by `undo`."""


def touch(session: Session, *kinds: str) -> None:
    """Say that records of `kinds` change in this transaction."""
    session.info.setdefault("kinds", set()).update(kinds)


def write(
    session: Session,
    action: str,
    kind: str,
    record_id: int | None,
    now: datetime,
    *,
    undoes: int | None = None,
    **facts: Any,
) -> int:
    """Add one line and return its id. `facts` must hold no person's name, phone or bed.

    The lines of one session are one act. Raises Refusal NOT_ALLOWED.
    """
    rights.need_for(session, action)
    if "override" in facts:
        rights.need(session, Right.EXCEPTIONS, action)
    touch(session, kind)
    values = {
        "at": now,
        "actor": session.info.get("actor", ""),
        "desk": session.info.get("desk", ""),
        "act_id": session.info.get("act"),
        "action": action,
        "kind": kind,
        "record_id": record_id,
        "facts": json.dumps(facts, ensure_ascii=False, separators=(",", ":")),
        "undoes_id": undoes,
        "salt": secrets.token_hex(8),
    }
    facts_sum = chained.of_facts(str(values["facts"]), str(values["salt"]))
    values["chain"] = chained.of_line(head(session)[1], said(values), facts_sum)
    line_id: int = session.execute(_INSERT, values).scalar_one()
    session.info.setdefault("lines", []).append(line_id)
    session.info.setdefault("act", line_id)
    return line_id


_HEAD = "SELECT id, chain FROM journal ORDER BY id DESC LIMIT 1"


def head(session: Session) -> tuple[int, str]:
    """The newest line and its sum; a savepoint may have taken back what was newest before, so it
    is asked each time."""
    row = first_of(session.connection(), _HEAD)
    return (int(row[0]), str(row[1])) if row else (0, chained.BEGIN)


def said(values: Mapping[str, Any]) -> tuple[Any, ...]:
    """What of a line its sum covers beside its facts."""
    at: datetime = values["at"]
    return (
        at.astimezone(UTC).isoformat(), values["actor"], values["desk"], values["action"],
        values["kind"], values["record_id"], values["undoes_id"], values["act_id"],
    )  # fmt: skip


def must_be_allowed(session: Session, action: str) -> None:
    """The right that an act stands under, asked for what is written as a part of another. Raises
    Refusal NOT_ALLOWED."""
    rights.need_for(session, action)


_COMPLETE = (
    update(Journal)
    .where(Journal.id == bindparam("line"))
    .values(record_id=bindparam("about"), facts=bindparam("told"))
)


def complete(session: Session, line_id: int, record_id: int | None, **facts: Any) -> None:
    """Fill in a line opened before its act was whole (an import), in the same transaction."""
    told = json.dumps(facts, ensure_ascii=False)
    opened = session.execute(select(_TABLE).where(_TABLE.c.id == line_id)).one()
    session.execute(_COMPLETE, {"line": line_id, "about": record_id, "told": told})
    after, before = head(session)
    chain = chained.of_line(before, (line_id, record_id), chained.of_facts(told, opened.salt))
    values: dict[str, Any] = {"after_id": after, "chain": chain}
    changed = update(JournalCompleted).where(JournalCompleted.line_id == line_id)
    if session.execute(changed.values(**values)).rowcount == 0:  # type: ignore[attr-defined]
        values |= {
            "opened": chained.of_facts(opened.facts, opened.salt),
            "opened_about": opened.record_id,
        }
        session.execute(insert(JournalCompleted).values(line_id=line_id, **values))


def drop_fact(session: Session, action: str, kind: str, ids: Sequence[int], name: str) -> None:
    """Take one fact out of the lines of `action` on these records: only where a person is
    forgotten, whose words it may hold."""
    rows = session.execute(
        select(_TABLE.c.id, _TABLE.c.facts, _TABLE.c.salt).where(
            _TABLE.c.kind == kind,
            among(_TABLE.c.record_id, "ids"),
            _TABLE.c.action == action,
            _TABLE.c.facts.contains(f'"{name}"', autoescape=True),
        ),
        {"ids": list(ids)},
    ).all()
    for line_id, facts, salt in rows:
        kept, grain = chained.without(facts, salt, name)
        session.execute(
            update(Journal).where(Journal.id == bindparam("line")).values(facts=kept, salt=grain),
            {"line": line_id},
        )


def read(session: Session, line_id: int) -> Line | None:
    """One line, or None."""
    row = session.execute(select(_TABLE).where(_TABLE.c.id == line_id)).one_or_none()
    return _line(row) if row else None


def latest(session: Session, since: datetime, actions: Collection[str]) -> Line | None:
    """The newest line since `since` among `actions` not undone yet."""
    undone = select(_TABLE.c.undoes_id).where(_TABLE.c.undoes_id.is_not(None))
    row = session.execute(
        select(_TABLE)
        .where(
            _TABLE.c.at >= since,
            _TABLE.c.action.in_(actions),
            _TABLE.c.undoes_id.is_(None),
            _TABLE.c.id.not_in(undone),
        )
        .order_by(_TABLE.c.id.desc())
        .limit(1)
    ).one_or_none()
    return _line(row) if row else None


def of_act(session: Session, act: int, actions: Collection[str]) -> list[Line]:
    """The lines of one change whose action is among `actions` and that are not undone, the newest
    first; what is a part of a greater line of it is left to that one."""
    undone = select(_TABLE.c.undoes_id).where(_TABLE.c.undoes_id.is_not(None))
    rows = session.execute(
        select(_TABLE)
        .where(
            or_(_TABLE.c.id == act, _TABLE.c.act_id == act),
            _TABLE.c.action.in_(actions),
            _TABLE.c.undoes_id.is_(None),
            _TABLE.c.id.not_in(undone),
        )
        .order_by(_TABLE.c.id.desc())
    ).all()
    lines = [_line(row) for row in rows]
    parts = {part for line in lines for part in parts_of(line.facts)}
    return [line for line in lines if line.id not in parts]


def parts_of(facts: dict[str, Any]) -> list[int]:
    """The lines a greater one is made of: its inverse takes them back."""
    found = []
    for name in ("lines", "titles", "overlaid"):
        listed = facts.get(name)
        if isinstance(listed, list):
            found += listed
    return found


def line_about(session: Session, action: str, record_id: int) -> int:
    """The newest line of `action` on a record; it is there, for the caller just acted."""
    found: int = session.execute(
        select(_TABLE.c.id)
        .where(_TABLE.c.action == action, _TABLE.c.record_id == record_id)
        .order_by(_TABLE.c.id.desc())
        .limit(1)
    ).scalar_one()
    return found


def chain_of(session: Session, line_id: int) -> str:
    """The sum of a line."""
    found: str = session.execute(select(_TABLE.c.chain).where(_TABLE.c.id == line_id)).scalar_one()
    return found


def is_undone(session: Session, line_id: int) -> bool:
    """Whether a later line undoes this one."""
    return (
        session.execute(select(_TABLE.c.id).where(_TABLE.c.undoes_id == line_id)).first()
        is not None
    )


def _line(row: Any) -> Line:
    values = {name: value for name, value in row._mapping.items() if name not in _UNTOLD}
    return Line(**{**values, "facts": json.loads(values["facts"])})

"""Writing the journal, in the same transaction as the act it tells of.

Every rule that changes something calls `write`; that one call also tells which
kinds of record changed, so listeners need no second mechanism.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, or_, select, update
from sqlalchemy.orm import Session

from database import rights
from database.engine.among import among
from database.rights import Right
from database.schema import Journal

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
    act = session.info.get("act")
    line_id: int = session.execute(
        _INSERT,
        {
            "at": now,
            "actor": session.info.get("actor", ""),
            "desk": session.info.get("desk", ""),
            "act_id": act,
            "action": action,
            "kind": kind,
            "record_id": record_id,
            "facts": json.dumps(facts, ensure_ascii=False, separators=(",", ":")),
            "undoes_id": undoes,
        },
    ).scalar_one()
    session.info.setdefault("lines", []).append(line_id)
    session.info.setdefault("act", line_id)
    return line_id


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
    session.execute(_COMPLETE, {"line": line_id, "about": record_id, "told": told})


def drop_fact(session: Session, action: str, kind: str, ids: Sequence[int], name: str) -> None:
    """Take one fact out of the lines of `action` on these records: only where a person is
    forgotten, whose words it may hold."""
    rows = session.execute(
        select(_TABLE.c.id, _TABLE.c.facts).where(
            _TABLE.c.kind == kind,
            among(_TABLE.c.record_id, "ids"),
            _TABLE.c.action == action,
            _TABLE.c.facts.contains(f'"{name}"', autoescape=True),
        ),
        {"ids": list(ids)},
    ).all()
    for line_id, facts in rows:
        kept = {key: value for key, value in json.loads(facts).items() if key != name}
        session.execute(
            update(Journal)
            .where(Journal.id == bindparam("line"))
            .values(facts=json.dumps(kept, ensure_ascii=False)),
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


def is_undone(session: Session, line_id: int) -> bool:
    """Whether a later line undoes this one."""
    return (
        session.execute(select(_TABLE.c.id).where(_TABLE.c.undoes_id == line_id)).first()
        is not None
    )


def _line(row: Any) -> Line:
    values = dict(row._mapping)
    return Line(**{**values, "facts": json.loads(values["facts"])})

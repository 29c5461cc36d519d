"""The acts of today that can be taken back one by one, each by itself where nothing later
stands on it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from database import undo
from database.journal import Line
from database.schema import Journal

MOST = 300


@dataclass(frozen=True, slots=True)
class ActRow:
    """An act of today, the newest first. `undone` ones stay in the list."""

    id: int
    at: datetime
    actor: str
    action: str
    title: str
    undone: bool


def today(session: Session, actions: Iterable[str], now: datetime) -> list[ActRow]:
    """The acts of today among `actions`; one made of several is listed as one."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    rows = session.execute(
        select(Journal.__table__)
        .where(Journal.at >= midnight, Journal.action.in_(undo.INVERTIBLE))
        .order_by(Journal.id.desc())
        .limit(MOST)
    ).all()
    lines = [Line(**{**row._mapping, "facts": json.loads(row.facts)}) for row in rows]
    parts = {part for line in lines for part in line.facts.get("lines", ())}
    undone = _undone(session, [line.id for line in lines])
    wanted = frozenset(actions)
    return [
        ActRow(
            line.id, line.at, line.actor, line.action, undo.title_of(session, line),
            line.id in undone,
        )
        for line in lines
        if line.action in wanted and line.id not in parts
    ]  # fmt: skip


def _undone(session: Session, ids: list[int]) -> set[int | None]:
    found = select(Journal.undoes_id).where(Journal.undoes_id.in_(ids))
    return set(session.execute(found).scalars())

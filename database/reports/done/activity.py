"""Who did what, line by line of the journal, with what it changed: for whoever wants to know how a
record came to be as it is. Persons are named from their records as they stand: who is forgotten
has no name here either, and of patients the number is told."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from database.description import marc, marc_form
from database.engine.among import among
from database.reports import acts
from database.schema import Biblio, Journal

AT_ONCE = 200
_TABLE = Journal.__table__


@dataclass(frozen=True, slots=True)
class Asked:
    """Which lines: of whom, on which kind of record, or of one record, of which days, and before
    which line (for the next page)."""

    actor: str = ""
    kind: str = ""
    record: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None
    most: int = AT_ONCE


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: `changes` are by the name of a field what stood there before and after. `about` is
    the title or name of the record, `borrower` whose it was. A line that takes another back has
    that one's act as `undoes`."""

    id: int
    at: datetime
    actor: str
    desk: str
    action: str
    kind: str
    about: str
    borrower: str
    changes: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    fields: tuple[str, ...] = ()
    why: str = ""
    undone: bool = False


def entries(session: Session, asked: Asked) -> list[Entry]:
    """The lines asked for, the newest first."""
    wanted = select(_TABLE).order_by(_TABLE.c.id.desc()).limit(asked.most)
    if asked.actor:
        wanted = wanted.where(or_(_TABLE.c.actor == asked.actor, _TABLE.c.desk == asked.actor))
    if asked.kind:
        wanted = wanted.where(_TABLE.c.kind == asked.kind)
    if asked.record is not None:
        wanted = wanted.where(_TABLE.c.record_id == asked.record)
    if asked.since is not None:
        wanted = wanted.where(_TABLE.c.at >= asked.since)
    if asked.until is not None:
        wanted = wanted.where(_TABLE.c.at < asked.until)
    if asked.before is not None:
        wanted = wanted.where(_TABLE.c.id < asked.before)
    rows = session.execute(wanted).all()
    told = acts.subjects(session, rows)
    undone = acts.taken_back(session, [row.id for row in rows])
    titles = _titles(session, rows)
    return [_entry(row, told, row.id in undone, titles.get(row.id, {})) for row in rows]


def people(session: Session) -> list[str]:
    """Everybody who did anything; where nobody gave a name, the PC it was done at."""
    found = session.execute(select(_TABLE.c.actor, _TABLE.c.desk).distinct()).all()
    return sorted({row.actor or row.desk for row in found} - {""})


def kinds(session: Session) -> list[str]:
    """Every kind of record that something was done to."""
    return sorted(session.execute(select(_TABLE.c.kind).distinct()).scalars())


def _entry(
    row: Any,
    told: Mapping[tuple[str, int], tuple[str, str]],
    undone: bool,
    titles: Mapping[str, tuple[Any, Any]],
) -> Entry:
    facts = json.loads(row.facts)
    about, borrower = told.get((row.kind, row.record_id), (str(facts.get("name", "")), ""))
    why = facts.get("override") or facts.get("reason") or ""
    return Entry(
        row.id,
        row.at,
        row.actor,
        row.desk,
        row.action,
        row.kind,
        about,
        borrower,
        titles or _changes(facts),
        tuple(facts.get("fields", ())),
        "; ".join(map(str, why.values())) if isinstance(why, dict) else str(why),
        undone,
    )


def _changes(facts: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """What a line says stood before and after, where it says both."""
    before, after = facts.get("before"), facts.get("after")
    if "key" in facts and "after" in facts:
        return {str(facts["key"]): (before, after)}
    if not isinstance(before, dict) or not isinstance(after, dict):
        return {}
    return {
        name: (before.get(name), after.get(name))
        for name in dict.fromkeys([*before, *after])
        if before.get(name) != after.get(name)
    }


def _titles(session: Session, rows: Sequence[Any]) -> dict[int, dict[str, tuple[Any, Any]]]:
    """What was changed of titles: each line has the record as it was, so what it became stands in
    the next line about it, or in the record itself."""
    saved = [row for row in rows if row.action == "biblio.saved"]
    if not saved:
        return {}
    ids = sorted({row.record_id for row in saved})
    now = dict(
        session.execute(
            select(Biblio.id, Biblio.marc).where(among(Biblio.id, "ids")), {"ids": ids}
        ).all()
    )
    all_lines = session.execute(
        select(_TABLE.c.id, _TABLE.c.record_id, _TABLE.c.facts)
        .where(_TABLE.c.action == "biblio.saved", among(_TABLE.c.record_id, "ids"))
        .order_by(_TABLE.c.id.desc()),
        {"ids": ids},
    ).all()
    found: dict[int, dict[str, tuple[Any, Any]]] = {}
    for line in all_lines:
        before = str(json.loads(line.facts).get("before", ""))
        after = now.get(line.record_id, "")
        now[line.record_id] = before
        found[line.id] = _differences(before, after)
    return found


def _differences(before: str, after: str) -> dict[str, tuple[Any, Any]]:
    old, new = (_values(text) for text in (before, after))
    return {
        name: (old.get(name, ""), new.get(name, ""))
        for name in dict.fromkeys([*old, *new])
        if old.get(name, "") != new.get(name, "")
    }


def _values(text: str) -> dict[str, str]:
    try:
        return dict(marc_form.values(marc.from_json(text)))
    except ValueError:
        return {}

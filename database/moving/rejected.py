"""The rows that did not come in, as sheets with their own columns and one for the reason: mended
there, they can be brought in again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from database.imports.plan import NotTaken, Result
from database.imports.planned import name_of
from database.moving.bringing import Brought
from database.patrons import rotation
from database.patrons.rotation import Outcome
from database.sources.fields import PRIVATE
from database.sources.looking import Part

SheetOf = tuple[str, Sequence[str], Sequence[Sequence[Any]]]
Said = Callable[[Any], str]


def sheets(brought: Brought, parts: Sequence[Part], reason: str, said: Said) -> list[SheetOf]:
    """A sheet for each part with rows that were not taken. `reason` is the heading of the column
    of reasons, `said` words one: of a NotTaken, a patron's Line, a NotMoved."""
    found: list[SheetOf] = []
    told = not_taken(brought.titles)
    for part in parts:
        own = [one for one in told if one.file == name_of(part)]
        rows = list(_rows(part, own, said)) if own else []
        rows += list(_people(brought, part, said))
        if rows:
            found.append((name_of(part), _head(part, reason), rows))
    if brought.desk.refused:
        moved = [(one.what, one.position, one.detail, said(one)) for one in brought.desk.refused]
        found.append(("desk", ("", "", "", reason), moved))
    return found


def not_taken(result: Result | None) -> list[NotTaken]:
    """Records and copies that did not come in; a copy that stood already has nothing to mend."""
    if result is None:
        return []
    copies = [one for one in result.items_refused if one.reason != "copy_stands"]
    return [*result.refused, *copies]


def _head(part: Part, reason: str) -> list[str]:
    if part.table is None:
        return ["", "", reason]
    return [*(one.heading for one in part.table.columns if one.field != PRIVATE), reason]


def _rows(part: Part, told: Iterable[NotTaken], said: Said) -> Iterable[list[Any]]:
    if part.table is None:
        yield from ([one.position, one.detail, said(one)] for one in told)
        return
    rows = dict(part.table.rows)
    reasons: dict[int, list[str]] = {}
    for one in told:
        reasons.setdefault(one.position, []).append(said(one))
    for position, why in sorted(reasons.items()):
        yield [*_shown(part, rows.get(position, [])), "; ".join(dict.fromkeys(why))]


def _shown(part: Part, row: Sequence[str]) -> list[str]:
    """The cells of a row, none of a column that is not kept."""
    assert part.table is not None
    columns = (one for one in part.table.columns if one.field != PRIVATE)
    return [row[one.at] if one.at < len(row) else "" for one in columns]


def _people(brought: Brought, part: Part, said: Said) -> Iterable[list[Any]]:
    rows = dict(part.table.rows) if part.table is not None else {}
    for one in brought.people:
        if one.part != part:
            continue
        for line in one.lines:
            if line.outcome in rotation.TAKEN or line.outcome is Outcome.STANDS:
                continue
            cells = _shown(part, rows[line.position]) if rows else [line.position, line.facts.name]
            yield [*cells, said(line)]

"""Many patrons enrolled in one act: what is asked of each is asked once for all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from database import journal
from database.engine import bulk
from database.engine.among import among
from database.patrons import membership, numbers, standing
from database.patrons.membership import PatronFacts
from database.refusal import Refusal
from database.schema import Patron, PatronCode, PatronKind
from database.text.words import code


def add_all(session: Session, listed: Sequence[PatronFacts], now: datetime) -> list[int | None]:
    """Add them as `membership.add` does, one after another: their ids, None for one refused."""
    found: list[int | None] = []
    waiting: list[PatronFacts] = []
    places = {one.code for one in membership.categories(session) if one.kind == PatronKind.PLACE}
    for facts in listed:
        if facts.category not in places:
            waiting.append(facts)
            continue
        # Those after it may lie in it.
        found += _add(session, waiting, now)
        waiting = []
        try:
            found.append(membership.add(session, facts, now))
        except Refusal:
            found.append(None)
    return found + _add(session, waiting, now)


def _add(session: Session, listed: Sequence[PatronFacts], now: datetime) -> list[int | None]:
    """Add persons."""
    if not listed:
        return []
    taken = numbers.taken(session, [one for facts in listed for one in _numbers(facts)])
    asked = _Once()
    rows: list[dict[str, Any]] = []
    coded: list[tuple[str, str]] = []
    by_place: list[str | None] = []
    for facts in listed:
        try:
            row, codes = membership.new_row(session, facts, now, asked=asked, taken=taken)
        except Refusal:
            by_place.append(None)
            continue
        opened = {one for one in (row["number"], row["staff_number"], *codes) if one}
        if opened & taken:
            by_place.append(None)
            continue
        taken |= opened
        rows.append({**row, "kind": str(row["kind"])})
        coded += [(one, row["number"]) for one in codes]
        by_place.append(row["number"])
    ids = _write(session, rows, coded, now)
    return [ids[number] if number else None for number in by_place]


def _numbers(facts: PatronFacts) -> list[str]:
    """All that is to open somebody's transaction, as it is stored."""
    further = numbers.cleaned((facts.staff_number, *(facts.codes or ())), "", None)
    return [code(facts.number), *further]


def _write(
    session: Session, rows: list[dict[str, Any]], coded: list[tuple[str, str]], now: datetime
) -> dict[str, int]:
    """Write the rows, their further codes and that their memberships begin; ids by number."""
    if not rows:
        return {}
    bulk.add(session.connection(), Patron, rows)
    wanted = select(Patron.number, Patron.id).where(among(Patron.number, "numbers"))
    made = session.execute(wanted, {"numbers": [row["number"] for row in rows]})
    ids = {row.number: row.id for row in made}
    if coded:
        codes = [{"code": one, "patron_id": ids[number]} for one, number in coded]
        session.execute(insert(PatronCode), codes)
    standing.join_many(session, list(ids.values()), now.date())
    journal.touch(session, "Patron")
    return ids


class _Once:
    """Asks the library, and remembers what it said."""

    def __init__(self) -> None:
        self._said: dict[Any, Any] = {}

    def __call__(
        self, question: Callable[..., Any], session: Session, *told: Any, **more: Any
    ) -> Any:
        asked = (question, told, *more.items())
        if asked not in self._said:
            self._said[asked] = question(session, *told, **more)
        return self._said[asked]

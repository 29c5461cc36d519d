"""Everything that some files hold for a library brought in as one act: titles and copies, people,
then what the other program's desk kept. `ahead.look_ahead` says before what would happen.

Each step goes in short pieces; all journal lines are one act, taken back as one, today or later.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from database.circulation import holds
from database.imports import importing
from database.imports.plan import Result
from database.moving import ahead, desk, people, rules
from database.moving.ahead import PeopleOf, Wanted
from database.moving.desk import Moved
from database.policy import categories
from database.refusal import Refusal
from database.sources.kept import Kept
from database.sources.looking import PROGRAMS, Part
from database.text.words import key


@dataclass(slots=True)
class Brought:
    """What happened."""

    titles: Result | None = None
    people: list[PeopleOf] = field(default_factory=list)
    desk: Moved = field(default_factory=Moved)
    rules: int = 0
    closed: int = 0
    act: int | None = None
    """The act it is, to be taken back; None where nothing was written."""


def bring(
    session: Session,
    parts: Sequence[Part],
    wanted: Wanted,
    now: datetime,
    report: Callable[[str, int, int], None] = lambda step, done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Brought:
    """Bring it all in. Raises Cancelled."""
    done = Brought()
    books = [part for part in parts if part.holds_titles]
    if books:
        done.titles = importing.run(
            session,
            books,
            now,
            with_items=wanted.items,
            matched=wanted.matched,
            decided=wanted.decided,
            report=lambda at, total: report("titles", at, total),
            cancelled=cancelled,
        )
    for part in parts:
        with ahead.held_of(part) as held:
            if wanted.people:
                _bring_people(session, part, held, wanted, now, report, cancelled, done)
            if wanted.desk and held is not None:
                _bring_desk(session, part, held, wanted, now, report, cancelled, done)
    done.act = session.info.get("act")
    return done


def _bring_people(
    session: Session,
    part: Part,
    held: Kept | None,
    wanted: Wanted,
    now: datetime,
    report: Callable[[str, int, int], None],
    cancelled: Callable[[], bool],
    done: Brought,
) -> None:
    rows = ahead.rows_of(part, held)
    if not rows:
        return
    new = people.unknown(session, rows)
    program: Any = PROGRAMS.get(part.shape)
    told = list(program.rules_of(held)) if hasattr(program, "rules_of") else []
    validity = {rule.kind: rule.validity for rule in told if rule.validity and not rule.material}
    before = set(people.kinds(session).values())
    codes = people.make_kinds(session, new, wanted.kinds, now, validity)
    fresh = set(codes.values()) - before
    done.rules += rules.take(session, told, codes, fresh, now)
    lines = people.enrol(
        session,
        people.named(rows, codes),
        wanted.common,
        now,
        lambda at: report("patrons", at, len(rows)),
        cancelled,
    )
    done.people.append(ahead.of(part, rows, lines, new, wanted))


def _bring_desk(
    session: Session,
    part: Part,
    held: Kept,
    wanted: Wanted,
    now: datetime,
    report: Callable[[str, int, int], None],
    cancelled: Callable[[], bool],
    done: Brought,
) -> None:
    program: Any = PROGRAMS[part.shape]
    kinds = people.kinds(session) | {key(k): v for k, v in wanted.kinds.items()}
    fallback = wanted.common.category or _public(session)
    total = part.counts.get("loans", 0) + part.counts.get("history", 0)
    if hasattr(program, "loans_of"):
        desk.lend(
            session,
            program.loans_of(held),
            kinds,
            fallback,
            done.desk,
            now,
            lambda at: report("loans", at, max(total, at)),
            cancelled,
        )
    if hasattr(program, "visits_of"):
        desk.visits(session, program.visits_of(held), kinds, fallback, done.desk, now)
    if hasattr(program, "owed_of"):
        desk.owe(session, program.owed_of(held), done.desk, now)
    if hasattr(program, "holds_of"):
        _hold(session, program, held, done.desk, now)
    if hasattr(program, "closed_of"):
        done.closed += rules.close_days(session, program.closed_of(held), now)


def _public(session: Session) -> str:
    """The kind that visits and past loans of nobody known are counted under."""
    rows = categories.listed(session)
    ranked = [row.code for row in rows if row.audience == "public"]
    return next(iter([*ranked, *(row.code for row in rows)]), "")


def _hold(session: Session, program: Any, held: Kept, moved: Moved, now: datetime) -> None:
    """Reservations by the rules of our own desk; what they refuse is told."""
    for one in program.holds_of(held):
        biblio_id = desk.title_of(session, one.barcode, program.control_of(held, one.title))
        if biblio_id is None:
            moved.leave("hold", one.position, "title_unknown", one.barcode or one.title)
            continue
        try:
            holds.place(session, one.member, biblio_id, now)
            moved.holds += 1
        except Refusal as refusal:
            moved.leave("hold", one.position, refusal.reason.value, one.member)

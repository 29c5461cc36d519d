"""Everything that some files hold for a library brought in as one act: titles and copies, people,
then what the other program's desk kept. `look_ahead` says before what would happen.

Each step goes in short pieces; all journal lines are one act, taken back as one, today or later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from database.circulation import holds
from database.imports import importing, preview
from database.imports.plan import Decided, Matched, Result
from database.imports.preview import Preview
from database.moving import desk, people, rules
from database.moving.desk import Moved
from database.patrons import rotation
from database.patrons.rotation import Common, Line
from database.policy import categories
from database.refusal import Refusal
from database.sources import looking
from database.sources.fields import Kind
from database.sources.kept import Kept
from database.sources.looking import DATABASE, PROGRAMS, Part
from database.sources.people import Row

Report = Callable[[int, int], None]
STEPS = ("titles", "patrons", "loans")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody decided of an import. `kinds` are our codes for kinds of other programs (none:
    a kind of that name is made); `people`, `desk`: whether they come in too."""

    items: bool = True
    matched: Matched = Matched.ADD
    decided: Decided = field(default_factory=dict)
    people: bool = True
    desk: bool = True
    common: Common = field(default_factory=Common)
    kinds: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class PeopleOf:
    """The people of a part, what becomes of each line, and the kinds it names that are new."""

    part: Part
    lines: list[Line]
    doubts: dict[int, tuple[str, ...]]
    kinds: list[str]


@dataclass(slots=True)
class Ahead:
    """What would happen."""

    titles: Preview
    people: list[PeopleOf]


@dataclass(slots=True)
class Brought:
    """What happened."""

    titles: Result | None = None
    people: list[PeopleOf] = field(default_factory=list)
    desk: Moved = field(default_factory=Moved)
    rules: int = 0
    closed: int = 0


def look_ahead(
    session: Session,
    parts: Sequence[Part],
    wanted: Wanted,
    report: Report = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Ahead:
    """What `bring` would do of titles and people; nothing is written. Raises Cancelled."""
    books = [part for part in parts if part.holds_titles]
    seen = (
        preview.preview(
            session,
            books,
            with_items=wanted.items,
            report=report,
            cancelled=cancelled,
            decided=wanted.decided,
        )
        if books
        else Preview()
    )
    found = []
    for part in parts if wanted.people else ():
        with _held(part) as held:
            rows = _people(part, held)
        if rows:
            told = _as_known(session, rows, wanted)
            lines = rotation.plan_rows(session, told, wanted.common)
            found.append(_of(part, rows, lines, people.unknown(session, rows), wanted))
    return Ahead(seen, found)


def _as_known(session: Session, rows: list[Row], wanted: Wanted) -> list[Row]:
    """Rows whose kind is to be made count as of a kind there is, which they will have."""
    standing = people.kinds(session)
    some = wanted.common.category or next(iter(standing.values()), "")
    new = people.unknown(session, rows)
    codes = standing | {people.key(one): wanted.kinds.get(one) or some for one in new}
    return people.named(rows, codes)


def _of(
    part: Part, rows: Sequence[Row], lines: list[Line], kinds: list[str], wanted: Wanted
) -> PeopleOf:
    doubts = {row.position: row.doubts for row in rows if row.doubts}
    return PeopleOf(part, lines, doubts, [one for one in kinds if one not in wanted.kinds])


@contextmanager
def _held(part: Part) -> Iterator[Kept | None]:
    if part.what != DATABASE:
        yield None
        return
    held = looking.kept(part)
    try:
        yield held
    finally:
        held.close()


def _people(part: Part, held: Kept | None) -> list[Row]:
    if held is None and part.what != Kind.PATRONS:
        return []
    return looking.people_of(part, held)


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
        with _held(part) as held:
            if wanted.people:
                _bring_people(session, part, held, wanted, now, report, cancelled, done)
            if wanted.desk and held is not None:
                _bring_desk(session, part, held, wanted, now, report, cancelled, done)
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
    rows = _people(part, held)
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
    done.people.append(_of(part, rows, lines, new, wanted))


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
    kinds = people.kinds(session) | {people.key(k): v for k, v in wanted.kinds.items()}
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

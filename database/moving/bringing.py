"""Everything that some files hold for a library brought in as one act: titles and copies, people,
then what the other program's desk kept. `ahead.look_ahead` says before what would happen.

Each step goes in short pieces; all journal lines are one act, taken back as one, today or later.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from database.imports import importing
from database.imports.plan import Result
from database.moving import ahead, following, old_desk, people, rules
from database.moving.ahead import PeopleOf, Wanted
from database.moving.desk import Moved
from database.sources.kept import Kept
from database.sources.looking import DESK, PEOPLE, Part
from database.sources.programs import asked
from database.text.words import key


@dataclass(slots=True)
class Brought:
    """What happened."""

    titles: Result | None = None
    people: list[PeopleOf] = field(default_factory=list)
    desk: Moved = field(default_factory=Moved)
    rules: int = 0
    closed: int = 0
    following: Mapping[str, str] = field(default_factory=dict)
    """The numbers given out next: "barcode", "accession", "patron"."""
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
    act = _Act(session, wanted, now, report, cancelled)
    more = parts if wanted.people or wanted.desk else ()
    with ahead.Beforehand(more, DESK if wanted.desk else PEOPLE) as kept:
        act.bring_titles([part for part in parts if part.holds_titles])
        for part in more:
            held = kept.of(session, part)
            if wanted.people:
                act.bring_people(part, held)
            if wanted.desk:
                act.bring_desk(part, held)
    act.done.following = following.numbers(session, now)
    act.done.act = session.info.get("act")
    return act.done


@dataclass(slots=True)
class _Act:
    """One import under way."""

    session: Session
    wanted: Wanted
    now: datetime
    report: Callable[[str, int, int], None]
    cancelled: Callable[[], bool]
    done: Brought = field(default_factory=Brought)

    def bring_titles(self, parts: Sequence[Part]) -> None:
        """Titles and copies of all parts, so that those of one join those of another."""
        if not parts:
            return
        self.done.titles = importing.run(
            self.session,
            parts,
            self.now,
            with_items=self.wanted.items,
            matched=self.wanted.matched,
            decided=self.wanted.decided,
            report=lambda at, total: self.report("titles", at, total),
            cancelled=self.cancelled,
        )

    def bring_people(self, part: Part, held: Kept | None) -> None:
        """The people of a part, their kinds and the rules of those that are new."""
        rows = ahead.rows_of(part, held)
        if not rows:
            return
        session, now = self.session, self.now
        new = people.unknown(session, rows)
        told = list(asked(part, held, "rules_of"))
        validity = {
            rule.kind: rule.validity for rule in told if rule.validity and not rule.material
        }
        before = set(people.kinds(session).values())
        codes = people.make_kinds(session, new, self.wanted.kinds, now, validity)
        self.done.rules += rules.take(session, told, codes, set(codes.values()) - before, now)
        lines = people.enrol(
            session,
            people.named(rows, codes),
            self.wanted.common,
            now,
            lambda at: self.report("patrons", at, len(rows)),
            self.cancelled,
        )
        self.done.people.append(ahead.of(part, rows, lines, new, self.wanted))

    def bring_desk(self, part: Part, held: Kept | None) -> None:
        """What the other program's desk kept, or a list of loans."""
        session = self.session
        kinds = people.kinds(session) | {key(k): v for k, v in self.wanted.kinds.items()}
        total = part.counts.get("loans", 0) + part.counts.get("history", 0) or part.rows
        self.done.closed += old_desk.bring(
            session,
            part,
            held,
            old_desk.Kinds(kinds, self.wanted.common.category),
            self.done.desk,
            self.now,
            lambda at: self.report("loans", at, max(total, at)),
            self.cancelled,
        )

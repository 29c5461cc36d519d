"""What the desk of another program kept, asked of its database and written: loans, visits, money,
reservations, closed days."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from database.circulation import holds
from database.moving import desk, rules
from database.moving.desk import Moved
from database.policy import categories
from database.refusal import Refusal
from database.sources import loans
from database.sources.fields import Kind
from database.sources.kept import Kept
from database.sources.looking import Part
from database.sources.programs import PROGRAMS, asked


@dataclass(frozen=True, slots=True)
class Kinds:
    """Our codes for the other program's kinds of member, by their folded names; `usual` is for
    whoever has none, "" for the library's kind of the public."""

    codes: Mapping[str, str]
    usual: str = ""


def bring(
    session: Session,
    part: Part,
    held: Kept | None,
    kinds: Kinds,
    moved: Moved,
    now: datetime,
    told: Callable[[int], None],
    cancelled: Callable[[], bool],
) -> int:
    """Bring in a list of loans, or what a database holds; how many days were closed. Raises
    Cancelled."""
    if held is None and part.what != Kind.LOANS:
        return 0
    usual = kinds.usual or _public(session)
    listed = loans.of_table(part.table) if part.table else asked(part, held, "loans_of")
    desk.lend(session, listed, kinds.codes, usual, moved, now, told, cancelled)
    desk.visits(session, asked(part, held, "visits_of"), kinds.codes, usual, moved, now)
    desk.owe(session, asked(part, held, "owed_of"), moved, now)
    _hold(session, part, held, moved, now)
    return rules.close_days(session, asked(part, held, "closed_of"), now)


def _public(session: Session) -> str:
    """The kind that visits and past loans of nobody known are counted under."""
    rows = categories.listed(session)
    ranked = [row.code for row in rows if row.audience == "public"]
    return next(iter([*ranked, *(row.code for row in rows)]), "")


def _hold(session: Session, part: Part, held: Kept | None, moved: Moved, now: datetime) -> None:
    """Reservations by the rules of our own desk; what they refuse is told."""
    for one in asked(part, held, "holds_of"):
        program: Any = PROGRAMS[part.shape]
        control = program.control_of(held, one.title)
        biblio_id = desk.title_of(session, one.barcode, control)
        if biblio_id is None:
            moved.leave("hold", one.position, "title_unknown", one.barcode or one.title)
            continue
        try:
            holds.place(session, one.member, biblio_id, now)
            moved.holds += 1
        except Refusal as refusal:
            moved.leave("hold", one.position, refusal.reason.value, one.member)

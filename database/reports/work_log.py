"""What each officer did in a month, out of the journal: by it a librarian's credits (angka kredit)
are claimed. What was taken back does not count."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from database.registers import registers
from database.registers.fields import Entry
from database.schema import Journal
from database.text.dates import local_day, midnight

WORK: dict[str, tuple[str, ...]] = {
    "described": ("biblio.added", "biblio.saved"),
    "accessioned": ("item.added",),
    "headings": ("heading.renamed", "heading.merged", "heading.referred"),
    "circulated": ("loan.checked_out", "loan.returned", "loan.renewed"),
    "held": ("hold.placed", "hold.ready"),
    "enrolled": ("patron.enrolled", "patron.renewed", "clearance.issued"),
    "rounds": ("round.closed",),
    "handouts": ("handout.counted",),
    "reminded": ("reminder.sent",),
    "serials": ("serial.received", "serial.claimed"),
    "mended": ("item.repair", "item.damaged", "quarantine.shelved"),
    "counted": ("stocktake.scanned",),
    "weeded": ("weeding.decided",),
    "digital": ("digital.attached",),
    "reported": ("month.closed",),
}
"""Kinds of work, and the acts that are counted as such."""
RECORDED = ("literature_search", "activity", "reference_question", "training")
"""Registers whose lines are work, too; they name no officer."""


@dataclass(frozen=True, slots=True)
class Work:
    """So many acts of one kind, on so many days."""

    kind: str
    count: int
    days: int


def of_officers(session: Session, first: date, last: date) -> dict[str, list[Work]]:
    """By officer ("" where the PC names none), in the order of their names."""
    kinds = {action: kind for kind, actions in WORK.items() for action in actions}
    undone = select(Journal.undoes_id).where(Journal.undoes_id.is_not(None))
    rows = session.execute(
        select(Journal.actor, Journal.action, Journal.at).where(
            Journal.at >= midnight(first),
            Journal.at < midnight(last + timedelta(days=1)),
            Journal.action.in_(kinds),
            Journal.id.not_in(undone),
        )
    )
    counts: dict[tuple[str, str], int] = defaultdict(int)
    days: dict[tuple[str, str], set[date]] = defaultdict(set)
    for actor, action, at in rows:
        place = (actor, kinds[action])
        counts[place] += 1
        days[place].add(local_day(at))
    found: dict[str, list[Work]] = {}
    for actor in sorted({actor for actor, _kind in counts}, key=str.casefold):
        found[actor] = [
            Work(kind, counts[actor, kind], len(days[actor, kind]))
            for kind in WORK
            if (actor, kind) in counts
        ]
    return found


def recorded(session: Session, first: date, last: date) -> dict[str, list[Entry]]:
    """The lines of the registers of those days, oldest first."""
    found = {name: registers.entries(session, name, first, last)[::-1] for name in RECORDED}
    return {name: lines for name, lines in found.items() if lines}

"""What was done beside the daily work in the demo library, in the order of time."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from database.demo import assessment, desk, holdings, letters, links, own, registers, trolley
from database.demo.holdings import Act
from database.demo.world import DAYS, World


def play(session: Session, world: World) -> None:
    """Write the registers, then let everything happen that the rules of the library do."""
    registers.fill(session, world.today, world.now)
    letters.copies(session, world.now - timedelta(days=DAYS))
    trolley.beside(session, world.now)
    links.fill(session, world.now)
    own.fill(session, world.now - timedelta(days=DAYS))
    for at, act in _acts(session, world):
        act(session, at)


def _acts(session: Session, world: World) -> list[tuple[datetime, Act]]:
    """Each on an open day, so sorted that the numbers of letters rise with the days."""
    assert world.calendar is not None
    listed = [
        *desk.acts(session, world.now),
        *holdings.acts(world.now),
        *letters.acts(session, world.now),
        *assessment.acts(world.now),
    ]
    made = []
    for at, act in listed:
        day = datetime.combine(world.calendar.next_open(at.date()), at.timetz())
        made.append((min(day, world.now), act))
    return sorted(made, key=lambda one: one[0])

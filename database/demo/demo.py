"""A demo library: two years of a believable hospital library, the same for the same day.

Simulated day by day: people join, come, borrow and bring back, so that every figure of
every month hangs together. All names, titles and numbers are invented (resources/demo.toml).
"""

from __future__ import annotations

import random
import tomllib
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from database import journal
from database.demo import acts, trolley
from database.demo.books import titles
from database.demo.days import live
from database.demo.hospital import PROFILE, furnish
from database.demo.people import join, newcomers, wards
from database.demo.world import DAYS, PEOPLE, Readers, World, write
from database.library import Library
from database.policy import calendar
from database.schema import PatronCategory
from resources import FOLDER


def build(where: str, now: datetime) -> None:
    """Make a demo library at `where` that ends today. Raises as `Library.create`."""
    library = Library.create(where, PROFILE, now)
    try:
        with library.transaction() as session:
            fill(session, now)
    finally:
        library.close()


def fill(session: Session, now: datetime) -> None:
    """Fill an empty library with two years that end at `now`."""
    today = now.date()
    world = World(
        PROFILE,
        random.Random(today.toordinal()),
        tomllib.loads((FOLDER / "demo.toml").read_text(encoding="utf-8")),
        now.tzinfo,
        today - timedelta(days=DAYS),
        now,
    )
    world.readers = Readers(world.words, today.toordinal())
    furnish(session, world, now)
    rows = session.execute(select(PatronCategory.code, PatronCategory.id))
    categories = {row.code: row.id for row in rows}
    world.calendar = calendar.load(session, world.first, today)
    titles(session, world)
    wards(world, categories)
    for category, start, *_ in PEOPLE:
        for _number in range(start):
            joined = world.first - timedelta(days=world.chance.randrange(5, 120))
            join(world, categories, category, joined)
    for day in calendar.days(world.first, today):
        newcomers(world, categories, day)
        if world.calendar.is_open(day):
            live(world, day, now)
    trolley.rounds(world)
    write(session, world)
    acts.play(session, world)
    journal.write(session, "demo.made", "Profile", 1, now)
    journal.touch(session, "Biblio", "Item", "Patron", "Loan", "Visit")

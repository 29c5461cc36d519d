"""A demo library: two years of a believable hospital library, the same for the same day.

Simulated day by day: people join, come, borrow and bring back, so that every figure of
every month hangs together. All names, titles and numbers are invented (resources/demo.toml).
"""

from __future__ import annotations

import random
import tomllib
from datetime import date, datetime, timedelta

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from database import journal
from database.demo import desk, registers
from database.demo.books import titles
from database.demo.days import live
from database.demo.people import join, newcomers, wards
from database.demo.world import DAYS, PEOPLE, Readers, World
from database.engine import bulk
from database.library import Library
from database.policy import calendar, house, numbering
from database.policy.house import Signer
from database.schema import (
    ClosedDay,
    Consent,
    InHouseUse,
    Loan,
    Patron,
    PatronCategory,
    Renewal,
    Unit,
    Visit,
)
from resources import FOLDER

PROFILE = house.ProfileFacts(
    name="Perpustakaan RSUD Bhakti Sehat",
    short_name="RSUD-BS",
    hospital="RSUD Bhakti Sehat",
    government="Pemerintah Kota Mandala",
    city="Mandala",
    address="Jalan Kesehatan 12, Mandala",
    phone="(0700) 555 012",
    email="perpustakaan@rsud.example",
    dinas="Dinas Perpustakaan dan Kearsipan Kota Mandala",
    demo=True,
)
_HOLIDAYS = (
    (1, 1, "Tahun baru"),
    (5, 1, "Hari buruh"),
    (6, 1, "Hari lahir Pancasila"),
    (8, 17, "Hari kemerdekaan"),
    (12, 25, "Natal"),
)


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
        today,
    )
    world.readers = Readers(world.words, today.toordinal())
    _house(session, world, now)
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
    _write(session, world)
    registers.fill(session, today, now)
    desk.fill(session, now)
    journal.write(session, "demo.made", "Profile", 1, now)
    journal.touch(session, "Biblio", "Item", "Patron", "Loan", "Visit")


def _house(session: Session, world: World, now: datetime) -> None:
    head = Signer(
        "head",
        "Kepala Instalasi Diklat",
        "dr. Agus Prasetyo, M.Kes.",
        "19710315 200003 1 002",
        world.first,
    )
    librarian = Signer(
        "librarian",
        "Pustakawan",
        "Dewi Lestari Handayani, A.Md.",
        "19870412 201001 2 005",
        world.first,
    )
    for signer in (head, librarian):
        house.save_signer(session, signer, now)
    closed = [
        {"day": date(year, month, number), "name": name, "open": False}
        for year in range(world.first.year, world.today.year + 2)
        for month, number, name in _HOLIDAYS
    ]
    session.execute(insert(ClosedDay), closed)
    _units(session, world)


def _units(session: Session, world: World) -> None:
    """Units and wards; one tells of an illness, and leaves the house as its group only."""
    wards, groups = world.words["wards"], dict(world.words["sensitive"])
    names = dict.fromkeys([*wards, *world.words["units"]])
    rows = [
        {
            "name": name,
            "ward": name in wards,
            "sensitive": name in groups,
            "report_group": groups.get(name, ""),
            "position": at,
        }
        for at, name in enumerate(names)
    ]
    session.execute(insert(Unit), rows)


def _write(session: Session, world: World) -> None:
    copies = max(copy.id for copy in world.copies)
    for record in (Patron, Consent, Loan, Renewal, InHouseUse, Visit):
        listed = [dict(row) for row in world.rows[record]]
        session.execute(insert(record), listed)
    for series in ("barcode", "accession"):
        numbering.raise_to(session, series, copies + 50)
    numbering.raise_to(session, "patron", len(world.rows[Patron]))
    bulk.continue_sequences(session.connection())

"""A demo library: two years of a believable hospital library, the same for the same day.

Simulated day by day: people join, come, borrow and bring back, so that every figure of
every month hangs together. All names, titles and numbers are invented (resources/demo.toml).
"""

from __future__ import annotations

import random
import tomllib
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from database import journal
from database.demo import desk, registers
from database.demo.books import DAYS, Copy, Person, Readers, World, person_name, titles
from database.engine import bulk
from database.library import Library
from database.patrons import membership
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
from database.text.words import key
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
_HOURS = (8, 8, 9, 9, 9, 10, 10, 11, 13, 13, 14, 15)
_PEOPLE = (
    # category, at the start, new a week, share of visits, share of loans
    ("doctor", 34, 0.1, 5, 9),
    ("nurse", 96, 0.3, 9, 16),
    ("health", 28, 0.1, 3, 5),
    ("administration", 22, 0.1, 3, 3),
    ("student", 24, 1.4, 12, 12),
    ("family", 6, 1.6, 7, 6),
    ("public", 2, 0.15, 1, 1),
    ("patient", 3, 0.5, 2, 3),
)
_DAYS_LENT = {"student": 7, "family": 7, "public": 7, "patient": 7, "ward": 7}
_LIMITS = {"doctor": 5, "student": 2, "family": 2, "public": 2, "patient": 2, "ward": 10}


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
    _wards(world, categories)
    for category, start, *_ in _PEOPLE:
        for _number in range(start):
            joined = world.first - timedelta(days=world.chance.randrange(5, 120))
            _person(world, categories, category, joined)
    for day in calendar.days(world.first, today):
        _newcomers(world, categories, day)
        if world.calendar.is_open(day):
            _day(world, day, now)
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


# --- people -------------------------------------------------------------------------


def _wards(world: World, categories: dict[str, int]) -> None:
    for ward in world.words["wards"]:
        person = _row(world, categories, "ward", f"Ruang {ward}", "", ward, world.first, None)
        row = world.rows[Patron][-1]
        row["number"] = f"W-{ward.upper()}"
        row["search_key"] = membership.search_key(row["number"], row)
        world.people.append(person)


def _row(
    world: World,
    categories: dict[str, int],
    category: str,
    name: str,
    sex: str,
    unit: str,
    joined: date,
    until: date | None,
) -> Person:
    number = len(world.rows.get(Patron, ())) + 1
    student = category == "student"
    patron_id = world.add(
        Patron, number=f"M{number:04d}", kind="place" if category == "ward" else "person",
        category_id=categories[category], name=name, name_key=key(name), sex=sex, unit=unit,
        institution=world.chance.choice(world.words["institutions"]) if student else "",
        phone="" if category in {"ward", "patient"} else _phone(world),
        joined_on=joined, valid_until=until, created_at=world.at(joined, 9), bed="", place_id=None,
    )  # fmt: skip
    row = world.rows[Patron][-1]
    row["search_key"] = membership.search_key(row["number"], row)
    return Person(patron_id, category, unit, joined, until)


def _phone(world: World) -> str:
    return f"+6281255{world.chance.randrange(10**6):06d}"


_VALIDITY = {"student": 60, "family": 14, "public": 14, "patient": 14}
_TITLES = {"doctor": "dr. {}", "nurse": "{}, A.Md.Kep.", "health": "apt. {}"}


def _person(world: World, categories: dict[str, int], category: str, joined: date) -> None:
    sex = "f" if world.chance.random() < 0.62 else "m"
    name = _TITLES.get(category, "{}").format(person_name(world, sex))
    reader = category in {"family", "patient"}
    if reader:
        assert world.readers is not None
        name = world.readers.name(sex)
    staff = category in {"doctor", "nurse", "health", "administration"}
    unit = world.chance.choice(world.words["units" if staff else "wards"])
    days = _VALIDITY.get(category)
    until = joined + timedelta(days=days) if days else date(world.today.year + 1, 12, 31)
    world.people.append(_row(world, categories, category, name, sex, unit, joined, until))
    if reader:
        _at_the_bed(world, world.rows[Patron][-1], unit, joined, patient=category == "patient")


def _at_the_bed(
    world: World, row: dict[str, Any], unit: str, joined: date, *, patient: bool
) -> None:
    """A patient's bed and a relative's phone; what they agreed to."""
    readers = world.readers
    assert readers is not None
    row["place_id"] = next(one.id for one in world.people if one.unit == unit)
    row["bed"] = readers.bed() if patient else ""
    row["phone"] = readers.phone() if not patient or readers.likely(0.4) else ""
    _agree(world, row["id"], "membership", joined)
    if row["phone"] and readers.likely(0.7):
        _agree(world, row["id"], "reminders", joined, withdrawn=readers.likely(0.1))


def _agree(
    world: World, patron_id: int, purpose: str, on: date, *, withdrawn: bool = False
) -> None:
    world.add(
        Consent,
        patron_id=patron_id,
        purpose=purpose,
        text_version="1",
        channel="tertulis",
        given_on=on,
        withdrawn_on=on + timedelta(days=1) if withdrawn else None,
    )


def _newcomers(world: World, categories: dict[str, int], day: date) -> None:
    for category, _start, a_week, *_ in _PEOPLE:
        if world.chance.random() < a_week / 7:
            _person(world, categories, category, day)


# --- days ---------------------------------------------------------------------------


def _day(world: World, day: date, now: datetime) -> None:
    growth = 0.7 + 0.6 * (day - world.first).days / DAYS
    season = 1.25 if day.month in {2, 3, 9, 10} else 0.75 if day.month in {7, 12} else 1.0
    busy = growth * season
    latest = now.hour if day == world.today else 23
    _returns(world, day, latest)
    _visits(world, day, busy, latest)
    for _ in range(round(world.chance.gauss(8 * busy, 2))):
        _borrow(world, day, latest)
    for _ in range(round(abs(world.chance.gauss(2 * busy, 1)))):
        _read_here(world, day, latest)


def _hour(world: World, latest: int) -> int | None:
    """An opening hour; None for one that has not come yet today."""
    hour = world.chance.choice(_HOURS)
    return hour if hour < latest else None


def _visits(world: World, day: date, busy: float, latest: int) -> None:
    shares = {category: share for category, _s, _w, share, _l in _PEOPLE}
    for category in world.chance.choices(
        list(shares), list(shares.values()), k=round(world.chance.gauss(24 * busy, 5))
    ):
        hour = _hour(world, latest)
        if hour is not None:
            world.add(
                Visit,
                visited_at=world.at(day, hour),
                visited_on=day,
                category=category,
                purpose="",
                people=1,
            )
    if world.chance.random() < 0.03 and latest > 10:
        world.add(
            Visit,
            visited_at=world.at(day, 10),
            visited_on=day,
            category="student",
            purpose="group",
            people=world.chance.randrange(8, 25),
        )


def _borrow(world: World, day: date, latest: int) -> None:
    hour = _hour(world, latest)
    who = _borrower(world, day)
    copy = _wanted(world, day)
    if hour is None or who is None or copy is None:
        return
    assert world.calendar is not None
    due = world.calendar.next_open(day + timedelta(days=_DAYS_LENT.get(who.category, 14)))
    due = min(due, who.valid_until) if who.valid_until else due
    late = world.chance.random() < 0.12
    back = (
        due + timedelta(days=world.chance.randrange(1, 15))
        if late
        else (day + timedelta(days=world.chance.randrange(1, max((due - day).days, 1) + 1)))
    )
    loan_id = world.add(
        Loan, item_id=copy.id, patron_id=who.id, lent_at=world.at(day, hour), lent_on=day,
        due_on=due, returned_at=None, returned_on=None, renewals=0, category=who.category,
        unit=who.unit, item_type=copy.item_type, class_group=copy.group,
    )  # fmt: skip
    if world.chance.random() < 0.006:
        back = due + timedelta(days=world.chance.randrange(40, 120))
    copy.back_on = world.calendar.next_open(max(back, day + timedelta(days=1)))
    who.out += 1
    if who.category in {"doctor", "nurse"} and world.chance.random() < 0.08 and not late:
        _renew(world, loan_id, copy, who)


def _renew(world: World, loan_id: int, copy: Copy, who: Person) -> None:
    loan = world.rows[Loan][loan_id - 1]
    assert world.calendar is not None
    on = world.calendar.next_open(loan["due_on"] - timedelta(days=2))
    after = world.calendar.next_open(on + timedelta(days=14))
    if not loan["lent_on"] < on <= min(loan["due_on"], world.today - timedelta(days=1)):
        return
    world.add(Renewal, loan_id=loan_id, renewed_at=world.at(on, 9), renewed_on=on,
              due_before=loan["due_on"], due_after=after, category=who.category)  # fmt: skip
    loan.update(due_on=after, renewals=1)
    copy.back_on = world.calendar.next_open(on + timedelta(days=world.chance.randrange(3, 14)))


def _borrower(world: World, day: date) -> Person | None:
    shares = {category: share for category, *_rest, share in _PEOPLE} | {"ward": 8}
    category = world.chance.choices(list(shares), list(shares.values()))[0]
    able = [
        person
        for person in world.people
        if person.category == category
        and person.joined_on <= day
        and (person.valid_until is None or person.valid_until > day)
        and person.out < _LIMITS.get(category, 3)
    ]
    return world.chance.choice(able) if able else None


def _wanted(world: World, day: date) -> Copy | None:
    able = [copy for copy in world.copies if copy.back_on is None and copy.since <= day]
    weights = [copy.weight for copy in able]
    return world.chance.choices(able, weights)[0] if able else None


def _returns(world: World, day: date, latest: int) -> None:
    open_loans = {
        row["item_id"]: row for row in world.rows.get(Loan, ()) if row["returned_on"] is None
    }
    by_id = {person.id: person for person in world.people}
    for copy in world.copies:
        if copy.back_on is None or copy.back_on > day:
            continue
        hour = _hour(world, latest)
        if hour is None:
            continue
        loan = open_loans[copy.id]
        loan["returned_at"] = max(world.at(day, hour), loan["lent_at"])
        loan["returned_on"] = day
        by_id[loan["patron_id"]].out -= 1
        copy.back_on = None


def _read_here(world: World, day: date, latest: int) -> None:
    hour = _hour(world, latest)
    copy = _wanted(world, day)
    if hour is not None and copy is not None:
        category = world.chance.choice(("nurse", "student", "doctor", "family"))
        world.add(
            InHouseUse,
            item_id=copy.id,
            used_at=world.at(day, hour),
            used_on=day,
            category=category,
            class_group=copy.group,
        )


def _write(session: Session, world: World) -> None:
    copies = max(copy.id for copy in world.copies)
    for record in (Patron, Consent, Loan, Renewal, InHouseUse, Visit):
        listed = [dict(row) for row in world.rows[record]]
        session.execute(insert(record), listed)
    for series in ("barcode", "accession"):
        numbering.raise_to(session, series, copies + 50)
    numbering.raise_to(session, "patron", len(world.rows[Patron]))
    bulk.continue_sequences(session.connection())

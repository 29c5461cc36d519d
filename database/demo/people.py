"""The people of the demo library: its wards, and who becomes a member."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from database.demo.world import PEOPLE, Person, World, person_name
from database.patrons import finding
from database.schema import Consent, Patron
from database.text.words import key


def wards(world: World, categories: dict[str, int]) -> None:
    """Every ward, as the place that borrows."""
    for ward in world.words["wards"]:
        person = _row(world, categories, "ward", f"Ruang {ward}", "", ward, world.first, None)
        row = world.rows[Patron][-1]
        row["number"] = f"W-{ward.upper()}"
        row["search_key"] = finding.search_key(row["number"], row)
        world.welcome(person)


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
        Patron,
        number=f"M{number:04d}",
        kind="place" if category == "ward" else "person",
        category_id=categories[category],
        name=name,
        name_key=key(name),
        sex=sex,
        unit=unit,
        institution=world.chance.choice(world.words["institutions"]) if student else "",
        phone="" if category in {"ward", "patient"} else _phone(world),
        joined_on=joined,
        valid_until=until,
        created_at=world.at(joined, 9),
        bed="",
        place_id=None,
    )
    row = world.rows[Patron][-1]
    row["search_key"] = finding.search_key(row["number"], row)
    return Person(patron_id, category, unit, joined, until)


def _phone(world: World) -> str:
    return f"+6281255{world.chance.randrange(10**6):06d}"


_VALIDITY = {"student": 60, "family": 14, "public": 14, "patient": 14}
_TITLES = {"doctor": "dr. {}", "nurse": "{}, A.Md.Kep.", "health": "apt. {}"}


def join(world: World, categories: dict[str, int], category: str, joined: date) -> None:
    """Somebody of a kind becomes a member on a day."""
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
    world.welcome(_row(world, categories, category, name, sex, unit, joined, until))
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


def newcomers(world: World, categories: dict[str, int], day: date) -> None:
    """Who becomes a member on a day, by chance."""
    for category, _start, a_week, *_ in PEOPLE:
        if world.chance.random() < a_week / 7:
            join(world, categories, category, day)

"""The days of the demo library: visits, loans, renewals, returns, reading in the house."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from database.demo.world import DAYS, PEOPLE, Copy, Person, World
from database.schema import InHouseUse, Loan, Renewal, Visit

_HOURS = (8, 8, 9, 9, 9, 10, 10, 11, 13, 13, 14, 15)
_PURPOSES = {2: "read", 4: "borrow", 5: "internet", 7: "read"}
"""What some of nine say they come for."""
_DAYS_LENT = {"student": 7, "family": 7, "public": 7, "patient": 7, "ward": 7}
_LIMITS = {"doctor": 5, "student": 2, "family": 2, "public": 2, "patient": 2, "ward": 10}


def live(world: World, day: date, now: datetime) -> None:
    """One open day: what comes back, who visits, borrows and reads."""
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
    shares = {category: share for category, _s, _w, share, _l in PEOPLE}
    came = world.chance.choices(
        list(shares), list(shares.values()), k=round(world.chance.gauss(24 * busy, 5))
    )
    for place, category in enumerate(came):
        hour = _hour(world, latest)
        if hour is not None:
            world.add(
                Visit,
                visited_at=world.at(day, hour),
                visited_on=day,
                category=category,
                purpose=_PURPOSES.get(place % 9, ""),
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
        Loan,
        item_id=copy.id,
        patron_id=who.id,
        lent_at=world.at(day, hour),
        lent_on=day,
        due_on=due,
        returned_at=None,
        returned_on=None,
        renewals=0,
        category=who.category,
        unit=who.unit,
        item_type=copy.item_type,
        class_group=copy.group,
    )
    world.out[copy.id] = world.rows[Loan][-1]
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
    world.add(
        Renewal,
        loan_id=loan_id,
        renewed_at=world.at(on, 9),
        renewed_on=on,
        due_before=loan["due_on"],
        due_after=after,
        category=who.category,
    )
    loan.update(due_on=after, renewals=1)
    copy.back_on = world.calendar.next_open(on + timedelta(days=world.chance.randrange(3, 14)))


def _borrower(world: World, day: date) -> Person | None:
    shares = {category: share for category, *_rest, share in PEOPLE} | {"ward": 8}
    category = world.chance.choices(list(shares), list(shares.values()))[0]
    able = [
        person
        for person in world.by_category.get(category, ())
        if person.joined_on <= day
        and (person.valid_until is None or person.valid_until > day)
        and person.out < _LIMITS.get(category, 3)
    ]
    return world.chance.choice(able) if able else None


def _wanted(world: World, day: date) -> Copy | None:
    able = [copy for copy in world.copies if copy.back_on is None and copy.since <= day]
    weights = [copy.weight for copy in able]
    return world.chance.choices(able, weights)[0] if able else None


def _returns(world: World, day: date, latest: int) -> None:
    for copy in world.copies:
        if copy.back_on is None or copy.back_on > day:
            continue
        hour = _hour(world, latest)
        if hour is None:
            continue
        loan = world.out.pop(copy.id)
        loan["returned_at"] = max(world.at(day, hour), loan["lent_at"])
        loan["returned_on"] = day
        world.people[loan["patron_id"] - 1].out -= 1
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

"""Measures made of the registers: staff, rooms, money, activities, those served."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sqlalchemy.orm import Session

from database.registers import registers, survey
from database.registers.fields import Entry
from database.standards import collection_measures, measuring, use_measures
from database.standards.measuring import Measure, Number, Year

D2_UP = frozenset({"d2", "d3", "d4", "s1", "s2", "s3"})
D3_UP = D2_UP - {"d2"}


def _lines(session: Session, register: str, year: Year | None = None) -> list[Entry] | None:
    """The lines of the twelve months (or all); None where the register was never kept."""
    every = registers.entries(session, register)
    if not every:
        return None
    if year is None:
        return every
    return [one for one in every if year.first <= one.values["day"] <= year.last]


def _standing(session: Session, register: str, day: date) -> list[Entry] | None:
    return registers.standing(session, register, day) if _lines(session, register) else None


def _counted(register: str, *, kinds: frozenset[str] = frozenset()) -> Measure:
    """How many lines of the twelve months, of these kinds."""

    def measure(session: Session, year: Year) -> Number:
        found = _lines(session, register, year)
        if found is None:
            return None
        return sum(not kinds or one.values["kind"] in kinds for one in found)

    return measure


def _holding(register: str, *, kinds: frozenset[str] = frozenset()) -> Measure:
    """How many lines hold on the last day, of these kinds."""

    def measure(session: Session, year: Year) -> Number:
        found = _standing(session, register, year.last)
        if found is None:
            return None
        return sum(not kinds or one.values["kind"] in kinds for one in found)

    return measure


def _summed(register: str, key: str, *, kinds: frozenset[str] = frozenset()) -> Measure:
    """The sum of one field over the lines that hold on the last day."""

    def measure(session: Session, year: Year) -> Number:
        found = _standing(session, register, year.last)
        if found is None:
            return None
        chosen = [one for one in found if not kinds or one.values["kind"] in kinds]
        return sum(int(one.values.get(key) or 0) for one in chosen)

    return measure


def room_kinds(session: Session, year: Year) -> Number:
    """Kinds of rooms there are."""
    found = _standing(session, "room", year.last)
    return None if found is None else len({one.values["kind"] for one in found})


def _qualified(degrees: frozenset[str]) -> Measure:
    def measure(session: Session, year: Year) -> Number:
        found = _standing(session, "staff", year.last)
        if found is None:
            return None
        return sum(
            bool(one.values.get("library_science")) and one.values.get("degree") in degrees
            for one in found
        )

    return measure


def trained_persons(session: Session, year: Year) -> Number:
    """Persons (not courses) that were trained in the twelve months."""
    found = _lines(session, "training", year)
    return None if found is None else len({one.values["person"].casefold() for one in found})


def satisfaction(session: Session, year: Year) -> Number:
    """The mean of the nine elements over all answers of the twelve months, 1 to 4."""
    found = survey.result(session, year.first, year.last)
    return None if found is None else round(found.mean, 2)


def budget(session: Session, year: Year, kind: str = "") -> Number:
    """Rupiah of the year's budget lines of a kind; of all but the parent body's without one."""
    found = _lines(session, "budget")
    if found is None:
        return None
    mine = [one for one in found if one.values["year"] == year.last.year]
    if kind:
        return sum(int(one.values["amount"]) for one in mine if one.values["kind"] == kind)
    return sum(int(one.values["amount"]) for one in mine if one.values["kind"] != "parent_body")


def spent(session: Session, year: Year, kind: str) -> Number:
    """Rupiah spent of the year's budget lines of a kind: what was realised, not what was planned.
    None where no line tells it."""
    found = _lines(session, "budget")
    mine = [
        one.values.get("spent")
        for one in found or ()
        if one.values["year"] == year.last.year and one.values["kind"] == kind
    ]
    known = [int(one) for one in mine if one is not None]
    return sum(known) if known else None


def budget_share(session: Session, year: Year) -> Number:
    """The library's budget in percent of the parent body's."""
    return measuring.percent(budget(session, year), budget(session, year, "parent_body"))


def served(session: Session, year: Year) -> Number:
    """Those the library is there for: employees and students of the newest year known."""
    found = _lines(session, "population")
    known = [one for one in found or () if one.values["year"] <= year.last.year]
    if not known:
        return None
    newest = max(known, key=lambda one: one.values["year"])
    return int(newest.values["employees"] + (newest.values.get("students") or 0))


def _per_served(part: Callable[[Session, Year], Number], factor: int = 1) -> Measure:
    def measure(session: Session, year: Year) -> Number:
        value = part(session, year)
        people = served(session, year)
        return measuring.ratio(None if value is None else value * factor, people)

    return measure


def reached_share(session: Session, year: Year) -> Number:
    """Percent of those served that used the library: who only holds a card is not reached. Active
    borrowers are the users that are known."""
    borrowed = use_measures.active_borrowers(session, year)
    return measuring.percent(borrowed, served(session, year))


def loans_per_staff(session: Session, year: Year) -> Number:
    """Loans of the twelve months for each of the staff."""
    return measuring.ratio(use_measures.loans(session, year), OF_REGISTERS["staff"](session, year))


def cost_per_loan(session: Session, year: Year) -> Number:
    """Rupiah of the library's budget for each loan."""
    found = measuring.ratio(budget(session, year), use_measures.loans(session, year))
    return None if found is None else round(found)


LITERACY = frozenset({"literacy", "story_hour", "exhibition"})
"""Kinds of activity that count as literacy activities, wherever they are counted."""
OF_REGISTERS: dict[str, Measure] = {
    "policies": _holding("document", kinds=frozenset({"policy"})),
    "documents": _holding("document"),
    "floor_area": _summed("room", "area"),
    "seats": _summed("room", "seats"),
    "room_kinds": room_kinds,
    "public_computers": _summed(
        "equipment", "quantity", kinds=frozenset({"computer_public", "catalogue_pc"})
    ),
    "services": _holding("service"),
    "user_trainings": _counted("activity", kinds=frozenset({"user_training"})),
    "promotions": _counted("activity", kinds=frozenset({"promotion"})),
    "innovations": _counted("activity", kinds=frozenset({"exhibition", "other"})),
    "literacy_activities": _counted("activity", kinds=LITERACY),
    "satisfaction": satisfaction,
    "staff": _holding("staff"),
    "qualified_d2": _qualified(D2_UP),
    "qualified_d3": _qualified(D3_UP),
    "trained_persons": trained_persons,
    "budget_share": budget_share,
    "cooperations": _holding("cooperation"),
    "loans_per_capita": _per_served(use_measures.loans),
    "visits_per_capita": _per_served(use_measures.visits),
    "reached_share": reached_share,
    "loans_per_staff": loans_per_staff,
    "cost_per_loan": cost_per_loan,
}
OF_REGISTERS["seats_per_thousand"] = _per_served(OF_REGISTERS["seats"], 1000)


def _involved(session: Session, year: Year) -> Number:
    found = _lines(session, "activity", year)
    if found is None:
        return None
    return sum((one.values["men"] or 0) + (one.values["women"] or 0) for one in found)


def _fine(part: Callable[[Session, Year], Number]) -> Measure:
    """For each of those served; such shares are small, so they keep more decimals."""

    def measure(session: Session, year: Year) -> Number:
        value, people = part(session, year), served(session, year)
        return round(value / people, 5) if value is not None and people else None

    return measure


OF_REGISTERS |= {
    "served": served,
    "activities": _counted("activity"),
    "units_per_capita": _fine(lambda _session, _year: 1),
    "titles_per_capita": _fine(collection_measures.titles),
    "staff_per_capita": _fine(OF_REGISTERS["staff"]),
    "daily_visits_per_capita": _fine(use_measures.daily_visits),
    "involved_per_capita": _fine(_involved),
    "members_per_capita": _fine(use_measures.members),
}

"""What the library measures of itself, by name, for the standards: one number each.

A measure looks at a day and the twelve months that end on it. It is None where the library has
recorded nothing it could be made of: not recorded is not zero.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from database.policy import calendar, settings
from database.schema import (
    Biblio,
    BiblioHeading,
    InHouseUse,
    Item,
    Loan,
    OpeningHours,
    Patron,
    PatronKind,
    Serial,
    Stocktake,
    Visit,
    Weeding,
)

Number = float | int | None


@dataclass(frozen=True, slots=True)
class Year:
    """The twelve months that end on `last`."""

    last: date

    @property
    def first(self) -> date:
        """Its first day."""
        return self.last - timedelta(days=364)


def _count(session: Session, *where: Any) -> int:
    found: int = session.execute(select(func.count()).where(*where)).scalar_one()
    return found


def held(day: date) -> ColumnElement[bool]:
    """Whether a copy was stock on a day."""
    return and_(
        Item.cancelled_at.is_(None),
        Item.accessioned_on <= day,
        or_(Item.left_on.is_(None), Item.left_on > day),
    )


def _titles(session: Session, day: date, *where: Any) -> int:
    """Titles with a copy in stock on a day."""
    of_title = exists().where(Item.biblio_id == Biblio.id, held(day))
    return _count(session, Biblio.cancelled_at.is_(None), of_title, *where)


def titles(session: Session, year: Year) -> Number:
    """Titles with at least one copy in stock (a title counts once)."""
    return _titles(session, year.last)


def copies(session: Session, year: Year) -> Number:
    """Copies in stock."""
    return _count(session, held(year.last))


def is_core(session: Session) -> ColumnElement[bool]:
    """Whether a title is of the hospital's own field: its DDC number begins with one of the
    classes the library chose, or it has an NLM number."""
    prefixes = settings.get(session, settings.CORE_CLASSES).split()
    return or_(
        Biblio.nlm != "",
        *(Biblio.classification.startswith(one, autoescape=True) for one in prefixes),
    )


def core_titles(session: Session, year: Year) -> Number:
    """Titles of the hospital's own field."""
    return _titles(session, year.last, is_core(session))


def core_share(session: Session, year: Year) -> Number:
    """Percent of the titles that are of the hospital's own field."""
    return _percent(_titles(session, year.last, is_core(session)), _titles(session, year.last))


def share_parts(session: Session, year: Year, measure: str) -> tuple[int, int] | None:
    """Of a measure that is a share of the titles: how many they are, and of how many."""
    where: dict[str, Callable[[], list[Any]]] = {
        "core_share": lambda: [is_core(session)],
        "recent_share": lambda: [Biblio.year >= year.last.year - 4],
        "processed_share": _processed,
    }
    if measure not in where:
        return None
    return _titles(session, year.last, *where[measure]()), _titles(session, year.last)


def title_growth(session: Session, year: Year) -> Number:
    """Titles added in the twelve months, in percent of those held before them."""
    added = _titles(session, year.last, Biblio.created_on.between(year.first, year.last))
    return _percent(added, _titles(session, year.first - timedelta(days=1)))


def serial_titles(session: Session, year: Year) -> Number:
    """Serials whose subscription holds."""
    return _count(
        session,
        Serial.biblio_id == Biblio.id,
        Biblio.cancelled_at.is_(None),
        or_(Serial.until.is_(None), Serial.until >= year.last),
    )


def material_kinds(session: Session, year: Year) -> Number:
    """Kinds of material among the titles."""
    of_title = exists().where(Item.biblio_id == Biblio.id, held(year.last))
    found: int = session.execute(
        select(func.count(Biblio.material.distinct())).where(
            Biblio.cancelled_at.is_(None), of_title
        )
    ).scalar_one()
    return found


def reference_titles(session: Session, year: Year) -> Number:
    """Titles with a reference copy."""
    kept = exists().where(
        Item.biblio_id == Biblio.id, Item.item_type == "reference", held(year.last)
    )
    return _count(session, Biblio.cancelled_at.is_(None), kept)


def recent_share(session: Session, year: Year) -> Number:
    """Percent of the titles published in the last five years."""
    since = year.last.year - 4
    return _percent(_titles(session, year.last, Biblio.year >= since), _titles(session, year.last))


def processed_share(session: Session, year: Year) -> Number:
    """Percent of the titles with a class, a call number and a subject heading."""
    return _percent(_titles(session, year.last, *_processed()), _titles(session, year.last))


def _processed() -> list[Any]:
    subject = exists().where(BiblioHeading.biblio_id == Biblio.id, BiblioHeading.role == "subject")
    return [or_(Biblio.classification != "", Biblio.nlm != ""), Biblio.call_number != "", subject]


def years_since_weeding(session: Session, year: Year) -> Number:
    """Years since the last weeding was closed; None where none ever was."""
    found = session.execute(
        select(func.max(Weeding.closed_on)).where(Weeding.closed_on <= year.last)
    ).scalar()
    return round((year.last - found).days / 365.25, 1) if found else None


def years_since_stocktake(session: Session, year: Year) -> Number:
    """Years since the last stocktake was closed; None where none ever was."""
    found: datetime | None = session.execute(select(func.max(Stocktake.closed_at))).scalar()
    return round((year.last - found.date()).days / 365.25, 1) if found else None


def _hours(session: Session) -> list[float]:
    rows = session.execute(select(OpeningHours.opens, OpeningHours.closes)).all()
    return [
        (closes.hour * 60 + closes.minute - opens.hour * 60 - opens.minute) / 60
        for opens, closes in rows
    ]


def weekly_hours(session: Session, _year: Year) -> Number:
    """Hours open in a week, by the timetable."""
    return round(sum(_hours(session)), 2) or None


def shortest_day(session: Session, _year: Year) -> Number:
    """Hours open on the shortest working day."""
    return min(_hours(session), default=None)


def loans(session: Session, year: Year) -> int:
    """Loans of the twelve months; renewals are none."""
    return _count(session, Loan.lent_on.between(year.first, year.last), Loan.cancelled_at.is_(None))


def visits(session: Session, year: Year) -> int:
    """Visits of the twelve months."""
    found = session.execute(
        select(func.coalesce(func.sum(Visit.people), 0)).where(
            Visit.visited_on.between(year.first, year.last), Visit.cancelled_at.is_(None)
        )
    ).scalar_one()
    return int(found)


def members(session: Session, year: Year) -> int:
    """Persons whose membership holds."""
    return _count(
        session,
        Patron.kind == PatronKind.PERSON,
        Patron.joined_on <= year.last,
        or_(Patron.ended_on.is_(None), Patron.ended_on > year.last),
        or_(Patron.valid_until.is_(None), Patron.valid_until >= year.last),
    )


def in_house(session: Session, year: Year) -> int:
    """Copies read in the library in the twelve months."""
    used = InHouseUse.used_on.between(year.first, year.last)
    return _count(session, used, InHouseUse.cancelled_at.is_(None))


def active_borrowers(session: Session, year: Year) -> int:
    """Persons who borrowed in the twelve months, as far as they are still known."""
    found: int = session.execute(
        select(func.count(Loan.patron_id.distinct()))
        .join(Patron, Patron.id == Loan.patron_id)
        .where(
            Loan.lent_on.between(year.first, year.last),
            Loan.cancelled_at.is_(None),
            Patron.kind == PatronKind.PERSON,
        )
    ).scalar_one()
    return found


def daily_visits(session: Session, year: Year) -> Number:
    """Visits of the twelve months for each open day."""
    days = calendar.load(session, year.first, year.last).open_days(year.first, year.last)
    return visits(session, year) / days if days else None


def turnover(session: Session, year: Year) -> Number:
    """Loans of the twelve months for each copy (ISO 11620 B.2.1.1)."""
    return _ratio(loans(session, year), _count(session, held(year.last)))


def unused_share(session: Session, year: Year) -> Number:
    """Percent of the copies neither lent nor read in the house (ISO 11620 B.2.1.3)."""
    lent = exists().where(
        Loan.item_id == Item.id,
        Loan.cancelled_at.is_(None),
        Loan.lent_on.between(year.first, year.last),
    )
    read = exists().where(
        InHouseUse.item_id == Item.id,
        InHouseUse.cancelled_at.is_(None),
        InHouseUse.used_on.between(year.first, year.last),
    )
    unused = _count(session, held(year.last), ~lent, ~read)
    return _percent(unused, _count(session, held(year.last)))


def _percent(part: float, whole: float) -> Number:
    return round(100 * part / whole, 1) if whole else None


def _ratio(part: float | None, whole: float | None) -> Number:
    return round(part / whole, 2) if whole and part is not None else None


def ratio(part: Number, whole: Number) -> Number:
    """One number by another, None where either is missing or there is nothing to divide by."""
    return _ratio(part, whole)


def percent(part: Number, whole: Number) -> Number:
    """One number in percent of another, None where that makes no sense."""
    return None if part is None or not whole else _percent(part, whole)


Measure = Callable[[Session, Year], Number]
OF_LIBRARY: dict[str, Measure] = {
    "titles": titles,
    "copies": copies,
    "core_titles": core_titles,
    "core_share": core_share,
    "title_growth": title_growth,
    "serial_titles": serial_titles,
    "material_kinds": material_kinds,
    "reference_titles": reference_titles,
    "recent_share": recent_share,
    "processed_share": processed_share,
    "years_since_weeding": years_since_weeding,
    "years_since_stocktake": years_since_stocktake,
    "weekly_hours": weekly_hours,
    "shortest_day": shortest_day,
    "loans": loans,
    "visits": visits,
    "in_house": in_house,
    "members": members,
    "active_borrowers": active_borrowers,
    "turnover": turnover,
    "unused_share": unused_share,
}

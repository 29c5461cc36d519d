"""Measures of the collection: titles and copies, their field, their age, how they are kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session

from database.policy import settings
from database.schema import Biblio, BiblioHeading, Item, Serial, Stocktake, Weeding
from database.standards.measuring import Number, Year, count, held, share
from database.text.dates import local_day, midnight


def _titles(session: Session, day: date, *where: Any) -> int:
    """Titles with a copy in stock on a day."""
    of_title = exists().where(Item.biblio_id == Biblio.id, held(day))
    return count(session, Biblio.cancelled_at.is_(None), of_title, *where)


def titles(session: Session, year: Year) -> Number:
    """Titles with at least one copy in stock (a title counts once)."""
    return _titles(session, year.last)


def copies(session: Session, year: Year) -> Number:
    """Copies in stock."""
    return count(session, held(year.last))


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
    return share(_titles(session, year.last, is_core(session)), _titles(session, year.last))


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
    return share(added, _titles(session, year.first - timedelta(days=1)))


def serial_titles(session: Session, year: Year) -> Number:
    """Serials whose subscription holds."""
    return count(
        session,
        Serial.biblio_id == Biblio.id,
        Biblio.cancelled_at.is_(None),
        or_(Serial.until.is_(None), Serial.until >= year.last),
    )


def material_kinds(session: Session, year: Year) -> Number:
    """Kinds of material among the copies, as table 1 of a report has them."""
    kinds = select(func.count(Item.item_type.distinct())).where(held(year.last))
    found: int = session.execute(kinds).scalar_one()
    return found


def reference_titles(session: Session, year: Year) -> Number:
    """Titles with a reference copy."""
    kept = exists().where(
        Item.biblio_id == Biblio.id, Item.item_type == "reference", held(year.last)
    )
    return count(session, Biblio.cancelled_at.is_(None), kept)


def recent_share(session: Session, year: Year) -> Number:
    """Percent of the titles published in the last five years."""
    since = year.last.year - 4
    return share(_titles(session, year.last, Biblio.year >= since), _titles(session, year.last))


def processed_share(session: Session, year: Year) -> Number:
    """Percent of the titles with a class, a call number and a subject heading."""
    return share(_titles(session, year.last, *_processed()), _titles(session, year.last))


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
    """Years since the last stocktake was closed; None where none ever was by then."""
    found: datetime | None = session.execute(
        select(func.max(Stocktake.closed_at)).where(
            Stocktake.closed_at < midnight(year.last + timedelta(days=1))
        )
    ).scalar()
    return round((year.last - local_day(found)).days / 365.25, 1) if found else None

"""Lists of titles to work through: new ones, those that lack something, those to look at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import exists, func, or_, select, tuple_
from sqlalchemy.orm import Session

from database.description import marc_form
from database.engine.rows import rows_of
from database.policy.calendar import month_bounds
from database.schema import Biblio, BiblioHeading, BiblioIdentifier, Item, ItemStatus

REVIEW_DAYS = 90
USUAL_YEARS = 5
_OUT = [status.value for status in ItemStatus if not status.in_stock]


@dataclass(frozen=True, slots=True)
class Asked:
    """What some lists depend on: the month of new titles, how old is too old."""

    today: date
    month: str
    years: int = USUAL_YEARS


@dataclass(frozen=True, slots=True)
class Row:
    """A title in a list."""

    id: int
    title: str
    contributors: str
    edition: str
    year: int | None
    call_number: str
    isbn: str
    publisher: str
    class_group: str
    created_on: date
    review_on: date | None


def _new(asked: Asked) -> list[Any]:
    return [Biblio.created_on.between(*month_bounds(asked.month))]


def _unclassed(asked: Asked) -> list[Any]:
    return [Biblio.classification == "", Biblio.nlm == ""]


def _brief(asked: Asked) -> list[Any]:
    """Described in a line at the desk; a class tells that it was catalogued since."""
    sign = '{"leader":"' + "_" * 17 + marc_form.BRIEF
    return [Biblio.marc.like(sign + "%"), Biblio.classification == "", Biblio.nlm == ""]


def _without_subject(asked: Asked) -> list[Any]:
    used = BiblioHeading.biblio_id == Biblio.id
    return [~exists().where(used, BiblioHeading.role == "subject")]


def _without_copies(asked: Asked) -> list[Any]:
    stock = select(Item.biblio_id).where(Item.cancelled_at.is_(None), Item.status.not_in(_OUT))
    return [Biblio.id.not_in(stock)]


def _wrong_isbn(asked: Asked) -> list[Any]:
    """A sound number is also an identifier (see `projection`); any other is not."""
    sound = exists().where(
        BiblioIdentifier.biblio_id == Biblio.id,
        BiblioIdentifier.kind == "isbn",
        BiblioIdentifier.value == Biblio.isbn,
    )
    return [Biblio.isbn != "", ~sound]


def _old(asked: Asked) -> list[Any]:
    return [
        Biblio.class_group.between("610", "619"),
        Biblio.year.is_not(None),
        Biblio.year < asked.today.year - asked.years,
    ]


def _to_review(asked: Asked) -> list[Any]:
    return [Biblio.review_on <= asked.today + timedelta(days=REVIEW_DAYS)]


def _doubles(asked: Asked) -> list[Any]:
    """Another title that stands has the same words and author, or the same ISBN."""
    standing = Biblio.cancelled_at.is_(None)
    pair = (Biblio.title_key, Biblio.author_key)
    same_name = select(*pair).where(standing).group_by(*pair).having(func.count() > 1)
    same_number = (
        select(BiblioIdentifier.value)
        .join(Biblio, Biblio.id == BiblioIdentifier.biblio_id)
        .where(BiblioIdentifier.kind == "isbn", standing)
        .group_by(BiblioIdentifier.value)
        .having(func.count() > 1)
    )
    holders = select(BiblioIdentifier.biblio_id).where(
        BiblioIdentifier.kind == "isbn", BiblioIdentifier.value.in_(same_number)
    )
    return [or_(tuple_(*pair).in_(same_name), Biblio.id.in_(holders))]


@dataclass(frozen=True, slots=True)
class _List:
    condition: Callable[[Asked], list[Any]]
    order: tuple[Any, ...]


LISTS = {
    "new": _List(_new, (Biblio.shelf_key, Biblio.title_key)),
    "brief": _List(_brief, (Biblio.created_on, Biblio.title_key)),
    "unclassed": _List(_unclassed, (Biblio.title_key,)),
    "no_subject": _List(_without_subject, (Biblio.shelf_key, Biblio.title_key)),
    "no_copies": _List(_without_copies, (Biblio.shelf_key, Biblio.title_key)),
    "isbn": _List(_wrong_isbn, (Biblio.title_key,)),
    "old": _List(_old, (Biblio.year, Biblio.shelf_key)),
    "review": _List(_to_review, (Biblio.review_on, Biblio.title_key)),
    "doubles": _List(_doubles, (Biblio.title_key, Biblio.author_key)),
}
"""Every list by its key, in the order they are offered."""

_ROW = (
    Biblio.id,
    Biblio.title,
    Biblio.contributors,
    Biblio.edition,
    Biblio.year,
    Biblio.call_number,
    Biblio.isbn,
    Biblio.publisher,
    Biblio.class_group,
    Biblio.created_on,
    Biblio.review_on,
)


def rows(session: Session, which: str, asked: Asked, limit: int | None = None) -> list[Row]:
    """The titles of a list, in its order."""
    chosen = LISTS[which]
    wanted = _standing(select(*_ROW), chosen.condition(asked))
    found = session.execute(wanted.order_by(*chosen.order, Biblio.id).limit(limit))
    return rows_of(Row, found)


def count(session: Session, which: str, asked: Asked) -> int:
    """How many titles a list has."""
    wanted = _standing(select(func.count()).select_from(Biblio), LISTS[which].condition(asked))
    found: int = session.execute(wanted).scalar_one()
    return found


def counts(session: Session, asked: Asked) -> dict[str, int]:
    """How many titles each list has."""
    return {which: count(session, which, asked) for which in LISTS}


def _standing(wanted: Any, conditions: list[Any]) -> Any:
    return wanted.where(Biblio.cancelled_at.is_(None), *conditions)

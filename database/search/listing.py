"""The list of titles: filtered, counted and put in order by the database, read in slices.

Without words the whole catalogue is the list: it is counted and sliced along indexes that
hold all a title is filtered by, so that no wide row is read for it. With words at most
`BOUND` titles are looked at; their ids are kept in order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from database.engine.among import among
from database.schema import Biblio, Item, Loan
from database.search import asking, search
from database.search.filters import (
    AVAILABILITIES,
    AVAILABILITY,
    EVERYTHING,
    READY,
    Filters,
    aside,
    narrow,
)
from database.search.search import Found

BOUND = 2000
_PLAIN = frozenset({"material", "class_group", "language"})
"""Filters that are a column of the title itself."""
_LOOKED_UP = 4
"""Titles looked for one by one in a long list; for more the whole order is read at once."""


@dataclass(frozen=True, slots=True)
class Titles:
    """A list as it was asked for. `bounded` says that there are more than were looked at."""

    count: int
    bounded: bool
    words: tuple[str, ...]
    filters: Filters
    sort: str
    down: bool
    ids: tuple[int, ...] | None
    matched: tuple[int, ...] | None = None
    """Every title the words found, before any filter."""
    why: Mapping[int, str] = field(default_factory=dict)
    """The other words that found a title which has not those typed."""


def _copies_ready() -> Any:
    """Copies of a title that can be taken from the shelf now."""
    lent = (Loan.item_id == Item.id) & Loan.returned_at.is_(None) & Loan.cancelled_at.is_(None)
    return (
        select(func.count())
        .where(
            Item.biblio_id == Biblio.id,
            Item.status.in_(READY),
            Item.cancelled_at.is_(None),
            ~select(Loan.id).where(lent).exists(),
            Item.id.not_in(aside()),
        )
        .correlate(Biblio)
        .scalar_subquery()
    )


SORTS: dict[str, Any] = {
    "title": Biblio.title_key,
    "contributors": Biblio.author_key,
    "year": Biblio.year,
    "call_number": Biblio.shelf_key,
    "publisher": Biblio.publisher,
    "material": Biblio.material,
    "language": Biblio.language,
    "added": Biblio.created_on,
    "available": _copies_ready(),
}
"""What each column is sorted by; "" is relevance with words, the newest first without."""


def find(
    session: Session, query: str, filters: Filters = EVERYTHING, sort: str = "", down: bool = False
) -> Titles:
    """The titles for these words and filters, in this order; `read` gives their rows."""
    if not asking.understand(query):
        wanted = narrow(select(func.count()).select_from(Biblio), filters)
        count = session.execute(wanted).scalar_one()
        return Titles(count, False, (), filters, sort, down, None)
    found = search.matches(session, query, BOUND)
    ids = found.ids
    if ids and (filters.active() or sort):
        ids = _kept(session, ids, filters, sort, down)
    bounded = len(found.ids) >= BOUND
    every = tuple(found.ids)
    return Titles(
        len(ids), bounded, found.words, filters, sort, down, tuple(ids), every, why=found.why
    )


def _kept(session: Session, ids: list[int], filters: Filters, sort: str, down: bool) -> list[int]:
    """Those of `ids` that pass the filters, in the order asked for."""
    wanted = narrow(select(Biblio.id).where(among(Biblio.id, "ids")), filters).params(ids=ids)
    if sort:
        return list(session.execute(wanted.order_by(*_order(session, sort, down))).scalars().all())
    passed = set(session.execute(wanted).scalars())
    return [one for one in ids if one in passed]


def read(session: Session, titles: Titles, start: int, length: int) -> list[Found]:
    """The rows from `start` on."""
    if titles.ids is not None:
        rows = search.details(session, list(titles.ids[start : start + length]))
        return search.explained(rows, titles.why)
    wanted = (
        narrow(select(Biblio.id), titles.filters)
        .order_by(*_order(session, titles.sort, titles.down))
        .limit(length)
        .offset(start)
    )
    return search.details(session, list(session.execute(wanted).scalars()))


def every_id(session: Session, titles: Titles) -> list[int]:
    """The ids of all titles of a list, in its order."""
    if titles.ids is not None:
        return list(titles.ids)
    wanted = narrow(select(Biblio.id), titles.filters)
    order = _order(session, titles.sort, titles.down)
    return list(session.execute(wanted.order_by(*order)).scalars().all())


def place_of(session: Session, titles: Titles, biblio_id: int) -> int | None:
    """Where a title stands in the list, None if it is not in it."""
    if titles.ids is not None:
        return titles.ids.index(biblio_id) if biblio_id in titles.ids else None
    if titles.sort == "available":
        # Counting copies of every title before it would take longer than looking for it.
        return None
    column = SORTS[titles.sort or "added"]
    here = narrow(select(column), titles.filters).where(Biblio.id == biblio_id)
    row = session.execute(here).one_or_none()
    if row is None:
        return None
    down = titles.down if titles.sort else True
    before = narrow(select(func.count()).select_from(Biblio), titles.filters)
    place: int = session.execute(
        before.where(_before(column, row[0], biblio_id, down))
    ).scalar_one()
    return place


def places_of(session: Session, titles: Titles, ids: Sequence[int]) -> dict[int, int | None]:
    """Where some titles stand in the list, None for those not in it."""
    if titles.ids is None and len(ids) <= _LOOKED_UP:
        return {one: place_of(session, titles, one) for one in ids}
    wanted = set(ids)
    found = {one: at for at, one in enumerate(every_id(session, titles)) if one in wanted}
    return {one: found.get(one) for one in ids}


def _before(column: Any, value: Any, biblio_id: int, down: bool) -> Any:
    """The rows that stand before one; titles without a year stand below all years."""
    same = Biblio.id > biblio_id if down else Biblio.id < biblio_id
    if value is None:
        return or_(column.is_not(None), same) if down else and_(column.is_(None), same)
    if down:
        return or_(column > value, and_(column == value, same))
    return or_(column < value, column.is_(None), and_(column == value, same))


def _order(session: Session, sort: str, down: bool) -> list[Any]:
    if not sort:
        return [Biblio.created_on.desc(), Biblio.id.desc()]
    column = SORTS[sort]
    first = column.desc() if down else column.asc()
    if sort == "year" and session.get_bind().dialect.name == "postgresql":
        # As SQLite has it: what has no year is less than every year.
        first = first.nulls_last() if down else first.nulls_first()
    return [first, Biblio.id.desc() if down else Biblio.id.asc()]


def choices(session: Session, titles: Titles, what: str) -> list[tuple[str, int]]:
    """(value, titles) of a filter among what the other filters leave, the commonest first."""
    others = {one.name: getattr(titles.filters, one.name) for one in fields(Filters)}
    rest = Filters(**{**others, what: None})
    if what == "availability":
        return [(one, _count(session, titles, rest, one)) for one in AVAILABILITIES]
    if what == "location":
        wanted = _locations(rest, titles)
    else:
        column = getattr(Biblio, what)
        wanted = _within(narrow(select(column, func.count()), rest), titles).group_by(column)
    return _summed((value, count) for value, count in session.execute(wanted))


def choices_of(
    session: Session, titles: Titles, names: Sequence[str]
) -> dict[str, list[tuple[str, int]]]:
    """The `choices` of several filters. Those that hold nothing back themselves are counted in one
    pass through what the words found: reading those titles is most of the work."""
    free = [one for one in names if one in _PLAIN and getattr(titles.filters, one) is None]
    told: dict[str, list[tuple[str, int]]] = {}
    if titles.matched is not None and len(free) > 1:
        columns = [getattr(Biblio, one) for one in free]
        wanted = narrow(select(*columns, func.count()), titles.filters).group_by(*columns)
        rows = session.execute(_within(wanted, titles)).all()
        told = {one: _summed((row[at], row[-1]) for row in rows) for at, one in enumerate(free)}
    return {one: told[one] if one in told else choices(session, titles, one) for one in names}


def _summed(pairs: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """The counts of each value added up, the commonest first."""
    sums: Counter[str] = Counter()
    for value, count in pairs:
        sums[value] += count
    return sorted(sums.items(), key=lambda row: (-row[1], row[0]))


def _locations(rest: Filters, titles: Titles) -> Select[Any]:
    pairs = select(Item.location, Item.biblio_id).distinct()
    pairs = pairs.where(Item.cancelled_at.is_(None), Item.location != "")
    if rest.active():
        others = _within(narrow(select(Biblio.id), rest), titles)
        pairs = pairs.where(Item.biblio_id.in_(others))
    elif titles.matched is not None:
        # Asked of the copies themselves, a server looks up those of the titles found; by way of
        # the titles it reads every copy there is.
        matched = among(Item.biblio_id, "matched")
        pairs = pairs.where(matched).params(matched=list(titles.matched))
    found = pairs.subquery()
    return select(found.c.location, func.count()).group_by(found.c.location)


def _count(session: Session, titles: Titles, rest: Filters, availability: str) -> int:
    wanted = narrow(select(func.count()).select_from(Biblio), rest)
    wanted = wanted.where(AVAILABILITY[availability]())
    found: int = session.execute(_within(wanted, titles)).scalar_one()
    return found


def _within(wanted: Select[Any], titles: Titles) -> Select[Any]:
    """Only what the words found."""
    if titles.matched is None:
        return wanted
    return wanted.where(among(Biblio.id, "matched")).params(matched=list(titles.matched))

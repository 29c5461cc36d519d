"""Searching titles: any word order, prefixes as you type, accents and hyphens ignored.

The words of a title and of everything else about it are folded in Python and kept in
`biblio_words`: FTS5 on SQLite, two tsvectors on PostgreSQL. First come titles that begin
with what was typed, then those with every word in the title, then all others: three
bounded questions, since ranking all matches of two letters costs 100 ms at 100,000 titles.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import and_, case, func, or_, select, text
from sqlalchemy.orm import Session

from database.engine.among import among
from database.engine.rows import rows_of
from database.schema import Biblio, Hold, HoldState, Item, ItemStatus, Loan
from database.search import related, tiers
from database.search.asking import understand
from database.search.indexes import OURS, Index
from database.search.thesaurus import Phrase
from database.search.tiers import Group
from database.text.words import key, words
from database.vocabulary import NO_VALUES

COUNTED = 500
RANKED = 100
_LAST_SIGN = re.compile(r"[^\W_][\W_]*$")


@dataclass(frozen=True, slots=True)
class Found:
    """One title in a list. `items` are copies in stock, `available` those not lent; `why`
    are the words it was found by where they are not those that were typed."""

    id: int
    title: str
    contributors: str
    year: int | None
    call_number: str
    available: int
    items: int
    classification: str = ""
    publisher: str = ""
    isbn: str = ""
    material: str = ""
    language: str = ""
    created_on: date | None = None
    own: str = NO_VALUES
    why: str = ""


@dataclass(frozen=True, slots=True)
class Results:
    """The first rows of a search and how many titles it finds, counted up to a bound."""

    count: int
    rows: list[Found]
    words: tuple[str, ...]


# Without IN lists, which SQLAlchemy writes out anew at every key press.
_IN_STOCK = and_(
    Item.biblio_id == Biblio.id,
    Item.cancelled_at.is_(None),
    *(Item.status != one.value for one in ItemStatus if not one.in_stock),
)
_OUT = and_(Loan.item_id == Item.id, Loan.returned_at.is_(None), Loan.cancelled_at.is_(None))
_ON_SHELF = and_(
    or_(Item.status == ItemStatus.IN_SERVICE.value, Item.status == ItemStatus.REFERENCE.value),
    Loan.id.is_(None),
    Item.id.not_in(
        select(Hold.copy_id).where(Hold.state == HoldState.READY.value).scalar_subquery()
    ),
)
DETAILS = (
    select(
        Biblio.id,
        Biblio.title,
        Biblio.contributors,
        Biblio.year,
        Biblio.call_number,
        func.count(case((_ON_SHELF, Item.id))).label("available"),
        func.count(Item.id).label("items"),
        Biblio.classification,
        Biblio.publisher,
        Biblio.isbn,
        Biblio.material,
        Biblio.language,
        Biblio.created_on,
        Biblio.own,
    )
    .select_from(Biblio)
    .outerjoin(Item, _IN_STOCK)
    .outerjoin(Loan, _OUT)
    .where(among(Biblio.id, "ids"))
    .group_by(Biblio.id)
)
"""The rows of a list, of the titles `ids`, in no order."""


@dataclass(frozen=True, slots=True)
class Matches:
    """Ids of the titles found, the best first; the words; `why` are the other words that
    found a title which has not those typed."""

    ids: list[int]
    words: tuple[str, ...]
    why: Mapping[int, str] = field(default_factory=dict)


def matches(
    session: Session, query: str, bound: int, ranked: int = RANKED, index: Index = OURS
) -> Matches:
    """At most `bound` titles for `query`; the best `ranked` of them come first."""
    groups = understand(query)
    if not groups:
        return Matches([], ())
    found = tiers.ask(session, groups, key(query), ranked, bound, index)
    whole = words(query)
    if not found.anywhere and len(whole) > 1 and len(whole[-1]) == 1:
        # The first letter of a word that is still being typed.
        groups = understand(_LAST_SIGN.sub("", query))
        found = tiers.ask(session, groups, key(query), ranked, bound, index)
    ids = dict.fromkeys([*found.begins, *found.in_title, *found.anywhere])
    # Those that begin so may lie outside the bounded rest.
    why = _beyond(session, words(query), found.anywhere, ranked, index)
    return Matches([*list(ids)[: len(found.anywhere)], *why], words(query), why)


def search(session: Session, query: str, limit: int = 50, counted: int = COUNTED) -> Results:
    """The first `limit` titles for `query`; an empty query lists the newest titles.

    The count stops at `counted`: nobody reads "48,213 titles" while typing, and counting
    them all takes PostgreSQL longer than finding the first fifty.
    """
    if not understand(query):
        return _newest(session, limit)
    found = matches(session, query, max(counted, limit), limit)
    rows = explained(details(session, found.ids[:limit]), found.why)
    return Results(len(found.ids), rows, found.words)


def explained(rows: list[Found], why: Mapping[int, str]) -> list[Found]:
    """Rows that other words found, with those words."""
    return [replace(row, why=why[row.id]) if row.id in why else row for row in rows]


def _beyond(
    session: Session, asked: Phrase, exact: list[int], limit: int, index: Index
) -> dict[int, str]:
    """Titles found by other words, and which, where those typed leave room for them."""
    if len(exact) >= limit:
        return {}
    why = related.find(session, asked, set(exact), limit - len(exact), index)
    if why or exact:
        return why
    for spelt in related.corrected(session, asked, index):
        why |= dict.fromkeys(_spelt(session, spelt, limit - len(why), index), " ".join(spelt))
    return why


def _spelt(session: Session, asked: Phrase, limit: int, index: Index) -> list[int]:
    return tiers.anywhere(session, related.widened(asked), limit, index) if limit else []


def asked(session: Session, groups: list[Group]) -> str:
    """Words as the engine's own index of words wants them."""
    on_server = session.get_bind().dialect.name == "postgresql"
    return (tiers.tsquery if on_server else tiers.fts)(groups)


def _newest(session: Session, limit: int) -> Results:
    standing = Biblio.cancelled_at.is_(None)
    ids = session.execute(
        select(Biblio.id).where(standing).order_by(Biblio.id.desc()).limit(limit)
    ).scalars()
    total = session.execute(
        text("SELECT count(*) FROM biblio WHERE cancelled_at IS NULL")
    ).scalar_one()
    return Results(total, details(session, list(ids)), ())


def details(session: Session, ids: list[int]) -> list[Found]:
    """List rows for `ids`, in that order."""
    if not ids:
        return []
    found = {row.id: row for row in rows_of(Found, session.execute(DETAILS, {"ids": ids}))}
    return [found[one] for one in ids if one in found]

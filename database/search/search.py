"""Searching titles: any word order, prefixes as you type, accents and hyphens ignored.

The words of a title and of everything else about it are folded in Python and kept in
`biblio_words`: FTS5 on SQLite, two tsvectors on PostgreSQL. First come titles that begin
with what was typed, then those with every word in the title, then all others: three
bounded questions, since ranking all matches of two letters costs 100 ms at 100,000 titles.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import Connection, and_, bindparam, case, func, or_, select, text
from sqlalchemy.orm import Session

from database.description import marc
from database.description.projection import Projection, project
from database.engine import bulk
from database.engine.among import among
from database.schema import Biblio, Hold, HoldState, Item, ItemStatus, Loan
from database.search import headings, related, spelling, tiers
from database.search.thesaurus import Phrase
from database.search.tiers import Group
from database.text.stems import index_texts
from database.text.words import key, words

COUNTED = 500
RANKED = 100
_CHUNK = 500
_NUMBER_RUN = re.compile(r"(?<![\w])\d[\d\- ]*[\dxX](?![\w])")


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
    why: str = ""


@dataclass(frozen=True, slots=True)
class Results:
    """The first rows of a search and how many titles it finds, counted up to a bound."""

    count: int
    rows: list[Found]
    words: tuple[str, ...]


# --- what is asked --------------------------------------------------------------


def understand(query: str) -> list[Group]:
    """Words asked for; a run of digits with hyphens or blanks may also be one number."""
    groups: list[Group] = []
    rest_at = 0
    for match in _NUMBER_RUN.finditer(query):
        parts = words(match.group())
        joined = "".join(parts)
        if len(parts) < 2 or not 6 <= len(joined) <= 13:
            continue
        groups += [((word,),) for word in words(query[rest_at : match.start()])]
        groups.append(((joined,), parts))
        rest_at = match.end()
    groups += [((word,),) for word in words(query[rest_at:])]
    return list(dict.fromkeys(groups))


# --- finding --------------------------------------------------------------------

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
_DETAILS = (
    select(
        Biblio.id,
        Biblio.title,
        Biblio.contributors,
        Biblio.year,
        Biblio.call_number,
        func.count(case((_ON_SHELF, Item.id))),
        func.count(Item.id),
        Biblio.classification,
        Biblio.publisher,
        Biblio.isbn,
        Biblio.material,
        Biblio.language,
        Biblio.created_on,
    )
    .select_from(Biblio)
    .outerjoin(Item, _IN_STOCK)
    .outerjoin(Loan, _OUT)
    .where(among(Biblio.id, "ids"))
    .group_by(Biblio.id)
)


@dataclass(frozen=True, slots=True)
class Matches:
    """Ids of the titles found, the best first; the words; `why` are the other words that
    found a title which has not those typed."""

    ids: list[int]
    words: tuple[str, ...]
    why: Mapping[int, str] = field(default_factory=dict)


def matches(session: Session, query: str, bound: int, ranked: int = RANKED) -> Matches:
    """At most `bound` titles for `query`; the best `ranked` of them come first."""
    groups = understand(query)
    if not groups:
        return Matches([], ())
    found = tiers.ask(session, groups, key(query), ranked, bound)
    if not found.anywhere and len(groups) > 1 and len(words(query)[-1]) == 1:
        # The first letter of a word that is still being typed.
        found = tiers.ask(session, groups[:-1], key(query), ranked, bound)
    ids = dict.fromkeys([*found.begins, *found.in_title, *found.anywhere])
    # Those that begin so may lie outside the bounded rest.
    why = _beyond(session, words(query), found.anywhere, ranked)
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


def _beyond(session: Session, asked: Phrase, exact: list[int], limit: int) -> dict[int, str]:
    """Titles found by other words, and which, where those typed leave room for them."""
    if len(exact) >= limit:
        return {}
    why = related.find(session, asked, set(exact), limit - len(exact))
    if why or exact:
        return why
    for spelt in related.corrected(session, asked):
        why |= dict.fromkeys(_spelt(session, spelt, limit - len(why)), " ".join(spelt))
    return why


def _spelt(session: Session, asked: Phrase, limit: int) -> list[int]:
    return tiers.anywhere(session, related.widened(asked), limit) if limit else []


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
    rows = {row[0]: row for row in session.execute(_DETAILS, {"ids": ids})}
    return [Found(*rows[one]) for one in ids if one in rows]


# --- indexing -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Words:
    """What a title is found by: the two texts of `stems.index_texts`."""

    biblio_id: int
    title: str
    other: str


def index(connection: Connection, entries: Iterable[Words], *, fresh: bool = False) -> None:
    """(Re)write the index rows of some titles; `fresh` promises they have none yet."""
    listed = list(entries)
    if not listed:
        return
    spelling.learn(connection, set(" ".join(f"{one.title} {one.other}" for one in listed).split()))
    if not fresh:
        drop(connection, [one.biblio_id for one in listed])
    if connection.dialect.name == "postgresql":
        bulk.copy(
            connection, "biblio_words", ("biblio_id", "title", "words"), map(_vectors, listed)
        )
    else:
        # Straight to the driver: two values a row, ten thousands of rows in an import.
        connection.exec_driver_sql(
            "INSERT INTO biblio_words (rowid, title, rest) VALUES (?, ?, ?)",
            [(one.biblio_id, one.title, one.other) for one in listed],
        )


_COPIES = select(Item.biblio_id, Item.barcode, Item.accession_number, Item.call_number).where(
    among(Item.biblio_id, "ids"), Item.cancelled_at.is_(None)
)
_DROP = {
    "postgresql": text("DELETE FROM biblio_words WHERE biblio_id IN :ids"),
    "sqlite": text("DELETE FROM biblio_words WHERE rowid IN :ids"),
}


def drop(connection: Connection, ids: Sequence[int]) -> None:
    """Let some titles be found no more."""
    statement = _DROP[connection.dialect.name].bindparams(bindparam("ids", expanding=True))
    connection.execute(statement, {"ids": list(ids)})


def _vectors(entry: Words) -> tuple[int, str, str]:
    title, other = _vector(entry.title), _vector(entry.other)
    return entry.biblio_id, title, f"{title} {other}"


def _vector(words: str) -> str:
    """A tsvector as text."""
    return "'" + words.replace(" ", "' '") + "'" if words else ""


def words_of(connection: Connection, ids: Sequence[int]) -> list[Words]:
    """What the titles `ids` that stand are found by now."""
    rows = connection.execute(
        select(Biblio.id, Biblio.marc, Biblio.call_number).where(
            Biblio.id.in_(ids), Biblio.cancelled_at.is_(None)
        )
    )
    known = {number: (project(marc.from_json(kept)), shelf) for number, kept, shelf in rows}
    return words_for(connection, known)


def words_for(connection: Connection, known: Mapping[int, tuple[Projection, str]]) -> list[Words]:
    """What titles are found by, whose facts and call numbers are known: their own words, their
    copies' and those of the forms that lead to their headings."""
    ids = list(known)
    copies: dict[int, list[str]] = {}
    for biblio_id, *texts in connection.execute(_COPIES, {"ids": ids}):
        copies.setdefault(biblio_id, []).extend(t for t in texts if t)
    referred = headings.variants(connection, ids)
    found = []
    for biblio_id, (facts, call_number) in known.items():
        extra = [*item_words(copies.get(biblio_id, ())), *words(call_number)]
        extra += referred.get(biblio_id, ())
        other = (*facts.other_words, *extra)
        found.append(Words(biblio_id, *index_texts(facts.title_words, other)))
    return found


def item_words(texts: Iterable[str]) -> list[str]:
    """Words of barcodes, accession and call numbers; a code is also found written together."""
    found: list[str] = []
    for one in texts:
        parts = words(one)
        found.extend(parts)
        if len(parts) > 1:
            found.append("".join(parts))
    return list(dict.fromkeys(found))


def settle(connection: Connection) -> None:
    """Put the index in order after many titles came in: a long prefix ("9786020") is then found
    in half the time. Half a second at 100,000 titles."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("INSERT INTO biblio_words (biblio_words) VALUES ('optimize')"))


def reindex(connection: Connection) -> None:
    """Build the whole index anew from the records."""
    connection.execute(text("DELETE FROM biblio_words"))
    last = 0
    while True:
        ids = list(
            connection.execute(
                select(Biblio.id).where(Biblio.id > last).order_by(Biblio.id).limit(_CHUNK)
            ).scalars()
        )
        if not ids:
            settle(connection)
            return
        index(connection, words_of(connection, ids), fresh=True)
        last = ids[-1]

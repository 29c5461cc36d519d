"""Looking through the headings: by the alphabet, by any word, and one heading whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, func, select, text, tuple_
from sqlalchemy.orm import Session

from database.refusal import Reason, Refusal
from database.schema import BiblioHeading, Heading, HeadingReference, ReferenceOrigin
from database.search import asking, search
from database.text.words import key

PAGE = 200
COUNTED = 500
MANY = 50_000
KINDS = ("person", "body", "meeting", "subject", "title")


@dataclass(frozen=True, slots=True)
class Filter:
    """Which headings: of one kind, of one scheme of subjects; None is all."""

    kind: str | None = None
    scheme: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One heading in the list; `via` is the form that led to it, if what was typed is there."""

    id: int
    kind: str
    scheme: str
    name: str
    key: str
    titles: int
    via: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A page of headings; `count` is of all that fit, up to COUNTED where words were typed and
    to MANY otherwise; pages after the first do not count (-1)."""

    rows: list[Row]
    count: int


@dataclass(frozen=True, slots=True)
class Reference:
    """A form that leads to a heading."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class About:
    """One heading whole: the forms that lead to it and the titles that use it."""

    heading: Row
    references: list[Reference]
    titles: list[search.Found]


# --- the alphabet -----------------------------------------------------------------

_COLUMNS = (Heading.id, Heading.kind, Heading.scheme, Heading.name, Heading.key)
_TITLES = (
    select(BiblioHeading.heading_id, func.count(BiblioHeading.biblio_id.distinct()))
    .where(BiblioHeading.heading_id.in_(bindparam("ids", expanding=True)))
    .group_by(BiblioHeading.heading_id)
)


def page(session: Session, wanted: Filter, after: Row | None = None, limit: int = PAGE) -> Found:
    """Headings in the order of the alphabet, those after a row already shown."""
    asked = _fitting(select(*_COLUMNS), wanted)
    if after is not None:
        place = tuple_(Heading.key, Heading.id)
        asked = asked.where(place > tuple_(_bound(after.key), _bound(after.id)))
    rows = session.execute(asked.order_by(Heading.key, Heading.id).limit(limit)).all()
    count = -1 if after else _count(session, wanted)
    return Found(_rows(session, rows), count)


def _count(session: Session, wanted: Filter) -> int:
    bounded = _fitting(select(Heading.id), wanted).limit(MANY).subquery()
    count: int = session.execute(select(func.count()).select_from(bounded)).scalar_one()
    return count


def _bound(value: Any) -> Any:
    return bindparam(None, value)


def _fitting(asked: Any, wanted: Filter) -> Any:
    asked = asked.select_from(Heading)
    if wanted.kind is not None:
        asked = asked.where(Heading.kind == wanted.kind)
    if wanted.scheme is not None:
        asked = asked.where(Heading.scheme == wanted.scheme)
    return asked


def _rows(session: Session, found: Sequence[Any], via: dict[int, str] | None = None) -> list[Row]:
    ids = [one.id for one in found]
    titles = {row[0]: row[1] for row in session.execute(_TITLES, {"ids": ids})}
    leading = via or {}
    return [
        Row(
            one.id,
            one.kind,
            one.scheme,
            one.name,
            one.key,
            titles.get(one.id, 0),
            leading.get(one.id, ""),
        )
        for one in found
    ]


# --- by words ---------------------------------------------------------------------

_WORDS = {
    "sqlite": {
        "heading": text(
            "SELECT h.id FROM heading_words w JOIN heading h ON h.id = w.rowid"
            " WHERE heading_words MATCH :query AND h.kind LIKE :kind AND h.scheme LIKE :scheme"
            " LIMIT :limit"
        ),
        "reference": text(
            "SELECT r.heading_id, r.name"
            " FROM heading_reference_words w JOIN heading_reference r ON r.id = w.rowid"
            " JOIN heading h ON h.id = r.heading_id"
            " WHERE heading_reference_words MATCH :query AND r.origin = 'see'"
            " AND h.kind LIKE :kind AND h.scheme LIKE :scheme LIMIT :limit"
        ),
    },
    "postgresql": {
        "heading": text(
            "SELECT h.id FROM heading h"
            " WHERE array_to_tsvector(string_to_array(h.key, ' ')) @@ CAST(:query AS tsquery)"
            " AND h.kind LIKE :kind AND h.scheme LIKE :scheme LIMIT :limit"
        ),
        "reference": text(
            "SELECT r.heading_id, r.name FROM heading_reference r"
            " JOIN heading h ON h.id = r.heading_id"
            " WHERE array_to_tsvector(string_to_array(r.key, ' ')) @@ CAST(:query AS tsquery)"
            " AND r.origin = 'see' AND h.kind LIKE :kind AND h.scheme LIKE :scheme LIMIT :limit"
        ),
    },
}


def find(session: Session, typed: str, wanted: Filter, limit: int = PAGE) -> Found:
    """Headings with every word typed, in them or in a form that leads to them: first those
    that begin so, then the others; nothing typed is the alphabet from its beginning."""
    groups = asking.understand(typed)
    if not groups:
        return page(session, wanted, limit=limit)
    if len(key(typed)) == 1:
        # Nearly every heading has a word with this letter: the alphabet alone is asked.
        begun = _beginning(session, key(typed), wanted, COUNTED)
        return Found(_rows(session, begun[:limit]), len(begun))
    asked = {
        "query": search.asked(session, groups),
        "kind": "%" if wanted.kind is None else wanted.kind,
        "scheme": "%" if wanted.scheme is None else wanted.scheme,
        "limit": COUNTED,
    }
    statements = _WORDS[session.get_bind().dialect.name]
    ids = list(session.execute(statements["heading"], asked).scalars())
    via: dict[int, str] = {}
    for number, name in session.execute(statements["reference"], asked):
        via.setdefault(number, name)
    via = {number: name for number, name in via.items() if number not in set(ids)}
    first = _beginning(session, key(typed), wanted, limit)
    standing = {one.id for one in first}
    every = list(dict.fromkeys([*standing, *ids, *via]))
    others = [number for number in every if number not in standing]
    rest = _named(session, others)[: max(limit - len(first), 0)]
    return Found(_rows(session, [*first, *rest], via), len(every))


def _beginning(session: Session, start: str, wanted: Filter, limit: int) -> list[Any]:
    asked = _fitting(select(*_COLUMNS), wanted).where(
        Heading.key >= start, Heading.key < start + "\U0010ffff"
    )
    return list(session.execute(asked.order_by(Heading.key, Heading.id).limit(limit)))


def _named(session: Session, ids: Sequence[int]) -> list[Any]:
    if not ids:
        return []
    rows = session.execute(select(*_COLUMNS).where(Heading.id.in_(ids)))
    return sorted(rows, key=lambda one: (one.key, one.id))


# --- one heading ------------------------------------------------------------------


def row(session: Session, heading_id: int) -> Row:
    """A heading as the list shows it. Raises Refusal RECORD_GONE."""
    found = session.execute(select(*_COLUMNS).where(Heading.id == heading_id)).one_or_none()
    if found is None:
        raise Refusal(Reason.RECORD_GONE)
    return _rows(session, [found])[0]


def titles_of(session: Session, heading_id: int, limit: int | None = None) -> list[int]:
    """The titles that stand and use a heading, oldest first."""
    return list(
        session.execute(
            select(BiblioHeading.biblio_id)
            .where(BiblioHeading.heading_id == heading_id)
            .distinct()
            .order_by(BiblioHeading.biblio_id)
            .limit(limit)
        ).scalars()
    )


def references(session: Session, heading_id: int) -> list[Reference]:
    """The forms that lead to a heading, by the alphabet."""
    leading = session.execute(
        select(HeadingReference.id, HeadingReference.name)
        .where(
            HeadingReference.heading_id == heading_id,
            HeadingReference.origin == ReferenceOrigin.SEE,
        )
        .order_by(HeadingReference.key)
    )
    return [Reference(number, name) for number, name in leading]


def about(session: Session, heading_id: int, limit: int = PAGE) -> About:
    """A heading with the forms that lead to it and the first of its titles.

    Raises Refusal RECORD_GONE.
    """
    heading = row(session, heading_id)
    titles = search.details(session, titles_of(session, heading_id, limit))
    return About(
        heading,
        references(session, heading_id),
        sorted(titles, key=lambda one: key(one.title)),
    )

"""Broader, narrower and related headings: a title is found by the broader headings of its own.

Two headings are told once; which side one looks from says whether the other is broader. Who stands
above a heading cannot also stand below it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, insert, or_, select
from sqlalchemy.orm import Session

from database import journal
from database.catalogue import heading_list
from database.catalogue import heading_rewriting as titles
from database.engine import pausing
from database.engine.among import among
from database.journal import Inverses, Line
from database.refusal import Reason, Refusal
from database.schema import BiblioHeading, Heading, HeadingRelation, Relation
from database.search.headings import LEVELS

BROADER, NARROWER, RELATED = "broader", "narrower", "related"
ALL = (BROADER, NARROWER, RELATED)
"""As seen from a heading, in the order they are shown."""
_ORDER = {name: place for place, name in enumerate(ALL)}
Pair = tuple[int, int, str]
"""As it is kept: two ids and a `Relation`."""


@dataclass(frozen=True, slots=True)
class Other:
    """Another heading and what it is to the one asked about, one of `ALL`."""

    id: int
    relation: str
    name: str
    kind: str
    scheme: str


def of(session: Session, heading_id: int) -> list[Other]:
    """The headings that stand in relation with one: broader, narrower, related."""
    found = [
        (other, _seen_from(heading_id, one, relation))
        for one, other, relation in _pairs(session, heading_id)
        for other in ({one, other} - {heading_id})
    ]
    rows = session.execute(
        select(Heading.id, Heading.name, Heading.kind, Heading.scheme, Heading.key).where(
            among(Heading.id, "ids")
        ),
        {"ids": [other for other, _relation in found]},
    )
    known = {row.id: row for row in rows}
    others = [
        (known[number].key, Other(number, how, *known[number][1:4]))
        for number, how in found
        if number in known
    ]
    return [one for _key, one in sorted(others, key=lambda it: (_ORDER[it[1].relation], it[0]))]


def _seen_from(heading_id: int, one: int, relation: str) -> str:
    if relation == Relation.RELATED:
        return RELATED
    return NARROWER if one == heading_id else BROADER


def _pair(heading_id: int, other_id: int, relation: str) -> Pair:
    if relation == RELATED:
        first, second = sorted((heading_id, other_id))
        return first, second, Relation.RELATED.value
    if relation == BROADER:
        heading_id, other_id = other_id, heading_id
    return heading_id, other_id, Relation.NARROWER.value


def _stands(session: Session, one: int, other: int) -> bool:
    """Whether two headings stand in any relation, from whichever side."""
    there = and_(HeadingRelation.heading_id == one, HeadingRelation.other_id == other)
    back = and_(HeadingRelation.heading_id == other, HeadingRelation.other_id == one)
    asked = select(HeadingRelation.heading_id).where(or_(there, back))
    return session.execute(asked).first() is not None


def _pairs(session: Session, heading_id: int) -> list[Pair]:
    columns = (HeadingRelation.heading_id, HeadingRelation.other_id, HeadingRelation.relation)
    own = or_(HeadingRelation.heading_id == heading_id, HeadingRelation.other_id == heading_id)
    return [tuple(row) for row in session.execute(select(*columns).where(own))]  # type: ignore[misc]


# --- changing ---------------------------------------------------------------------


def relate(session: Session, heading_id: int, other_id: int, relation: str, now: datetime) -> int:
    """Say what another heading is to this one, one of `ALL`; returns the journal line.

    Raises Refusal RECORD_GONE, HEADINGS_DIFFER (a person is no body), RELATION_STANDS,
    RELATION_TURNS (a heading would stand above itself), VALUE_INVALID.
    """
    if relation not in ALL:
        raise Refusal(Reason.VALUE_INVALID, field="relation")
    heading, other = heading_list.row(session, heading_id), heading_list.row(session, other_id)
    about: dict[str, Any] = {"name": heading.name, "other": other.name}
    if heading.kind != other.kind or heading_id == other_id:
        raise Refusal(Reason.HEADINGS_DIFFER, **about)
    if _stands(session, heading_id, other_id):
        raise Refusal(Reason.RELATION_STANDS, **about)
    one, two, kept = _pair(heading_id, other_id, relation)
    if kept == Relation.NARROWER and one in below(session, [two]):
        raise Refusal(Reason.RELATION_TURNS, name=heading.name, other=other.name)
    _put(session, (one, two, kept))
    _reindex(session, (one, two, kept))
    return journal.write(
        session, "heading.related", "Heading", heading_id, now, pair=[one, two, kept], **about
    )


def unrelate(session: Session, heading_id: int, other_id: int, now: datetime) -> int:
    """Two headings stand in no relation any more; returns the journal line.

    Raises Refusal RECORD_GONE.
    """
    heading, other = heading_list.row(session, heading_id), heading_list.row(session, other_id)
    pair = next((one for one in _pairs(session, heading_id) if other_id in one[:2]), None)
    if pair is None:
        raise Refusal(Reason.RECORD_GONE)
    _take(session, pair)
    _reindex(session, pair)
    told: dict[str, Any] = {"name": heading.name, "other": other.name, "pair": list(pair)}
    return journal.write(session, "heading.unrelated", "Heading", heading_id, now, **told)


def _put(session: Session, pair: Pair) -> None:
    one, two, relation = pair
    session.execute(insert(HeadingRelation).values(heading_id=one, other_id=two, relation=relation))


def _take(session: Session, pair: Pair) -> bool:
    one, two, _relation = pair
    own = HeadingRelation.heading_id == one, HeadingRelation.other_id == two
    gone = session.execute(
        delete(HeadingRelation).where(*own).returning(HeadingRelation.heading_id)
    )
    return gone.first() is not None


def _reindex(session: Session, pair: Pair) -> None:
    """Titles of the narrower one, and of all below it, have other words now."""
    if pair[2] == Relation.NARROWER:
        reindex_below(session, [pair[1]], itself=True)


def below(session: Session, ids: Iterable[int]) -> set[int]:
    """The narrower headings of these, and theirs, as far down as search goes up."""
    asked, found = set(ids), set[int]()
    step = select(HeadingRelation.other_id).where(
        HeadingRelation.relation == Relation.NARROWER.value,
        among(HeadingRelation.heading_id, "ids"),
    )
    for _level in range(LEVELS):
        asked = set(session.scalars(step, {"ids": sorted(asked)})) - found if asked else set()
        found |= asked
    return found


def reindex_below(session: Session, ids: Iterable[int], *, itself: bool = False) -> None:
    """Bring the index of the titles below some headings up to date, and of their own."""
    wanted = below(session, ids) | (set(ids) if itself else set())
    using = select(BiblioHeading.biblio_id).where(among(BiblioHeading.heading_id, "ids")).distinct()
    if wanted:
        found = session.scalars(using, {"ids": sorted(wanted)})
        titles.reindex(session, sorted(found), lambda: pausing.pause(session))


# --- when a heading goes into another, or away ----------------------------------------


def must_stand_alone(session: Session, heading: heading_list.Row) -> None:
    """Raises Refusal HEADING_RELATED."""
    if _pairs(session, heading.id):
        raise Refusal(Reason.HEADING_RELATED, name=heading.name)


def hand_on(session: Session, lost: int, kept: int) -> tuple[list[Pair], list[Pair]]:
    """The relations of a heading that goes into another: all it had, and those that the other
    has from now on. What would turn in a ring is left out."""
    had, given = _pairs(session, lost), []
    for pair in had:
        _take(session, pair)
    for one, two, relation in had:
        ends = (kept if one == lost else one, kept if two == lost else two)
        if ends[0] == ends[1] or _stands(session, *ends):
            continue
        if relation == Relation.NARROWER and ends[0] in below(session, [ends[1]]):
            continue
        new = ends if relation == Relation.NARROWER else (min(ends), max(ends))
        _put(session, (*new, relation))
        given.append((*new, relation))
    return had, given


def give_back(
    session: Session, had: Iterable[Pair], given: Iterable[Pair], was: int, lost: int
) -> None:
    """The inverse of `hand_on`: `was` is the id the heading had, `lost` the one it has again."""
    for pair in given:
        _take(session, pair)
    for one, two, relation in had:
        ends = (lost if one == was else one, lost if two == was else two)
        other = next(iter({*ends} - {lost}))
        standing = session.execute(select(Heading.id).where(Heading.id == other)).first()
        if standing is not None:
            new = ends if relation == Relation.NARROWER else (min(ends), max(ends))
            _put(session, (*new, relation))


# --- taking back ------------------------------------------------------------------


def _unrelate(session: Session, line: Line, _now: datetime) -> None:
    one, two, relation = line.facts["pair"]
    if not _take(session, (one, two, relation)):
        raise Refusal(Reason.CANNOT_UNDO)
    _reindex(session, (one, two, relation))


def _relate_again(session: Session, line: Line, _now: datetime) -> None:
    one, two, relation = line.facts["pair"]
    there = session.scalars(select(Heading.id).where(Heading.id.in_((one, two)))).all()
    taken = _stands(session, one, two)
    turns = relation == Relation.NARROWER and one in below(session, [two])
    if len(there) < 2 or taken or turns:
        raise Refusal(Reason.CANNOT_UNDO)
    _put(session, (one, two, relation))
    _reindex(session, (one, two, relation))


INVERSES: Inverses = {"heading.related": _unrelate, "heading.unrelated": _relate_again}

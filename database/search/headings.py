"""Headings: the controlled names and subjects that titles share."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, bindparam, delete, func, insert, select, text
from sqlalchemy.orm import Session

from database.description.headings import HeadingUse
from database.engine import bulk
from database.engine.among import among
from database.schema import (
    BiblioHeading,
    Heading,
    HeadingReference,
    HeadingRelation,
    ReferenceOrigin,
    Relation,
)
from database.text.words import key

Key = tuple[str, str, str]

_BY_KEY = select(Heading.id, Heading.key, Heading.kind, Heading.scheme).where(
    among(Heading.key, "keys")
)
# On PostgreSQL another desk may be adding the same one at this moment: this waits for it.
_ADD_NEW = text(
    "INSERT INTO heading (key, kind, scheme, name) SELECT key, kind, scheme, name"
    " FROM json_to_recordset(CAST(:rows AS json))"
    " AS given (key varchar, kind varchar, scheme varchar, name varchar)"
    " ON CONFLICT DO NOTHING RETURNING id, key, kind, scheme"
)
_HIGHEST = select(func.max(Heading.id))
_ENTER = text("INSERT INTO heading_words (rowid, key) SELECT id, key FROM heading WHERE id > :last")
_REBUILD = (
    text("INSERT INTO heading_words (heading_words) VALUES ('rebuild')"),
    text("INSERT INTO heading_reference_words (heading_reference_words) VALUES ('rebuild')"),
)
_REMEMBERED = 50_000


def link(
    session: Session,
    uses: Mapping[int, Sequence[HeadingUse]],
    *,
    fresh: bool = False,
    remembered: dict[Key, int] | None = None,
) -> None:
    """Tie titles to their headings, making those that are new; `fresh`: titles without links.

    `remembered` is kept by a caller that links many in one transaction, so that the headings
    it met before are not looked up again.
    """
    if not fresh:
        session.execute(delete(BiblioHeading).where(BiblioHeading.biblio_id.in_(list(uses))))
    ids = _ids(session, [use for listed in uses.values() for use in listed], remembered)
    rows = (
        {
            "biblio_id": biblio_id,
            "position": position,
            "heading_id": ids[use.key, use.kind, use.scheme],
            "role": use.role,
        }
        for biblio_id, listed in uses.items()
        for position, use in enumerate(listed)
    )
    bulk.add(session.connection(), BiblioHeading, rows)


def _ids(
    session: Session, uses: Sequence[HeadingUse], remembered: dict[Key, int] | None
) -> dict[Key, int]:
    return ensure(session, {(use.key, use.kind, use.scheme): use.name for use in uses}, remembered)


def ensure(
    session: Session, wanted: Mapping[Key, str], remembered: dict[Key, int] | None = None
) -> dict[Key, int]:
    """The ids of headings, made where they are not there yet."""
    known = {} if remembered is None else remembered
    if len(known) > _REMEMBERED:
        known.clear()
    known |= _known(session, [entry for entry in wanted if entry not in known])
    missing = {entry: name for entry, name in wanted.items() if entry not in known}
    if missing:
        known |= _make(session, missing)
    return known


def _make(session: Session, wanted: Mapping[Key, str]) -> dict[Key, int]:
    """Make headings that were not there a moment ago; their ids, whoever was first.

    Two desks may make the same one at once: the second takes the first's. All go in the
    order of their keys, so that neither waits for what the other holds.
    """
    connection = session.connection()
    rows = [
        {"key": folded, "kind": kind, "scheme": scheme, "name": wanted[folded, kind, scheme]}
        for folded, kind, scheme in sorted(wanted)
    ]
    if _is_file(connection):
        return _make_in_file(session, rows)
    added = connection.execute(_ADD_NEW, {"rows": json.dumps(rows)})
    known = {(folded, kind, scheme): number for number, folded, kind, scheme in added}
    return known | _known(session, [entry for entry in wanted if entry not in known])


def _make_in_file(session: Session, rows: list[dict[str, str]]) -> dict[Key, int]:
    """A file has one writer: who adds also knows the ids."""
    connection = session.connection()
    last = session.execute(_HIGHEST).scalar() or 0
    ids = range(last + 1, last + 1 + len(rows))
    bulk.add(connection, Heading, [{"id": n, **row} for n, row in zip(ids, rows, strict=True)])
    connection.execute(_ENTER, {"last": last})
    keys = [(row["key"], row["kind"], row["scheme"]) for row in rows]
    return dict(zip(keys, ids, strict=True))


def reindex(connection: Connection) -> None:
    """Build the index of the words of headings and references anew; PostgreSQL keeps its own."""
    if _is_file(connection):
        for statement in _REBUILD:
            connection.execute(statement)


def _is_file(connection: Connection) -> bool:
    return connection.dialect.name != "postgresql"


def _known(session: Session, wanted: list[Key]) -> dict[Key, int]:
    found: dict[Key, int] = {}
    keys = sorted({entry[0] for entry in wanted})
    if keys:
        for number, folded, kind, scheme in session.execute(_BY_KEY, {"keys": keys}):
            found[folded, kind, scheme] = number
    return found


# --- forms that lead to a heading -------------------------------------------------

_VARIANTS = (
    select(BiblioHeading.biblio_id, HeadingReference.key)
    .join(HeadingReference, HeadingReference.heading_id == BiblioHeading.heading_id)
    .where(among(BiblioHeading.biblio_id, "ids"))
    .order_by(HeadingReference.id)
)


LEVELS = 4
"""Steps from a heading up to broader ones that its titles are found by."""
_BROADER = (
    select(HeadingRelation.other_id, HeadingRelation.heading_id, Heading.key)
    .join(Heading, Heading.id == HeadingRelation.heading_id)
    .where(HeadingRelation.relation == Relation.NARROWER.value)
)
_USED_BELOW = (
    select(BiblioHeading.biblio_id, BiblioHeading.heading_id)
    .join(HeadingRelation, HeadingRelation.other_id == BiblioHeading.heading_id)
    .where(
        HeadingRelation.relation == Relation.NARROWER.value,
        among(BiblioHeading.biblio_id, "ids"),
    )
    .order_by(BiblioHeading.biblio_id, BiblioHeading.position)
)
_STEP_UP = _BROADER.where(among(HeadingRelation.other_id, "ids"))


def variants(connection: Connection, ids: Sequence[int]) -> dict[int, list[str]]:
    """By title, the words of the forms that lead to its headings, and of the broader headings
    above them: it is found by them too."""
    found: dict[int, list[str]] = {}
    for biblio_id, folded in connection.execute(_VARIANTS, {"ids": list(ids)}):
        found.setdefault(biblio_id, []).extend(folded.split())
    used = list(connection.execute(_USED_BELOW, {"ids": list(ids)}))
    above = _above(connection, {heading_id for _biblio, heading_id in used})
    for biblio_id, heading_id in used:
        for folded in above.get(heading_id, ()):
            found.setdefault(biblio_id, []).extend(folded.split())
    return found


def _above(connection: Connection, ids: set[int]) -> dict[int, list[str]]:
    """By heading, the keys of those above it, the nearest first."""
    up: dict[int, dict[int, str]] = {}
    asked, level = ids, 0
    while asked and level < LEVELS:
        for narrower, broader, folded in connection.execute(_STEP_UP, {"ids": sorted(asked)}):
            up.setdefault(narrower, {})[broader] = folded
        asked = {one for below in asked for one in up.get(below, ())} - up.keys()
        level += 1
    return {one: _keys_above(one, up) for one in ids}


def _keys_above(heading_id: int, up: Mapping[int, Mapping[int, str]]) -> list[str]:
    found: dict[int, str] = {}
    at = [heading_id]
    for _level in range(LEVELS):
        step = {one: folded for below in at for one, folded in up.get(below, {}).items()}
        at = [one for one in step if one not in found]
        found |= step
    return list(found.values())


def remembered(session: Session, written: str) -> str | None:
    """The heading chosen before for a person's name as it is written, or None."""
    folded = key(written)
    if not folded:
        return None
    chosen: str | None = session.execute(
        select(Heading.name)
        .join(HeadingReference, HeadingReference.heading_id == Heading.id)
        .where(HeadingReference.key == folded, Heading.kind == "person")
        # What was written last counts for more than what was once referred from.
        .order_by(HeadingReference.origin.desc(), HeadingReference.id.desc())
        .limit(1)
    ).scalar()
    return chosen


def remember(session: Session, chosen: Mapping[str, str]) -> None:
    """Keep which heading was chosen for names as they were written; those whose heading no
    title uses are passed over."""
    for written, name in chosen.items():
        use = (key(name), "person", "")
        heading_id = _known(session, [use]).get(use)
        if heading_id is None or not key(written):
            continue
        session.execute(
            delete(HeadingReference).where(
                HeadingReference.key == key(written),
                HeadingReference.origin == ReferenceOrigin.WRITTEN,
            )
        )
        session.execute(
            insert(HeadingReference).values(
                heading_id=heading_id,
                name=written,
                key=key(written),
                origin=ReferenceOrigin.WRITTEN,
            )
        )


# --- suggesting -------------------------------------------------------------------

_BEGINS = (
    select(Heading.name)
    .where(
        among(Heading.kind, "kinds"),
        Heading.key >= bindparam("first"),
        Heading.key < bindparam("last"),
    )
    .order_by(Heading.key)
    .limit(bindparam("limit"))
)
_REFERRED = (
    select(Heading.name)
    .join(HeadingReference, HeadingReference.heading_id == Heading.id)
    .where(
        HeadingReference.key >= bindparam("first"),
        HeadingReference.key < bindparam("last"),
        HeadingReference.origin == ReferenceOrigin.SEE,
        among(Heading.kind, "kinds"),
    )
    .order_by(HeadingReference.key)
    .limit(bindparam("limit"))
)


def suggest(session: Session, typed: str, kinds: Sequence[str], limit: int = 12) -> list[str]:
    """Headings that begin with what was typed, then those a form that does so leads to."""
    start = key(typed)
    if not start:
        return []
    asked = {"kinds": list(kinds), "first": start, "last": start + "\U0010ffff", "limit": limit}
    found = [*session.execute(_BEGINS, asked).scalars()]
    if len(found) < limit:
        found += session.execute(_REFERRED, asked).scalars()
    return list(dict.fromkeys(found))[:limit]

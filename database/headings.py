"""Headings: the controlled names and subjects that titles share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from database import bulk
from database.among import among
from database.projection import HeadingUse
from database.schema import BiblioHeading, Heading
from database.words import key

Key = tuple[str, str, str]

_BY_KEY = select(Heading.id, Heading.key, Heading.kind, Heading.scheme).where(
    among(Heading.key, "keys")
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
    rows = [
        {
            "biblio_id": biblio_id,
            "position": position,
            "heading_id": ids[use.key, use.kind, use.scheme],
            "role": use.role,
        }
        for biblio_id, listed in uses.items()
        for position, use in enumerate(listed)
    ]
    bulk.add(session.connection(), BiblioHeading, rows)


def _ids(
    session: Session, uses: Sequence[HeadingUse], remembered: dict[Key, int] | None
) -> dict[Key, int]:
    wanted = {(use.key, use.kind, use.scheme): use.name for use in uses}
    known = {} if remembered is None else remembered
    if len(known) > _REMEMBERED:
        known.clear()
    known |= _known(session, [entry for entry in wanted if entry not in known])
    missing = [entry for entry in wanted if entry not in known]
    if missing:
        bulk.add(
            session.connection(),
            Heading,
            [
                {"key": k, "kind": kind, "scheme": scheme, "name": wanted[k, kind, scheme]}
                for k, kind, scheme in missing
            ],
        )
        known |= _known(session, missing)
    return known


def _known(session: Session, wanted: list[Key]) -> dict[Key, int]:
    found: dict[Key, int] = {}
    keys = sorted({entry[0] for entry in wanted})
    if keys:
        for number, folded, kind, scheme in session.execute(_BY_KEY, {"keys": keys}):
            found[folded, kind, scheme] = number
    return found


def suggest(session: Session, typed: str, kinds: Sequence[str], limit: int = 12) -> list[str]:
    """Headings that begin with what was typed."""
    start = key(typed)
    if not start:
        return []
    rows = session.execute(
        select(Heading.name)
        .where(Heading.key >= start, Heading.key < start + "\U0010ffff", Heading.kind.in_(kinds))
        .order_by(Heading.key)
        .limit(limit)
    )
    return list(rows.scalars())

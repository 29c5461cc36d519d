"""The catalogues of partners: fetched, listed, searched, taken away."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime

from database.library import Library
from database.neighbours import finding, harvesting, neighbours
from database.neighbours.keeping import Counted
from database.neighbours.neighbours import Row
from database.refusal import Reason, Refusal
from desktop.commands.opening import opened
from desktop.commands.telling import DONE, PARTLY, Told, give
from desktop.words.language import _, number


def _harvest(chosen: argparse.Namespace, now: datetime) -> int:
    if chosen.remove and not chosen.yes:
        raise Told(_("All that is kept of the partner goes; add --yes if it is meant."))
    library = opened(chosen)
    try:
        if not chosen.name:
            return _listed(library, chosen)
        row = _one(library, chosen, now)
        if chosen.remove:
            with library.transaction(long=True) as session:
                neighbours.remove(session, row.id, now)
            give(chosen, {"removed": row.name}, [_("Removed: {name}").format(name=row.name)])
            return DONE
        told = _fetched(library, row, chosen, now)
    finally:
        library.close()
    said = _("{name}: {stored} stored, {deleted} taken out, {unread} left out").format(
        name=row.name, stored=told.stored, deleted=told.deleted, unread=told.unread
    )
    value = {"stored": told.stored, "deleted": told.deleted, "unread": told.unread}
    give(chosen, {"name": row.name, **value}, [said])
    return PARTLY if told.unread else DONE


def _listed(library: Library, chosen: argparse.Namespace) -> int:
    with library.reading() as session:
        rows = neighbours.listed(session)
    lines = [f"{one.name}\t{one.address}\t{one.titles}\t{one.harvested_at or ''}" for one in rows]
    told = [
        {
            "name": one.name,
            "kind": one.kind,
            "address": one.address,
            "set": one.part,
            "titles": one.titles,
            "harvested_at": one.harvested_at,
            "unfinished": one.unfinished,
        }
        for one in rows
    ]
    give(chosen, {"partners": told}, lines)
    return DONE


def _one(library: Library, chosen: argparse.Namespace, now: datetime) -> Row:
    """The partner named; a new one where it is said how it is reached."""
    wanted = chosen.name.strip().casefold()
    with library.reading() as session:
        known = {one.name.casefold(): one for one in neighbours.listed(session)}
    if wanted in known:
        if chosen.address and chosen.address != known[wanted].address:
            raise Refusal(Reason.NAME_TAKEN, name=known[wanted].name)
        return known[wanted]
    if not (chosen.address or chosen.file):
        raise Told(
            _("There is no partner {name}; say --address or --file.").format(name=chosen.name)
        )
    kind = neighbours.FILE if chosen.file else neighbours.OAI
    with library.transaction() as session:
        made = neighbours.add(session, chosen.name, kind, chosen.address or "", chosen.set, now)
        return neighbours.one(session, made)


def _fetched(library: Library, row: Row, chosen: argparse.Namespace, now: datetime) -> Counted:
    try:
        with library.transaction(long=True) as session:
            if chosen.file:
                return harvesting.take_file(session, row.id, chosen.file, now, _told)
            return harvesting.harvest(session, row.id, now, _told, whole=chosen.whole)
    except KeyboardInterrupt as stop:
        said = _("Stopped; what was fetched stays, and the next time goes on from there.")
        raise Told(said) from stop


def _told(done: int, _total: int | None) -> None:
    """How many so far, only where somebody watches."""
    if sys.stderr.isatty():
        print(f"\r{number(done)}", end="", file=sys.stderr)  # noqa: T201


def _search(chosen: argparse.Namespace, _now: datetime) -> int:
    library = opened(chosen)
    try:
        with library.reading() as session:
            most = max(1, min(chosen.limit, finding.COUNTED))
            found = finding.find(session, chosen.words, most)
    finally:
        library.close()
    rows = [
        {
            "library": one.library,
            "title": one.title,
            "contributors": one.contributors,
            "year": one.year,
            "isbn": one.isbn,
            "ours": one.ours,
        }
        for one in found
    ]
    lines = [f"{one.library}\t{one.title}\t{one.contributors}\t{one.year or ''}" for one in found]
    give(chosen, {"rows": rows}, lines)
    return DONE


ACTS = {"harvest": _harvest, "search-partners": _search}

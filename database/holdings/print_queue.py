"""The print queue: what of copies and patrons waits for paper, until it came out well.

A copy without a label waits for one by itself; everything else is put here. The queue lies in
the library, so it outlives the program and is the same at every desk.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from database import journal
from database.engine.among import among
from database.holdings import item_list
from database.holdings.item_list import ItemRow
from database.journal import Line
from database.schema import Item, Patron, PatronCategory, PrintJob

LABELS = "labels"
OF_COPIES = (LABELS, "pockets", "book-cards", "due-slips", "catalogue-cards")
OF_PATRONS = ("member-cards",)
PAPERS = (*OF_COPIES, *OF_PATRONS)
_OUT = ("lost", "withdrawn", "returned_to_owner", "given")
_NO_LABEL = (Item.labelled_at.is_(None), Item.cancelled_at.is_(None), Item.status.not_in(_OUT))


def counts(session: Session) -> dict[str, int]:
    """How many wait for each paper; papers nobody waits for are left out."""
    standing = (
        select(PrintJob.paper, func.count())
        .outerjoin(Item, Item.id == PrintJob.item_id)
        .outerjoin(Patron, Patron.id == PrintJob.patron_id)
        .where(Item.cancelled_at.is_(None), Patron.ended_on.is_(None))
        .group_by(PrintJob.paper)
    )
    found = {row.paper: row[1] for row in session.execute(standing)}
    waiting = session.execute(select(func.count()).select_from(Item).where(*_NO_LABEL)).scalar_one()
    found |= {LABELS: waiting} if waiting else {}
    return {paper: found[paper] for paper in PAPERS if paper in found}


def copies(session: Session, paper: str) -> list[ItemRow]:
    """The copies that wait for `paper`: labels in shelf order, others as they were added."""
    if paper == LABELS:
        return item_list.items_to_label(session, only_new=True)
    wanted = select(PrintJob.item_id).where(PrintJob.paper == paper).order_by(PrintJob.id)
    ids = [one for (one,) in session.execute(wanted) if one is not None]
    return [row for row in item_list.items_by_id(session, ids) if not row.cancelled]


def patrons(session: Session, paper: str) -> list[tuple[int, str, str]]:
    """Who waits for `paper`, as they were added: id, number, name."""
    wanted = (
        select(Patron.id, Patron.number, Patron.name)
        .join(PrintJob, PrintJob.patron_id == Patron.id)
        .where(PrintJob.paper == paper, Patron.ended_on.is_(None))
        .order_by(PrintJob.id)
    )
    return [tuple(row) for row in session.execute(wanted)]  # type: ignore[misc]


def add(session: Session, paper: str, ids: Sequence[int], now: datetime) -> tuple[int, int]:
    """Put copies (or patrons) into the queue of `paper`: the journal line, and how many are new
    in it. Patients get no card, so they are passed over."""
    if paper == LABELS:
        fresh = _labelled(session, ids)
        _set_label(session, fresh, None)
    else:
        fresh = _fresh(session, paper, ids)
        _insert(session, paper, fresh, now)
    return _told(session, "print.queued", paper, fresh, now), len(fresh)


def drop(session: Session, paper: str, ids: Sequence[int], now: datetime) -> int:
    """Take these out without printing; gives the journal line."""
    gone = _take(session, paper, ids, now)
    return _told(session, "print.dropped", paper, gone, now)


def printed(session: Session, paper: str, ids: Sequence[int], now: datetime) -> int:
    """These came out well; gives the journal line."""
    gone = _take(session, paper, ids, now)
    return _told(session, "print.done", paper, gone, now)


def _told(session: Session, action: str, paper: str, ids: Sequence[int], now: datetime) -> int:
    journal.touch(session, "PrintJob")
    kind = "Item" if paper in OF_COPIES else "Patron"
    return journal.write(session, action, kind, None, now, paper=paper, ids=list(ids))


def _column(paper: str) -> Any:
    return PrintJob.item_id if paper in OF_COPIES else PrintJob.patron_id


def _fresh(session: Session, paper: str, ids: Sequence[int]) -> list[int]:
    """Those of `ids` that may have the paper and do not wait for it yet, in their order."""
    if paper in OF_COPIES:
        allowed = select(Item.id).where(among(Item.id, "ids"), Item.cancelled_at.is_(None))
    else:
        allowed = (
            select(Patron.id)
            .join(PatronCategory, PatronCategory.id == Patron.category_id)
            .where(
                among(Patron.id, "ids"),
                PatronCategory.audience != "patient",
                Patron.ended_on.is_(None),
                Patron.forgotten_at.is_(None),
            )
        )
    may = set(session.scalars(allowed, {"ids": list(ids)}))
    column = _column(paper)
    waiting = set(session.scalars(select(column).where(PrintJob.paper == paper)))
    return [one for one in dict.fromkeys(ids) if one in may and one not in waiting]


def _insert(session: Session, paper: str, ids: Sequence[int], now: datetime) -> None:
    key = _column(paper).key
    if ids:
        session.execute(
            insert(PrintJob), [{"paper": paper, key: one, "added_at": now} for one in ids]
        )


def _take(session: Session, paper: str, ids: Sequence[int], now: datetime) -> list[int]:
    if paper == LABELS:
        _set_label(session, ids, now)
        return list(ids)
    column = _column(paper)
    there = select(column).where(PrintJob.paper == paper, among(column, "ids"))
    gone = list(session.scalars(there, {"ids": list(ids)}))
    session.execute(
        delete(PrintJob).where(PrintJob.paper == paper, among(column, "ids")), {"ids": gone}
    )
    return gone


def _labelled(session: Session, ids: Sequence[int]) -> list[int]:
    wanted = select(Item.id).where(
        among(Item.id, "ids"), Item.labelled_at.is_not(None), Item.cancelled_at.is_(None)
    )
    return list(session.scalars(wanted, {"ids": list(ids)}))


def _set_label(session: Session, ids: Sequence[int], moment: datetime | None) -> None:
    session.execute(
        update(Item).where(among(Item.id, "ids")).values(labelled_at=moment), {"ids": list(ids)}
    )


def _undo_queued(session: Session, line: Line, now: datetime) -> None:
    _take(session, line.facts["paper"], line.facts["ids"], now)
    journal.touch(session, "PrintJob", "Item")


def _undo_gone(session: Session, line: Line, now: datetime) -> None:
    paper, ids = line.facts["paper"], line.facts["ids"]
    if paper == LABELS:
        _set_label(session, ids, None)
    else:
        _insert(session, paper, _fresh(session, paper, ids), now)
    journal.touch(session, "PrintJob", "Item")


INVERSES = {
    "print.queued": _undo_queued,
    "print.dropped": _undo_gone,
    "print.done": _undo_gone,
}

"""What was done in the library, act by act, newest first: for whoever wants one taken back.

An act is one change, however many lines the journal has of it. Titles and borrowers are read from
the records as they stand: whoever is forgotten has no name here either.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, exists, func, literal, or_, select
from sqlalchemy.orm import Session

from database.engine.among import among
from database.journal import Line, parts_of
from database.schema import (
    Biblio,
    Charge,
    Deposit,
    Hold,
    InHouseUse,
    Item,
    Journal,
    Loan,
    Patron,
    PatronCategory,
)

MOST = 500
_TABLE = Journal.__table__
_CARED_FOR = frozenset({"patient", "family"})


@dataclass(frozen=True, slots=True)
class ActRow:
    """An act: when, at which desk, by whom, on what and for whom; `of` is on how many records.
    `undone` ones stay in the list; `allowed` are the refusals that were passed, each with its
    words. Of patients the number is shown, never the name."""

    id: int
    at: datetime
    desk: str
    actor: str
    action: str
    title: str
    borrower: str
    of: int
    undone: bool
    allowed: tuple[tuple[str, str], ...] = ()


IMPORT = "import.done"
_BRINGING = (IMPORT, "patron.rotated")
STRUCK = frozenset({"biblio.cancelled", "item.cancelled", "item.withdrawn", "patron.ended"})
"""Acts that take a title, a copy or a patron away."""
BIN = timedelta(days=90)
"""So long what was taken away is found in the bin."""


def binned(session: Session, now: datetime) -> list[ActRow]:
    """What was taken away in the last 90 days and not brought back, whichever act did so; each
    journal line by itself, at most 500."""
    undone = select(Journal.undoes_id).where(Journal.undoes_id.is_not(None))
    rows = session.execute(
        select(_TABLE)
        .where(_TABLE.c.at >= now - BIN, _TABLE.c.action.in_(STRUCK), _TABLE.c.id.not_in(undone))
        .order_by(_TABLE.c.id.desc())
        .limit(MOST)
    ).all()
    told = subjects(session, rows)
    return [_act(row.id, [(row, json.loads(row.facts))], told, set()) for row in rows]


def since(session: Session, begin: datetime, actions: Collection[str]) -> list[ActRow]:
    """The acts from `begin` on whose action is among `actions`, at most 500, in a handful of
    statements; what is a part of a greater one, or of an undo, is not listed by itself."""
    undoing = _TABLE.alias()
    # Each side by its own index: a journal has hundreds of thousands of lines.
    act = func.coalesce(_TABLE.c.act_id, _TABLE.c.id)
    by_undo = exists().where(
        or_(undoing.c.act_id == act, undoing.c.id == act), undoing.c.undoes_id.is_not(None)
    )
    rows = session.execute(
        select(_TABLE)
        .where(_TABLE.c.at >= begin, _TABLE.c.action.in_(actions), _TABLE.c.undoes_id.is_(None))
        .where(~by_undo)
        .order_by(_TABLE.c.id.desc())
        .limit(MOST)
    ).all()
    lines = [(row, json.loads(row.facts)) for row in rows]
    parts = {part for _row, facts in lines for part in parts_of(facts)}
    shown: dict[int, list[tuple[Any, Any]]] = {}
    for row, facts in lines:
        if row.id not in parts:
            shown.setdefault(row.act_id or row.id, []).append((row, facts))
    taken = taken_back(session, [row.id for row, _facts in lines])
    told = subjects(session, [row for row, _facts in lines])
    return [_act(act, own, told, taken) for act, own in shown.items()]


def last_import(session: Session) -> int | None:
    """The newest act that brought titles or people in and was not taken back; None for none."""
    undone = select(Journal.undoes_id).where(Journal.undoes_id.is_not(None))
    rows = session.execute(
        select(_TABLE.c.id, _TABLE.c.act_id, _TABLE.c.action, _TABLE.c.facts)
        .where(_TABLE.c.action.in_(_BRINGING), _TABLE.c.undoes_id.is_(None))
        .where(_TABLE.c.id.not_in(undone))
        .order_by(_TABLE.c.id.desc())
        .limit(MOST)
    )
    for row in rows:
        facts = json.loads(row.facts)
        if row.action != IMPORT or any(facts.get(one) for one in ("added", "items", "overlaid")):
            return int(row.act_id or row.id)
    return None


def _act(
    act: int,
    own: Sequence[tuple[Any, Any]],
    told: Mapping[tuple[str, int], tuple[str, str]],
    taken: set[int | None],
) -> ActRow:
    # What came in with an import is told as the import.
    row, facts = next((one for one in own if one[0].action == IMPORT), own[0])
    title, borrower = told.get((row.kind, row.record_id), (str(facts.get("name", "")), ""))
    undone = all(line.id in taken for line, _facts in own)
    of = len(own) if len(own) > 1 else _many(facts)
    allowed = facts.get("override") or {}
    # Before a reason answered one refusal, it was kept without saying which.
    passed = tuple(allowed.items()) if isinstance(allowed, dict) else (("", str(allowed)),)
    return ActRow(act, row.at, row.desk, row.actor, row.action, title, borrower, of, undone, passed)


def passed_since(session: Session, begin: datetime, reason: str) -> int:
    """How often one refusal was passed for a reason from `begin` on, and not taken back."""
    undone = select(Journal.undoes_id).where(Journal.undoes_id.is_not(None))
    rows = session.execute(
        select(_TABLE.c.facts).where(
            _TABLE.c.at >= begin,
            _TABLE.c.facts.contains('"override":{', autoescape=True),
            _TABLE.c.id.not_in(undone),
        )
    ).scalars()
    return sum(reason in json.loads(facts)["override"] for facts in rows)


def _many(facts: Mapping[str, Any]) -> int:
    """On how many records one line tells of, 1 where it is about one."""
    added = facts.get("added")
    if isinstance(added, list):
        # A list of people: whom it enrolled, and whom it found and changed.
        return sum(len(facts.get(name, ())) for name in ("added", "renewed", "changed"))
    if added is not None:
        return int(added)
    listed = next((facts[name] for name in ("titles", "copies") if facts.get(name)), ())
    return len(listed) if isinstance(listed, list | dict) and listed else 1


def taken_back(session: Session, ids: list[int]) -> set[int | None]:
    found = select(Journal.undoes_id).where(among(Journal.undoes_id, "ids"))
    return set(session.execute(found, {"ids": ids}).scalars())


def _of_items(record: Any) -> Any:
    return (
        select(record.id, Biblio.title)
        .join(Item, Item.id == record.item_id)
        .join(Biblio, Biblio.id == Item.biblio_id)
    )


def _with_patron(asked: Any, record: Any) -> Any:
    return (
        asked.add_columns(Patron.name, Patron.number, PatronCategory.audience)
        .outerjoin(Patron, Patron.id == record.patron_id)
        .outerjoin(PatronCategory, PatronCategory.id == Patron.category_id)
    )


_ABOUT: dict[str, tuple[Any, Any]] = {
    "Loan": (Loan, _with_patron(_of_items(Loan), Loan)),
    "Charge": (Charge, _with_patron(_of_items(Charge), Charge)),
    "Hold": (
        Hold,
        _with_patron(select(Hold.id, Biblio.title).join(Biblio, Biblio.id == Hold.biblio_id), Hold),
    ),
    "InHouseUse": (InHouseUse, _of_items(InHouseUse)),
    "Item": (Item, select(Item.id, Biblio.title).join(Biblio, Biblio.id == Item.biblio_id)),
    "Biblio": (Biblio, select(Biblio.id, Biblio.title)),
    "Serial": (Biblio, select(Biblio.id, Biblio.title)),
    "Deposit": (Deposit, select(Deposit.id, Deposit.name)),
    "Patron": (
        Patron,
        select(Patron.id, literal(""), Patron.name, Patron.number, PatronCategory.audience)
        .select_from(Patron)
        .outerjoin(PatronCategory, PatronCategory.id == Patron.category_id),
    ),
}
"""By the kind of record, what tells its title, and its borrower where there is one."""


def subjects(session: Session, rows: Sequence[Any]) -> dict[tuple[str, int], tuple[str, str]]:
    """Title and borrower of every record some lines are about; one question a kind."""
    wanted: dict[str, set[int]] = {}
    for row in rows:
        if row.record_id is not None and row.kind in _ABOUT:
            wanted.setdefault(row.kind, set()).add(row.record_id)
    found: dict[tuple[str, int], tuple[str, str]] = {}
    for kind, ids in wanted.items():
        record, asked = _ABOUT[kind]
        for number, title, *who in session.execute(
            asked.where(among(record.id, "ids")), {"ids": sorted(ids)}
        ):
            found[kind, number] = (title or "", _shown(*who) if who else "")
    return found


def _shown(name: str | None, number: str | None, audience: str | None) -> str:
    return (number if audience in _CARED_FOR else name) or ""


def later(session: Session, line: Line, actions: Collection[str]) -> ActRow | None:
    """The newest act that stands on what a line did: on the same record, or on one that hangs on
    it. None where no act is to blame (a person is forgotten)."""
    places = [
        and_(_TABLE.c.kind == kind, _TABLE.c.record_id.in_(ids))
        for kind, ids in _hanging(line).items()
    ]
    undone = select(Journal.undoes_id).where(Journal.undoes_id.is_not(None))
    row = session.execute(
        select(_TABLE)
        .where(
            or_(*places),
            _TABLE.c.id > line.id,
            func.coalesce(_TABLE.c.act_id, _TABLE.c.id) != (line.act_id or line.id),
            _TABLE.c.action.in_(actions),
            _TABLE.c.id.not_in(undone),
        )
        .order_by(_TABLE.c.id.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    facts = json.loads(row.facts)
    return _act(row.id, [(row, facts)], subjects(session, [row]), set())


def _hanging(line: Line) -> dict[str, Any]:
    """By kind, the records that hang on the one a line is about: itself, the copies of a title,
    the loans of a copy or of a person, what is owed for them."""
    own: dict[str, Any] = {line.kind: [line.record_id]}
    if line.kind in ("Biblio", "Serial"):
        items = select(Item.id).where(Item.biblio_id == line.record_id)
        loans = select(Loan.id).where(Loan.item_id.in_(items))
        holds = select(Hold.id).where(Hold.biblio_id == line.record_id)
        return own | {"Item": items, "Loan": loans, "Hold": holds}
    if line.kind == "Item":
        return own | {"Loan": select(Loan.id).where(Loan.item_id == line.record_id)}
    if line.kind == "Patron":
        loans = select(Loan.id).where(Loan.patron_id == line.record_id)
        charges = select(Charge.id).where(Charge.patron_id == line.record_id)
        return own | {"Loan": loans, "Charge": charges}
    if line.kind == "Loan":
        item = select(Loan.item_id).where(Loan.id == line.record_id).scalar_subquery()
        loans = select(Loan.id).where(Loan.item_id == item)
        charges = select(Charge.id).where(Charge.loan_id == line.record_id)
        return {"Loan": loans, "Item": [item], "Charge": charges}
    return own

"""Undo: the inverse of an act, as a second journal line; nothing is erased."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from database import journal
from database.accounts import accounts
from database.catalogue import (
    covers,
    digital,
    heading_relations,
    heading_undo,
    many_titles,
    templates,
    title_undo,
)
from database.circulation import (
    clearance,
    desk_mending,
    discharge,
    holds,
    in_house,
    loan_undo,
    losses,
    money,
    quarantine,
    reminders,
    sanctions,
    visits,
)
from database.engine import pausing
from database.holdings import (
    deposit_copies,
    deposits,
    items,
    print_queue,
    serial_issues,
    serials,
    stocktake,
    weeding,
)
from database.imports import completing, deposit_lists
from database.imports import undo as import_undo
from database.journal import Inverses, Line
from database.library import Library
from database.moving import writing as moving
from database.patrons import consents, membership_undo, own_field_removal
from database.policy import (
    categories,
    holidays,
    label_sheets,
    loan_rule_list,
    own_fields,
    paper_words,
    quarantine_rules,
    settings,
    units,
)
from database.refusal import Reason, Refusal
from database.registers import evidence, outgoing, registers, work_timers
from database.reports import (
    acts,
    day_close,
    month_checks,
    period_marks,
    period_words,
    periods,
    questions,
)
from database.schema import Biblio, Charge, Deposit, Hold, InHouseUse, Item, Loan, Patron
from database.standards import assessing, sharing, standards
from database.text.dates import here
from database.wards import handouts, plans, rounds, wishes

T = TypeVar("T")
_MANY = 20


_BY_ITSELF = frozenset({"hold.expired"})
"""What follows from the clock, whoever's act came first after it: no part of that act."""


@dataclass(frozen=True, slots=True)
class Undone:
    """Which act was taken back, for the notice strip; `lines` are its lines, newest first."""

    action: str
    title: str
    lines: tuple[int, ...] = ()


def undo(session: Session, line_id: int, now: datetime) -> Undone:
    """Take back what one journal line tells.

    Raises Refusal NOTHING_TO_UNDO (no such line, or undone already) and CANNOT_UNDO (a later act
    stands on it: `by`, `at`, `actor`, where one is known).
    """
    line = journal.read(session, line_id)
    if line is None or line.action not in _INVERSES or journal.is_undone(session, line_id):
        raise Refusal(Reason.NOTHING_TO_UNDO)
    try:
        with _whole(session):
            _INVERSES[line.action](session, line, now)
    except Refusal as told:
        raise _blamed(session, line, told) from told
    title = title_of(session, line)
    journal.write(session, f"{line.action}.undone", line.kind, line.record_id, now, undoes=line.id)
    return Undone(line.action, title, (line.id,))


@contextmanager
def _whole(session: Session) -> Iterator[None]:
    """An inverse leaves nothing half done. Where the store itself forbids what was there before
    (a number is another's by now, a record is needed), a later act stands on it."""
    # A long act commits in pauses, which a savepoint would not outlive.
    held = nullcontext() if pausing.is_long(session) else session.begin_nested()
    try:
        with held:
            yield
    except IntegrityError as error:
        if not _is_later(error):
            raise
        raise Refusal(Reason.CANNOT_UNDO) from error


def _is_later(error: IntegrityError) -> bool:
    """Whether a number is taken or a record is referred to: nothing else is anybody's act."""
    state = getattr(error.orig, "sqlstate", None)
    if state is not None:
        return state in _TAKEN_OR_NEEDED
    return getattr(error.orig, "sqlite_errorname", "") in _TAKEN_OR_NEEDED


_TAKEN_OR_NEEDED = frozenset(
    {
        "23505",
        "23503",
        "SQLITE_CONSTRAINT_UNIQUE",
        "SQLITE_CONSTRAINT_PRIMARYKEY",
        "SQLITE_CONSTRAINT_FOREIGNKEY",
    }
)


def _blamed(session: Session, line: Line, told: Refusal) -> Refusal:
    if told.reason is not Reason.CANNOT_UNDO or told.facts:
        return told
    blame = acts.later(session, line, INVERTIBLE)
    if blame is None:
        return told
    at = here(blame.at)
    return Refusal(Reason.CANNOT_UNDO, act=blame.action, at=at, who=blame.actor or blame.desk)


def undo_act(session: Session, act: int, now: datetime) -> Undone:
    """Take back one whole change, all that can be, the last of it first; `act` is its first line.

    Raises Refusal NOTHING_TO_UNDO where nothing of it stands, CANNOT_UNDO.
    """
    lines = standing(session, act)
    if not lines:
        raise Refusal(Reason.NOTHING_TO_UNDO)
    done = [undo(session, line.id, now) for line in lines]
    return Undone(done[0].action, done[0].title, tuple(line.id for line in lines))


def standing(session: Session, act: int) -> list[Line]:
    """What of a change can be taken back, the newest line first."""
    return journal.of_act(session, act, INVERTIBLE - _BY_ITSELF)


def in_pieces(library: Library, act: Callable[[Session], T], now: datetime) -> T:
    """A long act beside the desks. Raises Cancelled once what it had done is taken back."""
    about: dict[str, Any] = {}
    try:
        with library.transaction(long=True) as session:
            about = session.info
            return act(session)
    except pausing.Cancelled:
        begun = about.get("act")
        with library.transaction(long=True) as session:
            if begun is not None and standing(session, begun):
                undo_act(session, begun, now)
        raise


def is_long(line: Line) -> bool:
    """Whether taking an act back may take longer than a moment."""
    if line.action == "deposit.filled":
        return deposit_lists.is_long(line)
    if line.action in ("batch.changed", "heading.renamed", "heading.merged"):
        return len(line.facts["titles"]) > _MANY
    return line.action == "import.done" and import_undo.is_long(line)


def _undo_each(session: Session, line: Line, now: datetime) -> None:
    """An act made of several: the last of them first."""
    for number in reversed(line.facts["lines"]):
        if journal.is_undone(session, number):
            raise Refusal(Reason.CANNOT_UNDO)
        undo(session, number, now)


def _undo_charged(session: Session, line: Line, now: datetime) -> None:
    losses.uncharge(session, line, now)
    _undo_each(session, line, now)


_EACH = (
    "discharge.done",
    "round.scanned",
    "reminder.letters",
    "reminder.mails",
    "visit.day_corrected",
    "loan.moved",
    "loan.given",
    "item.found_again",
    "suggestions.proposed",
)
"""Acts made of several."""
_MODULES = (
    accounts,
    assessing,
    categories,
    clearance,
    completing,
    consents,
    covers,
    day_close,
    deposit_copies,
    deposit_lists,
    deposits,
    desk_mending,
    digital,
    discharge,
    evidence,
    handouts,
    heading_relations,
    heading_undo,
    holds,
    holidays,
    import_undo,
    in_house,
    items,
    label_sheets,
    loan_rule_list,
    loan_undo,
    many_titles,
    membership_undo,
    money,
    month_checks,
    moving,
    outgoing,
    own_field_removal,
    own_fields,
    paper_words,
    period_marks,
    period_words,
    periods,
    plans,
    print_queue,
    quarantine,
    quarantine_rules,
    questions,
    registers,
    reminders,
    rounds,
    sanctions,
    serial_issues,
    serials,
    settings,
    sharing,
    standards,
    stocktake,
    templates,
    title_undo,
    units,
    visits,
    weeding,
    wishes,
    work_timers,
)
_INVERSES: Inverses = {
    **dict.fromkeys(_EACH, _undo_each),
    "item.damaged": _undo_charged,
    "loan.lost": _undo_charged,
    **{act: inverse for module in _MODULES for act, inverse in module.INVERSES.items()},
}
INVERTIBLE = frozenset(_INVERSES)
"""Every act that can be taken back."""
_NAMED = frozenset(
    {"Heading", "Batch", "Cover", "RecordTemplate", "Unit", "PatronCategory", "OwnField"}
)
_ITEM_OF: dict[str, Any] = {"Loan": Loan, "InHouseUse": InHouseUse, "Charge": Charge}


def title_of(session: Session, line: Line) -> str:
    """The title or heading an act was about, "" for acts without one."""
    wanted = select(Biblio.title)
    if line.kind in _ITEM_OF:
        event = _ITEM_OF[line.kind]
        wanted = (
            wanted.join(Item, Item.biblio_id == Biblio.id)
            .join(event, event.item_id == Item.id)
            .where(event.id == line.record_id)
        )
    elif line.kind == "Hold":
        wanted = wanted.join(Hold, Hold.biblio_id == Biblio.id).where(Hold.id == line.record_id)
    elif line.kind == "Item":
        wanted = wanted.join(Item, Item.biblio_id == Biblio.id).where(Item.id == line.record_id)
    elif line.kind == "Deposit":
        wanted = select(Deposit.name).where(Deposit.id == line.record_id)
    elif line.kind == "Patron":
        wanted = select(Patron.name).where(Patron.id == line.record_id)
    elif line.kind in ("Biblio", "Serial"):
        wanted = wanted.where(Biblio.id == line.record_id)
    elif line.kind in _NAMED:
        return str(line.facts.get("name", ""))
    else:
        return ""
    return session.execute(wanted).scalar() or ""

"""Undo: the inverse of an act, as a second journal line; nothing is erased."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from database import journal
from database.catalogue import covers, digital, heading_undo, many_titles, templates, titles
from database.circulation import (
    clearance,
    desk_mending,
    discharge,
    holds,
    losses,
    money,
    quarantine,
    reminders,
    returns,
    sanctions,
    visits,
)
from database.holdings import (
    deposits,
    hold_queue,
    item_changes,
    items,
    print_queue,
    serials,
    stocktake,
    weeding,
)
from database.imports import deposit_lists
from database.imports import undo as import_undo
from database.journal import Line
from database.patrons import consents, membership_undo
from database.policy import categories, holidays, label_sheets, loan_rule_list, paper_words, units
from database.refusal import Reason, Refusal
from database.registers import evidence, registers, work_timers
from database.reports import day_close, month_checks, period_words, periods, questions
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
    Renewal,
    Visit,
)
from database.standards import accreditation, standards
from database.wards import handouts, rounds, wards

_MANY = 20


@dataclass(frozen=True, slots=True)
class Undone:
    """Which act was taken back, for the notice strip."""

    action: str
    title: str


def undo(session: Session, line_id: int, now: datetime) -> Undone:
    """Take back the act of one journal line.

    Raises Refusal NOTHING_TO_UNDO (no such line, or undone already) and CANNOT_UNDO
    (a later act stands on it).
    """
    line = journal.read(session, line_id)
    if line is None or line.action not in _INVERSES or journal.is_undone(session, line_id):
        raise Refusal(Reason.NOTHING_TO_UNDO)
    _INVERSES[line.action](session, line, now)
    title = title_of(session, line)
    journal.write(session, f"{line.action}.undone", line.kind, line.record_id, now, undoes=line.id)
    return Undone(line.action, title)


def undo_last(session: Session, now: datetime, kinds: frozenset[str] = frozenset()) -> Undone:
    """Take back the newest act of today, or of today on records of `kinds`.

    Raises Refusal NOTHING_TO_UNDO, CANNOT_UNDO.
    """
    line = next_one(session, now, kinds)
    if line is None:
        raise Refusal(Reason.NOTHING_TO_UNDO)
    return undo(session, line.id, now)


def next_one(
    session: Session, now: datetime, kinds: frozenset[str], line_id: int | None = None
) -> Line | None:
    """The act that `undo_last` (or `undo` of a line) would take back."""
    if line_id is not None:
        return journal.read(session, line_id)
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return journal.latest(session, midnight, frozenset(_INVERSES), kinds)


def is_long(line: Line) -> bool:
    """Whether taking an act back may take longer than a moment."""
    if line.action == "deposit.filled":
        return deposit_lists.is_long(line)
    if line.action == "batch.changed":
        return len(line.facts["titles"]) > _MANY
    return line.action == "import.done" and import_undo.is_long(line)


def _cancel_loan(session: Session, line: Line, now: datetime) -> None:
    done = session.execute(
        update(Loan)
        .where(Loan.id == line.record_id, Loan.returned_at.is_(None), Loan.cancelled_at.is_(None))
        .values(cancelled_at=now)
        .returning(Loan.item_id)
    ).first()
    if done is None:
        raise Refusal(Reason.CANNOT_UNDO)
    if "rested" in line.facts:
        status, until = line.facts["rested"]
        values = {"status": status, "status_until": _moment(until)}
        session.execute(update(Item).where(Item.id == done.item_id).values(**values))
    hold_queue.unfill(session, line.facts)


def _reopen_loan(session: Session, line: Line, now: datetime) -> None:
    sanctions.take_back(session, line, now)
    try:
        done = session.execute(
            update(Loan)
            .where(
                Loan.id == line.record_id,
                Loan.returned_at.is_not(None),
                # Whoever had it may have been forgotten at once; nobody would have it again.
                Loan.patron_id.is_not(None),
            )
            .values(returned_at=None, returned_on=None, outcome="")
            .returning(Loan.item_id)
        ).first()
    except IntegrityError as error:
        # The copy has been lent again since.
        raise Refusal(Reason.CANNOT_UNDO) from error
    if done is None:
        raise Refusal(Reason.CANNOT_UNDO)
    returns.take_back(session, line, done.item_id)


def _undo_each(session: Session, line: Line, now: datetime) -> None:
    """An act made of several: the last of them first."""
    for number in reversed(line.facts["lines"]):
        if journal.is_undone(session, number):
            raise Refusal(Reason.CANNOT_UNDO)
        undo(session, number, now)


def _undo_damaged(session: Session, line: Line, now: datetime) -> None:
    losses.uncharge(session, line, now)
    _undo_each(session, line, now)


def _unrenew(session: Session, line: Line, now: datetime) -> None:
    renewal_id = line.facts["renewal_id"]
    later = session.execute(
        select(Renewal.id).where(
            Renewal.loan_id == line.record_id, Renewal.id > renewal_id,
            Renewal.cancelled_at.is_(None),
        )
    ).first()  # fmt: skip
    done = (
        later is None
        and session.execute(
            update(Loan)
            .where(
                Loan.id == line.record_id, Loan.returned_at.is_(None), Loan.cancelled_at.is_(None)
            )
            .values(
                due_on=date.fromisoformat(line.facts["due_before"]),
                due_at=_moment(line.facts.get("hour_before")),
                renewals=Loan.renewals - 1,
            )
            .returning(Loan.id)
        ).first()
    )
    if not done:
        raise Refusal(Reason.CANNOT_UNDO)
    session.execute(update(Renewal).where(Renewal.id == renewal_id).values(cancelled_at=now))


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _cancel_use(session: Session, line: Line, now: datetime) -> None:
    session.execute(
        update(InHouseUse).where(InHouseUse.id == line.record_id).values(cancelled_at=now)
    )


def _cancel_visit(session: Session, line: Line, now: datetime) -> None:
    session.execute(update(Visit).where(Visit.id == line.record_id).values(cancelled_at=now))


def _cancel_item(session: Session, line: Line, now: datetime) -> None:
    assert line.record_id is not None
    ever_lent = session.execute(
        select(Loan.id).where(Loan.item_id == line.record_id, Loan.cancelled_at.is_(None))
    ).first()
    if ever_lent:
        raise Refusal(Reason.CANNOT_UNDO)
    items.cancel_item(session, line.record_id, now)


def _cancel_biblio(session: Session, line: Line, now: datetime) -> None:
    assert line.record_id is not None
    titles.cancel_biblio(session, line.record_id, now)


def _revert_biblio(session: Session, line: Line, now: datetime) -> None:
    assert line.record_id is not None
    later = session.execute(
        select(Journal.id).where(
            Journal.kind == "Biblio", Journal.record_id == line.record_id, Journal.id > line.id
        )
    ).first()
    if later or heading_undo.touched_since(session, line.record_id, line.id):
        raise Refusal(Reason.CANNOT_UNDO)
    titles.restore_biblio(
        session, line.record_id, line.facts["before"], line.facts["call_number_before"]
    )


_CHANGES = (
    "item.saved", "item.moved", "item.repair", "item.back", "item.missing", "item.found",
    "item.lost", "item.withdrawn", "item.given_back", "item.given",
)  # fmt: skip
_INVERSES: dict[str, Callable[[Session, Line, datetime], None]] = {
    "loan.checked_out": _cancel_loan,
    "loan.returned": _reopen_loan,
    "loan.renewed": _unrenew,
    "loan.closed": _reopen_loan,
    "loan.lengthened": discharge.unlengthen,
    "patron.ended": discharge.stay,
    "discharge.done": _undo_each,
    "round.scanned": _undo_each,
    "reminder.letters": _undo_each,
    "visit.day_corrected": _undo_each,
    "loan.moved": _undo_each,
    "loan.lost": _undo_each,
    "loan.given": _undo_each,
    "item.found_again": _undo_each,
    "item.damaged": _undo_damaged,
    "loan.struck": desk_mending.unstrike,
    "item.used": _cancel_use,
    "visit.counted": _cancel_visit,
    "item.added": _cancel_item,
    "item.cancelled": item_changes.stand_again,
    **dict.fromkeys(_CHANGES, item_changes.take_back),
    "biblio.added": _cancel_biblio,
    "biblio.saved": _revert_biblio,
    "import.done": import_undo.take_back,
    "digital.attached": digital.unattach,
    "digital.removed": digital.unremove,
    "stocktake.scanned": stocktake.unscan,
    "stocktake.closed": stocktake.reopen,
    "weeding.decided": weeding.undecide,
    "weeding.closed": weeding.reopen,
    **membership_undo.INVERSES,
    **categories.INVERSES,
    **units.INVERSES,
    **heading_undo.INVERSES,
    "deposit.received": deposits.take_back_receipt,
    "deposit.saved": deposits.take_back_saving,
    "deposit.filled": deposit_lists.take_back,
    "deposit.finished": deposits.take_back_finish,
    "serial.saved": serials.take_back_saving,
    "serial.expected": serials.take_back_expected,
    "serial.received": serials.take_back_receipt,
    "serial.claimed": serials.take_back_claim,
    "serial.copied": serials.take_back_copy,
    **many_titles.INVERSES,
    **clearance.INVERSES,
    **money.INVERSES,
    **sanctions.INVERSES,
    **day_close.INVERSES,
    **loan_rule_list.INVERSES,
    **consents.INVERSES,
    **covers.INVERSES,
    **templates.INVERSES,
    **rounds.INVERSES,
    **handouts.INVERSES,
    **label_sheets.INVERSES,
    **paper_words.INVERSES,
    **print_queue.INVERSES,
    **periods.INVERSES,
    **period_words.INVERSES,
    **accreditation.INVERSES,
    **evidence.INVERSES,
    **work_timers.INVERSES,
    **questions.INVERSES,
    **month_checks.INVERSES,
    **registers.INVERSES,
    **standards.INVERSES,
    **wards.INVERSES,
    **holds.INVERSES,
    **quarantine.INVERSES,
    **reminders.INVERSES,
    **holidays.INVERSES,
    **visits.INVERSES,
}
INVERTIBLE = frozenset(_INVERSES)
"""Every act that can be taken back."""
_NAMED = frozenset({"Heading", "Batch", "Cover", "RecordTemplate", "Unit", "PatronCategory"})
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

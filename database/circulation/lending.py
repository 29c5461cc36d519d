"""The desk's verbs: check out, check in, renew.

Each is one short transaction. `now` is the library's local time with its zone: its
date is today. The database itself allows one open loan an item; the checks here only
make a good sentence out of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from database import journal
from database.circulation import may_lend, quarantine, returns, sanctions
from database.circulation.identify import ItemAtDesk, find_patron, item_scanned
from database.holdings import hold_claims
from database.patrons import finding
from database.patrons.finding import PatronRow
from database.policy import loan_rules
from database.policy.loan_rules import Due, Rule
from database.refusal import NOTHING, Allowed, Reason, Refusal
from database.schema import Loan, PatronKind, Renewal

EARLIEST_CLOCK = date(2024, 1, 1)
"""A PC whose clock says less has lost its time (an empty battery), and lends nothing."""


@dataclass(frozen=True, slots=True)
class Done:
    """What happened, for the notice strip; `line` is the journal line to undo. A copy that came
    back may rest `until` a moment, or lie ready for `hold` (a name, of patients the number)."""

    act: str
    line: int
    title: str
    barcode: str
    patron: str = ""
    audience: str = ""
    due_on: date | None = None
    late_days: int = 0
    by_calendar: bool = False
    notes: tuple[str, ...] = ()
    loan_id: int = 0
    shelf: str = ""
    due_at: datetime | None = None
    rule: str = ""
    until: datetime | None = None
    hold: str = ""
    hold_id: int = 0
    charge: int = 0
    suspended_until: date | None = None


_LEND = insert(Loan).returning(Loan.id)


def check_out(
    session: Session,
    patron_number: str,
    barcode: str,
    now: datetime,
    allowed: Allowed = NOTHING,
) -> Done:
    """Lend a copy. What is `allowed` passes the overridable refusal it names; all are journalled.

    Raises Refusal UNKNOWN_PATRON, UNKNOWN_ITEM, CLOCK_WRONG and every lending reason.
    """
    if now.date() < EARLIEST_CLOCK:
        raise Refusal(Reason.CLOCK_WRONG, day=now.date())
    patron = find_patron(session, patron_number)
    if patron is None:
        raise Refusal(Reason.UNKNOWN_PATRON, code=patron_number.strip()[:60])
    item = item_scanned(session, barcode)
    _not_earlier(session, item, now, allowed)
    may_lend.item_may_go(item, patron, now, allowed)
    if Reason.ON_HOLD not in allowed:
        hold_claims.must_be_free(
            session, item.id, item.biblio_id, patron.id, now, title=item.title, barcode=item.barcode
        )
    rules = loan_rules.rules_for(session, patron.category, item.item_type)
    told = may_lend.patron_may_take(session, patron, item, rules, now, allowed)
    rule = rules[0] if rules[0].lendable else _usual_rule(session, patron)
    place_id = patron.id if patron.kind == PatronKind.PLACE else None
    due = loan_rules.due(session, rule, now, _card_end(patron, now.date()), place_id)
    loan_id = _lend(session, item, patron, now, due)
    line = _tell_lent(session, item, patron.id, loan_id, now, allowed)
    return replace(
        _done("lent", line, item),
        patron=patron.name,
        audience=patron.audience,
        due_on=due.on,
        notes=due.notes + told,
        loan_id=loan_id,
        due_at=due.at,
        rule=rule.name,
    )


def _tell_lent(
    session: Session,
    item: ItemAtDesk,
    patron_id: int,
    loan_id: int,
    now: datetime,
    allowed: Allowed,
) -> int:
    """What a loan ends: the borrower's hold, the copy's rest. Returns the journal line."""
    facts = hold_claims.fill(session, item.id, item.biblio_id, patron_id, now)
    facts |= quarantine.leave(session, item.id, item.item_type, item.status, item.status_until)
    facts |= why(allowed)
    return journal.write(
        session, "loan.checked_out", "Loan", loan_id, now, barcode=item.barcode, **facts
    )


def _card_end(patron: PatronRow, today: date) -> date | None:
    """An expired card that was let through by a reason no longer cuts the due date."""
    return patron.valid_until if patron.valid_until and patron.valid_until >= today else None


def _usual_rule(session: Session, patron: PatronRow) -> Rule:
    """For a copy that leaves the house by exception: what its borrower has for books."""
    rule = loan_rules.rule_for(session, patron.category, "book")
    if rule is None:
        raise Refusal(Reason.NO_RULE, patron=patron.name, category=patron.category_name)
    return rule


def _lend(session: Session, item: ItemAtDesk, patron: PatronRow, now: datetime, due: Due) -> int:
    values = {
        "item_id": item.id,
        "patron_id": patron.id,
        "lent_at": now,
        "lent_on": now.date(),
        "due_on": due.on,
        "due_at": due.at,
        "renewals": 0,
        "category": patron.category,
        "unit": patron.unit,
        "item_type": item.item_type,
        "class_group": item.class_group,
    }
    loan_id: int = session.execute(_LEND, values).scalar_one()
    return loan_id


def check_in(session: Session, barcode: str, now: datetime, allowed: Allowed = NOTHING) -> Done:
    """Take a copy back; BEFORE_LAST_ACT may be `allowed`.

    Raises Refusal UNKNOWN_ITEM, NOT_ON_LOAN, BEFORE_LAST_ACT.
    """
    item = item_scanned(session, barcode)
    if item.loan_id is None or item.due_on is None:
        raise _not_on_loan(item)
    _not_earlier(session, item, now, allowed)
    session.execute(
        update(Loan).where(Loan.id == item.loan_id).values(returned_at=now, returned_on=now.date())
    )
    after = returns.settle(session, item.id, item.item_type, item.loan_id, item.audience, now)
    imposed = sanctions.impose(session, sanctions.ended(session, item.loan_id), now)
    line = journal.write(
        session,
        "loan.returned",
        "Loan",
        item.loan_id,
        now,
        barcode=item.barcode,
        **after.facts,
        **imposed.facts,
        **why(allowed),
    )
    return replace(
        _done("returned", line, item),
        late_days=imposed.late_days,
        by_calendar=imposed.by_calendar,
        charge=imposed.charge,
        suspended_until=imposed.suspended_until,
        notes=after.notes,
        shelf=item.call_number,
        until=after.until,
        hold=after.hold,
        hold_id=after.hold_id,
    )


def _not_on_loan(item: ItemAtDesk) -> Refusal:
    return Refusal(
        Reason.NOT_ON_LOAN,
        title=item.title,
        barcode=item.barcode,
        status=item.status,
        shelf=item.call_number,
    )


def _done(act: str, line: int, item: ItemAtDesk) -> Done:
    """What happened to a copy, with whoever has it or had it."""
    return Done(
        act=act,
        line=line,
        title=item.title,
        barcode=item.barcode,
        patron=item.patron_name or "",
        audience=item.audience or "",
        due_on=item.due_on,
        loan_id=item.loan_id or 0,
    )


def renew(session: Session, barcode: str, now: datetime, allowed: Allowed = NOTHING) -> Done:
    """Make a loan longer, counted from today. What is `allowed` passes the overridable refusal it
    names; all are journalled. Of one that is overdue the fine so far is booked first.

    Raises Refusal UNKNOWN_ITEM, NOT_ON_LOAN, NOT_RENEWABLE, OVERDUE, HELD_BY_OTHERS, NOT_LONGER,
    BEFORE_LAST_ACT and those of who may not borrow.
    """
    item = item_scanned(session, barcode)
    if item.loan_id is None or item.due_on is None or item.category is None:
        raise _not_on_loan(item)
    _not_earlier(session, item, now, allowed)
    rule = loan_rules.rule_for(session, item.category, item.item_type)
    most = rule.renewals if rule else 0
    spent = (item.renewals or 0) >= most and Reason.NOT_RENEWABLE not in allowed
    if rule is None or spent:
        raise Refusal(
            Reason.NOT_RENEWABLE, overridable=rule is not None, title=item.title, renewals=most
        )
    late = loan_rules.late_days(session, item.due_on, now.date(), item.due_at, now)
    if late and Reason.OVERDUE not in allowed:
        raise Refusal(Reason.OVERDUE, overridable=True, title=item.title, due_on=item.due_on)
    hold_claims.must_not_block(session, item.id, item.biblio_id, item.title)
    holder = finding.one(session, item.patron_id) if item.patron_id else None
    may_lend.patron_may_keep(holder, now.date(), allowed)
    due = _longer(session, item, rule, holder, now)
    imposed = sanctions.impose(session, sanctions.ended(session, item.loan_id), now)
    return _renewed(session, item, rule, due, now, imposed, allowed)


def _longer(
    session: Session, item: ItemAtDesk, rule: Rule, holder: PatronRow | None, now: datetime
) -> Due:
    """When a renewed loan is due. Raises Refusal NOT_LONGER."""
    assert item.due_on is not None
    place_id = holder.id if holder and holder.kind == PatronKind.PLACE else None
    until = _card_end(holder, now.date()) if holder else None
    due = loan_rules.due(session, rule, now, until, place_id, renewal=True)
    if (due.on, due.at or now) <= (item.due_on, item.due_at or now):
        raise Refusal(Reason.NOT_LONGER, title=item.title, due_on=item.due_on)
    return due


def why(allowed: Allowed) -> dict[str, Any]:
    """What the journal keeps: each refusal that was passed, and why."""
    return {"override": {str(reason): why for reason, why in allowed.items()}} if allowed else {}


def _not_earlier(session: Session, item: ItemAtDesk, now: datetime, allowed: Allowed) -> None:
    """By a reason it may be: the clock of a day gone by was wrong."""
    if Reason.BEFORE_LAST_ACT in allowed:
        return
    may_lend.not_earlier(
        session,
        item.id,
        now,
        may_lend.CLOCKS_DIFFER,
        overridable=True,
        title=item.title,
        barcode=item.barcode,
    )


def _lengthen(session: Session, item: ItemAtDesk, due: Due, now: datetime) -> int:
    """Write the renewal, and the loan's new due day; the renewal's id."""
    renewal_id: int = session.execute(
        insert(Renewal)
        .values(
            loan_id=item.loan_id,
            renewed_at=now,
            renewed_on=now.date(),
            due_before=item.due_on,
            due_after=due.on,
            category=item.category,
        )
        .returning(Renewal.id)
    ).scalar_one()
    session.execute(
        update(Loan)
        .where(Loan.id == item.loan_id)
        .values(due_on=due.on, due_at=due.at, renewals=Loan.renewals + 1)
    )
    return renewal_id


def _renewed(
    session: Session,
    item: ItemAtDesk,
    rule: Rule,
    due: Due,
    now: datetime,
    imposed: sanctions.Imposed,
    allowed: Allowed,
) -> Done:
    renewal_id = _lengthen(session, item, due, now)
    line = journal.write(
        session,
        "loan.renewed",
        "Loan",
        item.loan_id,
        now,
        renewal_id=renewal_id,
        due_before=str(item.due_on),
        hour_before=item.due_at and item.due_at.isoformat(),
        **imposed.facts,
        **why(allowed),
    )
    return replace(
        _done("renewed", line, item),
        late_days=imposed.late_days,
        charge=imposed.charge,
        suspended_until=imposed.suspended_until,
        due_on=due.on,
        notes=due.notes,
        due_at=due.at,
        rule=rule.name,
    )

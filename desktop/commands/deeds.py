"""The acts of the desk as a line of text gives them: what each must be given, and what it does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from database.circulation import (
    hold_lists,
    holds,
    identify,
    in_house,
    lending,
    losses,
    money,
    visits,
)
from database.circulation.lending import Done
from database.library import Session
from database.patrons.finding import PatronRow
from database.refusal import NOTHING, Allowed, Reason, Refusal


def _checkout(
    session: Session, given: Mapping[str, str], at: datetime, allowed: Allowed = NOTHING
) -> Done:
    return lending.check_out(session, given["patron"], given["item"], at, allowed)


def _return(
    session: Session, given: Mapping[str, str], at: datetime, allowed: Allowed = NOTHING
) -> Done:
    return losses.take_in(session, given["item"], at, allowed)


def _renew(
    session: Session, given: Mapping[str, str], at: datetime, allowed: Allowed = NOTHING
) -> Done:
    return lending.renew(session, given["item"], at, allowed)


def _hold(session: Session, given: Mapping[str, str], at: datetime) -> Done:
    wanted = hold_lists.find_title(session, given["title"])
    placed = holds.place(session, given["patron"], wanted, at)
    return Done(
        "held", placed.line, placed.title, "", placed.patron, notes=(f"queue:{placed.queue}",)
    )


def _cancel(session: Session, given: Mapping[str, str], at: datetime) -> Done:
    wanted = hold_lists.find_title(session, given["title"])
    patron = _patron(session, given["patron"])
    for row in hold_lists.of_title(session, wanted):
        if row.patron_id == patron.id:
            line = holds.cancel(session, row.id, at)
            return Done("cancelled", line, row.title, "", patron.name)
    raise Refusal(Reason.RECORD_GONE)


def _lost(session: Session, given: Mapping[str, str], at: datetime) -> Done:
    amount = given.get("amount")
    usual = losses.usual_charge(session, given["item"]) if amount is None else _amount(amount)
    return losses.write_off(session, given["item"], usual, at)


def _pay(session: Session, given: Mapping[str, str], at: datetime) -> Done:
    return _settled(session, given, at, money.pay)


def _waive(session: Session, given: Mapping[str, str], at: datetime) -> Done:
    reason = given.get("reason", "")
    return _settled(session, given, at, lambda s, ids, n, now: money.waive(s, ids, n, reason, now))


def _settled(session: Session, given: Mapping[str, str], at: datetime, how: Any) -> Done:
    """What a patron owes, or the `amount` of it, the oldest first."""
    patron = _patron(session, given["patron"])
    ids = [row.id for row in money.charges(session, patron.id)]
    amount = given.get("amount")
    wanted = money.owed(session, patron.id) if amount is None else _amount(amount)
    if not wanted and amount is None:
        raise Refusal(Reason.NOTHING_OWED)
    done = how(session, ids, wanted, at)
    return Done("settled", done.line, "", "", patron.name, notes=(f"left:{done.left}",))


def _visit(session: Session, given: Mapping[str, str], at: datetime) -> Done:
    people = _amount(given.get("people", "1"))
    return Done(
        "counted", visits.count_visit(session, given["category"], at, people=people), "", ""
    )


def _used(session: Session, given: Mapping[str, str], at: datetime) -> Done:
    return in_house.use_in_house(session, given["item"], at)


def _patron(session: Session, number: str) -> PatronRow:
    patron = identify.find_patron(session, number)
    if patron is None:
        raise Refusal(Reason.UNKNOWN_PATRON, code=number.strip()[:60])
    return patron


def _amount(text: str) -> int:
    try:
        return int(text)
    except ValueError as error:
        raise Refusal(Reason.VALUE_INVALID, field="amount") from error


_Deeds = dict[str, tuple[Callable[..., Done], tuple[str, ...]]]
VERBS: _Deeds = {
    "checkout": (_checkout, ("patron", "item")),
    "return": (_return, ("item",)),
    "renew": (_renew, ("item",)),
    "hold": (_hold, ("patron", "title")),
}
"""What each act does and must be given. What may be allowed for a reason takes a fourth argument,
and only that is ever refused so that it could be."""
REPLAYED: _Deeds = {
    **VERBS,
    "cancel": (_cancel, ("patron", "title")),
    "lost": (_lost, ("item",)),
    "found": (_return, ("item",)),
    "pay": (_pay, ("patron",)),
    "waive": (_waive, ("patron", "reason")),
    "visit": (_visit, ("category",)),
    "use": (_used, ("item",)),
}
"""What a line of a day that is replayed may do."""

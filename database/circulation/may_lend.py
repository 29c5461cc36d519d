"""Whether a copy may go to a patron now, and a loan be made longer: what is looked at first is
the copy, then whoever wants it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import Session

from database.circulation import money
from database.circulation.identify import ItemAtDesk
from database.patrons.finding import PatronRow
from database.policy import settings
from database.policy.loan_rules import Rule
from database.refusal import Allowed, Reason, Refusal
from database.schema import ItemStatus, Loan, PatronKind

CLOCKS_DIFFER = timedelta(minutes=5)
"""So far the clocks of two desks may be apart."""
_STANDS = Loan.cancelled_at.is_(None)
_OUT = Loan.returned_at.is_(None) & _STANDS
_HELD = select(func.count()).where(
    Loan.patron_id == bindparam("patron"), Loan.item_type == bindparam("type"), _OUT
)
_LATE = select(func.count()).where(
    Loan.patron_id == bindparam("patron"),
    _OUT,
    or_(Loan.due_on < bindparam("today"), Loan.due_at < bindparam("now")),
)
_LAST = select(func.max(Loan.lent_at), func.max(Loan.returned_at)).where(
    Loan.item_id == bindparam("item"), _STANDS
)


def item_may_go(item: ItemAtDesk, patron: PatronRow, now: datetime, allowed: Allowed) -> None:
    """Raises the Refusal that keeps a copy in the house."""
    about: dict[str, Any] = {"title": item.title, "barcode": item.barcode}
    if item.loan_id is not None:
        if item.patron_id == patron.id:
            raise Refusal(Reason.ALREADY_YOURS, due_on=item.due_on, **about)
        raise Refusal(
            Reason.ALREADY_ON_LOAN,
            patron=item.patron_name,
            audience=item.audience,
            due_on=item.due_on,
            **about,
        )
    status = ItemStatus(item.status)
    until = item.status_until
    rests = status is ItemStatus.QUARANTINE and (until is None or until > now)
    if rests and (until is None or Reason.IN_QUARANTINE not in allowed):
        raise Refusal(Reason.IN_QUARANTINE, overridable=until is not None, until=until, **about)
    if status is ItemStatus.REFERENCE and Reason.REFERENCE_ONLY not in allowed:
        raise Refusal(Reason.REFERENCE_ONLY, overridable=True, **about)
    if status not in {ItemStatus.IN_SERVICE, ItemStatus.REFERENCE, ItemStatus.QUARANTINE}:
        raise Refusal(Reason.NOT_IN_SERVICE, status=status, **about)


def not_earlier(
    session: Session,
    item_id: int,
    at: datetime,
    slack: timedelta = timedelta(),
    *,
    overridable: bool = False,
    **about: Any,
) -> None:
    """Raises Refusal BEFORE_LAST_ACT where something happened to a copy later than `at`.

    `slack` is how far the clocks of two desks may differ.
    """
    last = session.execute(_LAST, {"item": item_id}).one()
    latest = max((moment for moment in last if moment is not None), default=None)
    if latest is not None and latest - slack > at:
        when = latest.astimezone(at.tzinfo)
        raise Refusal(Reason.BEFORE_LAST_ACT, overridable=overridable, at=when, **about)


def patron_may_take(
    session: Session,
    patron: PatronRow,
    item: ItemAtDesk,
    rules: Sequence[Rule],
    now: datetime,
    allowed: Allowed,
) -> tuple[str, ...]:
    """Raises the Refusal that keeps a patron from a copy; what is only to be told else:
    "has_overdue"."""
    today = now.date()
    who: dict[str, Any] = {"patron": patron.name, "category": patron.category_name}
    _is_member(patron, today, who)
    if not rules:
        raise Refusal(Reason.NO_RULE, **who)
    _in_good_standing(patron, today, who, allowed)
    if not rules[0].lendable and Reason.REFERENCE_ONLY not in allowed:
        raise Refusal(
            Reason.REFERENCE_ONLY, overridable=True, title=item.title, barcode=item.barcode
        )
    late = _owes_nothing(session, patron, now, who, allowed)
    _within_limits(session, patron, rules, who, allowed)
    return ("has_overdue",) if late else ()


def patron_may_keep(patron: PatronRow | None, today: date, allowed: Allowed) -> None:
    """A renewal. Raises Refusal MEMBERSHIP_ENDED, and unless allowed PATRON_BLOCKED,
    PATRON_SUSPENDED, MEMBERSHIP_EXPIRED."""
    if patron is None:
        return
    who = {"patron": patron.name, "category": patron.category_name}
    _is_member(patron, today, who)
    _in_good_standing(patron, today, who, allowed)


def _is_member(patron: PatronRow, today: date, who: dict[str, Any]) -> None:
    if patron.ended_on and patron.ended_on <= today:
        raise Refusal(Reason.MEMBERSHIP_ENDED, ended_on=patron.ended_on, **who)


def _in_good_standing(
    patron: PatronRow, today: date, who: dict[str, Any], allowed: Allowed
) -> None:
    if patron.is_blocked(today) and Reason.PATRON_BLOCKED not in allowed:
        block = {"why": patron.blocked_reason, "until": patron.blocked_until}
        raise Refusal(Reason.PATRON_BLOCKED, overridable=True, **block, **who)
    if patron.is_suspended(today) and Reason.PATRON_SUSPENDED not in allowed:
        raise Refusal(
            Reason.PATRON_SUSPENDED, overridable=True, until=patron.suspended_until, **who
        )
    expired = patron.valid_until and patron.valid_until < today
    if expired and Reason.MEMBERSHIP_EXPIRED not in allowed:
        raise Refusal(
            Reason.MEMBERSHIP_EXPIRED, overridable=True, valid_until=patron.valid_until, **who
        )


def _owes_nothing(
    session: Session, patron: PatronRow, now: datetime, who: dict[str, Any], allowed: Allowed
) -> bool:
    """Whether something is overdue, where the library lends all the same.

    Wards are never refused for it: the trolley fetches what is late.
    """
    if patron.kind != PatronKind.PERSON:
        return False
    late = 0
    if patron.open_loans:
        asked = {"patron": patron.id, "today": now.date(), "now": now}
        late = session.execute(_LATE, asked).scalar_one()
        blocks = late > 0 and Reason.HAS_OVERDUE not in allowed
        if blocks and settings.get(session, settings.LATE_BLOCKS):
            raise Refusal(Reason.HAS_OVERDUE, overridable=True, count=late, **who)
    most = settings.get(session, settings.DEBT_BLOCKS)
    owed = money.owed(session, patron.id) if most else 0
    if owed > most and Reason.OWES_TOO_MUCH not in allowed:
        raise Refusal(Reason.OWES_TOO_MUCH, overridable=True, amount=owed, **who)
    return bool(late)


def _within_limits(
    session: Session,
    patron: PatronRow,
    rules: Sequence[Rule],
    who: dict[str, Any],
    allowed: Allowed,
) -> None:
    """The limit of the rule that applies, and the one of all copies together. A rule that lends
    nothing has no limit of its own to pass."""
    applies = rules[0]
    if applies.item_type and applies.lendable and Reason.LIMIT_OF_TYPE not in allowed:
        held = session.execute(_HELD, {"patron": patron.id, "type": applies.item_type}).scalar_one()
        if held >= applies.loan_limit:
            raise Refusal(
                Reason.LIMIT_OF_TYPE,
                overridable=True,
                limit=applies.loan_limit,
                item_type=applies.item_type,
                **who,
            )
    general = next((rule for rule in rules if not rule.item_type), None)
    reached = general is not None and patron.open_loans >= general.loan_limit
    if general is not None and reached and Reason.LIMIT_REACHED not in allowed:
        raise Refusal(Reason.LIMIT_REACHED, overridable=True, limit=general.loan_limit, **who)

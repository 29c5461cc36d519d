"""Forgetting: how the link between loans and persons is cut, and how persons are forgotten.

A loan keeps the day, the kind, the ward and the class, and that somebody borrowed in a month is
written down apart, so every figure of every month stays what it was. Visits hold no names from the
start. What is to be forgotten when stands in `retention`.

- A loan of a bed passes to the bed's ward; loans of wards name nobody and stay.
- Of a person forgotten, kind, sex and the days of the membership stay, without a name, for they
  are counted.
- A charge keeps its sum for the books.

Backups made earlier still hold what is forgotten here until newer ones replace them
(`storage.keeping.held_until`); so does whatever was printed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, aliased

from database import journal
from database.circulation import money
from database.engine.among import among
from database.library import Library
from database.patrons import before, finding
from database.policy import settings
from database.privacy import forgetting_parts, forgetting_steps
from database.privacy.forgetting_steps import BATCH
from database.privacy.retention import Rule, due, loans_due, persons_due, rules
from database.refusal import Reason, Refusal
from database.schema import (
    CardSeen,
    Charge,
    Clearance,
    Consent,
    Hold,
    Loan,
    Mail,
    OutgoingLetter,
    Patron,
    PatronBefore,
    PatronCode,
    PatronKind,
    PatronPhoto,
    PrintJob,
    PrivacyRequest,
    Reminder,
)

DELETED = (PatronBefore, PatronCode, PatronPhoto, Consent, CardSeen, PrintJob, Mail)
UNTIED = (PrivacyRequest, Clearance, Charge, Hold, Reminder, OutgoingLetter)
"""What goes with a person, and what stays without telling whose it was."""
_OF_A_WARD = ("patient", "family")
_ACTION = "privacy.forgotten"
_BEFORE_ALL = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class Forgotten:
    """How many loans lost their link and how many persons were forgotten, by kind.

    `backup` is the copy made before; `ids` are the persons forgotten, for what is kept about them
    outside the library."""

    loans: Counter[str] = field(default_factory=Counter)
    persons: Counter[str] = field(default_factory=Counter)
    wishes: int = 0
    ids: list[int] = field(default_factory=list)
    backup: str = ""

    def facts(self) -> dict[str, Any]:
        """The counts as the journal keeps them."""
        told = {"loans": dict(self.loans), "persons": dict(self.persons), "wishes": self.wishes}
        return {**told, "backup": self.backup} if self.backup else told

    def total(self) -> int:
        """Of all together."""
        return self.loans.total() + self.persons.total() + self.wishes

    def __bool__(self) -> bool:
        return bool(self.total())


def _quiet(done: int, total: int) -> None:
    pass


def run(
    library: Library,
    on: date,
    now: datetime,
    report: Callable[[int, int], object] = _quiet,
    cancelled: Callable[[], bool] = lambda: False,
    backup: str = "",
) -> Forgotten:
    """Forget what is due by `on`, in batches so that the desk never waits; one journal line, which
    names the `backup` made before.

    `report(done, total)` is told after each batch; asked to stop, it stops between two. What
    was forgotten stays so: this is not undone. Nobody hears of each batch, all of the whole.
    """
    done = Forgotten(backup=backup)
    with library.transaction() as session:
        forgetting_steps.drop_befores(session, on)
    with library.reading() as session:
        known, total = rules(session), due(session, on)
    line: int | None = None
    for step in _steps(known):
        while not cancelled():
            with library.transaction() as session:
                more = step(session, on, now, done)
                if more:
                    line = _tell(session, line, on, now, done)
            if not more:
                break
            report(done.total(), total)
    if done:
        with library.transaction() as session:
            journal.touch(session, "Loan", "Patron")
    return done


_Step = Callable[[Session, date, datetime, Forgotten], int]


def _steps(known: Sequence[Rule]) -> list[_Step]:
    """What a run does, one after the other; each forgets a batch and tells how many."""
    found: list[_Step] = []
    for rule in known:
        if rule.loans_after is not None:
            found += [partial(_loans_batch, rule), partial(_holds_batch, rule)]
        if rule.person_after is not None and rule.kind == PatronKind.PERSON:
            found.append(partial(_persons_batch, rule))
    return [*found, _charges_batch, _wishes_batch]


def _tell(session: Session, line: int | None, on: date, now: datetime, done: Forgotten) -> int:
    """The one line of a run, kept true with every batch."""
    settings.put(session, settings.FORGOTTEN_SINCE, True)
    facts: dict[str, Any] = {"on": on.isoformat(), **done.facts()}
    if line is None:
        return journal.write(session, _ACTION, "Privacy", None, now, **facts)
    journal.complete(session, line, None, **facts)
    return line


def _loans_batch(rule: Rule, session: Session, on: date, now: datetime, done: Forgotten) -> int:
    ids = list(session.execute(loans_due(rule, on).limit(BATCH)).scalars())
    if ids:
        _cut_links(session, rule, ids)
        done.loans[rule.code] += len(ids)
    return len(ids)


def _holds_batch(rule: Rule, session: Session, on: date, now: datetime, done: Forgotten) -> int:
    """Counted with the loans: both are links of the same kind."""
    wanted = forgetting_parts.due(rule.id, rule.loans_after or 0, on).limit(BATCH)
    ids = list(session.execute(wanted).scalars())
    if ids:
        forgetting_parts.untie(session, ids)
        done.loans[rule.code] += len(ids)
    return len(ids)


def _cut_links(session: Session, rule: Rule, ids: Sequence[int]) -> None:
    """Loans of persons lose their link; those of a bed pass to its ward."""
    values: dict[str, Any] = {"patron_id": None}
    forgetting_steps.write_down_months(session, ids)
    if rule.kind == PatronKind.PLACE:
        bed = aliased(Patron)
        ward = select(bed.place_id).where(bed.id == Loan.patron_id).scalar_subquery()
        values = {"patron_id": ward}
    elif rule.audience in _OF_A_WARD:
        values["unit"] = forgetting_parts.unit_kept()
    session.execute(update(Loan).where(among(Loan.id, "ids")).values(**values), {"ids": list(ids)})
    # Why somebody borrowed by exception was typed by hand, and may well name them.
    for action in ("loan.checked_out", "loan.renewed", "loan.returned", "loan.due_picked"):
        journal.drop_fact(session, action, "Loan", ids, "override")


def _persons_batch(rule: Rule, session: Session, on: date, now: datetime, done: Forgotten) -> int:
    ids = list(session.execute(persons_due(rule, on).limit(BATCH)).scalars())
    if ids:
        _forget_persons(session, rule, ids, now, done)
    return len(ids)


def _wishes_batch(session: Session, on: date, now: datetime, done: Forgotten) -> int:
    count = forgetting_steps.forget_wishes(session, on, now)
    done.wishes += count
    return count


def _charges_batch(session: Session, _on: date, _now: datetime, _done: Forgotten) -> int:
    """Follows the loans; it is part of forgetting them and not counted apart."""
    return forgetting_steps.untie_charges(session)


def _forget_persons(
    session: Session, rule: Rule, ids: Sequence[int], now: datetime, done: Forgotten
) -> None:
    merged = select(Patron.id).where(among(Patron.merged_into, "ids"))
    merged = merged.where(Patron.forgotten_at.is_(None))
    whole = [*ids, *session.execute(merged, {"ids": list(ids)}).scalars()]
    linked = select(Loan.id).where(among(Loan.patron_id, "ids"))
    loans = list(session.execute(linked, {"ids": whole}).scalars())
    if loans:
        _cut_links(session, rule, loans)
        done.loans[rule.code] += len(loans)
    before.drop(session, whole)
    forgetting_parts.give_up(session, whole, now)
    for table in DELETED:
        session.execute(delete(table).where(among(table.patron_id, "ids")), {"ids": whole})
    forgetting_steps.reasons_of_persons(session, whole)
    for record in UNTIED:
        session.execute(
            update(record).where(among(record.patron_id, "ids")).values(patron_id=None),
            {"ids": whole},
        )
    session.execute(
        update(Patron)
        .where(among(Patron.id, "ids"))
        .values(**forgetting_parts.emptied(rule.audience in _OF_A_WARD, now)),
        {"ids": whole},
    )
    done.persons[rule.code] += len(whole)
    done.ids += whole


def forget_now(session: Session, patron_id: int, now: datetime) -> Forgotten:
    """Forget one person who asks for it; journalled as counts, not to be undone.

    Raises Refusal RECORD_GONE, NOT_A_PERSON, HAS_OPEN_LOANS (with the titles), OWES_MONEY,
    NOT_ALLOWED.
    """
    journal.must_be_allowed(session, "patron.forgotten")
    row = finding.one(session, patron_id)
    gone = select(Patron.forgotten_at).where(Patron.id == patron_id)
    if row is None or session.execute(gone).scalar_one() is not None:
        raise Refusal(Reason.RECORD_GONE)
    if row.kind != PatronKind.PERSON:
        raise Refusal(Reason.NOT_A_PERSON)
    open_loans = finding.loans_in_hand(session, patron_id)
    if open_loans:
        titles = "; ".join(f"{one.title} ({one.barcode})" for one in open_loans)
        raise Refusal(Reason.HAS_OPEN_LOANS, titles=titles, loans=open_loans)
    owed = money.owed(session, patron_id)
    if owed:
        raise Refusal(Reason.OWES_MONEY, patron=row.name, amount=owed)
    rule = next(one for one in rules(session) if one.code == row.category)
    done = Forgotten()
    forgetting_parts.end_today(session, patron_id, now)
    _forget_persons(session, rule, [patron_id], now, done)
    _tell(session, None, now.date(), now, done)
    journal.touch(session, "Patron", "Loan")
    return done


@dataclass(frozen=True, slots=True)
class Run:
    """One run as the journal tells it."""

    at: datetime
    loans: dict[str, int]
    persons: dict[str, int]
    backup: str = ""
    """The backup made before, which still holds what was forgotten."""


def last_run(session: Session) -> Run | None:
    """The newest run that forgot anything."""
    line = journal.latest(session, _BEFORE_ALL, frozenset({_ACTION}))
    if line is None:
        return None
    facts = line.facts
    return Run(line.at, facts["loans"], facts["persons"], facts.get("backup", ""))

"""What a desk may do at random, on few copies and few patrons so that they meet."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import select

from database import undo
from database.catalogue import titles
from database.circulation import holds, identify, in_house, lending, losses, money, visits
from database.description import marc, marc_form
from database.holdings import item_facts, items
from database.library import Library, Session
from database.patrons import membership
from database.policy import loan_rule_list, settings
from database.refusal import Refusal
from database.reports import acts as listed
from database.reports import day_close
from database.schema import Charge, Hold, Patron
from tests.libraries import NOW

COPIES = [f"B{number:06d}" for number in range(1, 21)]
PATRONS = [f"R{number:02d}" for number in range(1, 11)]
TYPED = [f"T{number:03d}" for number in range(1, 60)]
"""Numbers that two desks may type at the same moment."""
Act = Callable[[random.Random, Session, datetime], object]


def furnish(library: Library, now: datetime) -> None:
    """Seven titles with twenty copies, ten patrons; what is late costs money or lending."""
    with library.transaction() as session:
        for number in range(7):
            record = marc_form.apply(marc.Record(), {"title": f"Judul {number + 1}"})
            biblio_id = titles.add_biblio(session, record, now)
            for barcode in COPIES[number::7]:
                facts = item_facts.ItemFacts(barcode=barcode, price=50_000)
                items.add_items(session, biblio_id, facts, 1, now)
        for place, number in enumerate(PATRONS):
            kind = ("nurse", "doctor", "student")[place % 3]
            membership.enrol(session, membership.PatronFacts(f"Orang {place}", kind, number), now)
        settings.put(session, settings.HOLD_ON_SHELF, True)
    _sanction(library, "student", "suspension", now)


def _sanction(library: Library, category: str, sanction: str, now: datetime) -> None:
    from dataclasses import replace

    with library.transaction() as session:
        for row in loan_rule_list.matrix(session):
            if row.facts.category == category:
                facts = replace(row.facts, sanction=sanction)
                loan_rule_list.save(session, row.id, facts, now)


def _lend(rng: random.Random, session: Session, now: datetime) -> object:
    return lending.check_out(session, rng.choice(PATRONS), rng.choice(COPIES), now)


def _return(rng: random.Random, session: Session, now: datetime) -> object:
    return losses.take_in(session, rng.choice(COPIES), now)


def _renew(rng: random.Random, session: Session, now: datetime) -> object:
    return lending.renew(session, rng.choice(COPIES), now)


def _lose(rng: random.Random, session: Session, now: datetime) -> object:
    code = rng.choice(COPIES)
    return losses.write_off(session, code, losses.usual_charge(session, code), now)


def _use(rng: random.Random, session: Session, now: datetime) -> object:
    return in_house.use_in_house(session, rng.choice(COPIES), now)


def _hold(rng: random.Random, session: Session, now: datetime) -> object:
    item = identify.item_scanned(session, rng.choice(COPIES))
    return holds.place(session, rng.choice(PATRONS), item.biblio_id, now)


def _cancel(rng: random.Random, session: Session, now: datetime) -> object:
    standing = session.scalars(select(Hold.id).where(Hold.ended_at.is_(None))).all()
    return holds.cancel(session, rng.choice(standing), now) if standing else None


def _expire(_rng: random.Random, session: Session, now: datetime) -> object:
    return holds.expire_due(session, now)


def _settle(how: str, rng: random.Random, session: Session, now: datetime) -> object:
    owing = session.scalars(select(Charge.id).where(money.OWING)).all()
    if not owing:
        return None
    ids = [rng.choice(owing)]
    amount = rng.choice((500, 1000, 50_000))
    if how == "pay":
        return money.pay(session, ids, amount, now)
    return money.waive(session, ids, amount, "lupa", now)


def _enrol(rng: random.Random, session: Session, now: datetime) -> object:
    number = rng.choice(TYPED) if rng.random() < 0.5 else ""
    return membership.enrol(session, membership.PatronFacts("Baru", "nurse", number), now)


def _save_patron(rng: random.Random, session: Session, now: datetime) -> object:
    wanted = select(Patron.id).where(Patron.number == rng.choice(PATRONS))
    number = session.scalars(wanted).first()
    if number is None:
        return None  # its enrolment was taken back
    facts = membership.PatronFacts(f"Orang {rng.random():.3f}", "nurse")
    membership.save(session, number, facts, now)
    return number


def _number(rng: random.Random, session: Session, now: datetime) -> object:
    item = identify.item_scanned(session, rng.choice(COPIES))
    return items.add_items(session, item.biblio_id, item_facts.ItemFacts(), rng.choice((1, 2)), now)


def _close_day(_rng: random.Random, session: Session, now: datetime) -> object:
    return day_close.close(session, day_close.figures(session, now.date()).recorded, 0, "", now)


def _set(rng: random.Random, session: Session, now: datetime) -> object:
    return settings.change(session, settings.HOLD_DAYS, rng.choice((2, 3, 4)), now)


def _visit(_rng: random.Random, session: Session, now: datetime) -> object:
    return visits.count_visit(session, "nurse", now)


def _undo(rng: random.Random, session: Session, now: datetime) -> object:
    # What the race began with stays: taken back first, nothing would be left to race for.
    begun = NOW + timedelta(minutes=1)
    done = [row.id for row in listed.since(session, begun, undo.INVERTIBLE) if not row.undone]
    return undo.undo_act(session, rng.choice(done[:12]), now) if done else None


ACTS: dict[str, tuple[int, Act]] = {
    "lend": (30, _lend),
    "return": (24, _return),
    "renew": (8, _renew),
    "hold": (4, _hold),
    "pay": (6, partial(_settle, "pay")),
    "undo": (6, _undo),
    "waive": (2, partial(_settle, "waive")),
    "cancel": (2, _cancel),
    "expire": (2, _expire),
    "lose": (2, _lose),
    "use": (2, _use),
    "enrol": (2, _enrol),
    "save": (2, _save_patron),
    "number": (1, _number),
    "close": (1, _close_day),
    "set": (1, _set),
    "visit": (1, _visit),
}
"""Each with its weight."""


def one(rng: random.Random, library: Library, now: datetime) -> tuple[str, str]:
    """Carry out one act; its name, and "done" or the reason of its refusal."""
    names = list(ACTS)
    (name,) = rng.choices(names, [ACTS[each][0] for each in names])
    try:
        with library.transaction() as session:
            result: Any = ACTS[name][1](rng, session, now)
    except Refusal as told:
        return name, str(told.reason)
    return name, "nothing" if result is None else "done"

"""The scenarios of several acts, done step by step; and that every peer's scenario is told."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from database.circulation import holds, identify, in_house, lending, losses, money
from database.holdings import hold_queue, item_facts, item_states, items
from database.patrons import finding
from database.policy import settings
from database.refusal import Reason, Refusal
from database.schema import Hold, Item, LoanRule, Patron, PatronCategory
from tests.database.circulation import scenarios
from tests.database.circulation.desk_scenarios import DESK, ELSEWHERE, KNOWN
from tests.libraries import NOW, WIB


def day(number):
    return date(2027, 1, 1) + timedelta(days=number - 1)


def at(when):
    number, hour = when if isinstance(when, tuple) else (when, 9)
    return datetime.combine(day(number), datetime.min.time(), WIB).replace(hour=hour)


def patron_id(session, number):
    return identify.find_patron(session, number).id


def item_id(session, barcode):
    return identify.find_item(session, barcode).id


def held(session, number):
    """The newest hold of a patron."""
    wanted = select(Hold).where(Hold.patron_id == patron_id(session, number))
    return session.execute(wanted.order_by(Hold.id.desc())).scalars().first()


def rule(session, category, values):
    kind = select(PatronCategory.id).where(PatronCategory.code == category).scalar_subquery()
    session.execute(update(LoanRule).where(LoanRule.category_id == kind).values(**values))


def add_rule(session, category, item_type, values):
    kind = select(PatronCategory.id).where(PatronCategory.code == category)
    whole = {"loan_limit": 5, "days": 7, "renewals": 1, **values}
    session.add(
        LoanRule(category_id=session.execute(kind).scalar_one(), item_type=item_type, **whole)
    )


def copies(session, like, *barcodes):
    of = identify.find_item(session, like).biblio_id
    for barcode in barcodes:
        items.add_items(session, of, item_facts.ItemFacts(barcode=barcode), 1, NOW)


def change_item(session, barcode, **values):
    session.execute(update(Item).where(Item.barcode == barcode).values(**values))


def change_patron(session, number, **values):
    session.execute(update(Patron).where(Patron.number == number).values(**values))


def hold(session, number, barcode, when, copy=None):
    title = identify.find_item(session, barcode).biblio_id
    return holds.place(session, number, title, at(when), copy)


def pay(session, number, amount, when):
    who = patron_id(session, number)
    ids = [row.id for row in money.charges(session, who)]
    return money.pay(session, ids, amount, at(when))


def state_of(act):
    return lambda s, code, when: (
        act(s, [item_id(s, code)], item_states.Details(), at(when)) and None
    )


def queue(session, barcode):
    standing = hold_queue.standing(session, identify.find_item(session, barcode).biblio_id)
    return [one.number for one in standing]


def strike(session, barcode):
    items.remove_item(session, item_id(session, barcode), NOW)


def for_a_reason(act, why):
    """Do what may be done for a reason, which answers the first no there is."""
    try:
        return act({})
    except Refusal as told:
        if not why or not told.overridable:
            raise
        return act({told.reason: why})


ACTS = {
    "lend": lambda s, who, code, when, why="": for_a_reason(
        lambda allowed: lending.check_out(s, who, code, at(when), allowed), why
    ),
    "return": lambda s, code, when, why="": for_a_reason(
        lambda allowed: losses.take_in(s, code, at(when), allowed), why
    ),
    "renew": lambda s, code, when, why="": for_a_reason(
        lambda allowed: lending.renew(s, code, at(when), allowed), why
    ),
    "use": lambda s, code, when: in_house.use_in_house(s, code, at(when)),
    "lose": lambda s, code, amount, when: losses.write_off(s, code, amount, at(when)),
    "pay": pay,
    "hold": hold,
    "hold_copy": lambda s, who, code, when: hold(s, who, code, when, item_id(s, code)),
    "cancel": lambda s, who, when: holds.cancel(s, held(s, who).id, at(when)) and None,
    "move": lambda s, who, to, when: holds.move(s, held(s, who).id, to, at(when)) and None,
    "set_aside": lambda s, code, when: holds.set_aside(s, code, at(when)) and None,
    "expire": lambda s, when: len(holds.expire_due(s, at(when))),
    "repair": state_of(item_states.to_repair),
    "mended": state_of(item_states.back),
    "missing": state_of(item_states.missing),
    "mark_lost": state_of(item_states.lost),
    "strike": strike,
    # what is set up
    "rule": rule,
    "add_rule": add_rule,
    "no_rules": lambda s: s.execute(delete(LoanRule)) and None,
    "set": lambda s, name, value: settings.put(s, getattr(settings, name), value),
    "copies": copies,
    "type": lambda s, code, kind: change_item(s, code, item_type=kind),
    "rest": lambda s, code, until: change_item(
        s, code, status="quarantine", status_until=until and at(until)
    ),
    "card": lambda s, who, last: change_patron(s, who, valid_until=day(last)),
    "block": lambda s, who, why, last: change_patron(
        s, who, blocked_reason=why, blocked_until=last and day(last)
    ),
    # what is asked
    "owed": lambda s, who: money.owed(s, patron_id(s, who)),
    "loans": lambda s, who: sorted(
        one.barcode for one in finding.loans_in_hand(s, patron_id(s, who))
    ),
    "status": lambda s, code: identify.find_item(s, code).status,
    "state": lambda s, who: held(s, who).state,
    "ready_until": lambda s, who: (held(s, who).ready_until - day(1)).days + 1,
    "queue": queue,
    "place": lambda s, who: queue(s, "B000010").index(who) + 1,
    "refundable": lambda s, code: sum(row.refundable for row in losses.refunds(s, code)),
}


def told(done):
    """What an act told, with its days as the table writes them."""
    days = {"due": getattr(done, "due_on", None), "until": getattr(done, "suspended_until", None)}
    numbers = {name: (found - day(1)).days + 1 for name, found in days.items() if found}
    return {**{name: getattr(done, name) for name in done.__slots__}, **numbers}


def take(library, step):
    *words, follows = step
    act, *given = words
    if isinstance(follows, Reason):
        with pytest.raises(Refusal) as no, library.transaction() as session:
            ACTS[act](session, *given)
        assert no.value.reason is follows, step
        return
    with library.transaction() as session:
        done = ACTS[act](session, *given)
    if isinstance(follows, dict):
        found = told(done)
        assert {name: found[name] for name in follows} == follows, step
    else:
        assert done == follows, step


@pytest.mark.parametrize("one", DESK, ids=[one.id for one in DESK])
def test_at_the_desk(stocked, one):
    with stocked.transaction() as session:
        for name, *given in one.given:
            ACTS[name](session, *given)
    for step in one.steps:
        take(stocked, step)


def test_every_peers_scenario_is_told_or_says_why_not():
    tables = (scenarios.DUE, scenarios.FINES, scenarios.SUSPENSIONS, scenarios.OPEN_DAYS, DESK)
    listed = {one.id[:4] for table in tables for one in table}
    inline = Path(__file__).with_name("test_scenarios.py").read_text(encoding="utf-8")
    listed |= {name.upper() for name in re.findall(r"def test_(s\d{3})_", inline)}
    assert {one for one in listed if one.startswith("S")} | set(ELSEWHERE) == KNOWN
    assert all(ELSEWHERE.values())
    for one in DESK:
        assert one.ours in {"same", "differs", "own"}
        assert one.ours == "same" or one.why, one.id

"""Whatever is done at the desk, in any order: nothing vanishes, undo restores, sums agree."""

from __future__ import annotations

import itertools
import shutil
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase
from hypothesis import settings as trying
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select, update

from database import journal, undo
from database.circulation import (
    desk_mending,
    holds,
    identify,
    in_house,
    lending,
    losses,
    money,
    quarantine,
    visits,
)
from database.holdings import item_states
from database.library import Library
from database.policy import quarantine_rules, settings
from database.refusal import Reason, Refusal
from database.reports import statistics
from database.schema import (
    Charge,
    Hold,
    InHouseUse,
    Item,
    Journal,
    Loan,
    LoanRule,
    Patron,
    Payment,
    Renewal,
    Visit,
    Wiping,
)
from tests.database.stories import furnish
from tests.libraries import ANYTHING, NOW, ask_server, named

COPIES = st.sampled_from(["B000001", "B000010", "B000011", "B000020"])
PEOPLE = st.sampled_from(["M0001", "M0002", "M0003", "W-ANGGREK"])
AMOUNTS = st.integers(1, 60_000)
RECORDS = (Loan, Renewal, Hold, Charge, Payment, Item, Patron, Visit, InHouseUse, Wiping)
ANYWHERE = {"id", "created_at"}


def standing(session):
    """Every row that stands, by its record: what undo must bring back."""
    found = {}
    for record in RECORDS:
        table = record.__table__
        wanted = select(table).order_by(table.c.id)
        if "cancelled_at" in table.c:
            wanted = wanted.where(table.c.cancelled_at.is_(None))
        if record is Hold:
            wanted = wanted.where(table.c.state != "cancelled")
        found[record.__name__] = [tuple(row) for row in session.execute(wanted)]
    return found


class Desk(RuleBasedStateMachine):
    """Acts of two months at the desk; `open_library` makes a fresh library for each run."""

    open_library = staticmethod(lambda: None)

    def __init__(self):
        super().__init__()
        self.library = self.open_library()
        self.now = NOW
        self.done = []  # (journal line, what stood before it, or None where no longer known)
        self.sizes = self.counted()

    def teardown(self):
        try:
            self.the_months_are_the_journal()
        finally:
            self.library.close()

    def counted(self):
        with self.library.reading() as session:
            return {
                one: session.execute(select(func.count()).select_from(one)).scalar_one()
                for one in (*RECORDS, Journal)
            }

    def attempt(self, deed):
        """One act; a no changes nothing."""
        self.now += timedelta(minutes=7)
        with self.library.reading() as session:
            before = standing(session)
        try:
            with self.library.transaction() as session:
                line = deed(session)
        except Refusal:
            with self.library.reading() as session:
                assert standing(session) == before
            return
        self.done.append((line, before))

    @rule(who=PEOPLE, copy=COPIES, why=st.sampled_from(["", "", "izin"]))
    def lend(self, who, copy, why):
        self.attempt(
            lambda s: lending.check_out(s, who, copy, self.now, ANYTHING if why else {}).line
        )

    @rule(copy=COPIES)
    def take_in(self, copy):
        self.attempt(lambda s: losses.take_in(s, copy, self.now).line)

    @rule(copy=COPIES, why=st.sampled_from(["", "izin"]))
    def renew(self, copy, why):
        self.attempt(lambda s: lending.renew(s, copy, self.now, ANYTHING if why else {}).line)

    @rule(copy=COPIES, who=PEOPLE)
    def move(self, copy, who):
        self.attempt(lambda s: desk_mending.move(s, copy, who, self.now, ANYTHING).line)

    @rule(copy=COPIES, who=PEOPLE)
    def hold(self, copy, who):
        def deed(session):
            wanted = identify.find_item(session, copy).biblio_id
            return holds.place(session, who, wanted, self.now).line

        self.attempt(deed)

    @rule(which=st.integers(0, 5), how=st.sampled_from(["cancel", "first", "last"]))
    def turn_hold(self, which, how):
        def deed(session):
            ids = list(session.execute(select(Hold.id).where(Hold.ended_at.is_(None))).scalars())
            if not ids:
                raise Refusal(Reason.RECORD_GONE)
            wanted = ids[which % len(ids)]
            if how == "cancel":
                return holds.cancel(session, wanted, self.now)
            return holds.move(session, wanted, how, self.now)

        self.attempt(deed)

    @rule(copy=COPIES)
    def lay_ready(self, copy):
        def deed(session):
            found = holds.set_aside(session, copy, self.now)
            if found is None:
                raise Refusal(Reason.RECORD_GONE)
            return found[1]

        self.attempt(deed)

    @rule(copy=COPIES, amount=AMOUNTS, how=st.sampled_from(["lost", "damaged", "given"]))
    def lose(self, copy, amount, how):
        deeds = {
            "lost": lambda s: losses.write_off(s, copy, amount, self.now).line,
            "damaged": lambda s: losses.damaged(s, copy, amount, "sobek", self.now).line,
            "given": lambda s: losses.give_away(s, copy, self.now).line,
        }
        self.attempt(deeds[how])

    @rule(copy=COPIES, act=st.sampled_from(["back", "missing"]))
    def on_the_shelf(self, copy, act):
        def deed(session):
            ids = [identify.find_item(session, copy).id]
            return getattr(item_states, act)(session, ids, item_states.Details(), self.now)[0]

        self.attempt(deed)

    @rule(who=PEOPLE, amount=AMOUNTS, how=st.sampled_from(["pay", "waive", "refund"]))
    def settle(self, who, amount, how):
        def deed(session):
            rows = money.charges(session, identify.find_patron(session, who).id)
            if how == "refund":
                wanted = next((one for one in rows if one.refundable), None)
                if wanted is None:
                    raise Refusal(Reason.NOTHING_OWED)
                part = min(amount, wanted.refundable)
                return money.refund(session, wanted.id, part, "ditemukan", self.now).line
            ids, part = [one.id for one in rows], min(amount, sum(one.left for one in rows))
            if how == "pay":
                return money.pay(session, ids, part, self.now).line
            return money.waive(session, ids, part, "sakit", self.now).line

        self.attempt(deed)

    @rule(copy=COPIES, people=st.integers(1, 3), how=st.sampled_from(["visit", "use", "wipe"]))
    def count(self, copy, people, how):
        deeds = {
            "visit": lambda s: visits.count_visit(s, "nurse", self.now, people),
            "use": lambda s: in_house.use_in_house(s, copy, self.now, "nurse").line,
            "wipe": lambda s: quarantine.wipe(s, [identify.find_item(s, copy).id], self.now),
        }
        self.attempt(deeds[how])

    @rule(days=st.integers(1, 12))
    def time_passes(self, days):
        """What time does by itself; what was done before may then stand for good."""
        self.now += timedelta(days=days)
        with self.library.transaction() as session:
            over = quarantine.release_due(session, self.now)
            late = holds.expire_due(session, self.now)
        if over or late:
            self.done = [(line, None) for line, _before in self.done]

    @precondition(lambda self: self.done)
    @rule()
    def undo_the_last(self):
        line, before = self.done.pop()
        try:
            with self.library.transaction() as session:
                undo.undo(session, line, self.now)
        except Refusal as told:
            assert before is None, f"{self.name(line)} is not undone: {told.reason}"
            return
        if before is not None:
            with self.library.reading() as session:
                assert standing(session) == before, self.name(line)

    @precondition(lambda self: len(self.done) > 1)
    @rule(which=st.integers(0, 20))
    def undo_one(self, which):
        """Any act by itself: it goes, or a clear no, and the acts after it may stand on less."""
        at = which % len(self.done)
        line, _before = self.done[at]
        with self.library.reading() as session:
            stood = standing(session)
        try:
            with self.library.transaction() as session:
                undo.undo(session, line, self.now)
        except Refusal as told:
            assert told.reason is Reason.CANNOT_UNDO
            with self.library.reading() as session:
                assert standing(session) == stood
            return
        self.done[at:] = [(later, None) for later, _before in self.done[at + 1 :]]

    def name(self, line):
        with self.library.reading() as session:
            return journal.read(session, line).action

    # --- what always holds

    @invariant()
    def one_borrower_a_copy_and_none_for_what_lies_ready(self):
        with self.library.reading() as session:
            out = select(Loan.item_id).where(
                Loan.returned_at.is_(None), Loan.cancelled_at.is_(None)
            )
            found = list(session.execute(out).scalars())
            ready = select(Hold.copy_id).where(Hold.state == "ready")
            laid = list(session.execute(ready).scalars())
            fit = select(Item.id).where(Item.status.in_(["in_service", "quarantine"]))
            assert set(laid) <= set(session.execute(fit).scalars())
        assert len(found) == len(set(found))
        assert len(laid) == len(set(laid))
        assert not set(found) & set(laid)

    @invariant()
    def nothing_vanishes(self):
        sizes = self.counted()
        assert all(sizes[one] >= count for one, count in self.sizes.items())
        assert (sizes[Item], sizes[Patron]) == (self.sizes[Item], self.sizes[Patron])
        self.sizes = sizes

    def the_months_are_the_journal(self):
        """Loans, renewals, visitors and uses of all months are the lines that stand."""
        with self.library.reading() as session:
            months = {
                f"{day:%Y-%m}"
                for day in (NOW + timedelta(n) for n in range(0, 400, 28))
                if day <= self.now
            } | {f"{self.now:%Y-%m}"}
            rows = [
                row
                for month in sorted(months)
                for row in statistics.month(session, month).tables["circulation"]
            ]
            lines = journal_counts(session)
        assert sum(row.lent for row in rows) == lines["lent"]
        assert sum(row.renewed for row in rows) == lines["renewed"]
        assert sum(row.used_in_house for row in rows) == lines["used"]

    @invariant()
    def what_is_owed_is_charged_less_paid(self):
        with self.library.reading() as session:
            for number in ("M0001", "M0002", "M0003", "W-ANGGREK"):
                who = identify.find_patron(session, number).id
                rows = money.charges(session, who)
                assert money.owed(session, who) == sum(
                    row.amount - row.paid - row.waived for row in rows
                )
                assert all(row.left >= 0 and row.refunded <= row.paid for row in rows)


def journal_counts(session):
    """Lines that stand, by what they count as."""
    undone = select(Journal.undoes_id).where(Journal.undoes_id.is_not(None))
    found = dict(
        tuple(row)
        for row in session.execute(
            select(Journal.action, func.count())
            .where(Journal.id.not_in(undone), Journal.undoes_id.is_(None))
            .group_by(Journal.action)
        )
    )
    struck = found.get("loan.struck", 0)
    return {
        "lent": found.get("loan.checked_out", 0) - struck,
        "renewed": found.get("loan.renewed", 0),
        "used": found.get("item.used", 0),
    }


def ready_for_anything(library):
    """Prices, a ward whose copies rest, holds of what stands on the shelf."""
    furnish(library, NOW)
    with library.transaction() as session:
        session.execute(update(Item).values(price=40_000))
        quarantine_rules.save_rule(session, None, "", 24, NOW)
        settings.put(session, settings.HOLD_ON_SHELF, True)
        session.execute(update(LoanRule).values(renewals=2))


@pytest.fixture
def fresh(engine, clone, request, tmp_path):
    """Opens a furnished library anew as often as asked."""
    prepared = clone("prepared_file", "prepared_database")
    library = Library.open(prepared)
    ready_for_anything(library)
    library.close()
    numbers = itertools.count()
    if engine == "sqlite":

        def make():
            path = tmp_path / f"{next(numbers)}.db"
            shutil.copy(prepared, path)
            return Library.open(path)

        return make
    server, new = request.getfixturevalue("server"), request.getfixturevalue("new_database")
    template = prepared.partition("?")[0].rpartition("/")[2]

    def make_on_server():
        url = new()
        name = url.partition("?")[0].rpartition("/")[2]
        ask_server(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return Library.open(named(server, name))

    return make_on_server


def test_any_sequence_of_acts(fresh, engine):
    class Here(Desk):
        open_library = staticmethod(fresh)

    run_state_machine_as_test(
        Here,
        settings=trying(
            max_examples=10 if engine == "sqlite" else 4,
            stateful_step_count=30,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )

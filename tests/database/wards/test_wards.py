"""Wards: rounds entered afterwards, wishes, hand-outs, and patients who go home."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from database import undo
from database.circulation import discharge, identify, lending, reminder_list
from database.circulation.discharge import Outcome
from database.patrons import finding, membership
from database.policy import settings
from database.refusal import Reason, Refusal
from database.reports import overview, statistics
from database.schema import Item, Loan, Patron, RoundStop
from database.wards import follows, handouts, plans, rounds, wards, wishes
from tests.libraries import ANYTHING, NOW
from tests.undoing import take_back_last

THURSDAY = NOW.replace(day=14, hour=11)
HELD = NOW.replace(day=14, hour=10, minute=30)


def act(library, deed, *arguments, **more):
    with library.transaction() as session:
        return deed(session, *arguments, **more)


def refused(library, deed, *arguments, **more):
    with pytest.raises(Refusal) as told:
        act(library, deed, *arguments, **more)
    return told.value


def patron(library, number):
    with library.reading() as session:
        return identify.find_patron(session, number)


def copy(library, barcode):
    with library.reading() as session:
        return session.execute(select(Item).where(Item.barcode == barcode)).scalar_one()


def bed(library, ward, name, number):
    """A card on the wall of one bed."""
    facts = membership.PatronFacts(name, "ward", number=number, unit=ward.unit)
    made = act(library, membership.enrol, facts, NOW)
    act(
        library,
        lambda s: s.execute(
            update(Patron).where(Patron.id == made).values(place_id=ward.id, bed=name)
        ),
    )
    return patron(library, number)


def patient(library, ward, name, where):
    facts = membership.PatronFacts(name, "patient", valid_until=date(2027, 1, 20))
    made = act(library, membership.enrol, facts, NOW)
    act(
        library,
        lambda s: s.execute(
            update(Patron).where(Patron.id == made).values(place_id=ward.id, bed=where)
        ),
    )
    with library.reading() as session:
        return finding.one(session, made)


def walk(library, *codes, held=HELD, now=THURSDAY):
    """A round entered by scanning: what each scan did."""
    number = act(library, rounds.begin, held, now)
    place, done = None, []
    for code in codes:
        entered = act(library, rounds.scan, number, place, code, now)
        place = entered.place
        done.append(entered)
    return number, done


def test_a_round_entered_afterwards_lends_to_wards_at_its_own_time(stocked):
    number, done = walk(stocked, "W-MAWAR", "B000020", "B000010", "w-anggrek", "B000011")
    assert [one.act for one in done] == ["place", "lent", "lent", "place", "lent"]
    with stocked.reading() as session:
        loans = session.execute(select(Loan.lent_at, Loan.category, Loan.unit)).all()
        figures = rounds.figures(session, date(2027, 1, 1), date(2027, 1, 31))
        listed = {row.name: row for row in wards.rows(session, THURSDAY.date())}
    assert {row.lent_at for row in loans} == {HELD}
    assert [row.unit for row in loans] == ["Mawar", "Mawar", "Anggrek"]
    assert (figures.rounds, figures.stops, figures.lent) == (1, 2, 3)
    assert (listed["Ruang Mawar"].copies, listed["Ruang Anggrek"].copies) == (2, 1)
    act(stocked, rounds.close, number, THURSDAY)
    with stocked.reading() as session:
        assert rounds.open_one(session) is None


def test_a_book_scanned_again_on_its_ward_comes_back_and_undo_leaves_it_there(stocked):
    walk(stocked, "W-MAWAR", "B000020")
    later = HELD + timedelta(days=5)
    _number, done = walk(stocked, "W-MAWAR", "B000020", held=later, now=later)
    assert done[1].act == "returned"
    act(stocked, undo.undo, done[1].line, later)
    with stocked.reading() as session:
        assert identify.find_item(session, "B000020").loan_id is not None


def test_a_book_of_another_ward_is_taken_back_and_lent_in_one(stocked):
    _number, _done = walk(stocked, "W-MAWAR", "B000020")
    later = HELD + timedelta(days=1)
    _number, done = walk(stocked, "W-ANGGREK", "B000020", held=later, now=later)
    assert done[1].act == "lent"
    with stocked.reading() as session:
        assert identify.find_item(session, "B000020").patron_name == "Ruang Anggrek"
    act(stocked, take_back_last, later)
    with stocked.reading() as session:
        assert identify.find_item(session, "B000020").patron_name == "Ruang Mawar"


def test_a_bed_belongs_to_its_ward(stocked):
    ward = patron(stocked, "W-MAWAR")
    bed(stocked, ward, "M-02", "W-MAWAR-02")
    walk(stocked, "W-MAWAR-02", "B000020")
    with stocked.reading() as session:
        (row,) = (r for r in wards.rows(session, HELD.date()) if r.name == "Ruang Mawar")
        (reader,) = wards.readers(session, ward.id, HELD.date())
        stop = session.execute(select(RoundStop.place_id)).scalar_one()
    assert (row.copies, row.readers, stop) == (1, 1, ward.id)
    assert (reader.kind, reader.bed, reader.barcodes) == ("bed", "M-02", ("B000020",))


def test_who_has_left_without_a_book_is_no_longer_on_the_ward(stocked):
    ward = patron(stocked, "W-MAWAR")
    patient(stocked, ward, "Bu Sri", "M-02")
    with stocked.reading() as session:
        assert len(wards.readers(session, ward.id, date(2027, 1, 20))) == 1
        assert wards.readers(session, ward.id, date(2027, 1, 21)) == []


def test_a_round_refuses_what_cannot_have_been(stocked):
    number, _done = walk(stocked, "W-MAWAR")
    place = patron(stocked, "W-MAWAR")
    assert refused(stocked, rounds.begin, THURSDAY + timedelta(hours=1), THURSDAY).reason is (
        Reason.TIME_TO_COME
    )
    assert refused(stocked, rounds.scan, number, None, "B000020", THURSDAY).reason is (
        Reason.NOT_A_WARD
    )
    assert refused(stocked, rounds.scan, number, place, "M0001", THURSDAY).reason is (
        Reason.NOT_A_WARD
    )
    act(stocked, lending.check_out, "M0001", "B000020", THURSDAY)
    told = refused(stocked, rounds.scan, number, place, "B000020", THURSDAY)
    assert (told.reason, told.facts["at"]) == (Reason.BEFORE_LAST_ACT, THURSDAY)


def test_a_round_that_came_nowhere_never_was(stocked):
    number, _done = walk(stocked)
    act(stocked, rounds.close, number, THURSDAY)
    with stocked.reading() as session:
        assert rounds.figures(session, HELD.date(), HELD.date()).rounds == 0


def test_a_leaflet_is_counted_and_never_lent(stocked):
    leaflet = copy(stocked, "B000020")
    act(
        stocked,
        lambda s: s.execute(update(Item).where(Item.id == leaflet.id).values(item_type="leaflet")),
    )
    _number, done = walk(stocked, "W-MAWAR", "B000020", "B000020")
    assert [one.act for one in done] == ["place", "handed_out", "handed_out"]
    ward = patron(stocked, "W-MAWAR")
    free = handouts.HandoutFacts("free", 7, HELD.date(), "Majalah lama", None, ward.id)
    line = act(stocked, handouts.hand_out, free, THURSDAY)
    with stocked.reading() as session:
        listed = handouts.handed_out(session, "2027-01")
    assert [(one.unit, one.kind, one.what, one.copies) for one in listed] == [
        ("Mawar", "free", "Majalah lama", 7),
        ("Mawar", "leaflet", "Laskar Pelangi", 2),
    ]
    act(stocked, undo.undo, line, THURSDAY)
    with stocked.reading() as session:
        assert len(handouts.handed_out(session, "2027-01")) == 1


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (handouts.HandoutFacts("leaflet", 0, NOW.date(), "Diet"), "copies"),
        (handouts.HandoutFacts("free", 3, NOW.date(), "  "), "what"),
    ],
)
def test_wrong_hand_outs_are_told(stocked, facts, field):
    told = refused(stocked, handouts.hand_out, facts, NOW)
    assert (told.reason, told.facts["field"]) == (Reason.VALUE_INVALID, field)


def test_wishes_wait_until_met(stocked):
    ward = patron(stocked, "W-MAWAR")
    act(stocked, wishes.ask, ward.id, "m-05", "novel, huruf besar", NOW)
    with stocked.reading() as session:
        (wish,) = wishes.wishes(session)
        (reader,) = wards.readers(session, ward.id, NOW.date())
    assert (wish.bed, reader.bed, reader.wishes) == ("M-05", "M-05", ("novel, huruf besar",))
    line = act(stocked, wishes.settle, wish.id, True, NOW)
    with stocked.reading() as session:
        assert wishes.wishes(session) == []
    act(stocked, undo.undo, line, NOW)
    with stocked.reading() as session:
        assert len(wishes.wishes(session)) == 1
    assert refused(stocked, wishes.ask, ward.id, "", "  ", NOW).reason is Reason.VALUE_INVALID
    nurse = patron(stocked, "M0001")
    assert refused(stocked, wishes.ask, nurse.id, "", "x", NOW).reason is Reason.NOT_A_WARD


def test_the_trolley_comes_on_planned_days(stocked):
    ward = patron(stocked, "W-MAWAR")
    act(stocked, plans.plan, ward.id, frozenset({1, 3}), NOW)
    line = act(stocked, plans.plan, ward.id, frozenset({4}), NOW)
    with stocked.reading() as session:
        friday = {row.name for row in wards.rows(session, date(2027, 1, 15)) if row.round_today}
    assert friday == {"Ruang Mawar"}
    act(stocked, undo.undo, line, NOW)
    with stocked.reading() as session:
        assert plans.planned(session, ward.id) == {1, 3}


@pytest.mark.parametrize(
    ("ownership", "price", "may"),
    [("hospital", 50_000, True), ("hospital", 50_001, False), ("hospital", None, False),
     ("gift", None, True), ("gift", 80_000, False), ("deposit", 0, False)],
)  # fmt: skip
def test_what_may_be_given_away(ownership, price, may):
    assert discharge.may_be_given(ownership, price, settings.GIVE_LIMIT.default) is may


def _at_bed(library):
    """Bu Sri in bed M-02 with four books."""
    ward = patron(library, "W-MAWAR")
    sri = patient(library, ward, "Bu Sri", "M-02")
    codes = ("B000001", "B000010", "B000011", "B000020")
    with library.transaction() as session:
        session.execute(
            update(Item).where(Item.barcode == "B000010").values(ownership="gift", price=None)
        )
        for code in codes:
            lending.check_out(session, sri.number, code, NOW, ANYTHING)
        loans = {one.barcode: one.id for one in discharge.open_loans(session, sri.id)}
    return sri, loans


def test_every_loan_of_a_patient_who_goes_home_ends_its_own_way(stocked):
    sri, loans = _at_bed(stocked)
    wanted = {
        loans["B000001"]: Outcome.RETURNED,
        loans["B000010"]: Outcome.GIVEN,
        loans["B000011"]: Outcome.FOLLOWS,
        loans["B000020"]: Outcome.LOST,
    }
    line = act(stocked, discharge.discharge, sri.id, wanted, THURSDAY)
    states = [copy(stocked, code).status for code in sorted(loans)]
    assert states == ["in_service", "given", "in_service", "lost"]
    with stocked.reading() as session:
        (left,) = discharge.open_loans(session, sri.id)
        month = statistics.month(session, "2027-01")
        assert finding.one(session, sri.id).ended_on is None
    assert (left.barcode, left.due_on) == ("B000011", date(2027, 1, 21))
    (row,) = (one for one in month.tables["circulation"] if one.category == "patient")
    assert (row.lent, row.returned) == (4, 1)
    books = [one for one in month.tables["collection"] if one.item_type == "book"]
    assert sum(one.withdrawn for one in books) == 1
    assert sum(one.lost for one in books) == 1
    act(stocked, undo.undo, line, THURSDAY)
    with stocked.reading() as session:
        assert {one.barcode for one in discharge.open_loans(session, sri.id)} == loans.keys()
        assert {one.due_on for one in discharge.open_loans(session, sri.id)} == {date(2027, 1, 18)}
    assert copy(stocked, "B000010").status == "in_service"


def test_with_nothing_left_to_follow_the_membership_ends_and_undo_restores_it(stocked):
    sri, loans = _at_bed(stocked)
    wanted = dict.fromkeys(loans.values(), Outcome.RETURNED)
    line = act(stocked, discharge.discharge, sri.id, wanted, THURSDAY)
    with stocked.reading() as session:
        assert finding.one(session, sri.id).ended_on == THURSDAY.date()
    act(stocked, undo.undo, line, THURSDAY)
    with stocked.reading() as session:
        assert finding.one(session, sri.id).ended_on is None


def test_a_ward_is_discharged_with_its_beds_and_goes_on(stocked):
    ward = patron(stocked, "W-MAWAR")
    bed(stocked, ward, "M-02", "W-MAWAR-02")
    walk(stocked, "W-MAWAR-02", "B000020", "W-MAWAR", "B000010")
    with stocked.reading() as session:
        loans = discharge.open_loans(session, ward.id)
    assert len(loans) == 2
    act(stocked, discharge.discharge, ward.id, {one.id: Outcome.LOST for one in loans}, THURSDAY)
    with stocked.reading() as session:
        assert finding.one(session, ward.id).ended_on is None
        assert discharge.open_loans(session, ward.id) == []


def test_what_may_not_be_given_is_refused_and_nothing_is_half_done(stocked):
    sri, loans = _at_bed(stocked)
    wanted = {loans["B000001"]: Outcome.RETURNED, loans["B000020"]: Outcome.GIVEN}
    told = refused(stocked, discharge.discharge, sri.id, wanted, THURSDAY)
    assert told.reason is Reason.VALUE_INVALID
    with stocked.reading() as session:
        assert len(discharge.open_loans(session, sri.id)) == 4
    nurse = patron(stocked, "M0001")
    told = refused(
        stocked, discharge.discharge, nurse.id, {loans["B000001"]: Outcome.LOST}, THURSDAY
    )
    assert told.reason is Reason.RECORD_GONE


# --- what is to follow


def follow(library, since=THURSDAY):
    """Bu Sri goes home and leaves one book to follow; another ward's reader is late with one."""
    sri, loans = _at_bed(library)
    wanted = dict.fromkeys(loans.values(), Outcome.RETURNED)
    wanted[loans["B000011"]] = Outcome.FOLLOWS
    line = act(library, discharge.discharge, sri.id, wanted, since)
    act(library, lending.check_out, "W-ANGGREK", "B000012", since)
    return line, sri


def test_what_is_to_follow_is_told_as_that_on_ward_home_and_reminders(stocked):
    _line, sri = follow(stocked)
    later = THURSDAY + timedelta(days=20)
    with stocked.reading() as session:
        found = {one.number: one for one in wards.rows(session, later.date())}
        mawar, anggrek = found["W-MAWAR"], found["W-ANGGREK"]
        (reader,) = wards.readers(session, mawar.id, later.date())
        people = {one.patron_id: one for one in reminder_list.people(session, later)}
        home = overview.today(session, later.date())
        late = overview.late(session, later.date())
        (awaited,) = follows.awaited(session, later.date())
    assert (mawar.follows, mawar.late, anggrek.follows, anggrek.late) == (1, 0, 0, 1)
    assert reader.follows_since == THURSDAY.date()
    assert people[sri.id].follows
    assert (home.overdue, late.copies, late.patrons) == (1, 1, 1)
    assert (awaited.barcode, awaited.ward, awaited.since, awaited.lost) == (
        "B000011",
        "Ruang Mawar",
        THURSDAY.date(),
        False,
    )


@pytest.mark.parametrize(("days", "lost"), [(29, False), (30, True), (31, True)])
def test_after_the_days_set_it_is_proposed_as_lost(stocked, days, lost):
    _line, sri = follow(stocked)
    later = (THURSDAY + timedelta(days=days)).date()
    with stocked.reading() as session:
        assert [one.lost for one in follows.awaited(session, later)] == [lost]
        assert [one.lost for one in discharge.open_loans(session, sri.id, later)] == [lost]
    act(stocked, settings.put, settings.FOLLOW_DAYS, 60)
    with stocked.reading() as session:
        assert [one.lost for one in follows.awaited(session, later)] == [False]


def test_left_to_follow_again_it_is_awaited_since_the_first_day_and_undo_restores_each(stocked):
    first, sri = follow(stocked)
    with stocked.reading() as session:
        (loan,) = discharge.open_loans(session, sri.id)
    week = THURSDAY + timedelta(days=7)
    second = act(stocked, discharge.discharge, sri.id, {loan.id: Outcome.FOLLOWS}, week)

    def since():
        with stocked.reading() as session:
            return [one.since for one in follows.awaited(session, week.date())]

    assert since() == [THURSDAY.date()]
    act(stocked, undo.undo, second, week)
    assert since() == [THURSDAY.date()]
    act(stocked, undo.undo, first, week)
    assert since() == []


def test_what_came_back_is_awaited_no_longer(stocked):
    follow(stocked)
    act(stocked, lending.check_in, "B000011", THURSDAY + timedelta(days=3))
    with stocked.reading() as session:
        assert follows.awaited(session, THURSDAY.date()) == []

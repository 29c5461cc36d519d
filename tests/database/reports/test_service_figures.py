"""Tables 6 to 10, recomputed by hand and by plain SQL."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import text, update

from database.circulation import discharge, identify, lending
from database.holdings import deposits, item_facts, items
from database.registers import registers
from database.reports import statistics
from database.reports.tables.deposits import DepositFigures
from database.reports.tables.late import LateLoans
from database.reports.tables.wards import WardServices
from database.schema import Item
from database.wards import handouts, rounds
from tests.libraries import NOW

THURSDAY = NOW.replace(day=14, hour=11)


def act(library, deed, *arguments, **more):
    with library.transaction() as session:
        return deed(session, *arguments, **more)


def month(library, name="2027-01"):
    with library.reading() as session:
        return statistics.month(session, name)


def test_a_library_that_never_did_any_of_it_says_nothing_of_it(stocked):
    found = month(stocked)
    assert (
        found.tables["wards"],
        found.tables["clinical"],
        found.tables["activities"],
        found.tables["deposits"],
    ) == (None, None, (), ())
    assert found.tables["late"] == LateLoans(0, 0, 0, 0)


def test_the_wards_of_a_month(stocked):
    number = act(stocked, rounds.begin, THURSDAY, THURSDAY)
    place = None
    for code in ("W-MAWAR", "B000020", "B000010", "W-ANGGREK", "B000011"):
        place = act(stocked, rounds.scan, number, place, code, THURSDAY).place
    act(stocked, rounds.close, number, THURSDAY)
    act(
        stocked,
        lambda s: s.execute(update(Item).where(Item.barcode == "B000020").values(ownership="gift")),
    )
    with stocked.transaction() as session:
        mawar = identify.find_patron(session, "W-MAWAR")
        loans = {one.barcode: one.id for one in discharge.open_loans(session, mawar.id)}
        wanted = {
            loans["B000020"]: discharge.Outcome.GIVEN,
            loans["B000010"]: discharge.Outcome.LOST,
        }
        discharge.discharge(session, mawar.id, wanted, THURSDAY)
        for kind, copies in (("leaflet", 12), ("free", 5), ("leaflet", 3)):
            facts = handouts.HandoutFacts(kind, copies, THURSDAY.date(), "Diet", None, mawar.id)
            handouts.hand_out(session, facts, THURSDAY)
    assert month(stocked).tables["wards"] == WardServices(1, 2, 3, 15, 5, 1, 1)
    assert month(stocked, "2027-02").tables["wards"] == WardServices(0, 0, 0, 0, 0, 0, 0)
    (row,) = [one for one in month(stocked).tables["circulation"] if one.category == "ward"]
    assert (row.lent, row.returned) == (3, 0)


def test_clinical_services_of_a_month(stocked):
    day = NOW.date()
    search = {
        "day": day,
        "requester": "dr. Bagus",
        "kind": "patient_care",
        "question": "madu",
        "due": day,
        "hours": 1.75,
    }
    act(stocked, registers.add, "literature_search", {**search, "until": day}, NOW)
    late = {**search, "until": day + timedelta(days=1), "hours": 0.5}
    act(stocked, registers.add, "literature_search", late, NOW)
    act(stocked, registers.add, "literature_search", {**search, "day": date(2026, 12, 30)}, NOW)
    ill = {"day": day, "kind": "requested", "title": "A", "partner": "FK", "quantity": 2}
    act(stocked, registers.add, "interlibrary", ill, NOW)
    training = {"title": "PubMed", "kind": "user_training", "day": day, "men": 4, "women": 9}
    act(stocked, registers.add, "activity", training, NOW)
    found = month(stocked).tables["clinical"]
    assert (found.searches, found.minutes, found.finished, found.on_time) == (2, 135, 2, 1)
    assert (found.requested, found.supplied, found.trainings, found.trained) == (2, 0, 1, 13)
    assert [one.title for one in month(stocked).tables["activities"]] == ["PubMed"]


def test_what_is_late_at_the_months_end_by_plain_sql(stocked):
    for code, patron, at in (
        ("B000001", "M0003", NOW),
        ("B000010", "M0001", NOW - timedelta(days=5)),
        ("B000011", "M0002", NOW - timedelta(days=60)),
        ("B000020", "M0003", THURSDAY),
    ):
        act(stocked, lending.check_out, patron, code, at)
    act(stocked, lending.check_in, "B000020", THURSDAY + timedelta(days=30))
    with stocked.reading() as session:
        rows = session.execute(
            text(
                "SELECT due_on FROM loan WHERE due_on < '2027-01-31' AND lent_on <= '2027-01-31'"
                " AND (returned_on IS NULL OR returned_on > '2027-01-31')"
            )
        ).scalars()
        due = [date.fromisoformat(str(one)) for one in rows]
    days = [(date(2027, 1, 31) - one).days for one in due]
    wanted = LateLoans(
        sum(one <= 7 for one in days),
        sum(7 < one <= 30 for one in days),
        sum(one > 30 for one in days),
        0,
    )
    assert len(days) == 4
    assert month(stocked).tables["late"] == wanted


def test_a_batch_of_the_dinas_balances(stocked):
    facts = deposits.DepositFacts("Paket I/2027", "Dinas", "T1", NOW.date(), None)
    number, _line = act(stocked, deposits.receive, facts, NOW)
    with stocked.transaction() as session:
        ids = [
            items.add_items(
                session, 1, item_facts.ItemFacts(barcode=f"T1-{n:03d}", ownership="deposit"), 1, NOW
            )[0]
            for n in range(1, 6)
        ]
        session.execute(update(Item).where(Item.id.in_(ids)).values(deposit_id=number))
        session.execute(
            update(Item)
            .where(Item.id == ids[0])
            .values(status="returned_to_owner", left_on=NOW.date())
        )
        session.execute(
            update(Item).where(Item.id == ids[1]).values(status="lost", left_on=NOW.date())
        )
        lending.check_out(session, "M0001", "T1-003", NOW)
    assert month(stocked).tables["deposits"] == (DepositFigures("Paket I/2027", 5, 1, 1, 1, 3),)

"""Forgetting: who is forgotten when, that no figure changes, and that no byte is left."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select, update

from database import journal, undo
from database.circulation import clearance, identify, lending
from database.demo import demo
from database.library import Library
from database.patrons import finding, membership, renewing
from database.patrons.finding import PatronFilter
from database.policy import settings
from database.policy.calendar import month_bounds, shift_month
from database.privacy import forgetting, requests, retention, traces
from database.privacy.forgetting import Forgotten
from database.refusal import Reason, Refusal
from database.reports import statistics
from database.schema import (
    Base,
    Consent,
    Journal,
    Loan,
    Patron,
    PatronCategory,
    PatronCode,
    Unit,
    WardRequest,
)
from database.standards import use_measures
from database.standards.measuring import Year
from database.text.words import key
from database.vocabulary import NO_VALUES
from database.wards import wishes
from tests.database.reports.test_statistics import MOMENT
from tests.libraries import NOW, enrol

TODAY = NOW.date()


def lend(library, patron, barcode, now=NOW, **more):
    with library.transaction() as session:
        return lending.check_out(session, patron, barcode, now, **more)


def give_back(library, barcode, now=NOW):
    with library.transaction() as session:
        return lending.check_in(session, barcode, now)


def run(library, days):
    return forgetting.run(library, TODAY + timedelta(days=days), NOW)


def patron(library, patron_id):
    with library.reading() as session:
        return session.execute(select(Patron.__table__).where(Patron.id == patron_id)).one()


def loans(library):
    with library.reading() as session:
        return session.execute(select(Loan.patron_id, Loan.unit).order_by(Loan.id)).all()


def test_a_loan_is_forgotten_days_after_its_return(stocked):
    lend(stocked, "M0004", "B000010")
    assert not run(stocked, 400).loans, "still out"
    give_back(stocked, "B000010")
    assert not run(stocked, 30)
    assert run(stocked, 31).loans == {"family": 1}
    assert loans(stocked)[0].patron_id is None
    assert not run(stocked, 31).loans


def test_wards_keep_their_loans_and_beds_pass_theirs_on(stocked):
    with stocked.transaction() as session:
        ward = identify.find_patron(session, "W-MAWAR")
        bed = membership.enrol(
            session, membership.PatronFacts("Mawar 3", "ward", number="W-M3", unit="Mawar"), NOW
        )
        session.execute(update(Patron).where(Patron.id == bed).values(place_id=ward.id, bed="3"))
    for number, barcode in (("W-MAWAR", "B000010"), ("W-M3", "B000011")):
        lend(stocked, number, barcode)
        give_back(stocked, barcode)
    assert not run(stocked, 7)
    assert run(stocked, 8).loans == {"ward": 1}
    assert [one.patron_id for one in loans(stocked)] == [ward.id, ward.id]
    assert not run(stocked, 4000).persons.get("ward")


def test_a_patient_is_forgotten_after_the_end_or_the_last_return(stocked):
    end = TODAY + timedelta(days=2)
    ended = enrol(stocked, "Ny. S", "patient", valid_until=end)
    late = enrol(stocked, "Tn. K", "patient", valid_until=end, number="P9")
    lend(stocked, "P9", "B000010")
    give_back(stocked, "B000010", NOW + timedelta(days=4))
    assert run(stocked, 9).persons == {}
    assert run(stocked, 10).persons == {"patient": 1}
    assert patron(stocked, ended).forgotten_at == NOW
    assert patron(stocked, late).name == "Tn. K"
    assert run(stocked, 12).persons == {"patient": 1}
    assert patron(stocked, late).name == ""


def test_one_who_still_has_something_is_remembered(stocked):
    lend(stocked, "M0004", "B000010")
    found = run(stocked, 4000)
    assert found.persons["family"] == 0
    with stocked.reading() as session:
        assert identify.find_patron(session, "M0004").name == "Ibu Sri"


def test_only_what_the_figures_count_is_left_of_a_person(stocked):
    patron_id = enrol(
        stocked,
        "Bu Rahasia Sekali",
        "family",
        phone="0812 999",
        note="kamar 4",
        sex="f",
        unit="Mawar",
        staff_number="Z9",
    )
    before = patron(stocked, patron_id)
    with stocked.transaction() as session:
        session.execute(insert(PatronCode).values(code="KTM77", patron_id=patron_id))
        session.execute(
            insert(Consent).values(
                patron_id=patron_id, purpose="photo", text_version="1", given_on=TODAY
            )
        )
        request = requests.ask(session, patron_id, "copy", NOW)
        letter = clearance.issue(session, patron_id, "", NOW)
    run(stocked, 400)
    after = patron(stocked, patron_id)
    kept = {"id", "category_id", "kind", "sex", "joined_on", "valid_until", "created_at"}
    assert {name: after._mapping[name] for name in kept} == {
        name: before._mapping[name] for name in kept
    }
    texts = {value for name, value in after._mapping.items() if isinstance(value, str)}
    assert texts == {"", "f", "person", f"X-{patron_id}", NO_VALUES}
    assert (after.staff_number, after.place_id, after.forgotten_at) == (None, None, NOW)
    with stocked.reading() as session:
        for table in (PatronCode, Consent):
            assert session.execute(select(func.count()).select_from(table)).scalar_one() == 0
        assert clearance.check(session, letter.code).patron == ""
        row = next(one for one in requests.listed(session) if one.id == request)
        assert (row.patron_id, row.category) == (None, "family")
        assert finding.search(session, PatronFilter("rahasia"))[0] == 0
        assert identify.find_patron(session, f"X-{patron_id}") is None
    assert stocked.contents().patrons == 5


def test_a_kind_that_is_never_forgotten_stays(stocked):
    with stocked.transaction() as session:
        session.execute(
            update(PatronCategory).values(forget_loans_after=None, forget_person_after=None)
        )
    lend(stocked, "M0004", "B000010")
    give_back(stocked, "B000010")
    with stocked.reading() as session:
        assert not retention.is_due(session, date(2099, 1, 1))
    assert not forgetting.run(stocked, date(2099, 1, 1), NOW)


def test_a_sensitive_ward_leaves_its_group_on_the_loan(stocked):
    with stocked.transaction() as session:
        session.execute(
            insert(Unit),
            [
                {"name": "VCT", "ward": True, "sensitive": True, "report_group": "Rawat jalan"},
                {"name": "Melati", "ward": True, "sensitive": False, "report_group": ""},
            ],
        )
    for name, unit, barcode in (
        ("A", "VCT", "B000010"),
        ("B", "Melati", "B000011"),
        ("C", "Melati bed 12", "B000012"),
    ):
        enrol(stocked, name, "patient", unit=unit, number=f"P-{name}")
        lend(stocked, f"P-{name}", barcode)
        give_back(stocked, barcode)
    run(stocked, 60)
    assert [one.unit for one in loans(stocked)] == ["Rawat jalan", "Melati", ""]


def test_reasons_typed_by_hand_go_with_the_loan(stocked):
    for barcode in ("B000010", "B000011"):
        lend(stocked, "M0004", barcode)
    lend(stocked, "M0004", "B000012", allowed={Reason.LIMIT_REACHED: "Bu Sri minta sekali"})
    for barcode in ("B000010", "B000011", "B000012"):
        give_back(stocked, barcode)
    run(stocked, 60)
    with stocked.reading() as session:
        facts = session.execute(select(Journal.facts)).scalars().all()
    assert not any("Bu Sri" in one for one in facts)
    assert any('"barcode": "B000012"' in one for one in facts)


def test_a_run_is_one_line_of_counts_and_is_not_undone(stocked):
    heard = []
    stocked.changed.append(heard.append)
    lend(stocked, "M0004", "B000010")
    give_back(stocked, "B000010")
    heard.clear()
    forgetting.BATCH, before = 1, forgetting.BATCH
    try:
        done = run(stocked, 400)
    finally:
        forgetting.BATCH = before
    assert done.loans == {"family": 1}
    assert done.persons["family"] == 1
    assert heard[-1] == {"Loan", "Patron"}
    with stocked.reading() as session:
        told = forgetting.last_run(session)
        assert (told.loans, told.persons["family"]) == ({"family": 1}, 1)
        lines = session.execute(
            select(Journal.id).where(Journal.action == "privacy.forgotten")
        ).all()
        assert len(lines) == 1
        assert settings.get(session, settings.FORGOTTEN_SINCE)
    with pytest.raises(Refusal), stocked.transaction() as session:
        undo.undo(session, lines[0].id, NOW)


def test_asked_to_stop_it_stops_between_two_batches(stocked):
    for name in ("A", "B", "C"):
        enrol(stocked, name, "patient", valid_until=TODAY)
    seen = []
    forgetting.BATCH, before = 1, forgetting.BATCH
    try:
        done = forgetting.run(
            stocked,
            TODAY + timedelta(days=30),
            NOW,
            lambda *told: seen.append(told),
            lambda: bool(seen),
        )
    finally:
        forgetting.BATCH = before
    assert done.persons.total() == 1
    assert seen == [(1, 3)]


def test_forgetting_on_request_is_refused_with_what_is_out(stocked):
    with stocked.reading() as session:
        patron_id = identify.find_patron(session, "M0004").id
    lend(stocked, "M0004", "B000010")
    with pytest.raises(Refusal) as told, stocked.transaction() as session:
        forgetting.forget_now(session, patron_id, NOW)
    assert told.value.reason is Reason.HAS_OPEN_LOANS
    assert [one.barcode for one in told.value.facts["loans"]] == ["B000010"]
    give_back(stocked, "B000010")
    with stocked.transaction() as session:
        done = forgetting.forget_now(session, patron_id, NOW)
    assert done == Forgotten(done.loans, done.persons, 0, [patron_id])
    assert done.facts() == {"loans": {"family": 1}, "persons": {"family": 1}, "wishes": 0}
    assert patron(stocked, patron_id).ended_on == TODAY
    with pytest.raises(Refusal) as told, stocked.transaction() as session:
        forgetting.forget_now(session, patron_id, NOW)
    assert told.value.reason is Reason.RECORD_GONE


def test_nothing_of_the_forgotten_is_undone(stocked):
    with stocked.transaction() as session:
        patron_id = identify.find_patron(session, "M0004").id
        renewing.renew_many(session, [patron_id], None, NOW)
        renewed = journal.line_about(session, "patron.renewed", patron_id)
    lend(stocked, "M0004", "B000010")
    returned = give_back(stocked, "B000010").line
    with stocked.transaction() as session:
        forgetting.forget_now(session, patron_id, NOW)
    for line in (returned, renewed):
        with pytest.raises(Refusal) as told, stocked.transaction() as session:
            undo.undo(session, line, NOW)
        assert told.value.reason is Reason.CANNOT_UNDO


def test_a_ward_is_no_person(stocked):
    with stocked.reading() as session:
        ward = identify.find_patron(session, "W-MAWAR").id
    with pytest.raises(Refusal) as told, stocked.transaction() as session:
        forgetting.forget_now(session, ward, NOW)
    assert told.value.reason is Reason.NOT_A_PERSON


def test_every_table_that_knows_patrons_is_known_here():
    """A new one must be forgotten too: add it to DELETED or UNTIED, or here if it knows places, or
    names nobody and is counted (how memberships stood)."""
    counted = {"membership_event", "borrowed"}
    places = {"round_plan", "round_stop", "ward_request", "handout"}
    known = {record.__tablename__ for record in (*forgetting.DELETED, *forgetting.UNTIED)}
    found = {
        table.name
        for table in Base.metadata.tables.values()
        for key_ in table.foreign_keys
        if key_.column.table.name == "patron"
    }
    assert found == known | places | counted | {"patron", "loan"}


# --- the demo library: figures stay, bytes go -------------------------------------------


def months():
    here = f"{MOMENT:%Y-%m}"
    return [shift_month(here, -back) for back in range(30, -4, -1)]


def figures(library):
    """Every figure of each month, quarter and year, and the measures of the year to its end."""
    with library.reading() as session:
        periods = [*months(), *(f"{year}-Q{n}" for year in (2025, 2026) for n in (1, 2, 3, 4))]
        found = {one: asdict(statistics.period(session, one)) for one in (*periods, "2025", "2026")}
        found["measured"] = [
            use_measures.active_borrowers(session, Year(month_bounds(f"2026-{month:02d}")[1]))
            for month in (1, 6, 12)
        ]
    return json.dumps(found, default=str)


def readers(library):
    """Names, phones and beds of former patients and their families."""
    with library.reading() as session:
        return session.execute(
            select(Patron.name, Patron.phone, Patron.bed, Patron.number)
            .join(PatronCategory, PatronCategory.id == Patron.category_id)
            .where(PatronCategory.audience.in_(("patient", "family")))
            .where(Patron.forgotten_at.is_(None))
            .where(
                ~select(Loan.id)
                .where(Loan.patron_id == Patron.id, Loan.returned_at.is_(None))
                .exists()
            )
        ).all()


def test_no_figure_of_any_month_changes(lived):
    before, people = figures(lived), readers(lived)
    assert json.loads(before)["2026"]["indicator_parts"]["active_borrowers"] > 50
    done = forgetting.run(lived, date(2031, 1, 1), MOMENT)
    assert done.persons["patient"] > 20
    assert done.persons["family"] > 100
    assert done.loans["family"] > 100
    assert done.loans["nurse"] > 100
    assert figures(lived) == before
    with lived.reading() as session:
        left = session.execute(select(Patron.name)).scalars().all()
    assert not {one.name for one in people} & set(left)


def test_no_byte_is_left_of_them(engine, tmp_path):
    if engine != "sqlite":
        pytest.skip("the server's files are the server's")
    path = tmp_path / "demo.db"
    demo.build(str(path), MOMENT)
    library = Library.open(path)
    people = readers(library)
    assert len(people) > 100
    assert any(one.bed for one in people)
    forgetting.run(library, date(2031, 1, 1), MOMENT)
    traces.compact(library, MOMENT.date())
    kept = {each.read_bytes() for each in Path(tmp_path).iterdir()}
    library.close()
    kept |= {each.read_bytes() for each in Path(tmp_path).iterdir()}
    said = {text for one in people for text in (one.name, one.phone, one.bed)}
    said = {spelling.encode() for text in said if text for spelling in (text, key(text))}
    assert not [text for text in said if any(text in content for content in kept)]


def test_the_server_rewrites_the_tables_of_persons(lived):
    forgetting.run(lived, date(2031, 1, 1), MOMENT)
    traces.compact(lived, MOMENT.date())
    lived.fold()
    assert lived.contents().patrons > 0


def test_the_store_is_written_anew_once_after_a_forgetting(stocked):
    assert not traces.wants_compacting(stocked, TODAY)
    run(stocked, 4000)
    assert traces.wants_compacting(stocked, TODAY)
    traces.compact(stocked, TODAY)
    assert not traces.wants_compacting(stocked, TODAY)


def test_wishes_of_wards_go_soon_after_they_were_met(stocked):
    with stocked.transaction() as session:
        ward = identify.find_patron(session, "W-MAWAR").id
        for at in range(2):
            wishes.ask(session, ward, f"{at}", "Novel tentang laut", NOW)
        first = wishes.wishes(session, ward)[0].id
        wishes.settle(session, first, True, NOW)
    assert not run(stocked, 7).wishes
    assert run(stocked, 8).wishes == 1
    assert run(stocked, 61).wishes == 1
    with stocked.reading() as session:
        kept = session.execute(select(WardRequest.wish, WardRequest.bed, WardRequest.met)).all()
        assert sorted(kept) == [("", "", False), ("", "", True)]
        assert wishes.wishes(session, ward) == []


def due(library, days):
    with library.reading() as session:
        return retention.is_due(session, TODAY + timedelta(days=days))


def test_a_returned_patients_loan_alone_makes_the_daily_forgetting_due(stocked):
    """Nobody else has anything to be forgotten by then: the daily run begins for this loan."""
    with stocked.transaction() as session:
        for number in session.scalars(select(Patron.id)).all():
            session.execute(
                update(Patron).where(Patron.id == number).values(valid_until=date(2040, 1, 1))
            )
    enrol(stocked, "Tn. K", "patient", valid_until=date(2040, 1, 1), number="P9")
    lend(stocked, "P9", "B000010")
    lend(stocked, "M0001", "B000001")
    give_back(stocked, "B000010")
    assert [due(stocked, days) for days in (7, 8)] == [False, True]
    assert run(stocked, 8).loans == {"patient": 1}
    assert not due(stocked, 8)
    assert [one.patron_id is None for one in loans(stocked)] == [True, False]

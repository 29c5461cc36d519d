"""Consent, requests, letters of clearance, and what may leave the house."""

from __future__ import annotations

import json
from dataclasses import astuple, replace
from datetime import timedelta

import pytest
from sqlalchemy import insert, select, update

from database import undo
from database.circulation import clearance, identify, lending
from database.patrons import consents, finding, membership
from database.policy import categories, settings
from database.policy.calendar import shift_month
from database.privacy import person_data, requests
from database.refusal import Reason, Refusal
from database.reports import disclosure, statistics
from database.reports.counting import guard
from database.reports.disclosure import Guard
from database.reports.tables.circulation import CirculationRow
from database.reports.tables.membership import MembershipRow
from database.reports.tables.visit_rows import VisitRow
from database.schema import Patron, PatronPhoto, Unit
from tests.libraries import NOW, enrol
from tests.undoing import take_back_last

TODAY = NOW.date()


def refused(library, act):
    with pytest.raises(Refusal) as told, library.transaction() as session:
        act(session)
    return told.value


def done(library, act):
    with library.transaction() as session:
        return act(session)


# --- consent ----------------------------------------------------------------------------


def test_a_consent_keeps_text_day_and_way(library):
    who = enrol(library, "Ibu Ani", "family")
    done(library, lambda s: settings.put(s, settings.CONSENT_VERSION, "2027-1"))
    line = done(library, lambda s: consents.give(s, who, "reminders", "form", NOW))
    with library.reading() as session:
        (found,) = consents.held(session, who)
        assert (found.text_version, found.channel, found.given_on) == ("2027-1", "form", TODAY)
        assert consents.stands(session, who, "reminders")
        assert not consents.stands(session, who, "photo")
    again = refused(library, lambda s: consents.give(s, who, "reminders", "", NOW))
    assert again.reason is Reason.CONSENT_STANDS
    done(library, lambda s: undo.undo(s, line, NOW))
    with library.reading() as session:
        assert consents.held(session, who) == []


def test_a_child_consents_through_a_guardian(library):
    who = enrol(library, "Dik Ani", "public")
    done(library, lambda s: s.execute(update(Patron).where(Patron.id == who).values(child=True)))
    told = refused(library, lambda s: consents.give(s, who, "photo", "", NOW))
    assert told.reason is Reason.GUARDIAN_MISSING
    done(
        library,
        lambda s: s.execute(update(Patron).where(Patron.id == who).values(guardian="Ibu Ani")),
    )
    done(library, lambda s: consents.give(s, who, "photo", "", NOW))


def test_withdrawing_takes_effect_and_the_photo_goes(library):
    who = enrol(library, "Ibu Ani", "nurse")
    done(library, lambda s: consents.give(s, who, "photo", "", NOW))
    done(library, lambda s: consents.give(s, who, "reminders", "", NOW))
    photo = insert(PatronPhoto).values(patron_id=who, media_type="image/png", content=b"x")
    done(library, lambda s: s.execute(photo))
    line = done(library, lambda s: consents.withdraw(s, who, "photo", NOW))
    other = done(library, lambda s: consents.withdraw(s, who, "reminders", NOW))
    with library.reading() as session:
        assert session.execute(select(PatronPhoto.patron_id)).first() is None
        assert {one.withdrawn_on for one in consents.held(session, who)} == {TODAY}
    assert refused(library, lambda s: undo.undo(s, line, NOW)).reason is Reason.CANNOT_UNDO
    done(library, lambda s: undo.undo(s, other, NOW))
    with library.reading() as session:
        assert consents.stands(session, who, "reminders")
    assert refused(library, lambda s: consents.withdraw(s, who, "photo", NOW)).reason


# --- requests and the copy of one's data --------------------------------------------------


def test_a_request_is_due_in_three_days(library):
    who = enrol(library, "Ibu Ani", "family")
    first = done(library, lambda s: requests.ask(s, who, "forget", NOW))
    later = NOW + timedelta(hours=5)
    assert done(library, lambda s: requests.ask(s, who, "forget", later)) == first
    copy = done(library, lambda s: requests.ask(s, who, "copy", NOW))
    done(library, lambda s: requests.answered(s, copy, later))
    with library.reading() as session:
        waiting, answered = requests.listed(session)
    assert (waiting.id, waiting.done_at) == (first, None)
    assert waiting.due_at == NOW + timedelta(hours=72)
    assert (answered.kind, answered.done_at) == ("copy", later)


def test_the_copy_holds_everything_and_nothing_of_ours(stocked):
    with stocked.transaction() as session:
        lending.check_out(session, "M0004", "B000010", NOW)
        lending.check_out(session, "M0004", "B000011", NOW)
        lending.check_in(session, "B000011", NOW)
        who = identify.find_patron(session, "M0004").id
        consents.give(session, who, "membership", "form", NOW)
    with stocked.reading() as session:
        held = person_data.held(session, who, NOW)
    assert json.loads(json.dumps(held)) == held
    assert held["person"]["name"] == "Ibu Sri"
    assert "search_key" not in held["person"]
    assert [one["barcode"] for one in held["loans_in_hand"]] == ["B000010"]
    assert [one["barcode"] for one in held["loans_returned"]] == ["B000011"]
    assert held["consents"][0]["purpose"] == "membership"


# --- letters of clearance -------------------------------------------------------------------


def test_a_letter_is_refused_with_what_is_open(stocked):
    with stocked.transaction() as session:
        lending.check_out(session, "M0003", "B000010", NOW)
        who = identify.find_patron(session, "M0003").id
    told = refused(stocked, lambda s: clearance.issue(s, who, "", NOW))
    assert told.reason is Reason.NOT_CLEAR
    assert [(one.kind, one.barcode) for one in told.facts["matters"]] == [("loan", "B000010")]
    with stocked.reading() as session:
        assert clearance.of_patron(session, who) == []


def test_letters_are_numbered_by_year_and_end_the_card(stocked):
    with stocked.reading() as session:
        who = identify.find_patron(session, "M0003").id
    one = done(stocked, lambda s: clearance.issue(s, who, "  selesai   stase ", NOW))
    assert (one.number, one.purpose) == ("001/SKBP/RSUD-BS/I/2027", "selesai stase")
    with stocked.reading() as session:
        assert finding.one(session, who).ended_on == TODAY
        typed = clearance.shown_code(one.code).lower().replace("-", " ")
        assert clearance.check(session, typed) == one
        assert clearance.check(session, "AAAA-AAAA") is None
    two = done(stocked, lambda s: clearance.issue(s, who, "", NOW))
    assert two.number.startswith("002/")
    third = done(stocked, lambda s: clearance.issue(s, who, "", NOW.replace(year=2028)))
    assert third.number == "001/SKBP/RSUD-BS/I/2028"


def test_a_letter_undone_is_void_and_its_number_used(stocked):
    with stocked.reading() as session:
        who = identify.find_patron(session, "M0003").id
    one = done(stocked, lambda s: clearance.issue(s, who, "", NOW))
    done(stocked, lambda s: take_back_last(s, NOW, frozenset({"Clearance"})))
    with stocked.reading() as session:
        assert finding.one(session, who).ended_on is None
        assert clearance.check(session, one.code).cancelled_at == NOW
    two = done(stocked, lambda s: clearance.issue(s, who, "", NOW))
    assert two.number.startswith("002/")


def test_wards_get_no_letter(stocked):
    with stocked.reading() as session:
        ward = identify.find_patron(session, "W-MAWAR").id
    told = refused(stocked, lambda s: clearance.issue(s, ward, "", NOW))
    assert told.reason is Reason.NOT_A_PERSON


# --- small numbers ----------------------------------------------------------------------------

AUDIENCES = {"nurse": "staff", "family": "family", "public": "public", "patient": "patient"}


def visit(category, *weeks):
    return VisitRow(category, weeks, sum(weeks))


def merged(rows, audiences=AUDIENCES):
    return guard.merged(tuple(rows), Guard(audiences, 5))


def test_large_counts_and_noughts_stand_as_they_are():
    rows = (
        visit("nurse", 1, 1, 0, 0, 0),
        visit("family", 2, 0, 0, 0, 0),
        visit("patient", 9, 0, 5, 0, 0),
    )
    assert merged(rows) == rows


def test_a_small_count_of_patients_stands_with_their_families():
    rows = (
        visit("nurse", 1, 1, 0, 0, 0),
        visit("family", 9, 9, 9, 9, 9),
        visit("patient", 1, 0, 5, 0, 0),
    )
    assert merged(rows) == (
        rows[0],
        VisitRow("patient+family", (10, 9, 14, 9, 9), 51),
    )


def test_still_small_it_stands_with_the_public_too():
    rows = (
        visit("family", 1, 0, 0, 0, 0),
        visit("public", 9, 0, 0, 0, 0),
        visit("patient", 1, 0, 0, 0, 0),
    )
    (found,) = merged(rows)
    assert (found.category, found.total) == ("patient+family+public", 11)


def test_a_library_without_families_counts_patients_with_others():
    rows = (CirculationRow("nurse", 20, 0, 9, 9, 9), CirculationRow("patient", 2, 0, 0, 0, 0))
    (found,) = merged(rows, {"nurse": "staff", "patient": "patient"})
    assert (found.category, found.lent) == ("patient+nurse", 22)


def test_nothing_small_of_patients_leaves_and_totals_stay(lived):
    with lived.reading() as session:
        by = guard.guard(session)
        for back in range(24):
            month = statistics.month(session, shift_month("2026-11", -back))
            out = disclosure.for_outside(month, by)
            for name in ("membership", "visit_rows", "circulation"):
                whole, shown = month.tables[name], out.tables[name]
                assert sums(whole) == sums(shown)
                alone = [row for row in shown if row.category == "patient"]
                assert not any(0 < n < 5 for row in alone for n in counts(row))
            assert [row.total for row in out.tables["class_loans"]] == [
                r.total for r in month.tables["class_loans"]
            ]
            assert all(sum(row.by_category) == row.total for row in out.tables["class_loans"])
            assert len(out.loan_categories) == len(out.tables["class_loans"][0].by_category)
            if "patient" in out.loan_categories:
                at = out.loan_categories.index("patient")
                assert not any(0 < row.by_category[at] < 5 for row in out.tables["class_loans"])
            # What leaves no longer tells which kinds the row was made of.
            merged = ("membership", "visit_rows", "circulation", "class_loans")
            bare = dict.fromkeys(merged, ())
            assert replace(out, loan_categories=()).having(**bare) == month.having(**bare)


def counts(row):
    """Every count of a row, those of its weeks one by one."""
    values = astuple(row)[1:]
    return [n for one in values for n in (one if isinstance(one, tuple) else (one,))]


def sums(rows):
    return [sum(column) for column in zip(*map(counts, rows), strict=True)]


def test_members_keep_their_balance(lived):
    with lived.reading() as session:
        month = statistics.month(session, "2026-10")
        out = disclosure.for_outside(month, guard.guard(session))
    assert all(isinstance(row, MembershipRow) for row in out.tables["membership"])
    assert all(row.start + row.joined - row.ended == row.end for row in out.tables["membership"])


def test_sensitive_wards_are_called_by_their_group(library):
    rows = [
        {"name": "VCT", "ward": True, "sensitive": True, "report_group": "Rawat jalan"},
        {"name": "Melati", "ward": True, "sensitive": False, "report_group": "x"},
    ]
    done(library, lambda s: s.execute(insert(Unit), rows))
    with library.reading() as session:
        names = disclosure.unit_names(session)
    assert [disclosure.unit_outside(one, names) for one in ("VCT", "Melati")] == [
        "Rawat jalan",
        "Melati",
    ]


def test_small_numbers_are_hidden_no_further_than_the_public():
    rows = (
        CirculationRow("nurse", 20, 0, 9, 9, 9),
        CirculationRow("student", 30, 0, 9, 9, 9),
        CirculationRow("public", 1, 0, 0, 0, 0),
        CirculationRow("family", 1, 0, 0, 0, 0),
        CirculationRow("patient", 1, 0, 0, 0, 0),
    )
    kinds = {
        "nurse": "staff",
        "student": "student",
        "public": "public",
        "family": "family",
        "patient": "patient",
    }
    found = merged(rows, kinds)
    assert [(row.category, row.lent) for row in found] == [
        ("nurse", 20),
        ("student", 30),
        ("patient+family+public", 3),
    ]


def test_a_kind_added_after_the_month_does_not_break_its_paper(stocked):
    from desktop.pages.report.pieces import category

    with stocked.transaction() as session:
        membership.enrol(session, membership.PatronFacts("Tn. K", "patient", number="P9"), NOW)
        lending.check_out(session, "P9", "B000010", NOW)
        month = statistics.month(session, "2027-01")
        categories.add(session, categories.CategoryFacts("Penunggu", "family"), NOW)
    with stocked.reading() as session:
        out = disclosure.for_outside(month, guard.guard(session))
    (row,) = (one for one in out.tables["circulation"] if "patient" in one.category)
    assert row.lent == 1
    assert category(out, row.category)
    assert all(
        len(one.by_category) == len(out.loan_categories) for one in out.tables["class_loans"]
    )

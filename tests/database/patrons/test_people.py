"""Patrons: kinds, units, numbers, doubles, lists, merges, and taking all of it back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, update

from database import journal, undo
from database.circulation import identify, lending
from database.exchange import found, pasted
from database.patrons import (
    before,
    enrolling,
    finding,
    leavers,
    likeness,
    membership,
    merging,
    numbers,
    photos,
    renewing,
    rotation,
)
from database.patrons.finding import PatronFilter
from database.patrons.likeness import Alike
from database.patrons.membership import PatronFacts
from database.patrons.rotation import Common, Outcome
from database.policy import categories, loan_rule_list, units
from database.policy.categories import CategoryFacts
from database.policy.units import UnitFacts
from database.privacy import forgetting, person_data
from database.refusal import Reason, Refusal
from database.reports import acts, statistics
from database.schema import (
    Consent,
    Journal,
    Loan,
    MembershipEvent,
    Patron,
    PatronBefore,
    PatronCode,
    Unit,
    WardRequest,
)
from database.text import dates, patient_numbers, phones
from database.text.patient_numbers import Sensitive
from tests.libraries import NOW, enrol
from tests.undoing import take_back_last

TODAY = NOW.date()


def act(library, do):
    with library.transaction() as session:
        return do(session)


def ask(library, question):
    with library.reading() as session:
        return question(session)


def refused(library, do):
    with pytest.raises(Refusal) as told:
        act(library, do)
    return told.value


def one(library, number):
    return ask(library, lambda s: finding.one(s, number))


def save(library, patron, *args, **more):
    act(library, lambda s: membership.save(s, patron, PatronFacts(*args, **more), NOW))


def kind(library, code):
    return next(row for row in ask(library, categories.listed) if row.code == code)


# --- kinds


def test_a_kind_is_added_with_a_series_of_its_own(library):
    facts = CategoryFacts("Residen", "staff", 180, "R-{seq:3}", 365, 730)
    act(library, lambda s: categories.add(s, facts, NOW))
    added = kind(library, "residen")
    assert (added.name, added.validity_days, added.active) == ("Residen", 180, True)
    first, second = (enrol(library, name, "residen") for name in ("A", "B"))
    assert [one(library, number).number for number in (first, second)] == ["R-001", "R-002"]
    assert one(library, enrol(library, "C", "nurse")).number == "M0001"
    assert one(library, first).valid_until == TODAY + timedelta(days=180)
    rule = next(row for row in ask(library, loan_rule_list.rules) if row.category == "residen")
    assert (rule.loan_limit, rule.days) == (5, 14)


def test_a_kind_is_renamed_ordered_and_switched_off(library):
    person = enrol(library, "Rina", "nurse")
    facts = CategoryFacts("Perawat", "staff", 365, active=False)
    act(library, lambda s: categories.save(s, kind_id(s, "nurse"), facts, NOW))
    assert one(library, person).category_name == "Perawat"
    assert "nurse" not in [row.code for row in ask(library, membership.categories)]
    told = refused(library, lambda s: membership.enrol(s, PatronFacts("X", "nurse"), NOW))
    assert told.reason is Reason.CATEGORY_MISSING
    save(library, person, "Rina Wati", "nurse")
    assert one(library, person).name == "Rina Wati"
    act(library, lambda s: undo.undo(s, journal.line_about(s, "category.saved", 2), NOW))
    assert "nurse" in [row.code for row in ask(library, membership.categories)]
    ids = [row.id for row in ask(library, categories.listed)]
    line = act(library, lambda s: categories.order(s, ids[::-1], NOW))
    assert [row.id for row in ask(library, categories.listed)] == ids[::-1]
    act(library, lambda s: undo.undo(s, line, NOW))
    assert [row.id for row in ask(library, categories.listed)] == ids


def kind_id(session, code):
    return next(row.id for row in categories.listed(session) if row.code == code)


def test_a_kind_in_use_is_not_removed(stocked):
    act(stocked, lambda s: lending.check_out(s, "M0001", "B000001", NOW))
    told = refused(stocked, lambda s: categories.remove(s, kind_id(s, "nurse"), NOW))
    assert (told.reason, told.facts["patrons"], told.facts["events"]) == (
        Reason.CATEGORY_IN_USE,
        1,
        1,
    )
    line = act(stocked, lambda s: categories.remove(s, kind_id(s, "public"), NOW))
    assert "public" not in [row.code for row in ask(stocked, categories.listed)]
    act(stocked, lambda s: undo.undo(s, line, NOW))
    assert kind(stocked, "public").validity_days == 14
    assert any(row.category == "public" for row in ask(stocked, loan_rule_list.rules))


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (CategoryFacts(" "), Reason.NAME_MISSING),
        (CategoryFacts("perawat / bidan"), Reason.NAME_TAKEN),
        (CategoryFacts("X", "nobody"), Reason.VALUE_INVALID),
        (CategoryFacts("X", validity_days=-1), Reason.VALUE_INVALID),
        (CategoryFacts("X", number_pattern="R"), Reason.PATTERN_INVALID),
    ],
)
def test_kinds_that_cannot_be(library, facts, reason):
    assert refused(library, lambda s: categories.add(s, facts, NOW)).reason is reason


def test_persons_do_not_become_places(library):
    enrol(library, "Rina", "nurse")
    facts = CategoryFacts("Perawat/Bidan", "place")
    told = refused(library, lambda s: categories.save(s, kind_id(s, "nurse"), facts, NOW))
    assert told.reason is Reason.CATEGORY_IN_USE


# --- units


def test_a_unit_typed_joins_the_list_and_is_spelled_alike(library):
    first = enrol(library, "Rina", "nurse", unit="Hemodialisa")
    second = enrol(library, "Sri", "family", unit=" hemodialisa ")
    assert {one(library, number).unit for number in (first, second)} == {"Hemodialisa"}
    assert ask(library, units.names) == ["Hemodialisa"]
    enrol(library, "Ruang Mawar", "ward", unit="Mawar")
    enrol(library, "Ibu Ani", "family", unit="Melati bed 12")
    assert ask(library, lambda s: units.names(s, wards=True)) == ["Mawar"]


def test_renaming_a_unit_renames_it_on_patrons_but_not_on_loans(stocked):
    with stocked.transaction() as session:
        lending.check_out(session, "W-MAWAR", "B000001", NOW)
        at = next(row for row in units.listed(session) if row.name == "Mawar")
        line = units.save(session, at.id, UnitFacts("Mawar Putih", ward=True, sensitive=True), NOW)
    found = ask(stocked, lambda s: finding.search(s, PatronFilter("putih")))[1]
    assert [(row.name, row.unit) for row in found] == [("Ruang Mawar", "Mawar Putih")]
    assert ask(stocked, lambda s: s.execute(select(Loan.unit)).scalar()) == "Mawar"
    act(stocked, lambda s: undo.undo(s, line, NOW))
    assert ask(stocked, lambda s: finding.search(s, PatronFilter("putih")))[0] == 0
    assert ask(stocked, lambda s: finding.search(s, PatronFilter("mawar")))[0] == 1


def test_units_are_added_ordered_and_removed_but_not_in_use(library):
    for name in ("ICU", "IGD"):
        act(library, lambda s, name=name: units.add(s, UnitFacts(name), NOW))
    assert refused(library, lambda s: units.add(s, UnitFacts("icu"), NOW)).reason is (
        Reason.NAME_TAKEN
    )
    icu, igd = (row.id for row in ask(library, units.listed))
    act(library, lambda s: units.order(s, [igd, icu], NOW))
    assert ask(library, units.names) == ["IGD", "ICU"]
    enrol(library, "Rina", "nurse", unit="ICU")
    told = refused(library, lambda s: units.remove(s, icu, NOW))
    assert (told.reason, told.facts["patrons"]) == (Reason.UNIT_IN_USE, 1)
    line = act(library, lambda s: units.remove(s, igd, NOW))
    assert ask(library, units.names) == ["ICU"]
    act(library, lambda s: undo.undo(s, line, NOW))
    assert ask(library, units.names) == ["IGD", "ICU"]


# --- what is asked of whom


def test_a_patient_and_a_bed_belong_to_their_ward(library):
    ward = enrol(library, "Ruang Mawar", "ward", unit="Mawar")
    bed = enrol(library, "Mawar 3", "ward", unit="Mawar", bed="3")
    patient = enrol(library, "A. S.", "patient", unit="mawar", bed="3", phone="0812 7200 4412")
    family = enrol(library, "Ibu Sri", "family", unit="Mawar")
    assert one(library, ward).place_id is None
    assert [one(library, number).place_id for number in (bed, patient, family)] == [ward] * 3
    assert one(library, patient).bed == "3"
    assert one(library, family).valid_until == TODAY + timedelta(days=14)


def test_a_child_needs_a_guardian(library):
    told = refused(
        library, lambda s: membership.enrol(s, PatronFacts("Adik", "public", child=True), NOW)
    )
    assert (told.reason, told.facts["field"]) == (Reason.GUARDIAN_MISSING, "guardian")
    number = enrol(library, "Adik", "public", child=True, guardian="Ibu Ani")
    assert (one(library, number).child, one(library, number).guardian) == (True, "Ibu Ani")
    staff = enrol(library, "Rina", "nurse", child=True, guardian="x")
    assert (one(library, staff).child, one(library, staff).guardian) == (False, "")


@pytest.mark.parametrize(
    "name", ["Soekarno", "D'Arcy O'Neil", "x" * 120, "<b>Rina</b> & 'Wati'", "=1+1", "Ni Luh Á"]
)
def test_names_of_every_kind_are_kept_as_they_are(library, name):
    number = enrol(library, name, "public")
    assert one(library, number).name == name
    assert ask(library, lambda s: finding.search(s, PatronFilter(name[:60])))[0] == 1


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("  Rina@RS.Go.Id ", "Rina@rs.go.id"), ("mailto:a.b+c@rs.id", "a.b+c@rs.id"), ("", "")],
)
def test_an_e_mail_address_is_kept_in_one_form(library, typed, kept):
    patron = enrol(library, "Rina", "nurse", email=typed)
    assert one(library, patron).email == kept


@pytest.mark.parametrize("typed", ["rina", "rina@", "a@b", "a@b.c, d@e.f", "a@b.c?bcc=x@y.z"])
def test_what_is_no_e_mail_address_is_told(library, typed):
    facts = PatronFacts("Rina", "nurse", email=typed)
    told = refused(library, lambda s: membership.enrol(s, facts, NOW))
    assert (told.reason, told.facts["field"]) == (Reason.VALUE_INVALID, "email")


def test_an_e_mail_address_goes_over_with_a_merge_and_is_forgotten(library):
    kept = enrol(library, "Rina Wati", "nurse")
    double = enrol(library, "Rina Wati", "nurse", email="rina@rs.id")
    act(library, lambda s: merging.merge(s, kept, double, NOW))
    assert one(library, kept).email == "rina@rs.id"
    assert "rina@rs.id" in str(ask(library, lambda s: person_data.held(s, kept, NOW)))
    act(library, lambda s: forgetting.forget_now(s, kept, NOW))
    with library.reading() as session:
        assert set(session.execute(select(Patron.email)).scalars()) == {""}


# --- telephone numbers and numbers of patients

SPELLINGS = (
    "081272004412", "6281272004412", "+62 812 7200 4412", "0812-7200-4412", "(0812) 7200 4412",
    "81272004412", "0812.7200.4412", "WA 0812 7200 4412", "HP: 0812-72004412",
    "+62 (0)812-7200-4412", "  0812 7200 4412  ", "no. 0812 7200 4412",
)  # fmt: skip


@pytest.mark.parametrize("typed", SPELLINGS)
def test_a_telephone_number_in_every_spelling(typed):
    assert phones.normal(typed) == "+6281272004412"
    assert phones.shown("+6281272004412") == "+62 812-7200-4412"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0281-641234", "+62281641234"),
        ("tanya ibu", "tanya ibu"),
        ("12345", "12345"),
        ("", ""),
        ("+31 20 794 0800", "+31207940800"),
    ],
)
def test_other_numbers_and_what_is_none(typed, kept):
    assert phones.normal(typed) == kept
    assert phones.is_number(typed) is kept.startswith("+")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("RM 123456", Sensitive.RECORD),
        ("No RM 00-12-34", Sensitive.RECORD),
        ("00.12.34.56", Sensitive.RECORD),
        ("0001234567890", Sensitive.BPJS),
        ("3201 0101 0190 0001", Sensitive.NIK),
        ("Bed 3", None),
        ("lahir 12-05-2001", None),
        ("telp 0812-7200-4412", None),
        ("+62 812-7200-44123", None),
        ("", None),
    ],
)
def test_numbers_of_patients_are_recognised(text, found):
    assert patient_numbers.found_in(text) is found


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1/12/2026", date(2026, 12, 1)),
        ("1 Des 2026", date(2026, 12, 1)),
        ("01-12-26", date(2026, 12, 1)),
        ("Senin, 1 Desember 2026", date(2026, 12, 1)),
        ("1 Agt 2026", date(2026, 8, 1)),
        ("1 May 2026", date(2026, 5, 1)),
        ("2026-12-01", date(2026, 12, 1)),
        ("2026-12-01 00:00:00", date(2026, 12, 1)),
        ("31/2/2026", None),
        ("besok", None),
    ],
)
def test_dates_as_lists_hold_them(text, day):
    assert dates.parse(text) == day


# --- codes, blocks, photographs


def test_a_further_code_opens_the_transaction_in_any_case(stocked):
    rina = ask(stocked, lambda s: identify.find_patron(s, "M0001"))
    save(stocked, rina.id, rina.name, "nurse", number="M0001", codes=("ab 123", "M0001", "AB123"))
    assert ask(stocked, lambda s: numbers.of(s, rina.id)) == ["AB123"]
    for scanned in ("AB123", "ab123", " Ab 123 "):
        assert ask(stocked, lambda s, code=scanned: identify.find_patron(s, code)).id == rina.id
    assert ask(stocked, lambda s: finding.search(s, PatronFilter("ab123")))[0] == 1
    save(stocked, rina.id, rina.name, "nurse", number="M0001")
    assert ask(stocked, lambda s: numbers.of(s, rina.id)) == ["AB123"]
    save(stocked, rina.id, rina.name, "nurse", number="M0001", codes=())
    assert ask(stocked, lambda s: identify.find_patron(s, "AB123")) is None


@pytest.mark.parametrize(
    "more", [{"number": "AB123"}, {"staff_number": "ab123"}, {"codes": ("Ab123",)}]
)
def test_a_code_belongs_to_one_alone(library, more):
    enrol(library, "Rina", "nurse", codes=("AB123",))
    told = refused(library, lambda s: membership.enrol(s, PatronFacts("Sri", "nurse", **more), NOW))
    assert (told.reason, told.facts["name"]) == (Reason.NUMBER_TAKEN, "Rina")


def test_a_code_that_is_a_copys_is_pointed_out(stocked):
    found = ask(stocked, lambda s: numbers.also_copies(s, ["b000001", "X"]))
    assert found == ["B000001"]


@pytest.mark.parametrize(
    ("until", "blocked"), [(None, True), (TODAY, True), (TODAY - timedelta(days=1), False)]
)
def test_a_block_holds_to_the_end_of_its_last_day(stocked, until, blocked):
    rina = ask(stocked, lambda s: identify.find_patron(s, "M0001"))
    save(stocked, rina.id, rina.name, "nurse", valid_until=rina.valid_until,
         blocked_reason="buku hilang", blocked_until=until)  # fmt: skip
    if blocked:
        told = refused(stocked, lambda s: lending.check_out(s, "M0001", "B000001", NOW))
        assert told.reason is Reason.PATRON_BLOCKED
    else:
        act(stocked, lambda s: lending.check_out(s, "M0001", "B000001", NOW))


def test_a_photograph_comes_and_goes(library):
    number = enrol(library, "Rina", "nurse")
    png = b"\x89PNG\r\n\x1a\n" + b"x" * 50
    line = act(library, lambda s: photos.put(s, number, png, NOW))
    assert ask(library, lambda s: photos.of(s, number)) == png
    later = act(library, lambda s: photos.put(s, number, None, NOW))
    act(library, lambda s: undo.undo(s, later, NOW))
    assert ask(library, lambda s: photos.of(s, number)) == png
    act(library, lambda s: undo.undo(s, line, NOW))
    assert ask(library, lambda s: photos.of(s, number)) is None
    told = refused(library, lambda s: photos.put(s, number, b"GIF89a", NOW))
    assert told.reason is Reason.VALUE_INVALID


# --- doubles


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        (PatronFacts("X", "nurse", staff_number="1987 0412"), Alike.STAFF_NUMBER),
        (PatronFacts("Rina Wati", "nurse", phone="62812-7200-4412"), Alike.NAME_AND_PHONE),
        (PatronFacts("Ns. Rina Wati, S.Kep.", "nurse", unit="mawar"), Alike.NAME_AND_PLACE),
        (PatronFacts("Bagus", "nurse", phone="081272004412"), None),
        (PatronFacts("Ns. Rina Wati, S.Kep.", "nurse", unit="ICU"), None),
        (PatronFacts("Ns. Rina Wati, S.Kep.", "nurse", unit="Mawar", staff_number="7"), None),
        (PatronFacts("", "nurse"), None),
    ],
)
def test_who_may_be_a_member_already(library, facts, why):
    number = enrol(
        library,
        "Ns. Rina Wati, S.Kep.",
        "nurse",
        unit="Mawar",
        phone="081272004412",
        staff_number="19870412",
    )
    found = ask(library, lambda s: likeness.of(s, facts))
    assert [row.why for row in found] == ([why] if why else [])
    assert ask(library, lambda s: likeness.of(s, facts, own=number)) == []


# --- taking back


def test_an_enrolment_is_taken_back_unless_she_borrowed(stocked):
    number = enrol(stocked, "Baru Saja", "nurse", codes=("Q1",))
    act(stocked, lambda s: lending.check_out(s, "Q1", "B000001", NOW))
    line = ask(stocked, lambda s: journal.line_about(s, "patron.enrolled", number))
    assert refused(stocked, lambda s: undo.undo(s, line, NOW)).reason is Reason.CANNOT_UNDO
    act(stocked, lambda s: take_back_last(s, NOW))
    assert act(stocked, lambda s: undo.undo(s, line, NOW)).action == "patron.enrolled"
    assert one(stocked, number) is None
    assert ask(stocked, lambda s: identify.find_patron(s, "Q1")) is None


def test_saving_is_taken_back_and_the_journal_stays_without_names(library):
    number = enrol(library, "Rina Rahasia", "nurse", phone="081272004412", codes=("Q1",))
    save(library, number, "Ani Tersembunyi", "doctor", unit="Isolasi", child=True)
    save(library, number, "Ani Tersembunyi", "doctor", codes=("Q2",), blocked_reason="Gawat",
         blocked_until=TODAY, valid_until=TODAY)  # fmt: skip
    for _time in range(2):
        act(library, lambda s: take_back_last(s, NOW, frozenset({"Patron"})))
    row = one(library, number)
    assert (row.name, row.category, row.unit, row.phone) == (
        "Rina Rahasia",
        "nurse",
        "",
        "+6281272004412",
    )
    assert (row.blocked_reason, row.valid_until) == ("", date(2028, 1, 11))
    assert ask(library, lambda s: numbers.of(s, number)) == ["Q1"]
    told = " ".join(ask(library, lambda s: s.execute(select(Journal.facts)).scalars().all()))
    for secret in ("Rahasia", "Tersembunyi", "Isolasi", "8127200", "Q1", "Q2", "Gawat"):
        assert secret not in told


def test_what_was_there_before_is_gone_the_next_day(library):
    number = enrol(library, "Rina", "nurse")
    save(library, number, "Rina Wati", "nurse")
    line = ask(library, lambda s: journal.line_about(s, "patron.saved", number))
    with library.transaction() as session:
        before.drop_old(session, NOW + timedelta(days=1))
    assert ask(library, lambda s: s.execute(select(func.count(PatronBefore.before))).scalar()) == 0
    assert refused(library, lambda s: undo.undo(s, line, NOW)).reason is Reason.CANNOT_UNDO


def test_a_saving_on_which_a_later_one_stands_stays(library):
    number = enrol(library, "Rina", "nurse")
    save(library, number, "Rina Wati", "nurse")
    line = ask(library, lambda s: journal.line_about(s, "patron.saved", number))
    save(library, number, "Rina Wati Sari", "nurse")
    assert refused(library, lambda s: undo.undo(s, line, NOW)).reason is Reason.CANNOT_UNDO


# --- renewing


def test_many_are_renewed_in_one_act(stocked):
    ids = {row.number: row.id for row in ask(stocked, _everybody)}
    chosen = [ids["M0003"], ids["M0004"]]
    ends = ask(stocked, lambda s: renewing.new_ends(s, chosen, None, TODAY))
    assert ends == {ids["M0003"]: date(2027, 4, 11), ids["M0004"]: date(2027, 1, 25)}
    made = act(stocked, lambda s: renewing.renew_many(s, chosen, date(2027, 3, 1), NOW))
    assert made.ends == {ids["M0003"]: date(2027, 3, 31), ids["M0004"]: date(2027, 3, 1)}
    assert one(stocked, ids["M0004"]).valid_until == date(2027, 3, 1)
    act(stocked, lambda s: undo.undo(s, made.line, NOW))
    assert one(stocked, ids["M0004"]).valid_until == date(2027, 1, 15)
    told = refused(stocked, lambda s: renewing.renew_many(s, [999_999], None, NOW))
    assert told.reason is Reason.RECORD_GONE


def _everybody(session):
    return finding.search(session, PatronFilter())[1]


# --- a list of people

PASTED = """No\tNama\tNIM\tInstitusi\tNo HP\tL/P\tDari\tSampai
1\tAyu Lestari\tG4A01\tUnsoed\t081272004412\tP\t1/12/2026\t31 Jan 2027
2\tBudi O'Neil\tG4A02\tUnsoed\t\tL\t1 Des 2026\t2027-01-31
3\t\tG4A03
4\tAyu Lestari\tg4a01
5\tCici\tG4A05\t\t\t\t32/1/2027\t
6\tDodi\tG4A06\t\t\t\t1/2/2027\t1/1/2027

7\tFikri Ramadhan\t19870412\t\t\t\t\t31/03/2027
8\tOrang Lain\t2001
"""


def test_a_pasted_list_tells_of_every_line(stocked):
    fikri = ask(stocked, lambda s: identify.find_patron(s, "M0003"))
    save(
        stocked,
        fikri.id,
        fikri.name,
        "student",
        staff_number="19870412",
        valid_until=date(2027, 1, 31),
    )
    enrol(stocked, "Si Empunya", "student", staff_number="2001")
    table = pasted.rows_of(PASTED)
    common = Common("student", "Unsoed", joined_on=TODAY, valid_until=date(2027, 2, 28))
    lines = ask(stocked, lambda s: rotation.plan(s, table, common))
    assert [(row.position, row.outcome, row.detail) for row in lines] == [
        (2, Outcome.NEW, ""),
        (3, Outcome.NEW, ""),
        (4, Outcome.NAME_MISSING, ""),
        (5, Outcome.DOUBLED, "2"),
        (6, Outcome.WRONG_DATE, "32/1/2027"),
        (7, Outcome.DATES_TURNED, ""),
        (9, Outcome.RENEWED, ""),
        (10, Outcome.NUMBER_TAKEN, "2001"),
    ]
    done = act(stocked, lambda s: rotation.apply(s, table, common, NOW))
    assert (len(done.added), done.renewed) == (2, [fikri.id])
    ayu = one(stocked, done.added[0])
    assert (ayu.staff_number, ayu.phone, ayu.sex) == ("G4A01", "+6281272004412", "f")
    assert (ayu.joined_on, ayu.valid_until) == (date(2026, 12, 1), date(2027, 1, 31))
    assert one(stocked, fikri.id).valid_until == date(2027, 3, 31)
    again = ask(stocked, lambda s: rotation.plan(s, table, common))
    assert [row.outcome for row in again[:2]] == [Outcome.STANDS, Outcome.STANDS]


def acts_of_today(session):
    return acts.since(session, NOW - timedelta(days=1), ["patron.rotated"])


def card_of(session, staff_number):
    return identify.find_patron(session, staff_number).number


def test_a_list_is_taken_back_whole(stocked):
    fikri = ask(stocked, lambda s: identify.find_patron(s, "M0003"))
    table = [["Nama", "Institusi"], ["Ayu Baru", "Unsoed"], ["Fikri Ramadhan", "Unsoed"]]
    save(
        stocked,
        fikri.id,
        fikri.name,
        "student",
        institution="Unsoed",
        valid_until=date(2027, 1, 31),
    )
    common = Common("student", valid_until=date(2027, 2, 28))
    done = act(stocked, lambda s: rotation.apply(s, table, common, NOW))
    assert (len(done.added), done.renewed) == (1, [fikri.id])
    act(stocked, lambda s: undo.undo(s, done.journal_line, NOW))
    assert one(stocked, done.added[0]) is None
    assert one(stocked, fikri.id).valid_until == date(2027, 1, 31)
    done = act(stocked, lambda s: rotation.apply(s, table, common, NOW))
    number = one(stocked, done.added[0]).number
    act(stocked, lambda s: lending.check_out(s, number, "B000001", NOW))
    told = refused(stocked, lambda s: undo.undo(s, done.journal_line, NOW))
    assert told.reason is Reason.CANNOT_UNDO


STAFF = """Nama\tNIP\tUnit\tHP
Rina Wati\t19900101\tICU\t0812 7200 4499
Bagus Santoso\t19800505\tigd\tbelum ada
Baru Sekali\t20000101\tIGD\t
"""


@pytest.fixture
def office(stocked):
    """Rina and Bagus with their numbers and units, and a third whom the office let go."""
    for card, staff_number, unit in (("M0001", "19900101", "IGD"), ("M0002", "19800505", "IGD")):
        who = ask(stocked, lambda s, card=card: identify.find_patron(s, card))
        kind = "nurse" if card == "M0001" else "doctor"
        save(stocked, who.id, who.name, kind, staff_number=staff_number, unit=unit)
    enrol(stocked, "Ns. Pergi Jauh, S.Kep.", "nurse", staff_number="19700707", unit="Mawar")
    return stocked


def test_a_staff_list_changes_unit_and_telephone_of_whom_it_means_and_is_taken_back(office):
    rina = ask(office, lambda s: identify.find_patron(s, "M0001")).id
    before = one(office, rina)
    table, common = pasted.rows_of(STAFF), Common("nurse", unit="Semua")
    lines = ask(office, lambda s: rotation.plan(s, table, common))
    assert [(row.outcome, row.changes) for row in lines] == [
        (Outcome.CHANGED, (("unit", "ICU"), ("phone", "+6281272004499"))),
        (Outcome.STANDS, ()),
        (Outcome.NEW, ()),
    ]
    done = act(office, lambda s: rotation.apply(s, table, common, NOW))
    assert (len(done.added), done.renewed, done.changed) == (1, [], [rina])
    now = one(office, rina)
    assert (now.unit, now.phone, now.valid_until) == ("ICU", "+6281272004499", before.valid_until)
    assert rina in [
        row.id for row in ask(office, lambda s: finding.search(s, PatronFilter("rina icu")))[1]
    ]
    assert ask(office, lambda s: rotation.plan(s, table, common))[0].outcome is Outcome.STANDS
    (told,) = [row for row in ask(office, acts_of_today) if row.action == "patron.rotated"]
    assert told.of == 2
    act(office, lambda s: undo.undo(s, done.journal_line, NOW))
    assert one(office, rina) == before


def test_who_is_not_in_the_list_any_more_is_shown_and_left_alone(office):
    act(office, lambda s: lending.check_out(s, card_of(s, "19700707"), "B000001", NOW))
    everybody = ask(office, lambda s: finding.search(s, PatronFilter()))[1]

    def leavers_of(text, **more):
        lines = ask(
            office, lambda s: rotation.plan(s, pasted.rows_of(text), Common("nurse", **more))
        )
        return [
            (who.name, who.unit, who.open_loans)
            for who in ask(office, lambda s: leavers.of(s, lines, NOW.date()))
        ]

    assert leavers_of(STAFF) == [("Ns. Pergi Jauh, S.Kep.", "Mawar", 1)]
    # A line that cannot be taken means its person all the same.
    assert leavers_of(STAFF + "Pergi Jauh\t\t\t\n") == []
    assert leavers_of(STAFF + "\t19700707\t\t\n") == []
    assert leavers_of("") == []
    assert leavers_of(STAFF, institution="Unsoed") == []
    assert ask(office, lambda s: finding.search(s, PatronFilter()))[1] == everybody


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("Ayu;G4A01;Unsoed\nBudi;G4A02;Unsoed", ["name", "staff_number", "institution"]),
        ("1,Ayu Lestari,081272004412\n2,Budi,081272004413", ["", "name", "phone"]),
        ("2001.1234\tAyu\tP\t1/2/2027", ["staff_number", "name", "sex", "valid_until"]),
        ("Nama Lengkap;NIK;S/d", ["name", "private", "valid_until"]),
        ("Nomor,Nama\n1,Ayu\n2,Budi", ["", "name"]),
    ],
)
def test_columns_by_heading_or_by_what_stands_in_them(text, columns):
    from database.patrons import pasted_list

    assert pasted_list.read(pasted.rows_of(text))[0] == columns


def test_lists_out_of_files(tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["Nama", "NIM", "Sampai"])
    book.active.append(["Ayu", 2001, date(2027, 1, 31)])
    book.save(tmp_path / "a.xlsx")
    assert found.rows_of(tmp_path / "a.xlsx") == [
        ["Nama", "NIM", "Sampai"],
        ["Ayu", "2001", "2027-01-31"],
    ]
    (tmp_path / "a.csv").write_bytes("Nama;NIM\r\nD’Arcy;1\r\n".encode("cp1252"))
    assert found.rows_of(tmp_path / "a.csv") == [["Nama", "NIM"], ["D’Arcy", "1"]]
    (tmp_path / "b.xlsx").write_bytes(b"PK\x03\x04broken")
    (tmp_path / "empty.csv").write_bytes(b"")
    for name, reason in (
        ("b.xlsx", Reason.FILE_OF_OTHER_KIND),
        ("empty.csv", Reason.FILE_EMPTY),
        ("none.csv", Reason.FILE_MISSING),
    ):
        with pytest.raises(Refusal) as told:
            found.rows_of(tmp_path / name)
        assert told.value.reason is reason


# --- two records of one person


def test_two_records_become_one_and_two_again(stocked):
    first = enrol(stocked, "Rina Wati", "nurse", codes=("Q1",))
    second = enrol(stocked, "Ns. Rina W.", "nurse", staff_number="1987", codes=("Q2",),
                   phone="081272004412", blocked_reason="buku hilang", number="M0099")  # fmt: skip
    with stocked.transaction() as session:
        lending.check_out(
            session, "M0099", "B000001", NOW, {Reason.PATRON_BLOCKED: "diizinkan kepala"}
        )
        agreed = Consent(patron_id=second, purpose="reminders", text_version="1", given_on=TODAY)
        session.add(agreed)
    month = f"{TODAY:%Y-%m}"
    joined = ask(stocked, lambda s: statistics.month(s, month)).new_members.now
    line = act(stocked, lambda s: merging.merge(s, first, second, NOW))
    for scanned in ("M0099", "1987", "Q1", "q2"):
        assert ask(stocked, lambda s, code=scanned: identify.find_patron(s, code)).id == first
    row = one(stocked, first)
    assert (row.open_loans, row.staff_number, row.phone) == (1, "1987", "+6281272004412")
    assert row.blocked_reason == "buku hilang"
    assert ask(stocked, lambda s: s.execute(select(Consent.patron_id)).scalar()) == first
    assert ask(stocked, lambda s: finding.search(s, PatronFilter("rina w")))[0] == 2
    assert one(stocked, second).name == ""
    assert ask(stocked, lambda s: statistics.month(s, month)).new_members.now == joined
    act(stocked, lambda s: undo.undo(s, line, NOW))
    assert one(stocked, second).name == "Ns. Rina W."
    assert ask(stocked, lambda s: identify.find_patron(s, "1987")).open_loans == 1
    assert ask(stocked, lambda s: numbers.of(s, first)) == ["Q1"]
    assert ask(stocked, lambda s: s.execute(select(Consent.patron_id)).scalar()) == second


def test_two_wards_become_one_with_what_is_asked_for_there(stocked):
    with stocked.transaction() as session:
        mawar, anggrek = (
            identify.find_patron(session, code).id for code in ("W-MAWAR", "W-ANGGREK")
        )
        membership.enrol(session, PatronFacts("Ibu Tini", "family", unit="Anggrek"), NOW)
        session.add(WardRequest(place_id=anggrek, wish="cerita anak", asked_at=NOW))
        session.flush()
        line = merging.merge(session, mawar, anggrek, NOW)
    where = ask(stocked, lambda s: s.execute(select(WardRequest.place_id)).scalar())
    assert where == mawar
    tini = ask(stocked, lambda s: finding.search(s, PatronFilter("tini")))[1][0]
    assert tini.place_id == mawar
    act(stocked, lambda s: undo.undo(s, line, NOW))
    where = ask(stocked, lambda s: s.execute(select(WardRequest.place_id)).scalar())
    assert where == anggrek


def test_what_cannot_be_merged(stocked):
    rina = ask(stocked, lambda s: identify.find_patron(s, "M0001")).id
    ward = ask(stocked, lambda s: identify.find_patron(s, "W-MAWAR")).id
    for other, reason in (
        (rina, Reason.SAME_PATRON),
        (ward, Reason.KINDS_DIFFER),
        (999, Reason.RECORD_GONE),
    ):
        told = refused(stocked, lambda s, other=other: merging.merge(s, rina, other, NOW))
        assert told.reason is reason


def test_forgetting_a_survivor_forgets_what_was_kept_of_both(library):
    first, second = enrol(library, "Rina", "nurse"), enrol(library, "Rina W.", "nurse")
    with library.transaction() as session:
        merging.merge(session, first, second, NOW)
        session.execute(update(Patron).where(Patron.id == first).values(note=""))
        before.drop(session, [first])
    assert ask(library, lambda s: s.execute(select(func.count(PatronBefore.before))).scalar()) == 0


def test_numbers_typed_in_an_older_version_are_written_alike(library):
    from database.storage import projecting

    number = enrol(library, "Rina", "nurse")
    other = enrol(library, "Sri", "nurse", phone="tanya ibu")
    with library.transaction() as session:
        session.execute(update(Patron).where(Patron.id == number).values(phone="0812 7200-4412"))
        projecting.project_anew(session.connection())
    assert one(library, number).phone == "+6281272004412"
    assert one(library, other).phone == "tanya ibu"


class TakenBackError(Exception):
    pass


def rows_of(session):
    """Patrons, codes, units and memberships as they stand, without our own ids."""
    numbers_ = dict(session.execute(select(Patron.id, Patron.number)).all())
    told = [
        [numbers_.get(value, value) if name == "patron_id" else value for name, value in row]
        for table in (Patron, PatronCode, MembershipEvent, Unit)
        for row in (
            [(name, value) for name, value in one._mapping.items() if name != "id"]
            for one in session.execute(select(table.__table__))
        )
    ]
    return sorted(told, key=str)


def test_many_are_enrolled_together_as_they_would_be_one_by_one(stocked):
    enrol(stocked, "Rina", "nurse", number="TAKEN", codes=("AB123",))
    listed = [
        PatronFacts("Ani", "nurse", unit="Gizi", phone="0812 7200 4412"),
        PatronFacts("Budi", "nurse", number="m9", staff_number="19 87", unit="gizi"),
        PatronFacts("Citra", "nurse", number="taken"),
        PatronFacts("Dewi", "nurse", staff_number="ab123"),
        PatronFacts("Eka", "nurse", number="M10", codes=("q 7", "M10")),
        PatronFacts("Fani", "nurse", number="Q7"),
        PatronFacts("Gita", "nurse", number="1987"),
        PatronFacts("", "nurse", number="M11"),
        PatronFacts("Hadi", "nobody", number="M12"),
        PatronFacts("Indra", "nurse"),
        PatronFacts("Joko", "nurse", joined_on=TODAY - timedelta(400), valid_until=TODAY),
    ]

    def one_by_one(session):
        for facts in listed:
            try:
                yield membership.add(session, facts, NOW)
            except Refusal:
                yield None

    stood = {}
    for name, add in (
        ("alone", one_by_one),
        ("together", lambda session: enrolling.add_all(session, listed, NOW)),
    ):
        with pytest.raises(TakenBackError), stocked.transaction() as session:
            ids = list(add(session))
            stood[name] = ([number is None for number in ids], rows_of(session))
            raise TakenBackError
    assert stood["together"] == stood["alone"]
    assert stood["alone"][0] == [False, False, True, True, False, True, True, True, True, False,
                                 False]  # fmt: skip

"""The patrons' place, by keys; what was done is looked for in the file opened anew."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from database.circulation import lending
from database.library import Library
from database.patrons import finding, membership
from database.patrons.finding import PatronFilter
from desktop.widgets.search_box import PAUSE_MS
from tests.desktop.keying import combo
from tests.libraries import NOW

CTRL = Qt.KeyboardModifier.ControlModifier
Key = Qt.Key
FACTS = membership.PatronFacts.__dataclass_fields__


def patrons_of(program, typed):
    """Who is found, read from the file by another connection."""
    library = Library.open(program.library.where)
    try:
        with library.reading() as session:
            return finding.search(session, PatronFilter(typed))[1]
    finally:
        library.close()


@pytest.fixture
def screen(window):
    return window.go("patrons")


def names(screen):
    return [row["name"] for row in screen.list.table.rows()]


def test_searching_as_one_types_shows_the_first_found(screen, press, qtbot):
    press("rin")
    qtbot.wait(PAUSE_MS + 80)
    assert names(screen) == ["Ns. Rina Wati, S.Kep."]
    assert screen.list.search_box.line.side().startswith("1 ")
    assert screen.patron.number == "M0001"
    assert screen.card.form.value("number") == "M0001"
    press(Key.Key_Escape)
    qtbot.wait(PAUSE_MS + 80)
    assert len(names(screen)) == 6


def test_a_word_or_number_may_begin_the_search(screen, qtbot):
    screen.arrive("M0003")
    assert names(screen) == ["Fikri Ramadhan"]
    screen.arrive("zzz")
    assert names(screen) == []
    assert "zzz" not in screen.list.table._empty.text()


def test_a_patron_is_enrolled_by_keyboard_alone(window, screen, press, program):
    press(Key.Key_N, CTRL)
    press("Dewi Lestari")
    press(Key.Key_Return)
    press(Key.Key_Down)
    press(Key.Key_Down)
    press(Key.Key_Return)
    press("ICU")
    press(Key.Key_S, CTRL)
    found = patrons_of(program, "dewi")[0]
    assert (found.category, found.unit, found.valid_until) == ("nurse", "ICU", date(2028, 1, 11))
    assert found.number in window.notice.text()
    assert window.notice.tone() == "done"
    assert screen.patron.id == found.id
    assert not screen.card.form.is_dirty()


def test_what_is_wrong_is_told_beside_its_field(window, screen, press):
    press(Key.Key_N, CTRL)
    press(Key.Key_S, CTRL)
    assert set(screen.card.form.shown_errors()) == {"name", "category"}
    screen.card.form.put("name", "Siapa Saja")
    screen.card.form.put("category", "nurse")
    screen.card.form.put("number", "m0001")
    press(Key.Key_S, CTRL)
    assert "M0001" in window.notice.text()
    assert set(screen.card.form.shown_errors()) == {"number"}
    assert screen.card.form.input("number").hasFocus()


def test_only_what_a_kind_needs_is_asked(screen, press):
    press(Key.Key_N, CTRL)
    form = screen.card.form

    def asked(category):
        form.put("category", category)
        return {key for key in form.values() if form.input(key).isVisible()}

    assert "staff_number" in asked("nurse")
    assert "institution" not in asked("nurse")
    assert {"institution", "valid_until"} <= asked("student")
    assert asked("ward") >= {"name", "category", "unit", "bed", "number"}
    assert not asked("ward") & {"phone", "sex", "child", "staff_number"}
    assert not asked("patient") & {"staff_number", "institution", "note", "sex", "codes"}
    assert asked("patient") >= {"unit", "bed", "phone", "child"}


def test_the_hint_never_refuses(screen, press, program):
    press(Key.Key_N, CTRL)
    screen.card.form.put("name", "Ibu Ani")
    screen.card.form.put("category", "family")
    screen.card.form.put("note", "RM 123456")
    assert screen.card.form.offered("note")[0]
    screen.card.form.put("note", "RM")
    assert not screen.card.form.offered("note")[0]
    screen.card.form.put("note", "RM 123456")
    press(Key.Key_S, CTRL)
    assert patrons_of(program, "ani")[0].note == "RM 123456"


def test_what_is_typed_is_kept_while_another_is_looked_at(window, screen, press, program):
    screen.arrive(("patron", patrons_of(program, "rina")[0].id))
    screen.card.form.focus("unit")
    press("ICU")
    press(Key.Key_Escape)
    assert window.notice.tone() == "look"
    screen.arrive(("patron", patrons_of(program, "bagus")[0].id))
    assert screen.card.form.value("unit") == ""
    screen.arrive(("patron", patrons_of(program, "rina")[0].id))
    assert screen.card.form.value("unit") == "ICU"
    assert screen.card._draft.text()
    assert patrons_of(program, "rina")[0].unit == ""
    press(Key.Key_S, CTRL)
    assert patrons_of(program, "rina")[0].unit == "ICU"
    assert not screen.card._draft.text()


def test_a_form_half_filled_survives_a_restart(window, program, press, qtbot):
    from desktop.application import build_window

    window.go("patrons", "new")
    press("Setengah")
    window.close()
    again = build_window(program)
    qtbot.addWidget(again)
    again.show()
    screen = again.go("patrons", "new")
    assert screen.card.form.value("name") == "Setengah"
    screen.discard()
    screen.new()
    assert screen.card.form.value("name") == ""


def test_renewing_can_be_undone(window, screen, press, program):
    sri = patrons_of(program, "sri")[0]
    screen.arrive(("patron", sri.id))
    press(*combo("extend"))
    assert patrons_of(program, "sri")[0].valid_until == date(2027, 1, 25)
    assert screen.card.form.value("valid_until") == date(2027, 1, 25)
    press(Key.Key_Z, CTRL)
    assert patrons_of(program, "sri")[0].valid_until == date(2027, 1, 15)
    assert screen.card.form.value("valid_until") == date(2027, 1, 15)


def test_loans_in_hand_and_past_are_counted(screen, program):
    with program.library.transaction() as session:
        for barcode in ("B000001", "B000010"):
            lending.check_out(session, "M0001", barcode, NOW)
        lending.check_in(session, "B000001", NOW)
    screen.arrive(("patron", patrons_of(program, "rina")[0].id))
    assert screen.card.tabs.tabText(0).endswith(" 1")
    assert screen.card.tabs.tabText(1).endswith(" 1")
    assert screen.card.loans.cell(0, 0) == "Ilmu Kebidanan"
    screen.list.borrowing.setChecked(True)
    assert names(screen) == ["Ns. Rina Wati, S.Kep."]


def test_filters_of_kind_and_of_memberships_that_end(screen):
    screen.list.kind.choose("ward")
    assert names(screen) == ["Ruang Anggrek", "Ruang Mawar"]
    screen.list.kind.choose("")
    screen.list.ending.setChecked(True)
    assert names(screen) == ["Ibu Sri"]


def test_f4_opens_the_desk_with_the_patron(window, screen, press):
    screen.arrive("bagus")
    press(*combo("lend"))
    assert window.current_key() == "desk"
    assert window.current().patron.number == "M0002"


def test_a_kind_that_changes_takes_only_its_own_facts(screen, press, program):
    rina = patrons_of(program, "rina")[0]
    screen.arrive(("patron", rina.id))
    screen.card.form.put("staff_number", "19870412")
    press(Key.Key_S, CTRL)
    assert patrons_of(program, "rina")[0].staff_number == "19870412"
    screen.card.form.put("category", "patient")
    press(Key.Key_S, CTRL)
    found = patrons_of(program, "rina")[0]
    assert (found.category, found.staff_number, found.sex) == ("patient", "", "")


def test_what_another_desk_changed_is_seen_before_it_is_overwritten(window, screen, press, program):
    rina = patrons_of(program, "rina")[0]
    screen.arrive(("patron", rina.id))
    form = screen.card.form
    form.put("note", "bawa kartu")
    form.put("unit", "ICU sini")
    other = Library.open(program.library.where)
    try:
        with other.transaction() as session:
            read = finding.one(session, rina.id)
            facts = {n: getattr(read, n) for n in FACTS if hasattr(read, n)}
            facts |= {"phone": "0813 9999 0000", "unit": "ICU sana"}
            membership.save(session, rina.id, membership.PatronFacts(**facts), NOW, read)
    finally:
        other.close()
    press(Key.Key_S, CTRL)
    assert window.notice.tone() == "refused"
    assert "ICU sana" in window.notice.text()
    assert form.value("phone") == "+62 813-9999-0000", "nothing was typed there"
    assert form.shown_errors() == {"unit": "kini: ICU sana"}
    assert form.value("unit") == "ICU sini"
    press(Key.Key_S, CTRL)
    row = patrons_of(program, "rina")[0]
    assert (row.phone, row.unit, row.note) == ("+6281399990000", "ICU sini", "bawa kartu")


def test_an_edit_after_enrolling_is_not_the_next_new_patron(window, screen, press, program):
    press(Key.Key_N, CTRL)
    screen.card.form.put("name", "Dewi")
    screen.card.form.put("category", "nurse")
    press(Key.Key_S, CTRL)
    dewi = patrons_of(program, "dewi")[0]
    screen.card.form.put("phone", "0812 3333 4444")
    screen.draft.keep()
    press(Key.Key_N, CTRL)
    assert (screen.card.form.value("name"), screen.card.form.value("number")) == ("", "")
    screen.arrive(("patron", dewi.id))
    assert "3333" in screen.card.form.value("phone"), "kept for the one it was typed for"


def test_nothing_unsaved_is_kept_of_a_patient(window, screen, press, program):
    press(Key.Key_N, CTRL)
    screen.card.form.put("category", "patient")
    screen.card.form.put("name", "Bp. S.")
    screen.draft.keep()
    assert program.drafts.read("patron-new") == ""


def test_a_draft_is_of_this_desk_and_this_library(window, screen, press, program):
    press(Key.Key_N, CTRL)
    screen.card.form.put("name", "Dewi")
    screen.draft.keep()
    assert "Dewi" in program.drafts.read("patron-new")
    program.library.desk = "PC-2"
    assert program.drafts.read("patron-new") == ""

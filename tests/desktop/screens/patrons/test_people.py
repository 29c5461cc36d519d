"""Patrons by keys: doubles, codes, groups, merges, rotations; kinds and units in the settings."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QDialog

from database.circulation import identify
from database.patrons import consents, finding, membership, numbers, photos
from database.patrons.finding import PatronFilter
from database.patrons.membership import PatronFacts
from database.policy import categories, units
from desktop import background
from desktop.screens.patrons.card import camera
from desktop.screens.patrons.card.card import NOTES
from desktop.screens.patrons.group import RenewMany
from desktop.screens.patrons.merge import MergeDialog
from tests.desktop.keying import combo
from tests.libraries import NOW

CTRL = Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


@pytest.fixture
def screen(window):
    return window.go("patrons")


def found(program, typed):
    return program.read(lambda s: finding.search(s, PatronFilter(typed)))[1]


def enrol(program, *args, **more):
    return program.write(lambda s: membership.enrol(s, PatronFacts(*args, **more), NOW))


def at_rest(qtbot):
    qtbot.waitUntil(lambda: not background.busy())
    QApplication.processEvents()


def dialog_of(screen, kind):
    return next(one for one in screen.findChildren(QDialog) if isinstance(one, kind))


# --- enrolling


def test_the_kind_enrolled_last_stands_there_again(window, screen, press, program):
    press(Key.Key_N, CTRL)
    screen.card.form.put("name", "Ayu Satu")
    screen.card.form.put("category", "student")
    press(Key.Key_S, CTRL)
    press(Key.Key_N, CTRL)
    press("Budi Dua")
    assert screen.card.form.value("category") == "student"
    press(Key.Key_S, CTRL)
    assert found(program, "budi dua")[0].category == "student"
    assert window.notice.tone() == "done"
    press(Key.Key_Z, CTRL)
    assert found(program, "budi dua") == []


def test_who_is_enrolled_is_asked_for_consent_and_undo_takes_both_back(
    window, screen, press, program
):
    press(Key.Key_N, CTRL)
    screen.card.form.put("category", "ward")
    assert not screen.card.form.input("reminders").isVisible()
    screen.card.form.put("category", "nurse")
    assert screen.card.form.input("reminders").isVisible()
    screen.card.form.put("name", "Ayu Satu")
    screen.card.form.put("reminders", True)
    press(Key.Key_S, CTRL)
    (ayu,) = found(program, "ayu satu")
    (consent,) = program.read(lambda s: consents.held(s, ayu.id))
    assert (consent.purpose, consent.given_on) == ("reminders", NOW.date())
    assert not screen.card.form.input("reminders").isVisible()
    press(Key.Key_Z, CTRL)
    assert found(program, "ayu satu") == []
    screen.new()
    assert screen.card.form.value("reminders") is False


def test_a_member_already_is_asked_about_once(window, screen, press, program):
    known = enrol(program, "Ns. Rina Sari", "nurse", phone="081272004412")
    press(Key.Key_N, CTRL)
    for key, value in (("name", "Rina Sari"), ("category", "nurse"), ("phone", "0812 7200 4412")):
        screen.card.form.put(key, value)
    press(Key.Key_S, CTRL)
    assert "Ns. Rina Sari" in screen.doubles.band.text()
    assert window.notice.tone() == "look"
    assert len(found(program, "rina sari")) == 1
    press(Key.Key_S, CTRL)
    assert len(found(program, "rina sari")) == 2
    assert screen.patron.id != known
    assert not screen.doubles.band.text()


def test_the_member_already_there_is_opened_instead(screen, press, program):
    known = enrol(program, "Ns. Rina Sari", "nurse", phone="081272004412")
    press(Key.Key_N, CTRL)
    for key, value in (("name", "Rina Sari"), ("category", "nurse"), ("phone", "0812 7200 4412")):
        screen.card.form.put(key, value)
    press(Key.Key_S, CTRL)
    screen.doubles.open_button.click()
    assert screen.patron.id == known
    assert len(found(program, "rina sari")) == 1
    press(Key.Key_N, CTRL)
    assert screen.card.form.value("name") == ""


def test_a_telephone_number_is_shown_as_it_is_kept(screen, press, program):
    press(Key.Key_N, CTRL)
    press("Dewi")
    screen.card.form.put("category", "nurse")
    screen.card.form.focus("phone")
    press("WA 0812 7200 4412")
    screen.card.form.focus("name")
    assert screen.card.form.value("phone") == "+62 812-7200-4412"
    press(Key.Key_S, CTRL)
    assert found(program, "dewi")[0].phone == "+6281272004412"
    screen.card.form.focus("phone")
    press(Key.Key_A, CTRL)
    press("tanya ibunya")
    screen.card.form.focus("name")
    assert screen.card.form.offered("phone")[0]
    press(Key.Key_S, CTRL)
    assert found(program, "dewi")[0].phone == "tanya ibunya"


def test_a_child_is_asked_for_a_guardian(screen, press, program):
    press(Key.Key_N, CTRL)
    form = screen.card.form
    form.put("name", "Adik")
    form.put("category", "public")
    assert not form.input("guardian").isVisible()
    form.put("child", True)
    assert form.input("guardian").isVisible()
    press(Key.Key_S, CTRL)
    assert "guardian" in form.shown_errors()
    form.put("guardian", "Ibu Ani")
    press(Key.Key_S, CTRL)
    assert (found(program, "adik")[0].child, found(program, "adik")[0].guardian) == (
        True,
        "Ibu Ani",
    )


def test_a_further_barcode_is_scanned_in_and_out(window, screen, press, program):
    rina = found(program, "rina")[0]
    screen.arrive(("patron", rina.id))
    screen.card.go_to("codes")
    assert screen.card.tabs.currentIndex() == NOTES
    press("pegawai 77")
    press(Key.Key_Return)
    press("B000001")
    press(Key.Key_Return)
    press(Key.Key_S, CTRL)
    assert program.read(lambda s: numbers.of(s, rina.id)) == ["B000001", "PEGAWAI77"]
    assert (window.notice.tone(), "B000001" in window.notice.text()) == ("look", True)
    assert program.read(lambda s: identify.find_patron(s, "pegawai77")).id == rina.id
    assert screen.card.form.value("codes") == ["B000001", "PEGAWAI77"]
    screen.card.form.put("codes", ["PEGAWAI77"])
    press(Key.Key_S, CTRL)
    assert program.read(lambda s: numbers.of(s, rina.id)) == ["PEGAWAI77"]


def test_a_block_with_an_end_is_set_and_lifted(screen, press, program):
    rina = found(program, "rina")[0]
    screen.arrive(("patron", rina.id))
    screen.card.form.put("blocked_reason", "buku hilang")
    screen.card.form.put("blocked_until", date(2027, 1, 20))
    press(Key.Key_S, CTRL)
    assert found(program, "rina")[0].blocked_until == date(2027, 1, 20)
    assert "2027" in screen.card._state.pill().text
    screen.card.form.put("blocked_reason", "")
    press(Key.Key_S, CTRL)
    row = found(program, "rina")[0]
    assert (row.blocked_reason, row.blocked_until) == ("", None)
    press(Key.Key_Z, CTRL)
    assert found(program, "rina")[0].blocked_reason == "buku hilang"
    assert screen.card.form.value("blocked_reason") == "buku hilang"


def png():
    image = QImage(8, 8, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.red)
    store = QByteArray()
    buffer = QBuffer(store)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return image, bytes(store.data())


def test_a_photograph_is_pasted_and_taken_back(window, screen, press, program):
    rina = found(program, "rina")[0]
    screen.arrive(("patron", rina.id))
    QGuiApplication.clipboard().setImage(png()[0])
    screen.card.face.paste()
    assert program.read(lambda s: photos.of(s, rina.id))
    assert screen.card.face.has_picture()
    press(Key.Key_Z, CTRL)
    assert program.read(lambda s: photos.of(s, rina.id)) is None
    assert not screen.card.face.has_picture()
    with_camera = len(screen.card.face.menu_of().actions())
    assert with_camera == (3 if camera.is_there() else 2)


def test_families_and_patients_have_no_photograph(screen, program):
    screen.arrive(("patron", found(program, "sri")[0].id))
    QGuiApplication.clipboard().setImage(png()[0])
    screen.card.face.paste()
    assert program.read(lambda s: photos.of(s, found(program, "sri")[0].id)) is None


def test_what_else_can_be_done_may_be_added(screen, program):
    from desktop.widgets.keys import Key as Act

    done = []
    button = screen.card.add_act(Act("", "Kartu", lambda: done.append(1)), main=True)
    screen.arrive(("patron", found(program, "rina")[0].id))
    assert button.isVisible()
    button.click()
    screen.card.add_act(Act("", "Lain", lambda: done.append(2)))
    screen.card.menu_of().actions()[-1].trigger()
    assert done == [1, 2]


def test_the_page_does_not_scroll_at_the_commonest_size(window, screen, program, press):
    bar = window._frames["patrons"].verticalScrollBar()
    screen.arrive(("patron", found(program, "rina")[0].id))
    QApplication.processEvents()
    assert bar.maximum() == 0
    press(Key.Key_N, CTRL)
    screen.card.form.put("category", "student")
    QApplication.processEvents()
    assert bar.maximum() == 0
    screen.open_rotation()
    QApplication.processEvents()
    assert bar.maximum() == 0


# --- several


def test_several_are_renewed_in_one_act(window, screen, press, program):
    ids = [found(program, name)[0].id for name in ("fikri", "sri")]
    screen.list.table.select_ids(ids)
    press(*combo("extend"))
    dialog = dialog_of(screen, RenewMany)
    assert dialog.table.count() == 2
    dialog.form.put("by", "day")
    assert not dialog.accept_button.isEnabled()
    dialog.form.put("until", date(2026, 1, 1))
    dialog.try_accept()
    assert dialog.form.shown_errors()
    dialog.form.put("until", date(2027, 6, 30))
    dialog.try_accept()
    ends = {row.valid_until for name in ("fikri", "sri") for row in found(program, name)}
    assert ends == {date(2027, 6, 30)}
    press(Key.Key_Z, CTRL)
    assert found(program, "sri")[0].valid_until == date(2027, 1, 15)


def test_two_are_merged_and_parted_again(window, screen, press, program):
    other = enrol(program, "Rina W.", "nurse", number="M0077")
    rina = found(program, "M0001")[0]
    screen.reload()
    screen.list.table.select_ids([rina.id, other])
    screen.several.merge_button.click()
    dialog = dialog_of(screen, MergeDialog)
    dialog.form.put("kept", rina.id)
    dialog.try_accept()
    assert [row.id for row in found(program, "rina")] == [rina.id]
    assert program.read(lambda s: identify.find_patron(s, "m0077")).id == rina.id
    press(Key.Key_Z, CTRL)
    assert len(found(program, "rina")) == 2


def test_the_other_record_is_found_by_name(screen, program):
    from desktop.screens.patrons import merge

    rina = found(program, "M0001")[0]
    screen.arrive(("patron", rina.id))
    asked = []
    finder = merge.ask_other(program, screen, rina, asked.append)
    finder.line.setText("bagus")
    assert [row["name"] for row in finder.list.rows()] == ["dr. Bagus Santoso"]
    finder.line.setText("ruang")
    assert finder.list.count() == 0
    finder._take()
    finder.line.setText("")


# --- a rotation

LIST = "Nama\tNIM\tSampai\nAyu Baru\tH1\t31 Mar 2027\n\tH2\nBudi <b>\tH3\t32/1/2027\n"


def test_a_pasted_list_is_looked_at_and_taken(window, screen, press, program, qtbot, tmp_path):
    screen.arrive("rotation")
    page = screen.rotation
    assert page.form.value("category") == "student"
    page.form.put("list", LIST)
    page.look()
    at_rest(qtbot)
    assert [row["name"] for row in page.table.rows()] == ["Ayu Baru", "–", "Budi <b>"]
    page.copy_rest()
    copied = QGuiApplication.clipboard().text().splitlines()
    assert len(copied) == 3
    assert copied[0].startswith("Nama\tNIM\tSampai\t")
    page.write_rest(tmp_path / "rest.csv")
    assert "Budi <b>" in Path(tmp_path / "rest.csv").read_text(encoding="utf-8-sig")
    press(Key.Key_S, CTRL)
    at_rest(qtbot)
    assert found(program, "ayu baru")[0].valid_until == date(2027, 3, 31)
    assert page.isVisible()
    assert page.table.count() == 2
    press(Key.Key_Z, CTRL)
    assert found(program, "ayu baru") == []
    press(Key.Key_Escape)
    assert screen.list.isVisible()


def test_a_list_out_of_a_file_and_one_that_is_none(window, screen, program, qtbot, tmp_path, press):
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["Nama", "NIM"])
    book.active.append(["Ayu Berkas", 2001])
    book.save(tmp_path / "a.xlsx")
    screen.open_rotation()
    page = screen.rotation
    page.take_file(tmp_path / "a.xlsx")
    at_rest(qtbot)
    page.look()
    at_rest(qtbot)
    press(Key.Key_S, CTRL)
    at_rest(qtbot)
    assert found(program, "ayu berkas")[0].staff_number == "2001"
    assert screen.list.isVisible()
    screen.open_rotation()
    (tmp_path / "b.xlsx").write_bytes(b"PK\x03\x04")
    page.take_file(tmp_path / "b.xlsx")
    at_rest(qtbot)
    assert window.notice.tone() == "refused"
    press(Key.Key_S, CTRL)
    assert window.notice.tone() == "look"


def test_a_staff_list_tells_changes_and_who_is_gone_and_waits_while_one_is_looked_at(
    window, screen, press, program, qtbot, tmp_path
):
    enrol(program, "Tetap Ada", "nurse", staff_number="19900101", unit="IGD")
    gone = enrol(program, "=Pergi Jauh", "nurse", staff_number="19700707", unit="Mawar")
    screen.arrive("rotation")
    page = screen.rotation
    page.form.put("category", "nurse")
    page.form.put("list", "Nama\tNIP\tUnit\nTetap Ada\t19900101\tICU\n")
    page.look()
    at_rest(qtbot)
    (line,) = page.table.rows()
    assert "ICU" in line["outcome"].text
    page.leavers_button.click()
    rows = page.leavers.table.rows()
    assert "=Pergi Jauh" in [row["name"] for row in rows]
    page.leavers.save(tmp_path / "pergi.csv")
    assert "'=Pergi Jauh" in (tmp_path / "pergi.csv").read_text(encoding="utf-8-sig")
    page.leavers.table.select_ids([gone])
    page.leavers.table.setFocus()
    press(Key.Key_Return)
    assert screen.patron.id == gone
    assert not page.isVisible()
    screen.open_rotation()
    at_rest(qtbot)
    assert page.leavers.table.count() == len(rows)
    press(Key.Key_Escape)
    assert page.table.isVisible()
    press(Key.Key_S, CTRL)
    at_rest(qtbot)
    assert "1" in window.notice.text()
    assert found(program, "tetap ada")[0].unit == "ICU"
    assert found(program, "pergi jauh")[0].id == gone
    press(Key.Key_Z, CTRL)
    assert found(program, "tetap ada")[0].unit == "IGD"
    screen.open_rotation()
    assert page.form.value("list") in (None, "")


# --- kinds and units


def answer(section, **values):
    dialog = section.findChildren(QDialog)[-1]
    for key, value in values.items():
        dialog.form.put(key, value)
    dialog.try_accept()
    return dialog


def test_a_kind_is_added_changed_moved_and_removed(window, press, program):
    settings = window.go("settings", "kinds")
    section = settings.section()
    press(Key.Key_S, CTRL)
    dialog = answer(section, name="perawat/bidan")
    assert dialog.form.shown_errors()
    answer(section, name="Residen", validity_days=180, number_pattern="R{seq:3}")
    names = [row["name"] for row in section.table.rows()]
    assert names[-1] == "Residen"
    section.table.select_ids([section.table.rows()[-1]["id"]])
    section.shift(-1)
    assert [row["name"] for row in section.table.rows()][-2] == "Residen"
    section.remove()
    assert "Residen" not in [row["name"] for row in section.table.rows()]
    press(Key.Key_Z, CTRL)
    assert "Residen" in [row["name"] for row in section.table.rows()]
    assert any(row.name == "Residen" for row in program.read(categories.listed))
    assert "Residen" in dict(window.go("patrons").list.kind._options).values()


def test_a_kind_in_use_stays_and_is_switched_off(window, program):
    section = window.go("settings", "kinds").section()
    at = {row["code"]: row for row in section.table.rows()}
    section.table.select_ids([at["nurse"]["id"]])
    section.remove()
    assert window.notice.tone() == "refused"
    assert "1" in window.notice.text()
    section.edit_chosen()
    answer(section, active=False)
    rina = found(program, "rina")[0]
    screen = window.go("patrons", ("patron", rina.id))
    assert screen.card.form.value("category") == "nurse"
    screen.card.form.put("unit", "ICU")
    screen.save()
    assert found(program, "rina")[0].unit == "ICU"


def test_a_unit_is_renamed_on_its_patrons(window, program, press):
    section = window.go("settings", "units").section()
    at = {row["name"]: row for row in section.table.rows()}
    section.table.select_ids([at["Mawar"]["id"]])
    section.edit_chosen()
    answer(section, name="Mawar Putih", sensitive=True)
    assert found(program, "putih")[0].name == "Ruang Mawar"
    section.table.select_ids([at["Mawar"]["id"]])
    section.remove()
    assert window.notice.tone() == "refused"
    assert "Mawar Putih" in program.read(units.names)

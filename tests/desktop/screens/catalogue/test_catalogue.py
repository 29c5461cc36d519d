"""The catalogue driven by keys on a real library, then the library opened anew and read."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog

from database.catalogue import titles as catalogue
from database.description import marc, marc_form
from database.exchange import sheet
from database.holdings import item_list
from database.library import Library
from database.search import search
from desktop import pc
from desktop.printing import printer
from desktop.screens.catalogue.copies import copies
from tests.libraries import NOW

LONG = "Pengetahuan " * 25


def reopened(screen):
    """What another program would read."""
    return Library.open(screen.program_of_test.library.where)


def read(screen, question):
    library = reopened(screen)
    try:
        with library.reading() as session:
            return question(session)
    finally:
        library.close()


def type_into(qtbot, screen, key, text, form=None):
    line = (form or screen.form.form).input(key)
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, text)


def press(qtbot, screen, key, modifier=Qt.KeyboardModifier.ControlModifier):
    qtbot.keyClick(screen.window(), key, modifier)


def titles(screen):
    return [row.title for row in screen.list.table.rows()]


def copies_of(screen, title):
    def question(session):
        found = search.search(session, title).rows[0]
        return item_list.items_of(session, found.id)

    return read(screen, question)


# --- the list


def test_an_empty_library_says_what_to_do_first(empty, qtbot):
    assert empty.list.search.isHidden()
    press(qtbot, empty, Qt.Key.Key_N)
    assert empty.page() is empty.form


def test_searching_as_one_types(stocked, qtbot):
    assert len(titles(stocked)) == 6
    press(qtbot, stocked, Qt.Key.Key_F3, Qt.KeyboardModifier.NoModifier)
    with qtbot.waitSignal(stocked.list.search.searched):
        qtbot.keyClicks(stocked.list.search.line, "kebidanan")
    assert titles(stocked) == ["Ilmu Kebidanan"]
    assert stocked.list.search.line.side() == "1 judul"
    assert stocked.list.table.cell(0, 8) == "1 dari 1"
    qtbot.keyClicks(stocked.list.search.line, " xyz")
    qtbot.keyClick(stocked.list.search.line, Qt.Key.Key_Return)
    assert titles(stocked) == []
    assert stocked.list.search.line.side().startswith("0 judul")


def test_the_detail_shows_copies_and_the_record(stocked):
    stocked.arrive("penyakit dalam")
    detail = stocked.list.detail
    assert detail.name.text().startswith("Buku Ajar Ilmu Penyakit Dalam")
    assert "Jakarta : InternaPublishing, 2014." in detail.described.text()
    assert detail.numbers.text() == "ISBN 978-602-00-0001-5   DDC 616"
    assert [detail.copies.cell(0, column) for column in (0, 2)] == ["B000001", "tersedia"]
    box = detail.show_marc()
    box.try_accept()
    assert "082 04 $a 616" in QGuiApplication.clipboard().text()


def test_a_scan_of_a_known_isbn_offers_a_copy(stocked):
    stocked.arrive(("isbn", "9786020000022"))
    assert stocked.page() is stocked.list
    assert stocked.list.table.current().title == "Ilmu Kebidanan"
    assert stocked.notice.text() == "“Ilmu Kebidanan” sudah ada (1 eksemplar). Tambah eksemplar?"
    stocked.arrive(("isbn", "9786230000003"))
    assert stocked.page() is stocked.form
    assert stocked.form.form.value("isbn").replace("-", "") == "9786230000003"


# --- a new title


def test_a_book_by_hand_with_three_copies(empty, qtbot):
    press(qtbot, empty, Qt.Key.Key_N)
    isbn = empty.form.form.input("isbn")
    assert isbn.hasFocus()
    qtbot.keyClicks(isbn, "9786020000015")
    qtbot.keyClick(isbn, Qt.Key.Key_Return)
    assert isbn.pill().text == "sah · Indonesia"
    assert empty.form.form.input("title").hasFocus()
    for key, text in {
        "title": "Buku Ajar Ilmu Penyakit Dalam",
        "main_author": "Setiati, Siti",
        "place": "Jakarta",
        "publisher": "InternaPublishing",
        "year": "2014",
        "classification": "616",
    }.items():
        type_into(qtbot, empty, key, text)
    copies = empty.form.copies.form
    type_into(qtbot, empty, "count", "3", copies)
    copies.put("source", "gift")
    empty.form.settle()
    assert empty.form.form.value("call_number") == "616 SET b"
    table = empty.form.copies.table
    assert table.cell(2, 0) == "B000003"
    assert table.cell(2, 1) == "0003/RSUD-BS/H/2027"
    assert not empty.form.preview.picture.pixmap().isNull()
    press(qtbot, empty, Qt.Key.Key_S)
    assert empty.notice.text() == ("Tersimpan: Buku Ajar Ilmu Penyakit Dalam dengan 3 eksemplar")
    rows = copies_of(empty, "penyakit dalam")
    assert [row.barcode for row in rows] == ["B000001", "B000002", "B000003"]
    assert rows[0].accession_number == "0001/RSUD-BS/H/2027"
    assert rows[0].call_number == "616 SET b"
    assert empty.list.table.cell(0, 8) == "3 dari 3"


def test_undo_takes_the_new_title_and_its_copies_back(empty, qtbot):
    empty.arrive("new")
    type_into(qtbot, empty, "title", "Salah")
    press(qtbot, empty, Qt.Key.Key_S)
    assert titles(empty) == ["Salah"]
    press(qtbot, empty, Qt.Key.Key_Z)
    assert titles(empty) == []
    assert read(empty, lambda session: search.search(session, "salah").count) == 0


def test_a_known_isbn_becomes_one_more_copy_and_undo_keeps_its_number(stocked, qtbot):
    press(qtbot, stocked, Qt.Key.Key_N)
    isbn = stocked.form.form.input("isbn")
    qtbot.keyClicks(isbn, "9786020000015")
    qtbot.keyClick(isbn, Qt.Key.Key_Return)
    assert stocked.form.same.text() == "Judul ini sudah ada (1 eksemplar). Tambah eksemplar?"
    title = stocked.form.form.input("title")
    assert title.hasFocus()
    qtbot.keyClick(title, Qt.Key.Key_Space)
    qtbot.keyClick(title, Qt.Key.Key_Return)
    assert stocked.page() is stocked.form, "the form is there still, and no copy was made"
    assert len(copies_of(stocked, "penyakit dalam")) == 1
    press(qtbot, stocked, Qt.Key.Key_E)
    assert stocked.page() is stocked.list
    first = copies_of(stocked, "penyakit dalam")
    assert len(first) == 2
    press(qtbot, stocked, Qt.Key.Key_Z)
    assert len(copies_of(stocked, "penyakit dalam")) == 1
    stocked.list.detail.add_copies()
    dialog = next(box for box in stocked.findChildren(QDialog) if box.isVisible())
    dialog.try_accept()
    again = copies_of(stocked, "penyakit dalam")
    assert again[1].barcode not in {row.barcode for row in first}


def test_words_in_the_isbn_are_said_to_be_none(empty, qtbot):
    """Who types the name of the book at once begins in the wrong field."""
    empty.arrive("new")
    type_into(qtbot, empty, "isbn", "Buku lama")
    assert empty.form.form.input("isbn").pill().text == "bukan ISBN"
    type_into(qtbot, empty, "isbn", "ISBN 97860200")
    assert empty.form.form.input("isbn").pill() is None


def test_a_new_title_finds_nothing_wrong_before_anything_was_left(empty, qtbot):
    empty.arrive("new")
    empty.form.form.focus("title")
    press(qtbot, empty, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    empty.arrive("new")
    assert empty.form.form.input("isbn").hasFocus()
    assert empty.form.form.shown_errors() == {}


def test_a_wrong_isbn_is_said_and_may_be_kept(empty, qtbot):
    empty.arrive("new")
    type_into(qtbot, empty, "isbn", "9786020000016")
    pill = empty.form.form.input("isbn").pill()
    assert (pill.text, pill.tone) == ("seharusnya berakhiran 5?", "warn")
    type_into(qtbot, empty, "title", "Buku lama")
    press(qtbot, empty, Qt.Key.Key_S)
    record, _shelf = read(empty, lambda session: catalogue.record_of(session, 1))
    assert record.get("020", "a") == "9786020000016"


def test_without_a_title_nothing_is_saved(empty, qtbot):
    empty.arrive("new")
    type_into(qtbot, empty, "main_author", "Setiati, Siti")
    press(qtbot, empty, Qt.Key.Key_S)
    assert empty.form.form.input("title").hasFocus()
    assert empty.form.form.shown_errors() == {"title": "wajib diisi"}
    assert empty.notice.text() == "Belum disimpan: periksa bidang yang ditandai."
    assert read(empty, lambda session: search.search(session, "").count) == 0


def test_a_barcode_in_use_is_told_beside_its_field(stocked, qtbot):
    stocked.arrive("new")
    type_into(qtbot, stocked, "title", "Buku lain")
    type_into(qtbot, stocked, "barcode", "b000010", stocked.form.copies.form)
    press(qtbot, stocked, Qt.Key.Key_S)
    assert stocked.form.copies.form.shown_errors() == {"barcode": "sudah dipakai"}
    assert stocked.form.copies.form.input("barcode").hasFocus()
    assert read(stocked, lambda session: search.search(session, "buku lain").count) == 0


def test_esc_keeps_what_was_typed_through_a_restart(empty, qtbot, tmp_path):
    empty.arrive("new")
    type_into(qtbot, empty, "title", "Setengah jadi")
    press(qtbot, empty, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    assert empty.page() is empty.list
    assert "tetap tersimpan" in empty.notice.text()
    assert "Setengah jadi" in empty._program.drafts.read("title/new")
    empty.notice.act()
    assert empty.form.form.value("title") == "Setengah jadi"
    assert empty.form.draft_band.text() == "Ini ketikan sebelumnya yang belum disimpan."
    press(qtbot, empty, Qt.Key.Key_S)
    assert empty._program.drafts.read("title/new") == ""
    assert titles(empty) == ["Setengah jadi"]


def test_a_title_of_three_hundred_letters(empty, qtbot):
    empty.arrive("new")
    type_into(qtbot, empty, "title", LONG)
    press(qtbot, empty, Qt.Key.Key_S)
    assert titles(empty) == [LONG.strip()]
    assert len(empty.list.detail.name.text()) <= 160
    assert empty.list.detail.name.toolTip() == LONG.strip()
    assert empty.width() <= empty.window().width()


# --- a title that stands


def test_editing_keeps_the_fields_the_form_does_not_show(empty, qtbot):
    record = marc_form.apply(marc.Record(), {"title": "Judul lama", "language": "mad"})
    record.fields.append(marc.Field("856", None, "40", [("u", "https://example.org/x")]))
    number = empty.program_of_test.write(lambda session: catalogue.add_biblio(session, record, NOW))
    empty.arrive(("title", number))
    qtbot.keyClick(empty.list.table.view, Qt.Key.Key_Return)
    assert empty.page() is empty.form
    assert not empty.form.copies.isVisible()
    type_into(qtbot, empty, "title", "Judul baru")
    press(qtbot, empty, Qt.Key.Key_S)
    saved, _shelf = read(empty, lambda session: catalogue.record_of(session, number))
    assert saved.get("856", "u") == "https://example.org/x"
    assert (saved.get("245", "a"), saved.get("041", "a")) == ("Judul baru", "mad")
    press(qtbot, empty, Qt.Key.Key_Z)
    assert titles(empty) == ["Judul lama"]


def test_a_record_changed_by_another_desk_is_not_overwritten(stocked, qtbot):
    stocked.arrive(("title", 2))
    qtbot.keyClick(stocked.list.table.view, Qt.Key.Key_Return)
    other = reopened(stocked)
    with other.transaction() as session:
        record, shelf = catalogue.record_of(session, 2)
        changed = marc_form.apply(record, {"year": "2020"})
        catalogue.save_biblio(session, 2, changed, NOW, shelf)
    other.close()
    type_into(qtbot, stocked, "year", "1999")
    press(qtbot, stocked, Qt.Key.Key_S)
    assert stocked.page() is stocked.form
    assert stocked.notice.tone() == "refused"
    record, _shelf = read(stocked, lambda session: catalogue.record_of(session, 2))
    assert marc_form.values(record)["year"] == "2020"


# --- copies


def test_changing_and_striking_a_copy(stocked, qtbot, monkeypatch):
    row = copies_of(stocked, "kebidanan")[0]
    dialog = copies.EditCopy(stocked.program_of_test, stocked, row)
    dialog.open()
    type_into(qtbot, stocked, "location", "Rak 6B", dialog.form)
    dialog.form.put("status", "quarantine")
    dialog.try_accept()
    saved = copies_of(stocked, "kebidanan")[0]
    assert (saved.location, saved.status) == ("Rak 6B", "quarantine")
    dialog = copies.EditCopy(stocked.program_of_test, stocked, saved)
    dialog.open()
    type_into(qtbot, stocked, "barcode", "B000001", dialog.form)
    dialog.try_accept()
    assert dialog.isVisible()
    assert dialog.form.shown_errors() == {"barcode": "sudah dipakai"}
    monkeypatch.setattr(copies, "confirm", lambda *_args, **_more: True)
    dialog.remove()
    assert copies_of(stocked, "kebidanan") == []


@pytest.mark.parametrize("text", ["=1+1", "+62", "-x", "@x"])
def test_a_list_holds_no_formulas(text):
    assert sheet.plain(text) == f"'{text}"
    assert sheet.plain("biasa") == "biasa"


# --- labels


def test_labels_from_the_fifth_cell_are_saved_and_marked(stocked, qtbot, tmp_path, monkeypatch):
    press(qtbot, stocked, Qt.Key.Key_P)
    page = stocked.labels
    assert stocked.page() is page
    area = page.picture.cell_area(5)
    qtbot.mouseClick(page.picture, Qt.MouseButton.LeftButton, pos=area.center().toPoint())
    assert page.picture.start() == 5
    page.choose_printer()
    dialog = QApplication.activeModalWidget()
    dialog.form.put("right", 1.5)
    dialog.try_accept()
    assert stocked.program_of_test.pc.get(pc.SHIFTS["label"][0]) == 1.5
    target = tmp_path / "label.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(target), ""))
    press(qtbot, stocked, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: page.asked.text() != "", timeout=20_000)
    assert target.read_bytes().startswith(b"%PDF")
    assert page.asked.text() == "Tercetak baik?"
    qtbot.keyClick(page.yes, Qt.Key.Key_Space)
    assert read(stocked, item_list.count_unlabelled) == 0
    assert stocked.page() is stocked.list


def test_no_printer_keeps_the_labels_for_later(stocked, qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(pc, "data_folder", lambda: tmp_path)
    stocked.arrive("labels")
    press(qtbot, stocked, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: stocked.notice.text() != "", timeout=20_000)
    assert stocked.notice.tone() == "look"
    assert stocked.notice.action().label == "Coba lagi"
    (kept,) = printer.kept()
    assert (kept.kind, kept.file.read_bytes()[:4]) == ("label", b"%PDF")
    assert stocked.labels.asked.text() == ""

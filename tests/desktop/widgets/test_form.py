"""Forms: typed on a keyboard, or by a scanner that ends with Enter."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop.widgets.dates import parse_date
from desktop.widgets.form import DateField, Field, Form, PairsField, TagsField
from desktop.widgets.form_dialog import FormDialog
from desktop.widgets.pill import Pill
from desktop.words import language
from tests.desktop.scenes.kit_pages import every_field


@pytest.fixture
def form(show):
    return show(every_field())


def test_values_go_in_and_come_out_the_same(form):
    values = {
        "title": "Ilmu bedah",
        "pages": 1284,
        "price": 385_000,
        "bought": date(2026, 12, 7),
        "language": "eng",
        "subjects": ["Bedah"],
        "reference": False,
        "note": "dua\nbaris",
    }
    form.set_values(values)
    assert {key: form.values()[key] for key in values} == values
    assert form.input("price").text() == "Rp 385.000"
    assert form.input("bought").text() == "7 Des 2026"
    assert not form.is_dirty()


def test_enter_goes_on_and_never_saves(form, qtbot):
    form.focus("isbn")
    qtbot.keyClicks(form.input("isbn"), "9786232030124")
    qtbot.keyClick(form.input("isbn"), Qt.Key.Key_Return)
    assert form.input("title").hasFocus()
    assert form.is_dirty()


def test_enter_on_the_last_field_of_a_question_goes_to_its_verb(show, qtbot):
    fields = [[Field("number", "Nomor"), DateField("day", "Tanggal", required=True)]]
    asked = show(FormDialog(None, "Laporan", "Simpan", fields, {"number": "", "day": None}))
    day = asked.form.input("day")
    asked.form.focus("number")
    qtbot.keyClick(asked.form.input("number"), Qt.Key.Key_Return)
    qtbot.keyClick(day, Qt.Key.Key_Return)
    # What is wrong keeps the hand where it is mended.
    assert asked.focusWidget() is day
    asked.form.set_values({"day": date(2026, 12, 7)})
    qtbot.keyClick(day, Qt.Key.Key_Return)
    assert asked.focusWidget() is asked.accept_button
    assert asked.isVisible()


@pytest.mark.parametrize(("width", "beside"), [(700, True), (170, False)])
def test_what_is_wrong_is_read_whole_however_narrow_the_field(show, width, beside):
    made = show(Form([DateField("day", "Ditandatangani tanggal", required=True)]))
    made.setFixedWidth(width)
    made.input("day").setText("besok lusa")
    assert not made.validate()
    QApplication.processEvents()
    words = "bukan tanggal; tulis seperti 07-12-2026"
    (shown,) = [one for one in made.findChildren(QLabel) if one.isVisible() and one.text() == words]
    field = made.input("day")
    bottom = shown.mapTo(made, shown.rect().bottomLeft()).y()
    assert (bottom < field.mapTo(made, field.rect().topLeft()).y()) is beside
    assert shown.heightForWidth(shown.width()) <= shown.height() or beside
    assert shown.width() <= width


def test_a_field_is_called_wrong_only_after_it_was_left(form, qtbot):
    form.set_values({"title": ""})
    form.focus("title")
    assert form.shown_errors() == {}
    assert form.errors() == {"title": "wajib diisi"}
    qtbot.keyClick(form.input("title"), Qt.Key.Key_Return)
    assert form.shown_errors() == {"title": "wajib diisi"}
    form.focus("title")
    qtbot.keyClicks(form.input("title"), "A")
    assert form.shown_errors() == {}


def test_what_cannot_be_read_is_said_beside_the_field(form, qtbot):
    form.input("price").setText("banyak")
    form.input("bought").setText("31-02-2026")
    assert not form.validate()
    assert form.shown_errors() == {
        "bought": "bukan tanggal; tulis seperti 07-12-2026",
        "price": "harus berupa angka",
    }
    assert form.input("bought").hasFocus()
    assert form.value("price") is None


def test_a_typed_date_and_sum_are_written_neatly_when_left(form, qtbot):
    for key, typed, neat in (
        ("bought", "7/12/26", "7 Des 2026"),
        ("price", "1500", "Rp 1.500"),
        ("pages", "1284", "1.284"),
    ):
        form.set_values({key: None})
        form.focus(key)
        qtbot.keyClicks(form.input(key), typed)
        qtbot.keyClick(form.input(key), Qt.Key.Key_Tab)
        assert form.input(key).text() == neat
    assert form.value("bought") == date(2026, 12, 7)


def test_arrows_step_a_date(form, qtbot):
    qtbot.keyClick(form.input("bought"), Qt.Key.Key_Up)
    assert form.value("bought") == date(2026, 12, 8)


def test_own_checks_and_errors_only_saving_finds(show):
    def check(code):
        return "terlalu pendek" if len(code) < 3 else None

    form = show(Form([Field("code", "Kode", check=check)]))
    form.put("code", "ab")
    assert form.errors() == {"code": "terlalu pendek"}
    form.put("code", "abc")
    form.show_error("code", "sudah dipakai")
    assert form.shown_errors() == {"code": "sudah dipakai"}


def test_only_typing_is_told_as_change(form, qtbot):
    told = []
    form.changed.connect(told.append)
    form.set_values({"title": "Baru"})
    assert told == []
    qtbot.keyClicks(form.input("title"), "!")
    assert told == ["title"]


def test_chips_come_by_enter_and_go_by_backspace(form, qtbot):
    line = form.input("subjects").line
    line.setFocus()
    qtbot.keyClicks(line, "Nursing")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert form.value("subjects") == ["Pediatric Nursing", "Child Health", "Nursing"]
    assert line.hasFocus()
    qtbot.keyClick(line, Qt.Key.Key_Backspace)
    assert form.value("subjects") == ["Pediatric Nursing", "Child Health"]
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert form.input("note").hasFocus()


def test_a_choice_keeps_its_value_when_the_options_change(form):
    form.set_options("language", [("ara", "Arab"), ("ind", "Indonesia")])
    assert form.value("language") == "ind"
    form.set_options("language", [("ara", "Arab")])
    assert form.value("language") is None


def test_a_pill_stands_inside_a_field(form):
    form.set_pill("isbn", Pill("sah", "good"))
    assert form.input("isbn").pill() == Pill("sah", "good")


@pytest.mark.parametrize(
    "text",
    ["07-12-2026", "7/12/2026", "7.12.26", "07122026", "2026-12-07", "7 Des 2026",
     "7 desember 2026", "Sen 7 Des 2026", "Senin, 7 Desember 2026", " 7-des-26 "],
)  # fmt: skip
def test_dates_are_read_as_people_write_them(text):
    assert parse_date(text) == date(2026, 12, 7)


@pytest.mark.parametrize("text", ["", "besok", "32-01-2026", "29-02-2026", "7 Xyz 2026", "7 Des"])
def test_what_is_no_date_is_none(text):
    assert parse_date(text) is None


def test_english_dates_are_read_in_english():
    language.use("en")
    assert parse_date("7 Aug 2026") == parse_date("7 August 2026") == date(2026, 8, 7)


def test_a_draft_survives_even_what_cannot_be_read(form, show):
    assert form.draft() == {}
    form.input("price").setText("banyak")
    again = show(every_field())
    again.restore(form.draft())
    assert again.input("price").text() == "banyak"
    assert again.is_dirty()


def walked(key):
    """What has the focus after this key."""
    QTest.keyClick(QApplication.focusWidget(), key)
    return QApplication.focusWidget().accessibleName()


def test_tab_goes_through_a_form_as_it_stands_then_beyond_it(show, qtbot):
    """Also where an input has several parts, some of them made later, and its rows were put into
    another order than they were made in."""
    form = Form(
        [
            [Field("title", "Judul"), Field("year", "Tahun")],
            [PairsField("people", "Pengarang", second="Peran", seconds=("penyunting",))],
            TagsField("subjects", "Subjek"),
            Field("place", "Tempat"),
        ]
    )
    holder, first, last = QWidget(), QLineEdit(), QLineEdit()
    first.setAccessibleName("Cari")
    last.setAccessibleName("Catatan")
    column = QVBoxLayout(holder)
    for part in (first, form, last):
        column.addWidget(part)
    form.show_rows([["title"], ["subjects"], ["people"], ["year", "place"]])
    form.set_values({"people": ["Sari, Dewi"]})
    form.show_rows([["title"], ["people"], ["subjects"], ["year", "place"]])
    show(holder, 500, 500)
    with qtbot.waitActive(holder):
        holder.activateWindow()
    form.focus("title")
    order = ["Pengarang", "Peran", "Pengarang", "Peran", "Subjek", "Tahun", "Tempat", "Catatan"]
    assert [walked(Qt.Key.Key_Tab) for _stop in order] == order
    form.focus("place")
    back = [*reversed(order[:-2]), "Judul", "Cari"]
    assert [walked(Qt.Key.Key_Backtab) for _stop in back] == back

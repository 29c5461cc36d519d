"""The list every screen uses, driven by keys and read by eye."""

from __future__ import annotations

import time
from datetime import date
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from desktop.widgets.buttons import Button
from desktop.widgets.keys import Key
from desktop.widgets.pill import Pill
from desktop.widgets.table import Cell, Column, Table
from desktop.widgets.table_delegate import fold, runs
from desktop.words import language

COLUMNS = (
    Column("Judul", "title", stretch=True),
    Column("Harga", "price", kind="money"),
    Column("Kembali", "due", kind="date"),
    Column("Keadaan", "state", kind="pill", optional=True),
)


def book(place, title="Anatomi"):
    return {
        "id": place,
        "title": f"{title} {place}",
        "price": 1500 * place,
        "due": date(2026, 12, 7),
        "state": Pill("tersedia", "good"),
    }


@pytest.fixture
def seen():
    return SimpleNamespace(opened=[], selected=[])


@pytest.fixture
def table(show, seen):
    made = Table(COLUMNS, seen.opened.append, seen.selected.append, empty="Belum ada judul.")
    return show(made)


def test_cells_read_as_the_language_writes_them(table):
    table.set_rows([book(2)])
    assert [table.cell(0, column) for column in range(4)] == [
        "Anatomi 2",
        "Rp 3.000",
        "Sen 7 Des 2026",
        "tersedia",
    ]
    language.use("en")
    assert table.cell(0, 1) == "Rp 3,000"


def test_rows_may_be_objects_and_missing_values_are_blank(table):
    table.set_rows([SimpleNamespace(id=1, title=Cell("Ibu Aminah", "penunggu"), price=None)])
    assert table.cell(0, 0) == "Ibu Aminah  penunggu"
    assert table.cell(0, 1) == table.cell(0, 2) == ""


def test_the_selection_survives_a_reload_by_id(table, seen):
    table.set_rows([book(1), book(2), book(3)])
    table.select_ids([2])
    table.set_rows([book(3), book(2, "Fisiologi"), book(1)])
    assert table.selected_ids() == [2]
    assert table.current()["title"] == "Fisiologi 2"
    assert [row["id"] for row in seen.selected] == [2]


def test_a_vanished_row_is_told_as_no_selection(table, seen):
    table.set_rows([book(1), book(2)])
    table.select_ids([2])
    table.set_rows([book(1)])
    assert seen.selected[-1] is None
    assert table.current() is None


def test_keys_walk_open_and_copy(table, seen, qtbot):
    table.set_rows([book(place) for place in range(1, 6)])
    table.select_first()
    table.setFocus()
    qtbot.keyClick(table.view, Qt.Key.Key_End)
    assert table.selected_ids() == [5]
    qtbot.keyClick(table.view, Qt.Key.Key_Up)
    qtbot.keyClick(table.view, Qt.Key.Key_Return)
    assert seen.opened == [book(4)]
    qtbot.keyClick(table.view, Qt.Key.Key_Home)
    qtbot.keyClick(table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Anatomi 1"


def test_an_empty_list_says_what_to_do_first(show, qtbot):
    begun = []
    action = Key("new", "Judul baru", lambda: begun.append(True))
    table = show(Table(COLUMNS, empty="Belum ada judul.", empty_action=action))
    table.set_rows([])
    assert not table.view.isVisible()
    qtbot.mouseClick(table.findChild(Button), Qt.MouseButton.LeftButton)
    assert begun == [True]
    table.set_rows([book(1)])
    assert table.view.isVisible()


def test_several_rows_can_be_selected(show, qtbot):
    table = show(Table(COLUMNS, many=True))
    table.set_rows([book(place) for place in range(5)])
    table.select_first()
    qtbot.keyClick(table.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert table.selected_ids() == [0, 1]


def test_optional_columns_give_way_before_the_main_one_is_squeezed(table):
    table.set_rows([book(1, "Buku ajar keperawatan anak")])
    assert not table.view.isColumnHidden(3)
    table.resize(400, 300)
    assert table.view.isColumnHidden(3)
    assert table.view.columnWidth(0) >= 150


def test_a_hundred_thousand_rows_appear_at_once(table):
    rows = [book(place) for place in range(100_000)]
    start = time.perf_counter()
    table.set_rows(rows)
    table.view.viewport().repaint()
    assert time.perf_counter() - start < 1.5
    assert table.count() == 100_000


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("Buku ajar keperawatan anak", ["keperawatan", "anak"]),
        ("Étude de l'anaké", ["anak"]),
        ("beranak", []),
        ("ANAK", ["ANAK"]),
    ],
)
def test_found_words_are_marked_where_words_begin(text, hits):
    pieces = runs(text, [fold("keperawatan"), fold("Anak")])
    assert [piece for piece, hit in pieces if hit] == hits
    assert "".join(piece for piece, _hit in pieces) == text


def test_folding_keeps_every_place():
    text = "Ḩasan ß İbu ﬁlm 学"
    assert len(fold(text)) == len(text)

"""A page that is higher than its room has one bar, whatever lists stand in it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.widgets.buttons import Button
from desktop.widgets.inputs import AreaInput
from desktop.widgets.one_bar import MOST_ROWS, OneBar
from desktop.widgets.row import Row
from desktop.widgets.table import Column, Table
from tests.looking import faults


def listed(rows: int) -> Table:
    table = Table([Column("Judul", "title", stretch=True)], name="Judul")
    table.set_rows([{"id": at, "title": f"Buku {at}"} for at in range(rows)])
    return table


def page(*parts: QWidget) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    for part in parts:
        column.addWidget(part)
    return made


def head(high: int = 120) -> QWidget:
    made = QLabel("Laporan")
    made.setFixedHeight(high)
    return made


def bars(frame: OneBar) -> tuple[bool, list[bool]]:
    """Whether the page shows its bar, and whether each list in it shows its own."""
    lists = [one.view.verticalScrollBar() for one in frame.findChildren(Table)]
    return frame.verticalScrollBar().isVisible(), [one.isVisible() for one in lists]


def test_with_room_a_list_has_the_rest_and_its_own_bar(show):
    frame = show(OneBar(page(head(), listed(30))), 400, 420)
    assert bars(frame) == (False, [True])
    assert frame.content.height() == frame.viewport().height()


def test_without_room_lists_grow_to_all_of_their_rows(show, qtbot):
    frame = show(OneBar(page(head(), listed(9), listed(4))), 400, 240)
    qtbot.waitUntil(lambda: bars(frame) == (True, [False, False]))
    assert faults.nested(frame) == []


def test_rows_that_come_later_are_seen_whole_too(show, qtbot):
    table = listed(2)
    frame = show(OneBar(page(head(200), table)), 400, 240)
    table.set_rows([{"id": at, "title": "Buku"} for at in range(12)])
    qtbot.waitUntil(lambda: not table.view.verticalScrollBar().isVisible())
    assert bars(frame) == (True, [False])


def test_a_larger_window_gives_the_lists_their_room_again(show, qtbot):
    frame = show(OneBar(page(head(), listed(30))), 400, 180)
    qtbot.waitUntil(lambda: bars(frame) == (True, [False]))
    frame.resize(400, 500)
    qtbot.waitUntil(lambda: bars(frame) == (False, [True]))


def turn(table: Table, by: int) -> None:
    """Turn the wheel over a list; negative is downwards."""
    over = table.view.viewport()
    middle = QPointF(over.rect().center())
    QApplication.sendEvent(
        over,
        QWheelEvent(
            middle, over.mapToGlobal(middle), QPoint(0, 0), QPoint(0, by),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase, False,
        ),
    )  # fmt: skip


def test_a_long_list_keeps_the_one_bar_and_pushes_away_what_stands_above(show):
    table = listed(MOST_ROWS * 5)
    frame = show(OneBar(page(head(), table)), 400, 180)
    assert bars(frame) == (False, [True])
    assert frame.verticalScrollBar().value() == 0
    turn(table, -120)
    assert table.view.verticalScrollBar().value() > 0
    top = table.view.mapTo(frame.viewport(), QPoint(0, 0)).y()
    assert top == 0


def test_what_is_written_is_seen_whole_where_the_page_scrolls(show, qtbot):
    area = AreaInput("", 2)
    area.set_raw("\n".join(f"baris {at}" for at in range(9)))
    frame = show(OneBar(page(head(), area, listed(3))), 400, 200)
    qtbot.waitUntil(lambda: not area.verticalScrollBar().isVisible())
    assert faults.nested(frame) == []


# --- rows that break


def rowed(row: Row) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.addLayout(row)
    column.addStretch(1)
    return made


def buttons(*names: str) -> list[Button]:
    return [Button(name) for name in names]


NAMES = ("Terbitan berkala baru", "Nomor berikut datang", "Klaim")


def test_a_row_with_room_is_one_line(show):
    held = buttons(*NAMES)
    show(rowed(Row(*held)), 900, 200)
    assert len({one.y() for one in held}) == 1


def test_a_row_without_room_goes_on_at_the_right_of_the_next_line(show):
    held = buttons(*NAMES)
    row = Row()
    row.addWidget(QLabel("Katalog"), 1)
    for one in held:
        row.addWidget(one)
    made = show(rowed(row), 420, 200)
    assert len({one.y() for one in held}) == 2
    assert faults.outside(made) == []
    assert held[-1].geometry().right() == made.layout().contentsRect().right()


@pytest.mark.parametrize(("wide", "lines"), [(700, 1), (380, 2)])
def test_cards_beside_each_other_stand_below_each_other_where_it_is_narrow(show, wide, lines):
    small, large = listed(3), listed(3)
    small.setMinimumWidth(200)
    small.setMaximumWidth(240)
    large.setMinimumWidth(320)
    row = Row(tall=True)
    row.addWidget(small)
    row.addWidget(large, 1)
    made = QWidget()
    QHBoxLayout(made).addLayout(row)
    show(made, wide, 400)
    assert len({small.y(), large.y()}) == lines
    assert (small.width() == large.width()) is (lines == 2)

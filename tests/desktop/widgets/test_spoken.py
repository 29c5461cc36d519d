"""What a screen reader is told: cells with their headings, notices wherever the focus is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible

from desktop.widgets import notice
from desktop.widgets.notice import NoticeStrip
from desktop.widgets.table import Bar, Cell, Column, Pill, Table


def cells(table):
    model = table.view.model()
    spoken = Qt.ItemDataRole.AccessibleTextRole
    return [model.index(0, at).data(spoken) for at in range(model.columnCount())]


def test_a_cell_is_said_with_its_heading(show):
    columns = [
        Column("Judul", "title"),
        Column("Eksemplar", "copies", kind="number"),
        Column("Pulang", "leaves", kind="pill"),
        Column("Terisi", "share"),
        Column("", "bare"),
    ]
    table = show(Table(columns, name="Judul"), 600, 200)
    row = {"id": 1, "title": Cell("Gizi", second="Rak 6"), "copies": 1284}
    table.set_rows([row | {"leaves": Pill("hari ini", "bad"), "share": Bar(0.5), "bare": "x"}])
    assert cells(table) == [
        "Judul: Gizi  Rak 6",
        "Eksemplar: 1.284",
        "Pulang: hari ini",
        "Terisi: 50 %",
        "x",
    ]
    told = QAccessible.queryAccessibleInterface(table.view)
    assert told.text(QAccessible.Text.Name) == "Judul"


def test_a_notice_is_announced_as_it_is_said(show, monkeypatch):
    said = []
    monkeypatch.setattr(
        notice.QAccessible, "updateAccessibility", lambda event: said.append(event.message())
    )
    strip = show(NoticeStrip())
    strip.refused("Sudah dipinjam")
    strip.done("Dikembalikan")
    strip.add("Denda Rp 500")
    assert said[0].endswith(": Sudah dipinjam")
    assert said[1].endswith(": Dikembalikan")
    assert said[2] == "Denda Rp 500"

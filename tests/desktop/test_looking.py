"""A short walk through the gallery's scenes, and that the walk sees what it is there for.

The long one is `python -m tests.looking`: every scene, size and dress, and longer words.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.widgets.buttons import Button
from desktop.widgets.table import Column, Table
from desktop.widgets.text import Elided
from tests.looking import faults, picture
from tests.looking.longer import lengthen

ROOT = Path(__file__).resolve().parents[2]
SHORT = ("home", "desk-lending", "wards", "tasks-visits", "reports-0")
"""What a change of a widget is likeliest to break; each scene of these names and beyond them."""

NARROW = ("patron-nurse", "tasks-visits", "settings-personal", "serials-list")


def test_nothing_is_cut_pale_or_out_of_sight():
    """By a process of its own: the walk sets the clock's zone and the language for good."""
    names = [word for name in SHORT for word in ("--only", name)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.looking", "--size", "1366x768", "--quick",
         "--scheme", "light", "--scheme", "dark", *names],
        cwd=ROOT, env=os.environ, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_narrow_window_has_one_bar_and_is_pushed_nowhere():
    """What stands side by side, long lists, lists of settings: 1366x768 at 150 %."""
    names = [word for name in NARROW for word in ("--only", name)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.looking", "--size", "911x512", "--quick",
         "--scheme", "light", *names],
        cwd=ROOT, env=os.environ, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_sentence_of_ours_that_is_cut_is_a_fault_where_a_name_is_none(show):
    said = Elided("Belum ada yang meminta salinan atau penghapusan data.")
    name = Elided("Asuhan keperawatan pada pasien tuberkulosis paru")
    made = page(said, name)
    made.setFixedWidth(160)
    assert faults.cut(show(made, 160, 100)) == [f"cut sentence: Elided {said.full_text()[:40]!r}"]


def page(*parts: QWidget) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    for part in parts:
        column.addWidget(part)
    return made


def test_what_stands_beyond_the_edge_is_seen(show):
    made = show(QWidget(), 300, 200)
    button = Button("Simpan")
    button.setParent(made)
    button.setGeometry(250, 20, 100, 34)
    button.show()
    assert faults.outside(made) == ["outside: Button 'Simpan'"]
    button.move(20, 20)
    assert faults.outside(made) == []


def test_a_list_that_is_higher_than_its_holder_is_seen(show):
    table = Table([Column("Jenis", "kind")], name="Aturan")
    table.set_rows([{"id": at, "kind": "Umum"} for at in range(9)])
    made = show(page(table), 400, 300)
    assert faults.clipped(made) == []
    table.setFixedHeight(120)
    table.view.setMinimumHeight(330)
    show(made, 400, 300)
    assert len(faults.clipped(made)) == 1


def test_a_cut_button_and_arrows_on_tabs_are_seen(show):
    button, tabs = Button("Mulai keliling"), QTabBar()
    for name in ("Pengunjung", "Pengingat", "Karantina", "Pesanan"):
        tabs.addTab(name)
    made = show(page(button, tabs), 600, 200)
    assert faults.elided(made) == []
    button.setFixedWidth(60)
    tabs.setFixedWidth(120)
    show(made, 600, 200)
    found = faults.elided(made)
    assert found[0] == "cut button: Button 'Mulai keliling'"
    assert found[1].startswith("tab arrows")


def test_a_cut_label_is_a_fault_unless_its_tooltip_tells_all(show):
    one = QLabel("Kunjungan dan peminjaman")
    one.setFixedWidth(40)
    made = show(page(one), 300, 100)
    assert faults.cut(made) == ["cut label: QLabel 'Kunjungan dan peminjaman'"]
    one.setToolTip("Kunjungan dan peminjaman")
    assert faults.cut(made) == []


def test_a_scroll_bar_inside_another_is_seen(show):
    inner, outer = QScrollArea(), QScrollArea()
    high = QWidget()
    high.setFixedSize(100, 900)
    inner.setWidget(high)
    holder = page(inner)
    holder.setMinimumHeight(700)
    inner.setFixedHeight(300)
    outer.setWidget(holder)
    made = show(page(outer), 400, 300)
    assert len(faults.nested(made)) == 1
    inner.setFixedHeight(960)
    assert faults.nested(made) == []


def test_a_column_beyond_the_edge_and_a_cut_figure_are_seen(show):
    table = Table([Column("Hari", "day", width=200), Column("Semua", "all", kind="number")])
    table.set_rows([{"id": 1, "day": "Sen", "all": 1_234_567}])
    made = show(page(table), 320, 200)
    assert faults.columns(made) == []
    table.view.setColumnWidth(1, 50)
    assert "cut number: 'Semua' of ''" in faults.columns(made)
    table.view.setColumnWidth(0, 280)
    assert "column out of sight: 'Semua' of ''" in faults.columns(made)


def test_small_and_pale_words_are_seen(show):
    one = QLabel("terlalu kecil")
    made = show(page(one), 300, 100)
    assert (faults.small(made), picture.pale(made)) == ([], [])
    one.setStyleSheet(f"font-size: {theme.LEAST_PX - 2}px; color: #C8CDD2")
    assert len(faults.small(made)) == 1
    assert picture.pale(made)[0].startswith("contrast 1.")


def test_a_control_that_hides_the_focus_is_seen(show, qtbot):
    class Bare(QWidget):
        """Takes the focus and draws nothing."""

    bare, button = Bare(), Button("Simpan")
    bare.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    bare.setMinimumSize(80, 40)
    made = show(page(bare, button), 300, 200)
    with qtbot.waitActive(made):
        made.activateWindow()
    assert picture.ringless(made, set()) == ["no focus ring: Bare "]


def test_contrast_is_that_of_wcag():
    assert picture.contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert picture.contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)


def test_longer_words_keep_what_is_filled_in():
    told = lengthen("{n} eksemplar belum berlabel")
    assert told.startswith("{n} ")
    assert len(told) == pytest.approx(3 + 25 * 1.4, abs=2)
    assert lengthen("") == ""


def test_a_layout_that_has_room_has_no_fault(show):
    row = QWidget()
    line = QHBoxLayout(row)
    line.addWidget(Button("Simpan"))
    line.addWidget(QLabel("Sudah disimpan"))
    assert faults.of(show(page(row), 500, 120)) == []

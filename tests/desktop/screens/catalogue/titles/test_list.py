"""The list of titles as it is worked with: filters, columns, heads, a long list."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from database.catalogue import titles
from database.description import marc, marc_form
from desktop import pc
from desktop.widgets.lazy_rows import PAGE, LazyRows
from desktop.widgets.range_popup import RangePopup
from desktop.widgets.table import Column, Table
from tests.libraries import NOW


@pytest.fixture
def screen(window):
    return window.go("catalogue")


def shown(screen):
    return [row.title for row in screen.list.table.rows()]


def head(screen, name):
    names = [column.name for column in screen.list.table.columns()]
    place = names.index(name)
    screen.list.table.sort_by_column(place)
    return screen.list.table.view.model().headerData(place, Qt.Orientation.Horizontal)


def test_a_head_sorts_up_down_and_not_at_all(screen):
    usual = shown(screen)
    assert head(screen, "title").endswith("↑")
    assert shown(screen) == sorted(usual)
    assert head(screen, "title").endswith("↓")
    assert shown(screen) == sorted(usual, reverse=True)
    assert head(screen, "title") == "Judul"
    assert shown(screen) == usual


def test_filters_narrow_and_are_cleared_by_key(screen, press, qtbot):
    usual = shown(screen)
    menu = screen.list.filters.menus["class_group"]
    menu.fill()
    labels = [action.text() for action in menu.menu_of.actions() if action.text()]
    assert len(labels) > 2
    menu.menu_of.actions()[2].trigger()
    assert 0 < len(shown(screen)) < len(usual)
    assert menu.isChecked()
    assert screen.list.filters.clear_button.isVisible()
    screen.list.search.line.setFocus()
    press(Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert shown(screen) == usual
    assert screen.list.filters.clear_button.isHidden()


def test_filters_that_leave_nothing_say_so(screen):
    screen.list.filters.years.choose_range(1900, 1901)
    assert shown(screen) == []
    assert screen.list.filters.isVisible()
    assert screen.list.filters.years.words() == "1900–1901"


def test_years_are_typed(screen, press, window):
    screen.list.filters.years.click()
    press("2010")
    press(Qt.Key.Key_Return)
    press("2000")
    press(Qt.Key.Key_Return)
    assert screen.list.filters.years.value() == (2000, 2010)
    assert not [one for one in window.findChildren(RangePopup) if one.isVisible()]
    screen.list.filters.years.choose_range(None, None)
    assert screen.list.filters.active() == 0


def test_columns_are_chosen_and_remembered(screen, program):
    actions = {action.data(): action for action in screen.list.columns_button.menu_of.actions()}
    actions["publisher"].trigger()
    actions["contributors"].trigger()
    kept = program.pc.get(pc.TITLE_COLUMNS).split()
    assert "publisher" in kept
    assert "contributors" not in kept
    names = [column.name for column in screen.list.table.columns()]
    assert not screen.list.table.view.isColumnHidden(names.index("publisher"))
    assert screen.list.table.view.isColumnHidden(names.index("contributors"))


def test_showing_a_title_takes_away_what_hides_it(screen):
    number = screen.list.table.rows()[0].id
    screen.list.filters.years.choose_range(1900, 1901)
    screen.arrive(("title", number))
    assert screen.list.table.current().id == number
    assert screen.list.filters.active() == 0


def test_f5_reads_what_another_desk_added(screen, press, program):
    library = program.library
    listeners, library.changed[:] = list(library.changed), []
    record = marc_form.apply(marc.Record(), {"title": "Baru dari meja lain"})
    program.write(lambda session: titles.add_biblio(session, record, NOW))
    library.changed[:] = listeners
    assert "Baru dari meja lain" not in shown(screen)
    press(Qt.Key.Key_F5)
    assert "Baru dari meja lain" in shown(screen)


def test_markup_in_a_title_is_shown_as_it_is_written(screen, program):
    title = '<b>=HYPERLINK("x")</b> & <i>co</i> ' + "panjang " * 40
    record = marc_form.apply(marc.Record(), {"title": title.strip()})
    number = program.write(lambda session: titles.add_biblio(session, record, NOW))
    screen.arrive(("title", number))
    row = screen.list.table.current()
    assert row.title == title.strip()
    detail = screen.list.detail
    assert detail.name.text().startswith("<b>=HYPERLINK")
    assert detail.name.textFormat() is Qt.TextFormat.PlainText
    assert detail.name.toolTip().startswith("<span>&lt;b&gt;=HYPERLINK")


def test_a_long_list_is_read_a_page_at_a_time(show):
    asked = []

    def fetch(start, length):
        asked.append(start)
        return [{"id": place} for place in range(start, min(start + length, 99_950))]

    table = Table([Column("Id", "id")])
    show(table)
    table.set_rows(LazyRows(100_000, fetch, lambda number: number))
    assert asked == [0]
    table.select_ids([50_000])
    assert table.current() == {"id": 50_000}
    # Rows that went meanwhile are blank, not an error.
    table.view.scrollToBottom()
    table.view.viewport().repaint()
    assert table.cell(99_999, 0) == ""
    assert len(asked) < 6
    assert max(asked) == 100_000 - PAGE


def test_pages_fetched_long_ago_are_let_go():
    rows = LazyRows(100_000, lambda start, length: list(range(start, start + length)), int)
    assert [rows[place] for place in range(0, 100_000, 50)] == list(range(0, 100_000, 50))
    assert len(rows._pages) <= 40
    assert list(rows[3:5]) == [3, 4]
    with pytest.raises(IndexError):
        rows[100_000]

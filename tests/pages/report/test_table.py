"""A table of the report, as a sheet and on paper: heads, totals, nil, and where it may be torn."""

from __future__ import annotations

import pytest
from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Table

from desktop.pages.drawing import faces
from desktop.pages.drawing.long_table import LEAST_OVER, LongTable
from desktop.pages.drawing.paper import ROOM, paragraph
from desktop.pages.drawing.tables import Column, figures_table
from desktop.pages.report.table import BETWEEN, HALF, ReportTable, drawn
from desktop.words import language


@pytest.fixture(autouse=True)
def _english():
    language.use("en")
    faces.register()


COLUMNS = [
    Column("Kind", figures=False),
    *(Column(title, group="Lent") for title in ("Staff", "Others")),
]


def table(rows, **more):
    return ReportTable("Loans", COLUMNS, [[f"k{n}", n, None] for n in range(rows)], **more)


def test_a_sheet_has_heads_rows_total_and_notes():
    name, head, rows = table(2, total=["Total", 1, 5], notes=("One.", "Two.")).as_sheet()
    assert (name, head) == ("Loans", ["Kind", "Lent: Staff", "Lent: Others"])
    assert rows == [["k0", 0, None], ["k1", 1, None], ["Total", 1, 5], [], ["One."], ["Two."]]
    assert table(1).as_sheet()[2] == [["k0", 0, None]]
    assert table(0, nothing="Nobody came.").as_sheet()[2] == [["Nil. Nobody came."]]


def test_ten_rows_stay_together_and_eleven_begin_with_room_for_some():
    assert len(table(10, notes=("One.",)).drawn()) == 1
    first, heading, *body = table(11, notes=("One.", "Two.")).drawn()
    assert isinstance(first, CondPageBreak)
    assert round(first.height / mm, 3) == 28
    assert heading.text == "Loans"
    assert len(body) == 2
    assert len(body[0]._notes) == 2
    assert body[-1].height == pytest.approx(3 * mm)


def test_a_line_under_the_figures_is_part_of_them():
    told = table(11, after="As of today.").drawn()[-2]
    assert [one.text for one in told._notes] == ["As of today."]


@pytest.mark.parametrize(("rows", "beside"), [(0, True), (13, True), (14, False)])
def test_short_narrow_tables_may_stand_beside_another(rows, beside):
    assert table(rows).is_narrow is beside


def test_a_table_with_long_words_takes_the_whole_page():
    wide = ReportTable("Loans", COLUMNS, [["a very long name of a kind of reader " * 3, 1, 2]])
    assert not wide.is_narrow


@pytest.mark.parametrize("room", range(120, 420, 7))
def test_neither_notes_nor_a_row_or_two_go_over_to_the_next_page_alone(room):
    columns = [Column("Kelas", figures=False), Column("Judul")]
    rows = [[f"{number} Kelas", str(number)] for number in range(20)]
    notes = [paragraph("Keadaan per 30 September 2026.", "note"), paragraph("Dirinci.", "note")]
    whole = LongTable("Kelas", figures_table(columns, rows, ["Jumlah", "190"]), notes)
    _wide, high = whole.wrap(ROOM, room)
    if high <= room:
        return
    parts = whole.split(ROOM, room)
    if not parts:
        assert room < 140, "a few rows have room"
        return
    here, over = parts
    assert here.wrap(ROOM, room)[1] <= room
    assert isinstance(over, LongTable)
    assert over.wrap(ROOM, 9_999)[1] + here.wrap(ROOM, 9_999)[1] > high  # its head once more
    assert len(over._table._cellvalues) - 1 >= LEAST_OVER
    assert over._notes == notes
    assert [one.text for one in over._above] == ["Kelas (continued)"]
    assert here._above == []


def test_what_is_said_once_for_several_rows_is_said_again_on_the_next_page():
    columns = [Column("Part", figures=False), Column("Item", figures=False), Column("Reached")]
    rows = [["Stock" if at == 0 else "", f"item {at}", "1"] for at in range(20)]
    whole = LongTable("Reached", figures_table(columns, rows))
    whole.wrap(ROOM, 160)
    here, over = whole.split(ROOM, 160)
    assert [row[0] for row in here._table._cellvalues][:3] == ["Part", "Stock", ""]
    assert [row[0] for row in over._table._cellvalues][:3] == ["Part", "Stock", ""]
    assert rows[5][0] == ""


def test_of_three_narrow_tables_the_third_stands_alone():
    found = drawn([table(2), table(3), table(4)])
    beside, gap, *alone = found
    assert isinstance(beside, Table)
    assert gap.height == pytest.approx(3 * mm)
    assert len(alone) == len(table(4).drawn())
    assert beside._colWidths == pytest.approx([HALF, BETWEEN, HALF])
    cells = [cell for row in beside._cellStyles for cell in row]
    for side in ("left", "right", "top", "bottom"):
        assert {getattr(cell, f"{side}Padding") for cell in cells} == {0}


@pytest.mark.parametrize(("rows", "total", "left", "right"), [(14, None, 7, 7), (15, 1, 8, 8)])
def test_a_table_in_two_columns_is_as_high_in_both(rows, total, left, right):
    whole = table(rows, total=["Total", total, None] if total else None)
    assert whole._is_in_columns
    blocks = [one[0]._cellvalues for one in whole._columns()]
    heads = len(blocks[0]) - left
    assert [len(one) - heads for one in blocks] == [left, right]
    assert blocks[1][heads][0] == f"k{left}"

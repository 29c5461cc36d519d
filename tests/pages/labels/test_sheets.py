from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.pages.labels.layout import usable
from desktop.pages.labels.sheets import TOLERANCE_MM, all_sheets, layouts, to_row
from desktop.words import language

SHEETS = all_sheets()


def test_the_promised_sheets_are_there():
    assert {"a4-3x7", "a4-3x8", "a4-5x13", "tj-103", "tj-107", "tj-121", "roll-58"} <= set(SHEETS)
    assert [SHEETS[name].count for name in ("a4-3x7", "a4-3x8", "a4-5x13")] == [21, 24, 65]
    assert all(SHEETS[name].check for name in ("tj-103", "tj-107", "tj-121"))


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
def test_every_label_lies_inside_the_paper(sheet):
    for n in range(1, sheet.count + 1):
        x, y = sheet.cell(n)
        assert x >= 0
        assert y >= 0
        assert x + sheet.label_width <= sheet.paper_width + TOLERANCE_MM
        assert y + sheet.label_height <= sheet.paper_height + TOLERANCE_MM


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
def test_the_printable_part_of_a_label_keeps_off_the_edge_of_the_paper(sheet):
    box = usable(sheet)
    left, top = sheet.cell(1)
    free_above = sheet.label_height - (box.y + box.h) * 25.4 / 72
    assert left + box.x * 25.4 / 72 >= sheet.edge - 0.01
    assert top + free_above >= sheet.edge * 0.7 - 0.01
    assert box.w > 25 * 72 / 25.4
    assert box.h > 10 * 72 / 25.4


def test_cells_count_along_the_rows():
    sheet = SHEETS["a4-3x7"]
    assert sheet.cell(1) == (7.7, 15.1)
    assert sheet.cell(5) == pytest.approx((7.7 + 66.04, 15.1 + 38.1))
    with pytest.raises(ValueError, match="1 to 21"):
        sheet.cell(22)
    with pytest.raises(ValueError, match="1 to 21"):
        sheet.cell(0)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"dx": 60.0}, "overlap_across"),
        ({"dy": 30.0}, "overlap_down"),
        ({"x0": 20.0}, "leaves_side"),
        ({"y0": 40.0}, "leaves_foot"),
        ({"rows": 0}, "sizes"),
    ],
)
def test_an_impossible_sheet_is_refused(change, reason):
    with pytest.raises(ValueError, match=reason):
        replace(all_sheets()["a4-3x7"], **change)


def test_a_library_adds_and_replaces_sheets():
    mine = replace(all_sheets()["a4-3x7"], id="mine", name="Mine", columns=2)
    moved = replace(all_sheets()["a4-3x7"], x0=6.0)
    sheets = all_sheets([to_row(mine), to_row(moved)])
    assert list(sheets)[:2] == ["mine", "a4-3x7"]
    assert sheets["mine"] == mine
    assert sheets["a4-3x7"].x0 == 6.0
    assert set(sheets) == {"mine", *all_sheets()}
    assert all_sheets() == all_sheets()


def test_every_sheet_sold_can_be_used():
    """Being made checks that no labels overlap or leave the paper."""
    assert len(layouts()) > 1400
    assert len({one.id for one in layouts()}) == len(layouts())
    (one,) = (sheet for sheet in layouts() if sheet.id == "Avery L7160")
    assert (one.columns, one.rows, one.paper_height) == (3, 7, 297.0)
    assert one.label_height == pytest.approx(38.1, abs=0.05)


@pytest.mark.parametrize(
    ("spoken", "names"),
    [
        ("id", ("A4, 3 × 7 (63,5 × 38,1 mm, L7160)", "Gulungan 3 berjajar, 33 × 15 mm")),
        ("en", ("A4, 3 × 7 (63.5 × 38.1 mm, L7160)", "Roll of 3 side by side, 33 × 15 mm")),
    ],
)
def test_a_sheet_is_called_by_its_sizes_as_they_are_written_here(spoken, names):
    language.use(spoken)
    shipped = all_sheets()
    assert (shipped["a4-3x7"].name, shipped["roll-33x15x3"].name) == names
    assert ("63,6" in layouts()[230].name) == (spoken == "id")
    language.use("id")

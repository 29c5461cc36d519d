from __future__ import annotations

import pytest

from desktop.pages.drawing import faces, fonts
from desktop.pages.drawing.paper import ROOM
from desktop.pages.drawing.tables import Column, figures_table


@pytest.mark.parametrize("count", [1, 5, 12, 20])
def test_columns_always_add_up_to_the_room(count):
    columns = [Column("Class", figures=False), *(Column(f"Category {n}") for n in range(count))]
    rows = [["616 Diseases", *["1.234"] * count]] * 3
    table = figures_table(columns, rows, ["Total", *["12.345"] * count])
    assert sum(table._colWidths) == pytest.approx(ROOM)


def test_the_header_is_repeated_on_each_page():
    columns = [Column("Class", figures=False), Column("Start", "Copies"), Column("End", "Copies")]
    table = figures_table(columns, [["x", "1", "2"]] * 200)
    parts = table.split(ROOM, 400)
    assert len(parts) == 2
    assert [part._cellvalues[0][1] for part in parts] == ["Copies", "Copies"]
    assert [part._cellvalues[1][1] for part in parts] == ["Start", "Start"]


def test_figures_have_equal_widths():
    faces.register()
    assert len({fonts.unit_width(digit, faces.FIGURES) for digit in "0123456789"}) == 1
    assert len({fonts.unit_width(digit, faces.FIGURES_BOLD) for digit in "0123456789"}) == 1
    assert len({fonts.unit_width(digit, faces.REGULAR) for digit in "01"}) == 2


@pytest.mark.parametrize("most", [1, 2, 4])
def test_wrapped_text_stays_in_its_room(most):
    faces.register()
    text = "Keperawatan medikal bedah " + "tanpaspasi" * 20 + " akhir kalimat"
    lines = fonts.wrap(text, faces.REGULAR, 8, 90, most)
    assert 1 <= len(lines) <= most
    assert all(fonts.width(line, faces.REGULAR, 8) <= 90 for line in lines)


def test_a_shared_title_has_room_above_its_columns():
    columns = [
        Column("Jenis", figures=False),
        Column("Akhir", "Eksemplar"),
        Column("Awal", "Judul"),
    ]
    columns += [Column("Beli", "Bertambah")] * 12
    table = figures_table(columns, [["x", *"1" * 14]])
    size = table._cellStyles[0][1].fontsize
    assert table._colWidths[1] >= fonts.width("Eksemplar", faces.SEMIBOLD, size) + 2


def test_a_title_is_never_cut_and_may_break_behind_a_stroke():
    kinds = ["Koas/Mahasiswa", "Pasien, Keluarga pasien, dan Umum", "Farmasi/Tenaga kesehatan"]
    columns = [Column("Kelas", figures=False), *(Column(title) for title in kinds * 2)]
    rows = [["616 Penyakit, penyakit dalam", *(["1.284"] * 6)]]
    head = figures_table(columns, rows, room=360)._cellvalues[0]
    assert [one.replace("/\n", "/").replace("\n", " ") for one in head[1:4]] == kinds
    assert any("/\n" in one for one in head)


def test_a_table_of_figures_alone_gives_each_the_same_room():
    columns = [Column("1–7 hari"), Column("8–30 hari"), Column("Hilang")]
    table = figures_table(columns, [["9", "3", "2"]])
    assert max(table._colWidths) - min(table._colWidths) < 40


def test_a_number_in_a_column_of_text_is_never_cut():
    columns = [Column(name, figures=False) for name in ("Nomor", "Judul", "Penulis", "Penerbit")]
    long = "Penatalaksanaan gawat darurat obstetri dan neonatal di rumah sakit tipe C"
    rows = [[f"0441/RSUD-BHAKTI/H/{year}", long, long, long] for year in range(2019, 2027)]
    table = figures_table(
        [*columns, Column("Ada"), Column("Hilang")], [[*r, "1", "2"] for r in rows]
    )
    assert [row[0] for row in table._cellvalues[1:]] == [row[0] for row in rows]

"""Standards, the literacy index and closing a month, without a window."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from database.circulation import lending, visits
from database.library import Library
from database.registers import evidence, registers
from desktop.commands import run
from tests.libraries import NOW

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40
MARCH = NOW + timedelta(days=60)


@pytest.fixture
def library(stocked_file, tmp_path):
    path = tmp_path / "library.db"
    path.write_bytes(stocked_file.read_bytes())
    opened = Library.open(path)
    with opened.transaction() as session:
        lending.check_out(session, "M0001", "B000001", NOW)
        visits.count_visit(session, "nurse", NOW, 4)
        values = {"partner": "=SUM(1)", "title": "PKS", "kind": "agreement", "day": NOW.date()}
        registers.add(session, "cooperation", values, NOW)
    opened.close()
    return path


@pytest.fixture
def ask(capsys, library):
    """Run a subcommand; (exit code, the JSON on stdout)."""

    def run_it(*arguments):
        asked = [*map(str, arguments), "--library", str(library), "--json"]
        code = run(asked, lambda: MARCH)
        return code, json.loads(capsys.readouterr().out)

    return run_it


def test_standards_tell_value_threshold_and_what_is_not_verified(ask):
    code, told = ask("standards")
    assert code == 0
    keys = {"standard", "edition", "article", "indicator", "value", "threshold", "unit", "met",
            "verified", "source"}  # fmt: skip
    assert all(keys <= row.keys() for row in told["rows"])
    hours = next(
        row for row in told["rows"] if (row["standard"], row["indicator"]) == ("snp-7-2022", "L01")
    )
    assert (hours["value"], hours["threshold"], hours["met"], hours["verified"]) == (
        42.5,
        37.5,
        None,
        False,
    )
    assert {row["met"] for row in told["rows"]} == {None}


def test_the_folder_of_the_literacy_index(ask, tmp_path):
    code, told = ask("iplm", "2027", "--out", tmp_path / "iplm")
    assert code == 0
    assert len(told["figures"]) == 28
    form, first = openpyxl.load_workbook(told["files"][0]).worksheets
    assert form.max_row == 2
    assert form.max_column == 43, "A to AQ"
    titles = [cell.value for cell in form[1]]
    assert titles[0] == "A. Jenis perpustakaan (data 1 Jan 2027 s.d. 12 Mar 2027)"
    assert [one.partition(".")[0] for one in titles] == [get_column_letter(n) for n in range(1, 44)]
    assert (form["I2"].value, form["O2"].value) == ("Perpustakaan RSUD Bhakti Sehat", 6)
    assert first.max_row == 29
    values = {row[0].value: row[3].value for row in first.iter_rows(min_row=2)}
    assert (values["O"], values["AE"], values["AL"], values["Z"]) == (6, 4, 1, None)
    visits_ = next(path for path in told["files"] if "AE-AF-" in path)
    heads = [cell.value for cell in openpyxl.load_workbook(visits_).worksheets[0][1]]
    assert heads == ["Tanggal", "Keperluan", "Orang"]
    partners = next(path for path in told["files"] if "/AL-" in path.replace("\\", "/"))
    cells = openpyxl.load_workbook(partners).worksheets[0]
    assert (cells["A2"].value, cells["A2"].data_type) == ("=SUM(1)", "s")


def test_files_kept_with_a_line_go_into_the_folder(ask, library, tmp_path):
    photo = tmp_path / "foto dongeng.png"
    photo.write_bytes(PNG)
    opened = Library.open(library)
    with opened.transaction() as session:
        values = {"title": "Dongeng / bangsal", "kind": "story_hour", "day": NOW.date()}
        number = registers.put(session, "activity", values, NOW)
        evidence.attach(session, opened.where, "register", str(number), photo, "", NOW)
    opened.close()
    told = ask("iplm", "2027", "--out", tmp_path / "iplm")[1]
    (kept,) = [Path(path) for path in told["files"] if path.endswith(".png")]
    assert kept.read_bytes() == PNG
    assert kept.parent.name.startswith("AD-AK-")
    assert kept.name == "001-2027-01-11-Dongeng - bangsal-foto dongeng.png"


def test_a_report_of_a_month_to_come_is_refused(ask):
    for period in ("2027-05", "2027-Q3", "2028"):
        code, told = ask("report", period)
        assert (code, told["error"]) == (2, "month_to_come")


def test_a_month_is_closed_revised_and_reported_as_it_was(ask, library):
    before = ask("report", "2027-01")[1]
    code, told = ask("month", "close", "2027-01")
    assert (code, told["revision"], told["differences"]) == (0, 0, [])
    assert ask("month", "close", "2027-01") == (
        2,
        {
            "error": "month_closed",
            "message": "2027-01 sudah ditutup; perbaikan dibuat sebagai revisi.",
        },
    )
    opened = Library.open(library)
    with opened.transaction() as session:
        visits.count_visit(session, "nurse", NOW, 9)
    opened.close()
    assert ask("report", "2027-01")[1] == before
    code, told = ask("month", "revise", "2027-01", "--reason", "terlewat")
    assert (code, told["revision"]) == (0, 1)
    assert {"where": "visits.now", "before": 4, "after": 13} in told["differences"]
    assert ask("report", "2027-01")[1]["visits"]["now"] == 13


def test_the_tables_go_along_as_a_sheet(ask, tmp_path):
    assert ask("report", "2027-01", "--xlsx", tmp_path / "laporan.xlsx")[0] == 0
    book = openpyxl.load_workbook(tmp_path / "laporan.xlsx")
    assert book.sheetnames[0] == "Tabel 1. Koleksi menurut jenis"
    visits_ = next(page for page in book if page.title.startswith("Tabel 4"))
    totals = [row for row in visits_.iter_rows(values_only=True) if row[0] == "Jumlah"]
    assert totals[0][-1] == 4


def test_a_month_that_is_not_over_stays_open(ask):
    assert ask("month", "close", "2027-03")[1]["error"] == "month_not_over"
    assert ask("month", "revise", "2027-02", "--reason", "x")[1]["error"] == "month_not_closed"

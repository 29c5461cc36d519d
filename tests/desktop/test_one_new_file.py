"""Who adds a paper, a table of the report, a standard, a format or a screen adds one file (a table
two: one counts, one draws), and no list has to be told. Each test lays a throw-away one into a copy
of the house and lets the program use it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from PySide6.QtCore import Qt

from database.demo import demo
from desktop.screen import Screen
from desktop.window import MainWindow, Place, Status, keyed
from tests.libraries import NOW

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ("database", "desktop", "resources")


@pytest.fixture
def house(tmp_path):
    """The house as it stands, to lay files into; compiled already, as it lies there."""
    if sys.flags.isolated:
        pytest.skip("an embedded Python looks into no folder but its own")
    for top in HOUSE:
        shutil.copytree(ROOT / top, tmp_path / "house" / top)
    return tmp_path / "house"


@pytest.fixture
def place(prepared_file, tmp_path):
    """An empty library; which engine it is makes no difference here."""
    return shutil.copy(prepared_file, tmp_path / "library.db")


def add(house, where, text):
    (house / where).write_text(text, encoding="utf-8")


def run(house, *arguments):
    """One subcommand of the copied house; what it told as JSON."""
    done = subprocess.run(
        [sys.executable, "-m", "desktop", *map(str, arguments), "--json"],
        cwd=house, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


def text_of(path):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


PAPER = '''
"""A paper to try."""

from desktop.pages.drawing.entry import Paper
from desktop.pages.drawing.paper import paragraph, write_paper
from desktop.words.language import N_


def write(target, session, now):
    write_paper(target, [paragraph("Halaman percobaan")], title="Percobaan", author="",
                subject="", file_name="percobaan")


PAPERS = (Paper("percobaan", N_("Percobaan"), write),)
'''


def test_a_paper(house, place, tmp_path):
    add(house, "desktop/pages/letters/percobaan.py", PAPER)
    out = tmp_path / "out"
    (made,) = run(house, "papers", "percobaan", "--library", place, "--out", out)["papers"]
    assert made["title"] == "Percobaan"
    assert "Halaman percobaan" in text_of(made["file"])
    listed = run(house, "papers", "--list")["papers"]
    assert "percobaan" in {one["name"] for one in listed}


COUNTED = '''
"""Loans of Mondays."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from database.reports.counting.spans import FIRST, LAST
from database.reports.counting.table import Asked, Line, Table
from database.schema import Loan


@dataclass(frozen=True, slots=True)
class MondayRow:
    category: str
    loans: int


def _days(session, span):
    wanted = select(Loan.lent_on).where(
        Loan.lent_on.between(FIRST, LAST), Loan.cancelled_at.is_(None)
    )
    return [day for day in session.scalars(wanted, span.binds) if day.weekday() == 0]


def count(asked: Asked) -> tuple[MondayRow, ...]:
    return (MondayRow("*", len(_days(asked.session, asked.span))),)


def behind(session, span, path):
    return [Line(day, "", "", "") for day in _days(session, span)]


TABLE: Table[tuple[MondayRow, ...]] = Table("mondays", count, (), behind)
'''
DRAWN = '''
"""Loans of Mondays, drawn."""

from database.reports.tables.mondays import TABLE
from desktop.pages.drawing.tables import Column
from desktop.pages.report.table import Drawing, ReportTable
from desktop.words.language import N_


def _draw(month):
    rows = [["Senin", row.loans] for row in TABLE.of(month)]
    return [ReportTable("Tabel Senin", [Column("Hari", figures=False), Column("Pinjam")], rows)]


DRAWING = Drawing(75, N_("Senin"), _draw, {"loans": N_("loans")})
'''
ASKED = """
import json, sys
from database.library import Library
from database.reports import behind, kept_figures, statistics
from database.reports.tables.mondays import TABLE

library = Library.open(sys.argv[1])
with library.reading() as session:
    month = statistics.month(session, "2026-06")
    rows = behind.rows(session, "2026-06", "mondays.*.loans")
kept = kept_figures.restored(json.loads(kept_figures.canonical(month)))
print(json.dumps([TABLE.of(month)[0].loans, len(rows), kept == month]))
"""


def test_a_table_of_the_report(house, tmp_path):
    """Counted, drawn, taken along as a sheet, looked into, kept with a closed month."""
    add(house, "database/reports/tables/mondays.py", COUNTED)
    add(house, "desktop/pages/report/tables/mondays.py", DRAWN)
    where, pdf, sheet = tmp_path / "demo.db", tmp_path / "r.pdf", tmp_path / "r.xlsx"
    demo.build(where, NOW)
    told = run(house, "report", "2026-06", "--library", where, "--pdf", pdf, "--xlsx", sheet)
    (row,) = told["mondays"]
    assert row["loans"] > 0
    assert f"Tabel Senin Hari Pinjam Senin {row['loans']}" in text_of(pdf)
    assert load_workbook(sheet)["Tabel Senin"]["B2"].value == row["loans"]
    done = subprocess.run(
        [sys.executable, "-c", ASKED, str(where)], cwd=house, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    assert json.loads(done.stdout) == [row["loans"], row["loans"], True]


STANDARD = """
[standard]
code = "percobaan"
name = "Percobaan"
edition = "Edisi percobaan"
kind = "iso"
verified = false
source = "percobaan"

[[indicator]]
code = "P1"
area = "collection"
name = "Judul percobaan"
measure = "titles"
unit = "titles"
operator = ">="
threshold = "1"
article = ""
source = "percobaan"
"""


def test_a_standard(house, place):
    add(house, "resources/standards/percobaan.toml", STANDARD)
    found = run(house, "standards", "--library", place)["rows"]
    assert [one["name"] for one in found if one["standard"] == "percobaan"] == ["Judul percobaan"]


FORMAT = '''
"""A title a line."""

from database.description.marc import Field, Record
from database.exchange.file_format import NO, SURELY, Entry, Format


def _read(stream):
    for at, line in enumerate(stream.read().decode().splitlines()[1:], start=1):
        yield Entry(at, Record(fields=[Field("245", None, "10", [("a", line)])]), "", at)


def _sniff(head):
    return SURELY if head.startswith(b"#percobaan") else NO


FORMATS = (Format("percobaan", "Percobaan", (".coba",), _sniff, _read),)
'''


def test_a_format(house, place, tmp_path):
    add(house, "database/exchange/formats/percobaan.py", FORMAT)
    # What it is, is told by its content; the ending is another's.
    (tmp_path / "judul.txt").write_text("#percobaan\nGizi\nAnatomi\n", encoding="utf-8")
    told = run(house, "import", tmp_path / "judul.txt", "--library", place)
    assert (told["read"], told["added"]) == (2, 2)
    assert run(house, "search", "anatomi", "--library", place)["count"] == 1
    asked = "from database.exchange import found; print(found.patterns(records=True))"
    done = subprocess.run(
        [sys.executable, "-c", asked], cwd=house, capture_output=True, text=True, check=True
    )
    assert "*.coba" in done.stdout.split()


def test_a_screen_and_its_key(show, qtbot):
    """The digits with Alt are used up; the eleventh place is reached by Alt+G and a letter."""
    places = [
        Place(f"place{at}", f"Tempat {at}", "library", Screen, f"Alt+{at % 10}")
        for at in range(1, 11)
    ]
    more = [
        Place("survey", "Survei", "library", Screen),
        Place("serve", "Jaringan", "list", Screen),
    ]
    assert [one.shortcut for one in keyed([*places, *more])[10:]] == ["Alt+G, S", "Alt+G, E"]
    window = MainWindow([*places, *more], lambda: Status("good", "", ""), now=lambda: NOW)
    show(window, 1366, 768)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_G, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(window, Qt.Key.Key_E)
    assert window.current_key() == "serve"

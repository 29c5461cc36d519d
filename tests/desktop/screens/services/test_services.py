"""Registers by keys: adding, changing, removing, taking along."""

from __future__ import annotations

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from database.registers import fields, outgoing, registers
from desktop.application import build_window
from desktop.words.register_words import FIELDS, REGISTERS, WORDS
from tests.libraries import NOW

DAY = NOW.date()


@pytest.fixture
def screen(program, show):
    window = show(build_window(program), 1366, 768)
    return window.go("services")


def dialog():
    return QApplication.activeModalWidget()


def add(screen, **values):
    screen.add()
    box = dialog()
    for key, value in values.items():
        box.form.put(key, value)
    box.try_accept()
    QApplication.processEvents()
    return box


def test_every_register_field_and_code_has_a_word():
    for name, specs in fields.registers().items():
        assert name in REGISTERS
        for spec in specs:
            assert spec.key in FIELDS, (name, spec.key)
            assert set(spec.choices) <= WORDS.keys(), (name, spec.key)


@pytest.mark.parametrize("name", list(REGISTERS))
def test_every_register_opens_and_asks(screen, name):
    screen.arrive((name, "new"))
    assert dialog().isVisible()
    assert screen.table.rows() == []
    dialog().reject()


def test_a_line_is_added_changed_removed_and_brought_back(screen, qtbot):
    screen.arrive("activity")
    add(screen, title="Dongeng di bangsal anak", kind="story_hour", men=4, women=7, hours=1.5)
    (row,) = screen.table.rows()
    assert (row.values["title"], row.values["women"]) == ("Dongeng di bangsal anak", 7)
    screen.table.select_first()
    screen.change()
    assert dialog().form.value("hours") == 1.5
    dialog().form.put("women", 9)
    dialog().try_accept()
    assert screen.table.rows()[0].values["women"] == 9
    screen.table.select_first()
    screen.strike()
    assert screen.table.rows() == []
    screen.notice.act()
    assert screen.table.rows()[0].values["women"] == 9


def test_what_is_missing_keeps_the_question_open(screen):
    screen.arrive("activity")
    box = add(screen, kind="literacy")
    assert box.isVisible()
    box.reject()
    assert screen.table.rows() == []


def test_years_are_typed_plainly(screen):
    screen.arrive("population")
    box = add(screen, year="dua ribu", employees=300)
    assert box.isVisible()
    box.form.put("year", "2027")
    box.try_accept()
    assert screen.table.rows()[0].values["year"] == 2027
    assert screen.table.cell(0, 0) == "2027"


def test_a_patients_number_in_a_search_is_pointed_out(screen):
    screen.arrive(("literature_search", "new"))
    box = dialog()
    box.form.put("question", "Pasien RM 12-34-56 dengan ulkus")
    assert "nomor pasien" in box.warning.text()
    box.form.put("question", "Madu topikal pada ulkus kaki")
    assert box.warning.text() == ""
    box.reject()


def test_a_register_is_saved_as_a_sheet(screen, tmp_path, monkeypatch, qtbot):
    screen.arrive("service")
    add(screen, title="=HYPERLINK(1)", kind="on_site")
    target = tmp_path / "layanan.xlsx"
    monkeypatch.setattr(screen, "ask_path", lambda usual: target)
    qtbot.keyClick(screen.window(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    screen.save_sheet()
    page = openpyxl.load_workbook(target).worksheets[0]
    assert [cell.value for cell in page[2]][:2] == ["=HYPERLINK(1)", "di tempat"]
    assert page["A2"].data_type == "s"
    assert page["C2"].value.date() == NOW.date()


def test_the_clock_of_a_search_is_started_and_stopped(window, program, qtbot):
    from database.registers import work_timers

    today = NOW.date()
    with program.library.transaction() as session:
        registers.add(
            session,
            "literature_search",
            {"day": today, "requester": "dr. B", "kind": "research", "question": "x", "due": today},
            NOW,
        )
    screen = window.go("services", "literature_search")
    screen.table.select_first()
    screen.turn_clock()
    assert program.read(work_timers.running)
    screen.table.select_first()
    screen.turn_clock()
    assert not program.read(work_timers.running)
    home = window.go("home")
    assert any("PL-2027-001" in row["what"] for row in home.waiting.rows())


def test_a_photograph_is_added_to_an_activity(window, program, tmp_path):
    from PySide6.QtWidgets import QApplication

    with program.library.transaction() as session:
        values = {"title": "Dongeng", "kind": "story_hour", "day": NOW.date()}
        registers.add(session, "activity", values, NOW)
    screen = window.go("services", "activity")
    screen.table.select_first()
    screen.show_files()
    box = QApplication.activeModalWidget()
    photo = tmp_path / "foto.png"
    photo.write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 40)
    box.add(photo)
    assert [row.name for row in box.table.rows()] == ["foto.png"]
    box.table.select_first()
    box.remove()
    assert box.table.count() == 0
    box.reject()


def test_an_agreement_that_ends_soon_waits_on_home(window, program):
    from datetime import timedelta

    until = NOW.date() + timedelta(days=30)
    with program.library.transaction() as session:
        registers.add(session, "cooperation",
                      {"partner": "Dinas", "title": "Titipan", "kind": "agreement",
                       "day": NOW.date(), "until": until}, NOW)  # fmt: skip
    home = window.go("home")
    assert any("Dinas" in row["what"] for row in home.waiting.rows())


LINES = {
    "literature_search": {"requester": "dr. A", "kind": "research", "question": "luka", "due": DAY,
                          "found": 4, "results": "Satu. 2024.\nDua. 2025."},
    "interlibrary": {"kind": "supplied", "title": "Gizi", "partner": "Poltekkes", "quantity": 1},
    "gift": {"partner": "Alumni", "title": "Buku", "quantity": 3},
    "activity": {"title": "Studi banding", "kind": "visit_made", "women": 4, "impact": "Ada."},
    "suggestion": {"title": "Gerontik", "state": "new", "price": 1000},
}  # fmt: skip
NUMBERED = {"literature_search": "PL", "interlibrary": "SL", "gift": "BAST-H", "suggestion": "UP"}


@pytest.mark.parametrize("name", LINES)
def test_each_line_has_its_paper_with_one_number(window, program, name):
    with program.library.transaction() as session:
        registers.add(session, name, {"day": DAY, **LINES[name]}, NOW)
    screen = window.go("services", name)
    screen.table.select_first()
    for _time in range(2):
        screen.show_paper()
        assert screen.paper.view.pages() == 1
        screen.paper.closed.emit()
        screen.table.select_first()
    with program.library.reading() as session:
        given = [one.number for one in outgoing.rows(session, DAY, DAY)]
    wanted = [f"001/{NUMBERED[name]}/RSUD-BS/I/2027"] if name in NUMBERED else []
    assert given == wanted


def test_a_vote_is_counted_by_a_button(window, program):
    with program.library.transaction() as session:
        registers.add(session, "suggestion", {"day": DAY, **LINES["suggestion"]}, NOW)
    screen = window.go("services", "suggestion")
    screen.table.select_first()
    screen.vote()
    assert screen.table.rows()[0].values["votes"] == 2
    assert window.go("services", "gift").vote_button.isHidden()


def test_sheets_of_the_survey_are_typed_in_by_figures_alone(window, qtbot, program):
    screen = window.go("services", "survey")
    screen.type_sheets()
    box = dialog()
    qtbot.keyClicks(box, "444444444" + "33333333x3" + "12")
    assert box.kept == 2
    assert [mark.text() for mark in box.marks][:3] == ["1", "2", "–"]
    box.reject()
    kept = program.read(lambda s: registers.entries(s, "survey"))
    assert sorted(one.values["score_9"] for one in kept) == [3, 4]


def test_what_a_partner_lent_is_waited_for_at_home(window, program):
    with program.library.transaction() as session:
        line = {"day": DAY, **LINES["interlibrary"], "due": DAY}
        registers.add(session, "interlibrary", line, NOW)
    home = window.go("home")
    assert any("“Gizi” masih di Poltekkes" in row["what"] for row in home.waiting.rows())

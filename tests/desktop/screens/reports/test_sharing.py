"""One types, all confirm: numbers and questions given to other libraries, and where they stand."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from database.registers import evidence
from database.standards import accreditation
from desktop import background
from desktop.forms.evidence import EvidenceDialog
from desktop.forms.sharing import Sharing
from tests.database.standards.test_sharing import PNG


@pytest.fixture
def panel(window, qtbot):
    screen = window.go("reports")
    qtbot.waitUntil(lambda: not background.busy() and screen.signing.thumbnail.has_page())
    yield screen.numbers.standards
    for box in screen.findChildren(EvidenceDialog):
        box.close()


def settle():
    """Let what works behind end, and what it tells arrive."""
    for _turn in range(4):
        background.wait()
        QApplication.processEvents()


def accept(**values):
    settle()
    box = QApplication.activeModalWidget()
    for key, value in values.items():
        box.form.put(key, value)
    box.try_accept()
    settle()


def chosen(panel):
    return next(one for one in panel.table.rows() if one.indicator == "L01")


def test_numbers_confirmed_here_count_where_their_file_is_brought_in(
    panel, program, tmp_path, monkeypatch
):
    path = tmp_path / "ambang.json"
    monkeypatch.setattr(Sharing, "ask_target", lambda *_args: path)
    monkeypatch.setattr(Sharing, "ask_source", lambda *_args: path)
    sharing = Sharing(program, panel.host, panel.reload)
    sharing.save_thresholds()
    assert not path.exists()
    settle()
    panel.table.select_ids(["L01"])
    panel.confirm()
    accept(value=37.5, article="Pasal 14", verified_by="Dewi")
    sharing.save_thresholds()
    assert panel.host.notice.text().endswith("ambang.json")
    told = path.read_text(encoding="utf-8")
    path.write_text(told.replace("37.5", "40.0"), encoding="utf-8")
    sharing.bring_thresholds()
    settle()
    box = QApplication.activeModalWidget()
    assert [(one.value, one.ours) for one in box.table.rows()] == [(40, 37.5)]
    accept()
    assert (chosen(panel).threshold, chosen(panel).verified_by) == (
        40,
        "Dewi (Perpustakaan RSUD Bhakti Sehat)",
    )
    panel.host.notice.act()
    settle()
    panel.reload()
    settle()
    assert chosen(panel).threshold == 37.5


def test_a_page_of_the_regulation_lies_beside_a_confirmed_number_alone(panel, program, tmp_path):
    settle()
    panel.table.select_ids(["L01"])
    panel.show_page()
    assert not panel.host.findChildren(EvidenceDialog)
    panel.confirm()
    accept(value=37.5, article="Pasal 14", verified_by="Dewi")
    panel.table.select_ids(["L01"])
    panel.show_page()
    (box,) = panel.host.findChildren(EvidenceDialog)
    page = tmp_path / "pasal14.png"
    page.write_bytes(PNG)
    box.add(page)
    assert [one.name for one in box.table.rows()] == ["pasal14.png"]
    key = f"{chosen(panel).standard}/L01"
    assert program.read(lambda s: evidence.of(s, evidence.THRESHOLD, key))


def test_questions_are_pasted_as_a_table_and_taken_back(panel, program):
    Sharing(program, panel.host, panel.reload).paste_questions()
    first = accreditation.instrument().components[0].code
    accept(table=f"{first}\t1\tBerapa judul koleksi?\t5000\t4000")
    words = [one.words for one in program.read(accreditation.questions) if one.words]
    assert words == ["Berapa judul koleksi?"]
    panel.host.notice.act()
    settle()
    assert not any(one.words for one in program.read(accreditation.questions))

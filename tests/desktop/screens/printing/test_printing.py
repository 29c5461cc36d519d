"""The printing place, as a librarian uses it: the queue, own words, sheets, what was kept."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from database.holdings import item_list, print_queue
from database.policy import label_sheets, paper_words
from desktop import background, pc
from desktop.application import build_window
from desktop.printing import printer
from desktop.printing.queueing import QueueDialog
from desktop.words import language
from tests.libraries import NOW


@pytest.fixture
def window(program, show, monkeypatch, tmp_path):
    monkeypatch.setattr(pc, "data_folder", lambda: tmp_path)
    language.use("en")
    window = build_window(program)
    yield show(window, 1366, 768)
    window.changes.stop()


def part(window, name):
    window.go("printing", name)
    return window.current().parts[name]


def settle():
    for _round in range(4):
        background.wait()
        QApplication.processEvents()


def some_copies(program, count=3):
    return [row.id for row in program.read(lambda s: item_list.items_to_label(s, only_new=False))][
        :count
    ]


def test_what_is_put_in_waits_until_it_came_out_well(window, program):
    QueueDialog(program, window.go("printing"), some_copies(program)).open()
    dialog = QApplication.activeModalWidget()
    dialog.form.set_values({"labels": False, "pockets": True})
    dialog.try_accept()
    assert "3 put into the print queue: Book pockets" in window.notice.text()
    queue = part(window, "queue")
    queue.papers.select_ids(["pockets"])
    assert queue.rows.count() == 3
    queue.print_these()
    assert window.current().paper.view.pages() == 1
    window.current().paper.closed.emit()
    assert "3 wait" in queue.asked.text()
    queue.came_out()
    assert "pockets" not in program.read(print_queue.counts)
    window.undo_wanted.emit()
    assert program.read(print_queue.counts)["pockets"] == 3


def test_a_no_keeps_them_and_del_takes_one_out(window, program):
    ids = some_copies(program)
    program.write(lambda s: print_queue.add(s, "due-slips", ids, NOW))
    queue = part(window, "queue")
    queue.papers.select_ids(["due-slips"])
    queue.print_these()
    queue.keep()
    assert queue.asked.text() == ""
    queue.rows.select_ids([ids[0]])
    queue.take_out()
    assert program.read(print_queue.counts)["due-slips"] == 2


def test_own_words_stand_on_the_paper_and_go_back(window, program):
    papers = part(window, "papers")
    papers.table.select_ids(["loan-sheet"])
    papers.draw()
    settle()
    papers.edit_words()
    sources = [row["id"] for row in papers.words.table.rows()]
    assert len(sources) > 5
    (title,) = (one for one in sources if one == "Loans made")
    papers.words.table.select_ids([title])
    papers.words.form.put("text", "WHILE THE POWER IS OFF")
    assert papers.words.trying() == {title: "WHILE THE POWER IS OFF"}
    papers.words._save()
    settle()
    kept = program.read(lambda s: paper_words.of(s, "loan-sheet", "en"))
    assert kept == {title: "WHILE THE POWER IS OFF"}
    papers.words.table.select_ids([title])
    papers.words._reset()
    assert program.read(lambda s: paper_words.of(s, "loan-sheet", "en")) == {}


def test_a_wrong_field_is_told_and_nothing_is_lost(window, program):
    papers = part(window, "papers")
    papers.table.select_ids(["clearance-letter"])
    papers.draw()
    settle()
    papers.edit_words()
    row = next(one for one in papers.words.table.rows() if "{" in one["id"])
    papers.words.table.select_ids([row["id"]])
    papers.words.form.put("text", "by {nobody}")
    papers.words._save()
    assert "nobody" in window.notice.text()
    assert window.notice.tone() == "refused"
    assert papers.words.form.value("text") == "by {nobody}"


def test_a_sheet_sold_becomes_the_librarys_own(window, program):
    sheets = part(window, "sheets")
    sheets.search.set_text("avery l7160")
    sheets._fill()
    sheets.table.select_first()
    assert sheets.form.value("columns") == 3
    sheets.form.put("x0", 8.25)
    sheets.form.put("name", "Ours")
    sheets.save()
    (own,) = program.read(label_sheets.own)
    assert (own["name"], own["x0"], own["rows"]) == ("Ours", 8.25, 7)
    assert program.pc.get(pc.SHEET) == own["id"]
    sheets.table.select_ids([own["id"]])
    sheets.remove()
    assert program.read(label_sheets.own) == []


def test_a_sheet_that_cannot_be_says_why(window, program):
    sheets = part(window, "sheets")
    sheets.table.select_first()
    sheets.form.put("columns", 9)
    assert "leave the paper" in sheets.wrong.text()
    sheets.form.put("dx", 5)
    assert "overlap" in sheets.wrong.text()
    sheets.save()
    assert program.read(label_sheets.own) == []


def test_what_no_printer_took_waits_and_can_be_thrown_away(window):
    kept = part(window, "kept")
    assert not printer.print_or_keep(window.current(), kept.program, "slip", b"%PDF-1.4", "slip-x")
    window.go("desk")
    window.go("printing")
    assert kept.table.count() == 1
    assert window.current().tabs.tabText(4) == "Not printed yet 1"
    assert printer.kept()[0].kind == "slip"
    kept.table.select_first()
    kept.print_them()
    assert window.notice.tone() == "refused"
    assert kept.table.count() == 1
    kept.table.select_first()
    kept.throw_away()
    assert kept.table.count() == 0

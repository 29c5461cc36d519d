"""Lending what has no barcode at hand."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from database.catalogue import worklists
from database.circulation import identify, lending
from database.holdings import item_list
from database.search import search
from desktop.screens.desk.by_words import BriefTitle, ChooseByWords, read
from tests.desktop.screens.desk.test_desk import clock, program, scan, window  # noqa: F401
from tests.libraries import NOW


def answering(kind, answer):
    """When the next dialog of a kind is up, do this with it."""

    def look():
        box = QApplication.activeModalWidget()
        assert isinstance(box, kind), box
        answer(box)

    QTimer.singleShot(0, look)


def loans(program):  # noqa: F811
    return program.read(lambda s: identify.find_patron(s, "M0001")).open_loans


def test_words_typed_with_a_card_open_choose_the_copy(window, scan, program):  # noqa: F811
    scan("M0001")
    shown = []

    def choose(box):
        shown.extend((row.title, row.barcode) for row in box.table.rows())
        box.try_accept()

    answering(ChooseByWords, choose)
    scan("ilmu kebidanan")
    assert shown[0] == ("Ilmu Kebidanan", "B000010")
    assert program.read(lambda s: identify.find_item(s, "B000010")).patron_name.startswith("Ns.")


def test_copies_that_are_out_stand_last_and_say_until_when(program):  # noqa: F811
    with program.library.transaction() as session:
        lending.check_out(session, "M0002", "B000010", NOW)
    (copy,) = program.read(lambda s: read(s, "ilmu kebidanan"))
    assert (copy.barcode, bool(copy.due)) == ("B000010", True)


def test_what_nobody_catalogued_is_described_and_lent_in_one_act(window, scan, program):  # noqa: F811
    before = program.library.contents()
    scan("M0001", "zikir harian")
    assert window.notice.action().sequence == "F4"

    def describe(box):
        assert box.form.value("title") == "zikir harian"
        box.form.put("title", "Zikir Harian")
        box.try_accept()

    answering(BriefTitle, describe)
    window.notice.act()
    assert loans(program) == 1
    (found,) = program.read(lambda s: search.search(s, "zikir harian")).rows
    (copy,) = program.read(lambda s: item_list.items_of(s, found.id))
    assert copy.barcode.startswith("B")
    asked = worklists.Asked(NOW.date(), "2027-01")
    rows = program.read(lambda s: worklists.rows(s, "brief", asked))
    assert [row.title for row in rows] == ["Zikir Harian"]
    window.notice.clear()
    program.acts.undo_last(window.current())
    after = program.library.contents()
    assert (after.titles, after.items, after.open_loans) == (
        before.titles,
        before.items,
        before.open_loans,
    )


def test_a_code_of_nobody_is_pasted_on_and_lent(window, scan, program):  # noqa: F811
    scan("M0001", "B000777")
    assert window.notice.tone() == "refused"

    def describe(box):
        assert box.form.value("barcode") == "B000777"
        box.form.put("title", "Tanpa Barcode")
        box.try_accept()

    answering(BriefTitle, describe)
    window.notice.act()
    assert program.read(lambda s: identify.find_item(s, "B000777")).title == "Tanpa Barcode"
    assert loans(program) == 1


def test_who_may_not_borrow_gets_no_new_title_either(window, scan, program):  # noqa: F811
    before = program.library.contents()
    scan("M0003", "B000001", "B000010", "B000778")
    told = []

    def describe(box):
        box.form.put("title", "Lewat batas")
        box.try_accept()
        told.append(box.refused.text())
        box.reject()

    answering(BriefTitle, describe)
    window.notice.act()
    assert "2" in told[0]
    assert program.library.contents().titles == before.titles


def test_without_a_card_words_are_no_code(window, scan, program):  # noqa: F811
    scan("ilmu kebidanan")
    assert window.notice.tone() == "refused"

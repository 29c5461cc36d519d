"""Fields of the library's own: declared under Settings, asked for in the forms, shown in lists."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from sqlalchemy import update

from database.catalogue import titles
from database.description import own_marc
from database.holdings import item_list
from database.patrons import finding
from database.policy import own_fields
from database.policy.own_fields import OwnFacts
from database.schema import Patron
from database.text import own_values
from desktop import background
from desktop.screens.catalogue.copies import copies
from desktop.screens.patrons.card.card import NOTES
from desktop.screens.settings.own import section as own_section
from desktop.widgets.form_dialog import FormDialog
from tests.libraries import NOW


def at_rest(qtbot):
    qtbot.waitUntil(lambda: not background.busy(), timeout=60_000)


def declare(program, record, name, kind="text", *choices):
    facts = OwnFacts(record, name, kind, choices)
    program.write(lambda s: own_fields.add(s, facts, NOW))


def dialog(widget):
    """The form that stands open over a section."""
    QApplication.processEvents()
    return next(one for one in widget.findChildren(FormDialog) if one.isVisible())


@pytest.fixture
def section(window):
    screen = window.go("settings")
    screen.arrive("own_fields")
    return screen.section()


def test_a_field_is_declared_changed_and_taken_away(section, program, monkeypatch):
    section.add()
    box = dialog(section)
    box.form.set_values({"name": "Jenis sampul", "kind": "choice", "record": "item"})
    box.try_accept()
    assert "paling sedikit satu pilihan" in box.said()
    assert list(box.form.shown_errors()) == ["choices"]
    box.form.put("choices", "keras\nlunak\n")
    box.try_accept()
    [row] = section.table.rows()
    assert (row["name"], row["about"], row["told"]) == (
        "Jenis sampul", "Eksemplar", "Pilihan: keras, lunak",
    )  # fmt: skip
    section.edit(row)
    box = dialog(section)
    box.form.put("record", "patron")
    box.form.put("name", "NIK")
    box.try_accept()
    assert "tidak disimpan di sini" in box.said()
    assert box.form.shown_errors()["name"]
    box.reject()
    asked = []
    monkeypatch.setattr(own_section, "confirm", lambda *told, **_more: asked.append(told[2]))
    section.table.select_first()
    section.remove()
    assert asked == []
    assert section.table.rows() == []


def test_one_that_is_filled_in_is_taken_away_only_when_asked(section, program, monkeypatch):
    declare(program, "patron", "Komite")
    number = program.read(lambda s: finding.search(s, finding.PatronFilter()))[1][0].id
    with program.library.transaction() as session:
        session.execute(update(Patron).where(Patron.id == number).values(own='{"komite":"PPI"}'))
    section.load()
    asked = []
    monkeypatch.setattr(own_section, "confirm", lambda *told, **_more: asked.append(told[2]))
    section.table.select_first()
    section.remove()
    assert "terisi pada 1 data" in asked[0]
    assert "data pribadi" in asked[0]
    assert len(section.table.rows()) == 1


def test_a_title_is_asked_for_them_and_shows_them(window, program, qtbot):
    declare(program, "title", "Proyek asal")
    declare(program, "title", "Tinjau", "date")
    declare(program, "title", "Nilai", "number")
    catalogue = window.go("catalogue")
    at_rest(qtbot)
    page = catalogue.list
    number = page.table.rows()[0].id
    page.wanted.emit("edit", number)
    form = catalogue.form
    for key, typed in (("proyek-asal", "Hibah WHO"), ("tinjau", "4-3-2027"), ("nilai", "21,5")):
        form.form.input(f"own:{key}").set_raw(typed)
        assert form.form.input(f"own:{key}").isVisibleTo(form)
    form.settle()
    form.save(False)
    at_rest(qtbot)
    record = program.read(lambda s: titles.record_of(s, number))[0]
    assert own_marc.values(record) == {
        "proyek-asal": "Hibah WHO", "tinjau": "2027-03-04", "nilai": "21.5",
    }  # fmt: skip
    page.search.line.setText("hibah who")
    page.search.searched.emit("hibah who")
    at_rest(qtbot)
    assert [row.id for row in page.table.rows()] == [number]
    assert "Proyek asal: Hibah WHO · Tinjau: 4 Mar 2027 · Nilai: 21,5" in page.detail.own.text()
    names = [action.data() for action in page.columns_button.menu_of.actions()]
    assert names[-4:] == ["own:proyek-asal", "own:tinjau", "own:nilai", "available"]
    page._show_columns(["own:nilai"])
    place = [one.name for one in page.table.columns()].index("own:nilai")
    assert page.table.cell(0, place) == "21,5"
    page.wanted.emit("edit", number)
    assert form.form.value("own:proyek-asal") == "Hibah WHO"
    form.form.put("own:nilai", "")
    form.form.input("own:nilai").set_raw("banyak")
    form.save(False)
    assert form.form.shown_errors()["own:nilai"]


def test_what_is_typed_in_them_is_kept_as_a_draft(window, program, qtbot):
    declare(program, "title", "Proyek asal")
    catalogue = window.go("catalogue")
    at_rest(qtbot)
    catalogue.list.wanted.emit("new", None)
    form = catalogue.form
    form.form.put("own:proyek-asal", "DAK 2027")
    form.settle()
    form.cancel()
    catalogue.list.wanted.emit("new", None)
    assert form.form.value("own:proyek-asal") == "DAK 2027"


def test_copies_are_asked_for_them(window, program, qtbot):
    declare(program, "item", "Warna", "choice", "merah", "biru")
    catalogue = window.go("catalogue")
    at_rest(qtbot)
    number = catalogue.list.table.rows()[0].id
    box = copies.AddCopies(program, catalogue, number, "Judul")
    box.form.put("own:warna", "biru")
    assert box.ready()
    row = program.read(lambda s: item_list.items_of(s, number))[-1]
    assert own_values.unpacked(row.own) == {"warna": "biru"}
    fewer = OwnFacts("item", "Warna", "choice", ("merah",))
    [declared] = program.read(own_fields.listed)
    program.write(lambda s: own_fields.save(s, declared.id, fewer, NOW))
    edit = copies.EditCopy(program, catalogue, row)
    assert edit.form.value("own:warna") == "biru"
    edit.form.put("location", "Rak 9")
    assert edit.ready()
    assert program.read(lambda s: item_list.items_by_id(s, [row.id]))[0].own == row.own


def test_a_patron_is_asked_for_them_and_a_patient_is_not(window, program, qtbot):
    screen = window.go("patrons")
    declare(program, "patron", "Komite")
    screen.reload()
    screen.new()
    card = screen.card
    card.form.put("name", "Made Ayu")
    card.form.put("category", "nurse")
    card.go_to("own:komite")
    card.form.put("own:komite", "PPI")
    assert card.form.input("own:komite").isVisibleTo(card)
    screen.save()
    found = program.read(lambda s: finding.search(s, finding.PatronFilter(typed="ppi")))[1]
    assert [(one.name, own_values.unpacked(one.own)) for one in found] == [
        ("Made Ayu", {"komite": "PPI"})
    ]
    assert card.form.value("own:komite") == "PPI"
    card.form.put("own:komite", "3201234567890123")
    assert card.form.offered("own:komite")[0]
    screen.discard()
    screen.new()
    card.form.put("category", "patient")
    card.tabs.setCurrentIndex(NOTES)
    assert not card.form.input("own:komite").isVisibleTo(card)

"""The form of every kind of title, tags, templates, covers, many at once, by key and by eye."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage

from database.catalogue import covers, templates, title_changes
from database.catalogue import titles as catalogue
from database.description import marc_form, materials, own_marc
from database.description.marc_text import Problem
from database.exchange import found as marc_files
from database.policy import own_fields
from database.policy.own_fields import OwnFacts
from database.search import listing, search
from database.vocabulary import OwnKind, OwnRecord
from desktop import background
from desktop.screens.catalogue.form import layouts, values
from desktop.screens.catalogue.form.tag_rows import PROBLEMS
from desktop.widgets.picture_box import LARGEST
from desktop.words.language import _
from tests.desktop.keying import combo
from tests.desktop.screens.catalogue.test_catalogue import press, read, type_into


def record_of(screen, title):
    def question(session):
        return catalogue.record_of(session, search.search(session, title).rows[0].id)[0]

    return read(screen, question)


def settled(qtbot):
    assert background.wait()
    qtbot.waitUntil(lambda: not background.busy())


def test_every_field_of_every_kind_stands_in_the_form_with_its_tag(empty):
    empty.arrive("new")
    form = empty.form.form
    keys = set(form.values())
    for kind, rows in layouts.LAYOUTS.items():
        asked = [key for row in rows for key in row]
        assert set(asked) <= keys
        whole = [key for row in layouts.rows(kind, set()) for key in row]
        assert sorted(whole) == sorted(asked), kind
        assert len(asked) == len(set(asked)), kind
    assert form._boxes["title"].name.toolTip() == "MARC 245 $a"
    assert set(marc_form.KEYS) - keys == {"statement"}


@pytest.mark.parametrize("kind", materials.KINDS)
def test_a_title_of_each_kind_is_saved_and_comes_back_as_it_was(empty, qtbot, kind):
    empty.arrive("new")
    page = empty.form
    type_into(qtbot, empty, "title", "Judul sebuah karya")
    page.form.put("publisher", "Salemba")
    page.form.put("kind", kind)
    assert page.form.value("title") == "Judul sebuah karya"
    press(qtbot, empty, Qt.Key.Key_S)
    record = record_of(empty, "karya")
    assert materials.kind_of(record) == kind
    number = empty.list.table.current().id
    empty.list.wanted.emit("edit", number)
    assert page.form.value("kind") == kind
    assert page.form.value("publisher") == "Salemba"
    assert page.form.input("publisher").isVisible()


def test_what_another_kind_does_not_ask_stays_in_sight(empty):
    empty.arrive("new")
    form = empty.form.form
    form.put("kind", "article")
    form.put("host", "Jurnal keperawatan")
    form.put("kind", "book")
    assert form.input("host").isVisibleTo(empty.form)
    assert values.stored_values(form)["host"] == "Jurnal keperawatan"


def test_authors_are_added_with_roles_by_key_and_taken_away(empty, qtbot):
    empty.arrive("new")
    form = empty.form.form
    form.put("title", "Buku")
    form.focus("added_authors")
    rows = form.input("added_authors")
    for name in ("Hartono, Andry", "Sutarna, Agus"):
        qtbot.keyClicks(rows.line, name)
        qtbot.keyClick(QGuiApplication.focusObject(), Qt.Key.Key_Return)
    rows._rows[0].second.setEditText("penerjemah")
    assert form.value("added_authors") == ["Hartono, Andry\tpenerjemah", "Sutarna, Agus"]
    rows._rows[1].cross.click()
    press(qtbot, empty, Qt.Key.Key_S)
    [one] = record_of(empty, "Buku").each("700")
    assert one.subfields[1:] == [("e", "penerjemah"), ("4", "trl")]


def test_the_tags_are_edited_and_saved_and_nothing_is_lost(stocked, qtbot):
    row = stocked.list.table.rows()[0]
    before = read(stocked, lambda session: catalogue.record_of(session, row.id)[0])
    stocked.list.wanted.emit("edit", row.id)
    press(qtbot, stocked, *combo("tags"))
    page = stocked.tags
    assert stocked.page() is page
    press(qtbot, stocked, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    assert stocked.page() is stocked.form
    assert stocked.form._described() == before
    press(qtbot, stocked, *combo("tags"))
    page.add()
    place = page.view.currentIndex().row()
    page.rows.setData(page.rows.index(place, 2), "tanpa apa-apa")
    press(qtbot, stocked, Qt.Key.Key_S)
    assert stocked.page() is page, "a row that is no field is not left behind"
    assert _(PROBLEMS[Problem.TAG]) in page.rows.index(place, 3).data()
    page.rows.setData(page.rows.index(place, 0), "990")
    page.rows.setData(page.rows.index(place, 2), "$a rahasia $b dua")
    page.move_row(1)
    press(qtbot, stocked, Qt.Key.Key_S)
    after = read(stocked, lambda session: catalogue.record_of(session, row.id)[0])
    assert [one.subfields for one in after.each("990")] == [[("a", "rahasia"), ("b", "dua")]]
    assert [one for one in after.fields if one.tag != "990"] == before.fields
    press(qtbot, stocked, Qt.Key.Key_Z)
    assert read(stocked, lambda session: catalogue.record_of(session, row.id)[0]) == before


def test_what_was_typed_by_tags_is_kept_in_the_draft(stocked, qtbot):
    row = stocked.list.table.rows()[0]
    stocked.list.wanted.emit("edit", row.id)
    stocked.form.edit_tags()
    page = stocked.tags
    page.add()
    place = page.view.currentIndex().row()
    page.rows.setData(page.rows.index(place, 0), "990")
    page.rows.setData(page.rows.index(place, 2), "$a tersimpan")
    page.leave()
    press(qtbot, stocked, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    stocked.list.wanted.emit("edit", row.id)
    assert stocked.form._described().get("990", "a") == "tersimpan"


def test_a_new_title_from_another_and_from_a_template(stocked, qtbot):
    row = stocked.list.table.rows()[0]
    stocked.list.table.view.setFocus()
    press(qtbot, stocked, *combo("duplicate"))
    page = stocked.form
    assert page.form.value("title") == row.title.split(" : ")[0]
    assert page.form.value("isbn") == ""
    page.templates.keep("Buku ajar")
    page.cancel()
    stocked.arrive("new")
    page.form.put("title", "Judul yang diketik")
    [(number, name)] = read(stocked, templates.all_names)
    assert name == "Buku ajar"
    page.templates.begin(number)
    assert page.form.value("title") == "Judul yang diketik"
    assert page.form.value("publisher") == row.publisher


def picture(width, height):
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkCyan)
    return image


def test_a_cover_is_pasted_into_the_detail_and_undone(stocked, qtbot):
    row = stocked.list.table.current()
    QGuiApplication.clipboard().setImage(picture(900, 1200))
    stocked.list.detail.cover.setFocus()
    qtbot.keyClick(QGuiApplication.focusObject(), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    content = read(stocked, lambda session: covers.of(session, row.id))
    kept = QImage.fromData(content)
    assert max(kept.width(), kept.height()) == LARGEST
    assert stocked.list.detail.cover.has_picture()
    press(qtbot, stocked, Qt.Key.Key_Z)
    assert read(stocked, lambda session: covers.of(session, row.id)) is None


def test_a_cover_from_a_file_is_saved_with_the_title(empty, qtbot, tmp_path):
    path = tmp_path / "sampul.png"
    picture(50, 80).save(str(path))
    empty.arrive("new")
    empty.form.form.put("title", "Bergambar")
    box = empty.form.cover.box
    with qtbot.waitSignal(box.chosen):
        box.take_file(path)
    press(qtbot, empty, Qt.Key.Key_S)
    number = empty.list.table.current().id
    assert read(empty, lambda session: covers.of(session, number))
    broken = tmp_path / "bukan.png"
    broken.write_text("bukan gambar")
    with qtbot.waitSignal(box.unreadable):
        box.take_file(broken)


def test_many_titles_are_chosen_changed_and_undone(stocked, qtbot):
    table = stocked.list.table
    every = {row.id for row in table.rows()}
    table.view.setFocus()
    qtbot.keyClick(table.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert table.selected_count() == len(every)
    assert stocked.list.chosen.isVisible()
    press(qtbot, stocked, *combo("change"))
    page = stocked.many
    page.form.put("value", "Koleksi inti")
    page.look()
    settled(qtbot)
    assert {row.id for row in page.table.rows()} == every
    press(qtbot, stocked, Qt.Key.Key_S)
    settled(qtbot)
    assert stocked.page() is stocked.list

    def marked(session):
        titles = listing.find(session, "koleksi inti")
        return set(listing.every_id(session, titles))

    assert read(stocked, marked) == every
    press(qtbot, stocked, Qt.Key.Key_Z)
    settled(qtbot)
    assert read(stocked, marked) == set()


def test_each_thing_to_change_asks_what_it_needs(stocked):
    stocked.arrive(("many", [row.id for row in stocked.list.table.rows()]))
    page = stocked.many
    for what in title_changes.WHATS:
        page.form.put("what", what)
        assert page.form.input("old").isVisible() == (what == "subject_replace")
        assert page.form.input("language").isVisible() == (what == "language")
    assert page.change() is not None  # copies may be moved to no shelf at all


@pytest.mark.parametrize("ending", [".mrc", ".xml", ".json"])
def test_the_titles_chosen_are_written_to_a_file(stocked, qtbot, tmp_path, ending):
    table = stocked.list.table
    ids = [row.id for row in table.rows()[:1]]
    where = tmp_path / f"judul{ending}"
    stocked.list.chosen.write(where, ids)
    settled(qtbot)
    [entry] = list(marc_files.records_of(where))
    [record] = read(stocked, lambda session: list(catalogue.records(session, ids)))
    assert entry.record.fields == record.fields
    assert not where.with_name(where.name + ".partial").exists()


def test_a_click_with_shift_chooses_a_range_and_the_detail_stays_with_the_first(
    stocked,
    qtbot,
):
    table = stocked.list.table
    view = table.view

    def click(place, modifier):
        at = view.visualRect(view.model().index(place, 0)).center()
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, modifier, QPoint(at))

    click(0, Qt.KeyboardModifier.NoModifier)
    click(1, Qt.KeyboardModifier.ShiftModifier)
    assert table.selected_count() == 2
    assert stocked.list.chosen_ids() == [row.id for row in table.rows()[:2]] or table.count() == 2
    stocked.list.reload()
    assert table.selected_count() == 2
    click(0, Qt.KeyboardModifier.NoModifier)
    assert not stocked.list.chosen.isVisible()


def test_an_own_field_is_set_on_many_titles_and_emptied_as_one(stocked, qtbot):
    program = stocked.program_of_test
    choices = ("Gizi", "Kebidanan")
    with program.library.transaction() as session:
        now = program.now()
        own_fields.add(session, OwnFacts(OwnRecord.TITLE, "Prodi", OwnKind.CHOICE, choices), now)
        own_fields.add(session, OwnFacts(OwnRecord.TITLE, "Bobot", OwnKind.NUMBER), now)
    every = [row.id for row in stocked.list.table.rows()]

    def held(session):
        rows = [catalogue.record_of(session, one)[0] for one in every]
        return [own_marc.values(record) for record in rows]

    stocked.arrive(("many", every))
    page = stocked.many
    page.form.put("what", "own:bobot")
    page.form.input("own:bobot").set_raw("1.250,5")
    page.look()
    settled(qtbot)
    assert {row.after for row in page.table.rows()} == {"1.250,5"}
    press(qtbot, stocked, Qt.Key.Key_S)
    settled(qtbot)
    assert read(stocked, held) == [{"bobot": "1250.5"}] * len(every)
    stocked.arrive(("many", every))
    page.form.put("what", "own:prodi")
    assert not page.act_button.isEnabled(), "empty already"
    page.form.put("own:prodi", "Gizi")
    page.look()
    settled(qtbot)
    press(qtbot, stocked, Qt.Key.Key_S)
    settled(qtbot)
    assert read(stocked, held) == [{"bobot": "1250.5", "prodi": "Gizi"}] * len(every)
    stocked.arrive(("many", every[:1]))
    page.form.put("what", "own:bobot")
    page.look()
    settled(qtbot)
    press(qtbot, stocked, Qt.Key.Key_S)
    settled(qtbot)
    assert read(stocked, held)[:2] == [{"prodi": "Gizi"}, {"bobot": "1250.5", "prodi": "Gizi"}]
    press(qtbot, stocked, Qt.Key.Key_Z)
    settled(qtbot)
    assert read(stocked, held) == [{"bobot": "1250.5", "prodi": "Gizi"}] * len(every)

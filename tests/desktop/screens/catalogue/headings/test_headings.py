"""The headings driven by keys, and what is said below an author that is typed as spoken."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from database.catalogue import heading_list, titles
from database.catalogue.heading_list import Filter
from database.description import marc, marc_form
from database.search import headings, search
from tests.desktop.keying import combo
from tests.libraries import NOW

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def screen(window, program):
    """The catalogue of the stories, on its headings."""
    found = window.go("catalogue")
    found.arrive("headings")
    found.program_of_test = program
    return found


@pytest.fixture
def page(screen):
    return screen.headings


def add(program, **values):
    record = marc_form.apply(marc.Record(), values)
    return program.write(lambda session: titles.add_biblio(session, record, NOW))


def names(page):
    return [row.name for row in page.table.rows()]


def typed(qtbot, page, text):
    page.focus_first()
    with qtbot.waitSignal(page.search.searched):
        qtbot.keyClicks(page.search.line, text)


def acting(qtbot, page, act):
    with qtbot.waitSignal(page.acts.ended):
        act()


def titles_found(program, query):
    return program.read(lambda session: [r.title for r in search.search(session, query).rows])


# --- looking


def test_the_list_is_browsed_and_found_by_any_word(screen, page, qtbot, press):
    assert screen.page() is page
    assert page.search.line.hasFocus()
    assert names(page)[:2] == ["Dorland, W. A. Newman", "Gunawan, Sulistia Gan"]
    typed(qtbot, page, "siti")
    assert names(page) == ["Setiati, Siti"]
    assert page.side.card.name.text() == "Setiati, Siti"
    assert [row.title for row in page.side.card.titles.rows()] == [
        "Buku Ajar Ilmu Penyakit Dalam. Jilid 1"
    ]
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert page.side.card.titles.view.hasFocus()
    page.side.card.titles.select_first()
    press(Qt.Key.Key_Return)
    assert screen.page() is screen.form


def test_the_kind_narrows_the_list(page, program):
    add(program, title="Satu", subjects="Gizi")
    page.kind.choose(Filter("subject"))
    assert names(page) == ["Gizi"]
    page.kind.choose(Filter("subject", "mesh"))
    assert names(page) == []
    assert page.table.isVisible()


def test_scrolling_brings_the_rest_of_the_alphabet(page, program, qtbot):
    def many(session):
        for number in range(heading_list.PAGE + 30):
            record = marc_form.apply(
                marc.Record(), {"title": "Buku", "subjects": f"Pokok {number:03}"}
            )
            titles.add_biblio(session, record, NOW)

    program.write(many)
    qtbot.waitUntil(lambda: page.table.count() == heading_list.PAGE)
    bar = page.table.view.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert page.table.count() == heading_list.PAGE + 36
    assert names(page) == sorted(names(page), key=str.lower)


def test_tabs_lead_there_and_back(screen, page):
    page.tabs.wanted.emit("titles")
    assert screen.page() is screen.list
    screen.list.tabs.wanted.emit("headings")
    assert screen.page() is page


# --- acts


def test_a_heading_is_renamed_by_keys_and_undone(screen, page, program, qtbot, press):
    typed(qtbot, page, "siti")
    press(Qt.Key.Key_R, CTRL)
    assert page.side.rename.line.hasFocus()
    assert page.side.rename.line.selectedText() == "Setiati, Siti"
    press("Setiati, Siti Rahayu")
    page.side.rename.refer.setChecked(True)
    acting(qtbot, page, lambda: press(Qt.Key.Key_Return))
    assert page.side.card.name.text() == "Setiati, Siti Rahayu"
    assert page.side.card.forms.raw() == ["Setiati, Siti"]
    assert page.table.view.hasFocus()
    assert len(titles_found(program, "rahayu")) == 1
    acting(qtbot, page, lambda: press(Qt.Key.Key_Z, CTRL))
    assert page.side.card.name.text() == "Setiati, Siti"
    assert page.side.card.forms.raw() == []
    assert titles_found(program, "rahayu") == []
    assert screen.notice.tone() == "done"


def test_escape_puts_a_question_away(page, qtbot, press):
    typed(qtbot, page, "siti")
    press(Qt.Key.Key_R, CTRL)
    press(Qt.Key.Key_Escape)
    assert page.side.currentWidget() is page.side.card
    assert page.table.view.hasFocus()


def test_a_name_that_stands_is_refused_in_words(screen, page, qtbot, press):
    typed(qtbot, page, "siti")
    press(Qt.Key.Key_R, CTRL)
    press("Hirata, Andrea")
    acting(qtbot, page, lambda: press(Qt.Key.Key_Return))
    assert screen.notice.tone() == "refused"
    assert "Hirata, Andrea" in screen.notice.text()
    assert page.side.card.name.text() == "Setiati, Siti"


def test_two_headings_become_one_by_keys(page, program, qtbot, press):
    add(program, title="Lain", main_author="Siti Setiati")
    typed(qtbot, page, "siti setiati")
    assert set(names(page)) == {"Siti Setiati", "Setiati, Siti"}
    assert page.side.card.name.text() == "Siti Setiati"
    press(*combo("merge"))
    assert page.side.merge.search.line.hasFocus()
    assert [row.name for row in page.side.merge.table.rows()] == ["Setiati, Siti"]
    press(Qt.Key.Key_Return)
    assert page.side.merge.table.view.hasFocus()
    acting(qtbot, page, lambda: press(Qt.Key.Key_Return))
    assert names(page) == ["Setiati, Siti"]
    assert page.table.rows()[0].titles == 2
    assert page.side.card.forms.raw() == ["Siti Setiati"]
    acting(qtbot, page, lambda: press(Qt.Key.Key_Z, CTRL))
    assert set(names(page)) == {"Siti Setiati", "Setiati, Siti"}


def test_forms_that_lead_to_a_heading_are_typed_and_taken_away(page, program, qtbot, press):
    typed(qtbot, page, "siti")
    page.side.card.forms.line.setFocus()
    press("Ibu Setiati")
    acting(qtbot, page, lambda: press(Qt.Key.Key_Return))
    assert page.side.card.forms.raw() == ["Ibu Setiati"]
    assert page.side.card.forms.line.hasFocus()
    assert len(titles_found(program, "ibu setiati")) == 1
    acting(qtbot, page, lambda: press(Qt.Key.Key_Backspace))
    assert page.side.card.forms.raw() == []
    assert titles_found(program, "ibu setiati") == []


def test_a_heading_in_use_is_not_removed_and_unused_ones_are_swept(screen, page, program, qtbot):
    number = add(program, title="Salah", main_author="Zulkifli")
    page.search.set_text("zulkifli")
    acting(qtbot, page, page.side.remove)
    assert screen.notice.tone() == "refused"
    program.write(lambda session: titles.cancel_biblio(session, number, NOW))
    page.search.set_text("")
    acting(qtbot, page, page.acts.sweep)
    assert "Zulkifli" not in names(page)
    assert screen.notice.tone() == "done"
    acting(qtbot, page, lambda: screen.notice.act())
    assert "Zulkifli" in names(page)
    acting(qtbot, page, page.acts.sweep)
    acting(qtbot, page, page.acts.sweep)
    assert screen.notice.tone() == "look"


# --- below the author


@pytest.fixture
def form(screen):
    screen.arrive("new")
    return screen.form.form


def leave(press, form, key, text):
    """Write a name, without the list of known ones that would open, and go on."""
    form.focus(key)
    form.input(key).set_raw(text)
    press(Qt.Key.Key_Tab)


def write(form, key, text):
    """Write a name and stay in its field."""
    form.focus(key)
    form.input(key).set_raw(text)


def test_an_author_typed_as_spoken_is_offered_its_heading(screen, form, program, press):
    form.put("title", "Geriatri")
    form.put("classification", "618.97")
    write(form, "main_author", "dr. Budi Anna Keliat, Sp.A")
    assert form.offered("main_author")[0] == "Keliat, Budi Anna"
    assert form.value("main_author") == "dr. Budi Anna Keliat, Sp.A"
    press(Qt.Key.Key_J, CTRL)
    assert form.value("main_author") == "Keliat, Budi Anna"
    assert form.offered("main_author")[0] == ""
    screen.form.settle()
    assert form.value("call_number") == "618.97 KEL g"
    press(Qt.Key.Key_S, CTRL)
    chosen = program.read(lambda session: headings.remembered(session, "Budi Anna Keliat"))
    assert chosen == "Keliat, Budi Anna"


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Return])
def test_going_on_takes_the_heading(screen, form, press, key):
    form.put("title", "Ubin")
    form.put("classification", "610")
    form.focus("main_author")
    press("Siti Driyorejo")
    assert form.offered("main_author")[0] == "Driyorejo, Siti"
    screen.form.settle()
    assert form.value("call_number") == "610 DRI u"
    press(key)
    assert form.value("main_author") == "Driyorejo, Siti"
    screen.form.settle()
    assert form.value("call_number") == "610 DRI u"


def test_a_name_that_was_not_left_is_filed_by_saving(screen, form, program, press):
    form.put("title", "Ubin")
    form.put("classification", "610")
    form.focus("main_author")
    press("Siti Driyorejo")
    press(Qt.Key.Key_S, CTRL)
    row = program.read(lambda session: search.search(session, "driyorejo").rows[0])
    assert (row.contributors, row.call_number) == ("Driyorejo, Siti", "610 DRI u")


def test_esc_keeps_the_name_as_typed_and_the_form_open(screen, form, program, press):
    form.put("title", "Ubin")
    form.put("classification", "610")
    form.focus("main_author")
    press("Siti Driyorejo")
    press(Qt.Key.Key_Escape)
    assert screen.form.isVisible()
    assert form.offered("main_author")[0] == ""
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_S, CTRL)
    row = program.read(lambda session: search.search(session, "driyorejo").rows[0])
    assert (row.contributors, row.call_number) == ("Siti Driyorejo", "610 SIT u")


def test_a_name_that_stands_is_not_turned_round_by_passing_through(screen, program, press):
    number = add(program, title="Lama", main_author="Siti Setiati")
    assert screen.form.open_edit(number)
    screen.form.form.focus("main_author")
    press(Qt.Key.Key_Tab)
    screen.form.save(False)
    record, _shelf = program.read(lambda session: titles.record_of(session, number))
    assert record.get("100", "a") == "Siti Setiati"


def test_a_body_typed_as_an_author_is_filed_as_a_body(screen, form, program, press):
    form.put("title", "Pedoman gizi")
    write(form, "main_author", "Tim Abdi Guru")
    assert form.offered("main_author")[0] == "Tim Abdi Guru"
    press(Qt.Key.Key_Tab)
    assert (form.value("main_author"), form.value("corporate_author")) == ("", "Tim Abdi Guru")
    form.put("added_authors", ["Kementerian Kesehatan RI", "Siti Setiati"])
    press(Qt.Key.Key_S, CTRL)
    number = program.read(lambda session: search.search(session, "pedoman gizi").rows[0].id)
    record, _shelf = program.read(lambda session: titles.record_of(session, number))
    assert [(one.tag, one.get("a")) for one in record.each("100", "110", "700", "710")] == [
        ("110", "Tim Abdi Guru"),
        ("700", "Setiati, Siti"),
        ("710", "Kementerian Kesehatan RI"),
    ]


def test_a_person_with_a_body_s_name_is_kept_by_esc(screen, form, program, press):
    form.put("title", "Kenangan")
    form.focus("main_author")
    press("Putri Indonesia")
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_S, CTRL)
    number = program.read(lambda session: search.search(session, "kenangan").rows[0].id)
    record, _shelf = program.read(lambda session: titles.record_of(session, number))
    assert record.get("100", "a") == "Putri Indonesia"


def test_a_name_kept_as_typed_is_kept_the_next_time_too(screen, form, press):
    form.put("title", "Satu")
    write(form, "main_author", "Budi Santoso")
    screen.form.names.keep("main_author")
    assert form.offered("main_author")[0] == ""
    assert form.value("main_author") == "Budi Santoso"
    press(Qt.Key.Key_S, CTRL)
    screen.arrive("new")
    leave(press, form, "main_author", "Budi Santoso")
    assert form.value("main_author") == "Budi Santoso"


def test_another_choice_made_before_is_offered(screen, form, program, press):
    add(program, title="Dasar", main_author="Dewantara, Ki Hajar")
    program.write(
        lambda session: headings.remember(session, {"Suwardi Suryaningrat": "Dewantara, Ki Hajar"})
    )
    write(form, "main_author", "Suwardi Suryaningrat")
    assert form.offered("main_author")[0] == "Dewantara, Ki Hajar"


def test_a_name_with_a_comma_or_of_one_word_is_left_alone(form, press):
    for text in ("Setiati, Siti", "Nursalam", ""):
        leave(press, form, "main_author", text)
        assert form.offered("main_author")[0] == ""
        assert form.value("main_author") == text


def test_added_authors_are_taken_one_after_another(screen, form, press):
    form.put("title", "Satu")
    form.focus("added_authors")
    press("Budi Santoso")
    assert form.offered("added_authors")[0] == "Santoso, Budi"
    press(Qt.Key.Key_Return)
    for name in ("Alwi, Idrus", "I Wayan Sudana"):
        press(name)
        press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Tab)
    assert form.value("added_authors") == ["Santoso, Budi", "Alwi, Idrus", "Sudana, I Wayan"]
    assert form.offered("added_authors")[0] == ""


def test_what_is_offered_follows_what_is_typed(form, press):
    write(form, "main_author", "Budi Santoso")
    assert form.offered("main_author")[0] == "Santoso, Budi"
    form.focus("main_author")
    form.input("main_author").set_raw("Budi Santosa")
    assert form.offered("main_author")[0] == "Santosa, Budi"
    form.input("main_author").set_raw("Santosa, Budi")
    assert form.offered("main_author")[0] == ""


# --- broader, narrower, related


def related(page):
    return [(one.relation, one.name) for one in page.side.card.relations.rows()]


def test_a_broader_heading_is_related_by_keys_and_finds_titles(screen, page, program, qtbot, press):
    add(program, title="Merawat bayi lahir", subjects="Perinatologi klinis")
    add(program, title="Dasar anak", subjects="Pediatrika umum")
    page.reload()
    typed(qtbot, page, "pediatrika")
    qtbot.waitUntil(lambda: names(page) == ["Pediatrika umum"])
    page.ask_relate()
    panel = page.side.relate
    assert panel.relation.value() == "narrower"
    with qtbot.waitSignal(panel.search.searched):
        qtbot.keyClicks(panel.search.line, "perinat")
    acting(qtbot, page, lambda: press(Qt.Key.Key_Return) or press(Qt.Key.Key_Return))
    qtbot.waitUntil(lambda: related(page) == [("narrower", "Perinatologi klinis")])
    assert set(titles_found(program, "pediatrika")) == {"Dasar anak", "Merawat bayi lahir"}
    page.side.card.relations.select_first()
    page.side.card.relations.view.setFocus()
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: related(page) == [("broader", "Pediatrika umum")])
    acting(qtbot, page, page.side.unrelate)
    qtbot.waitUntil(lambda: related(page) == [])
    assert titles_found(program, "pediatrika") == ["Dasar anak"]


def test_headings_go_out_as_authority_records_and_come_in(page, program, qtbot, tmp_path):
    add(program, title="Merawat bayi lahir", subjects="Perinatologi klinis")
    path = tmp_path / "tajuk.mrc"
    acting(qtbot, page, lambda: page.acts.send(path, "mrc"))
    assert path.stat().st_size > 300
    acting(qtbot, page, lambda: page.acts.bring(path))
    assert "0 tajuk baru" in page.host.notice.text()
    path.write_text("bukan cantuman", encoding="utf-8")
    acting(qtbot, page, lambda: page.acts.bring(path))
    assert "tajuk.mrc" in page.host.notice.text()

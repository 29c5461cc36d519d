"""Ctrl+K finds titles, patrons by right, settings, papers and help, and remembers."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QTabBar

from desktop import keys, manual
from desktop.places import PARTS
from desktop.widgets.help_frame import HelpFrame
from desktop.words import language


@pytest.fixture
def palette(window):
    return window.open_palette()


def labels(qtbot, palette, typed, wanted):
    palette.line.setText(typed)
    qtbot.waitUntil(lambda: any(wanted in label for label in palette.shown()))
    return palette.shown()


def take(palette, wanted):
    (row,) = [one for one in palette.list.rows() if one.label == wanted]
    palette.dismiss()
    palette._do(row)


def test_titles_and_patrons_are_found_by_their_words(window, palette, qtbot):
    told = labels(qtbot, palette, "rina", "Anggota: Ns. Rina")
    take(palette, next(label for label in told if label.startswith("Anggota: Ns. Rina")))
    assert window.current_key() == "patrons"
    again = window.open_palette()
    told = labels(qtbot, again, "keperawatan", "Judul: ")
    take(again, next(label for label in told if label.startswith("Judul: ")))
    assert window.current_key() == "catalogue"


def test_settings_papers_and_help_are_found(window, palette, qtbot):
    take(palette, next(one for one in labels(qtbot, palette, "cadangan", "Pengaturan: Cadangan")
                       if one == "Pengaturan: Cadangan"))  # fmt: skip
    assert (window.current_key(), window.current().section().owner) == (
        "settings",
        window.current(),
    )
    again = window.open_palette()
    told = labels(qtbot, again, "formulir", "Dokumen: ")
    take(again, next(label for label in told if label.startswith("Dokumen: ")))
    assert window.current_key() == "printing"
    title = manual.of_place("wards")[0].title
    again = window.open_palette()
    take(again, next(one for one in labels(qtbot, again, title, "Bantuan: ") if title in one))
    assert window.findChild(HelpFrame).page().title == title


def test_what_stands_inside_a_setting_is_looked_for_there(window, palette, qtbot):
    take(palette, labels(qtbot, palette, "uji pulihkan", "Cari “uji pulihkan”")[-1])
    page = window.current()
    assert window.current_key() == "settings"
    qtbot.waitUntil(lambda: not page.sections.missing())
    qtbot.waitUntil(lambda: page.list.currentItem().text() == "Cadangan")


def test_who_may_not_see_patrons_finds_none(window, palette, qtbot, program, monkeypatch):
    from database.rights import Right

    may = program.library.may
    monkeypatch.setattr(
        program.library, "may", lambda right: right is not Right.DESK and may(right)
    )
    told = labels(qtbot, palette, "an", "Judul: ")
    assert not any(label.startswith("Anggota: ") and "·" in label for label in told)


def test_what_was_taken_last_stands_first(window, palette):
    assert palette.shown()[0] != "Cetak"
    take(palette, "Cetak")
    take(window.open_palette(), "Bangsal")
    assert window.open_palette().shown()[:2] == ["Bangsal", "Cetak"]


@pytest.mark.parametrize(("place", "what", "name"), PARTS)
def test_every_part_of_a_place_is_led_to(window, qtbot, place, what, name):
    shown = f"{window.title_of(place)}: {language._(name)}"
    palette = window.open_palette()
    labels(qtbot, palette, shown.replace(":", " ").lower(), shown)
    take(palette, shown)
    assert window.current_key() == place
    tabs = [one for one in window.current().findChildren(QTabBar) if one.isVisible()]
    assert tabs[0].tabText(tabs[0].currentIndex()).startswith(language._(name))


@pytest.mark.parametrize("place", ["catalogue", "tasks", "printing"])
def test_an_act_is_found_whatever_part_its_place_was_left_in(window, place):
    """In that part and from elsewhere."""
    last = [what for where, what, _name in PARTS if where == place][-1]
    window.go(place, last)
    offered = [language._(label) for _key, label, *_needs in keys.OFFERED[place]]
    for at in (place, "home"):
        window.go(at)
        told = {act.label for act in window.everything()}
        title = window.title_of(place)
        assert not [one for one in offered if not {one, f"{title}: {one}"} & told]


def test_what_is_typed_as_it_is_shown_is_found_first(window, qtbot):
    palette = window.open_palette()
    labels(qtbot, palette, "pengaturan cadangan", "Pengaturan: Cadangan")
    assert palette.shown()[0] == "Pengaturan: Cadangan"


def test_an_act_of_another_part_is_done_there(window, qtbot):
    window.go("catalogue", ("stock", None))
    palette = window.open_palette()
    palette.line.setText("judul baru")
    take(palette, "Katalog: Judul baru")
    assert window.current().page() is window.current().form

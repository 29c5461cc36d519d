"""One table of keys: each has one meaning, and each that is shown works."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop import keys, places
from desktop.widgets.buttons import Button
from desktop.widgets.keys import Key

DESKTOP = Path(keys.__file__).parent
PLACES = ["home", *(key for key, *_rest in places.PLACES), "settings"]
DESK_KEYS = {f"F{number}" for number in range(6, 12)}
EVERYWHERE = {"redo", "acts", "open", "scan", "step", "undo", "help", "blank", "palette"}


def test_no_key_has_two_meanings():
    sequences = [QKeySequence(sequence).toString() for sequence, _meaning in keys.MEANINGS.values()]
    led = [QKeySequence(shortcut).toString() for *_place, shortcut in places.PLACES]
    both = sequences + led
    assert "" not in sequences
    assert sorted(both) == sorted(set(both))


def test_no_meaning_is_told_twice():
    meanings = [meaning for _sequence, meaning in keys.MEANINGS.values()]
    assert sorted(meanings) == sorted(set(meanings))


def literals():
    """(file, what) for every key that code names: the first of a Key, the `key` of a button, the
    sequence of a shortcut, the hint of a scan box."""
    for path in DESKTOP.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else node.func
            name = called if isinstance(called, str) else getattr(called, "id", "")
            given = [one.value for one in node.keywords if one.arg in {"key", "hint"}]
            if name in {"Key", "QShortcut"}:
                given += node.args[:1]
            elif name not in {"Button", "ScanBox", "partial"}:
                given = []
            for one in given:
                if isinstance(one, ast.Constant) and isinstance(one.value, str):
                    yield path.relative_to(DESKTOP).as_posix(), one.value


def test_code_names_meanings_and_never_keys():
    wrong = [(file, what) for file, what in literals() if what and what not in keys.MEANINGS]
    assert wrong == []


def test_every_meaning_is_used_somewhere():
    code = " ".join(path.read_text(encoding="utf-8") for path in DESKTOP.rglob("*.py"))
    assert [name for name in keys.MEANINGS if code.count(f'"{name}"') < 2] == []


@pytest.mark.parametrize("place", PLACES)
def test_a_place_offers_what_the_table_says(window, place):
    offered = {
        (key.name, key.label, *filter(None, [key.needs]))
        for key in window.screen_of(place).keys()  # noqa: SIM118
    }
    told = {
        (name, keys_label(label), *needs) for name, label, *needs in keys.OFFERED.get(place, ())
    }
    assert {one for one in offered if one[0] != "back"} == told


def keys_label(label):
    from desktop.words.language import _

    return _(label)


@pytest.mark.parametrize("place", PLACES)
def test_each_key_of_a_place_works_by_itself(window, place):
    screen = window.go(place)
    done = []
    named = [key for key in screen.keys() if key.name and key.name != "open"]  # noqa: SIM118
    screen.keys = lambda: [
        Key(key.name, key.label, lambda name=key.name: done.append(name)) for key in named
    ]
    screen.renew_keys()
    for key in named:
        sequence = QKeySequence(key.sequence)[0]
        if key.name == "remove":
            # In a line Del takes away a letter; in a list, what is chosen there.
            QApplication.focusWidget().clearFocus()
        where = QApplication.focusWidget() or window
        QTest.keyClick(where, sequence.key(), sequence.keyboardModifiers())
    assert done == [key.name for key in named]


@pytest.mark.parametrize("place", PLACES)
def test_a_key_on_a_button_is_one_of_its_place(window, place):
    screen = window.go(place)
    known = {key.name for key in screen.keys()} | EVERYWHERE  # noqa: SIM118
    shown = [one for one in screen.findChildren(Button) if one.isVisible() and one.key_name]
    assert [one.words() for one in shown if one.key_name not in known] == []


def test_what_is_grave_has_no_key_of_the_desk():
    mine = {name for name, (sequence, _meaning) in keys.MEANINGS.items() if sequence in DESK_KEYS}
    elsewhere = {
        name
        for place, acts in keys.OFFERED.items()
        for name, *_rest in acts
        if place not in {"desk", "wards"}
    }
    assert not mine & elsewhere
    assert {act[0] for act in keys.OFFERED["wards"]} & mine == {"renew"}


def test_the_palette_builds_no_screen(window):
    window.go("home")
    built = set(window._screens)
    palette = window.open_palette()
    assert set(window._screens) == built
    palette.line.setText("anggota baru")
    assert any("baru" in shown.lower() for shown in palette.shown())
    palette.dismiss()


def test_an_act_of_a_place_that_was_never_built_is_done(window):
    window.go("home")
    wanted = next(key for key in window.everything() if "Anggota: Anggota baru" in key.label)
    wanted.slot()
    assert window.current_key() == "patrons"
    assert window.current().card.isVisible()

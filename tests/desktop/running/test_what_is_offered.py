"""Nobody is shown what they could do nowhere: every place, as each of the staff sees it."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from database.rights import Right, Role
from desktop import background
from desktop.application import build_window
from desktop.widgets.buttons import Button
from desktop.words.language import _
from tests.desktop.running.test_signing import staff  # noqa: F401

_SECTIONS = ("lists", "headings", "stock", "deposits", "serials")
_NEVER = {
    Role.HELPER: {
        "Add copies", "Bring in a list…", "Change…", "Confirm the number…", "Edit",
        "Expect issues…", "Fill in by ISBN", "Import…", "Make a copy", "Merge…",
        "Merge with another record…",
        "New rotation…", "New serial", "New stocktake", "New title", "New title from this one",
        "New weeding", "Receive a batch", "Remove this title…", "Rename", "Save CSV…",
        "Save as a sheet…", "Score…", "Sweep unused headings", "Take a number…", "Words…",
    },
    Role.READER: {
        "Close…", "Confirm the number…", "CSV", "Evidence…", "Excel", "Revise…", "Score…",
        "Write the words of the report",
    },
    Role.HEAD: {
        "Add", "Cancel the chosen hold", "Import…", "Lend", "New patron", "New title", "Rename",
        "Renew", "Start a round", "Take a number…",
    },
}  # fmt: skip
"""By what they read as, whatever a `needs` says: some that each may do nowhere."""


def at_rest(qtbot):
    qtbot.waitUntil(lambda: not background.busy(), timeout=60_000)
    QApplication.processEvents()


def seen(screen):
    """Words of all that can be pressed or is offered by F1 and Ctrl+K."""
    buttons = [one for one in screen.findChildren(Button) if one.isVisibleTo(screen)]
    pressed = {one.words() for one in buttons} | {one.toolTip() for one in buttons}
    return pressed, {one.label for one in screen.offered()}, buttons


@pytest.mark.parametrize("role", [Role.HELPER, Role.READER, Role.HEAD])
def test_no_place_shows_what_its_reader_could_do_nowhere(program, staff, show, qtbot, role):  # noqa: F811
    program.library.account = staff[role]
    window = show(build_window(program), 1366, 768)
    never, found = {_(words) for words in _NEVER[role]}, {}
    for place in window._places:
        screen = window.go(place)
        sections = _SECTIONS if place == "catalogue" else ()
        for section in ("", *sections):
            if section:
                screen.arrive(section)
            at_rest(qtbot)
            pressed, offered, buttons = seen(screen)
            acts = [key for key in screen.keys() if key.needs]  # noqa: SIM118
            denied = [key for key in acts if not program.library.may(Right(key.needs))]
            wrong = (pressed | offered) & (never | {key.label for key in denied})
            allowed = {key.name for key in screen.offered()}
            names = {key.name for key in denied} - allowed - {""}
            wrong |= {one.words() for one in buttons if one.key_name in names}
            if wrong:
                found[place, section] = wrong
    assert found == {}


def test_ctrl_k_offers_no_act_of_a_place_that_was_never_built(program, staff, show):  # noqa: F811
    program.library.account = staff[Role.HELPER]
    window = show(build_window(program), 1366, 768)
    labels = {key.label for key in window.everything()}
    catalogue = window.title_of("catalogue")
    search, new = _("Search titles"), _("New title")
    assert f"{catalogue}: {search}" in labels
    assert f"{catalogue}: {new}" not in labels


def test_the_librarian_is_shown_all_of_the_day(program, staff, show, qtbot):  # noqa: F811
    program.library.account = staff[Role.LIBRARIAN]
    window = show(build_window(program), 1366, 768)
    screen = window.go("catalogue")
    at_rest(qtbot)
    assert len(screen.offered()) == len(screen.keys()) > 10
    assert {_("New title"), _("Import…"), _("Edit")} <= seen(screen)[0]

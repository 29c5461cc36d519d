"""Who works: asked at the start and behind the curtain; one act by another's PIN."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from database.accounts import accounts
from database.accounts.accounts import AccountFacts
from database.policy import settings
from database.refusal import Refusal
from database.rights import Right, Role, SignedIn
from desktop import background
from desktop.application import build_window
from desktop.running import signing
from desktop.running.signing import RecoverDialog, SignInDialog
from desktop.widgets.buttons import MenuButton
from desktop.words.language import _
from tests.libraries import NOW

PIN = "4711"
HAND_MS = 60


@pytest.fixture
def staff(program):
    """The library asks who works; who is who, and the code of the sheet."""
    found = {}

    def act(session):
        for role in Role:
            accounts.add(session, AccountFacts(role.value, (role,), PIN, f"K-{role}"), NOW)
        found["code"] = accounts.switch_on(session, NOW)

    program.write(act)
    for row in program.read(accounts.listed):
        found[Role(row.roles)] = SignedIn(row.id, row.name, row.roles)
    program.acts.answers = lambda told: signing.who_answers(program, told)
    return found


def carefully(answer, box):
    try:
        answer(box)
    except BaseException:
        box.reject()
        raise


@pytest.fixture
def hand(qapp):
    """Answers each dialog that comes with the next of what it was told to do, by real keys."""
    answers, seen, watch = [], [], QTimer(interval=5)

    def work():
        box = QApplication.activeModalWidget()
        if (
            isinstance(box, SignInDialog | RecoverDialog)
            and box not in seen
            and box.isActiveWindow()
        ):
            if not answers:
                box.reject()
            else:
                seen.append(box)
                # Later, and not within the timer, which would not go on in a box upon a box.
                QTimer.singleShot(0, partial(carefully, answers.pop(0), box))

    watch.timeout.connect(work)
    watch.start()
    yield answers
    watch.stop()


def types(who, secret):
    """Chooses a name, types the PIN, presses Enter."""

    def do(box):
        box.form.set_values({"who": who, "secret": ""})
        box.form.focus("secret")
        # At a hand's pace: what comes as fast as a scanner's is held back until it is known.
        none = Qt.KeyboardModifier.NoModifier
        QTest.keyClicks(QApplication.focusWidget(), secret, none, HAND_MS)
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, none, HAND_MS)
        if box.isVisible():
            box.reject()

    return do


def leaves(box):
    box.reject()


def places(window):
    return set(window._places)


def gone(window):
    """Closed, and no more than that left to the next one: what it asked is answered first."""
    window.close()
    background.wait()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_the_start_asks_only_where_the_library_does(program, hand):
    assert signing.begin(program)
    assert program.library.account is None


def test_the_start_ends_where_nobody_says_who_works(program, staff, hand):
    hand.append(leaves)
    assert not signing.begin(program)
    hand.append(types(staff[Role.HELPER].id, "0815"))
    assert not signing.begin(program)
    hand.append(types(staff[Role.HELPER].id, PIN))
    assert signing.begin(program)
    assert program.library.account == staff[Role.HELPER]


def test_each_sees_the_rooms_of_the_day(program, staff):
    seen = {}
    for role in Role:
        program.library.account = staff[role]
        window = build_window(program)
        seen[role] = places(window)
        gone(window)
    assert seen[Role.READER] == {"reports"}
    assert {"settings", "reports", "moving"}.isdisjoint(seen[Role.HELPER])
    assert {"desk", "patrons", "wards", "tasks"} <= seen[Role.HELPER]
    assert "desk" not in seen[Role.HEAD]
    assert {"settings", "reports", "catalogue"} <= seen[Role.HEAD]
    assert len(seen[Role.LIBRARIAN]) == 11


def test_one_act_by_the_librarian_s_pin(program, staff, hand):
    program.library.account = staff[Role.HELPER]

    def act(session):
        return settings.change(session, settings.HOLD_DAYS, 5, NOW)

    hand.append(leaves)
    with pytest.raises(Refusal):
        program.write(act)
    hand.append(types(staff[Role.LIBRARIAN].id, PIN))
    line = program.write(act)
    assert program.read(lambda s: settings.get(s, settings.HOLD_DAYS)) == 5
    assert program.library.account == staff[Role.HELPER], "for this act alone"
    hand.append(leaves)
    with pytest.raises(Refusal):
        program.write(lambda s: settings.change(s, settings.HOLD_DAYS, 6, NOW))
    assert line


def test_only_who_may_is_named(program, staff, show):
    dialog = show(SignInDialog(program, None, "x", "y", signing.Right.WAIVE), 420, 300)
    assert [one.name for one in dialog._named] == ["head"]


def test_the_curtain_is_lifted_by_a_pin_alone(program, staff, hand, show):
    program.library.account = staff[Role.LIBRARIAN]
    renewed = []
    window = show(build_window(program, renewed.append), 1366, 768)
    window.curtain.draw()
    hand.append(leaves)
    QTest.keyClick(window.curtain, Qt.Key.Key_F12)
    assert window.curtain.isVisible()
    hand.append(types(staff[Role.LIBRARIAN].id, PIN))
    QTest.keyClick(window.curtain, Qt.Key.Key_Escape)
    assert not window.curtain.isVisible()
    assert renewed == []
    window.curtain.draw()
    hand.append(types(staff[Role.HELPER].id, PIN))
    QTest.keyClick(window.curtain, Qt.Key.Key_F12)
    assert renewed == [""], "somebody else gets a window of their own"
    assert program.library.account == staff[Role.HELPER]


def test_a_helper_s_card_is_enough(program, staff, hand):
    hand.append(types(staff[Role.HEAD].id, "k-helper"))
    assert signing.begin(program)
    assert program.library.account == staff[Role.HELPER]
    hand.append(types(staff[Role.HEAD].id, "K-LIBRARIAN"))
    assert signing.who_works(program) is None, "the name alone"


def test_a_forgotten_pin(program, staff, hand):
    def recovers(box):
        hand.append(with_code)
        box._recover()

    def with_code(box):
        box.form.set_values({"code": staff["code"], "secret": "8822"})
        box.try_accept()

    hand.append(recovers)
    assert signing.begin(program)
    assert program.library.account == staff[Role.HEAD]


def test_what_another_did_is_no_key_s(program, staff):
    signing.work_as(program, staff[Role.LIBRARIAN])
    program.write(lambda s: settings.change(s, settings.HOLD_DAYS, 5, NOW))
    assert program.acts._done
    signing.work_as(program, staff[Role.LIBRARIAN])
    assert program.acts._done
    signing.work_as(program, staff[Role.HEAD])
    assert not program.acts._done


def test_the_settings_name_the_staff_and_turn_it_on_and_off(program, show, monkeypatch, tmp_path):
    monkeypatch.setattr("desktop.screens.settings.staff.confirm", lambda *_a, **_k: True)
    window = show(build_window(program), 1366, 768)
    section = window.go("settings", "staff").sections["staff"]
    monkeypatch.setattr(section, "ask_path", lambda name: tmp_path / f"{name}.pdf")
    monkeypatch.setattr(section, "_sign_in", lambda: None)
    section._turn()
    assert not signing.wanted(program), "nobody could name the staff"
    facts = AccountFacts("Dewi", (Role.HEAD, Role.LIBRARIAN), PIN)
    program.write(lambda s: accounts.add(s, facts, NOW))
    before = section.switch.words()
    section._turn()
    assert signing.wanted(program)
    assert section.switch.words() != before
    [sheet] = tmp_path.glob("*.pdf")
    assert sheet.read_bytes().startswith(b"%PDF")
    row = program.read(accounts.listed)[0]
    program.library.account = SignedIn(row.id, row.name, row.roles)
    section._turn()
    assert not signing.wanted(program)
    assert section.switch.words() == before


def test_a_helper_takes_no_list_out_of_the_house_alone(program, staff, hand, window):
    program.library.account = staff[Role.HELPER]
    screen = window.current()
    hand.append(leaves)
    assert not program.allows(screen, Right.EXPORT)
    hand.append(types(staff[Role.HEAD].id, PIN))
    assert program.allows(screen, Right.EXPORT)
    program.library.account = staff[Role.LIBRARIAN]
    assert program.allows(screen, Right.EXPORT)
    assert not hand, "nobody was asked"


def test_of_a_menu_each_sees_what_it_may(program, staff):
    def acts_of(role):
        program.library.account = staff[role]
        window = build_window(program)
        window.show()
        window.go("catalogue", "headings")
        menus = [one for one in window.current().findChildren(MenuButton) if one._rights]
        found = {a.text() for one in menus for a in one.menu_of.actions() if a.isVisible()}
        gone(window)
        return found

    whole = acts_of(Role.LIBRARIAN)
    assert {_("Export headings…"), _("Sweep unused headings")} <= whole
    assert acts_of(Role.HELPER) == set()


def test_who_worked_here_last_stands_ready(program, staff, show):
    """Of several, nobody is proposed whom this PC does not know."""

    def proposed(right=None):
        dialog = show(SignInDialog(program, None, "x", "y", right), 420, 300)
        return dialog.form.value("who")

    assert proposed() is None
    assert proposed(signing.Right.WAIVE) == staff[Role.HEAD].id, "the only one who may"
    signing.work_as(program, staff[Role.LIBRARIAN])
    signing.work_as(program, staff[Role.HELPER])
    program.library.account = None
    assert proposed() == staff[Role.HELPER].id
    assert proposed(signing.Right.SETTINGS) == staff[Role.LIBRARIAN].id
    dialog = show(SignInDialog(program, None, "x", "y", None), 420, 300)
    dialog.form.set_values({"who": None, "secret": ""})
    assert not dialog.ready()
    assert dialog.form.shown_errors()["who"]

"""Personal data on a person, by what the librarian presses; and its place in the settings."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from database.circulation import clearance, identify, lending
from database.patrons import consents
from database.policy import settings
from database.privacy import forgetting, requests
from desktop import background
from desktop.screens.patrons.personal import letters
from desktop.screens.patrons.personal import personal as page
from desktop.screens.patrons.personal.asking import CheckDialog, OpenDialog, PurposeDialog
from desktop.widgets.pill import Pill
from tests.libraries import NOW

CTRL = Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


def let_end():
    background.wait()
    for _round in range(6):
        QApplication.processEvents()


@pytest.fixture
def screen(window, program):
    found = window.go("patrons")
    found.arrive(("patron", number_of(program, "M0003")))
    found.card.tabs.setCurrentIndex(2)
    return found


def number_of(program, number):
    return program.read(lambda s: identify.find_patron(s, number).id)


def lend(program, number, barcode):
    program.write(lambda s: lending.check_out(s, number, barcode, NOW))


def states(screen):
    return [row["state"].text for row in screen.personal.consents.rows()]


def pages(pdf):
    import io

    return " ".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def test_a_consent_is_recorded_withdrawn_and_undone(window, screen, program):
    part, who = screen.personal, screen.patron.id
    part.consents.select_ids(["reminders"])
    part.consent_button.click()
    assert program.read(lambda s: consents.stands(s, who, "reminders"))
    assert window.notice.tone() == "done"
    part.consents.select_ids(["reminders"])
    assert part.consent_button.words() != ""
    part.turn()
    assert not program.read(lambda s: consents.stands(s, who, "reminders"))
    screen.program.acts.undo_last(screen)
    assert program.read(lambda s: consents.stands(s, who, "reminders"))
    assert isinstance(part.consents.rows()[1]["state"], Pill)


def test_the_copy_is_a_paper_and_a_file(screen, program, press, tmp_path, monkeypatch):
    lend(program, "M0003", "B000010")
    screen.personal.copy()
    assert screen.papers.isVisible()
    assert "Fikri Ramadhan" in pages(screen.papers._pdf)
    press(Key.Key_Escape)
    assert screen.list.isVisible()
    where = tmp_path / "data.json"
    monkeypatch.setattr(page.PersonalData, "ask_path", lambda self, name: where)
    screen.personal.save_copy()
    held = json.loads(where.read_text(encoding="utf-8"))
    assert held["loans_in_hand"][0]["barcode"] == "B000010"
    asked = program.read(requests.listed)
    assert [(one.kind, one.done_at) for one in asked] == [("copy", NOW), ("copy", NOW)]


def test_forgetting_waits_for_what_is_out(window, screen, program, monkeypatch):
    told = []
    monkeypatch.setattr(OpenDialog, "exec", lambda self: told.append(self.table.rows()))
    lend(program, "M0003", "B000010")
    screen.personal.forget()
    assert [row["barcode"] for row in told[0]] == ["B000010"]
    assert window.notice.tone() == "look"
    (asked,) = program.read(requests.listed)
    assert (asked.kind, asked.done_at) == ("forget", None)


def test_one_who_is_forgotten_is_gone_from_the_screen(window, screen, program, monkeypatch):
    who, said = screen.patron.id, []
    monkeypatch.setattr(page, "may_forget", lambda parent, patron: said.append(1) or len(said) > 1)
    screen.personal.forget()
    assert program.read(lambda s: identify.find_patron(s, "M0003")) is not None
    screen.personal.forget()
    assert program.read(lambda s: identify.find_patron(s, "M0003")) is None
    assert screen.patron is None
    assert "Fikri" not in [row["name"] for row in screen.list.table.rows()]
    assert "Fikri" not in pages(screen.papers._pdf)
    assert program.drafts.read(f"patron-{who}") == ""
    (asked,) = program.read(requests.listed)
    assert (asked.patron_id, asked.done_at) == (None, NOW)


def test_a_letter_is_written_reprinted_and_undone(window, screen, program, monkeypatch):
    who = screen.patron.id
    monkeypatch.setattr(letters, "ask_purpose", lambda parent, patron: "selesai stase")
    screen.personal.letter_button.click()
    first = pages(screen.papers._pdf)
    assert "001/SKBP/RSUD-BS/I/2027" in first
    screen.papers.closed.emit()
    assert screen.patron.ended_on == date(2027, 1, 11)
    screen.personal.papers.select_first()
    screen.personal.reprint()
    assert pages(screen.papers._pdf) == first
    screen.papers.closed.emit()
    screen.program.acts.undo_last(screen)
    (letter,) = program.read(lambda s: clearance.of_patron(s, who))
    assert letter.cancelled_at == NOW
    lend(program, "M0003", "B000010")
    told = []
    monkeypatch.setattr(OpenDialog, "exec", lambda self: told.append(self.windowTitle()))
    screen.personal.write_letter()
    assert len(told) == 1


def test_a_letter_is_checked_by_its_code(screen, program, show):
    letter = program.write(lambda s: clearance.issue(s, screen.patron.id, "", NOW))
    box = CheckDialog(screen, lambda typed: program.read(lambda s: clearance.check(s, typed)))
    box.form.put("code", clearance.shown_code(letter.code).lower())
    box.try_accept()
    assert letter.number in box.found.text()
    box.form.put("code", "AAAA-AAAA")
    box.try_accept()
    assert letter.number not in box.found.text()
    purpose = PurposeDialog(screen, screen.patron)
    assert purpose.form.value("purpose") in ("", None)


def test_cards_of_the_chosen_and_of_all(window, screen, press):
    screen.list.table.setFocus()
    press(Key.Key_P, CTRL)
    let_end()
    assert screen.papers.isVisible()
    assert "Fikri Ramadhan" in pages(screen.papers._pdf)
    screen.papers.form.put("which", "listed")
    let_end()
    words = pages(screen.papers._pdf)
    assert "Rina Wati" in words
    assert "Ruang Mawar" not in words, "wards have cards of their own"
    press(Key.Key_Escape)
    assert screen.list.isVisible()


def test_a_ward_has_a_wall_card_and_no_personal_data(screen, program):
    screen.arrive(("patron", number_of(program, "W-MAWAR")))
    assert not screen.personal.forget_button.isEnabled()
    screen.print_cards()
    let_end()
    assert "Ruang Mawar" in pages(screen.papers._pdf)


def test_a_patient_gets_no_card(window, screen, program):
    from database.patrons import membership

    facts = membership.PatronFacts("Ny. S", "patient", number="P1")
    program.write(lambda s: membership.enrol(s, facts, NOW))
    screen.arrive(("patron", number_of(program, "P1")))
    screen.print_cards()
    let_end()
    assert screen.list.isVisible()
    assert window.notice.tone() == "look"


# --- settings -------------------------------------------------------------------------


def test_another_text_needs_another_version(window, program):
    part = window.go("settings", "personal").sections["personal"]
    part.part.form.put("text", "Saya setuju.")
    part.save()
    assert set(part.part.form.shown_errors()) == {"version"}
    part.part.form.put("version", "2")
    part.part.form.put("small", 6)
    part.save()
    assert program.read(lambda s: settings.get(s, settings.CONSENT_TEXT)) == "Saya setuju."
    assert program.read(lambda s: settings.get(s, settings.SMALL_NUMBER)) == 6


def test_what_is_due_is_forgotten_on_request(window, program):
    lend(program, "M0004", "B000010")
    program.write(lambda s: lending.check_in(s, "B000010", NOW))
    screen = window.go("settings", "personal")
    screen.personal.run()
    let_end()
    assert window.notice.tone() == "look"
    later = NOW.replace(year=2029)
    screen.program.now = lambda: later
    screen.personal.run()
    let_end()
    assert window.notice.tone() == "refused"  # nothing was done for two years: is it 2029?
    later = NOW + timedelta(days=44)
    screen.personal.run()
    let_end()
    assert window.notice.tone() == "done"
    assert program.read(forgetting.last_run).loans == {"family": 1}
    assert len(screen.personal.rules.rows()) == 9


def test_the_breach_sheet_is_saved(window, program, tmp_path, monkeypatch):
    screen = window.go("settings", "personal")
    where = tmp_path / "breach.pdf"
    monkeypatch.setattr(type(screen.personal), "ask_path", lambda self, name: where)
    screen.personal.breach_button.click()
    assert where.read_bytes()[:4] == b"%PDF"

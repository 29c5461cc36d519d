"""The daily tasks and the desk's part in them, by scanner and keys."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication
from sqlalchemy import insert, select, update

from database.circulation import hold_lists, holds, identify, lending, visits
from database.holdings import item_list
from database.library import Library
from database.patrons import consents
from database.policy import house, quarantine_rules, settings
from database.schema import Loan, Patron, Reminder, Unit
from database.wards import wishes
from desktop.application import build_window
from desktop.pc import Pc
from desktop.program import Program
from desktop.screens.home import waiting
from desktop.screens.settings.holidays import close_days
from desktop.screens.tasks.reminders import RemindersPart
from tests.desktop.keying import combo
from tests.desktop.screens.desk.test_desk import Clock, acts, press
from tests.libraries import NOW


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def program(stocked_file, tmp_path, clock, monkeypatch):
    path = tmp_path / "library.db"
    path.write_bytes(stocked_file.read_bytes())
    monkeypatch.setattr("desktop.pc.data_folder", lambda: tmp_path)
    library = Library.open(path)
    yield Program(library, clock, Pc(tmp_path / "pc.ini"))
    library.close()


@pytest.fixture
def window(program, show):
    return show(build_window(program), 1366, 768)


def scan(window, *codes):
    for code in codes:
        window.scanned.emit(code)
        QApplication.processEvents()


def tasks(window, part):
    screen = window.go("tasks", part)
    QApplication.processEvents()
    return screen.parts[part]


def test_it_opens_on_the_part_in_which_something_waits(window, program, monkeypatch):
    with program.library.transaction() as session:
        lending.check_out(session, "M0001", "B000001", NOW - timedelta(days=40))
    read = []
    reload = RemindersPart.reload
    monkeypatch.setattr(RemindersPart, "reload", lambda part: (read.append(part), reload(part)))
    screen = window.go("tasks")
    assert len(read) == 1, "a long list is read once"
    assert screen.counts["holds"] == 0
    assert screen.counts["reminders"] == 1
    assert screen.part() is screen.parts["reminders"]
    screen.arrive("holds")
    screen.reload()
    assert screen.part() is screen.parts["holds"], "only the first time"


def test_a_copy_that_is_out_is_held_with_one_key_and_set_aside_at_its_return(window, qtbot):
    scan(window, "M0001", "B000010", "M0002", "B000010")
    assert "F10" in window.notice.text()
    press(window, qtbot, Qt.Key.Key_F10)
    assert "dr. Bagus Santoso" in window.notice.text()
    assert window.notice.tone() == "done"
    press(window, qtbot, Qt.Key.Key_Escape)
    scan(window, "B000010")
    assert window.notice.tone() == "look"
    assert "dr. Bagus Santoso" in window.notice.text()
    press(window, qtbot, Qt.Key.Key_F4)
    assert window.current_key() == "tasks"
    part = window.current().parts["holds"]
    assert part.ready.cell(0, 2) == "B000010"
    assert part.waiting.count() == 0


def test_a_hold_is_asked_for_and_refused_beside_its_field(window, qtbot, program):
    window.go("desk").place_hold()
    dialog = QApplication.activeModalWidget()
    dialog.form.set_values({"patron": "M0002", "title": "zzzz"})
    dialog.try_accept()
    assert dialog.isVisible()
    assert dialog.form.shown_errors().keys() == {"title"}
    dialog.form.set_values({"patron": "W-MAWAR", "title": "kebidanan"})
    dialog.try_accept()
    assert program.read(hold_lists.waiting)[0].number == "W-MAWAR"


def test_a_copy_from_the_shelf_is_laid_ready_cancelled_and_moved(window, program, tmp_path):
    with program.library.transaction() as session:
        settings.put(session, settings.HOLD_ON_SHELF, True)
        title = identify.find_item(session, "B000010").biblio_id
        for number in ("M0001", "M0002", "M0003"):
            holds.place(session, number, title, NOW)
    part = tasks(window, "holds")
    assert [row["queue"] for row in part.waiting.rows()] == [1, 2, 3]
    part.waiting.select_ids([part.waiting.rows()[1]["id"]])
    part.shift("up")
    assert part.waiting.rows()[0]["who"] == "dr. Bagus Santoso"
    part.lay_ready("B000010")
    assert "dr. Bagus Santoso" in window.notice.text()
    part.ready.select_first()
    part.print_slip()
    assert len(list((tmp_path / "papers").glob("hold-*.pdf"))) == 1
    part.ready.view.setFocus()
    part.cancel()
    assert part.ready.rows()[0]["who"] == "Ns. Rina Wati, S.Kep."
    assert window.notice.undo()
    assert part.ready.rows()[0]["who"] == "dr. Bagus Santoso"
    part.lay_ready("B000001")
    assert window.notice.tone() == "look"


def test_what_was_not_fetched_goes_back_on_the_day_after(window, program, clock):
    with program.library.transaction() as session:
        title = identify.find_item(session, "B000010").biblio_id
        holds.place(session, "W-MAWAR", title, NOW)
        holds.set_aside(session, "B000010", NOW)
    part = tasks(window, "holds")
    assert part.ready.count() == 1
    clock.moment = NOW + timedelta(days=4)
    window.current().reload()
    QApplication.processEvents()
    (row,) = part.ready.rows()
    assert row["hold"].state == "expired"


@pytest.fixture
def resting(program):
    """Laskar Pelangi came back from Anggrek a moment ago."""
    with program.library.transaction() as session:
        known = {name: unit for unit, name in quarantine_rules.units(session)}
        if "Anggrek" not in known:
            session.execute(insert(Unit).values(name="Anggrek", ward=True))
            known = {name: unit for unit, name in quarantine_rules.units(session)}
        quarantine_rules.save_rule(session, known["Anggrek"], "", 72, NOW)
        lending.check_out(session, "W-ANGGREK", "B000020", NOW)
        session.execute(update(Loan).values(unit="Anggrek"))
    return program


def test_a_copy_from_the_ward_rests_is_wiped_labelled_and_shelved(
    resting, window, clock, tmp_path, qtbot
):
    scan(window, "B000020")
    assert "14 Jan 2027" in window.notice.text()
    press(window, qtbot, *combo("step"))
    part = window.current().parts["quarantine"]
    part.table.select_first()
    part.print_labels()
    assert len(list((tmp_path / "papers").glob("quarantine-*.pdf"))) == 1
    part.wipe()
    assert part.show_log().isVisible()
    part.shelve()
    assert window.notice.tone() == "look"
    clock.moment = NOW + timedelta(days=3)
    window.go("home").reload()
    assert window.current().waiting.rows()[0]["place"] == "tasks"
    part = tasks(window, "quarantine")
    part.reload()
    assert part.band.text()
    part.shelve()
    assert part.table.count() == 0
    scan(window, "M0001", "B000020")
    assert acts(window)[0][1] == "B000020"


def test_the_program_releases_by_itself(resting, clock):
    from desktop import background
    from desktop.running.daily import Daily

    with resting.library.transaction() as session:
        lending.check_in(session, "B000020", NOW)
    clock.moment = NOW + timedelta(days=3)
    daily = Daily(resting)
    daily.look()
    background.wait()
    daily.stop()
    with resting.library.reading() as session:
        assert item_list.items_by_barcode(session, ["B000020"])[0].status == "in_service"


@pytest.fixture
def late(program, clock):
    """Rina, who agreed, and a relative, who did not, are late."""
    with program.library.transaction() as session:
        lending.check_out(session, "M0001", "B000010", NOW)
        lending.check_out(session, "M0004", "B000001", NOW)
        rina = identify.find_patron(session, "M0001").id
        consents.give(session, rina, "reminders", "desk", NOW)
        session.execute(update(Patron).where(Patron.id == rina).values(phone="+6281272004412"))
    clock.moment = NOW + timedelta(days=16)
    return program


def sent(program):
    with program.library.reading() as session:
        return session.execute(
            select(Reminder.channel, Reminder.level).where(Reminder.cancelled_at.is_(None))
        ).all()


def test_the_code_opens_whatsapp_with_the_text_and_it_is_sent_once(late, window, tmp_path):
    part = tasks(window, "reminders")
    part.table.select_ids([row["id"] for row in part.table.rows() if row["name"][:3] == "Ns."])
    picture = tmp_path / "code.png"
    part.code.grab().save(str(picture))
    with Image.open(picture) as seen:
        (read,) = zxingcpp.read_barcodes(seen.convert("L"))
    assert read.text == part.address()
    assert read.text.startswith("https://wa.me/6281272004412?text=Yth.%20Ns.%20Rina")
    part.sent()
    assert sent(late) == [("whatsapp", 0)]
    part.table.select_ids([row["id"] for row in part.table.rows() if row["name"][:3] == "Ns."])
    part.copy()
    assert window.notice.tone() == "refused"
    assert len(sent(late)) == 1


def test_a_relative_gets_a_letter_without_titles(late, window):
    part = tasks(window, "reminders")
    part.table.select_ids([row["id"] for row in part.table.rows() if row["name"] == "Ibu Sri"])
    assert "1 buku" in part.text.toPlainText()
    assert part.band.text()
    assert not part.sent_button.isEnabled()
    part.letter()
    assert sent(late) == [("letter", 1)]
    assert window.current()._whole.currentWidget() is window.current().paper
    window.current()._close_paper()
    assert window.notice.undo()
    assert sent(late) == []


class MailProgram(QObject):
    """Stands where the PC's mail program would be."""

    def __init__(self):
        super().__init__()
        self.opened = []

    @Slot(QUrl)
    def open(self, address):
        self.opened.append(bytes(address.toEncoded()).decode())


def test_an_e_mail_opens_in_the_mail_program_and_is_sent_once(late, window, request):
    with late.library.transaction() as session:
        session.execute(
            update(Patron).where(Patron.number == "M0001").values(email="rina@rs.go.id", phone="")
        )
    mails = MailProgram()
    QDesktopServices.setUrlHandler("mailto", mails, "open")
    request.addfinalizer(lambda: QDesktopServices.unsetUrlHandler("mailto"))
    part = tasks(window, "reminders")
    part.table.select_ids([row["id"] for row in part.table.rows() if row["name"] == "Ibu Sri"])
    assert not part.mail_button.isEnabled()
    part.table.select_ids([row["id"] for row in part.table.rows() if row["name"][:3] == "Ns."])
    part.text.setPlainText("Halo & selamat\npagi")
    part.mail()
    (address,) = mails.opened
    assert address.startswith("mailto:rina@rs.go.id?subject=")
    assert address.endswith("&body=Halo%20%26%20selamat%0D%0Apagi")
    assert sent(late) == [("email", 0)]
    part.table.select_ids([row["id"] for row in part.table.rows() if row["name"][:3] == "Ns."])
    part.mail()
    assert (len(mails.opened), len(sent(late))) == (1, 1)


def test_the_text_is_copied(late, window):
    part = tasks(window, "reminders")
    part.table.select_ids([row["id"] for row in part.table.rows() if row["name"][:3] == "Ns."])
    part.copy()
    assert "Ilmu Kebidanan" in QGuiApplication.clipboard().text()
    part.letters()
    assert sorted(sent(late)) == [("copied", 0), ("letter", 1)]


def test_the_guest_book_and_the_month(window, program):
    part = tasks(window, "visits")
    part.form.set_values({"category": "student", "purpose": "discuss", "people": 12})
    part.count()
    assert part.book.rows()[0]["people"] == 12
    day = NOW.date()
    part.grid.select_ids([day])
    part.correct()
    dialog = QApplication.activeModalWidget()
    dialog.form.put("student", 10)
    dialog.try_accept()
    QApplication.processEvents()
    with program.library.reading() as session:
        assert visits.month_grid(session, "2027-01")[day, "student"] == 10
    assert window.notice.undo()
    assert part.grid.current()["student"] == 12


def test_a_card_scanned_twice_is_one_visitor_who_goes_with_the_loan_undone(window, program, qtbot):
    scan(window, "M0001", "B000001", "M0001")
    with program.library.reading() as session:
        assert visits.visits_on(session, NOW.date()) == {"nurse": 1}
    press(window, qtbot, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    with program.library.reading() as session:
        assert visits.visits_on(session, NOW.date()) == {}


# --- settings


def test_holidays_are_ticked_and_closed(window, program):
    screen = window.go("settings", "closed")
    screen.sections["closed"].propose()
    dialog = QApplication.activeModalWidget()
    days = [day for day, _name in dialog.chosen()]
    assert date(2027, 8, 17) in days
    assert date(2027, 12, 24) not in days
    dialog.try_accept()
    QApplication.processEvents()
    with program.library.reading() as session:
        kept = house.closed_days(session, date(2027, 1, 1), date(2027, 12, 31))
    assert {day for day, _name, _open in kept} == set(days)


def test_a_day_closed_later_offers_to_move_what_is_due(window, program, monkeypatch):
    with program.library.transaction() as session:
        lending.check_out(session, "M0001", "B000001", NOW)
    screen = window.go("settings", "closed")
    asked = []

    def answer(_owner, _title, text, _answers):
        asked.append(text)
        return 0

    monkeypatch.setattr("desktop.screens.settings.holidays.choose", answer)
    assert close_days(screen, program, [(date(2027, 1, 25), "Cuti")])
    assert "1" in asked[0]
    with program.library.reading() as session:
        assert session.execute(select(Loan.due_on)).scalar() == date(2027, 1, 26)
    assert window.notice.undo()
    with program.library.reading() as session:
        assert session.execute(select(Loan.due_on)).scalar() == date(2027, 1, 25)


def test_rules_of_quarantine_and_the_switch(window, program):
    section = window.go("settings", "quarantine").sections["quarantine"]
    section.form.set_values({"unit": 0, "type": "children", "hours": 48, "stays": False})
    section.save()
    assert section.table.count() == 1
    section.table.select_first()
    section.remove()
    assert section.table.count() == 0
    section.outbreak.input("on").click()
    assert program.read(lambda s: settings.get(s, settings.OUTBREAK)) is True


def test_texts_are_the_librarys_and_know_their_fields(window, program):
    section = window.go("settings", "holds").sections["holds"]
    section.part.form.put("overdue any", "Halo {nama}")
    assert not section.part.check()
    section.part.form.put("overdue any", "Halo {name}, {books}")
    section.part.form.put("days", 5)
    section.save()
    QApplication.processEvents()
    from desktop.words import reminder_texts

    with program.library.reading() as session:
        assert reminder_texts.template(session, "overdue", "any", "id") == "Halo {name}, {books}"
        assert settings.get(session, settings.HOLD_DAYS) == 5


def test_the_catalogue_and_the_patron_show_what_is_held(window, program, qtbot):
    with program.library.transaction() as session:
        title = identify.find_item(session, "B000010").biblio_id
        holds.place(session, "W-MAWAR", title, NOW)
        mawar = identify.find_patron(session, "W-MAWAR").id
    screen = window.go("catalogue", "kebidanan")
    QApplication.processEvents()
    qtbot.waitUntil(lambda: "Ruang Mawar" in screen.list.detail.held.text())
    window.go("patrons", ("patron", mawar))
    QApplication.processEvents()
    rows = window.current().card.loans.rows()
    assert [row["title"] for row in rows] == ["Ilmu Kebidanan"]


def pick(part, name):
    part.table.select_ids([row["id"] for row in part.table.rows() if row["name"].startswith(name)])


def test_who_agrees_on_the_spot_is_written_to_and_undo_takes_the_consent_back(late, window, qtbot):
    with late.library.transaction() as session:
        session.execute(
            update(Patron).where(Patron.number == "M0004").values(phone="+6281272004413")
        )
    part = tasks(window, "reminders")
    part.reload()
    pick(part, "Ibu Sri")
    part.copy()
    assert window.notice.tone() == "refused"
    press(window, qtbot, *combo("step"))
    assert "Ibu Sri" in window.notice.text()
    assert part._person().name == "Ibu Sri"
    assert part._person().consents
    assert not part.agree_button.isVisible()
    assert window.notice.undo()
    pick(part, "Ibu Sri")
    assert not part._person().consents
    assert part.agree_button.isVisible()
    part.agree()
    part.copy()
    assert sent(late) == [("copied", 0)]


def test_the_list_for_the_telephone_names_staff_alone(late, window, tmp_path):
    with late.library.transaction() as session:
        session.execute(update(Patron).where(Patron.number == "M0001").values(unit="=IGD()"))
    part = tasks(window, "reminders")
    part.reload()
    part.lists.save(tmp_path / "daftar.csv")
    text = (tmp_path / "daftar.csv").read_text(encoding="utf-8-sig")
    assert "Rina" in text
    assert "'=IGD()" in text
    assert "+62 812-7200-4412" in text
    assert "Sri" not in text
    part.lists.save(tmp_path / "daftar")
    assert (tmp_path / "daftar.xlsx").exists()
    part.lists.print_list()
    assert window.current()._whole.currentWidget() is window.current().paper


def test_the_next_letter_is_told_with_its_day(late, window, clock):
    clock.moment = NOW + timedelta(days=14)
    part = tasks(window, "reminders")
    part.reload()
    (sri,) = [row for row in part.table.rows() if row["name"] == "Ibu Sri"]
    assert "I" in sri["next"]
    assert "26" in sri["next"]
    pick(part, "Ibu Sri")
    assert not part.letter_button.isEnabled()
    part.letter()
    assert window.notice.tone() == "refused"
    assert sent(late) == []


@pytest.fixture
def account(late, post):
    with late.library.transaction() as session:
        session.execute(update(Patron).where(Patron.number == "M0001").values(email="rina@rs.id"))
        settings.put(session, settings.MAIL_ON, True)
        settings.put(session, settings.MAIL_HOST, "127.0.0.1")
        settings.put(session, settings.MAIL_PORT, post.port)
        settings.put(session, settings.MAIL_SECURITY, "none")
        settings.put(session, settings.MAIL_SENDER, "perpus@rs.id")
    return post


def test_the_program_sends_by_itself_once_and_behind(late, account, window, clock, qtbot):
    from desktop.running.mailing import Mailing

    part = tasks(window, "reminders")
    part.reload()
    pick(part, "Ns.")
    part.text.setPlainText("Halo Rina")
    part.mail()
    assert window.notice.tone() == "done"
    assert window.notice.undo()
    assert sent(late) == []
    part.mails()
    assert sent(late) == [("email", 0)]
    assert "1" in part.mail_told.text()
    part.mails()
    assert window.notice.tone() == "look"
    clock.moment += timedelta(minutes=1)
    mailing = Mailing(late)
    with qtbot.waitSignal(mailing.looked):
        mailing.look()
    mailing.stop()
    assert len(account.taken) == 1
    part.reload()
    assert part.mail_told.text() == ""


def test_what_could_not_be_sent_is_listed_and_decided(late, account, window, clock):
    from desktop.running import mailing
    from desktop.screens.tasks.mails import MailsDialog

    account.answers["RCPT"] = "550 nobody"
    part = tasks(window, "reminders")
    part.mails()
    clock.moment += timedelta(minutes=1)
    assert mailing.send_waiting(late.library, clock) == 0
    part.reload()
    assert part.queue_button.isVisible()
    dialog = MailsDialog(late, window.current())
    assert dialog.table.rows()[0]["error"] == "550 nobody"
    from database.patrons import mail_queue

    dialog._doing(mail_queue.send_again)()
    account.answers.clear()
    assert mailing.send_waiting(late.library, clock) == 1
    dialog._doing(mail_queue.drop)()
    assert dialog.said()
    dialog.reload()
    assert dialog.table.count() == 0


def asked(program, *texts):
    with program.library.transaction() as session:
        ward = identify.find_patron(session, "W-MAWAR").id
        for text in texts:
            wishes.ask(session, ward, "3", text, program.now())
    return ward


def test_what_wards_ask_for_is_met_given_up_and_taken_back(window, program, qtbot):
    asked(program, "Novel laut", "Untuk disimpan: Asuhan keperawatan")
    part = tasks(window, "requests")
    assert next(row["wish"] for row in part.table.rows()) == "Novel laut"
    assert part.host.counts["requests"] == 2
    part.table.select_ids([])
    part.meet()
    assert part.host.notice.text() == "Pilih dulu sebuah permintaan."
    part.table.select_first()
    press(window, qtbot, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert [row["wish"] for row in part.table.rows()] == ["Untuk disimpan: Asuhan keperawatan"]
    part.table.select_first()
    press(window, qtbot, Qt.Key.Key_Delete)
    assert part.table.rows() == []
    press(window, qtbot, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    press(window, qtbot, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(part.table.rows()) == 2


def test_a_request_leads_to_its_ward_and_stands_on_home(window, program):
    ward = asked(program, "Novel laut")
    part = tasks(window, "requests")
    part.table.select_first()
    part.open_ward()
    QApplication.processEvents()
    assert window.current().title == "Wards"
    with program.library.reading() as session:
        rows = waiting.rows(session, program.now(), 0)
    told = [row["what"] for row in rows if (row["place"], row["go"]) == ("tasks", "requests")]
    assert told == ["1 permintaan bangsal menunggu · Ruang Mawar"]
    assert ward == window.current().overview.ward().id

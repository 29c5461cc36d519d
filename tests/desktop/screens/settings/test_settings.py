"""The settings, by keys; what was kept is looked for in the file opened anew."""

from __future__ import annotations

import base64
import socket
from datetime import date, time
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QStandardPaths, Qt
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from database.library import Library
from database.policy import closings, house, loan_rule_list, settings
from desktop import __version__, background, pc, theme
from desktop.application import Stage, build_window
from desktop.forms.hours import parse_time
from desktop.running import updates
from desktop.screens.settings.second_place import PassphraseBox
from desktop.words.language import current
from installer import release
from tests.keyrings import InMemory, ring  # noqa: F401
from tests.libraries import NOW, PROFILE

CTRL = Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


def kept(program, question):
    """Ask the file through another connection."""
    library = Library.open(program.library.where)
    try:
        with library.reading() as session:
            return question(session)
    finally:
        library.close()


def at_rest(qtbot):
    qtbot.waitUntil(lambda: not background.busy(), timeout=60_000)


@pytest.fixture
def opened_urls(monkeypatch):
    """What would be opened outside."""
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    return opened


@pytest.fixture
def screen(window):
    return window.go("settings")


def test_a_section_is_built_when_it_is_first_shown(window):
    screen = window.go("settings")
    assert list(screen.sections.there()) == ["library"]
    screen.arrive("rules")
    assert list(screen.sections.there()) == ["library", "rules"]
    assert screen.section().isVisible()
    assert not screen.sections["library"].isVisible()


def test_a_section_that_is_called_so_comes_before_one_that_says_the_word(window, qtbot):
    screen = window.go("settings")
    screen.search.set_text("libur")
    qtbot.waitUntil(lambda: not screen.sections.missing(), timeout=60_000)
    shown = [key for at, key in enumerate(screen.sections) if not screen.list.item(at).isHidden()]
    assert shown.index("hours") < shown.index("closed"), "due days are moved from closed ones"
    assert screen.section() is screen.sections["closed"]


def test_a_setting_is_found_by_any_word_said_of_it(window, qtbot):
    screen = window.go("settings")
    screen.search.set_text("kuitansi")
    qtbot.waitUntil(lambda: not screen.sections.missing(), timeout=60_000)
    shown = [key for at, key in enumerate(screen.sections) if not screen.list.item(at).isHidden()]
    assert "numbers" in shown
    assert len(shown) < len(screen.sections)
    assert screen.section() is screen.sections[shown[0]]
    screen.search.set_text("xyzzy")
    assert window.notice.text() == "Tidak ada pengaturan dengan kata itu."
    screen.search.set_text("")
    assert not any(screen.list.item(at).isHidden() for at in range(screen.list.count()))


def test_a_section_says_where_it_counts(window):
    screen = window.go("settings", "pc")
    assert screen.section()._where.pill().text == "hanya di PC ini"
    screen.arrive("rules")
    assert screen.section()._where.pill().text == "berlaku untuk perpustakaan"


def test_the_profile_is_saved_by_keys(window, screen, press, program):
    screen.arrive("library")
    assert screen.sections["library"].part.form.input("name").hasFocus()
    press(Key.Key_A, CTRL)
    press("Perpustakaan Baru")
    assert " · " in screen.list.item(0).text()
    assert screen.sections["library"].is_dirty()
    press(Key.Key_S, CTRL)
    assert kept(program, house.profile).name == "Perpustakaan Baru"
    assert window.notice.tone() == "done"
    assert not screen.sections["library"].is_dirty()


def test_a_library_without_a_name_is_told_beside_the_field(screen, press, program):
    screen.arrive("library")
    press(Key.Key_A, CTRL)
    press(Key.Key_Delete)
    press(Key.Key_S, CTRL)
    assert set(screen.sections["library"].part.form.shown_errors()) == {"name"}
    assert kept(program, house.profile).name == "Perpustakaan RSUD Bhakti Sehat"


def test_what_was_typed_survives_a_restart_and_can_be_discarded(window, program, press, qtbot):
    window.go("settings", "library")
    window.current().sections["library"].part.form.put("city", "Mandala")
    window.close()
    again = build_window(program)
    qtbot.addWidget(again)
    again.show()
    section = again.go("settings", "library").sections["library"]
    assert section.part.form.value("city") == "Mandala"
    section.discard()
    assert section.part.form.value("city") == ""
    assert program.drafts.read("settings-library") == ""


def picture():
    """A small PNG."""
    made = QImage(8, 8, QImage.Format.Format_RGB32)
    made.fill(Qt.GlobalColor.green)
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    made.save(buffer, "PNG")
    return bytes(content.data())


def test_a_logo_is_kept_and_taken_away(window, screen, program, tmp_path):
    good, bad = tmp_path / "logo.png", tmp_path / "logo.gif"
    good.write_bytes(picture())
    bad.write_bytes(b"GIF89a")
    screen.arrive("library")
    screen.logos.keep("hospital", good)
    assert kept(program, lambda s: house.picture(s, "hospital")) == good.read_bytes()
    screen.logos.keep("hospital", bad)
    assert window.notice.tone() == "refused"
    screen.logos.keep("hospital", tmp_path / "none.png")
    assert "none.png" in window.notice.text()
    screen.logos.keep("hospital", None)
    assert kept(program, lambda s: house.picture(s, "hospital")) is None


def test_a_new_signatory_takes_over_from_a_day(screen, press, program):
    screen.arrive("signers")
    form = screen.sections["signers"].part.forms["librarian"]
    press("Rina Wati")
    press(Key.Key_S, CTRL)
    first = kept(program, lambda s: house.signer(s, "librarian", NOW.date()))
    assert (first.name, first.valid_from) == ("Rina Wati", date(2026, 12, 1))
    form.put("name", "Dewi Lestari")
    form.put("valid_from", date(2027, 2, 1))
    press(Key.Key_S, CTRL)
    assert [one.name for one in kept(program, house.signers)] == ["Dewi Lestari", "Rina Wati"]
    assert screen.signers.cell(0, 2) == "Dewi Lestari"
    assert form.value("name") == "Rina Wati"


@pytest.mark.parametrize(
    ("text", "moment"),
    [("7.30", time(7, 30)), ("07:30", time(7, 30)), ("730", time(7, 30)), ("8", time(8)),
     ("25.00", None), ("pagi", None)],
)  # fmt: skip
def test_times_as_people_type_them(text, moment):
    assert parse_time(text) == moment


def test_opening_hours(window, screen, press, program):
    screen.arrive("hours")
    part = screen.sections["hours"].part
    box, first, last = part.days[5]
    box.setFocus()
    press(Key.Key_Space)
    assert first.text() == "07.30"
    last.setText("07.00")
    press(Key.Key_S, CTRL)
    assert part.errors()[5]
    assert 5 not in kept(program, house.hours)
    last.setText("1200")
    press(Key.Key_S, CTRL)
    assert kept(program, house.hours)[5] == (time(7, 30), time(12))
    assert window.notice.tone() == "done"


def test_closed_days_are_added_undone_and_removed(window, screen, press, program):
    days = (date(2027, 1, 1), date(2027, 12, 31))
    screen.arrive("closed")
    section = screen.sections["closed"]
    press("9-3-2027")
    press(Key.Key_Return)
    press("Hari Raya Nyepi")
    press(Key.Key_S, CTRL)
    nyepi = (date(2027, 3, 9), "Hari Raya Nyepi", False)
    assert kept(program, lambda s: house.closed_days(s, *days)) == [nyepi]
    assert section.table.cell(0, 1) == "Hari Raya Nyepi"
    section.remove()
    assert kept(program, lambda s: house.closed_days(s, *days)) == []
    press(Key.Key_Z, CTRL)
    assert kept(program, lambda s: house.closed_days(s, *days)) == [nyepi]
    section.form.set_values({"day": date(2027, 1, 16), "name": "Lembur", "open": True})
    press(Key.Key_S, CTRL)
    assert kept(program, lambda s: house.closed_days(s, *days))[0][2] is True


def test_a_range_and_a_day_of_every_year_are_closed_and_taken_back(window, screen, press, program):
    screen.arrive("closed")
    section = screen.sections["closed"]
    section.form.set_values(
        {"day": date(2027, 3, 8), "until": date(2027, 3, 12), "name": "Lebaran"}
    )
    press(Key.Key_S, CTRL)
    days = (date(2027, 1, 1), date(2027, 12, 31))
    assert len(kept(program, lambda s: house.closed_days(s, *days))) == 5
    press(Key.Key_Z, CTRL)
    assert kept(program, lambda s: house.closed_days(s, *days)) == []
    section.form.set_values({"day": date(2027, 8, 17), "name": "HUT RI", "yearly": True})
    press(Key.Key_S, CTRL)
    section.step(1)
    assert [section.table.cell(0, column) for column in (0, 1)][1] == "HUT RI"
    section.table.select_ids([date(2028, 8, 17)])
    section.remove()
    assert section.table.rows() == []
    press(Key.Key_Z, CTRL)
    assert len(section.table.rows()) == 1


def test_a_range_turned_round_is_refused_beside_its_field(window, screen, program):
    screen.arrive("closed")
    section = screen.sections["closed"]
    section.form.set_values({"day": date(2027, 3, 12), "until": date(2027, 3, 8), "name": "x"})
    section.save()
    assert window.notice.tone() == "refused"
    assert kept(program, lambda s: closings.of_year(s, 2027)) == []


def test_home_asks_to_confirm_the_holidays_and_leads_there(window, program):
    from PySide6.QtWidgets import QApplication

    home = window.go("home")
    (row,) = [row for row in home.waiting.rows() if row["place"] == "settings"]
    assert "2027" in row["what"]
    home.leave_for.emit(row["place"], row["go"])
    dialog = QApplication.activeModalWidget()
    dialog.try_accept()
    assert kept(program, lambda s: closings.is_confirmed(s, 2027))
    home = window.go("home")
    assert [row for row in home.waiting.rows() if row["place"] == "settings"] == []


def test_patterns_show_what_they_make_and_what_is_wrong(screen, press, program):
    screen.arrive("numbers")
    part = screen.sections["numbers"].part
    press(Key.Key_A, CTRL)
    press("RS{seq:5}")
    assert part.example("barcode") == "RS00027"
    assert "RS00027" in part.form.input("barcode").pill().text
    press(Key.Key_A, CTRL)
    press("RS")
    press(Key.Key_S, CTRL)
    assert set(part.form.shown_errors()) == {"barcode"}
    press(Key.Key_A, CTRL)
    press("RS{seq:5}")
    press(Key.Key_S, CTRL)
    assert kept(program, lambda s: settings.get(s, settings.BARCODE_PATTERN)) == "RS{seq:5}"


def test_loan_rules(window, screen, press, program):
    screen.arrive("rules")
    part = screen.sections["rules"].part
    part.lines["nurse", "days"].setFocus()
    press(Key.Key_A, CTRL)
    press("x")
    press(Key.Key_S, CTRL)
    assert "Perawat" in part.error()
    press(Key.Key_A, CTRL)
    press("21")
    press(Key.Key_S, CTRL)
    found = {row.category: row for row in kept(program, loan_rule_list.rules)}
    assert (found["nurse"].days, found["doctor"].days) == (21, 14)
    assert part.error() == ""


def test_a_backup_now_is_restored_beside_the_library(window, screen, program, qtbot, tmp_path):
    program.pc.put(pc.BACKUPS, str(tmp_path / "stick"))
    screen.arrive("backups")
    section = screen.sections["backups"]
    section.load()
    section.back_up()
    assert not section.backup_button.isEnabled()
    at_rest(qtbot)
    made = list((tmp_path / "stick").glob("*.db"))
    assert len(made) == 1
    assert str(made[0]) in window.notice.text()
    where = program.library.where
    box = section.restore_box()
    at_rest(qtbot)
    assert [row["titles"] for row in box.table.rows()] == ["6"]
    assert "Tidak ada yang dikerjakan" in box.since.text()
    box.try_accept()
    at_rest(qtbot)
    assert box.restored != Path(where)
    assert box.restored.parent == Path(where).parent
    again = Library.open(box.restored)
    assert again.contents() == program.library.contents()
    again.close()
    assert program.pc.get(pc.LIBRARY) == str(box.restored)
    section.load()
    assert program.pc.get(pc.BEFORE_RESTORE) == where
    section.go_back()
    assert program.pc.get(pc.LIBRARY) == where


def test_a_trial_leaves_its_sheet_and_nothing_else(
    screen, program, qtbot, tmp_path, monkeypatch, opened_urls
):
    program.pc.put(pc.BACKUPS, str(tmp_path / "stick"))
    screen.arrive("backups")
    section = screen.sections["backups"]
    section.back_up()
    at_rest(qtbot)
    before = sorted(tmp_path.rglob("*"))
    box = section.restore_box()
    box.try_out()
    at_rest(qtbot)
    assert "sehat" in box.since.text()
    assert sorted(tmp_path.rglob("*")) == before
    sheet = tmp_path / "uji.pdf"
    monkeypatch.setattr(section.second, "ask_path", lambda _usual: sheet)
    box.sheet_button.click()
    assert sheet.read_bytes().startswith(b"%PDF")
    box.reject()


def test_a_damaged_backup_is_told(screen, qtbot, tmp_path):
    bad = tmp_path / "bad.db"
    bad.write_bytes(b"not a library" * 100)
    screen.arrive("backups")
    box = screen.sections["backups"].restore_box()
    box.show_file(bad)
    at_rest(qtbot)
    assert "rusak" in box.said()
    box.try_accept()
    at_rest(qtbot)
    assert box.restored is None
    box.reject()


def test_the_second_place_is_sealed_with_words_off_a_sheet(
    screen, program, qtbot, tmp_path, monkeypatch, opened_urls
):
    program.pc.put(pc.BACKUPS, str(tmp_path / "here"))
    (tmp_path / "stick").mkdir()
    screen.arrive("backups")
    section = screen.sections["backups"]
    part = section.second
    assert "Belum ada tempat kedua" in part.told.text()
    part.take(tmp_path / "stick")
    assert "siapa pun" in part.told.text()
    monkeypatch.setattr(part, "ask_path", lambda _usual: tmp_path / "brankas.pdf")
    box = PassphraseBox(program, screen, part.save_sheet)
    box.form.put("again", "bukan ini")
    assert not box.ready()
    box.save_sheet()
    assert box.passphrase not in box.shown.text()
    box.form.put("again", f" {box.passphrase.upper()} ")
    assert box.ready()
    part.use(box.passphrase)
    assert "disegel" in part.told.text()
    section.back_up()
    at_rest(qtbot)
    (sealed,) = (tmp_path / "stick").glob("selasar-*.db.age")
    assert b"SQLite format" not in sealed.read_bytes()
    restore = section.restore_box()
    assert [row["where"] for row in restore.table.rows()] == ["PC ini", "tempat kedua, disegel"]
    restore.show_file(sealed)
    restore.form.put("passphrase", "salah satu dua")
    restore.try_accept()
    at_rest(qtbot)
    assert "bukan kata sandinya" in restore.said()
    restore.form.put("passphrase", box.passphrase)
    restore.try_accept()
    at_rest(qtbot)
    again = Library.open(restore.restored)
    assert again.contents() == program.library.contents()
    again.close()


def test_choices_of_this_pc_hold_at_once(window, screen, program, qtbot):
    screen.arrive("pc")
    form = screen.sections["pc"].form
    form.put("scheme", "dark")
    qtbot.waitUntil(theme.is_dark)
    form.put("sounds", False)
    assert not window.sounds.enabled
    form.put("actor", "Dewi")
    assert program.library.actor == "Dewi"
    form.put("blank", 5)
    assert program.pc.get(pc.BLANK_AFTER) == 5
    theme.apply(QApplication.instance(), "light")


def test_another_language_builds_the_window_anew(program, show, qtbot):
    stage = Stage(program)
    first = show(stage.window, 1366, 768)
    first.go("settings", "pc").sections["pc"].form.put("language", "en")
    qtbot.waitUntil(lambda: stage.window is not first)
    show(stage.window, 1366, 768)
    assert current() == "en"
    assert stage.window.current_key() == "settings"
    assert not isValid(first) or not first.isVisible()
    with program.library.transaction() as session:
        house.save_hours(session, {}, NOW)
    QApplication.processEvents()


ACCOUNT = {
    "host": "127.0.0.1", "security": "none", "user": "perpus", "password": "rahasia-sekali",
    "name": "Perpustakaan", "sender": "perpus@RS.id",
}  # fmt: skip


@pytest.fixture
def mail(screen, ring, post):  # noqa: F811
    """The e-mail section, its account typed in, with a keyring and a post of the test's own."""
    backend = ring(InMemory())
    screen.arrive("mail")
    section = screen.sections["mail"]
    for key, value in {**ACCOUNT, "port": post.port}.items():
        section.part.form.put(key, value)
    section.keyring = backend
    return section


def test_the_e_mail_account_is_off_until_switched_on_and_its_password_is_in_the_keyring(
    mail, program
):
    assert kept(program, lambda s: settings.get(s, settings.MAIL_ON)) is False
    assert mail.part.band.text()
    assert "rahasia" not in str(mail.part.draft())
    mail.part.form.put("on", True)
    mail.save()
    assert kept(program, lambda s: settings.get(s, settings.MAIL_SENDER)) == "perpus@rs.id"
    assert list(mail.keyring.kept.values()) == ["rahasia-sekali"]
    assert b"rahasia-sekali" not in Path(program.library.where).read_bytes()
    assert mail.part.form.value("password") not in ("", "rahasia-sekali")
    mail.part.form.put("host", "lain.rs.id")
    assert mail.part.form.value("password") == ""


def test_switched_on_without_a_server_it_is_told_beside_the_field(mail, program):
    mail.part.form.put("host", "")
    mail.part.form.put("on", True)
    mail.save()
    assert "host" in mail.part.form.shown_errors()
    assert kept(program, lambda s: settings.get(s, settings.MAIL_ON)) is False


def test_a_test_e_mail_goes_to_oneself_and_trouble_is_told(mail, post, window, qtbot):
    mail.part.test()
    at_rest(qtbot)
    qtbot.waitUntil(lambda: "perpus@rs.id" in window.notice.text())
    assert b"To: perpus@rs.id" in post.taken[0]
    post.answers["AUTH"] = "535 wrong"
    mail.part.test()
    qtbot.waitUntil(lambda: window.notice.tone() == "refused")
    assert "535" in window.notice.text()


def test_a_pc_without_a_keyring_says_how_long_the_password_lasts(mail, ring, window):  # noqa: F811
    from keyring.backends.fail import Keyring as NoKeyring

    ring(NoKeyring())
    mail.save()
    assert window.notice.tone() == "look"
    assert mail.part.only_now


def test_everything_is_exported_in_the_background_and_said(
    window, screen, program, qtbot, tmp_path, monkeypatch
):
    screen.arrive("backups")
    part = screen.sections["backups"].leaving
    asked = []
    monkeypatch.setattr(part, "ask_folder", lambda: tmp_path / "stick")
    monkeypatch.setattr(part, "agreed", lambda text: asked.append(text) or len(asked) > 1)
    part.ask()
    assert not (tmp_path / "stick").exists()
    assert "data pribadi anggota" in asked[0]
    part.ask()
    assert not part.button.isEnabled()
    at_rest(qtbot)
    folder = next((tmp_path / "stick").iterdir())
    assert str(folder) in asked[1]
    assert str(folder) in window.notice.text()
    page = (folder / "BACA-SAYA.html").read_text("utf-8")
    assert "data pribadi anggota" in page
    assert "personal data of patrons" in page
    head = (folder / "eksemplar.csv").read_text("utf-8-sig").splitlines()[0]
    assert head.startswith("Barkod;No. inventaris;Judul")
    assert part.button.isEnabled()
    again = Library.create(tmp_path / "baru.db", PROFILE, NOW)
    again.arrive(folder)
    assert again.contents() == program.library.contents()
    again.close()
    part.write(folder)
    at_rest(qtbot)
    assert window.notice.tone() == "refused"
    assert (folder / "katalog.xml").exists()
    part.write(tmp_path / "batal")
    part.progress._stop()
    at_rest(qtbot)
    assert not (tmp_path / "batal").exists()
    assert part.button.isEnabled()


def test_a_folder_in_a_cloud_is_told_before_backups_go_there(screen, program, tmp_path):
    program.pc.put(pc.BACKUPS, str(tmp_path / "Documents"))
    screen.arrive("backups")
    section = screen.sections["backups"]
    assert section.cloud.text() == ""
    program.pc.put(pc.BACKUPS, str(tmp_path / "OneDrive - RSUD" / "Documents"))
    section.load()
    assert section.cloud.text().startswith("Map ini dicerminkan OneDrive: nama pasien")


def test_backups_go_beside_the_library_where_documents_are_in_a_cloud(
    program, tmp_path, monkeypatch
):
    kept_at = tmp_path / "OneDrive" / "Documents"
    kept_at.mkdir(parents=True)
    program.pc.put(pc.BACKUPS, "")
    monkeypatch.setattr(
        QStandardPaths, "writableLocation", staticmethod(lambda place: str(kept_at))
    )
    monkeypatch.setattr(pc, "data_folder", lambda: tmp_path / "Local")
    assert pc.backup_folder(program.pc) == tmp_path / "Local" / "Backups"
    kept_at.rmdir()
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
    assert pc.documents() == tmp_path / "Local"


def test_what_is_copied_for_help_names_nobody(screen, program, monkeypatch):
    program.write(lambda session: house.save_profile(session, PROFILE, NOW))
    screen.arrive("about")
    section = screen.sections["about"]
    assert section.form.value("library") == program.library.where
    section.copy_button.click()
    told = QApplication.clipboard().text()
    assert f"Selasar: {__version__}\n" in told
    assert "Library: SQLite, schema " in told
    for name in (PROFILE.name, str(Path.home()), program.library.where, socket.gethostname()):
        assert name not in told
    rows = {row.name: row.licence for row in section.table.rows()}
    assert rows["SQLAlchemy"] == "MIT"


@pytest.fixture
def announced(tmp_path, monkeypatch):
    """A newer version on the house's folder."""
    monkeypatch.setattr(updates, "KEYS", tmp_path / "keys.txt")
    monkeypatch.setattr(pc, "data_folder", lambda: tmp_path / "Local")
    updates.KEYS.write_text(release.new_key(tmp_path / "secret"), encoding="utf-8")
    secret = base64.b64decode((tmp_path / "secret").read_bytes())
    folder = tmp_path / "dinas"
    folder.mkdir()
    (folder / "Selasar.deb").write_bytes(b"!<arch>")
    monkeypatch.setattr(release, "news", lambda version, text: {"id": ["Lebih cepat."]})
    key = Ed25519PrivateKey.from_private_bytes(secret)
    release.announce(folder / "Selasar.deb", key, "99.0")
    return folder


def test_an_update_is_looked_for_backed_up_and_laid_ready(
    screen, program, qtbot, announced, monkeypatch, tmp_path
):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    program.pc.put(pc.BACKUPS, str(tmp_path / "Backups"))
    screen.arrive("about")
    part = screen.sections["about"].updates
    part.look_button.click()
    assert screen.notice.text() == "Sebutkan dulu di mana pembaruan diumumkan."
    part.form.put("address", str(announced))
    part.look_button.click()
    at_rest(qtbot)
    assert part.told.text() == "Versi 99.0 tersedia:\n• Lebih cepat."
    assert kept(program, lambda session: settings.get(session, settings.UPDATES)) == str(announced)
    part.install_button.click()
    at_rest(qtbot)
    assert (tmp_path / "Local" / "Updates" / "Selasar.deb").read_bytes() == b"!<arch>"
    assert len(list((tmp_path / "Backups").glob("*.db"))) == 1
    assert [Path(one) for one in opened] == [tmp_path / "Local" / "Updates"]
    (announced / updates.SIGNATURE).write_bytes(b"")
    part.look_button.click()
    at_rest(qtbot)
    assert "tidak ditandatangani penerbit Selasar" in part.told.text()
    assert not part.install_button.isVisible()

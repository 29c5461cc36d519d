"""From one file to a server and back, as it is done in the settings."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from keyring.backends.fail import Keyring as NoKeyring
from PySide6.QtWidgets import QApplication, QFileDialog

from database.engine.engines import server_url
from database.library import Library, joined, parted
from database.policy import settings
from database.refusal import Fault, Trouble
from desktop import passwords, pc
from desktop.pc import Pc
from desktop.running import relocation, server_password
from desktop.screens.settings.server import desks, moving
from desktop.widgets.form_dialog import FormDialog
from tests.desktop.conftest import opened
from tests.keyrings import InMemory, ring  # noqa: F401


@pytest.fixture
def yes(monkeypatch):
    """Every question is answered yes; what was asked stands in the list."""
    asked = []

    def confirm(_parent, title, text, _verb, **_more):
        asked.append((title, text))
        return True

    for module in (moving, desks):
        monkeypatch.setattr(module, "confirm", confirm)
    return asked


@pytest.fixture
def part(window):
    screen = window.go("settings", "server")
    return screen.sections["server"].part


def fill(part, where):
    url = server_url(where)
    host = url.host or url.query["host"]
    part.form.set_values(
        {
            "host": host,
            "port": str(url.port or 5432),
            "database": url.database,
            "user": url.username,
            "password": "",
        }
    )


@pytest.fixture
def target(request, monkeypatch):
    """An empty place on the server; a folder as its host is what a socket is reached by."""
    where = request.getfixturevalue("new_database")()
    monkeypatch.setattr(moving, "server_address", lambda *told: where)
    return where


def rest(part, qtbot):
    qtbot.waitUntil(lambda: part.task.over, timeout=120_000)
    qtbot.waitUntil(lambda: part.test_button.isEnabled(), timeout=5_000)


def test_a_library_moves_and_the_file_stays_to_be_read(
    window,
    part,
    program,
    target,
    yes,
    qtbot,
    ring,  # noqa: F811
):
    ring(InMemory())
    before, old = program.library.contents(), Path(program.library.where)
    fill(part, target)
    part.ask()
    qtbot.waitUntil(lambda: not part.open_button.isHidden(), timeout=120_000)
    assert "terbukti sama" in part.told.text()
    assert program.pc.get(pc.LIBRARY) == passwords.put_away(target)
    there = Library.open(target)
    assert there.contents() == before
    there.close()
    relocation.leave_behind(program.pc)
    assert not old.stat().st_mode & stat.S_IWUSR
    assert program.pc.get(pc.LEFT_BEHIND) == ""
    old.chmod(0o600)


def test_the_test_says_what_is_there(part, target, qtbot, yes):
    fill(part, target)
    part.test()
    rest(part, qtbot)
    assert "akan dibuat" in part.told.text()
    part.move_to(target)
    rest(part, qtbot)
    part.test()
    rest(part, qtbot)
    assert "sudah ada perpustakaan" in part.told.text()
    assert not part.use_button.isHidden()


def test_a_second_pc_works_in_the_library_that_is_there(
    window,
    part,
    program,
    target,
    yes,
    qtbot,
    ring,  # noqa: F811
):
    backend = ring(InMemory())
    fill(part, target)
    part.move_to(target)
    rest(part, qtbot)
    program.pc.put(pc.LIBRARY, "")
    part.test()
    rest(part, qtbot)
    part.use()
    assert program.pc.get(pc.LIBRARY) == passwords.put_away(target)
    assert program.again
    assert backend is not None


def test_nobody_there_is_said_and_nothing_moved(part, program, monkeypatch, qtbot, yes):
    dead = "postgresql://a:b@127.0.0.1:9/x"
    monkeypatch.setattr(moving, "server_address", lambda *told: dead)
    fill(part, "postgresql://a@127.0.0.1:9/x")
    part.ask()
    rest(part, qtbot)
    assert "tidak menjawab" in part.told.text()
    assert yes == []
    assert program.pc.get(pc.LIBRARY) == ""


def test_an_empty_form_asks_for_its_fields(part, yes):
    part.form.set_values({"host": "", "database": "", "user": ""})
    part.ask()
    assert part.task is None
    assert set(part.form.errors()) >= {"host", "database", "user"}


def test_a_server_that_shuts_us_out_is_given_a_password(show, monkeypatch, ring):  # noqa: F811
    ring(InMemory())
    told = Fault(Trouble.SERVER_REFUSES, where="server")

    def answer(box):
        assert "rahasia" not in box.windowTitle()
        box.form.set_values({"password": "rahasia"})
        assert box.ready()
        return True

    monkeypatch.setattr(FormDialog, "exec", answer)
    again = server_password.asked(told, "postgresql://a:lama@server/x")
    assert again == "postgresql://a:rahasia@server/x"
    assert passwords.whole("postgresql://a@server/x") == again
    assert server_password.asked(Fault(Trouble.SERVER_GONE, where="x"), again) == ""
    monkeypatch.setattr(FormDialog, "exec", lambda box: False)
    assert server_password.asked(told, again) == ""


def test_without_a_keyring_the_password_is_in_no_file(tmp_path, ring):  # noqa: F811
    ring(NoKeyring())
    kept = Pc(tmp_path / "pc.ini")
    kept.put(pc.LIBRARY, passwords.put_away("postgresql://a:rahasia@server/x"))
    assert "rahasia" not in (tmp_path / "pc.ini").read_text()
    assert passwords.whole(kept.get(pc.LIBRARY)) == "postgresql://a:rahasia@server/x"
    passwords.forget_session()
    assert passwords.whole(kept.get(pc.LIBRARY)) == "postgresql://a@server/x"


class TestOnTheServer:
    @pytest.fixture
    def engine(self):
        return "postgresql"

    @pytest.fixture
    def program(self, where, tmp_path):
        library = Library.open(where)
        with library.transaction() as session:
            settings.put(session, settings.GUIDE_DONE, True)
        library.close()
        yield from opened(where, Pc(tmp_path / "pc.ini"))

    def test_a_desk_gets_a_user_and_its_pc_is_told_what_to_type(self, part, program, yes):
        name = f"meja_{abs(hash(program.library.where)) % 10**8}"
        part.make(name)
        try:
            assert [row["name"] for row in part.table.rows()] == [name]
            _title, text = yes[-1]
            assert name in text
            assert QApplication.clipboard().text() == text
            password = text.split("kata sandi ")[1].split("\n")[0]
            bare = parted(program.library.where)[0].replace("postgres@", f"{name}@")
            Library.open(joined(bare, password)).close()
        finally:
            part.table.select_first()
            part.remove()
        assert part.table.rows() == []

    def test_a_name_that_will_not_do_is_said(self, part, yes):
        part.make("Meja Dua")
        assert part.told.text()
        assert part.table.rows() == []

    def test_back_to_one_file(self, part, program, tmp_path, yes, qtbot, monkeypatch):
        target = tmp_path / "pulang.db"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *told: (str(target), ""))
        part.ask_back()
        qtbot.waitUntil(lambda: not part.open_button.isHidden(), timeout=120_000)
        home = Library.open(target)
        assert home.contents() == program.library.contents()
        home.close()
        assert program.pc.get(pc.LIBRARY) == str(target)

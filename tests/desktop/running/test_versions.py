"""Several PCs on one server with other versions: told at the start, and before an update."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from database.library import Library
from database.storage.other_desks import Desk
from desktop import __version__
from desktop.application import build_window
from desktop.pc import Pc
from desktop.program import Program
from desktop.running import other_versions
from desktop.running.updates import Release
from desktop.widgets.dialog import Dialog
from tests.libraries import NOW

OLDER = Desk("RUANG-BACA", "0.0.1")


@pytest.fixture
def on_server(tmp_path, prepared_database, clone):
    """This PC's window on a server, where an older program works, too."""
    where = clone("prepared_file", "prepared_database")
    library = Library.open(where, desk=Desk("PERPUS-1", __version__))
    other = Library.open(where, desk=OLDER)
    with other.reading():
        yield Program(library, lambda: NOW, Pc(tmp_path / "pc.ini"))
    other.close()
    library.close()


@pytest.fixture
def engine():
    return "postgresql"


def test_an_older_program_on_the_server_is_told_at_the_start(on_server, show):
    window = show(build_window(on_server), 1366, 768)
    other_versions.tell(window, on_server.library)
    assert window.current().notice.text() == (
        f"PC ini memakai Selasar {__version__}, PC lain memakai versi berbeda: RUANG-BACA (0.0.1). "
        "Samakan semua ke versi terbaru pada hari yang sama."
    )


@pytest.mark.parametrize("answer", [True, False])
def test_an_update_names_the_pcs_that_need_it_too(on_server, show, qtbot, tmp_path, answer):
    window = show(build_window(on_server), 1366, 768)
    window.go("settings", "about")
    section = window.current().sections["about"]
    assert section.form.value("others") == "RUANG-BACA (0.0.1)"
    part = section.updates
    part.found = Release("99.0", str(tmp_path), "Selasar.deb", "", 0, {})
    asked = []

    def press():
        box = QApplication.activeModalWidget()
        assert isinstance(box, Dialog)
        asked.append(box.windowTitle())
        (box.accept_button if answer else box.cancel_button).click()

    QTimer.singleShot(0, press)
    part.install()
    assert asked == ["PC lain memakai versi lama"]
    qtbot.waitUntil(lambda: not part.progress.isVisible(), timeout=20_000)
    assert bool(part.told.text()) is answer

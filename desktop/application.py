"""Wire everything once: arguments, application, library, window; and what happens when
something breaks."""

from __future__ import annotations

import logging
import os
import shutil
import sys
import tempfile
import traceback
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from database import house
from database.house import ProfileFacts
from database.library import Library
from database.refusal import Fault, Reason, Refusal
from desktop import backups, language, pc, theme
from desktop.command_line import parser
from desktop.commands import ACTS, local_now
from desktop.language import _
from desktop.pc import Pc
from desktop.program import Program
from desktop.screen import Screen
from desktop.sentences import refusal
from desktop.widgets.sound import Sounds
from desktop.window import MainWindow, Place

log = logging.getLogger("selasar")


class Changes(QObject):
    """Brings `library.changed` onto the GUI thread, from whichever thread it was told."""

    told = Signal(object)

    def __init__(self, library: Library, hear: Callable[[frozenset[str]], None]) -> None:
        super().__init__()
        self._hear = hear
        self.told.connect(self._pass_on, Qt.ConnectionType.AutoConnection)
        library.changed.append(self.told.emit)

    def _pass_on(self, kinds: Any) -> None:
        self._hear(kinds)


def start(arguments: Sequence[str]) -> int:
    """Open the window; returns the exit code when it closes."""
    given = parser(ACTS).parse_args(list(arguments))
    if not _has_screen():
        language.use(given.language)
        sentence = _("There is no screen here; use a subcommand, see --help.")
        sys.stderr.write(f"selasar: {sentence}\n")
        return 2
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("Selasar")
    folder = Path(tempfile.mkdtemp(prefix="selasar-demo-")) if given.demo else None
    settings = Pc(folder / "pc.ini") if folder else Pc()
    language.use(settings.get(pc.LANGUAGE))
    theme.apply(app, settings.get(pc.SCHEME))
    _keep_log(folder or pc.data_folder())
    sys.excepthook = _unexpected
    try:
        where = _demo(folder) if folder else (given.library or _usual_place(settings))
        return _run(app, where, settings)
    finally:
        if folder:
            logging.shutdown()
            shutil.rmtree(folder, ignore_errors=True)


def _has_screen() -> bool:
    """Qt aborts without a display; say it in a sentence instead."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _demo(folder: Path) -> str:
    from database import demo

    where = str(folder / "demo.db")
    demo.build(where, local_now())
    return where


def _usual_place(settings: Pc) -> str:
    return settings.get(pc.LIBRARY) or str(pc.data_folder() / "library.db")


def _run(app: QApplication, where: str, settings: Pc) -> int:
    try:
        library = open_or_create(where, settings, local_now)
    except (Refusal, Fault) as told:
        _tell_and_stop(refusal(told))
        return 2
    program = Program(library, local_now, settings)
    window = build_window(program)
    window.show()
    _close_later(window)
    code = app.exec()
    backups.on_exit(program)
    library.close()
    return code


def _close_later(window: MainWindow) -> None:
    """SELASAR_QUIT_AFTER=seconds closes the window by itself: for `installer.smoke` only, which
    checks that a frozen program starts and ends cleanly."""
    seconds = os.environ.get("SELASAR_QUIT_AFTER", "")
    if seconds.isdecimal():
        QTimer.singleShot(int(seconds) * 1000, window.close)


def open_or_create(where: str, settings: Pc, now: Callable[[], datetime]) -> Library:
    """The library at `where`; a new, empty one where a file is not there yet."""
    try:
        library = Library.open(where, pc.backup_folder(settings))
    except Refusal as told:
        if told.reason is not Reason.LIBRARY_MISSING:
            raise
        library = Library.create(where, ProfileFacts(name=_("Library")), now())
    library.actor = settings.get(pc.ACTOR)
    return library


def build_window(program: Program) -> MainWindow:
    """The main window on an open library, its screens built when first shown."""
    profile = program.read(house.profile)
    window = MainWindow(
        places(program),
        partial(backups.status, program),
        library_name=profile.name,
        user=_librarian(program),
        user_note=_("Librarian"),
        now=program.now,
        demo=profile.demo,
        sounds=Sounds(enabled=program.pc.get(pc.SOUNDS)),
        blank_after=program.pc.get(pc.BLANK_AFTER),
    )
    window.scanned.connect(partial(_scan, window))
    window.undo_wanted.connect(lambda: program.undo_last(window.current()))
    # Kept on the window: the listener lives as long as what it tells.
    window.changes = Changes(program.library, window.changed)
    return window


def _librarian(program: Program) -> str:
    day = program.now().date()
    signer = program.read(lambda session: house.signer(session, "librarian", day))
    return signer.name if signer else ""


def _scan(window: MainWindow, code: str) -> None:
    """A scan on any screen belongs to the desk."""
    from desktop.screens.desk import DeskScreen

    if window.current_key() != "desk":
        window.go("desk")
    desk = window.current()
    assert isinstance(desk, DeskScreen)
    desk.scan(code)


def places(program: Program) -> list[Place]:
    """The sidebar; each screen is imported when it is first built."""

    def home() -> Screen:
        from desktop.screens.home import HomeScreen

        return HomeScreen(program)

    def desk() -> Screen:
        from desktop.screens.desk import DeskScreen

        return DeskScreen(program)

    def catalogue() -> Screen:
        from desktop.screens.catalogue import CatalogueScreen

        return CatalogueScreen(program)

    def patrons() -> Screen:
        from desktop.screens.patrons import PatronsScreen

        return PatronsScreen(program)

    def reports() -> Screen:
        from desktop.screens.reports import ReportsScreen

        return ReportsScreen(program)

    def settings() -> Screen:
        from desktop.screens.settings import SettingsScreen

        return SettingsScreen(program)

    return [
        Place("home", _("Home"), "house", home, "Alt+1"),
        Place("desk", _("Circulation"), "arrow-left-right", desk, "Alt+2"),
        Place("catalogue", _("Catalogue"), "library", catalogue, "Alt+3"),
        Place("patrons", _("Patrons"), "users", patrons, "Alt+4"),
        Place("reports", _("Reports"), "chart-column", reports, "Alt+5"),
        Place("settings", _("Settings"), "settings", settings, "Alt+6", at_bottom=True),
    ]


# --- when something breaks


def _keep_log(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folder / "selasar.log", maxBytes=500_000, backupCount=2, encoding="utf-8", delay=True
        )
    except OSError:
        log.addHandler(logging.StreamHandler())
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(handler)


def _unexpected(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """A bug: to the log, and one box with the text to copy. The program goes on."""
    if issubclass(kind, KeyboardInterrupt):
        QApplication.quit()
        return
    text = "".join(traceback.format_exception(kind, error, trace))
    log.error(text)
    if isinstance(error, Refusal | Fault):
        _tell_and_stop(refusal(error))
        return
    from desktop.widgets.dialog import choose

    answer = choose(
        QApplication.activeWindow(),
        _("Something went wrong"),
        _("Selasar made a mistake; what was confirmed is saved. The text below helps to mend it.")
        + "\n\n" + text[-800:],
        [(_("Copy text"), "primary")],
    )  # fmt: skip
    if answer == 0:
        QApplication.clipboard().setText(text)


def _tell_and_stop(sentence: str) -> None:
    from desktop.widgets.dialog import choose

    log.error(sentence)
    choose(QApplication.activeWindow(), "Selasar", sentence, [(_("Close"), "primary")])

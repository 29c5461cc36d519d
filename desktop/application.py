"""Wire everything once: arguments, application, library, window; and what happens when
something breaks."""

from __future__ import annotations

import logging
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from database.policy import house
from database.policy import settings as choices
from database.refusal import Fault, Refusal
from database.rights import Right
from desktop import background, passwords, pc, theme
from desktop import places as building
from desktop.anywhere import Anywhere
from desktop.commands import has_screen, local_now, speak_utf8
from desktop.commands.command_line import parser
from desktop.manual import Page
from desktop.pc import Pc
from desktop.program import Program
from desktop.running import (
    mishaps,
    one_window,
    other_versions,
    practice,
    relocation,
    server_password,
    signing,
    warm,
    window_place,
)
from desktop.running.behind import Behind, Runs
from desktop.running.changes import Changes
from desktop.running.keeping import backups, clock_check, closing, restoring
from desktop.running.keeping.opening import open_or_create
from desktop.running.one_window import FirstWindow
from desktop.running.scanning import Scanning
from desktop.screen import Screen
from desktop.widgets.sound import Sounds
from desktop.window import MainWindow, Place
from desktop.words import language
from desktop.words.language import _

OPEN_AGAIN = -1
"""The window closed to open another library."""
Renew = Callable[[str], object]


def start(arguments: Sequence[str]) -> int:
    """Open the window; returns the exit code when it closes."""
    speak_utf8()
    given = parser().parse_args(list(arguments))
    if not has_screen():
        language.use(given.language)
        sentence = _("There is no screen here; use a subcommand, see --help.")
        sys.stderr.write(f"selasar: {sentence}\n")
        return 2
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("Selasar")
    # Under Wayland the taskbar finds the icon by the name of the desktop entry.
    app.setDesktopFileName("selasar")
    folder = Path(tempfile.mkdtemp(prefix="selasar-demo-")) if given.demo else None
    if given.practice:
        folder = practice.folder()
        folder.mkdir(parents=True, exist_ok=True)
    settings = Pc(folder / "pc.ini") if folder else Pc()
    language.use(settings.get(pc.LANGUAGE))
    theme.apply(app, settings.get(pc.SCHEME))
    app.setWindowIcon(theme.mark())
    mishaps.keep_log(folder or pc.data_folder())
    sys.excepthook = mishaps.unexpected
    try:
        where = practice.made_up(folder, settings, local_now, given.practice) if folder else ""
        where = where or _given(given.library) or _usual_place(settings)
        readers = "search" if given.catalogue else "kiosk" if given.kiosk else ""
        code = _run(app, where, settings, readers)
        while code == OPEN_AGAIN:
            code = _again(app, settings, given.practice)
        return code
    finally:
        if folder:
            logging.shutdown()
        if given.demo and folder:
            shutil.rmtree(folder, ignore_errors=True)


def _again(app: QApplication, settings: Pc, practising: bool) -> int:
    """The window anew, on the library that this PC is to open now."""
    relocation.leave_behind(settings)
    if practising:
        practice.throw_away()
        practice.made_up(practice.folder(), settings, local_now, True)
    return _run(app, _usual_place(settings), settings)


def _given(where: str | None) -> str:
    return passwords.whole(where) if where else ""


def _usual_place(settings: Pc) -> str:
    return server_password.usual(settings) or str(pc.data_folder() / "library.db")


def _run(app: QApplication, where: str, settings: Pc, readers: str = "") -> int:
    if not readers and one_window.raised(where):
        return 0
    with FirstWindow(where, listens=not readers) as first:
        return _run_as(first, app, where, settings, readers)


def _run_as(first: FirstWindow, app: QApplication, where: str, settings: Pc, readers: str) -> int:
    try:
        library = open_or_create(where, settings, local_now)
    except (Refusal, Fault) as told:
        if again := server_password.asked(told, where):
            first.stop()
            return _run(app, again, settings, readers)
        if restoring.offer(told, where, settings, local_now):
            return OPEN_AGAIN
        mishaps.refused(told)
        return 2
    program = Program(library, local_now, settings)
    if not clock_check.is_right(program) or not (readers == "search" or signing.begin(program)):
        library.close()
        return 0
    if readers:
        return _run_for_readers(app, program, only_search=readers == "search")
    stage = Stage(program, first)
    practice.mark(where, stage.window, program)
    window_place.show(stage.window, settings)
    code = _run_window(app, program, stage)
    library.close()
    return OPEN_AGAIN if program.again else code


def _run_window(app: QApplication, program: Program, stage: Stage) -> int:
    """The window and what goes on behind it, until it closes."""
    library = program.library
    # What another desk changes is told like our own changes; the window hears it on its thread.
    desks = library.hear_others(library.tell)
    other_versions.tell(stage.window, library)
    window_place.close_later(lambda: stage.window.close())
    warm.later(building.rooms_and_papers)
    behind = Behind(program, lambda: stage.window, _door)
    stage.let_close = partial(closing.keep, program, end=behind.stop)
    code = app.exec()
    desks.stop()
    behind.stop()
    return code


def _door(program: Program) -> Runs:
    """The catalogue on the network, where this PC serves it: its server is not imported before."""
    from desktop.web.door import Door

    door = program.door = Door(program)
    if program.pc.get(pc.WEB_ON):
        background.run(lambda _report, _stop: door.open(), lambda _done: None, lambda _error: None)
    return door


def _run_for_readers(app: QApplication, program: Program, *, only_search: bool) -> int:
    from desktop.kiosk.window import KioskWindow

    window = KioskWindow(program, only_search=only_search)
    window.show_whole()
    code = app.exec()
    program.library.close()
    return code


class Stage:
    """The window, and another in its place when the language or the library's name changes."""

    def __init__(self, program: Program, first: FirstWindow | None = None) -> None:
        self._program, self._first = program, first
        self.let_close: Callable[[MainWindow], bool] = lambda _window: True
        self.window = build_window(program, self.renew)
        self._known()

    def renew(self, place: str) -> None:
        """Build the window anew at `place`, once the screen that asks has done its part."""
        QTimer.singleShot(0, lambda: self._renew(place))

    def _renew(self, place: str) -> None:
        old = self.window
        language.use(self._program.pc.get(pc.LANGUAGE))
        self._program.library.actor = self._program.pc.get(pc.ACTOR)
        self.window = build_window(self._program, self.renew)
        self.window.restoreGeometry(old.saveGeometry())
        if place:
            self.window.go(place)
        self.window.show()
        self._known()
        old.changes.stop()  # type: ignore[attr-defined]
        old.before_close = None
        old.close()
        old.deleteLater()

    def _known(self) -> None:
        """It is the one that a second start raises, and is found again where it stood."""
        window, settings = self.window, self._program.pc
        window.before_close = lambda: self.let_close(window)
        window.closing.connect(lambda: window_place.keep(window, settings))
        if self._first is not None:
            self._first.window = window


def build_window(program: Program, renew: Renew = lambda place: None) -> MainWindow:
    """The main window on an open library, its screens built when first shown.

    `renew(place)` is called when all of it must be built anew.
    """
    profile = program.read(house.profile)
    user, note = signing.shown(program)
    window = MainWindow(
        places(program, renew),
        partial(backups.status, program),
        library_name=profile.name,
        user=user,
        user_note=note,
        now=program.now,
        demo=profile.demo,
        sounds=Sounds(enabled=program.pc.get(pc.SOUNDS)),
        blank_after=signing.idle_minutes(program),
        may=lambda right: program.library.may(Right(right)),
    )
    window.scanned.connect(partial(_scan, window))
    window.undo_wanted.connect(lambda: program.acts.undo_last(window.current()))
    window.redo_wanted.connect(lambda: program.acts.redo(window.current()))
    window.acts_wanted.connect(lambda: _show_acts(program, window))
    # Kept on the window: the listeners live as long as what they tell.
    window.scanning = Scanning(window, program)
    window.find_more = Anywhere(window, program).find
    window.help_printed.connect(partial(_print_help, window, program))
    window.changes = Changes(program.library, window.changed)
    window.curtain.asks = partial(signing.unlock, program, window, renew)
    return window


def _print_help(window: MainWindow, program: Program, page: Page) -> None:
    from desktop.printing import help_paper

    help_paper.send(window.current(), program, page)


def _show_acts(program: Program, window: MainWindow) -> None:
    from desktop.forms.acts import ActsDialog

    ActsDialog(program, window.current()).exec()
    window.current().focus_first()


def _scan(window: MainWindow, code: str) -> None:
    """A scan on any screen belongs to the desk."""
    from desktop.screens.desk import DeskScreen

    if window.current_key() != "desk":
        window.go("desk")
    desk = window.current()
    if isinstance(desk, DeskScreen):
        desk.scan(code)


def places(program: Program, renew: Renew = lambda place: None) -> list[Place]:
    """The sidebar; each screen is imported when it is first built."""

    def home() -> Screen:
        return _guide(program, renew) if _wants_guide(program) else building.home(program)

    settings, moving = partial(_settings, program, renew), partial(building.moving, program)
    every = [
        Place("home", _("Home"), "house", home, "Alt+1"),
        *(
            Place(key, _(name), icon, partial(build, program), shortcut)
            for key, name, icon, build, shortcut in building.PLACES
        ),
        Place("settings", _("Settings"), "settings", settings, "Alt+8", at_bottom=True),
        Place("moving", _("Bring in data"), "upload", moving, aside=True),
    ]
    return [one for one in every if any(map(program.library.may, building.SHOWN_TO[one.key]))]


def _guide(program: Program, renew: Renew) -> Screen:
    from desktop.screens.guide import GuideScreen

    guide = GuideScreen(program)
    guide.finished.connect(lambda: renew("home"))
    return guide


def _settings(program: Program, renew: Renew) -> Screen:
    from desktop.screens.settings import SettingsScreen

    screen = SettingsScreen(program)
    screen.language_changed.connect(lambda: renew("settings"))
    screen.pc_changed.connect(lambda: _obey(program, screen.window()))
    return screen


def _obey(program: Program, window: object) -> None:
    """Let this PC's choices of sounds, blanking and name hold at once."""
    program.library.actor = program.pc.get(pc.ACTOR)
    if isinstance(window, MainWindow):
        window.sounds.enabled = program.pc.get(pc.SOUNDS)
        window.blank_after(signing.idle_minutes(program))
        if isinstance(window.scanning, Scanning):
            window.scanning.obey()


def _wants_guide(program: Program) -> bool:
    """Whether the first start is still under way."""
    if program.read(house.profile).demo:
        return False
    if program.read(lambda session: choices.get(session, choices.GUIDE_DONE)):
        return False
    from database.catalogue import titles

    # A library filled without a window needs no guide to its first title.
    return not program.read(titles.has_any)

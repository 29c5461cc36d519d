"""The whole screen for readers; leaving it asks for this PC's code where one is set."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from database.policy import house
from desktop import pc, theme
from desktop.keys import sequence
from desktop.kiosk.desk import KioskDesk
from desktop.kiosk.search import KioskSearch
from desktop.kiosk.survey import KioskSurvey
from desktop.program import Program
from desktop.widgets.buttons import Button
from desktop.widgets.form import SecretField
from desktop.widgets.form_dialog import FormDialog
from desktop.widgets.text import label
from desktop.words.language import _

IDLE_SECONDS = 45


class KioskWindow(QWidget):
    """`only_search` leaves the lending out: a catalogue for readers."""

    def __init__(self, program: Program, *, only_search: bool = False) -> None:
        super().__init__()
        self.setObjectName("kiosk")
        self.setWindowTitle("Selasar")
        self.program = program
        self._may_close = False
        self.desk, self.search = KioskDesk(program), KioskSearch(program)
        self.survey = KioskSurvey(program)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.desk)
        self.stack.addWidget(self.search)
        self.stack.addWidget(self.survey)
        self.lend_button = Button(_("Borrow and return"), self.show_desk, key="scan")
        self.search_button = Button(_("Find a book"), self.show_search, key="find")
        self.survey_button = Button(_("Rate our service"), self.show_survey)
        self._arrange(only_search)
        self._idle = QTimer(self, singleShot=True, interval=IDLE_SECONDS * 1000)
        self._idle.timeout.connect(self.begin_again)
        for part in (self.desk, self.search, self.survey):
            part.used.connect(self._idle.start)
        self._only_search = only_search
        self._keys(only_search)
        theme.dress(self)
        self.begin_again()

    def _arrange(self, only_search: bool) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(48, 32, 48, 32)
        column.setSpacing(24)
        head = QHBoxLayout()
        head.setSpacing(12)
        name = self.program.read(house.profile).name
        head.addWidget(label(name, "kioskName"), 1)
        if not only_search:
            head.addWidget(self.lend_button)
            head.addWidget(self.search_button)
            head.addWidget(self.survey_button)
            if not self.program.pc.get(pc.KIOSK_SURVEY):
                self.survey_button.hide()
        column.addLayout(head)
        column.addWidget(self.stack, 1)

    def _keys(self, only_search: bool) -> None:
        keys: list[tuple[str, Callable[[], object]]] = [
            ("leave", self.ask_to_leave),
            ("back", self.begin_again),
        ]
        if not only_search:
            keys += [("scan", self.show_desk), ("find", self.show_search)]
        for name, slot in keys:
            QShortcut(sequence(name), self).activated.connect(slot)

    def begin_again(self) -> None:
        """As the next reader finds it."""
        self.desk.forget()
        self.search.clear()
        if self._only_search:
            self.show_search()
        else:
            self.show_desk()

    def show_desk(self) -> None:
        """Borrowing and returning."""
        self._turn_to(self.desk, self.lend_button)
        self.desk.scan_box.line.setFocus()

    def show_search(self) -> None:
        """The catalogue, only to be read."""
        self.desk.forget()
        self._turn_to(self.search, self.search_button)
        self.search.box.line.setFocus()

    def show_survey(self) -> None:
        """Nine questions about the service."""
        self.desk.forget()
        self.survey.begin()
        self._turn_to(self.survey, self.survey_button)
        self.survey.setFocus()
        self._idle.start()

    def _turn_to(self, page: QWidget, chosen: Button) -> None:
        self.stack.setCurrentWidget(page)
        for button in (self.lend_button, self.search_button, self.survey_button):
            button.set_kind("primary" if button is chosen else "outlined")

    # --- leaving

    def ask_to_leave(self) -> None:
        """Ctrl+Shift+Q: close, after the code where this PC has one."""
        if not self.program.pc.get(pc.KIOSK_CODE):
            self._leave()
            return
        dialog = FormDialog(
            self,
            _("Leave the readers' screen"),
            _("Leave"),
            [SecretField("code", _("Code of this PC"), required=True)],
            {},
        )
        dialog.accepted.connect(lambda: self._try(dialog.form.value("code")))
        dialog.open()

    def _try(self, typed: str) -> None:
        if pc.code_fits(typed, self.program.pc.get(pc.KIOSK_CODE)):
            self._leave()

    def _leave(self) -> None:
        self._may_close = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window's own cross does not lead round the code."""
        if self._may_close or not self.program.pc.get(pc.KIOSK_CODE):
            event.accept()
            return
        event.ignore()
        self.ask_to_leave()

    def show_whole(self) -> None:
        """On the whole screen, without a frame."""
        self.setWindowState(Qt.WindowState.WindowFullScreen)
        self.show()

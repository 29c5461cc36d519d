"""A scan on any screen goes where it belongs: into the field that asks for a code, to what the
screen does with it, else to the desk; and the notice says so."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid

from database.circulation import identify
from database.circulation.identify import Recognised
from database.description import scans
from database.refusal import Fault, Reason, Refusal
from desktop import pc
from desktop.pc import Pc
from desktop.program import Program
from desktop.widgets.dialog import Dialog
from desktop.widgets.field_box import TAKES
from desktop.widgets.scan_keys import Habits, ScanKeys
from desktop.window import MainWindow
from desktop.words.language import N_, _
from desktop.words.sentences import refusal

_LAYOUT = N_("the scanner has another keyboard layout than this PC: see Settings, Scanner")
_SHIFTED = N_("the scanner sends signs for figures (Shift or Caps Lock): see Settings, Scanner")
_LEAST_FOREIGN = 6
_UNKNOWN = frozenset({"ours", "foreign"})


def habits(settings: Pc) -> Habits:
    """What was set for the scanner of this PC."""
    return Habits(
        settings.get(pc.SCAN_PACE), settings.get(pc.SCAN_SUFFIX), settings.get(pc.SCAN_PREFIX)
    )


class Scanning:
    """Listens on the whole window and its dialogs, as long as the window lives."""

    def __init__(self, window: MainWindow, program: Program) -> None:
        self._window, self._program = window, program
        self._layout_told = False
        self.keys = ScanKeys(window, self._known, self._take, habits(program.pc))

    def obey(self) -> None:
        """Go by what this PC's settings say now."""
        self.keys.habits = habits(self._program.pc)

    def _known(self, text: str) -> Recognised | None:
        try:
            found = self._program.read(lambda session: identify.recognise(session, text))
        except (Refusal, Fault):
            return None
        if found is None and _looks_like_code(text) and not _can_be_typed_into():
            # No hand types into a list or a button so fast; its letters would choose and open.
            return Recognised(text.strip().upper(), "foreign")
        return found

    def _take(self, found: Recognised, end: str) -> None:
        if self._window.curtain.isVisible():
            return
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        restore = _selection(QApplication.focusWidget())
        self._bring(found, end)
        restore()
        if found.layout and not self._layout_told:
            self._layout_told = True
            self._window.notice.add(_(_LAYOUT if found.layout != scans.CAPITALS else _SHIFTED))

    def _bring(self, found: Recognised, end: str) -> None:
        window, field = self._window, _asking(found.kind)
        if field is not None:
            _type_into(field, found.code, end)
            return
        modal = QApplication.activeModalWidget()
        if modal is not None:
            self._tell_in(modal, found)
            return
        if window.current().take_scan(found.code, found.kind):
            return
        if found.kind in _UNKNOWN:
            window.notice.refused(refusal(Refusal(Reason.UNKNOWN_CODE, code=found.code)))
            return
        place = window.title_of(window.current_key())
        window.scanned.emit(found.code)
        alone = _("The code was scanned in {place} and is opened here.").format(place=place)
        window.notice.add(_("scanned in {place}").format(place=place), alone)

    def _tell_in(self, modal: QWidget, found: Recognised) -> None:
        """What is open goes first; nothing of the code came into it."""
        text = _("{code} was scanned. Finish or cancel here first, then scan it again.")
        told = text.format(code=found.code)
        if isinstance(modal, Dialog):
            if modal.take_scan(found.code, found.kind):
                return
            modal.say(told)
        else:
            self._window.notice.look(told)
        self._window.sounds.play("look")


def _type_into(widget: QWidget, text: str, end: str) -> None:
    """A code into the field that asks for one, in place of what stands there, and on as its
    scanner would go; into a field of several lines as one line more."""
    add = getattr(widget, "add_line", None)
    if add is not None:
        add(text)
        return
    select = getattr(widget, "selectAll", None)
    insert = getattr(widget, "insert", None)
    if select is None or insert is None:
        return
    select()
    insert(text)
    # A line of chips takes the code at Enter, whatever the scanner ends with.
    if end or hasattr(widget, "take"):
        key = Qt.Key.Key_Tab if end == "tab" else Qt.Key.Key_Return
        press = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)
        QCoreApplication.sendEvent(widget, press)


def _looks_like_code(text: str) -> bool:
    return len(text) >= _LEAST_FOREIGN and " " not in text and any(map(str.isdigit, text))


def _can_be_typed_into() -> bool:
    field = QApplication.focusWidget()
    if isinstance(field, QComboBox):
        return field.isEditable()
    return isinstance(field, QLineEdit | QPlainTextEdit)


def _selection(field: QWidget | None) -> Callable[[], object]:
    """Brings back what was selected in a line that is left and not changed: a line forgets it
    when the focus goes."""
    if not isinstance(field, QLineEdit) or not field.hasSelectedText():
        return lambda: None
    text, start, length = field.text(), field.selectionStart(), field.selectionLength()
    if field.cursorPosition() == start:
        start, length = start + length, -length

    def restore() -> None:
        if isValid(field) and field.text() == text:
            field.setSelection(start, length)

    return restore


def _asking(kind: str) -> QWidget | None:
    """The field in hand, if codes of this kind are scanned into it."""
    field = part = QApplication.focusWidget()
    for _step in range(3):
        if part is None:
            return None
        if kind in str(part.property(TAKES) or "").split():
            return field
        part = part.parentWidget()
    return None

"""A PDF of a title, read inside the program."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.widgets.dialog import Dialog
from desktop.widgets.pdf_view import PdfView
from desktop.words.language import _
from desktop.words.sentences import shorten

WIDE_PX, HIGH_PX = 900, 640
_MARGIN = 60


class ReadingDialog(Dialog):
    """Pages one below the other; the arrows and Page Down scroll. `outside()` hands the file to the
    system's viewer, for printing and searching in it."""

    def __init__(
        self, parent: QWidget, name: str, pdf: bytes, outside: Callable[[], object]
    ) -> None:
        super().__init__(
            parent, shorten(name, 80), _("Open outside"), cancel_text=_("Close"), width=420
        )
        self._outside = outside
        self.view = PdfView()
        self.view.show_pdf(pdf)
        self.view.view.setAccessibleName(name)
        self.body.addWidget(self.view, 1)
        window = parent.window()
        while (behind := window.parentWidget()) is not None:
            window = behind.window()
        room = window.size()
        self.resize(min(WIDE_PX, room.width() - _MARGIN), min(HIGH_PX, room.height() - _MARGIN))
        self.cancel_button.setDefault(True)
        self.view.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def ready(self) -> bool:
        """To the system's viewer."""
        self._outside()
        return True


def is_pdf(place: str) -> bool:
    """Whether a file can be read here, by its name; its content is looked at when it is opened."""
    return Path(place).suffix.lower() == ".pdf"

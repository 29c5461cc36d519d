"""A paper before it goes out: looked at, printed or kept as a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from database.refusal import Fault, Trouble
from desktop.language import _
from desktop.screen import Key, Screen
from desktop.sentences import refusal
from desktop.widgets.buttons import Button
from desktop.widgets.card import heading
from desktop.widgets.pdf_view import PdfView


class PaperView(QWidget):
    """`show_paper` first; signal `closed` when one goes back. What may be chosen about the
    paper goes into `options`."""

    closed = Signal()

    def __init__(self, host: Screen) -> None:
        super().__init__()
        self._host = host
        self._pdf, self._name, self._true_size = b"", "", False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        back = Button(_("Back"), self.closed.emit, key="Esc")
        printing = Button(_("Print"), self.print_paper, key="Ctrl+P")
        saving = Button(_("Save PDF…"), self.save, key="Ctrl+S", kind="primary")
        column.addLayout(heading(_("Preview"), back, printing, saving))
        self.options = QVBoxLayout()
        column.addLayout(self.options)
        self.view = PdfView()
        column.addWidget(self.view, 1)

    def keys(self) -> list[Key]:
        """What can be done while a paper is looked at."""
        return [
            Key("Esc", _("Back"), self.closed.emit),
            Key("Ctrl+P", _("Print"), self.print_paper),
            Key("Ctrl+S", _("Save PDF…"), self.save),
        ]

    def show_paper(self, pdf: bytes, name: str, *, true_size: bool = False) -> None:
        """Show it; `name` is the file's without its ending. What must fit something already
        cut, a card, is printed at its `true_size`."""
        self._pdf, self._name, self._true_size = pdf, name, true_size
        self.view.show_pdf(pdf)
        self.view.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def print_paper(self) -> None:
        """To the usual printer."""
        from desktop.pages import output

        try:
            output.print_pdf(self._pdf, true_size=self._true_size)
        except output.PrintFailed:
            action = Key("Ctrl+S", _("Make PDF"), self.save)
            told = _("No printer answers; make the PDF and print it elsewhere.")
            self._host.notice.look(told, action)
        else:
            self._host.notice.done(_("It is at the printer"))

    def save(self) -> None:
        """As a file."""
        place = QStandardPaths.StandardLocation.DocumentsLocation
        folder = Path(QStandardPaths.writableLocation(place) or Path.home())
        chosen = self.ask_path(folder / f"{self._name}.pdf")
        if chosen is None:
            return
        try:
            chosen.write_bytes(self._pdf)
        except OSError:
            fault = Fault(Trouble.FILE_UNWRITABLE, where=str(chosen))
            self._host.notice.refused(refusal(fault))
            return
        where = QUrl.fromLocalFile(str(chosen.parent))
        action = Key("", _("Open folder"), lambda: QDesktopServices.openUrl(where))
        self._host.notice.done(_("Saved: {title}").format(title=chosen.name), action=action)

    def ask_path(self, usual: Path) -> Path | None:
        """Where to; None for nowhere."""
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Save PDF…"), str(usual), "PDF (*.pdf)")
        return Path(chosen).with_suffix(".pdf") if chosen else None

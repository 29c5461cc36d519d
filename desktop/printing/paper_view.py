"""A paper before it goes out: looked at, printed or kept as a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from database.engine.whole_file import write_whole
from database.refusal import Fault, Trouble
from database.rights import Right
from desktop import pc
from desktop.file_names import safe, with_ending
from desktop.pages.drawing.kinds import Kind
from desktop.printing import printer as printing
from desktop.printing.printer_choice import PrinterDialog
from desktop.program import Program
from desktop.screen import Key, Screen
from desktop.widgets.buttons import Button
from desktop.widgets.card import heading
from desktop.widgets.pdf_view import PdfView
from desktop.words.language import _
from desktop.words.sentences import refusal


class PaperView(QWidget):
    """`show_paper` first; signal `closed` when one goes back. What may be chosen about the
    paper goes into `options`."""

    closed = Signal()

    def __init__(self, program: Program, host: Screen) -> None:
        super().__init__()
        self._program, self._host = program, host
        self._pdf, self._name = b"", ""
        self._kind: Kind = "paper"
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        back = Button(_("Back"), self.closed.emit, key="back")
        printer = Button(_("Printer…"), self.choose_printer)
        prints = Button(_("Print"), self.print_paper, key="print")
        saving = Button(_("Save PDF…"), self.save, key="save", kind="primary")
        column.addLayout(heading(_("Preview"), back, printer, prints, saving))
        self.options = QVBoxLayout()
        column.addLayout(self.options)
        self.view = PdfView()
        column.addWidget(self.view, 1)

    def keys(self) -> list[Key]:
        """What can be done while a paper is looked at."""
        return [
            Key("back", _("Back"), self.closed.emit),
            Key("print", _("Print"), self.print_paper),
            Key("save", _("Save PDF…"), self.save),
        ]

    def show_paper(self, pdf: bytes, name: str, kind: Kind = "paper") -> None:
        """Show it; `name` is the file's without its ending, `kind` says which printer it is for."""
        self._pdf, self._name, self._kind = pdf, name, kind
        self.view.show_pdf(pdf)
        self.view.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose_printer(self) -> None:
        """Which printer this kind of paper goes to."""
        PrinterDialog(self._program, self._host, self._kind).open()

    def print_paper(self) -> None:
        """To the printer of its kind."""
        printing.print_or_keep(self._host, self._program, self._kind, self._pdf, self._name)

    def save(self) -> None:
        """As a file: what is printed stays in the house, what is a file may not."""
        if not self._program.allows(self._host, Right.EXPORT):
            return
        folder = pc.documents()
        chosen = self.ask_path(folder / safe(self._name, ".pdf"))
        if chosen is None:
            return
        try:
            write_whole(chosen, self._pdf)
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
        return with_ending(chosen, ".pdf") if chosen else None

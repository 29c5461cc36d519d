"""The report page by page, on the paper chosen."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop import pc
from desktop.program import Program
from desktop.screens.reports.output import ReportOutput
from desktop.widgets.buttons import Button, FilterButton
from desktop.widgets.card import heading
from desktop.widgets.pdf_view import PdfView
from desktop.words.language import _


class PreviewPage(QWidget):
    """`pdf_view` shows it; `resized` when another paper is chosen."""

    resized = Signal()

    def __init__(self, program: Program, host: ReportOutput) -> None:
        super().__init__()
        self._program = program
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 8)
        column.setSpacing(12)
        back = Button(_("Back"), host.back, key="back")
        print_button = Button(_("Print"), host.print_report, key="print")
        save = Button(_("Make PDF for the dinas"), host.save_pdf, kind="primary")
        self.paper_size = FilterButton(_("Paper"), [("a4", "A4"), ("f4", "F4")])
        self.paper_size.choose(program.pc.get(pc.REPORT_PAPER))
        self.paper_size.chosen.connect(self._resize)
        column.addLayout(heading(_("Preview"), self.paper_size, back, print_button, save))
        self.pdf_view = PdfView()
        column.addWidget(self.pdf_view, 1)

    def _resize(self, size: str) -> None:
        self._program.pc.put(pc.REPORT_PAPER, size)
        self.resized.emit()

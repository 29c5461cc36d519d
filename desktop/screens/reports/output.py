"""Where a report goes: to the printer, into a PDF, into a workbook."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from database import house, periods
from database.refusal import Fault, Trouble
from desktop import background
from desktop.language import _
from desktop.program import Program
from desktop.screen import Key, Screen
from desktop.screens.reports.paper import Made, Paper
from desktop.sentences import refusal
from desktop.widgets.progress import Progress


class ReportOutput(Screen):
    """What the screen of reports does with the paper of its period."""

    program: Program
    paper: Paper
    progress: Progress
    month: str

    def _is_future(self) -> bool:
        raise NotImplementedError

    def print_report(self) -> None:
        """Ctrl+P: to the usual printer."""
        if not self._is_future():
            self.paper.when_ready(self._print)

    def _print(self, made: Made) -> None:
        from desktop.pages import output

        try:
            output.print_pdf(made.pdf, true_size=False)
        except output.PrintFailed:
            action = Key("Ctrl+S", _("Make PDF"), self.save_pdf)
            self.notice.look(_("No printer answers; make the PDF and print it elsewhere."), action)
        else:
            self.notice.done(_("The report is at the printer"))

    def save_pdf(self) -> None:
        """The primary act: a file for the dinas."""
        if self._is_future():
            return
        path = self.ask_path(self._usual_path())
        if path is not None:
            self.paper.when_ready(lambda made: self._write(made.pdf, path))

    def _usual_path(self) -> Path:
        from desktop.pages.monthly_report import report_name

        profile = self.program.read(house.profile)
        short = "".join(one for one in profile.short_name or profile.name if one.isalnum())
        place = QStandardPaths.StandardLocation.DocumentsLocation
        folder = Path(QStandardPaths.writableLocation(place) or Path.home())
        return folder / f"{report_name(short, self.month)}.pdf"

    def ask_path(self, usual: Path) -> Path | None:
        """Where to; None for nowhere."""
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Make PDF for the dinas"), str(usual), "PDF (*.pdf)"
        )
        if not chosen:
            return None
        return Path(chosen if chosen.lower().endswith(".pdf") else f"{chosen}.pdf")

    def _write(self, pdf: bytes, path: Path) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(pdf)
        except OSError:
            self.notice.refused(refusal(Fault(Trouble.FILE_UNWRITABLE, where=str(path))))
            return
        folder = QUrl.fromLocalFile(str(path.parent))
        action = Key("", _("Open folder"), lambda: QDesktopServices.openUrl(folder))
        self.notice.done(_("Report made: {file}").format(file=path), action=action)

    def save_sheet(self) -> None:
        """The tables as a workbook, counted and written off this thread."""
        path = self.ask_sheet(self._usual_path().with_suffix(".xlsx"))
        if path is None:
            return
        program, period = self.program, self.month

        def work(report: background.Report, cancelled: Callable[[], bool]) -> None:
            from desktop import report_sheet

            report(0, 2)
            with program.library.reading() as session:
                month, closed = periods.month_of(session, period, program.now().date())
                report(1, 2)
                if cancelled():
                    raise background.Cancelled
                report_sheet.write_all(session, month, closed, path, None, program.now())

        def done(_nothing: None) -> None:
            self.notice.done(_("Saved: {title}").format(title=path.name))

        def failed(error: Exception) -> None:
            if not isinstance(error, OSError):
                raise error
            self.notice.refused(refusal(Fault(Trouble.FILE_UNWRITABLE, where=str(path))))

        task = background.run(work, done, failed, self.progress.advance, self.progress.finish)
        self.progress.start(_("The tables are being counted"), task.cancel)

    def ask_sheet(self, usual: Path) -> Path | None:
        """Where to; None for nowhere."""
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Save as a sheet…"), str(usual), "XLSX (*.xlsx)"
        )
        return Path(chosen).with_suffix(".xlsx") if chosen else None

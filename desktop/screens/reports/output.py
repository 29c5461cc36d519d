"""Where a report goes: to the printer, into a PDF, into a workbook."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from database.engine.whole_file import write_whole
from database.policy import house
from database.refusal import Fault, Refusal, Trouble
from database.reports import periods
from database.rights import Right
from desktop import background, pc
from desktop.file_names import safe, with_ending
from desktop.forms.iplm_check import IplmDialog
from desktop.forms.verify import VerifyDialog
from desktop.program import Program
from desktop.recap import letters
from desktop.recap.gathering import Recap
from desktop.screen import Key, Screen
from desktop.screens.reports.paper import Made, Paper
from desktop.widgets.progress import Progress
from desktop.words.language import _, counted, ngettext, number
from desktop.words.sentences import refusal


class ReportOutput(Screen):
    """What the screen of reports does with the paper of its period."""

    program: Program
    paper: Paper
    progress: Progress
    month: str

    def _is_future(self) -> bool:
        raise NotImplementedError

    def back(self) -> None:
        """From the preview to the figures."""
        raise NotImplementedError

    def print_report(self) -> None:
        """To the usual printer."""
        if not self._is_future():
            self.paper.when_ready(self._print)

    def _print(self, made: Made) -> None:
        from desktop.printing import output

        try:
            output.print_pdf(made.pdf, true_size=False)
        except output.PrintFailed:
            action = Key("step", _("Make PDF"), self.save_pdf)
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

    def _usual_path(self, ending: str = ".pdf") -> Path:
        from desktop.pages.report.monthly_report import report_name

        profile = self.program.read(house.profile)
        folder = pc.documents()
        return folder / safe(report_name(profile.short_name or profile.name, self.month), ending)

    def ask_path(self, usual: Path) -> Path | None:
        """Where to; None for nowhere."""
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Make PDF for the dinas"), str(usual), "PDF (*.pdf)"
        )
        if not chosen:
            return None
        return with_ending(chosen, ".pdf")

    def _write(self, pdf: bytes, path: Path) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, pdf)
        except OSError:
            self.notice.refused(refusal(Fault(Trouble.FILE_UNWRITABLE, where=str(path))))
            return
        said = _("Report made: {file}").format(file=path)
        self.notice.done(said, action=_open(path.parent))

    def save_sheet(self) -> None:
        """The tables as a workbook, counted and written off this thread."""
        path = self.ask_sheet(self._usual_path(".xlsx"))
        if path is None:
            return
        program, period = self.program, self.month

        def work(report: background.Report, cancelled: Callable[[], bool]) -> None:
            from desktop.pages.report import sheet

            report(0, 2)
            with program.library.reading() as session:
                month, closed = periods.month_of(session, period, program.now().date())
                report(1, 2)
                if cancelled():
                    raise background.Cancelled
                sheet.write_all(session, month, closed, path, None, program.now())

        def done(_nothing: None) -> None:
            self.notice.done(_("Saved: {title}").format(title=path.name))

        self._behind(_("The tables are being counted"), path, work, done)

    def ask_sheet(self, usual: Path) -> Path | None:
        """Where to; None for nowhere."""
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Save as a sheet…"), str(usual), "XLSX (*.xlsx)"
        )
        return with_ending(chosen, ".xlsx") if chosen else None

    def check_iplm(self) -> None:
        """What the form still lacks, before its folder is made."""
        dialog = IplmDialog(self.program, self, int(self.month[:4]))
        dialog.accepted.connect(self.save_iplm)
        dialog.open()

    def save_iplm(self) -> None:
        """The folder for the literacy index: its figures, its lists, the files kept with them."""
        may = self.program.allows(self, Right.EXPORT)
        chosen = self.ask_folder() if may else None
        if chosen is None:
            return
        program, year = self.program, int(self.month[:4])
        folder = chosen / f"IPLM-{year}"

        def work(_report: background.Report, _cancelled: Callable[[], bool]) -> int:
            from desktop.pages.report import iplm_folder

            today, where = program.now().date(), program.library.where
            with program.library.reading() as session:
                return len(iplm_folder.write(folder, session, year, today, where))

        def done(count: int) -> None:
            text = ngettext("{n} file in {folder}", "{n} files in {folder}", count)
            self.notice.done(text.format(n=number(count), folder=folder), action=_open(folder))

        self._behind(_("The folder is being made"), folder, work, done)

    def save_recap(self) -> None:
        """Reports of many libraries, put together: a workbook, and a paper beside it."""
        chosen, _kind = QFileDialog.getOpenFileNames(
            self, _("Recap of many reports…"), str(pc.documents()), "PDF, XLSX (*.pdf *.xlsx)"
        )
        path = self.ask_sheet(pc.documents() / safe(_("Recap"), ".xlsx")) if chosen else None
        if path is not None:
            self.write_recap([Path(one) for one in chosen], path)

    def write_recap(self, files: Sequence[Path], path: Path) -> None:
        """Off this thread; what does not count is told."""
        today = self.program.now().date()

        def work(report: background.Report, cancelled: Callable[[], bool]) -> Recap:
            from desktop.recap import gathering, writing

            found = gathering.gather(files, report, cancelled)
            writing.write_xlsx(path, found)
            writing.write_pdf(path.with_name(path.stem + ".pdf"), found, today)
            return found

        def done(found: Recap) -> None:
            text = _("{reports} of {libraries}").format(
                reports=counted("reports", len(found.best)),
                libraries=counted("libraries", len(found.libraries)),
            )
            if count := len(found.wrong):
                file, why = found.wrong[0]
                left = ngettext("{n} file does not count", "{n} files do not count", count)
                text += f" · {left.format(n=number(count))}: {file} {why}"
            tell = self.notice.look if found.wrong else self.notice.done
            action = _open(path.parent)
            if missing := letters.missing_by_library(found):
                asked = ngettext(
                    "{n} library has not sent all", "{n} libraries have not sent all", len(missing)
                )
                text += f" · {asked.format(n=number(len(missing)))}"
                action = Key("", _("Write to them…"), lambda: self.write_letters(found))
            tell(text, action=action)

        self._behind(_("The reports are being read"), path, work, done)

    def write_letters(self, found: Recap) -> None:
        """A letter to each library that has not sent, into a folder."""
        chosen = self.ask_folder(_("Letters to those that have not sent"))
        if chosen is None:
            return
        program = self.program

        def work(report: background.Report, cancelled: Callable[[], bool]) -> list[Path]:
            now, library = program.now(), program.library
            return letters.write(chosen, found, now, library, report, cancelled)

        def done(made: list[Path]) -> None:
            text = ngettext("{n} letter written", "{n} letters written", len(made))
            self.notice.done(text.format(n=number(len(made))), action=_open(chosen))

        self._behind(_("The letters are being written"), chosen, work, done)

    def verify(self) -> None:
        """Is a report ours, unchanged, the newest?"""
        VerifyDialog(self.program, self).open()

    def ask_folder(self, title: str = "") -> Path | None:
        """Where to; None for nowhere."""
        asked = title or _("IPLM folder…")
        chosen = QFileDialog.getExistingDirectory(self, asked, str(pc.documents()))
        return Path(chosen) if chosen else None

    def _behind(
        self, what: str, path: Path, work: background.Work, done: Callable[[Any], object]
    ) -> None:
        """Work off this thread, seen and to be cancelled; what cannot be written is told."""

        def failed(error: Exception) -> None:
            told = (
                Fault(Trouble.FILE_UNWRITABLE, where=str(path))
                if isinstance(error, OSError)
                else error
            )
            if not isinstance(told, Refusal | Fault):
                raise told
            self.notice.refused(refusal(told))

        task = background.run(work, done, failed, self.progress.advance, self.progress.finish)
        self.progress.start(what, task.cancel)


def _open(folder: Path) -> Key:
    place = QUrl.fromLocalFile(str(folder))
    return Key("", _("Open folder"), lambda: QDesktopServices.openUrl(place))

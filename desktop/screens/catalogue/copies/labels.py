"""Printing labels: which sheet, from which label on, what it will look like."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QHBoxLayout

from database.circulation import identify
from database.engine.whole_file import write_whole
from database.holdings import item_list, print_queue
from database.library import Session
from database.policy import house, label_sheets
from database.rights import Right
from desktop import background, pc
from desktop.file_names import with_ending
from desktop.pages.labels import labels, sheets
from desktop.printing import printer
from desktop.printing.printer_choice import PrinterDialog
from desktop.printing.sheet_picture import SheetPicture
from desktop.program import Program
from desktop.screen import Key, Screen
from desktop.screens.catalogue.copies.label_choices import KEPT, label_form, style_of
from desktop.screens.catalogue.page import Page, short
from desktop.widgets.buttons import Button
from desktop.widgets.card import Band, Card, heading
from desktop.widgets.pdf_view import PdfView
from desktop.widgets.progress import Progress
from desktop.widgets.text import label
from desktop.words import language
from desktop.words.language import _, ngettext

_PREVIEW_SHEETS = 4


class LabelsPage(Page):
    """`open(copy ids)`, or None for all copies without a label yet."""

    def __init__(self, program: Program, host: Screen) -> None:
        super().__init__(program, host)
        self._sheets = sheets.all_sheets(program.read(label_sheets.own))
        self._rows: list[item_list.ItemRow] = []
        self._texts: list[labels.LabelText] = []
        self._soon = QTimer(self, singleShot=True, interval=200)
        self._soon.timeout.connect(self.draw)
        keys = self.page_keys()
        head = heading(
            _("Print labels"),
            Button.of(keys[0]),
            Button(_("Sheets…"), lambda: host.leave_for.emit("printing", "sheets")),
            Button(_("Printer…"), self.choose_printer),
            Button(_("Test page"), self.test_page),
            Button.of(keys[1]),
            Button.of(keys[2], kind="primary", icon="printer"),
        )
        self.column.addLayout(head)
        self.yes = Button(_("Yes, mark them as labelled"), self._came_out, small=True)
        self._no = Button(_("No"), self._came_to_nothing, small=True)
        self.asked = Band("", "info", self.yes, self._no)
        self.column.addWidget(self.asked)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._choices())
        row.addWidget(self._preview(), 1)
        self.column.addLayout(row, 1)
        self.progress = Progress()
        self.column.addWidget(self.progress)

    def _choices(self) -> Card:
        card = Card(_("Sheet"))
        card.be_side(336)
        self.form = label_form(self._sheets)
        self.form.changed.connect(self._chosen)
        self.picture = SheetPicture(next(iter(self._sheets.values())))
        self.picture.chosen.connect(lambda _cell: self._soon.start())
        card.body.addWidget(self.form)
        card.body.addWidget(label(_("First label — click where the sheet begins"), "label"))
        card.body.addWidget(self.picture)
        self._measure = label("", "small", wrap=True)
        card.body.addWidget(self._measure)
        card.body.addStretch(1)
        return card

    def _preview(self) -> Card:
        self._card = Card(_("Preview"))
        self.view = PdfView()
        self._card.body.addWidget(self.view, 1)
        return self._card

    def page_keys(self) -> list[Key]:
        """Shown on the buttons."""
        return [
            Key("back", _("Back"), self.leave),
            Key("save", _("Save PDF…"), self.save_pdf),
            Key("print", _("Print"), self.print_labels),
        ]

    def focus_first(self) -> None:
        """To the drawing of the sheet: that is what changes each time."""
        self.picture.setFocus()

    def open(self, ids: Sequence[int] | None) -> bool:
        """Show the labels of these copies; False, and says so, if there are none."""
        rows = self.program.read(
            lambda session: item_list.items_to_label(session, only_new=ids is None)
        )
        chosen = set(ids or ())
        rows = [row for row in rows if ids is None or row.id in chosen]
        if not rows:
            self.notice.look(_("Every copy has its label already."))
            return False
        name = self.program.read(house.profile).name
        self._rows = rows
        self._texts = [labels.label_of(row, name) for row in rows]
        self.asked.set("")
        kept = self.program.pc
        sheet = kept.get(pc.SHEET)
        self.form.set_values(
            {
                "sheet": sheet if sheet in self._sheets else next(iter(self._sheets)),
                **{key: kept.get(one) for key, one in KEPT.items()},
            }
        )
        self.picture.set(self._sheet(), 1, len(rows))
        self.draw()
        return True

    def take_scan(self, code: str, kind: str) -> bool:
        """One more copy gets a label on this sheet."""
        if kind != "copy":
            return False
        found = self.program.read(lambda session: identify.item_scanned(session, code))
        if found.id in {row.id for row in self._rows}:
            self.notice.look(_("{code} is on this sheet already.").format(code=found.barcode))
            return True
        self._rows += self.program.read(lambda s: item_list.items_by_id(s, [found.id]))
        self._texts.append(labels.label_of(self._rows[-1], self.program.read(house.profile).name))
        self.picture.set(self._sheet(), self.picture.start(), len(self._rows))
        self.draw()
        told = _("On the sheet: {title}")
        self.notice.done(told.format(title=short(found.title)))
        return True

    def _sheet(self) -> sheets.Sheet:
        return self._sheets[self.form.value("sheet")]

    def _chosen(self, key: str) -> None:
        """Remember what this PC prints on."""
        if key == "sheet":
            self.picture.set(self._sheet(), 1, len(self._rows))
        if self.form.errors():
            return
        values, kept = self.form.values(), self.program.pc
        kept.put(pc.SHEET, values["sheet"])
        for name, one in KEPT.items():
            kept.put(one, type(one.default)(values[name] or one.default))
        self._soon.start()

    def _write(
        self, texts: Sequence[labels.LabelText], progress: Callable[[int], None] | None = None
    ) -> tuple[bytes, labels.LabelResult]:
        start = (self.picture.start(), *self._shift())
        return write(texts, self._sheet(), start, self.form.values(), progress)

    def _shift(self) -> tuple[float, float]:
        """Right and down, mm, as this PC keeps it for labels."""
        right, down = pc.SHIFTS["label"]
        return self.program.pc.get(right), self.program.pc.get(down)

    def choose_printer(self) -> None:
        """Which printer labels go to, and how far the print is moved."""
        dialog = PrinterDialog(self.program, self.host, "label")
        dialog.accepted.connect(self.draw)
        dialog.open()

    def draw(self) -> None:
        """The first sheets as they will be printed."""
        if self.form.errors() or not self._texts:
            return
        sheet, start = self._sheet(), self.picture.start()
        shown = self._texts[: _PREVIEW_SHEETS * sheet.count]
        pdf, result = self._write(shown)
        self.view.show_pdf(pdf)
        pages = -(-(start - 1 + len(self._texts)) // sheet.count)
        self._card.set_title(_("Preview"), _counted(len(self._texts), pages))
        notes = list(dict.fromkeys(result.warnings))[:2]
        if sheet.check:
            notes.append(_("Makers cut this sheet differently: print a test page first."))
        self._measure.setText("\n".join(notes))

    # --- what the buttons do

    def test_page(self) -> None:
        """A page of outlines to hold against the sheet."""
        pdf = BytesIO()
        labels.calibration_page(pdf, self._sheet(), *self._shift())
        self._to_printer(pdf.getvalue())

    def print_labels(self) -> None:
        """Print, then ask whether they came out well."""
        self._make(lambda pdf: self._ask_after(self._to_printer(pdf)))

    def save_pdf(self) -> None:
        """Into a file, for a printer elsewhere."""
        if not self.program.allows(self.host, Right.EXPORT):
            return
        suggested = _("Labels {day}.pdf").format(day=self.program.now().date().isoformat())
        where, _kind = QFileDialog.getSaveFileName(self, _("Save PDF"), suggested, "PDF (*.pdf)")
        if where:
            self._make(lambda pdf: self._into_file(with_ending(where, ".pdf"), pdf))

    def _into_file(self, where: Path, pdf: bytes) -> None:
        try:
            write_whole(where, pdf)
        except OSError as error:
            self.notice.refused(
                _("{file} cannot be written: {why}").format(file=where, why=error.strerror)
            )
            return
        self.notice.done(_("Saved: {title}").format(title=where.name))
        self._ask_after(True)

    def _make(self, done: Callable[[bytes], object]) -> None:
        """All labels, off this thread: a thousand take a while."""
        if not self.form.validate():
            return
        texts, sheet = list(self._texts), self._sheet()
        start, values = (self.picture.start(), *self._shift()), self.form.values()

        def work(report: background.Report, cancelled: Callable[[], bool]) -> bytes:
            def progress(drawn: int) -> None:
                if cancelled():
                    raise background.Cancelled
                report(drawn, len(texts))

            return write(texts, sheet, start, values, progress)[0]

        task = background.run(work, done, self._failed, self.progress.advance, self.progress.finish)
        self.progress.start(_("Making labels"), task.cancel)

    def _failed(self, error: Exception) -> None:
        raise error

    def _to_printer(self, pdf: bytes) -> bool:
        name = _("Labels {day}").format(day=self.program.now().date().isoformat())
        return printer.print_or_keep(
            self.host, self.program, "label", pdf, name, again=self.print_labels
        )

    def _ask_after(self, printed: bool) -> None:
        if printed:
            self.asked.set(_("Did the labels come out well?"), "info")
            self.yes.setFocus()

    def _came_out(self) -> None:
        ids, now = [row.id for row in self._rows], self.program.now()

        def act(session: Session) -> bool:
            print_queue.printed(session, print_queue.LABELS, ids, now)
            return True

        if self.program.attempt(self.host, act):
            text = ngettext("{n} copy labelled.", "{n} copies labelled.", len(ids))
            self.notice.done(text.format(n=language.number(len(ids))))
            self.leave()

    def _came_to_nothing(self) -> None:
        self.asked.set("")
        self.notice.look(_("They stay in the queue; shift the print and try again."))
        self.focus_first()

    def leave(self) -> None:
        """Back to the list, to the title if all labels are of one."""
        titles = {row.biblio_id for row in self._rows}
        self.finished.emit(titles.pop() if len(titles) == 1 else None)


def write(
    texts: Sequence[labels.LabelText],
    sheet: sheets.Sheet,
    start: tuple[int, float, float],
    values: dict[str, Any],
    progress: Callable[[int], None] | None = None,
) -> tuple[bytes, labels.LabelResult]:
    """The PDF of these labels and what is to be said of it; `start` is the first cell, then
    the shift right and down."""
    pdf = BytesIO()
    result = labels.write_labels(pdf, texts, sheet, *start, style_of(values), progress=progress)
    return pdf.getvalue(), result


def _counted(count: int, pages: int) -> str:
    text = ngettext("{n} label", "{n} labels", count).format(n=language.number(count))
    sheets_text = ngettext("{n} sheet", "{n} sheets", pages).format(n=language.number(pages))
    return f"{text} · {sheets_text}"

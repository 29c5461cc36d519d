"""The label of the title being described, as it will come out of the printer."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap
from PySide6.QtWidgets import QLabel

from database.policy import label_sheets
from desktop import pc, theme
from desktop.pages.labels import labels, sheets
from desktop.pages.labels.sheets import Sheet
from desktop.pdf import PdfPages
from desktop.program import Program
from desktop.widgets.card import Card
from desktop.widgets.text import Elided, label
from desktop.words.language import _

WIDTH = 300
_INNER = WIDTH - 34


class LabelPreview(Card):
    """A card with one label on the sheet this PC prints on."""

    def __init__(self, program: Program) -> None:
        super().__init__(_("Label"))
        self._program = program
        self.setFixedWidth(WIDTH)
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.picture.setAccessibleName(_("Label"))
        self._missing = label("", "small", wrap=True)
        self._sheet = Elided("", "small")
        self.body.addWidget(self.picture)
        self.body.addWidget(self._sheet)
        self.body.addWidget(self._missing)
        self.body.addStretch(1)

    def show_label(self, text: labels.LabelText, note: str) -> None:
        """Draw another label; `note` says what is still missing."""
        sheet = chosen_sheet(self._program)
        pdf = BytesIO()
        labels.write_labels(pdf, [text], alone(sheet))
        ratio = self.devicePixelRatioF()
        wide = min(_INNER, round(sheet.label_width * 4.2))
        drawn = QPixmap.fromImage(PdfPages(pdf.getvalue()).picture(0, round(wide * ratio)))
        drawn.setDevicePixelRatio(ratio)
        _outline(drawn)
        self.picture.setPixmap(drawn)
        self._sheet.set_text(_("Sheet: {name}").format(name=sheet.name))
        self._missing.setText(note)


def _outline(drawn: QPixmap) -> None:
    """Where the label will be cut: it must be seen on a white card too."""
    painter = QPainter(drawn)
    painter.setPen(QPen(theme.colour("edge"), 1, Qt.PenStyle.DashLine))
    size = drawn.deviceIndependentSize()
    painter.drawRect(QRectF(0.5, 0.5, size.width() - 1, size.height() - 1))
    painter.end()


def alone(sheet: Sheet) -> Sheet:
    """One label of a sheet as if it were the whole paper."""
    return replace(
        sheet,
        paper_width=sheet.label_width,
        paper_height=sheet.label_height,
        columns=1,
        rows=1,
        x0=0,
        y0=0,
        edge=0,
    )


def chosen_sheet(program: Program) -> Sheet:
    """The sheet this PC prints on, or the first there is."""
    known = sheets.all_sheets(program.read(label_sheets.own))
    return known.get(program.pc.get(pc.SHEET)) or next(iter(known.values()))

"""A page of help on paper."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument

from desktop import manual, theme
from desktop.printing.printer import print_or_keep
from desktop.program import Program
from desktop.screen import Screen

_MARGIN_MM = 20
_POINTS = 11  # read at arm's length beside the keyboard


def pdf_of(page: manual.Page) -> bytes:
    """The page as an A4 document with the program's own letters."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(page.title)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    writer.setPageMargins(margins, QPageLayout.Unit.Millimeter)
    letters = theme.font()
    letters.setPointSize(_POINTS)
    document = QTextDocument()
    document.setDefaultFont(letters)
    document.setMarkdown(page.text(), QTextDocument.MarkdownFeature.MarkdownNoHTML)
    document.print_(writer)
    buffer.close()
    return bytes(buffer.data().data())


def send(screen: Screen, program: Program, page: manual.Page) -> bool:
    """To the printer for papers; what none takes is kept, as with every paper."""
    return print_or_keep(screen, program, "paper", pdf_of(page), page.title)

"""A page painted for the printer is the page of the preview."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageChops
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from reportlab.pdfgen.canvas import Canvas

from desktop.pages.drawing import faces
from desktop.pages.labels.labels import write_labels
from desktop.pages.labels.sheets import all_sheets
from desktop.pdf import PdfPages
from desktop.printing.vectors import NotPaintable, paint_page
from tests.pages.examples import labels

WIDE = 1240
LIKE = 64
"""Shades of 255 that smoothing may move a sixth of a letter's height."""


def grey(image):
    plain = image.convertToFormat(QImage.Format.Format_Grayscale8)
    whole = Image.frombytes(
        "L", (plain.width(), plain.height()), bytes(plain.constBits()), "raw", "L",
        plain.bytesPerLine(), 1,
    )  # fmt: skip
    return whole.resize((plain.width() // 6, plain.height() // 6), Image.Resampling.BOX)


def painted(pdf, page=0):
    """A page as it is painted, and as PDFium draws it."""
    document = PdfPages(pdf)
    drawn = document.picture(page, WIDE)
    image = QImage(drawn.size(), QImage.Format.Format_RGB32)
    image.fill("white")
    painter = QPainter(image)
    try:
        paint_page(painter, document, page, QRectF(0, 0, image.width(), image.height()))
    finally:
        painter.end()
    return grey(image), grey(drawn)


def difference(pdf):
    ours, theirs = painted(pdf)
    return ImageChops.difference(ours, theirs).getextrema()[1]


def drawn_by(draw):
    faces.register()
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(200, 120))
    draw(canvas)
    canvas.save()
    return target.getvalue()


def art(canvas):
    canvas.setFillColorRGB(0.1, 0.4, 0.8)
    canvas.roundRect(10, 10, 60, 40, 8, stroke=1, fill=1)
    canvas.setLineWidth(3)
    canvas.setDash(6, 3)
    canvas.setLineCap(1)
    canvas.line(90, 20, 180, 60)
    canvas.setDash()
    canvas.circle(140, 90, 15, stroke=1, fill=0)
    path = canvas.beginPath()
    for x, y in ((20, 70), (60, 70), (60, 110), (20, 110)):
        (path.lineTo if path.getCode().strip() else path.moveTo)(x, y)
    path.close()
    canvas.drawPath(path, stroke=1, fill=1, fillMode=0)


def words(canvas):
    canvas.setFont(faces.BOLD, 14)
    canvas.drawString(10, 90, "Æther — Çelik 50 µg/mL")
    canvas.setFont(faces.FIGURES, 11)
    canvas.setFillColorRGB(0.7, 0.1, 0.1)
    canvas.drawRightString(190, 60, "1.111.471")
    canvas.saveState()
    canvas.translate(100, 10)
    canvas.rotate(35)
    canvas.setFont(faces.ITALIC, 10)
    canvas.drawString(0, 0, "miring")
    canvas.restoreState()
    text = canvas.beginText(10, 40)
    text.setFont(faces.REGULAR, 9)
    text.setCharSpace(2)
    text.textLine("renggang")
    canvas.drawText(text)


def form(canvas):
    canvas.beginForm("kop", 0, 0, 200, 120)
    canvas.setFont(faces.SEMIBOLD, 12)
    canvas.drawString(20, 60, "Kop surat")
    canvas.line(20, 56, 80, 56)
    canvas.endForm()
    canvas.doForm("kop")


def moved_form(canvas):
    canvas.translate(20, -30)
    form(canvas)


def picture(canvas):
    from reportlab.lib.utils import ImageReader

    image = Image.new("RGB", (40, 20), "white")
    image.paste((200, 30, 30), (0, 0, 20, 10))
    canvas.drawImage(ImageReader(image), 30, 20, 120, 80)


@pytest.mark.parametrize("draw", [art, words, form, moved_form, picture])
def test_lines_letters_forms_and_pictures_stand_where_they_stand(qapp, draw):
    ours, theirs = painted(drawn_by(draw))
    assert ours.getextrema()[0] < 200
    assert ImageChops.difference(ours, theirs).getextrema()[1] < LIKE


def test_labels_are_as_in_the_preview(qapp):
    target = io.BytesIO()
    write_labels(target, labels(21), all_sheets()["a4-3x7"])
    assert difference(target.getvalue()) < LIKE


def clipped(canvas):
    path = canvas.beginPath()
    path.rect(0, 0, 50, 50)
    canvas.clipPath(path)
    canvas.rect(10, 10, 100, 100, fill=1)


def clear(canvas):
    canvas.setFillAlpha(0.5)
    canvas.rect(10, 10, 100, 100, fill=1)


def foreign(canvas):
    canvas.drawString(10, 10, "Helvetica")


@pytest.mark.parametrize("draw", [clipped, clear, foreign])
def test_what_only_a_picture_shows_is_told_before_anything_is_painted(qapp, draw):
    image = QImage(200, 120, QImage.Format.Format_RGB32)
    image.fill("white")
    blank = image.copy()
    painter = QPainter(image)
    with pytest.raises(NotPaintable):
        paint_page(painter, PdfPages(drawn_by(draw)), 0, QRectF(image.rect()))
    painter.end()
    assert image == blank

from __future__ import annotations

import io

import pypdf
import pypdfium2
import pytest
import zxingcpp
from reportlab.pdfgen.canvas import Canvas

from desktop.pages.labels.labels import write_labels
from desktop.pages.labels.sheets import all_sheets
from desktop.printing.output import PrintFailed, paint, print_pdf, printers
from tests.pages.examples import labels

SHEETS = all_sheets()


@pytest.fixture
def printer(qapp, tmp_path):
    from PySide6.QtPrintSupport import QPrinter

    made = QPrinter(QPrinter.PrinterMode.HighResolution)
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(tmp_path / "printed.pdf"))
    made.setResolution(300)
    return made


@pytest.mark.parametrize("name", ["a4-3x7", "tj-103", "roll-50x30"])
def test_pages_are_printed_at_their_true_size(printer, tmp_path, name):
    sheet = SHEETS[name]
    texts = labels(min(4, sheet.count))
    target = io.BytesIO()
    write_labels(target, texts, sheet)
    paint(target.getvalue(), printer)
    (page,) = pypdf.PdfReader(tmp_path / "printed.pdf").pages
    size = [float(page.mediabox.width) * 25.4 / 72, float(page.mediabox.height) * 25.4 / 72]
    assert size == pytest.approx([sheet.paper_width, sheet.paper_height], abs=0.5)
    image = pypdfium2.PdfDocument(tmp_path / "printed.pdf")[0].render(scale=300 / 72).to_pil()
    read = {code.text: code for code in zxingcpp.read_barcodes(image)}
    assert set(read) == {text.barcode for text in texts}


def test_a_large_job_of_labels_is_small_and_holds_no_pictures(printer, tmp_path):
    sheet = SHEETS["a4-3x7"]
    source, target = tmp_path / "labels.pdf", tmp_path / "printed.pdf"
    write_labels(source, labels(26 * sheet.count), sheet)
    paint(source, printer)
    pages = pypdf.PdfReader(target).pages
    assert len(pages) == 26
    assert [page for page in pages if page.get("/Resources", {}).get("/XObject")] == []
    unpacked = sum(len(page.get_contents().get_data()) for page in pages)
    assert target.stat().st_size + unpacked < 5_000_000
    last = pypdfium2.PdfDocument(target)[25].render(scale=300 / 72).to_pil()
    assert len(zxingcpp.read_barcodes(last)) == sheet.count


def test_what_cannot_be_painted_is_printed_as_a_picture(printer, tmp_path):
    """Foreign letters, as from a PDF that we did not make."""
    source = io.BytesIO()
    canvas = Canvas(source, pagesize=(200, 100))
    canvas.drawString(20, 40, "Surat dari luar")
    canvas.save()
    paint(source.getvalue(), printer)
    (page,) = pypdf.PdfReader(tmp_path / "printed.pdf").pages
    assert len(page.images) == 1


def test_every_page_is_printed(printer, tmp_path):
    source = tmp_path / "labels.pdf"
    write_labels(source, labels(50), SHEETS["a4-3x7"])
    paint(source, printer, true_size=False)
    assert len(pypdf.PdfReader(tmp_path / "printed.pdf").pages) == 3


def test_what_is_no_pdf_is_refused(printer):
    with pytest.raises(PrintFailed):
        paint(b"not a pdf", printer)


def test_an_unknown_printer_is_refused(qapp):
    assert isinstance(printers(), list)
    with pytest.raises(PrintFailed):
        print_pdf(b"", "no such printer")


def test_no_test_reaches_a_printer_of_this_pc(qapp):
    with pytest.raises(PrintFailed):
        print_pdf(b"%PDF-1.4")

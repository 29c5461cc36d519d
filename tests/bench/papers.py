"""How long the great papers take: a register of 3,000 rows, and a first page to look at."""

from __future__ import annotations

import io
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from database.catalogue import titles
from database.demo import demo
from database.description import marc, marc_form
from database.holdings import accessions, item_facts, items
from database.library import Library
from desktop.pages.drawing import faces
from desktop.pages.registers import shelf_books
from desktop.papers import PAPERS
from desktop.pdf import PdfPages
from tests.bench.big_library import NOW

ROWS = 3_000
MANY = 100
"""Copies that may be added at once."""
Note = Callable[[str, str, str, str], None]


def measure(note: Note) -> None:
    """The register against its bare texts; then every paper's first page as a picture."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "papers.db"
        demo.build(path, NOW)
        library = Library.open(path)
        _fill(library)
        _register(library, note)
        _first_pages(library, note)
        library.close()


def _fill(library: Library) -> None:
    with library.transaction() as session:
        missing = ROWS - len(accessions.lines(session))
        values = {"title": "Buku ajar keperawatan", "main_author": "Sari, Dewi"}
        some = titles.add_biblio(session, marc_form.apply(marc.Record(), values), NOW)
        facts = item_facts.ItemFacts(accessioned_on=NOW.date())
        for at in range(0, missing, MANY):
            items.add_items(session, some, facts, min(MANY, missing - at), NOW)


def _register(library: Library, note: Note) -> None:
    with library.reading() as session:
        begin = time.perf_counter()
        shelf_books.write_register(io.BytesIO(), session, NOW)
        ours = time.perf_counter() - begin
        lines = accessions.lines(session)
    begin = time.perf_counter()
    _bare(lines)
    bare = time.perf_counter() - begin
    remark = f"{ours / bare:.1f}x the same texts bare"
    note(f"register of {len(lines):,} rows", f"{ours:.2f} s", "<= 3 s", remark)


def _bare(lines: list[accessions.Line]) -> None:
    """The same texts drawn straight, without layout."""
    faces.register()
    canvas = Canvas(io.BytesIO())
    for at, line in enumerate(lines):
        if at % 25 == 0:
            canvas.showPage()
            canvas.setFont(faces.REGULAR, 7.5)
        for column, text in enumerate(
            (
                line.number,
                line.barcode,
                line.title,
                line.contributors,
                line.publisher,
                line.call_number,
            )
        ):
            canvas.drawString(40 + column * 120, 560 - at % 25 * 20, text)
    canvas.save()


def _first_pages(library: Library, note: Note) -> None:
    """What the eye waits for: a paper made and its first page drawn 760 dots wide."""
    slowest = ("", 0.0)
    for paper in PAPERS.values():
        target = io.BytesIO()
        with library.reading() as session:
            paper.write(target, session, NOW + timedelta(days=1))
        begin = time.perf_counter()
        pages = PdfPages(target.getvalue())
        pages.picture(0, 760)
        took = time.perf_counter() - begin
        slowest = max(slowest, (paper.name, took), key=lambda one: one[1])
    name, took = slowest
    note("first page of a preview", f"{took * 1000:.0f} ms", "<= 300 ms", f"slowest: {name}")

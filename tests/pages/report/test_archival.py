"""A report's PDF to be kept for long: rules of PDF/A-3A that can be looked at from outside."""

from __future__ import annotations

import re
from datetime import datetime
from xml.etree import ElementTree

import pypdf
import pytest

from database.library import Library
from database.reports import periods
from desktop.pages.report.month import write_month
from desktop.words import language
from tests.libraries import WIB

FEBRUARY = datetime(2027, 2, 3, 9, 0, tzinfo=WIB)
DC, PDFA = "{http://purl.org/dc/elements/1.1/}", "{http://www.aiim.org/pdfa/ns/id/}"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"


@pytest.fixture(scope="module")
def report(lived_file, tmp_path_factory):
    """A closed report of the demo, read back."""
    language.use("id")
    folder = tmp_path_factory.mktemp("archival")
    place = folder / "library.db"
    place.write_bytes(lived_file.read_bytes())
    with_path = folder / "laporan.pdf"
    library = Library.open(place)
    try:
        with library.reading() as session:
            counted = periods.counted(session, "2026-10", FEBRUARY)
        with library.transaction() as session:
            periods.close(session, counted, "1.0", FEBRUARY)
        with library.reading() as session:
            month, closed = periods.month_of(session, "2026-10", FEBRUARY.date())
            write_month(with_path, session, month, FEBRUARY.date(), closed)
    finally:
        library.close()
    return pypdf.PdfReader(with_path)


def test_metadata_say_the_same_twice(report):
    root = ElementTree.fromstring(
        re.sub(rb"<\?xpacket.*?\?>", b"", report.trailer["/Root"]["/Metadata"].get_data())
    )
    about = root.find(f"{RDF}RDF/{RDF}Description")
    assert (about.find(f"{PDFA}part").text, about.find(f"{PDFA}conformance").text) == ("3", "A")
    for name, info in (("title", "/Title"), ("creator", "/Author"), ("description", "/Subject")):
        (said,) = about.find(f"{DC}{name}").iter(f"{RDF}li")
        assert said.text == report.metadata[info], name
    created = about.find("{http://ns.adobe.com/xap/1.0/}CreateDate").text
    assert datetime.fromisoformat(created) == report.metadata.creation_date
    assert report.trailer["/ID"]


def test_colours_fonts_and_files_are_as_the_standard_wants(report):
    root = report.trailer["/Root"]
    (intent,) = root["/OutputIntents"]
    intent = intent.get_object()
    assert intent["/S"] == "/GTS_PDFA1"
    assert intent["/DestOutputProfile"].get_data()[36:40] == b"acsp"
    assert report.pdf_header == "%PDF-1.7"
    for page in report.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            assert "/FontFile2" in font.get_object()["/FontDescriptor"], font.get_object()
        assert "/Trans" not in page
    files = [one.get_object() for one in root["/AF"]]
    assert len(files) == 2
    for one in files:
        assert {"/F", "/UF", "/AFRelationship"} <= set(one)
        assert one["/EF"]["/F"].get_object()["/Params"]["/ModDate"].startswith("D:")
    assert "/Encrypt" not in report.trailer


def test_nothing_runs_and_every_field_has_an_appearance(report):
    fields = [
        note.get_object() for page in report.pages for note in page.get("/Annots", ())
        if note.get_object()["/Subtype"] == "/Widget"
    ]  # fmt: skip
    assert fields
    assert all("/N" in one["/AP"] and one["/F"] == 4 for one in fields)
    raw = str(report.trailer["/Root"])
    assert "/JavaScript" not in raw
    assert "/OpenAction" not in raw


def test_each_table_is_a_bookmark(report):
    titles = [one.title for one in report.outline]
    assert titles[0].startswith("Gambar 1.")
    assert [one for one in titles if one.startswith("Tabel 4.")]
    pages = [report.get_destination_page_number(one) for one in report.outline]
    assert pages == sorted(pages)


def elements(one, kind=None):
    """Every element below `one`, in the order of reading."""
    held = one.get("/K", [])
    for piece in held if isinstance(held, list) else [held]:
        piece = piece.get_object()
        if isinstance(piece, dict) and "/S" in piece:
            if kind in (None, piece["/S"]):
                yield piece
            yield from elements(piece, kind)


def drawn(report, page):
    """What each marked content of a page says, by its number; "" for artifacts together."""
    found, stack = {}, []
    content = pypdf.generic.ContentStream(report.pages[page].get_contents(), report)
    for operands, operator in content.operations:
        if operator in (b"BDC", b"BMC"):
            stack.append(operands[1]["/MCID"] if operator == b"BDC" else "")
        elif operator == b"EMC":
            stack.pop()
        elif operator in (b"Tj", b"TJ", b"Do", b"f", b"S", b"re"):
            assert stack, f"page {page}: {operator!r} is neither named nor an artifact"
            found.setdefault(stack[-1], 0)
            found[stack[-1]] += operator in (b"Tj", b"TJ")
    assert not stack
    goes_on = "(lanjutan)" in report.pages[page].extract_text()
    assert goes_on or not found.get(""), f"page {page}: words that nobody named"
    return found


def test_every_word_belongs_to_an_element_and_each_element_finds_its_words(report):
    root = report.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    tree = root["/StructTreeRoot"]
    numbers = tree["/ParentTree"]["/Nums"]
    above = dict(zip(numbers[::2], numbers[1::2], strict=True))
    for at, page in enumerate(report.pages):
        mine = above[page["/StructParents"]].get_object()
        found = drawn(report, at)
        assert set(found) - {""} <= set(range(len(mine)))
        for number, element in enumerate(mine):
            held = element.get_object()["/K"]
            held = held if isinstance(held, list) else [held]
            assert number in [one if isinstance(one, int) else one["/MCID"] for one in held]


def test_headings_tables_and_pictures_are_named(report):
    (document,) = report.trailer["/Root"]["/StructTreeRoot"]["/K"]
    kinds = [one["/S"] for one in elements(document.get_object())]
    assert kinds.index("/H1") < kinds.index("/H2")
    assert kinds.count("/H2") == len(report.outline)
    figures = [one["/Alt"] for one in elements(document.get_object(), "/Figure")]
    assert any("Okt 2026: " in one and "kunjungan" in one for one in figures)
    assert kinds.count("/Form") == len(report.get_fields())


def test_each_row_of_a_table_has_as_many_cells_as_its_head(report):
    (document,) = report.trailer["/Root"]["/StructTreeRoot"]["/K"]
    tables = list(elements(document.get_object(), "/Table"))
    assert len(tables) > 10
    for table in tables:
        from_above, wide = 0, set()
        for row in elements(table, "/TR"):
            across, from_above = from_above, 0
            for cell in elements(row):
                told = cell.get("/A", {})
                far = told.get("/ColSpan", 1)
                across += far
                if told.get("/RowSpan", 1) > 1:
                    from_above += far
            wide.add(across)
        assert len(wide) == 1, table
        first = next(elements(table, "/TR"))
        assert {one["/S"] for one in elements(first)} == {"/TH"}
        assert all(one["/A"]["/Scope"] == "/Column" for one in elements(first))

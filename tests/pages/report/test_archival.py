"""A report's PDF to be kept for long: rules of PDF/A-3B that can be looked at from outside."""

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
    assert (about.find(f"{PDFA}part").text, about.find(f"{PDFA}conformance").text) == ("3", "B")
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

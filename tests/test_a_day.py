"""The first working day, end to end, on a fresh PC: from real MARC to the report for the dinas."""

from __future__ import annotations

import io
from datetime import datetime, timedelta

import pypdfium2
import pytest
import zxingcpp
from pypdf import PdfReader

from database.catalogue import titles
from database.circulation import identify, lending, visits
from database.description import iso2709, marc, marc_form
from database.holdings import item_facts, item_list, items
from database.imports import importing
from database.library import Library, restore
from database.patrons import membership
from database.policy.house import ProfileFacts, Signer, save_signer
from database.reports import statistics
from database.search import search
from database.storage import checks
from desktop.pages.labels import labels, sheets
from desktop.pages.report.month import write_month
from tests.libraries import WIB


@pytest.fixture
def morning():
    return datetime(2027, 1, 4, 8, 0, tzinfo=WIB)


def scanned(pdf: bytes) -> list[str]:
    """What a scanner reads from the printed sheet, at a label printer's 300 dpi."""
    page = pypdfium2.PdfDocument(pdf)[0]
    picture = page.render(scale=300 / 72, no_smoothpath=True, no_smoothtext=True).to_pil()
    return sorted(found.text for found in zxingcpp.read_barcodes(picture))


def words(pdf: bytes) -> str:
    return " ".join(
        " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split()
    )


def test_the_first_working_day(tmp_path, morning):
    where = tmp_path / "perpustakaan.db"
    profile = ProfileFacts(
        "Perpustakaan RSUD Bhakti Sehat",
        "RSUD-BS",
        "RSUD Bhakti Sehat",
        city="Mandala",
        dinas="Dinas Perpustakaan dan Kearsipan Kota Mandala",
    )
    library = Library.create(where, profile, morning)
    bought = marc_form.apply(
        marc.Record(),
        {
            "title": "Penatalaksanaan HIV dan TBC pada ibu hamil",
            "isbn": "9786020000015",
            "main_author": "Prawirohardjo, Sarwono",
            "classification": "618.3",
            "year": "2024",
        },
    )
    (tmp_path / "lama.mrc").write_bytes(iso2709.serialise(bought) + b"00099 rusak\x1d")

    # She brings the old catalogue in; the damaged record is told, the good one is found.
    with library.transaction() as session:
        brought = importing.run(session, [tmp_path / "lama.mrc"], morning)
    assert (brought.added, len(brought.refused)) == (1, 1)
    with library.reading() as session:
        (found,) = search.search(session, "TBC ibu").rows

    # Two copies, their labels printed from the fifth cell on; each barcode reads itself.
    with library.transaction() as session:
        items.add_items(session, found.id, item_facts.ItemFacts(source="gift"), 2, morning)
    with library.reading() as session:
        copies = item_list.items_to_label(session, only_new=True)
    sheet = sheets.all_sheets()["a4-3x7"]
    printed = io.BytesIO()
    labels.write_labels(printed, [labels.label_of(c, profile.name) for c in copies], sheet, start=5)
    assert scanned(printed.getvalue()) == ["B000001", "B000002"]
    assert "618.3 PRA p" in words(printed.getvalue())

    # A nurse and a ward; lent by their codes, one given back, one still out in February.
    with library.transaction() as session:
        membership.enrol(
            session, membership.PatronFacts("Ns. Rina Wati", "nurse", sex="f"), morning
        )
        membership.enrol(session, membership.PatronFacts("Ruang Mawar", "ward"), morning)
        save_signer(
            session, Signer("librarian", "Pustakawan", "Dewi Lestari", "1", morning.date()), morning
        )
        visits.count_visit(session, "nurse", morning)
    with library.transaction() as session:
        due = lending.check_out(session, "m0001", "b000001", morning).due_on
        lending.check_out(session, "W001", "B000002", morning)
    assert due == morning.date() + timedelta(days=14)
    with library.transaction() as session:
        lending.check_in(session, "B000001", morning + timedelta(days=3))

    # The month for the dinas: the figures, and the same figures on paper.
    with library.reading() as session:
        month = statistics.month(session, "2027-01")
        paper = io.BytesIO()
        write_month(paper, session, month, datetime(2027, 2, 1, tzinfo=WIB).date())
    assert (month.loans.now, month.visits.now, month.copies.now) == (2, 1, 2)
    assert {row.category: row.lent for row in month.tables["circulation"]} == {
        "nurse": 1,
        "ward": 1,
    }
    told = words(paper.getvalue())
    for text in (
        "JANUARI 2027",
        "Dinas Perpustakaan dan Kearsipan Kota Mandala",
        "Dewi Lestari",
        "belum ada data",
        "Penatalaksanaan HIV dan TBC pada ibu hamil",
    ):
        assert text in told, text

    # At night the backup is made; on a new PC everything is there.
    contents = library.backup(tmp_path / "stick" / "cadangan.db")
    library.close()
    assert restore(tmp_path / "stick" / "cadangan.db", tmp_path / "baru.db") == contents
    again = Library.open(tmp_path / "baru.db")
    with again.reading() as session:
        assert checks.check(session) == []
    with again.reading() as session:
        assert titles.counts(session) == (1, 2)
        assert identify.find_item(session, "B000002").patron_name == "Ruang Mawar"
    again.close()

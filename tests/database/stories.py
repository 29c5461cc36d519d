"""The people and books of the acceptance stories (all invented)."""

from __future__ import annotations

from datetime import date, time

from database.catalogue import titles
from database.description import marc, marc_form
from database.holdings import item_facts, items
from database.patrons import membership
from database.policy import house

BOOKS = (
    # barcode, form values, item type
    ("B000001", {"isbn": "9786020000015", "title": "Buku Ajar Ilmu Penyakit Dalam",
                 "volume": "Jilid 1", "main_author": "Setiati, Siti", "classification": "616",
                 "place": "Jakarta", "publisher": "InternaPublishing", "year": "2014"}, "book"),
    ("B000010", {"isbn": "9786020000022", "title": "Ilmu Kebidanan",
                 "main_author": "Prawirohardjo, Sarwono", "classification": "618.2"}, "book"),
    ("B000011", {"isbn": "9786020000039", "title": "Farmakologi dan Terapi",
                 "main_author": "Gunawan, Sulistia Gan", "classification": "615.1"}, "book"),
    ("B000012", {"isbn": "9786020000046", "title": "Keperawatan Medikal-Bedah",
                 "main_author": "Smeltzer, Suzanne C.", "classification": "610.73"}, "book"),
    ("B000020", {"isbn": "9786020000053", "title": "Laskar Pelangi",
                 "main_author": "Hirata, Andrea", "classification": "899.221 3"}, "book"),
    ("B000099", {"isbn": "9786020000060", "title": "Kamus Kedokteran Dorland",
                 "main_author": "Dorland, W. A. Newman", "classification": "610.3"}, "reference"),
)  # fmt: skip
PATRONS = (
    ("M0001", "Ns. Rina Wati, S.Kep.", "nurse", {"valid_until": date(2027, 12, 31), "sex": "f"}),
    ("M0002", "dr. Bagus Santoso", "doctor", {"valid_until": date(2027, 12, 31), "sex": "m"}),
    ("M0003", "Fikri Ramadhan", "student", {"valid_until": date(2027, 3, 31), "sex": "m"}),
    (
        "M0004",
        "Ibu Sri",
        "family",
        {"valid_until": date(2027, 1, 15), "joined_on": date(2027, 1, 1)},
    ),
    ("W-MAWAR", "Ruang Mawar", "ward", {"unit": "Mawar"}),
    ("W-ANGGREK", "Ruang Anggrek", "ward", {"unit": "Anggrek"}),
)


def furnish(library, now):
    """Fill an empty library; the librarian is there Monday to Friday."""
    with library.transaction() as session:
        week = dict.fromkeys(range(5), (time(7, 30), time(16)))
        house.save_hours(session, week, now)
        for barcode, values, item_type in BOOKS:
            record = marc_form.apply(marc.Record(), values)
            biblio_id = titles.add_biblio(session, record, now)
            status = "reference" if item_type == "reference" else "in_service"
            facts = item_facts.ItemFacts(barcode=barcode, item_type=item_type, status=status)
            items.add_items(session, biblio_id, facts, 1, now)
        for number, name, category, more in PATRONS:
            facts = membership.PatronFacts(name, category, number=number, **more)
            membership.enrol(session, facts, now)

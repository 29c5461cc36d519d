"""Rows of a library of the very first version, as its tables were then; plain SQL on purpose:
today's code must not be needed to write what today's code must be able to read."""

from sqlalchemy import text

from database.engine import engines
from database.storage import places

MARC = (
    '{"leader":"00000nam a2200000 a 4500","fields":['
    '{"082":{"ind1":"0","ind2":"4","subfields":[{"a":"613.2"}]}},'
    '{"100":{"ind1":"1","ind2":" ","subfields":[{"a":"Suryani, Tri"}]}},'
    '{"245":{"ind1":"1","ind2":"0","subfields":[{"a":"Gizi"}]}}]}'
)
FIRST_VERSION = (
    "INSERT INTO profile (id, name, short_name, hospital, government, city, address, phone, email,"
    " dinas, demo) VALUES (1, 'Lama', 'LAMA', '', '', '', '', '', '', '', false)",
    "INSERT INTO patron_category (id, code, name, kind, audience, position, active)"
    " VALUES (1, 'nurse', 'Perawat', 'person', 'staff', 1, true)",
    "INSERT INTO patron (id, number, kind, category_id, name, name_key, search_key, sex, unit,"
    " institution, phone, note, joined_on, blocked_reason, created_at) VALUES (1, 'M0001',"
    " 'person', 1, 'Rina', 'rina', ' rina m0001', '', '', '', '0812 3456-7890', '', '2026-01-04',"
    " '', '2026-01-04 02:00:00')",
    "INSERT INTO biblio (id, marc, title, title_key, match_key, contributors, edition, place,"
    " publisher, year, extent, series, isbn, issn, classification, nlm, call_number, language,"
    f" material, created_at, created_on, updated_at) VALUES (1, '{MARC}', 'Gizi', 'gizi',"
    " 'gizi|suryani tri||', 'Suryani, Tri', '', '', '', 2019, '', '', '', '', '613.2', '',"
    " '613.2 SUR g', 'ind', 'book', '2026-01-04 02:00:00', '2026-01-04', '2026-01-04 02:00:00')",
    "INSERT INTO item (id, biblio_id, barcode, call_number, volume, copy_number, item_type,"
    " class_group, location, ownership, source, supplier, accessioned_on, status, note, created_at)"
    " VALUES (1, 1, 'B000001', '613.2 SUR g', '', 1, 'book', '613', '', 'hospital', 'purchase', '',"
    " '2026-01-04', 'in_service', '', '2026-01-04 02:00:00')",
    "INSERT INTO loan (id, item_id, patron_id, lent_at, lent_on, due_on, renewals, category, unit,"
    " item_type, class_group) VALUES (1, 1, 1, '2027-01-05 02:00:00', '2027-01-05', '2027-01-19',"
    " 0, 'nurse', '', 'book', '613')",
)


def make(where: str) -> None:
    """A library as the first version of all made it: a title, a copy, a patron, a loan."""
    with places.new_place(where) as building:
        engine = engines.connect(building)
        places.migrate(engine, "0001")
        with engine.begin() as connection:
            for statement in FIRST_VERSION:
                connection.execute(text(statement.replace(":", r"\:")))
        engine.dispose()

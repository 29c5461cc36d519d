"""Lists as libraries have them: where the heading stands, which column is what, what is a row."""

from __future__ import annotations

from datetime import date

import pytest

from database.description.projection import project
from database.exchange.file_format import Sheet
from database.sources import cells, copies, fields, people, shapes, titles
from database.sources.fields import Kind
from database.sources.table import Other
from database.vocabulary import ItemStatus, Source

TODAY = date(2026, 11, 30)


def read(*rows):
    return shapes.read(Sheet("", [list(row) for row in rows]))


def meanings(table):
    return [one.field for one in table.columns]


def books(*rows):
    return list(titles.of_table(read(*rows), TODAY))


STAFF = (
    ["DAFTAR PEGAWAI RSUD CONTOH"],
    ["Keadaan: November 2026"],
    [],
    ["No", "Nama Pegawai", "NIK", "NIP", "Unit Kerja", "Agama", "Tanggal Lahir", "Diagnosa"],
    ["1", "Dewi Contoh", "3201010101010001", "19850302", "ICU", "Islam", "1985-03-02", "HIV"],
    ["2", "Budi Contoh", "3201010101010002", "19871104", "IGD", "Hindu", "1987-11-04", "TB"],
    ["No", "Nama Pegawai", "NIK", "NIP", "Unit Kerja", "Agama", "Tanggal Lahir", "Diagnosa"],
    ["3", "Sinta Contoh", "3201010101010003", "19900101", "VK", "Islam", "1990-01-01", ""],
    ["JUMLAH", "3"],
    [],
    ["", "", "", "", "Mengetahui,"],
    ["", "", "", "", "Kepala Bagian SDM"],
    [],
    ["", "", "", "", "NIP. 196001011985031001"],
)


def test_a_letterhead_a_heading_again_a_total_and_signatures_are_no_people():
    table = read(*STAFF)
    assert (table.kind, table.heading) == (Kind.PATRONS, 4)
    assert [at for at, _row in table.rows] == [5, 6, 8]
    told = dict(table.others)
    assert (told[1], told[2]) == (Other.ABOVE, Other.ABOVE)
    assert (told[4], told[7]) == (Other.HEADING, Other.HEADING)
    assert told[9] is Other.TOTAL
    assert {told[at] for at in (11, 12, 14)} == {Other.BELOW}
    # Every line that says something is a row or told.
    assert len(table.rows) + len(table.others) == sum(any(row) for row in STAFF)


def test_identity_and_health_are_never_read_whatever_is_asked():
    table = read(*STAFF)
    assert {one.heading for one in table.left_out} == {"NIK", "Agama", "Tanggal Lahir", "Diagnosa"}
    assert all(one.samples == () for one in table.left_out)
    mapped = table.mapped({2: "staff_number", 7: "institution", 6: "joined_on"})
    said = [(row.values, row.days) for row in people.of_table(mapped)]
    for secret in ("3201010101010001", "HIV", "Islam", "1985-03-02"):
        assert secret not in str(said)
    assert said[0][0] == {"name": "Dewi Contoh", "staff_number": "19850302", "unit": "ICU"}


@pytest.mark.parametrize(
    "heading",
    [
        "NIK", "No. KTP", "Nomor KK", "NO KARTU KELUARGA", "No RM", "No. Rekam Medis", "NO BPJS",
        "Diagnosa", "Diagnosis Utama", "Kode ICD-10", "Agama", "Nama Ibu Kandung", "IBU KANDUNG",
        "Tanggal Lahir", "Tgl. Lahir", "Tempat, Tanggal Lahir", "TTL", "Umur", "Alamat Rumah",
        "ALAMAT SESUAI KTP", "RT/RW", "Status Perkawinan", "dateofbirth", "member_address", "pin",
        "NPWP", "Golongan Darah", "password", "Tgl Masuk", "Tanggal Pulang",
    ],
)  # fmt: skip
def test_what_the_program_promises_not_to_hold(heading):
    assert fields.meant(heading, Kind.PATRONS) == fields.PRIVATE


@pytest.mark.parametrize(
    ("heading", "kind", "field"),
    [
        ("Nama Pasien", Kind.PATRONS, "name"), ("NAMA SISWA", Kind.PATRONS, "name"),
        ("Nama Lengkap dan Gelar", Kind.PATRONS, "name"), ("No. HP/WA", Kind.PATRONS, "phone"),
        ("Alamat Email", Kind.PATRONS, "email"), ("N I P", Kind.PATRONS, ""),
        ("NO_ANGGOTA", Kind.PATRONS, "number"), ("expire_date", Kind.PATRONS, "valid_until"),
        ("Judul Buku*", Kind.TITLES, "title"), ("Th. Terbit", Kind.TITLES, "year"),
        ("JUDUL_UTAMA", Kind.TITLES, "title"), ("No. Inventaris", Kind.TITLES, "accession_number"),
        ("Jml Eks", Kind.TITLES, "copies"), ("Kota Terbit", Kind.TITLES, "place"),
        ("Nomor Panggil", Kind.TITLES, "call_number"), ("Kelas DDC", Kind.TITLES, "classification"),
        ("Harga (Rp)", Kind.TITLES, "price"), ("TGL PENGADAAN", Kind.TITLES, "acquired_on"),
    ],
)  # fmt: skip
def test_headings_as_libraries_write_them(heading, kind, field):
    assert fields.meant(heading, kind) == field


def test_books_are_no_people_and_people_no_books():
    assert read(["Nama", "Pengarang", "Penerbit"], ["Gizi", "Sunita", "EGC"]).kind is Kind.TITLES
    assert read(["Nama", "NIP"], ["Dewi", "1985"]).kind is Kind.PATRONS
    assert read(["Judul", "Nama Pengarang"], ["Gizi", "Sunita"]).kind is Kind.TITLES
    assert read(["Tanggal", "Nama", "Instansi", "Keperluan"], ["1", "Dewi", "x", "y"]).kind is None
    unknown = read(["Kolom A", "Kolom B"], ["satu", "dua"])
    assert (unknown.kind, unknown.heading) == (None, 0)


def test_two_lines_of_headings_are_one():
    table = read(
        ["DATA BUKU", "", "", "DATA EKSEMPLAR", ""],
        ["Judul", "Pengarang", "ISBN", "No Barcode", "Harga"],
        ["Gizi", "Sunita", "", "B1", "75.000,00"],
    )
    assert meanings(table) == ["title", "authors", "isbn", "barcodes", "price"]
    assert [at for at, _row in table.rows] == [3]


def test_slims_without_headings_is_known_by_its_cells():
    rows = [
        ["Buku A", "Text", "", "978-979-084-075-1", "EGC", "2012", "", "", "610 ABC b", "Indonesia",
         "Jakarta", "610", "14", "", "", "<Sri Pujiyanto><Danang>", "<Gizi>", "<B1><B2>"],
        ["Buku B", "Text", "", "", "EGC", "2013", "", "", "", "Indonesia", "Jakarta", "", "", "",
         "", "<Sugiyanto>", "", "<B3>"],
    ]  # fmt: skip
    table = read(*rows)
    assert (table.kind, table.shape, table.heading) == (Kind.TITLES, "slims_titles", 0)
    first, second = titles.of_table(table, TODAY)
    facts = project(first.record)
    assert (facts.title, facts.contributors) == ("Buku A", "Pujiyanto, Sri; Danang")
    assert [copy.barcode for copy in first.copies] == ["B1", "B2"]
    assert first.call_number == "610 ABC b"
    # A note of which SLiMS has kept the length alone.
    assert first.doubts == ("note_lost",)
    assert [at.position for at in (first, second)] == [1, 2]


def test_a_list_of_isbns_typed_or_scanned():
    rows = (["ISBN"], ["9789790840751"], ["978-602-6220-61-5; 9789790840621"], ["0764541668"])
    table = read(*rows, ["bukan"])
    assert table.kind is Kind.ISBNS
    *told, wrong = titles.of_table(table, TODAY)
    assert (wrong.record, wrong.reason) == (None, "isbn_invalid")
    assert {one.record.get("020", "a") for one in told} == {
        "9789790840751", "9786026220615", "9789790840621", "9780764541667",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "day", "readable"),
    [
        ("2027-02-05", date(2027, 2, 5), True), ("05/02/2027", date(2027, 2, 5), True),
        ("5 Februari 2027", date(2027, 2, 5), True), ("12/31/2027", date(2027, 12, 31), True),
        ("46419", date(2027, 2, 1), True), ("2014-11-14 10:37:56", date(2014, 11, 14), True),
        ("0000-00-00", None, True), ("-", None, True), ("seumur hidup", None, True),
        ("", None, True),
        ("31/02/2027", None, False), ("besok", None, False),
    ],
)  # fmt: skip
def test_days_in_every_spelling(text, day, readable):
    assert cells.day(text) == (day, readable)


@pytest.mark.parametrize("text", ["1,98503E+17", "1.98711042015031E+17", "198503022010012000"])
def test_a_number_that_a_spreadsheet_has_rounded_is_left_out_and_told(text):
    table = read(["Nama", "NIP"], ["Dewi", text])
    [row] = people.of_table(table)
    assert (row.text("staff_number"), row.doubts) == ("", ("number_rounded",))


def test_names_in_parts_telephones_and_days():
    table = read(
        [
            "cardnumber",
            "surname",
            "firstname",
            "phone",
            "mobile",
            "sex",
            "categorycode",
            "dateexpiry",
        ],
        ["012", "Wulandari", "Sri", "0711-555123", "081234567890", "F", "ST", "2027-01-10"],
    )
    assert table.shape == "koha_members"
    [row] = people.of_table(table)
    assert row.values == {"number": "012", "name": "Sri Wulandari", "phone": "081234567890",
                          "sex": "f", "category": "ST"}  # fmt: skip
    assert row.days == {"valid_until": date(2027, 1, 10)}


HEADS = [
    "Judul",
    "Pengarang",
    "Jml",
    "No Induk",
    "Barcode",
    "Kondisi",
    "Sumber",
    "Harga",
    "Halaman",
]


@pytest.mark.parametrize(
    ("row", "numbers"),
    [
        (["A", "X", "2", "0012/H/2016 - 0013/H/2016"], ["0012/H/2016", "0013/H/2016"]),
        (["A", "X", "3", "001; 002; 003"], ["001", "002", "003"]),
        (["A", "X", "", "7"], ["7"]),
        (["A", "X", "2", ""], ["", ""]),
        (["A", "X", "0", ""], []),
    ],
)
def test_copies_by_their_numbers_or_their_count(row, numbers):
    [told] = books(HEADS, row)
    assert [copy.accession_number for copy in told.copies] == numbers


def test_pages_in_the_column_of_copies_make_no_hundreds():
    [told] = books(HEADS, ["A", "X", "140", "", "B1", "", "", "", "140"])
    assert [copy.barcode for copy in told.copies] == ["B1"]
    assert "count_doubtful" in told.doubts


def test_condition_source_and_price():
    [told] = books(HEADS, ["A", "X", "", "1", "b 1", "Hilang", "Hibah Dinas", "Rp 75.000,-"])
    [copy] = told.copies
    assert (copy.status, copy.source, copy.price) == (ItemStatus.MISSING, Source.GIFT, 75000)
    assert copy.barcode == "B 1"
    [told] = books(HEADS, ["A", "X", "", "1", "B1", "sampul sobek"])
    assert (told.copies[0].status, told.copies[0].note) == (ItemStatus.IN_SERVICE, "sampul sobek")


def test_the_same_row_says_the_same_title_every_time():
    rows = [HEADS, ["A", "X", "1"], ["A", "X", "1"], ["A", "Y", "1"]]
    marks = [told.record.get("035", "a") for told in books(*rows)]
    assert marks[0] == marks[1] != marks[2]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Hidayat, A. Aziz Alimul", ["Hidayat, A. Aziz Alimul"]),
        ("Alimul Hidayat, A. Aziz", ["Alimul Hidayat, A. Aziz"]),
        ("J.K. Rowling, Mary GrandPré", ["J.K. Rowling", "Mary GrandPré"]),
        ("Nur Salimi, S. Far., Apt dkk", ["Nur Salimi"]),
        ("Budi Santoso & Sri Wahyuni, dkk.", ["Budi Santoso", "Sri Wahyuni"]),
        ("<Sri Pujiyanto><Danang>", ["Sri Pujiyanto", "Danang"]),
        ("Potter, Patricia A.; Perry, Anne G.", ["Potter, Patricia A.", "Perry, Anne G."]),
    ],
)
def test_persons_of_a_cell(cell, names):
    from database.sources.books import people as persons

    assert persons(cell) == names


def test_copies_of_no_row_are_none():
    assert copies.of({"title": "A"}) == ([], [])


def test_goodreads_numbers_come_out_of_their_formulas():
    table = read(
        ["Book Id", "Title", "Author", "ISBN", "ISBN13", "Year Published", "Exclusive Shelf",
         "Bookshelves", "Owned Copies"],
        ["1", "Gizi", "Sunita Almatsier", '="0764541668"', '="9780764541667"', "2004", "read",
         "gizi, klinik", "0"],
    )  # fmt: skip
    assert table.shape == "goodreads"
    [told] = titles.of_table(table, TODAY)
    assert [one.get("a") for one in told.record.each("020")] == ["9780764541667"]
    assert [one.get("a") for one in told.record.each("650")] == ["gizi", "klinik"]
    assert (told.copies, told.doubts) == ([], ())


def test_an_isbn_that_was_rounded_is_told_and_left_out():
    [told] = books(["Judul", "ISBN"], ["Gizi", "9,78602E+12"])
    assert (told.doubts, list(told.record.each("020"))) == (("isbn_rounded",), [])

"""Files of cells, in every habit: what a file is stands in it, never in its name."""

from __future__ import annotations

import gzip
import sqlite3
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from database.exchange import found, pasted
from database.refusal import Reason, Refusal


def sheet(rows, **more):
    book = openpyxl.Workbook()
    page = book.active
    for row in rows:
        page.append(row)
    for place in more.get("merged", ()):
        page.merge_cells(place)
    for name in more.get("hidden", ()):
        book.create_sheet(name).sheet_state = "hidden"
    return book


@pytest.mark.parametrize(
    ("text", "rows", "separator"),
    [
        ("sep=;\nNama;NIP\nDewi, S.Kep.;1\n", [["Nama", "NIP"], ["Dewi, S.Kep.", "1"]], ";"),
        ("Judul\tISBN\r\nA; B, C\t1\r\n", [["Judul", "ISBN"], ["A; B, C", "1"]], "\t"),
        ("a|b|c\n1|2|3\n", [["a", "b", "c"], ["1", "2", "3"]], "|"),
        ('Nama,Unit\n"Dewi, S.Kep.",ICU\n', [["Nama", "Unit"], ["Dewi, S.Kep.", "ICU"]], ","),
        ('a,b\n"kata ""kutip""",2\n', [["a", "b"], ['kata "kutip"', "2"]], ","),
        ('"a","b"\n"dua\nbaris","2"\n', [["a", "b"], ["dua baris", "2"]], ","),
        # SLiMS: quotes inside as they are, or behind a backslash; a separator too many.
        ('"a","b",\n"kata "kutip"","2"\n', [["a", "b", ""], ['kata "kutip"', "2"]], ","),
        ('"a","b"\n"bangsal \\"Mawar\\"","2"\n', [["a", "b"], ['bangsal "Mawar"', "2"]], ","),
        ('"a","b"\n"C:\\","2"\n', [["a", "b"], ["C:\\", "2"]], ","),
        ('"a","b"\n"","2"\n"x",""\n', [["a", "b"], ["", "2"], ["x", ""]], ","),
        ("'a','b'\n'O''Neill; \"x\"','2'\n", [["a", "b"], ["O'Neill; \"x\"", "2"]], ","),
        # A quote that nothing closes is only a sign.
        ('ukuran,judul\n5" disket,Satu\n"belum,Dua\n',
         [["ukuran", "judul"], ['5" disket', "Satu"], ['"belum', "Dua"]], ","),
    ],
)  # fmt: skip
def test_text_is_read_in_the_habit_it_is_written_in(text, rows, separator):
    table = pasted.table_of(text)
    assert (table.rows, table.separator) == (rows, separator)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_every_encoding_of_a_spreadsheet_is_read(tmp_path, encoding):
    path = tmp_path / "daftar.txt"
    path.write_bytes("Nama;NIM\r\nD’Arcy é;1\r\n".encode(encoding))
    assert found.rows_of(path) == [["Nama", "NIM"], ["D’Arcy é", "1"]]


def test_one_bad_byte_is_no_other_encoding(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("Judul,Penerbit\nÉtude é è,x\n".encode() + b"Caf\xe9,y\n")
    assert found.rows_of(path) == [["Judul", "Penerbit"], ["Étude é è", "x"], ["Café", "y"]]


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.csv", "a"])
def test_a_workbook_is_one_under_any_name(tmp_path, name):
    path = tmp_path / name
    sheet([["Nama", "NIP", "Mulai"], ["Dewi", 198503022010012001, None]]).save(tmp_path / "x.xlsx")
    (tmp_path / "x.xlsx").rename(path)
    [only] = found.sheets_of(path)
    assert only.rows[0] == ["Nama", "NIP", "Mulai"]
    # What a cell of a workbook cannot hold exactly is written so that it can be seen.
    assert only.rows[1][1].endswith("E+17")


def test_merged_cells_are_said_of_each_line_and_hidden_sheets_of_none(tmp_path):
    rows = [["Judul", "Barcode"], ["Satu", "B1"], [None, "B2"], ["Dua", "B3"]]
    sheet(rows, merged=["A2:A3"], hidden=["daftar pilihan"]).save(tmp_path / "a.xlsx")
    [only] = found.sheets_of(tmp_path / "a.xlsx")
    assert only.rows == [["Judul", "Barcode"], ["Satu", "B1"], ["Satu", "B2"], ["Dua", "B3"]]


def test_a_web_page_named_xls_is_read_by_its_table(tmp_path):
    path = tmp_path / "anggota.xls"
    path.write_text(
        "<html><body><table><tr><th>No</th><th colspan=2>Nama</th></tr>"
        "<tr><td rowspan=2>1</td><td>Dewi &amp; Budi</td><td>x</td></tr>"
        "<tr><td>Sri<br>Wahyuni</td><td></td></tr></table></body></html>",
        encoding="utf-8",
    )
    assert found.rows_of(path) == [
        ["No", "Nama", ""], ["1", "Dewi & Budi", "x"], ["1", "Sri Wahyuni", ""],
    ]  # fmt: skip


DUMP = r"""-- MySQL dump 10.13
/*!40101 SET NAMES utf8mb4 */;
CREATE TABLE `biblio` (
  `biblio_id` int(11) NOT NULL AUTO_INCREMENT, -- kunci, utama
  `title` varchar(20) DEFAULT 'a,b)',
  `price` decimal(10,2),
  PRIMARY KEY (`biblio_id`), KEY `t` (`title`)
) ENGINE=InnoDB;
INSERT INTO `biblio` VALUES (1,'O\'Neill; \"x\"',1.50),(2,NULL,NULL),
-- seling
(3,'dua ''kutip''',DATE(NOW()));
INSERT INTO `db`.`biblio` (`title`, `biblio_id`) VALUES ('baris\nbaru',4);
REPLACE INTO biblio VALUES (5,'(kurung), koma',2);
CREATE TRIGGER x FOR EACH ROW INSERT INTO biblio SET title = 'bukan';
"""


@pytest.mark.parametrize("packed", [False, True])
def test_a_dump_gives_each_row_it_inserts(tmp_path, packed):
    path = tmp_path / "cadangan.txt"
    path.write_bytes(gzip.compress(DUMP.encode()) if packed else DUMP.encode())
    rows = [dict(row) for table, row in found.tables_of(path) if table == "biblio"]
    assert [(row.get("biblio_id"), row.get("title")) for row in rows] == [
        ("1", "O'Neill; \"x\""), ("2", None), ("3", "dua 'kutip'"), ("4", "baris\nbaru"),
        ("5", "(kurung), koma"),
    ]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.integers(0, 400))
def test_a_damaged_dump_ends_in_rows_or_a_refusal(tmp_path_factory, noise, at):
    path = tmp_path_factory.mktemp("dump") / "x.sql"
    whole = DUMP.encode()
    path.write_bytes(whole[:at] + noise + whole[at:])
    try:
        rows = list(found.tables_of(path))
    except Refusal as told:
        assert told.reason in (Reason.FILE_OF_OTHER_KIND, Reason.FILE_DAMAGED)
    else:
        assert all(isinstance(dict(row), dict) for _table, row in rows)


def test_a_strange_database_is_read_and_not_changed(tmp_path):
    path = tmp_path / "lib.sqlite"
    with sqlite3.connect(path) as made:
        made.execute("CREATE TABLE book (title TEXT, myoid INTEGER)")
        made.execute("INSERT INTO book VALUES ('Satu', 1)")
        made.execute('CREATE TABLE "x; DROP TABLE book" (a)')
    made.close()
    before = path.read_bytes()
    assert [(table, dict(row)) for table, row in found.tables_of(path)] == [
        ("book", {"title": "Satu", "myoid": 1})
    ]
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def archive(path, *names):
    with zipfile.ZipFile(path, "w") as packed:
        for name in names:
            packed.writestr(name, "x")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7 ...", "pdf"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"MZ\x90\x00", "program"),
        (b"Rar!\x1a\x07", "rar"),
        (b"{\\rtf1", "rtf"),
        (bytes(range(1, 20)) * 40 + bytes(4), ""),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path, content, kind):
    path = tmp_path / "daftar.xlsx"
    path.write_bytes(content)
    with pytest.raises(Refusal) as told:
        found.sheets_of(path)
    assert (told.value.reason, told.value.facts["kind"]) == (Reason.FILE_OF_OTHER_KIND, kind)


def test_packed_files_are_told_apart(tmp_path):
    for name, inside, kind in (
        ("a.xlsx", "word/document.xml", "docx"),
        ("b.xlsx", "data.csv", "zip"),
        ("c.xlsx", "ppt/slides.xml", "pptx"),
    ):
        archive(tmp_path / name, inside)
        with pytest.raises(Refusal) as told:
            found.sheets_of(tmp_path / name)
        assert told.value.facts["kind"] == kind


def test_a_broken_workbook_is_damaged_and_a_huge_one_refused(tmp_path, monkeypatch):
    (tmp_path / "x.xlsx").write_bytes(b"PK\x03\x04" + b"xl/workbook.xml" + bytes(50))
    with pytest.raises(Refusal) as told:
        found.sheets_of(tmp_path / "x.xlsx")
    assert told.value.reason is Reason.FILE_DAMAGED
    from database import limits

    sheet([["a"], ["b"]]).save(tmp_path / "y.xlsx")
    monkeypatch.setattr(limits, "WORKBOOK", limits.Limit(100, "bytes"))
    with pytest.raises(Refusal) as told:
        found.sheets_of(tmp_path / "y.xlsx")
    assert told.value.reason is Reason.FILE_TOO_LARGE

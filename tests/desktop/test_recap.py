"""Reports of several libraries put together from their PDFs."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from io import BytesIO

import openpyxl
import pypdf
import pytest

from database.circulation import visits
from database.library import Library
from database.policy import house
from database.registers import outgoing
from database.reports import periods
from desktop.commands import run
from desktop.pages.report import enclosed
from desktop.pages.report.enclosed import NAME, Enclosed, enclose
from desktop.pages.report.month import write_month
from desktop.recap import writing
from desktop.recap.gathering import Recap, gather
from desktop.recap.reading import HEADS, NotARecord, Sent, read
from desktop.words import language
from tests.libraries import NOW, PROFILE, WIB

FEBRUARY = datetime(2027, 3, 2, 9, 0, tzinfo=WIB)


@pytest.fixture(scope="module")
def written(prepared_file, tmp_path_factory):
    """Makes the report of a library as it is sent, each of them once."""
    folder = tmp_path_factory.mktemp("houses")

    @cache
    def make(name, period, people, npp, close, revised):
        where = folder / "house.db"
        shutil.copy(prepared_file, where)
        library = Library.open(where)
        with library.transaction() as session:
            profile = replace(PROFILE, name=name, npp=npp, city="Metro")
            house.save_profile(session, profile, NOW)
            day = datetime(2027, int(period[-2:]), 11, 9, tzinfo=WIB)
            visits.count_visit(session, "nurse", day, people)
        for _time in range(2 if revised else 1):
            if not close:
                continue
            with library.reading() as session:
                counted = periods.counted(session, period, FEBRUARY)
            with library.transaction() as session:
                if periods.standing(session, period):
                    periods.revise(session, counted, "lupa", "1.0", FEBRUARY)
                else:
                    periods.close(session, counted, "1.0", FEBRUARY)
            with library.transaction() as session:
                visits.count_visit(session, "nurse", day, 1)
        made = BytesIO()
        with library.reading() as session:
            month, closed = periods.month_of(session, period, FEBRUARY.date())
            write_month(made, session, month, FEBRUARY.date(), closed)
        library.close()
        return made.getvalue()

    return make


@pytest.fixture
def sent(written, tmp_path):
    """Lays a report among what came in: `sent("RSUD A", "2027-01", 7)`."""

    def lay(name, period, people, npp="", close=True, revised=False):
        folder = tmp_path / "masuk"
        folder.mkdir(exist_ok=True)
        path = folder / f"{name} {period}{' revisi' if revised else ''}.pdf"
        path.write_bytes(written(name, period, people, npp, close, revised))
        return path

    return lay


def test_a_report_carries_its_figures_and_tables(sent):
    path = sent("RSUD A", "2027-01", 7, npp="3275011E0000001")
    reader = pypdf.PdfReader(path)
    files = {one.name: one for one in reader.attachment_list}
    assert [one.associated_file_relationship for one in files.values()] == ["/Data", "/Supplement"]
    told = json.loads(files[NAME].content)
    assert (told["schema"], told["period"], told["final"]) == ("selasar-report/1", "2027-01", True)
    assert told["library"]["npp"] == "3275011E0000001"
    assert told["code"] in reader.pages[1].extract_text()
    book = openpyxl.load_workbook(BytesIO(files["tabel.xlsx"].content))
    assert "Tabel 4. Kunjungan menurut" in book.sheetnames
    (one,) = read(path)
    assert (one.library, one.key) == ("RSUD A", "3275011E0000001")
    assert (one.heads["visits"], one.final, one.revision) == (7, True, 0)


def test_reports_are_added_up_and_gaps_named(sent):
    sent("RSUD A", "2027-01", 7)
    sent("RSUD A", "2027-02", 5)
    sent("RSUD B", "2027-02", 11)
    found = gather([sent("RSUD B", "2027-02", 11).parent])
    assert list(found.libraries.values()) == ["RSUD A", "RSUD B"]
    totals = {period: (line["reports"], line["visits"]) for period, line in found.totals().items()}
    assert totals == {"2027-01": (1, 7), "2027-02": (2, 16)}
    assert found.missing() == [("RSUD B", "2027-01")]
    assert (found.wrong, found.doubles) == ([], [])


def test_what_a_longer_period_holds_already_is_not_added_up_twice():
    found = Recap()
    for key, period, came in (
        ("a", "2026-07", 5),
        ("a", "2026-Q3", 16),
        ("a", "2025", 40),
        ("b", "2026-Q3", 9),
        ("b", "2026", 30),
        ("c", "2026", 7),
    ):
        heads = {**dict.fromkeys(HEADS, 1), "visits": came}
        found.add(Sent(f"{key}{period}", key.upper(), key, period, "", True, 0, "", heads))
    assert {key: one["visits"] for key, one in found.sums().items()} == {"a": 45, "b": 9, "c": 7}
    assert writing.sheets(found)[2][2][0][-1] == 45
    assert writing._total(found, HEADS)[:3] == ["Jumlah", "6", "61"]
    assert writing._total(found, HEADS)[4] == "–", "members are had, not counted through"


def with_index(path, figures):
    """The report of a year with its literacy index, as its program encloses it."""

    def act(told):
        told["period"] = told["figures"]["month"] = "2026"
        told["iplm"] = figures
        plain = json.dumps(
            told["figures"], ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )
        told["digest"] = hashlib.sha256(plain.encode()).hexdigest()

    _changed(path, act)


def test_the_literacy_index_of_a_year_is_added_up_where_it_was_recorded(sent, tmp_path):
    one, two = sent("RSUD A", "2027-01", 7), sent("RSUD B", "2027-01", 3)
    with_index(one, {"O": 120, "X": 1_500_000, "AK": 0, "AF": None})
    with_index(two, {"O": 80, "X": None, "AK": 4})
    found = gather([one, two])
    assert found.wrong == []
    assert found.years() == ["2026"]
    summed = found.index_of_all("2026")
    assert [summed[column] for column in ("O", "X", "AK", "AF", "AP")] == [
        200, 1_500_000, 4, None, None,
    ]  # fmt: skip
    writing.write_xlsx(tmp_path / "r.xlsx", found)
    page = openpyxl.load_workbook(tmp_path / "r.xlsx")["IPLM 2026"]
    rows = list(page.iter_rows(values_only=True))
    assert (len(rows), len(rows[0])) == (4, 29)
    assert [row[1] for row in rows] == ["O: Judul tercetak", 120, 80, 200]
    with_index(two, {"O": "delapan puluh"})
    assert [name for name, _why in gather([one, two]).wrong] == [two.name]


def test_of_two_the_final_and_the_later_revision_counts(sent):
    draft = sent("RSUD A", "2027-02", 5, close=False)
    draft = draft.rename(draft.with_name("konsep.pdf"))
    first = sent("RSUD A", "2027-02", 5)
    later = sent("RSUD A", "2027-02", 5, revised=True)
    found = gather([later, draft, first])
    (one,) = found.rows()
    assert (one.file, one.revision, one.heads["visits"]) == (later.name, 1, 6)
    assert {lost for lost, _kept in found.doubles} == {draft.name, first.name}


def _changed(path, act):
    """The same PDF with other figures inside."""
    told = json.loads(pypdf.PdfReader(path).attachments[NAME][0])
    act(told)
    plain = BytesIO()
    writer = pypdf.PdfWriter()
    writer.append(path, import_outline=False)
    writer.write(plain)
    text = json.dumps(told).encode() if isinstance(told, dict) else b""
    bare = pypdf.PdfWriter()
    for page in pypdf.PdfReader(path).pages:
        bare.add_page(page)
    out = BytesIO()
    bare.write(out)
    path.write_bytes(enclose(out.getvalue(), [Enclosed(NAME, "application/json", text, "Data")]))


BROKEN = {
    "its figures are not": lambda told: told["figures"]["visits"].update(now=9999),
    "cannot be understood": lambda told: told.update(period="../../etc"),
    "cannot be": lambda told: told.pop("figures"),
}


@pytest.mark.parametrize("said", BROKEN)
def test_figures_that_were_changed_do_not_count(sent, said):
    path = sent("RSUD A", "2027-01", 7)
    _changed(path, BROKEN[said])
    with pytest.raises(NotARecord) as told:
        read(path)
    assert said in str(told.value)


def test_strange_files_are_named_with_their_reason(sent, tmp_path):
    good = sent("RSUD A", "2027-01", 7)
    (tmp_path / "masuk" / "foto.pdf").write_bytes(b"\xff\xd8\xff not a pdf")
    blank = pypdf.PdfWriter()
    blank.add_blank_page(100, 100)
    blank.write(tmp_path / "masuk" / "kosong.pdf")
    found = gather([good.parent, tmp_path / "tidak ada.pdf"])
    assert len(found.best) == 1
    assert sorted(name for name, _why in found.wrong) == [
        "foto.pdf", "kosong.pdf", "tidak ada.pdf"
    ]  # fmt: skip


def test_the_command_writes_workbook_and_paper(sent, tmp_path, capsys):
    sent("RSUD A", "2027-01", 7)
    sent("RSUD A", "2027-02", 5)
    folder = sent("RSUD B", "2027-02", 11).parent
    xlsx, pdf = tmp_path / "rekap.xlsx", tmp_path / "rekap.pdf"
    words = ["recap", str(folder), "--xlsx", str(xlsx), "--pdf", str(pdf), "--json"]
    assert run(words, lambda: FEBRUARY) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["reports"], told["missing"]) == (3, [["RSUD B", "2027-01"]])
    book = openpyxl.load_workbook(xlsx)
    assert book.sheetnames == [
        "Laporan", "Jumlah", "Kunjungan", "Pinjaman", "Belum mengirim", "Tidak dihitung"
    ]  # fmt: skip
    assert [cell.value for cell in book["Kunjungan"][2]] == ["RSUD A", 7, 5, 12]
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(pdf).pages)
    for words in ("REKAP LAPORAN PERPUSTAKAAN", "RSUD B", "Januari 2027"):
        assert words in text


def test_a_library_that_names_itself_like_a_formula_stays_a_word(sent, tmp_path):
    found = gather([sent("=HYPERLINK(1)", "2027-01", 7)])
    writing.write_xlsx(tmp_path / "r.xlsx", found)
    cell = openpyxl.load_workbook(tmp_path / "r.xlsx").worksheets[0]["A2"]
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")


def test_the_schema_says_all_that_stands_in_it(sent):
    told = json.loads(pypdf.PdfReader(sent("RSUD A", "2027-01", 7)).attachments[NAME][0])
    assert all(f"`{name}`" in enclosed.__doc__ for name in told if name != "figures")


def test_libraries_with_another_program_fill_in_a_sheet(sent, tmp_path, capsys):
    sheet = tmp_path / "masuk" / "lembar.xlsx"
    sheet.parent.mkdir()
    assert run(["recap", "--blank", str(sheet)], lambda: FEBRUARY) == 0
    book = openpyxl.load_workbook(sheet)
    book.worksheets[0].append(["RSUD C", "", "2027-02", 40, 12, 80, 3, 900, 1200, 5])
    book.save(sheet)
    sent("RSUD A", "2027-02", 5)
    found = gather([sheet.parent])
    assert found.totals()["2027-02"]["visits"] == 45
    assert list(found.libraries.values()) == ["RSUD A", "RSUD C"]
    book.worksheets[0].append(["RSUD D", "", "Februari", 40, 12, 80, 3, 900, 1200, 5])
    book.save(sheet)
    (wrong,) = gather([sheet]).wrong
    assert wrong == (
        "lembar.xlsx",
        "berisi baris tanpa perpustakaan, periode, atau bilangan: baris 3",
    )
    sheet.write_bytes(b"PK not a workbook")
    (wrong,) = gather([sheet]).wrong
    assert wrong[1].startswith("bukan lembar kosong yang diisi")


def test_who_has_not_sent_is_written_to(sent, tmp_path, library, capsys):
    language.use("id")
    for name in ("RSUD A", "RSUD B"):
        sent(name, "2027-01", 7)
    sent("RSUD A", "2027-02", 5)
    folder = tmp_path / "surat"
    asked = ["recap", str(tmp_path / "masuk"), "--letters", str(folder), "--json"]
    assert run(asked) == 0
    (made,) = json.loads(capsys.readouterr().out)["letters"]
    text = " ".join(pypdf.PdfReader(made).pages[0].extract_text().split())
    for words in ("Yth. Kepala RSUD B", "Februari 2027", "Nomor : ....."):
        assert words in text
    assert run([*asked, "--library", library.where]) == 0
    text = " ".join(pypdf.PdfReader(made).pages[0].extract_text().split())
    with library.reading() as session:
        (kept,) = outgoing.rows(session, date(2026, 1, 1), date(2099, 1, 1))
    assert (kept.recipient, kept.subject, kept.paper) == ("RSUD B", "2027-02", "recap-letter")
    assert kept.number in text
    assert "PERPUSTAKAAN RSUD BHAKTI SEHAT" in text

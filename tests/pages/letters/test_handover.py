"""The handover deed of a batch, read back out of the PDF."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from pypdf import PdfReader

from database.circulation import lending
from database.holdings import deposit_copies, deposits
from database.holdings.serial_issues import IssueRow
from desktop.pages.letters import claims, handover
from desktop.words import language
from tests.libraries import NOW


def text_of(library, number, *, given_back):
    target = BytesIO()
    with library.reading() as session:
        handover.write(target, session, number, date(2027, 5, 3), given_back=given_back)
    reader = PdfReader(target)
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_both_deeds_name_parties_and_balance(stocked):
    language.use("en")
    facts = deposits.DepositFacts(
        "Paket I/2027",
        "Dinas <b>Perpustakaan</b>",
        "T1",
        date(2027, 1, 4),
        date(2027, 5, 3),
        "041/BAST",
    )
    with stocked.transaction() as session:
        number, _line = deposits.receive(session, facts, NOW)
        for isbn in ("9786020000015", "9786020000015", "9786020000022", "9786020000039"):
            deposit_copies.add_copy(session, number, isbn, NOW)
        lending.check_out(session, "M0001", "T1-003", NOW)
        deposit_copies.give_back(session, number, "T1-001", NOW)
        deposit_copies.finish(session, number, NOW)
    came = text_of(stocked, number, given_back=False)
    for words in (
        "041/BAST",
        "4 January 2027",
        "Dinas <b>Perpustakaan</b> handed 4 copies",
        "T1-001–002",
        "They go back by 3 May 2027",
        "Handed over by,",
        "Received by,",
    ):
        assert words in came
    back = text_of(stocked, number, given_back=True)
    for words in (
        "gave 1 copy",
        "Monday, 11 January 2027",
        "Not given back yet",
        "on loan until",
        "not found yet",
        "T1-003",
        "4 1 1 2 0",
    ):
        assert words in back
    assert "041/BAST" not in back


def test_numbers_that_follow_each_other_are_joined():
    assert handover.spans(["T1-001", "T1-002", "T1-003", "T1-007"]) == "T1-001–003, T1-007"
    assert handover.spans(["D1", "D2"]) == "D1, D2"


def test_claims_are_parted_by_supplier(stocked):
    language.use("en")
    title, due = (1, "Majalah <i>", "03771121"), date(2026, 1, 15)
    rows = [
        IssueRow(place, *title, supplier, 2026, "12", str(place), due, None, None, "")
        for place, supplier in enumerate(("", "Agen Jaya", "Agen Jaya"), start=1)
    ]
    target = BytesIO()
    with stocked.reading() as session:
        claims.write(target, session, rows, NOW.date())
    text = " ".join(PdfReader(target).pages[0].extract_text().split())
    for words in ("Supplier not known", "Agen Jaya", "12(3), 2026", "0377-1121", "Majalah <i>"):
        assert words in text

"""Receipts, the cash book and the letter about lost copies, read back out of the PDF."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import update

from database.circulation import identify, losses, money
from database.policy import settings
from database.reports import day_close
from database.schema import Item
from desktop.pages.drawing.words import in_words
from desktop.pages.letters import lost_letter
from desktop.pages.registers import cash_book
from desktop.pages.slips import receipt
from desktop.words import language
from tests.database.circulation.test_lending import give_back, lend
from tests.libraries import NOW

LATE = NOW + timedelta(days=17)


@pytest.fixture(params=["sqlite"])
def engine(request):
    return request.param


@pytest.fixture(autouse=True)
def _indonesian():
    language.use("id")
    yield
    language.use("en")


def text_of(library, write, *arguments):
    target = BytesIO()
    with library.reading() as session:
        write(target, session, *arguments)
    reader = PdfReader(target)
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


@pytest.fixture
def paid(stocked):
    """Rp 1.500 for a late copy, Rp 1.000 of it taken; the number of the receipt."""
    with stocked.transaction() as session:
        session.execute(update(Item).where(Item.barcode == "B000010").values(price=85_000))
    lend(stocked, "M0001", "B000001")
    give_back(stocked, "B000001", LATE)
    with stocked.transaction() as session:
        who = identify.find_patron(session, "M0001").id
        rows = money.charges(session, who)
        return money.pay(session, [row.id for row in rows], 1000, LATE).receipt


@pytest.mark.parametrize(
    ("rupiah", "words"),
    [
        (500, "Lima ratus rupiah"),
        (1000, "Seribu rupiah"),
        (1500, "Seribu lima ratus rupiah"),
        (11_100, "Sebelas ribu seratus rupiah"),
        (85_000, "Delapan puluh lima ribu rupiah"),
        (121_021, "Seratus dua puluh satu ribu dua puluh satu rupiah"),
        (1_000_000, "Satu juta rupiah"),
        (2_015_001, "Dua juta lima belas ribu satu rupiah"),
    ],
)
def test_sums_in_words(rupiah, words):
    assert in_words(rupiah) == words


def test_a_receipt_names_payer_sum_words_and_what_for(stocked, paid):
    text = text_of(stocked, receipt.write, paid)
    for words in (
        paid,
        "Ns. Rina Wati, S.Kep. (M0001)",
        "Rp 1.000",
        "Seribu rupiah",
        "B000001",
        "28 Januari 2027",
    ):
        assert words in text


@pytest.mark.parametrize("width", [58, 80])
def test_the_receipt_on_the_roll(stocked, paid, width):
    text = text_of(stocked, receipt.write_slip, paid, width)
    for words in (paid, "Rp 1.000", "Seribu rupiah"):
        assert words in text


def test_nothing_is_printed_under_a_number_that_is_not_there(stocked):
    with pytest.raises(LookupError):
        text_of(stocked, receipt.write, "9999/KW")


def test_the_cash_book_names_nobody(stocked, paid):
    text = text_of(stocked, cash_book.write, LATE.date(), LATE.date())
    assert paid in text
    assert "Rina" not in text
    with stocked.transaction() as session:
        day_close.close(session, 900, 0, "kembalian kurang", LATE)
    text = text_of(stocked, cash_book.write, LATE.date(), LATE.date())
    assert "kembalian kurang" in text
    month = text_of(stocked, cash_book.write, LATE.date().replace(day=1), LATE.date())
    assert "Rp 900" in month


def test_without_money_the_day_s_end_speaks_of_none(stocked, paid):
    with stocked.transaction() as session:
        settings.put(session, settings.MONEY, False)
        day_close.close(session, None, 0, "", LATE)
    text = text_of(stocked, cash_book.write, LATE.date(), LATE.date())
    assert "Rp" not in text
    assert paid not in text


def test_an_empty_cash_book_says_so(stocked):
    assert "Rp 0" in text_of(stocked, cash_book.write, NOW.date(), NOW.date())


def test_the_letter_lists_what_is_still_open(stocked, paid):
    lend(stocked, "M0001", "B000010", LATE)
    with stocked.transaction() as session:
        losses.write_off(session, "B000010", 85_000, LATE)
        who = identify.find_patron(session, "M0001").id
    text = text_of(stocked, lost_letter.write, who, LATE.date())
    for words in (
        "B000010",
        "85.500",
        "Delapan puluh lima ribu lima ratus rupiah",
        "4 Februari 2027",
    ):
        assert words in text

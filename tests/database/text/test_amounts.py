"""Amounts of money in every habit of writing them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from database.text.amounts import MOST, Amount, read, rupiah


@pytest.mark.parametrize(
    "text",
    ["75000.00", "75.000,00", "75,000.00", "Rp 75.000", "Rp75.000,-", "75.000", "75000", "75,000",
     "IDR 75000", "Rp. 75.000,00", "rp.75.000,--", "75.000 rupiah", "Rp 75 000", " 75000 ",
     "75'000", "75000.000000", "75000.000", "Rp 75.000.-", "75 ribu", "75rb", "Rp 75 ribu",
     "0,075 juta", "Rp\u00a075.000", "75000,-", "Rp : 75.000"],
)  # fmt: skip
def test_seventy_five_thousand_in_every_spelling(text):
    assert read(text) == Amount(75_000)


@pytest.mark.parametrize(
    ("text", "amount"),
    [("25.00", 25), ("1.250.000", 1_250_000), ("1,250,000.50", 1_250_001), ("0.00", 0), ("0", 0),
     ("1.250.000,00", 1_250_000), ("1250.50", 1_251), ("12.5", 13), ("1.5 juta", 1_500_000),
     ("75.", 75)],
)  # fmt: skip
def test_other_amounts(text, amount):
    assert rupiah(text) == amount


@pytest.mark.parametrize("text", ["US$ 12.50", "$12", "12.50 USD", "12USD", "EUR 5", "RM 20", "£5"])
def test_another_currency_is_no_rupiah_and_told(text):
    assert read(text) == Amount(None, "foreign_money")


@pytest.mark.parametrize(
    "text",
    ["-75000", "Rp -75.000", "(75000)", "75.00.0", "1.2.3,4", "5²x", "75.000/75.000", "hal. 75",
     "9" * 12, "9" * 5000, "1,2,3", "75-80", "12 buku"],
)  # fmt: skip
def test_figures_that_make_no_amount_are_told(text):
    assert read(text) == Amount(None, "no_amount")


@pytest.mark.parametrize("text", ["", "-", "hibah", "gratis", "²", "٧٥"])
def test_words_and_nothing_are_no_amount(text):
    assert read(text) == Amount(None)


@given(st.text(alphabet="0123456789.,-' Rp$²kjt", max_size=30))
def test_any_text_ends_in_an_amount_or_none(text):
    found = rupiah(text)
    assert found is None or 0 <= found <= MOST


@given(st.integers(0, MOST))
def test_every_habit_of_our_own_is_read_back(amount):
    dotted = f"{amount:,}".replace(",", ".")
    for text in (str(amount), f"{amount}.00", f"{amount:,}.00", dotted, f"Rp{dotted},-"):
        assert rupiah(text) == amount

"""Class numbers found by word and by number, in two languages and two schemes."""

from __future__ import annotations

import pytest

from database.description import classification, shelf_order


def numbers(query):
    pairs = classification.search(query)
    return [
        (pair.ddc.number if pair.ddc else "", pair.nlm.number if pair.nlm else "") for pair in pairs
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("bidan", ("618.2", "WQ")), ("midwifery", ("618.2", "WQ")), ("obat", ("615.1", "QV")),
        ("jantung", ("616.1", "WG")), ("heart", ("616.1", "WG")), ("nursing", ("610.73", "WY")),
        ("KEPERAWATAN", ("610.73", "WY")), ("rumah sakit", ("362.11", "WX")),
        ("gizi", ("613.2", "WA")), ("fiksi", ("899.221 3", "")), ("salat", ("2X4", "")),
        ("kulit", ("616.5", "WR")), ("keperawatan anak", ("610.736 2", "WY")),
        ("etika", ("170", "")),
    ],
)  # fmt: skip
def test_words_of_both_languages_find(query, expected):
    assert expected in numbers(query)[:3]


def test_a_number_lists_what_begins_with_it():
    assert numbers("616.1")[:3] == [("616.1", "WG"), ("616.12", "WG"), ("616.13", "WG")]
    assert numbers("wb") == [("616", "WB")]
    assert numbers("616.994 49") == [("616.994", "QZ")]
    assert numbers("zzz") == []
    assert numbers("a") == numbers("") == [(f"{number}00", "") for number in range(10)]


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("616.123", "616.12"), ("616.99449", "616.994"), ("616.994 49", "616.994"), ("617", "617"),
        ("899.221 3", "899.221 3"), ("615.99", "615.9"), ("R 610.3", "610.3"), ("2X1.221", "2X1"),
        ("wb 105.5", "WB"), ("WY100", "WY"), ("W 1", "W"), ("525", "500"), ("555", "500"),
        ("612.9", "612"), ("61", None), ("", None), ("WORD", None), ("QA 76", None),
        ("fiksi", None),
    ],
)  # fmt: skip
def test_any_number_has_a_name(typed, number):
    found = classification.find(typed)
    assert (found.number if found else None) == number


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("610.73", "WY"), ("610.736 2", "WY"), ("618.2", "WQ"), ("618.24", "WQ"),
        ("WQ 100", "618.2"),
        ("WY", "610.73"), ("899.221 3", None), ("WG 300", "616.1"), ("QS 4", "611"),
    ],
)  # fmt: skip
def test_schemes_meet_where_they_plainly_do(typed, other):
    found = classification.suggest(typed)
    assert (found.number if found else None) == other


def test_the_data_are_whole():
    ddc, nlm = classification.classes("ddc"), classification.classes("nlm")
    assert len(nlm) == 35
    assert {f"{number}00" for number in range(10)} <= set(ddc)
    in_order = [one.number for one in ddc.values()]
    moved = [one for one in in_order if not one.startswith("2X")]
    assert moved == sorted(moved, key=shelf_order.key)
    assert all(one.name_id and one.name_en for one in (*ddc.values(), *nlm.values()))
    schedules = {pair.nlm.number for pair in map(classification._pair, nlm.values()) if pair.ddc}
    assert schedules == set(nlm)
    there, back = classification._pairs()
    assert set(there) <= set(ddc)
    assert set(back) == set(nlm)

"""Call numbers as libraries write them: taken apart, put in order, no sign of them lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from database.description import callnumber, classification, shelf_order
from database.description.callnumber import says_copy, says_volume, take_apart, with_prefix

WRITTEN = {
    # prefix, class, letters, title letter, what stands behind
    "410 ANW B35": ("", "410", "ANW", "B35", ""),
    "WY 100 POT 2005": ("", "WY 100", "POT", "", "2005"),
    "616.1 SET i c.2": ("", "616.1", "SET", "i", "c.2"),
    "658.4/PEA/C": ("", "658.4", "PEA", "C", ""),
    "650.HIL.G2-2": ("", "650", "HIL", "G2-2", ""),
    "641/BET": ("", "641", "BET", "", ""),
    "001. ETT.M2": ("", "001", "ETT", "M2", ""),
    "001.4SUG m": ("", "001.4", "SUG", "m", ""),
    "001.6'4'04 LEV i": ("", "001.6'4'04", "LEV", "i", ""),
    "001.64 FIN d000 00012": ("", "001.64", "FIN", "d000", "00012"),
    "003.S.BUD.D22": ("", "003.S", "BUD", "D22", ""),
    "005.I SUA A": ("", "005.I", "SUA", "A", ""),
    "005.WHI.2": ("", "005", "WHI", "", "2"),
    "005.1 SV4 A": ("", "005.1", "SV4", "A", ""),
    "652,8 BOU P2": ("", "652,8", "BOU", "P2", ""),
    "652.8 D'AG C1": ("", "652.8", "D'AG", "C1", ""),
    "794.815 26 SAU i": ("", "794.815 26", "SAU", "i", ""),
    "519.5 WAL P Fc13": ("", "519.5", "WAL", "P", "Fc13"),
    "004.6782 RAH m/2": ("", "004.6782", "RAH", "m/2", ""),
    "JOU IEE E": ("JOU", "", "IEE", "E", ""),
    "SUM s1": ("", "", "SUM", "s1", ""),
    "TA/SKRIPSI DID R1": ("TA/SKRIPSI", "", "DID", "R1", ""),
    "R004.03 ENT b": ("R", "004.03", "ENT", "b", ""),
    "R/610.3/DOR/k": ("R", "610.3", "DOR", "k", ""),
    "R.610.3 DOR k": ("R", "610.3", "DOR", "k", ""),
    "R WB 100 HAR h": ("R", "WB 100", "HAR", "h", ""),
    "S1 610.73 RAH h": ("S1", "610.73", "RAH", "h", ""),
    "CD-ROM 616 SET b": ("CD-ROM", "616", "SET", "b", ""),
    "KTI 610.73 RAH h 2019": ("KTI", "610.73", "RAH", "h", "2019"),
    "2X1.221 ALI q": ("", "2X1.221", "ALI", "q", ""),
    "633.18-155 / BAD / p": ("", "633.18-155", "BAD", "p", ""),
    "616.89(075) MAR k": ("", "616.89(075)", "MAR", "k", ""),
    "WN 250.5.X15 A a": ("", "WN 250.5.X15", "A", "a", ""),
    "WA 900 AA1 IND p": ("", "WA 900 AA1", "IND", "p", ""),
    "QV 55 K19b 2018": ("", "QV 55", "K19b", "", "2018"),
    "QA76.73.P98 L88 2013": ("", "QA76.73.P98", "L88", "", "2013"),
    "616 SET b j.1 c.2": ("", "616", "SET", "b", "j.1 c.2"),
    "616 SET j.2": ("", "616", "SET", "", "j.2"),
    "616 VOL v": ("", "616", "VOL", "v", ""),
    "616. 1 SET i": ("", "616. 1", "SET", "i", ""),
    "297.12 AL-GH i": ("", "297.12", "AL-GH", "i", ""),
    "616 ÉMI b": ("", "616", "ÉMI", "b", ""),
    "wb 105 set b": ("", "wb 105", "set", "b", ""),
    "R-616-SET-b": ("R", "616", "SET", "b", ""),
    "616.994 49": ("", "616.994 49", "", "", ""),
    "1020": ("", "1020", "", "", ""),
    "rak bawah": ("", "rak bawah", "", "", ""),
    "": ("", "", "", "", ""),
}


@pytest.mark.parametrize(("written", "parts"), WRITTEN.items())
def test_a_call_number_is_taken_apart(written, parts):
    found = take_apart(written)
    got = (found.prefix, found.classification, found.letters, found.title_letter, found.more)
    assert got == parts
    assert _bare("".join(found.written)) == _bare(written)


def _bare(text):
    return "".join(text.split())


def test_the_real_ones_are_taken_apart(shared_data):
    listed = (shared_data / "moving-in" / "call_numbers.txt").read_text(encoding="utf-8")
    numbers = listed.splitlines()
    for number in numbers:
        parts = take_apart(number)
        assert _bare("".join(parts.written)) == _bare(number)
        words = re.fullmatch(r"(\d+(?:[.,]\d+)?)[ ./]+([A-Z]{2,4})[ ./]+([A-Za-z]\S*)", number)
        if words:
            assert (parts.classification, parts.letters, parts.title_letter) == words.groups()
        assert parts.letters or parts.classification
    in_order = sorted(numbers, key=shelf_order.key)
    assert in_order.index("650.HIL.G2-2") == in_order.index("650 HEG R") + 1
    assert in_order.index("658.4.PEA.C") == in_order.index("658.4 KOO m") + 1
    assert in_order.index("652,8 BOU P2") == in_order.index("652.8 BLA A1") + 1
    assert in_order.index("005.AND.A") < in_order.index("005 BAS A7")


@given(st.text(max_size=60))
def test_no_sign_is_lost_whatever_is_typed(typed):
    parts = take_apart(typed)
    assert _bare("".join(parts.written)) == _bare(typed)
    prefix, rest = callnumber.split_prefix(typed)
    assert set(_bare(prefix + rest)) <= set(_bare(typed))


_class = st.one_of(
    st.from_regex(r"\A[0-9]{3}(\.[0-9]{1,6})?\Z"),
    st.from_regex(r"\A(W[ABCDGNY]|Q[SVZ]) [1-9][0-9]{0,2}(\.[1-9])?\Z"),
)
_letters = st.from_regex(r"\A[A-Z]{3}\Z").filter(
    lambda one: one not in {"COP", "KOP", "EKS", "JIL", "VOL", "BAG", "THN"}
)
_initial = st.from_regex(r"\A[a-z]([1-9])?\Z")
_between = st.sampled_from([" ", "  ", ".", "/", " / "])
_behind = st.sampled_from(["", " c.2", " j.1", " 2005", " j.2 c.3", " eks. 2", " vol. 1"])
_before = st.sampled_from(["", "R ", "KTI ", "R.", "TA/"])


@given(_before, _class, _between, _letters, _between, _initial, _behind)
def test_what_is_written_in_any_way_is_understood(before, number, one, letters, two, initial, more):
    parts = take_apart(f"{before}{number}{one}{letters}{two}{initial}{more}")
    assert parts.prefix == before.strip(" ./")
    assert (parts.classification, parts.letters, parts.title_letter) == (number, letters, initial)
    assert parts.more == more.strip()
    plain = f"{parts.prefix} {number} {letters} {initial}{more}"
    written = f"{before}{number}{one}{letters}{two}{initial}{more}"
    assert shelf_order.key(written) == shelf_order.key(plain)


@given(st.lists(st.text("0123456789WQABCabc./- ',", max_size=20), max_size=8))
def test_the_order_is_total_and_stable(numbers):
    once = sorted(numbers, key=shelf_order.key)
    assert sorted(once, key=shelf_order.key) == once
    assert [shelf_order.key(one) for one in once] == sorted(map(shelf_order.key, numbers))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("641/BET", "641 CAR"), ("640 ZUL z", "641/BET"), ("641/BET/k", "641.1 AAA a"),
        ("650 HEG R", "650.HIL.G2-2"), ("650.HIL.G2-2", "650 KAP M"), ("650.HIL.G", "650.028 LUN"),
        ("410 ANW B4", "410 ANW B35"), ("616.1 SET i", "616.1 SET i c.2"),
        ("616.1 SET i c.2", "616.1 SET i c.10"), ("616.1 SET i c.2", "616.1 SET j"),
        ("658.4 HAN A", "658.4 HAN C2"), ("652,8 FOS C", "652.8 FRI S"),
        ("001.6'4 LEV i", "001.65 ABC a"), ("QV 55 K19b 2018", "QV 55 K2 2018"),
        ("652.8 D'AG C1", "652.8 DEA M4"),
    ],
)  # fmt: skip
def test_where_it_stands(first, second):
    assert shelf_order.key(first) < shelf_order.key(second)


def test_what_stands_behind_tells_copy_and_volume():
    assert says_copy("j.2 c.3", 3)
    assert not says_copy("c.13", 3)
    assert not says_copy("2005", 2005)
    assert says_volume("jil. 2", "2")
    assert says_volume("j.2", "j.2")
    assert not says_volume("c.2", "2")
    assert not says_volume("j.2", "Suplemen")


def test_a_copy_of_another_kind_stands_with_its_own_prefix():
    known = {"reference": "R"}
    assert callnumber.with_prefix("R004.03 ENT b", "KTI", known) == "KTI 004.03 ENT b"
    assert callnumber.with_prefix("616.1 SET i", "R", known) == "R 616.1 SET i"


@pytest.mark.parametrize("typed", ["652,8", "R652.8", "R 652.8", "652.8 BOU P2", "65'2.8"])
def test_a_class_is_known_however_it_is_typed(typed):
    assert classification.find(typed) == classification.find("652.8")


def test_a_kind_with_shelves_of_its_own_changes_only_the_prefix():
    known = {"reference": "R", "thesis": "KTI"}
    assert with_prefix("616 SET i", "R", known) == "R 616 SET i"
    assert with_prefix("R 616 SET i", "KTI", known) == "KTI 616 SET i"
    assert with_prefix("X 616 SET i", "R", known) == "R X 616 SET i"
    assert with_prefix("616 SET i", "", known) == "616 SET i"
    assert with_prefix("", "R", known) == ""

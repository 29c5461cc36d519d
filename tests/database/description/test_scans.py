"""What scanners send, read without a library."""

from __future__ import annotations

import pytest

from database.description import isbn, scans

ISBN = "9786022322122"


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ("B000001", "B000001"),
        ("b000001", "B000001"),
        ("  B000001\r", "B000001"),
        ("]C1B000001", "B000001"),
        ("]c1b000001", "B000001"),
        ("]E0" + ISBN, ISBN),
        ("]Q3B000001", "B000001"),
        ("]d2\x1dB000001", "B000001"),
        ("\x02B000001\x03", "B000001"),
        ("]C1", ""),
        ("", ""),
        ("]x", "]X"),
    ],
)
def test_prefixes_and_control_signs_fall_away(sent, code):
    assert scans.bare(sent) == code


@pytest.mark.parametrize(
    "sent",
    [
        ISBN,
        "978-602-232-212-2",
        "(978-602-232-212-2)",
        "[9786022322122]",
        "ISBN 978-602-232-212-2",
        "isbn-13: 9786022322122",
        "ISBN13 9786022322122",
        "]E0" + ISBN,
        ISBN + "51250",
        ISBN + " 51250",
        ISBN + "12",
        ISBN + " 12",
        "]E4" + ISBN + "51250",
        "602-232-212-X",
        "ISBN-10 602-232-212-X",
        "ISBN-10 602-232-212-X ",
    ],
)
def test_an_isbn_is_read_as_13_digits(sent):
    first = scans.readings(sent)[0]
    assert (first.isbn, first.layout) == (ISBN, "")


@pytest.mark.parametrize(
    "sent",
    [ISBN + ISBN, ISBN + "512", ISBN + "512500", "9786022322123", "B000001B000002", "97860223221"],
)
def test_two_codes_in_one_and_wrong_digits_are_no_isbn(sent):
    assert [one for one in scans.readings(sent) if one.isbn] == []


def test_what_stands_before_an_isbn_in_a_record_is_no_part_of_it():
    assert isbn.canonical("ISBN-10 979-3477-17-2") == "9789793477176"
    assert isbn.canonical("9786022322122 (jil. 1)") == ISBN
    assert isbn.canonical("ISBN 1397860223221") == ""
    assert isbn.canonical("") == ""


@pytest.mark.parametrize("code", ["B000001", "T1-005", "W-MAWAR", "0012/RSUD-BS/H", "M0012.3"])
@pytest.mark.parametrize("layout", sorted(scans.LAYOUTS))
def test_a_code_comes_back_through_the_keyboard_of_every_country(code, layout):
    usual, theirs = "".join(scans.US), "".join(scans.LAYOUTS[layout])
    sent = "".join(theirs[usual.index(sign)] for sign in code)
    assert code in [one.code for one in scans.readings(sent)]


@pytest.mark.parametrize(
    ("sent", "code", "layout"),
    [
        ("t1ß005", "T1-005", "de"),
        ("+C1B000001", "B000001", "de"),
        ("Bàààààé", "B000002", "fr"),
        ("BÀÀÀÀÀÉ", "B000002", "fr"),
        ("B)))))!", "B000001", "shift"),
        ("çè_-àéé\"éé&éé", "9786022322122", "fr"),
    ],
)  # fmt: skip
def test_signs_that_no_code_has_are_mended(sent, code, layout):
    found = {one.code: one for one in scans.readings(sent)}
    assert (found[code].layout, found[code].sure) == (layout, True)


def test_what_may_be_a_code_as_it_came_is_mended_with_doubt():
    found = {one.code: one for one in scans.readings("Z000012")}
    assert found["Z000012"].sure
    assert found["Z000012"].layout == ""
    assert not found["Y000012"].sure


def test_a_text_of_a_page_is_read_once_only():
    assert len(scans.readings("ß" * 500)) == 1


@pytest.mark.parametrize(
    ("sent", "fault", "detail"),
    [
        (scans.TEST_CODE, "", ""),
        ("]C0" + scans.TEST_CODE, "", ""),
        (scans.TEST_CODE.swapcase(), "caps", ""),
        (scans.TEST_CODE.upper(), "caps", ""),
        ("Selqsqr)Aqzwyù!à&é\"'(-è_ç", "unknown", ""),
        ("SelasarßQaWyZm-0123456789", "layout", "de"),
        ("XY" + scans.TEST_CODE, "prefix", "XY"),
        (scans.TEST_CODE + "9", "suffix", "9"),
        ("", "unknown", ""),
    ],
)
def test_what_came_of_the_test_code_is_judged(sent, fault, detail):
    found = scans.judge(sent)
    assert (found.fault, found.detail) == (fault, detail)


@pytest.mark.parametrize("layout", sorted(scans.LAYOUTS))
def test_the_test_code_tells_every_wrong_keyboard(layout):
    usual, theirs = "".join(scans.US), "".join(scans.LAYOUTS[layout])
    sent = "".join(theirs[usual.index(sign)] for sign in scans.TEST_CODE)
    if sent == scans.TEST_CODE:
        assert scans.judge(sent).fault == ""
    else:
        assert scans.judge(sent).fault == "layout"


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("978-602-00-0001-4", "5"),
        ("9786020000015", ""),
        ("ISBN 979-3477-17-3", "2"),
        ("0-8044-2957-1", "X"),
        ("97860200000", ""),
        ("1234567890123", ""),
    ],
)
def test_a_wrong_isbn_says_which_check_digit_would_be_right(typed, wanted):
    assert isbn.sound_ending(typed) == wanted

"""What portable scanners write: the column of the codes is found, whatever stands beside it."""

from __future__ import annotations

import pytest
from openpyxl import Workbook

from database import limits
from database.exchange import scanned_list
from database.refusal import Reason, Refusal

CODES = ["B000001", "B000002", "9786020412771", "B000002"]


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(CODES),
        "\r\n".join(CODES) + "\r\n",
        "b000001\nB000002 \n]C1 9786020412771\nB000002",
        "B000001, B000002, 9786020412771, B000002",
        "\n".join(f"{code},1" for code in CODES),
        "\n".join(f"{code};2026-11-30;08:1{at}:00;1" for at, code in enumerate(CODES)),
        "\n".join(f"30/11/2026\t08:1{at}\tCS3070\t{code}" for at, code in enumerate(CODES)),
        'Tanggal,Barcode,Qty\n' + "\n".join(f'"30-11-2026","{code}","12"' for code in CODES),
    ],
    ids=["lines", "windows", "as-scanned", "one-line", "amount", "day-hour", "own-name", "headed"],
)  # fmt: skip
def test_the_codes_are_found_in_their_order_and_as_often_as_read(text):
    assert scanned_list.of_text(text) == CODES


def test_a_file_is_read_as_what_was_pasted(tmp_path):
    text, book = tmp_path / "scan.txt", tmp_path / "scan.xlsx"
    text.write_bytes("\r\n".join(CODES).encode("utf-16"))
    made = Workbook()
    for at, code in enumerate(CODES):
        made.active.append([at + 1, code])
    made.save(book)
    assert scanned_list.of_file(text) == CODES
    assert scanned_list.of_file(book) == CODES


@pytest.mark.parametrize("text", ["", "\n\n", "Barcode", "12\n3\n7", "2026-11-30,08:10"])
def test_what_holds_no_code_gives_none(text):
    assert scanned_list.of_text(text) == []


def test_more_than_any_scanner_holds_is_refused():
    with pytest.raises(Refusal) as told:
        scanned_list.of_text("B000001\n" * (limits.SCANNED.most + 1))
    assert told.value.reason is Reason.FILE_TOO_LARGE

"""Single cells as people and programs write them: days, counts, numbers that Excel has rounded."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from database.text import dates

MANY = "\n"
"""Parts several values of one field."""
NOTHING = frozenset(
    {
        *("", "-", "--", "---", "–", "—", "null", "none", "n/a", "na", "\\n", "nihil"),
        *("0000-00-00", "0000-00-00 00:00:00", "00-00-0000", "00/00/0000", "seumur hidup"),
        *("tidak ada", "tak ada", "belum ditentukan", "---belum ditentukan---"),
    }
)
"""What stands in a cell that says nothing."""
_FORMULA = re.compile(r'="([^"]*)"')
"""A number that another program has kept a spreadsheet from rounding (Goodreads)."""
_ROUNDED = re.compile(r"\d(?:[.,]\d+)?E\+?\d{2}", re.IGNORECASE)
_LONG = re.compile(r"\d{16,}")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_TURNED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?: .*)?")
_EPOCH = date(1899, 12, 30)
"""Day 0 of a spreadsheet (Excel's and LibreOffice's; the 1900 leap day lies before any of ours)."""
_FIRST, _LAST = 7_000, 80_000
"""Serial days from 1919 to 2119: what a column of days may hold as a bare number."""
_COUNT = re.compile(r"(\d{1,4})\s*(?:eks\w*\.?|exp?\.?|buah|bh|copy|copies|buku)?", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d|2100)(?!\d)")


def said(text: str) -> str:
    """A cell without blanks around it, "" for every sign of nothing."""
    plain = " ".join(text.split())
    if '="' in plain:
        plain = _FORMULA.sub(r"\1", plain)
    return "" if plain.lower() in NOTHING else plain


@lru_cache(maxsize=4096)
def day(text: str) -> tuple[date | None, bool]:
    """The day of a cell, and whether the cell can be read: an empty one can, and says none."""
    typed = said(text)
    if not typed:
        return None, True
    if _SERIAL.fullmatch(typed) and _FIRST < float(typed) < _LAST:
        return _EPOCH + timedelta(days=int(float(typed))), True
    found = dates.parse(typed)
    if found is None and (turned := _TURNED.fullmatch(typed)):
        # 12/31/2027: no such month, so the month came first.
        found = dates.parse(f"{turned[2]}/{turned[1]}/{turned[3]}")
    return found, found is not None


def is_rounded(text: str) -> bool:
    """Whether a spreadsheet has made a long number of figures into 1,98503E+17, or ended it in
    noughts it never had."""
    plain = text.strip()
    if _ROUNDED.fullmatch(plain):
        return True
    return bool(_LONG.fullmatch(plain)) and plain.endswith("000") and len(plain) >= 18


def count(text: str) -> int | None:
    """How many copies a cell says, 1 where it says nothing; None where it is no number."""
    typed = said(text)
    if not typed:
        return 1
    found = _COUNT.fullmatch(typed.removesuffix(".0"))
    return int(found[1]) if found else None


def year(text: str) -> str:
    """The year in a cell, else the cell: "2008.0" and "7 Jun 2023" as 2008 and 2023."""
    typed = said(text).removesuffix(".0")
    found = _YEAR.search(typed)
    return found[1] if found and dates.parse(typed) else typed


def number(text: str) -> str:
    """A number that a spreadsheet has given a point: "5.0" as "5"."""
    typed = said(text)
    return typed[:-2] if re.fullmatch(r"\d+\.0", typed) else typed

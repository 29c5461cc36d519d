"""ISBN and ISSN: isbnlib judges and converts, python-stdnum knows the newer ranges.

isbnlib's range table is of April 2023 and hyphenates some newer Indonesian numbers
wrongly (978-623--...), so a mask is only shown when its parts make sense.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_GROUPS = {
    "978602": "Indonesia",
    "978623": "Indonesia",
    "978634": "Indonesia",
    "978979": "Indonesia",
}
_BARE = re.compile(r"[^0-9Xx]")
_WITHIN = re.compile(r"(?<!\d)(?:97[89][ -]?)?\d(?:[ -]?\d){8}[ -]?[\dXx](?![\dXx])")
# "ISBN-10: ", "ISBN 13 ", "(": what stands before the number on a page or in a record.
_LABEL = re.compile(r"^[\s(\[]*(?:e?ISBN(?:[-\s]?1[03](?=\D))?[\s:.-]*)?[(\[]?", re.IGNORECASE)
# The price or the issue in a small code at the right of an EAN-13, sent with or without a blank.
_ADDED = re.compile(r"(97[89]\d{10})(?:\d{5}|\d{2})")


@dataclass(frozen=True, slots=True)
class Isbn:
    """What can be said of a number typed or scanned as an ISBN."""

    text: str
    canonical: str
    valid: bool
    shown: str
    country: str


def bare(text: str) -> str:
    """Digits and a final X only."""
    return _BARE.sub("", text).upper()


def canonical(text: str) -> str:
    """The 13 digits of a valid ISBN-10 or ISBN-13 inside `text`, else "".

    13 digits are judged here: an import asks this of every record, and isbnlib, which
    judges the rest, takes seven times as long.
    """
    text = unlabelled(text)
    number = bare(text.partition("(")[0])
    added = _ADDED.fullmatch(number)
    if added:
        number = added.group(1)
    elif len(number) > 13:
        # A price or a volume behind it: "9786020000015 jil. 1 : Rp 50.000".
        found = _WITHIN.search(text)
        number = bare(found.group()) if found else ""
    if len(number) == 13 and number.isdigit() and number[:3] in {"978", "979"}:
        return number if _check_digit(number[:12]) == number[12] else ""
    if len(number) != 10:
        return ""
    from isbnlib import to_isbn13

    older: str = to_isbn13(number) or ""
    return older


def unlabelled(text: str) -> str:
    """`text` without "ISBN-13:" or a bracket before the number."""
    if text[:1].isdigit():
        return text
    return _LABEL.sub("", text, count=1)


def _check_digit(first: str) -> str:
    """The last digit of an ISBN-13 (ISO 2108: weights 1 and 3, modulo 10)."""
    odd, even = sum(map(int, first[::2])), sum(map(int, first[1::2]))
    return str(-(odd + 3 * even) % 10)


def is_ean13(code: str) -> bool:
    """Whether these are the 13 digits below the bars of anything that is sold."""
    return bool(re.fullmatch(r"[0-9]{13}", code)) and _check_digit(code[:12]) == code[12]


def as_isbn10(number: str) -> str:
    """The older ISBN-10 of 13 digits, "" where there is none (979); weights 10 to 2, modulo 11."""
    if not number.startswith("978"):
        return ""
    core = number[3:12]
    rest = (
        -sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), core, strict=True)) % 11
    )
    return core + ("X" if rest == 10 else str(rest))


def sound_ending(text: str) -> str:
    """The check digit that the other digits of a wrong ISBN ask for, "" for what is none: one
    wrong digit is most often the last, or is found by comparing with it (ISO 2108)."""
    number = bare(unlabelled(text).partition("(")[0])
    if len(number) == 13 and number[:12].isdigit() and number[:3] in {"978", "979"}:
        wanted = _check_digit(number[:12])
    elif len(number) == 10 and number[:9].isdigit():
        wanted = as_isbn10("978" + number + "000")[-1:]
    else:
        return ""
    return "" if wanted == number[-1] else wanted


def listed(text: str) -> list[str]:
    """The numbers of a text that holds several, whatever parts them; each as it is written."""
    parts = re.split(r"[;,\s|]+(?=(?:97[89]|\d{9}))", text)
    return [part.strip() for part in parts if part.strip()]


def looks_like(text: str) -> bool:
    """Whether `text` is meant as an ISBN: 10 or 13 signs, whatever the check digit says, or 13
    and the 5 or 2 of the price behind them."""
    text = unlabelled(text).strip().removesuffix(")").removesuffix("]")
    number = bare(text)
    if re.fullmatch(r"[0-9Xx\-\s]+", text) is None:
        return False
    if len(number) == 10:
        return True
    return len(number) in {13, 15, 18} and number[:3] in {"978", "979"}


def describe(text: str) -> Isbn:
    """Validity, hyphenation and country; a wrong check digit may still be kept."""
    number = canonical(text)
    if not number:
        return Isbn(text, "", False, text.strip(), "")
    return Isbn(text, number, True, hyphenated(number), country(number))


def hyphenated(number: str) -> str:
    """13 digits with hyphens; unhyphenated where no range table makes sense of them."""
    from isbnlib import mask
    from stdnum import isbn as ranges

    for found in (ranges.format(number), mask(number) or ""):
        parts = found.split("-")
        if len(parts) == 5 and all(parts) and "".join(parts) == number:
            return found
    return number


def country(number: str) -> str:
    """The country or language area of the group of 13 digits, "" if unknown."""
    if number[:6] in _GROUPS:
        return _GROUPS[number[:6]]
    from isbnlib import info

    return info(number) or ""


def issn(text: str) -> str:
    """Eight signs of a valid ISSN, else ""."""
    number = bare(text)
    if len(number) != 8 or not number[:7].isdigit():
        return ""
    digits = [10 if sign == "X" else int(sign) for sign in number]
    weights = range(8, 0, -1)
    return number if sum(n * d for n, d in zip(weights, digits, strict=True)) % 11 == 0 else ""


def issn_scanned(code: str) -> str:
    """The ISSN in the code on a cover: 977, seven figures of it, two of the price or variant
    (GS1's prefix for serials), then what tells the issue; or the ISSN itself. "" for none."""
    number = bare(code)
    if number.startswith("977") and len(number) in {13, 15, 18} and number.isdigit():
        seven = number[3:10]
        signs = (seven + sign for sign in "0123456789X")
        return next(filter(None, map(issn, signs)), "")
    return issn(number)

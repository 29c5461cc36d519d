"""Telephone numbers as people write them, kept in one form: +6281272004412.

The numbering plans are those of the package `phonenumbers` (Google's libphonenumber); it is
imported late, for nothing at the start of the program needs it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

_COUNTRY = "ID"
_BEFORE = re.compile(r"^\s*(?:wa|whatsapp|hp|no|nomor|telp?|telepon|phone|ext)?[.:\s]*", re.I)
_NUMBER = re.compile(r"[+(]?\d[\d\s().\-–/]*\d")


def _parsed(text: str) -> PhoneNumber | None:
    import phonenumbers

    found = _NUMBER.search(_BEFORE.sub("", text.strip()))
    if found is None:
        return None
    figures = re.sub(r"[^\d+]", "", found.group())
    # 812…: a spreadsheet takes the first nought away. 62812…: the plus was left out.
    tries = [figures]
    if figures.startswith("62"):
        tries = [f"+{figures}", figures]
    elif figures.startswith("8"):
        tries = [f"0{figures}", figures]
    for one in tries:
        try:
            number = phonenumbers.parse(one, _COUNTRY)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_possible_number(number) and phonenumbers.is_valid_number(number):
            return number
    return None


def normal(text: str) -> str:
    """The international form without blanks; what cannot be read stays as it was typed."""
    typed = " ".join(text.split())
    number = _parsed(typed) if typed else None
    if number is None:
        return typed
    import phonenumbers

    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def shown(text: str) -> str:
    """For people: "+62 812-7200-4412"; what is no number as it was typed."""
    if not text.startswith("+"):
        return text
    number = _parsed(text)
    if number is None:
        return text
    import phonenumbers

    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def is_number(text: str) -> bool:
    """Whether `text` can be read as a telephone number."""
    return bool(text.strip()) and _parsed(text) is not None


def international(phone: str) -> str:
    """A telephone number as wa.me wants it: digits with the country's 62 in front; "" where
    the text is no mobile number ("0812-3456-7890", "+62 812 ...", "812...")."""
    digits = re.sub(r"\D", "", phone.split("/")[0].split(",")[0])
    digits = digits.removeprefix("00")
    if digits.startswith("62"):
        digits = digits[2:]
    digits = digits.lstrip("0")
    return f"62{digits}" if digits.startswith("8") and 8 <= len(digits) <= 13 else ""

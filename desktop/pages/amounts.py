"""Sums of money in words, as a receipt must have them (terbilang)."""

from __future__ import annotations

from desktop.language import current


def in_words(rupiah: int) -> str:
    """ "Seribu lima ratus rupiah" in Indonesian, "One thousand, five hundred rupiah" in English."""
    from num2words import num2words

    words = " ".join(str(num2words(rupiah, lang=current())).split())
    return f"{words[:1].upper()}{words[1:]} rupiah"

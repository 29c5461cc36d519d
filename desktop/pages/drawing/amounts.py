"""Sums of money in words, as a receipt must have them (terbilang)."""

from __future__ import annotations

from desktop.pages.drawing.words import number_in_words


def in_words(rupiah: int) -> str:
    """ "Seribu lima ratus rupiah" in Indonesian, "One thousand, five hundred rupiah" in English."""
    words = number_in_words(rupiah)
    return f"{words[:1].upper()}{words[1:]} rupiah"

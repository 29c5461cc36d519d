"""The program in words that are 40 % longer, as another language's would be."""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator
from contextlib import contextmanager

from desktop.words import language

LONGER = 0.4
_FIELD = re.compile(r"(\{[^}]*\}|%[sd])")


def lengthen(text: str) -> str:
    """`text` with its vowels drawn out; what stands in braces is filled in later and stays."""
    pieces = _FIELD.split(text)
    letters = sum(len(piece) for piece in pieces[::2])
    wanted, made = round(letters * LONGER), []
    for place, piece in enumerate(pieces):
        if place % 2:
            made.append(piece)
            continue
        for sign in piece:
            often = 1
            if wanted > 0 and sign in "aiueoAIUEO":
                often = 2 if wanted == 1 else 3 if letters < 3 * wanted else 2
                wanted -= often - 1
            made.append(sign * often if sign.islower() else sign + sign.lower() * (often - 1))
    return "".join(made)


class _Longer(gettext.NullTranslations):
    def __init__(self, usual: gettext.NullTranslations) -> None:
        super().__init__()
        self._usual = usual

    def gettext(self, message: str) -> str:
        return lengthen(self._usual.gettext(message))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return lengthen(self._usual.ngettext(msgid1, msgid2, n))


@contextmanager
def longer() -> Iterator[None]:
    """All that is said until the end is longer."""
    usual = language._catalogue
    language._catalogue = _Longer(usual)
    try:
        yield
    finally:
        language._catalogue = usual

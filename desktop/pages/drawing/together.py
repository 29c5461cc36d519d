"""What is never torn apart, and signatures that never stand alone on a page: whoever signs must
see on the same page what is signed."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer
from reportlab.platypus.flowables import _listWrapOn


class Signed(KeepTogether):  # type: ignore[misc]
    """The signatures of a paper."""


def together(*parts: Flowable) -> KeepTogether:
    """Never torn apart. One kept together inside of another would begin a page of its own, so what
    it holds is laid out flat."""
    flat = [
        piece
        for part in parts
        for piece in (part._content if isinstance(part, KeepTogether) else [part])
    ]
    return KeepTogether(flat)


def never_alone(story: Sequence[Flowable], wide: float, high: float) -> list[Flowable]:
    """Signatures with the last words or the last part before them, where a page of this room
    holds both. A long table before them is left as it is."""
    found: list[Flowable] = []
    for part in story:
        if isinstance(part, Signed):
            last = len(found) - 1
            while last >= 0 and isinstance(found[last], Spacer):
                last -= 1
            if last >= 0 and isinstance(found[last], Paragraph | KeepTogether):
                whole = together(*found[last:], part)
                if _listWrapOn(whole._content, wide, None)[1] <= high:
                    found[last:], part = [], whole
        found.append(part)
    return found

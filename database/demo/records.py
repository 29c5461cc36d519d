"""How the titles of the demo library are catalogued."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from database.description import marc_form, materials
from database.description.marc import Record

_UNPUBLISHED = frozenset({"leaflet", "thesis", "guideline"})


def record(values: Mapping[str, str], kind: str, day: date) -> Record:
    """A title of a kind as it is catalogued on a day: what nobody published has no ISBN."""
    if kind not in _UNPUBLISHED:
        return marc_form.apply(Record(), values)
    return materials.dress(marc_form.apply(Record(), {**values, "isbn": ""}), kind, day)

"""What is known of a copy before it is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from database.text import own_values
from database.vocabulary import NO_VALUES, ItemStatus, Ownership, Source


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """What is known of a copy. Empty barcode or accession number: made by pattern.

    `deposit_id` is the batch it came with; it then has that batch's numbers. It is set once.
    `copy_number` is told by lists that come in; None: the next of its title. `own` are values of
    the library's own fields by key; None keeps those that are there.
    """

    barcode: str = ""
    accession_number: str = ""
    call_number: str = ""
    volume: str = ""
    item_type: str = "book"
    location: str = ""
    ownership: str = Ownership.HOSPITAL
    source: str = Source.PURCHASE
    supplier: str = ""
    price: int | None = None
    accessioned_on: date | None = None
    status: str = ItemStatus.IN_SERVICE
    note: str = ""
    invoice: str = ""
    condition: str = ""
    deposit_id: int | None = None
    wipeable: bool = False
    copy_number: int | None = None
    own: Mapping[str, str] | None = None

    def noted(self, before: str = NO_VALUES, *, keep: bool = False) -> str:
        """Its values of own fields as they are stored, over those that stood `before`; where
        those are kept, only beside them."""
        said, stood = self.own or {}, own_values.unpacked(before)
        return own_values.packed({**said, **stood} if keep else {**stood, **said})

"""The numbers that the library gives out next, as they stand after an import."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from database.policy import house, numbering, settings
from database.vocabulary import Source

_SERIES = (
    ("barcode", settings.BARCODE_PATTERN),
    ("accession", settings.ACCESSION_PATTERN),
    ("patron", settings.PATRON_PATTERN),
)


def numbers(session: Session, now: datetime) -> dict[str, str]:
    """The next barcode, accession number (of a copy that is bought) and member number, by the
    library's own patterns; a number that somebody has already is passed over when it is given."""
    profile = house.profile(session)
    facts = numbering.parts_of(now.date(), profile.short_name or profile.name)
    facts["source"] = Source.PURCHASE.letter
    return {
        series: numbering.write(
            settings.get(session, pattern), numbering.last(session, series) + 1, facts
        )
        for series, pattern in _SERIES
    }

"""What the library measures of itself for the standards, by name."""

from __future__ import annotations

from database.standards import collection_measures as collection
from database.standards import use_measures as use
from database.standards.measuring import Measure

OF_LIBRARY: dict[str, Measure] = {
    "titles": collection.titles,
    "copies": collection.copies,
    "core_titles": collection.core_titles,
    "core_share": collection.core_share,
    "title_growth": collection.title_growth,
    "serial_titles": collection.serial_titles,
    "material_kinds": collection.material_kinds,
    "reference_titles": collection.reference_titles,
    "recent_share": collection.recent_share,
    "processed_share": collection.processed_share,
    "years_since_weeding": collection.years_since_weeding,
    "years_since_stocktake": collection.years_since_stocktake,
    "weekly_hours": use.weekly_hours,
    "shortest_day": use.shortest_day,
    "loans": use.loans,
    "visits": use.visits,
    "in_house": use.in_house,
    "members": use.members,
    "active_borrowers": use.active_borrowers,
    "turnover": use.turnover,
    "unused_share": use.unused_share,
}

"""What the columns of the lists of one's own are called, and how their values are read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from database.reports.questions import Answer
from database.reports.subjects import Column
from desktop.widgets.dates import parse_date
from desktop.words.language import N_, _, date_plain, number

NAMES = {
    "titles": N_("Titles"),
    "patrons": N_("Patrons"),
    "loans": N_("Loans"),
    "title": N_("Title"),
    "author": N_("Author"),
    "year": N_("Year"),
    "publisher": N_("Publisher"),
    "class_group": N_("Class"),
    "call_number": N_("Call number"),
    "isbn": N_("ISBN"),
    "language": N_("Language"),
    "material": N_("Kind of material"),
    "created_on": N_("Added on"),
    "copies": N_("Copies"),
    "number": N_("Number"),
    "name": N_("Name"),
    "category": N_("Category"),
    "unit": N_("Unit"),
    "institution": N_("Institution"),
    "sex": N_("Sex"),
    "joined_on": N_("Joined on"),
    "valid_until": N_("Valid until"),
    "ended_on": N_("Ended on"),
    "open_loans": N_("On loan"),
    "lent_on": N_("Lent on"),
    "due_on": N_("Due on"),
    "returned_on": N_("Returned on"),
    "item_type": N_("Type"),
    "renewals": N_("Renewals"),
    "outcome": N_("Outcome"),
    "count": N_("Total"),
}
OPERATORS = {"is": N_("is"), "contains": N_("contains"), "from": N_("from"), "to": N_("up to")}


def name_of(key: str, known: Mapping[str, Column]) -> str:
    """What a column is called; one that the library declared itself as it named it."""
    return known[key].name if key in known and known[key].name else _(NAMES[key])


def is_count(answer: Answer) -> bool:
    """Whether the rows are counted, not listed."""
    return answer.columns[-1:] == ("count",)


_COUNTS = frozenset({"count", "copies", "loans", "open_loans"})


def cell_of(at: int, key: str, row: tuple[Any, ...]) -> Any:
    """What a cell of a row says."""
    return _shown(key, row[at])


def side_of(key: str) -> Literal["right"] | None:
    """Figures stand at the right."""
    return "right" if key in _COUNTS | {"year"} else None


def plain(value: Any) -> str:
    """A value as it is read; a dash for none."""
    if value is None or value == "":
        return "–"
    if isinstance(value, float):
        return number(value, 0 if value == int(value) else 2)
    return date_plain(value) if isinstance(value, date) else str(value)


def _shown(key: str, value: Any) -> str:
    """Counts as numbers are written; a year or a number of a copy as it is."""
    return number(value) if key in _COUNTS and isinstance(value, int) else plain(value)


def typed_value(kind: str, text: str) -> str:
    """A day typed in any usual way, as the question wants it."""
    day = parse_date(text) if kind == "day" else None
    return day.isoformat() if day else text.strip()

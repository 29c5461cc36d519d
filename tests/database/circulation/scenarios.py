"""What other programs' own tests expect of circulation, each by its number, and what we decide.

`ours` is "same" where the outcome is the peer's, "differs" with the reason where it is not. Dates
are the scenario's where our rules can take them. Only what our rules can express is listed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from tests.libraries import WIB


@dataclass(frozen=True)
class Scenario:
    """A scenario with what is given, and what comes out."""

    id: str
    given: dict[str, Any]
    then: Any
    ours: str = "same"
    why: str = ""
    closed: tuple[date, ...] = field(default=())


def day(text: str) -> date:
    """A day as the table writes it."""
    return date.fromisoformat(text)


def at(text: str) -> datetime:
    """A moment of the house."""
    return datetime.fromisoformat(text).replace(tzinfo=WIB)


EVERY_DAY = frozenset(range(7))
WORKDAYS = frozenset(range(5))

DUE = (
    Scenario("S001", {"days": 10, "at": at("2013-02-09T09:00"), "card": day("2013-01-01")},
             day("2013-02-19"), "differs",
             "a card that has ended is refused at the desk; let through by a reason, the loan has "
             "its whole length instead of a due day before the loan"),
    Scenario("S003", {"days": 10, "at": at("2013-02-09T09:00"), "card": day("2013-02-16")},
             day("2013-02-15"), closed=(day("2013-02-16"),)),
    Scenario("S005", {"days": 10, "at": at("2013-02-09T09:00"), "card": None}, day("2013-02-19")),
    Scenario("S007", {"days": 10, "at": at("2013-02-09T09:00"), "card": None}, day("2013-02-20"),
             closed=(day("2013-02-19"),)),
    Scenario("S009", {"days": 14, "at": at("2013-02-09T09:00"), "card": None}, day("2013-02-24"),
             "differs", "always the next open day, never a week on", (day("2013-02-23"),)),
    Scenario("S011", {"days": 14, "at": at("2013-02-09T09:00"), "card": None}, day("2013-02-24"),
             "differs", "always the next open day, never weeks on",
             (day("2013-02-16"), day("2013-02-23"), day("2013-03-02"))),
    Scenario("S013", {"days": 14, "at": at("2013-02-09T09:00"), "card": None,
                      "weekdays": EVERY_DAY - {5}}, day("2013-02-24")),
    Scenario("S015", {"days": 9999, "renewal_days": 0, "renewal": True, "card": None,
                      "at": at("2013-02-09T09:00")}, day("2013-02-09")),
    Scenario("S017", {"days": 7, "at": at("2025-03-10T09:00"), "card": day("2025-12-31"),
                      "weekdays": EVERY_DAY - {6}}, day("2025-03-18"),
             closed=(day("2025-03-17"),)),
    Scenario("S019", {"days": 7, "at": at("2025-03-10T09:00"), "card": day("2025-03-13")},
             day("2025-03-13")),
    Scenario("S020", {"days": 3, "period": "hours", "at": at("2023-05-01T14:00"), "card": None,
                      "hours": ("10:00", "16:00")}, at("2023-05-01T16:00")),
    Scenario("S022", {"days": 18, "period": "hours", "at": at("2023-05-01T14:00"), "card": None,
                      "hours": ("10:00", "16:00")}, at("2023-05-01T16:00"),
             closed=(day("2023-05-02"),)),
    Scenario("S028", {"days": 1, "at": at("2012-07-03T09:00"), "card": None,
                      "weekdays": WORKDAYS}, day("2012-07-05"), closed=(day("2012-07-04"),)),
    Scenario("S030", {"days": 1, "at": at("2012-11-24T09:00"), "card": None,
                      "weekdays": WORKDAYS}, day("2012-11-26")),
    Scenario("S032", {"days": 7, "at": at("2012-07-23T11:53"), "card": None,
                      "weekdays": WORKDAYS}, day("2012-07-30"), "differs",
             "closed days count in a loan's length; only the due day itself must be open"),
    Scenario("S088", {"days": 7, "at": at("2025-03-10T09:00"), "card": None, "renewal": True},
             day("2025-03-17"), "differs",
             "a renewal counts from the day it is made, not from the old due day"),
)  # fmt: skip

FINES = (
    Scenario("S036", {"per_day": 100, "late": 29}, 2900),
    Scenario(
        "S038",
        {"per_day": 100, "late": 29, "price": 600},
        600,
        "differs",
        "capped at the copy's own price; types have no price of their own",
    ),
    Scenario("S040", {"per_day": 100, "late": 29, "cap": 600, "price": 500}, 500),
    Scenario("S042", {"per_day": 100, "late": 13}, 1300),
    Scenario("S044a", {"per_day": 500, "late": 3, "grace": 3}, 0),
    Scenario("S044b", {"per_day": 500, "late": 4, "grace": 3}, 2000),
    Scenario("S126", {"per_day": 100, "due": day("2025-02-28"), "back": day("2025-03-10")}, 1000),
    Scenario("S128", {"per_day": 100, "due": day("2025-02-28"), "back": day("2025-03-05")}, 500),
)

SUSPENSIONS = (
    Scenario("S048", {"each": 2, "grace": 1, "due": day("2025-03-05"), "back": day("2025-03-10")},
             day("2025-03-20"), "differs",
             "the grace forgives short lateness only; once over, all late days count (5 x 2)"),
    Scenario("S052", {"each": 1, "due": day("2025-03-05"), "back": day("2025-03-10")},
             day("2025-03-15")),
    Scenario("S054", {"each": 2, "due": day("2025-03-05"), "back": day("2025-03-10")},
             day("2025-03-18"), closed=(day("2025-03-08"),)),
    Scenario("S056", {"each": 2, "due": day("2025-03-05"), "back": day("2025-03-10")},
             day("2025-03-20"), "same", "both of the later closed days are passed over",
             (day("2025-03-08"), day("2025-03-12"), day("2025-03-19"))),
    Scenario("S058", {"each": 2, "cap": 333, "due": day("2024-03-10"), "back": day("2025-03-10")},
             day("2026-02-06"), "same", "at most 333 days"),
)  # fmt: skip

OPEN_DAYS = (
    Scenario("S024", {"day": day("2012-11-24")}, False),
    Scenario("S024b", {"day": day("2012-11-26")}, True),
    Scenario("S026", {"day": day("2012-11-11"), "open": day("2012-11-11")}, True),
)

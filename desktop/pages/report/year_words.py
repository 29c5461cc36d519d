"""The chapters that only a year's report has, drafted from its figures: introduction, and how the
year went."""

from __future__ import annotations

from collections import Counter

from database.reports.figures import Month
from database.reports.tables import activities, monthly
from database.reports.tables.monthly import MonthLine
from desktop.pages.report.narrative import services
from desktop.words.language import _, listed, month_long, ngettext, number
from desktop.words.register_words import word


def chapters(month: Month, library: str, hospital: str) -> dict[str, str]:
    """Introduction and conduct, as far as names and figures tell them."""
    conduct = [
        " ".join([*_open(month), *_busiest(monthly.TABLE.of(month))]),
        " ".join(services(month)),
        *_kinds(month),
    ]
    return {
        "introduction": "\n".join(_introduction(month.month, library, hospital)),
        "conduct": "\n".join(part for part in conduct if part),
    }


def _introduction(year: str, library: str, hospital: str) -> list[str]:
    text = _(
        "This report tells of {year}: the collection and the members, visits and loans, the "
        "services and the activities, what was difficult and what is planned."
    )
    found = [text.format(year=year)]
    if library and hospital:
        whom = _("{library} serves the staff, the students and the patients of {hospital}.")
        found.insert(0, whom.format(library=library, hospital=hospital))
    return found


def _open(month: Month) -> list[str]:
    if not month.open_days:
        return []
    text = ngettext(
        "The library was open on {n} day.", "The library was open on {n} days.", month.open_days
    )
    return [text.format(n=number(month.open_days))]


def _busiest(lines: tuple[MonthLine, ...]) -> list[str]:
    """The months with most and with fewest visits; nothing of a single one."""
    seen = [one for one in lines if one.visits]
    if len(seen) < 2:
        return []
    most = max(seen, key=lambda one: one.visits)
    fewest = min(seen, key=lambda one: one.visits)
    text = _("Most visits were made in {most} ({n}), fewest in {fewest} ({m}).")
    return [
        text.format(
            most=month_long(most.month),
            n=number(most.visits),
            fewest=month_long(fewest.month),
            m=number(fewest.visits),
        )
    ]


def _kinds(month: Month) -> list[str]:
    counts = Counter(one.kind for one in activities.TABLE.of(month))
    if not counts:
        return []
    said = [f"{word(kind)} ({number(count)})" for kind, count in counts.most_common()]
    return [_("Activities by kind: {kinds}.").format(kinds=listed(said))]

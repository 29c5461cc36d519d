"""Problems and plans of a report, drafted from its own figures: another month, other plans."""

from __future__ import annotations

from collections.abc import Iterator

from database.policy.calendar import shift_period
from database.reports.figures import Month
from database.reports.tables import (
    activities,
    class_loans,
    clinical,
    collection,
    late,
    membership,
    visit_rows,
    wards,
)
from desktop.pages.report.pieces import category, period_within
from desktop.words.language import _, ngettext, number, percent
from desktop.words.titles import class_group

MOST_PLANS = 4
FELL = 0.9
"""Of a period with less than this of the visits before it is said that they fell."""


SMALLEST_BASE = 30
"""A change from fewer than these is told as numbers: of a few, one more is already many percent."""


def in_percent(now: int, then: int) -> str:
    """How much more or less, without its sign; "" where that would say more than there is."""
    if then < SMALLEST_BASE or now == then:
        return ""
    return percent((now - then) / then * 100).lstrip("+−")


def _late(month: Month) -> int:
    one = late.TABLE.of(month)
    return one.week + one.month + one.longer if one else 0


def _lost(month: Month) -> int:
    one = late.TABLE.of(month)
    return one.lost if one else 0


def _finished_late(month: Month) -> int:
    one = clinical.TABLE.of(month)
    return max(one.finished - one.on_time, 0) if one else 0


def problems(month: Month) -> list[str]:
    found = []
    if overdue := _late(month):
        text = ngettext(
            "At the end of the period {n} copy was late.",
            "At the end of the period {n} copies were late.",
            overdue,
        )
        found.append(text.format(n=number(overdue)))
    if lost := _lost(month):
        text = ngettext(
            "In the period {n} copy was written off as lost.",
            "In the period {n} copies were written off as lost.",
            lost,
        )
        found.append(text.format(n=number(lost)))
    if count := _finished_late(month):
        text = ngettext(
            "Later than wanted was {n} literature search.",
            "Later than wanted were {n} literature searches.",
            count,
        )
        found.append(text.format(n=number(count)))
    return found


def plans(month: Month) -> list[str]:
    """What follows from the figures, the most pressing first; no more than one acts on."""
    return list(_wanted(month))[:MOST_PLANS]


def _wanted(month: Month) -> Iterator[str]:
    if _late(month):
        yield _("Remind the borrowers of late copies and collect them by unit.")
    if _lost(month):
        yield _("Replace what was lost, first what was lent often.")
    if _visits_fell(month):
        yield from _least_seen(month)
    yield from _missed(month)
    yield from _most_lent_class(month)
    yield from _of_members(month)


def _visits_fell(month: Month) -> bool:
    then = month.visits.last_month
    return then is not None and then >= SMALLEST_BASE and month.visits.now < then * FELL


def _least_seen(month: Month) -> Iterator[str]:
    """The kind of reader of whom fewest came, where there are several."""
    rows = [row for row in visit_rows.TABLE.of(month) if row.total]
    if len(rows) > 1:
        least = min(rows, key=lambda row: row.total)
        text = _("Call on {kind}, of whom fewest came ({n}).")
        yield text.format(kind=category(month, least.category), n=number(least.total))


def _missed(month: Month) -> Iterator[str]:
    """Services that were not asked for or not held at all."""
    coming = period_within(shift_period(month.month, 1))
    searched, carried = clinical.TABLE.of(month), wards.TABLE.of(month)
    if not activities.TABLE.of(month):
        yield _("Hold an activity in {next}, for in this period none was held.").format(next=coming)
    if searched is not None and not searched.searches:
        text = _("Offer literature searches to the units in {next}, for none was asked for.")
        yield text.format(next=coming)
    if carried is not None and not carried.rounds:
        text = _("Take the trolley round the wards in {next}, for no round was made.")
        yield text.format(next=coming)
    rows = collection.TABLE.of(month)
    if rows and not any(
        row.purchased + row.donated + row.deposited + row.otherwise_added for row in rows
    ):
        yield _("Propose purchases from what readers suggest, for no copy was added.")


def _most_lent_class(month: Month) -> Iterator[str]:
    """Where readers borrow most, more titles are wanted."""
    rows = [row for row in class_loans.TABLE.of(month) if row.class_group]
    whole = sum(row.total for row in class_loans.TABLE.of(month))
    if whole >= SMALLEST_BASE and rows:
        most = max(rows, key=lambda row: row.total)
        text = _("Look for further titles of {class_}: {n} of {all} loans were of it.")
        name = class_group(most.class_group)
        yield text.format(class_=name, n=number(most.total), all=number(whole))


def _of_members(month: Month) -> Iterator[str]:
    """Where more left than joined, who left is asked to stay."""
    rows = membership.TABLE.of(month)
    joined, ended = sum(row.joined for row in rows), sum(row.ended for row in rows)
    if ended > joined:
        text = ngettext(
            "Ask the {n} member whose card ended to renew it.",
            "Ask the {n} members whose cards ended to renew them.",
            ended,
        )
        yield text.format(n=number(ended))

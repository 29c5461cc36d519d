"""The words of a report, drafted from its figures: plain sentences for the librarian to change.

What nobody recorded is not spoken of, and nothing is a percentage of nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from database.policy.calendar import shift_period, year_before
from database.reports.figures import Comparison, Month
from database.reports.tables import (
    activities,
    clinical,
    collection,
    membership,
    top_titles,
    visit_rows,
    wards,
)
from database.reports.tables.membership import MembershipRow
from desktop.pages.report import plans
from desktop.pages.report.pieces import category, last_day, period_within
from desktop.pages.report.plans import in_percent
from desktop.words.language import N_, _, counted, ngettext, number


def draft(month: Month) -> dict[str, str]:
    """The narrative, the problems and the plans, as far as the figures tell them."""
    return {
        "narrative": "\n".join(part for part in _narrative(month) if part),
        "problems": "\n".join(plans.problems(month)) or _("No problems were recorded."),
        "plans": "\n".join(plans.plans(month)) or _("The services go on as in this period."),
    }


def _narrative(month: Month) -> list[str]:
    return [
        " ".join([_trend(month, month.visits, _VISITS), *_by_whom(month), *_last_year(month)]),
        " ".join([_trend(month, month.loans, _LOANS), *_most_lent(month)]),
        " ".join([_members(month), _collection(month)]),
        # A year tells of its services in a chapter of its own.
        "" if len(month.month) == len("2026") else " ".join(services(month)),
    ]


def services(month: Month) -> list[str]:
    """Wards, literature searches, activities: what was recorded of them."""
    return [*_wards(month), *_clinical(month), *_activities(month)]


@dataclass(frozen=True)
class _Said:
    """The sentences on one headline figure."""

    none: str
    rose: str
    fell: str
    same: str
    so_far: str
    alone: str


def _trend(month: Month, figures: Comparison, words: _Said) -> str:
    """One headline beside the period before."""
    now, then = figures.now, figures.last_month
    before, period = period_within(shift_period(month.month, -1)), period_within(month.month)
    if not now:
        return _(words.none).format(period=period)
    if month.until:
        return _(words.so_far).format(now=number(now), day=last_day(month))
    if then is None:
        return _(words.alone).format(now=number(now), period=period)
    if now == then:
        return _(words.same).format(now=number(now), period=period, before=before)
    text = _(words.rose if now > then else words.fell)
    by = in_percent(now, then)
    by = _(", by {change}").format(change=by) if by else ""
    return text.format(then=number(then), now=number(now), before=before, by=by)


_VISITS = _Said(
    N_("No visit was counted in {period}."),
    N_("Visits rose from {then} in {before} to {now}{by}."),
    N_("Visits fell from {then} in {before} to {now}{by}."),
    N_("In {period} visits numbered {now}, as many as in {before}."),
    N_("Up to {day} visits numbered {now}; the period is not over."),
    N_("In {period} visits numbered {now}; no whole period before can be compared with it."),
)
_LOANS = _Said(
    N_("Nothing was lent in {period}."),
    N_("Loans rose from {then} in {before} to {now}{by}."),
    N_("Loans fell from {then} in {before} to {now}{by}."),
    N_("In {period} loans numbered {now}, as many as in {before}."),
    N_("Up to {day} loans numbered {now}; the period is not over."),
    N_("In {period} loans numbered {now}; no whole period before can be compared with it."),
)


def _by_whom(month: Month) -> list[str]:
    top = max(visit_rows.TABLE.of(month), key=lambda row: row.total, default=None)
    if top is None or not top.total:
        return []
    parts = [
        _("Most visitors were {kind} ({n}).").format(
            kind=category(month, top.category), n=number(top.total)
        )
    ]
    if month.visits_per_open_day is not None:
        text = _("On an open day {n} people came on average.")
        parts.append(text.format(n=number(month.visits_per_open_day, 1)))
    return parts


def _last_year(month: Month) -> list[str]:
    then, now = month.visits.last_year, month.visits.now
    if len(month.month) == 4 or month.until or not now:
        return []
    before = period_within(year_before(month.month))
    if then is None:
        return [_("No whole {before} can be compared with it.").format(before=before)]
    by = in_percent(now, then)
    if not by:
        return []
    more = _("That is {change} more than the {then} of {before}.")
    fewer = _("That is {change} fewer than the {then} of {before}.")
    text = more if now > then else fewer
    return [text.format(change=by, then=number(then), before=before)]


def _most_lent(month: Month) -> list[str]:
    if not top_titles.TABLE.of(month):
        return []
    first = top_titles.TABLE.of(month)[0]
    text = ngettext(
        "Lent most often was “{title}” ({n} time).",
        "Lent most often was “{title}” ({n} times).",
        first.loans,
    )
    return [text.format(title=first.title, n=number(first.loans))]


def _total(rows: Sequence[MembershipRow], key: Callable[[MembershipRow], int]) -> str:
    return number(sum(key(row) for row in rows))


def _members(month: Month) -> str:
    text = _("Members at the end numbered {n}; {joined} joined and {ended} left.")
    rows = membership.TABLE.of(month)
    return text.format(
        n=number(month.members.now),
        joined=_total(rows, lambda row: row.joined),
        ended=_total(rows, lambda row: row.ended),
    )


def _collection(month: Month) -> str:
    text = _(
        "The collection has {titles} in {copies}; of copies {added} were added and {removed} left."
    )
    rows = collection.TABLE.of(month)
    added = sum(r.purchased + r.donated + r.deposited + r.otherwise_added for r in rows)
    removed = sum(r.withdrawn + r.lost + r.returned_to_owner for r in rows)
    return text.format(
        titles=counted("titles", month.titles.now),
        copies=counted("copies", month.copies.now),
        added=number(added),
        removed=number(removed),
    )


def _wards(month: Month) -> list[str]:
    one = wards.TABLE.of(month)
    if one is None or not (one.rounds or one.lent):
        return []
    text = ngettext(
        "The trolley went round the wards {n} time and lent {lent}.",
        "The trolley went round the wards {n} times and lent {lent}.",
        one.rounds,
    )
    return [text.format(n=number(one.rounds), lent=counted("copies", one.lent))]


def _clinical(month: Month) -> list[str]:
    one = clinical.TABLE.of(month)
    if one is None or not one.searches:
        return []
    text = ngettext(
        "The library was asked for {n} literature search; {done} finished, {on_time} of them "
        "in time.",
        "The library was asked for {n} literature searches; {done} finished, {on_time} of them "
        "in time.",
        one.searches,
    )
    done, on_time = number(one.finished), number(one.on_time)
    return [text.format(n=number(one.searches), done=done, on_time=on_time)]


def _activities(month: Month) -> list[str]:
    held = activities.TABLE.of(month)
    if not held:
        return []
    people = sum(one.men + one.women for one in held)
    text = ngettext(
        "The library held {n} activity with {people} participants.",
        "The library held {n} activities with {people} participants.",
        len(held),
    )
    return [text.format(n=number(len(held)), people=number(people))]

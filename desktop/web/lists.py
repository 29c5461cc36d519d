"""The pages of lists: the first one, new titles, guidelines, hours and rules, wards."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from database.library import Session
from database.public import house as public
from database.public import titles
from database.search import listing, search
from database.search.filters import Filters
from desktop.web import linked_data
from desktop.web.asked import Ask, frame, open_now
from desktop.web.rows import kind, listed
from desktop.words.language import (
    _,
    clock_time,
    date_short,
    month_long,
    ngettext,
    number,
    weekday_name,
)
from desktop.words.language import (
    listed as joined,
)
from desktop.words.titles import class_group

HOME, NEW = 6, 60
_FOR_PATIENTS = "leaflet"


def home(session: Session, ask: Ask) -> dict[str, Any]:
    """What `home.html` shows."""
    door = public.door(session, ask.now.date())
    every = listing.find(session, "")
    kinds = listing.choices(session, every, "material")
    told = ngettext("{n} title in the catalogue", "{n} titles in the catalogue", every.count)
    return {
        **frame(
            session, ask, _("Catalogue"), _("Catalogue of {name}").format(name=door.profile.name)
        ),
        "query": "",
        "big": True,
        "kept": (),
        "open": open_now(door.today, ask.now),
        "counted": told.format(n=number(every.count)),
        "kinds": [
            {
                "name": kind(value),
                "count": number(count),
                "href": ask.links.search({"jenis": value}),
            }
            for value, count in kinds
            if value
        ],
        "rows": listed(session, ask.links, newest(session, HOME)),
        "library_data": linked_data.of_library(door),
    }


def newest(session: Session, length: int, material: str | None = None) -> list[search.Found]:
    """The titles that came last."""
    found = listing.find(session, "", Filters(material=material), sort="added", down=True)
    return listing.read(session, found, 0, length)


def new(session: Session, ask: Ask) -> dict[str, Any]:
    """New titles, by the month they came."""
    found = newest(session, NEW)
    months = groupby(found, key=lambda one: f"{one.created_on:%Y-%m}" if one.created_on else "")
    return {
        **frame(session, ask, _("New titles")),
        "lead": _("What the library has catalogued last."),
        "groups": [
            {"name": month_long(month), "rows": listed(session, ask.links, list(rows))}
            for month, rows in months
            if month
        ],
        "feed": ask.links.feed(),
        "nothing": _("There is no title yet."),
    }


def guidelines(session: Session, ask: Ask) -> dict[str, Any]:
    """Clinical guidelines that stand, by class; those past their day are said to be."""
    standing = titles.guidelines(session)
    details = {one.id: one for one in search.details(session, [one.id for one in standing])}
    today = ask.now.date()
    groups = []
    for group, rows in groupby(standing, key=lambda one: one.class_group):
        found = list(rows)
        shown = listed(session, ask.links, [details[one.id] for one in found])
        for row, one in zip(shown, found, strict=True):
            row |= _standing(one, today)
        groups.append({"name": class_group(group), "rows": shown})
    return {
        **frame(session, ask, _("Clinical guidelines")),
        "lead": _("Guidelines (PPK, clinical pathways) in force at this hospital."),
        "groups": groups,
        "feed": "",
        "nothing": _("No guideline has been catalogued yet."),
    }


def _standing(one: titles.Guideline, today: Any) -> dict[str, str]:
    if one.review_on is not None and one.review_on < today:
        return {"tone": "warn", "state": _("Being reviewed")}
    return {"tone": "good", "state": _("In force")}


def hours(session: Session, ask: Ask) -> dict[str, Any]:
    """When the library is open, and what may be borrowed."""
    door = public.door(session, ask.now.date())
    return {
        **frame(session, ask, _("Hours and rules")),
        "open": open_now(door.today, ask.now),
        "week": [
            {
                "name": weekday_name(day),
                "told": _span(door.hours.get(day)),
                "today": day == ask.now.weekday(),
            }
            for day in range(7)
        ],
        "exceptions": [
            {
                "day": date_short(day),
                "told": ": ".join(
                    one for one in (_("open") if is_open else _("closed"), name) if one
                ),
            }
            for day, name, is_open in door.exceptions
        ],
        "rules": [
            {
                "name": rule.category_name,
                "books": number(rule.loan_limit),
                "days": number(rule.days),
                "renewals": number(rule.renewals),
            }
            for rule in door.rules
            if rule.loan_limit
        ],
    }


def _span(hours: Any) -> str:
    if hours is None:
        return _("closed")
    opens, closes = hours
    return f"{clock_time(opens)}–{clock_time(closes)}"


def wards(session: Session, ask: Ask, asking: bool = False, wanted: str = "") -> dict[str, Any]:
    """The wards with the days of the trolley, and what patients may take to read; each leads to
    where it asks, for a title that is `wanted`."""
    leaflets = newest(session, NEW, _FOR_PATIENTS)
    rows = listed(session, ask.links, leaflets)
    more = f"?judul={wanted}" if wanted else ""
    return {
        **frame(session, ask, _("On the wards")),
        "wards": [
            {
                "name": one.name,
                "days": _days(one.weekdays),
                "href": ask.links.ward(one.number) + more if asking else "",
            }
            for one in public.wards(session)
        ],
        "groups": [{"name": _("For patients and families"), "rows": rows}] if rows else [],
    }


def _days(weekdays: tuple[int, ...]) -> str:
    if not weekdays:
        return _("When asked")
    return _("Trolley on {days}").format(days=joined([weekday_name(day) for day in weekdays]))

"""The same answers for other programs, as JSON under `/api/v1/`; `WAYS` documents each.

What stands here stays as it is: a name is added, never changed or taken away within v1.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from database.description import marc_form
from database.library import Session
from database.public import house as door
from database.public import titles as public
from database.search import listing
from database.search.search import Found
from desktop.web import finding, lists
from desktop.web.asked import Ask, frame
from desktop.words.language import N_, _
from desktop.words.titles import full_title

ROOT = "/api/v1"
WAYS: tuple[tuple[str, str, str, tuple[tuple[str, str], ...]], ...] = (
    (
        "/titles",
        N_("Titles for words, as the catalogue finds them; without words the newest."),
        "?q=anatomi",
        (
            ("q", N_("words: title, author, subject, number")),
            ("jenis, kelas, tempat, bahasa", N_("kind, class, location, language")),
            ("ada", N_("“available” for those with a copy on the shelf")),
            ("dari, sampai", N_("first and last year")),
            ("hal", N_("page, twenty titles each")),
        ),
    ),
    ("/titles/{id}", N_("One title with its copies."), "", ()),
    ("/new", N_("The sixty titles that came last."), "", ()),
    ("/guidelines", N_("Clinical guidelines with the day of their review."), "", ()),
    ("/house", N_("Who the library is, its hours, closings and rules."), "", ()),
    ("/wards", N_("Wards with the days of the trolley, Monday 0."), "", ()),
)


def page(session: Session, ask: Ask) -> dict[str, Any]:
    """What `api.html` shows."""
    return {
        **frame(session, ask, _("For programs")),
        "ways": [
            {
                "path": f"GET {ROOT}{path}",
                "told": _(told),
                "names": [(name, _(text)) for name, text in names],
                "example": f"{ROOT}{path.replace('{id}', '1')}{example}",
            }
            for path, told, example, names in WAYS
        ],
    }


def titles(session: Session, ask: Ask, asked: Mapping[str, str]) -> dict[str, Any]:
    """A page of a search."""
    search = finding.read(asked)
    found = listing.find(session, search.query, search.filters)
    rows = listing.read(session, found, (search.page - 1) * finding.PAGE, finding.PAGE)
    return {
        "count": found.count,
        "bounded": found.bounded,
        "page": search.page,
        "titles": [_row(ask, one) for one in rows],
    }


def title(session: Session, ask: Ask, number: int) -> dict[str, Any]:
    """One title whole. Raises Refusal RECORD_GONE."""
    one = public.title(session, number)
    values = marc_form.values(one.record)
    names = ("publisher", "place", "year", "edition", "extent", "isbn", "issn", "summary")
    return {
        "id": one.id,
        "title": full_title(values),
        "contributors": one.contributors,
        **{name: values[name] for name in names},
        "material": one.material,
        "class": values["classification"],
        "nlm": values["nlm"],
        "language": one.language,
        "call_number": one.call_number,
        "subjects": [{"name": term, "scheme": scheme} for term, scheme in one.subjects],
        "added": one.created_on.isoformat(),
        "copies": [
            {
                "call_number": copy.call_number,
                "volume": copy.volume,
                "location": copy.location,
                "state": copy.state,
                "due": copy.due_on.isoformat() if copy.due_on else None,
            }
            for copy in one.copies
        ],
        "files": [
            {"name": file.name, "href": ask.links.file(file.id, file.url), "opened": file.uses}
            for file in one.files
        ],
        "cover": ask.links.cover(one.id) if one.cover else None,
        "page": ask.links.title(one.id),
    }


def new(session: Session, ask: Ask) -> dict[str, Any]:
    """The titles that came last."""
    return {"titles": [_row(ask, one) for one in lists.newest(session, lists.NEW)]}


def guidelines(session: Session, ask: Ask) -> dict[str, Any]:
    """Clinical guidelines."""
    today = ask.now.date()
    return {
        "guidelines": [
            {
                "id": one.id,
                "title": one.title,
                "year": one.year,
                "class": one.class_group,
                "review": one.review_on.isoformat() if one.review_on else None,
                "in_force": one.review_on is None or one.review_on >= today,
                "page": ask.links.title(one.id),
            }
            for one in public.guidelines(session)
        ]
    }


def house(session: Session, ask: Ask) -> dict[str, Any]:
    """The library as its door tells it."""
    told = door.door(session, ask.now.date())
    return {
        "name": told.profile.name,
        "hospital": told.profile.hospital,
        "address": told.profile.address,
        "phone": told.profile.phone,
        "email": told.profile.email,
        "open_today": told.today.is_open,
        "hours": [
            {"weekday": day, "opens": f"{opens:%H:%M}", "closes": f"{closes:%H:%M}"}
            for day, (opens, closes) in sorted(told.hours.items())
        ],
        "exceptions": [
            {"day": day.isoformat(), "name": name, "open": is_open}
            for day, name, is_open in told.exceptions
        ],
        "rules": [
            {
                "who": rule.category_name,
                "books": rule.loan_limit,
                "days": rule.days,
                "renewals": rule.renewals,
            }
            for rule in told.rules
        ],
    }


def wards(session: Session, ask: Ask) -> dict[str, Any]:
    """Where the trolley goes."""
    return {
        "wards": [{"name": one.name, "weekdays": list(one.weekdays)} for one in door.wards(session)]
    }


def _row(ask: Ask, one: Found) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "contributors": one.contributors,
        "year": one.year,
        "material": one.material,
        "call_number": one.call_number,
        "available": one.available,
        "copies": one.items,
        "found_by": one.why,
        "page": ask.links.title(one.id),
    }

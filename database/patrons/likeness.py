"""Whether somebody about to be enrolled is a member already, perhaps under another number."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from database.patrons.membership import PatronFacts
from database.schema import Patron, PatronCategory, PatronKind
from database.text import phones
from database.text.names import without_titles
from database.text.words import code, key, words


class Alike(StrEnum):
    """What two records have in common, the surest first."""

    STAFF_NUMBER = "staff_number"
    NAME_AND_PHONE = "name_and_phone"
    NAME_AND_PLACE = "name_and_place"


@dataclass(frozen=True, slots=True)
class Likeness:
    """Who it may be, and why."""

    id: int
    number: str
    name: str
    category_name: str
    why: Alike


_SURE = list(Alike)


def of(session: Session, facts: PatronFacts, own: int = 0) -> list[Likeness]:
    """Patrons who may be the same person, the surest first.

    Alike are: the same staff number; names of the same words, titles left out, with the same
    telephone; the same name, letter by letter, in the same unit or institution.
    """
    staff, phone = code(facts.staff_number).replace(" ", ""), phones.normal(facts.phone)
    asked = [
        Patron.staff_number == staff if staff else None,
        Patron.phone == phone if phone else None,
        Patron.name_key == key(facts.name) if facts.name.strip() else None,
    ]
    where = [one for one in asked if one is not None]
    if not where:
        return []
    rows = session.execute(
        select(
            Patron.id,
            Patron.number,
            Patron.name,
            PatronCategory.name.label("kind"),
            Patron.staff_number,
            Patron.phone,
            Patron.unit,
            Patron.institution,
        )
        .join(PatronCategory, PatronCategory.id == Patron.category_id)
        .where(or_(*where), Patron.id != own, Patron.forgotten_at.is_(None))
        .where(Patron.kind == PatronKind.PERSON)
        .order_by(Patron.id)
    )
    found = []
    for row in rows:
        why = _why(facts, staff, phone, row)
        if why:
            found.append(Likeness(row.id, row.number, row.name, row.kind, why))
    return sorted(found, key=lambda one: (_SURE.index(one.why), one.id))


def _why(facts: PatronFacts, staff: str, phone: str, row: Any) -> Alike | None:
    if staff and staff == row.staff_number:
        return Alike.STAFF_NUMBER
    if phone and phone == row.phone and same_name(facts.name, row.name):
        return Alike.NAME_AND_PHONE
    places = {key(one) for one in (facts.unit, facts.institution) if one.strip()}
    same_place = places & {key(one) for one in (row.unit, row.institution) if one}
    # Two numbers of staff or of students are two people, whatever they are called.
    if same_place and key(facts.name) == key(row.name) and not (staff and row.staff_number):
        return Alike.NAME_AND_PLACE
    return None


def same_name(one: str, other: str) -> bool:
    """Whether two names are one, titles and order of words aside: "Ns. Rina Wati, S.Kep." and
    "Rina Wati". One word alone is the same as a longer name that holds it."""
    first, second = (set(words(without_titles(name))) or set(words(name)) for name in (one, other))
    return bool(first and second) and (first <= second or second <= first)

"""Patrons: enrolling and changing. Places (wards) are patrons without any person."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from sqlalchemy import insert, or_, select
from sqlalchemy.orm import Session

from database import journal
from database.engine.meanwhile import must_stand
from database.engine.rows import row_of, rows_of
from database.patrons import before as patron_before
from database.patrons import finding, numbers
from database.patrons.finding import PatronRow
from database.policy import own_fields, units
from database.refusal import Reason, Refusal
from database.schema import Patron, PatronCategory, PatronKind
from database.text import emails, phones


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of patron."""

    id: int
    code: str
    name: str
    kind: str
    audience: str
    validity_days: int | None
    number_pattern: str = ""


@dataclass(frozen=True, slots=True)
class PatronFacts:
    """What is known of a patron. An empty number is made by pattern; `codes` None keeps
    those that are there, and so does `own`, values of the library's own fields by key."""

    name: str
    category: str
    number: str = ""
    sex: str = ""
    unit: str = ""
    institution: str = ""
    staff_number: str = ""
    phone: str = ""
    note: str = ""
    joined_on: date | None = None
    valid_until: date | None = None
    blocked_reason: str = ""
    blocked_until: date | None = None
    bed: str = ""
    child: bool = False
    guardian: str = ""
    guarantor: str = ""
    codes: tuple[str, ...] | None = None
    email: str = ""
    own: Mapping[str, str] | None = None


def categories(session: Session) -> list[Category]:
    """All categories in use, in the library's order."""
    rows = session.execute(
        select(
            PatronCategory.id,
            PatronCategory.code,
            PatronCategory.name,
            PatronCategory.kind,
            PatronCategory.audience,
            PatronCategory.validity_days,
            PatronCategory.number_pattern,
        )
        .where(PatronCategory.active)
        .order_by(PatronCategory.position, PatronCategory.id)
    )
    return rows_of(Category, rows)


def category_of(session: Session, code: str, own: int | None = None) -> Category:
    """A kind in use, or the one that the patron `own` has. Raises Refusal CATEGORY_MISSING."""
    kept = select(Patron.category_id).where(Patron.id == (own or 0)).scalar_subquery()
    row = session.execute(
        select(
            PatronCategory.id,
            PatronCategory.code,
            PatronCategory.name,
            PatronCategory.kind,
            PatronCategory.audience,
            PatronCategory.validity_days,
            PatronCategory.number_pattern,
        )
        .where(PatronCategory.code == code)
        .where(or_(PatronCategory.active, PatronCategory.id == kept))
    ).one_or_none()
    if row is None:
        raise Refusal(Reason.CATEGORY_MISSING)
    return row_of(Category, row)


def enrol(session: Session, facts: PatronFacts, now: datetime) -> int:
    """Add a patron and return the id.

    Raises Refusal NAME_MISSING, CATEGORY_MISSING, NUMBER_TAKEN, VALUE_INVALID, GUARDIAN_MISSING.
    """
    found = add(session, facts, now)
    journal.write(session, "patron.enrolled", "Patron", found, now, category=facts.category)
    return found


def add(session: Session, facts: PatronFacts, now: datetime) -> int:
    """`enrol` without a journal line, for an act that adds many."""
    row, codes = new_row(session, facts, now)
    numbers.must_be_free(session, [row["number"], row["staff_number"], *codes], None)
    found: int = session.execute(insert(Patron).values(**row).returning(Patron.id)).scalar_one()
    patron_before.begin(session, found, codes, now)
    journal.touch(session, "Patron")
    return found


def ask(question: Callable[..., Any], *told: Any, **more: Any) -> Any:
    """Ask the library; who makes many rows may pass what remembers answers instead."""
    return question(*told, **more)


def new_row(
    session: Session,
    facts: PatronFacts,
    now: datetime,
    *,
    asked: Callable[..., Any] = ask,
    taken: Collection[str] = (),
) -> tuple[dict[str, Any], list[str]]:
    """The row of a new patron and its further codes, none of which is looked at yet; a number
    that is made is none of those `taken` by rows that are not written yet.

    Raises as `enrol`, except NUMBER_TAKEN."""
    category: Category = asked(category_of, session, facts.category)
    values = _values(session, facts, category, None, asked)
    values["own"] = own_fields.of_person(session, category.audience, facts.own)
    joined = facts.joined_on or now.date()
    number = numbers.tidy(facts.number)
    while not number or (number in taken and not facts.number):
        number = _number(session, category, joined)
    codes = numbers.cleaned(facts.codes or (), number, values["staff_number"])
    row = {
        **values,
        "number": number,
        "search_key": finding.search_key(number, values, codes),
        "joined_on": joined,
        "valid_until": facts.valid_until or _validity(category, joined),
        "created_at": now,
    }
    return row, codes


def _number(session: Session, category: Category, day: date) -> str:
    place = category.kind == PatronKind.PLACE
    return numbers.next_one(session, category.code, category.number_pattern, place=place, day=day)


def _validity(category: Category, joined: date) -> date | None:
    return joined + timedelta(days=category.validity_days) if category.validity_days else None


def _values(
    session: Session,
    facts: PatronFacts,
    category: Category,
    own: int | None,
    asked: Callable[..., Any] = ask,
) -> dict[str, Any]:
    name = " ".join(facts.name.split())
    _must_be_whole(name, facts, category)
    place = category.kind == PatronKind.PLACE
    child = facts.child and category.audience not in ("staff", "place")
    learn = category.audience in ("staff", "student", "place")
    unit = asked(units.spelled, session, facts.unit, learn=learn, ward=place)
    return {
        "name": name,
        "name_key": finding.name_key(name),
        "kind": category.kind,
        "category_id": category.id,
        "sex": "" if place else facts.sex,
        "unit": unit,
        "institution": "" if place else facts.institution.strip(),
        "staff_number": numbers.tidy(facts.staff_number).replace(" ", "") or None,
        "phone": "" if place else phones.normal(facts.phone),
        "email": "" if place else emails.checked(facts.email),
        "note": facts.note.strip(),
        "blocked_reason": facts.blocked_reason.strip(),
        "blocked_until": facts.blocked_until if facts.blocked_reason.strip() else None,
        "bed": facts.bed.strip() if category.audience in ("place", "patient") else "",
        "place_id": asked(_place, session, category.audience, unit, facts.bed.strip(), own),
        "child": child,
        "guardian": facts.guardian.strip() if child else "",
        "guarantor": "" if place else facts.guarantor.strip(),
    }


def _must_be_whole(name: str, facts: PatronFacts, category: Category) -> None:
    if not name:
        raise Refusal(Reason.NAME_MISSING)
    if facts.sex not in {"", "f", "m"}:
        raise Refusal(Reason.VALUE_INVALID, field="sex")
    if facts.joined_on and facts.valid_until and facts.valid_until < facts.joined_on:
        raise Refusal(Reason.VALUE_INVALID, field="valid_until")
    needs_guardian = facts.child and category.audience not in ("staff", "place")
    if needs_guardian and not facts.guardian.strip():
        raise Refusal(Reason.GUARDIAN_MISSING, field="guardian")


def _place(session: Session, audience: str, unit: str, bed: str, own: int | None) -> int | None:
    """The ward a patient, a family or a bed belongs to: the place of the same unit."""
    if (
        not unit
        or audience not in ("patient", "family", "place")
        or (audience == "place" and not bed)
    ):
        return None
    found: int | None = session.execute(
        select(Patron.id)
        .where(Patron.kind == PatronKind.PLACE, Patron.unit == unit, Patron.bed == "")
        .where(Patron.ended_on.is_(None), Patron.id != (own or 0))
        .order_by(Patron.id)
        .limit(1)
    ).scalar()
    return found


_SEEN = tuple(name for name in PatronFacts.__dataclass_fields__ if name != "codes")


def save(
    session: Session,
    patron_id: int,
    facts: PatronFacts,
    now: datetime,
    read: PatronRow | None = None,
) -> None:
    """Change a patron, who was `read` so. The journal keeps which fields changed, never a person's
    data.

    Raises Refusal as `enrol`, RECORD_GONE, and CHANGED_MEANWHILE.
    """
    row = session.execute(select(Patron.__table__).where(Patron.id == patron_id)).one_or_none()
    if row is None or row.forgotten_at:
        raise Refusal(Reason.RECORD_GONE)
    category = category_of(session, facts.category, patron_id)
    values = _values(session, facts, category, patron_id)
    values["number"] = numbers.tidy(facts.number) or row.number
    values["joined_on"] = facts.joined_on or row.joined_on
    values["valid_until"] = facts.valid_until
    values["own"] = own_fields.of_person(session, category.audience, facts.own, row.own)
    wanted_now = SimpleNamespace(**{**values, "category": facts.category})
    must_stand(read, finding.one(session, patron_id), wanted_now, _SEEN, name=values["name"])
    had = numbers.of(session, patron_id)
    wanted = had if facts.codes is None else facts.codes
    codes = numbers.cleaned(wanted, values["number"], values["staff_number"])
    values["search_key"] = finding.search_key(values["number"], values, codes)
    numbers.must_be_free(session, [values["number"], values["staff_number"], *codes], patron_id)
    before: dict[str, Any] = {
        name: row._mapping[name] for name, value in values.items() if row._mapping[name] != value
    }
    patron_before.write(session, patron_id, values, now)
    if codes != had:
        before["codes"] = had
        patron_before.put_codes(session, patron_id, codes)
    changed = sorted(name for name in before if not name.endswith("_key"))
    line = journal.write(session, "patron.saved", "Patron", patron_id, now, fields=changed)
    if before:
        patron_before.keep(session, line, {patron_id: before}, now)

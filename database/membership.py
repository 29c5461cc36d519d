"""Patrons: enrolling, changing, finding. Places (wards) are patrons without any person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, or_, select, update
from sqlalchemy.orm import Session

from database import journal, numbering, settings
from database.among import among
from database.refusal import Reason, Refusal
from database.schema import Biblio, Item, Loan, Patron, PatronCategory, PatronKind
from database.words import code, key, words


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of patron."""

    id: int
    code: str
    name: str
    kind: str
    audience: str
    validity_days: int | None


@dataclass(frozen=True, slots=True)
class PatronFacts:
    """What is known of a patron. An empty number is made by pattern."""

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


@dataclass(frozen=True, slots=True)
class PatronRow:
    """A patron as listed and as shown at the desk."""

    id: int
    number: str
    name: str
    kind: str
    category: str
    category_name: str
    audience: str
    sex: str
    unit: str
    institution: str
    staff_number: str
    phone: str
    note: str
    joined_on: date
    valid_until: date | None
    ended_on: date | None
    blocked_reason: str
    open_loans: int


@dataclass(frozen=True, slots=True)
class PatronLoan:
    """A loan as shown with its patron."""

    id: int
    title: str
    barcode: str
    lent_at: datetime
    due_on: date
    returned_at: datetime | None
    renewals: int


def categories(session: Session) -> list[Category]:
    """All categories in use, in the library's order."""
    rows = session.execute(
        select(
            PatronCategory.id, PatronCategory.code, PatronCategory.name, PatronCategory.kind,
            PatronCategory.audience, PatronCategory.validity_days,
        )
        .where(PatronCategory.active)
        .order_by(PatronCategory.position, PatronCategory.id)
    )  # fmt: skip
    return [Category(*row) for row in rows]


def _category(session: Session, wanted: str) -> Category:
    for one in categories(session):
        if one.code == wanted:
            return one
    raise Refusal(Reason.CATEGORY_MISSING)


def enrol(session: Session, facts: PatronFacts, now: datetime) -> int:
    """Add a patron and return the id.

    Raises Refusal NAME_MISSING, CATEGORY_MISSING, NUMBER_TAKEN, VALUE_INVALID.
    """
    category = _category(session, facts.category)
    values = _values(facts, category)
    joined = facts.joined_on or now.date()
    number = code(facts.number) or _next_number(session, category, joined)
    _must_be_free(session, number, values["staff_number"], None)
    found: int = session.execute(
        insert(Patron)
        .values(
            **values,
            number=number,
            search_key=search_key(number, values),
            joined_on=joined,
            valid_until=facts.valid_until or _validity(category, joined),
            created_at=now,
        )
        .returning(Patron.id)
    ).scalar_one()
    journal.write(session, "patron.enrolled", "Patron", found, now, category=category.code)
    return found


def _validity(category: Category, joined: date) -> date | None:
    return joined + timedelta(days=category.validity_days) if category.validity_days else None


def _values(facts: PatronFacts, category: Category) -> dict[str, Any]:
    name = " ".join(facts.name.split())
    if not name:
        raise Refusal(Reason.NAME_MISSING)
    if facts.sex not in {"", "f", "m"}:
        raise Refusal(Reason.VALUE_INVALID, field="sex")
    joined = facts.joined_on
    if joined and facts.valid_until and facts.valid_until < joined:
        raise Refusal(Reason.VALUE_INVALID, field="valid_until")
    place = category.kind == PatronKind.PLACE
    return {
        "name": name,
        "name_key": key(name),
        "kind": category.kind,
        "category_id": category.id,
        "sex": "" if place else facts.sex,
        "unit": facts.unit.strip(),
        "institution": "" if place else facts.institution.strip(),
        "staff_number": code(facts.staff_number).replace(" ", "") or None,
        "phone": "" if place else facts.phone.strip(),
        "note": facts.note.strip(),
        "blocked_reason": facts.blocked_reason.strip(),
    }


def search_key(number: str, values: Mapping[str, Any]) -> str:
    """The folded words of name, number, staff number and unit, each after a blank."""
    texts = (values["name"], number, values.get("staff_number"), values.get("unit"))
    return " " + key(" ".join(text for text in texts if text))


def _must_be_free(session: Session, number: str, staff: str | None, own: int | None) -> None:
    """Neither number may already open somebody's transaction."""
    codes = [one for one in (number, staff) if one]
    row = session.execute(
        select(Patron.id, Patron.number, Patron.name)
        .where(or_(Patron.number.in_(codes), Patron.staff_number.in_(codes)))
        .where(Patron.id != (own or 0))
    ).first()
    if row:
        raise Refusal(Reason.NUMBER_TAKEN, number=row.number, name=row.name)


def _next_number(session: Session, category: Category, day: date) -> str:
    place = category.kind == PatronKind.PLACE
    series = "place" if place else "patron"
    pattern = settings.get(session, settings.PLACE_PATTERN if place else settings.PATRON_PATTERN)
    facts = {"year": str(day.year), "month": f"{day.month:02d}"}
    while True:
        number = code(numbering.write(pattern, numbering.take(session, series), facts))
        taken = select(Patron.id).where(or_(Patron.number == number, Patron.staff_number == number))
        if session.execute(taken).first() is None:
            return number


def save(session: Session, patron_id: int, facts: PatronFacts, now: datetime) -> None:
    """Change a patron. The journal keeps which fields changed, never a person's data.

    Raises Refusal as `enrol`, and RECORD_GONE.
    """
    row = session.execute(select(Patron.__table__).where(Patron.id == patron_id)).one_or_none()
    if row is None:
        raise Refusal(Reason.RECORD_GONE)
    category = _category(session, facts.category)
    values = _values(facts, category)
    values["number"] = code(facts.number) or row.number
    values["joined_on"] = facts.joined_on or row.joined_on
    values["valid_until"] = facts.valid_until
    values["search_key"] = search_key(values["number"], values)
    _must_be_free(session, values["number"], values["staff_number"], patron_id)
    changed = sorted(
        name
        for name, value in values.items()
        if row._mapping[name] != value and not name.endswith("_key")
    )
    session.execute(update(Patron).where(Patron.id == patron_id).values(**values))
    journal.write(session, "patron.saved", "Patron", patron_id, now, fields=changed)


def renew(session: Session, patron_id: int, now: datetime) -> date | None:
    """Lengthen a membership by its category's validity from today; returns the new end.

    Raises Refusal RECORD_GONE.
    """
    row = one(session, patron_id)
    if row is None:
        raise Refusal(Reason.RECORD_GONE)
    until = _validity(_category(session, row.category), now.date())
    session.execute(
        update(Patron).where(Patron.id == patron_id).values(valid_until=until, ended_on=None)
    )
    before = row.valid_until.isoformat() if row.valid_until else None
    journal.write(session, "patron.renewed", "Patron", patron_id, now, before=before)
    return until


_OPEN_LOANS: Any = (
    select(func.count())
    .where(Loan.patron_id == Patron.id, Loan.returned_at.is_(None), Loan.cancelled_at.is_(None))
    .correlate(Patron)
    .scalar_subquery()
)
ROWS: Any = select(
    Patron.id, Patron.number, Patron.name, Patron.kind, PatronCategory.code, PatronCategory.name,
    PatronCategory.audience, Patron.sex, Patron.unit, Patron.institution,
    func.coalesce(Patron.staff_number, ""), Patron.phone, Patron.note, Patron.joined_on,
    Patron.valid_until, Patron.ended_on, Patron.blocked_reason, _OPEN_LOANS,
).join(PatronCategory, PatronCategory.id == Patron.category_id)  # fmt: skip


def one(session: Session, patron_id: int) -> PatronRow | None:
    """One patron, or None."""
    row = session.execute(ROWS.where(Patron.id == patron_id)).one_or_none()
    return PatronRow(*row) if row else None


@dataclass(frozen=True, slots=True)
class PatronFilter:
    """Which patrons to list."""

    typed: str = ""
    category: str = ""
    with_loans: bool = False
    ends_between: tuple[date, date] | None = None


_CHOSEN = ROWS.where(among(Patron.id, "ids")).order_by(Patron.name_key, Patron.id)


def search(session: Session, wanted: PatronFilter, limit: int = 500) -> tuple[int, list[PatronRow]]:
    """How many patrons fit, and the first `limit` by name.

    Every word typed must begin a word of the name or the number, staff number, unit.
    """
    where: list[Any] = [Patron.forgotten_at.is_(None)]
    for word in words(wanted.typed):
        where.append(Patron.search_key.like(f"% {word}%"))
    if wanted.category:
        where.append(PatronCategory.code == wanted.category)
    if wanted.with_loans:
        where.append(_OPEN_LOANS > 0)
    if wanted.ends_between:
        where.append(Patron.valid_until.between(*wanted.ends_between))
    # The ids first: open loans are then counted for the rows shown, not for all that match.
    found = select(Patron.id).where(*where)
    if wanted.category:
        found = found.join(PatronCategory)
    counted = found.add_columns(func.count().over())
    first = session.execute(counted.order_by(Patron.name_key, Patron.id).limit(limit)).all()
    if not first:
        return 0, []
    rows = session.execute(_CHOSEN, {"ids": [row[0] for row in first]})
    return first[0][1], [PatronRow(*row) for row in rows]


_LOANS: Any = (
    select(
        Loan.id, Biblio.title, Item.barcode, Loan.lent_at, Loan.due_on, Loan.returned_at,
        Loan.renewals,
    )
    .join(Item, Item.id == Loan.item_id)
    .join(Biblio, Biblio.id == Item.biblio_id)
    .where(Loan.cancelled_at.is_(None))
)  # fmt: skip


def loans_in_hand(session: Session, patron_id: int) -> list[PatronLoan]:
    """What a patron has now, soonest due first."""
    rows = session.execute(
        _LOANS.where(Loan.patron_id == patron_id, Loan.returned_at.is_(None)).order_by(
            Loan.due_on, Loan.id
        )
    )
    return [PatronLoan(*row) for row in rows]


def history(session: Session, patron_id: int, limit: int = 200) -> list[PatronLoan]:
    """What a patron had and gave back, newest first."""
    rows = session.execute(
        _LOANS.where(Loan.patron_id == patron_id, Loan.returned_at.is_not(None))
        .order_by(Loan.returned_at.desc())
        .limit(limit)
    )
    return [PatronLoan(*row) for row in rows]


def units(session: Session) -> list[str]:
    """Units and wards known so far, for suggestions."""
    rows = session.execute(
        select(Patron.unit).where(Patron.unit != "").distinct().order_by(Patron.unit)
    )
    return list(rows.scalars())


def has_any(session: Session) -> bool:
    """Whether anybody is enrolled yet."""
    return session.execute(select(Patron.id).limit(1)).first() is not None

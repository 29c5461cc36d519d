"""Finding patrons: as they are listed and shown at the desk, with what they have and had."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from database.engine.among import among
from database.engine.rows import row_of, rows_of
from database.policy import lateness
from database.schema import Biblio, Item, Loan, Patron, PatronCategory
from database.text import own_values
from database.text.joined import searchable
from database.text.words import LONGEST_KEY, key, words
from database.vocabulary import NO_VALUES


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
    blocked_until: date | None
    place_id: int | None
    bed: str
    child: bool
    guardian: str
    guarantor: str
    suspended_until: date | None = None
    email: str = ""
    own: str = NO_VALUES

    def is_blocked(self, today: date) -> bool:
        """A block holds to the end of its last day, without one until it is taken away."""
        return bool(self.blocked_reason) and (
            self.blocked_until is None or self.blocked_until >= today
        )

    def is_suspended(self, today: date) -> bool:
        """Late returns keep one from lending to the end of the day."""
        return self.suspended_until is not None and self.suspended_until >= today


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


_OPEN_LOANS: Any = (
    select(func.count())
    .where(Loan.patron_id == Patron.id, Loan.returned_at.is_(None), Loan.cancelled_at.is_(None))
    .correlate(Patron)
    .scalar_subquery()
)
ROWS: Any = select(
    Patron.id,
    Patron.number,
    Patron.name,
    Patron.kind,
    PatronCategory.code.label("category"),
    PatronCategory.name.label("category_name"),
    PatronCategory.audience,
    Patron.sex,
    Patron.unit,
    Patron.institution,
    func.coalesce(Patron.staff_number, "").label("staff_number"),
    Patron.phone,
    Patron.note,
    Patron.joined_on,
    Patron.valid_until,
    Patron.ended_on,
    Patron.blocked_reason,
    _OPEN_LOANS.label("open_loans"),
    Patron.blocked_until,
    Patron.place_id,
    Patron.bed,
    Patron.child,
    Patron.guardian,
    Patron.guarantor,
    Patron.suspended_until,
    Patron.email,
    Patron.own,
).join(PatronCategory, PatronCategory.id == Patron.category_id)


def one(session: Session, patron_id: int) -> PatronRow | None:
    """One patron, or None."""
    row = session.execute(ROWS.where(Patron.id == patron_id)).one_or_none()
    return row_of(PatronRow, row) if row else None


def name_key(name: str) -> str:
    """A name as it is put in order and compared."""
    return key(name)


def search_key(number: str, values: Mapping[str, Any], codes: Sequence[str] = ()) -> str:
    """The folded words of name, number, staff number, own fields, unit and codes, each after a
    blank; the name also as it is looked for otherwise: D'Souza by souza."""
    own = own_values.words(own_values.unpacked(values.get("own") or NO_VALUES).values())
    # The unit behind what else is typed: see policy.units, which finds its words from the end.
    texts = (number, values.get("staff_number"), *own, values.get("unit"), *codes)
    rest = key(" ".join(text for text in texts if text))
    return f" {' '.join((*searchable(values['name']), rest))}"[: LONGEST_KEY + 1].rstrip()


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
    return first[0][1], rows_of(PatronRow, rows)


_LOANS: Any = (
    select(
        Loan.id,
        Biblio.title,
        Item.barcode,
        Loan.lent_at,
        Loan.due_on,
        Loan.returned_at,
        Loan.renewals,
    )
    .join(Item, Item.id == Loan.item_id)
    .join(Biblio, Biblio.id == Item.biblio_id)
    .where(Loan.cancelled_at.is_(None))
)


def loans_in_hand(session: Session, patron_id: int) -> list[PatronLoan]:
    """What a patron has now, soonest due first."""
    rows = session.execute(
        _LOANS.where(Loan.patron_id == patron_id, Loan.returned_at.is_(None)).order_by(
            Loan.due_on, Loan.id
        )
    )
    return rows_of(PatronLoan, rows)


def late_in_hand(session: Session, patron_id: int, now: datetime) -> dict[int, lateness.Late]:
    """How late what a patron has now is, by the loan's id: only what is past its due day."""
    rows = session.execute(
        select(Loan.id, Loan.category, Item.item_type, Loan.due_on, Loan.due_at)
        .join(Item, Item.id == Loan.item_id)
        .where(
            Loan.patron_id == patron_id,
            Loan.returned_at.is_(None),
            Loan.cancelled_at.is_(None),
            or_(Loan.due_on < now.date(), Loan.due_at < now),
        )
    ).all()
    late = lateness.of(session, rows, now)
    return {row.id: one for row, one in zip(rows, late, strict=True)}


def newest_borrower(session: Session) -> int | None:
    """Who of the staff or of the wards has a book in hand since the shortest time."""
    wanted = (
        select(Loan.patron_id)
        .join(Patron, Patron.id == Loan.patron_id)
        .join(PatronCategory, PatronCategory.id == Patron.category_id)
        .where(
            Loan.returned_at.is_(None),
            Loan.cancelled_at.is_(None),
            PatronCategory.audience.not_in(["patient", "family"]),
        )
        .order_by(Loan.id.desc())
        .limit(1)
    )
    return session.scalars(wanted).first()


def history(session: Session, patron_id: int, limit: int = 200) -> list[PatronLoan]:
    """What a patron had and gave back, newest first."""
    rows = session.execute(
        _LOANS.where(Loan.patron_id == patron_id, Loan.returned_at.is_not(None))
        .order_by(Loan.returned_at.desc())
        .limit(limit)
    )
    return rows_of(PatronLoan, rows)


def has_any(session: Session) -> bool:
    """Whether anybody is enrolled yet."""
    return session.execute(select(Patron.id).limit(1)).first() is not None

"""A list of people enrolled or renewed in one act: a new rotation of students, an import.

First a look at what each line would do, then all of it in one transaction. A line that
cannot be taken is told with its reason; none is lost silently.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from itertools import groupby
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from database.engine.among import among
from database.patrons import enrolling, likeness, list_changes, membership, pasted_list
from database.patrons.list_changes import Changes
from database.patrons.membership import PatronFacts
from database.policy import own_fields
from database.schema import Patron, PatronCategory, PatronKind
from database.sources.people import Row
from database.text import emails, phones
from database.text.words import code, key


class Outcome(StrEnum):
    """What a line of the list leads to. The first three are taken."""

    NEW = "new"
    RENEWED = "renewed"
    CHANGED = "changed"
    STANDS = "stands"
    DOUBLED = "doubled"
    NAME_MISSING = "name_missing"
    WRONG_DATE = "wrong_date"
    DATES_TURNED = "dates_turned"
    KIND_UNKNOWN = "kind_unknown"
    KIND_MISSING = "kind_missing"
    NUMBER_TAKEN = "number_taken"


TAKEN = frozenset({Outcome.NEW, Outcome.RENEWED, Outcome.CHANGED})


@dataclass(frozen=True, slots=True)
class Common:
    """What holds for every line that does not say otherwise. `category` is a code."""

    category: str = ""
    institution: str = ""
    unit: str = ""
    guarantor: str = ""
    joined_on: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line and what it leads to: `detail` is the cell that is wrong, the line it repeats, or
    the number that is another's; `patron_id` who is meant, and `changes` what will be otherwise
    of them (field, what it will be)."""

    position: int
    cells: tuple[str, ...]
    facts: PatronFacts
    outcome: Outcome
    detail: str = ""
    patron_id: int | None = None
    changes: Changes = ()


@dataclass(frozen=True, slots=True)
class Applied:
    """What was done; `journal_line` is what to undo, None where nothing was."""

    lines: list[Line]
    added: list[int]
    renewed: list[int]
    changed: list[int]
    journal_line: int | None


def plan(session: Session, table: Sequence[Sequence[str]], common: Common) -> list[Line]:
    """What each line of a list would do. Raises as `pasted_list.read`."""
    return plan_rows(session, _read(session, table), common)


def _read(session: Session, table: Sequence[Sequence[str]]) -> list[Row]:
    return pasted_list.read(table, own=own_fields.listed(session))[1]


def plan_rows(session: Session, rows: Sequence[Row], common: Common) -> list[Line]:
    """What each of these lines would do."""
    kinds = _kinds(session)
    facts = [_facts(row, common, kinds) for row in rows]
    known = _known(session, facts)
    seen: dict[tuple[str, ...], int] = {}
    return [
        _line(row, one, common, kinds, known, seen) for row, one in zip(rows, facts, strict=True)
    ]


def _kinds(session: Session) -> dict[str, str]:
    """Codes by code and by folded name."""
    rows = membership.categories(session)
    return {key(one.name): one.code for one in rows} | {one.code: one.code for one in rows}


def _facts(row: Row, common: Common, kinds: dict[str, str]) -> PatronFacts:
    said = row.text("category")
    kind = kinds.get(said) or kinds.get(key(said), "") if said else common.category
    return PatronFacts(
        name=row.text("name"),
        category=kind,
        number=code(row.text("number")),
        sex=row.text("sex"),
        unit=row.text("unit") or common.unit,
        institution=row.text("institution") or common.institution,
        staff_number=code(row.text("staff_number")).replace(" ", ""),
        phone=phones.normal(row.text("phone")),
        email=_address(row.text("email")),
        note=row.text("note"),
        guarantor=row.text("guarantor") or common.guarantor,
        joined_on=row.days.get("joined_on") or common.joined_on,
        valid_until=row.days.get("valid_until") or common.valid_until,
        own=row.own or None,
    )


def _address(text: str) -> str:
    """What cannot be an address costs nobody the enrolment."""
    kept = emails.normal(text)
    return kept if emails.is_address(kept) else ""


class _Known:
    """Who stands already, by what they may be known by: in the order they were found."""

    def __init__(self, rows: Iterable[Any]) -> None:
        self._numbered: dict[str, list[tuple[int, Any]]] = {}
        self._named: dict[str, list[Any]] = {}
        for at, row in enumerate(rows):
            self._named.setdefault(row.name_key, []).append(row)
            for number in {row.number, row.staff_number} - {None, ""}:
                self._numbered.setdefault(number, []).append((at, row))

    def numbered(self, facts: PatronFacts) -> list[Any]:
        """Those who have one of the numbers."""
        said = {facts.number, facts.staff_number} - {""}
        found = dict(one for number in said for one in self._numbered.get(number, ()))
        return [found[at] for at in sorted(found)]

    def named(self, facts: PatronFacts) -> list[Any]:
        """Those who have the name, folded."""
        return self._named.get(key(facts.name), [])


def _known(session: Session, facts: Sequence[PatronFacts]) -> _Known:
    """Who stands already under one of the numbers or names."""
    codes = [one for fact in facts for one in (fact.number, fact.staff_number) if one]
    names = [key(fact.name) for fact in facts if fact.name]
    columns = (
        Patron.id,
        Patron.name,
        Patron.name_key,
        Patron.number,
        Patron.staff_number,
        Patron.phone,
        Patron.email,
        Patron.institution,
        Patron.unit,
        Patron.own,
        PatronCategory.audience,
        Patron.valid_until,
        Patron.ended_on,
    )
    return _Known(
        session.execute(
            select(*columns)
            .join(PatronCategory, PatronCategory.id == Patron.category_id)
            .where(Patron.forgotten_at.is_(None), Patron.kind == PatronKind.PERSON)
            .where(
                or_(
                    among(Patron.number, "numbers"),
                    among(Patron.staff_number, "numbers"),
                    among(Patron.name_key, "names"),
                )
            ),
            {"numbers": codes, "names": names},
        )
    )


def _line(
    row: Row,
    facts: PatronFacts,
    common: Common,
    kinds: dict[str, str],
    known: _Known,
    seen: dict[tuple[str, ...], int],
) -> Line:
    def told(outcome: Outcome, detail: str = "", patron_id: int | None = None) -> Line:
        return Line(row.position, row.cells, facts, outcome, detail, patron_id)

    if not facts.name:
        return told(Outcome.NAME_MISSING)
    if row.wrong_date:
        return told(Outcome.WRONG_DATE, row.wrong_date)
    if facts.joined_on and facts.valid_until and facts.valid_until < facts.joined_on:
        return told(Outcome.DATES_TURNED)
    if not facts.category:
        said = row.text("category")
        return told(Outcome.KIND_UNKNOWN if said else Outcome.KIND_MISSING, said)
    for mark in _marks(facts):
        if seen.setdefault(mark, row.position) != row.position:
            return told(Outcome.DOUBLED, str(seen[mark]))
    return _met(row, told(Outcome.NEW), known)


def _met(row: Row, line: Line, known: _Known) -> Line:
    """A line that is right in itself, beside who stands already."""
    facts = line.facts
    by_number = known.numbered(facts)
    if by_number and not likeness.same_name(facts.name, by_number[0].name):
        taken = facts.staff_number or facts.number
        return replace(line, outcome=Outcome.NUMBER_TAKEN, detail=taken)
    same = by_number or [one for one in known.named(facts) if _same_person(facts, one)]
    if not same:
        return line
    changes = list_changes.of(row, facts, same[0])
    outcome = Outcome.CHANGED if changes else Outcome.STANDS
    if _longer(facts, same[0]):
        outcome = Outcome.RENEWED
    return replace(line, outcome=outcome, patron_id=same[0].id, changes=changes)


def _marks(facts: PatronFacts) -> list[tuple[str, ...]]:
    """What may stand only once in a list."""
    marks: list[tuple[str, ...]] = [
        ("number", one) for one in {facts.number, facts.staff_number} if one
    ]
    if not facts.staff_number and not facts.number:
        marks.append(("name", key(facts.name), facts.phone, key(facts.institution)))
    return marks


def _same_person(facts: PatronFacts, one: Any) -> bool:
    if facts.staff_number and one.staff_number:
        return False
    same_phone = facts.phone and facts.phone == one.phone
    same_school = facts.institution and key(facts.institution) == key(one.institution)
    return bool(same_phone or same_school)


def _longer(facts: PatronFacts, one: Any) -> bool:
    """Whether the list says a later end than the one that stands, or the member had ended."""
    if one.ended_on is not None:
        return True
    later = facts.valid_until and one.valid_until and facts.valid_until > one.valid_until
    return bool(later)


def apply(
    session: Session, table: Sequence[Sequence[str]], common: Common, now: datetime
) -> Applied:
    """Enrol, renew and change what the list says, in the caller's transaction and with one
    journal line."""
    return apply_rows(session, _read(session, table), common, now)


def apply_rows(session: Session, rows: Sequence[Row], common: Common, now: datetime) -> Applied:
    """The same of lines that were read."""
    lines: list[Line] = []
    before: dict[int, dict[str, Any]] = {}
    planned = plan_rows(session, rows, common)
    for new, together in groupby(planned, key=lambda one: one.outcome is Outcome.NEW):
        if new:
            lines += _enrolled(session, list(together), now)
            continue
        for line in together:
            if line.outcome in TAKEN and line.patron_id is not None:
                renewed_by = line.facts if line.outcome is Outcome.RENEWED else None
                stood = list_changes.follow(session, line.patron_id, line.changes, renewed_by)
                # Where two lines mean one person, what stood before the first counts.
                before[line.patron_id] = {**stood, **before.get(line.patron_id, {})}
            lines.append(line)
    added, renewed, changed = (
        list(dict.fromkeys(one.patron_id for one in lines if one.outcome is kind and one.patron_id))
        for kind in (Outcome.NEW, Outcome.RENEWED, Outcome.CHANGED)
    )
    if not added and not before:
        return Applied(lines, [], [], [], None)
    journal_line = list_changes.note(
        session, before, now, added=added, renewed=renewed, changed=changed
    )
    return Applied(lines, added, renewed, changed, journal_line)


def _enrolled(session: Session, listed: list[Line], now: datetime) -> Iterator[Line]:
    """New members; a further code of somebody is the only number that `plan_rows` does not know."""
    ids = enrolling.add_all(session, [line.facts for line in listed], now)
    for line, number in zip(listed, ids, strict=True):
        if number is None:
            taken = line.facts.staff_number
            yield replace(line, outcome=Outcome.NUMBER_TAKEN, detail=taken)
        else:
            yield replace(line, patron_id=number)


def default_kind(session: Session) -> str:
    """The first kind of students, for a rotation."""
    found: str | None = session.execute(
        select(PatronCategory.code)
        .where(PatronCategory.active, PatronCategory.audience == "student")
        .order_by(PatronCategory.position)
        .limit(1)
    ).scalar()
    return found or ""

"""Fields that the library declares itself, of titles, copies and patrons: the list of them, and
which values fit.

Whatever a record has is kept while its field is switched off, and shown again when it is on.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from database import journal
from database.description import own_marc
from database.description.marc import Record
from database.engine.meanwhile import must_stand
from database.engine.rows import rows_of
from database.journal import Inverses, Line
from database.refusal import Reason, Refusal
from database.schema import Biblio, Item, OwnField, OwnKind, OwnRecord, Patron
from database.text import own_values
from database.text.own_values import OwnRow
from database.text.private_words import promised_not
from database.text.words import key
from database.vocabulary import NO_VALUES

MOST = 20
"""Fields a kind of record may have: what stands in a form is still to be seen at once."""
CARED_FOR = frozenset({"patient", "family", "place"})
"""Audiences of whom no more is asked than lending needs: such fields are not for them."""
_HOLDERS: dict[str, Any] = {
    OwnRecord.TITLE: Biblio,
    OwnRecord.ITEM: Item,
    OwnRecord.PATRON: Patron,
}
_BLANKS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class OwnFacts:
    """What is declared of a field; `choices` only of one that is chosen."""

    record: str
    name: str
    kind: str = OwnKind.TEXT
    choices: tuple[str, ...] = ()
    active: bool = True


_COLUMNS = (
    OwnField.id,
    OwnField.record,
    OwnField.key,
    OwnField.name,
    OwnField.kind,
    OwnField.choices,
    OwnField.active,
)
_ORDER = (OwnField.position, OwnField.id)


@dataclass(frozen=True, slots=True)
class _Stored:
    id: int
    record: str
    key: str
    name: str
    kind: str
    choices: str
    active: bool

    def row(self) -> OwnRow:
        choices = tuple(json.loads(self.choices))
        return OwnRow(self.id, self.record, self.key, self.name, self.kind, choices, self.active)


def listed(session: Session) -> list[OwnRow]:
    """Every field, in the library's order."""
    rows = session.execute(select(*_COLUMNS).order_by(*_ORDER))
    return [one.row() for one in rows_of(_Stored, rows)]


def of(session: Session, record: OwnRecord) -> list[OwnRow]:
    """The fields of a kind of record that are in use."""
    return [one for one in listed(session) if one.record == record and one.active]


def holders(session: Session, row: OwnRow) -> int:
    """How many records have a value of a field."""
    found: int = session.execute(
        select(func.count()).where(holds(_HOLDERS[row.record], row.key))
    ).scalar_one()
    return found


def holds(record: Any, key_of: str) -> Any:
    """Of a record: it has a value under this key."""
    sign = f"{json.dumps(key_of, ensure_ascii=False)}:"
    return record.own.contains(sign, autoescape=True)


# --- values


def checked(
    session: Session, record: OwnRecord, typed: Mapping[str, str] | None, before: str = NO_VALUES
) -> str:
    """Typed values by key, with those that stood `before` where nothing was typed, as they are
    stored. What stood and was not changed stays, though it would not fit any more.

    Raises Refusal OWN_VALUE_UNFIT.
    """
    if not typed:
        return before
    values = own_values.unpacked(before)
    for one in of(session, record):
        if one.key not in typed:
            continue
        text = " ".join(typed[one.key].split())
        if text != values.get(one.key, ""):
            values[one.key] = _fitting(one, text)
    return own_values.packed(values)


def of_person(
    session: Session, audience: str, typed: Mapping[str, str] | None, before: str = NO_VALUES
) -> str:
    """`checked` of a patron; of those who are cared for nothing is kept."""
    if audience in CARED_FOR:
        return NO_VALUES
    return checked(session, OwnRecord.PATRON, typed, before)


def must_fit(session: Session, values: Mapping[str, str], before: Mapping[str, str]) -> None:
    """The values of a title's record fit their fields where they are others than `before`.

    Raises Refusal OWN_VALUE_UNFIT.
    """
    changed = {key_of for key_of, text in values.items() if before.get(key_of) != text}
    for one in of(session, OwnRecord.TITLE) if changed else ():
        if one.key in changed:
            _fitting(one, values[one.key])


def taken_over(session: Session, record: Record, stands: Record) -> Record:
    """A record from elsewhere with what stands of own fields; what it says of them itself goes
    before that, as far as its fields can hold it."""
    told, known = own_marc.values(record), {one.key: one for one in of(session, OwnRecord.TITLE)}
    fit = {
        key_of: text
        for key_of, text in told.items()
        if key_of not in known or own_values.fitting(known[key_of], text) is not None
    }
    return own_marc.apply(record, {**dict.fromkeys(told, ""), **own_marc.values(stands), **fit})


def _fitting(one: OwnRow, text: str) -> str:
    """As it is stored."""
    found = own_values.fitting(one, text)
    if found is None:
        field = f"own:{one.key}"
        raise Refusal(Reason.OWN_VALUE_UNFIT, name=one.name, value=text[:60], field=field)
    return found


# --- the list of fields


def _facts(facts: OwnFacts) -> dict[str, Any]:
    record, kind = OwnRecord(facts.record), OwnKind(facts.kind)
    name = " ".join(facts.name.split())
    if not name or not key(name):
        raise Refusal(Reason.NAME_MISSING)
    if record is OwnRecord.PATRON and promised_not(name):
        raise Refusal(Reason.PRIVATE_FIELD, name=name)
    choices = list(dict.fromkeys(" ".join(one.split()) for one in facts.choices))
    choices = [one for one in choices if one] if kind is OwnKind.CHOICE else []
    if kind is OwnKind.CHOICE and not choices:
        raise Refusal(Reason.CHOICES_MISSING, name=name, field="choices")
    return {
        "record": record.value,
        "name": name,
        "kind": kind.value,
        "choices": json.dumps(choices, ensure_ascii=False),
        "active": facts.active,
    }


def add(session: Session, facts: OwnFacts, now: datetime) -> int:
    """Declare a field; returns the journal line.

    Raises Refusal NAME_MISSING, NAME_TAKEN, PRIVATE_FIELD, CHOICES_MISSING, TOO_MANY_FIELDS.
    """
    values = _facts(facts)
    rows = listed(session)
    _must_be_new(rows, values, 0)
    if sum(one.record == values["record"] for one in rows) >= MOST:
        raise Refusal(Reason.TOO_MANY_FIELDS, most=MOST)
    last = session.execute(select(func.max(OwnField.position))).scalar() or 0
    kept_as = _new_key(values["name"], {one.key for one in rows if one.record == values["record"]})
    found: int = session.execute(
        insert(OwnField).values(**values, key=kept_as, position=last + 1).returning(OwnField.id)
    ).scalar_one()
    return journal.write(session, "own_field.added", "OwnField", found, now, name=values["name"])


def _new_key(name: str, taken: set[str]) -> str:
    """What values are kept under; it stays when the field is renamed. Words, so that who meets
    it in a record of MARC knows what it is."""
    base = _BLANKS.sub("-", key(name)).strip("-")[:40] or "x"
    at, found = 1, base
    while found in taken:
        at += 1
        found = f"{base}-{at}"
    return found


def _must_be_new(rows: Sequence[OwnRow], values: Mapping[str, Any], own: int) -> None:
    for one in rows:
        same = one.record == values["record"] and key(one.name) == key(values["name"])
        if same and one.id != own:
            raise Refusal(Reason.NAME_TAKEN, name=values["name"])


def row_of(session: Session, field_id: int) -> OwnRow:
    """A field. Raises Refusal RECORD_GONE."""
    found = next((one for one in listed(session) if one.id == field_id), None)
    if found is None:
        raise Refusal(Reason.RECORD_GONE)
    return found


def facts_of(row: OwnRow) -> OwnFacts:
    """What is declared of a field that stands."""
    return OwnFacts(row.record, row.name, row.kind, row.choices, row.active)


def save(
    session: Session, field_id: int, facts: OwnFacts, now: datetime, read: OwnFacts | None = None
) -> int:
    """Change a field; its values stay as they are. Returns the journal line.

    Raises Refusal as `add`, RECORD_GONE, OWN_FIELD_USED (another kind, or of other records,
    while records have values of it), and CHANGED_MEANWHILE.
    """
    row, values = row_of(session, field_id), _facts(facts)
    stands = facts_of(row)
    _must_be_new(listed(session), values, field_id)
    must_stand(read, stands, facts, ("name", "kind", "choices", "active"), name=row.name)
    turned = (row.record, row.kind) != (values["record"], values["kind"])
    if turned and (count := holders(session, row)):
        raise Refusal(Reason.OWN_FIELD_USED, name=row.name, records=count, field="kind")
    before = _stored_values(row)
    _write(session, field_id, values)
    return journal.write(
        session, "own_field.saved", "OwnField", field_id, now, name=values["name"], before=before
    )


def _stored_values(row: OwnRow) -> dict[str, Any]:
    choices = json.dumps(list(row.choices), ensure_ascii=False)
    return {**asdict(facts_of(row)), "choices": choices}


def _write(session: Session, field_id: int, values: Mapping[str, Any]) -> None:
    session.execute(update(OwnField).where(OwnField.id == field_id).values(**values))


def order(session: Session, field_ids: Sequence[int], now: datetime) -> int:
    """Put the fields into this order; returns the journal line."""
    rows = session.execute(select(OwnField.id, OwnField.position))
    before = [[row.id, row.position] for row in rows]
    _put_order(session, [[number, place] for place, number in enumerate(field_ids)])
    return journal.write(session, "own_field.ordered", "OwnField", None, now, before=before)


def _put_order(session: Session, places: Sequence[Sequence[int]]) -> None:
    for number, place in places:
        _write(session, number, {"position": place})


def take_away(session: Session, field_id: int) -> dict[str, Any]:
    """Take a field out of the list, for who journals it; what stood in its row.

    Raises Refusal RECORD_GONE.
    """
    row = session.execute(select(OwnField.__table__).where(OwnField.id == field_id)).one_or_none()
    if row is None:
        raise Refusal(Reason.RECORD_GONE)
    session.execute(delete(OwnField).where(OwnField.id == field_id))
    return dict(row._mapping)


def bring_back(session: Session, stood: Mapping[str, Any]) -> None:
    """Put a field that was taken away into the list again."""
    session.execute(insert(OwnField).values(**stood))


def _standing(session: Session, line: Line) -> OwnRow:
    assert line.record_id is not None
    try:
        return row_of(session, line.record_id)
    except Refusal as told:
        raise Refusal(Reason.CANNOT_UNDO) from told


def _unadd(session: Session, line: Line, now: datetime) -> None:
    row = _standing(session, line)
    if holders(session, row):
        raise Refusal(Reason.CANNOT_UNDO)
    take_away(session, row.id)


def _unsave(session: Session, line: Line, now: datetime) -> None:
    row = _standing(session, line)
    if row.name != line.facts["name"]:
        raise Refusal(Reason.CANNOT_UNDO)
    _write(session, row.id, line.facts["before"])


def _unorder(session: Session, line: Line, now: datetime) -> None:
    _put_order(session, line.facts["before"])


INVERSES: Inverses = {
    "own_field.added": _unadd,
    "own_field.saved": _unsave,
    "own_field.ordered": _unorder,
}

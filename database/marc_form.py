"""The form's fields and the MARC fields behind them: one table, read both ways.

Saving a form changes only the subfields it shows; every other field of the record,
its order and its indicators stay as they came.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from database import isbn
from database.marc import Field, Record
from database.projection import clean

REPEAT = "\n"
"""Several values of one form field (added authors, subjects) are written a line each."""


@dataclass(frozen=True, slots=True)
class FormField:
    """A form field: its MARC place, the indicators of a new field, punctuation before it."""

    key: str
    tag: str
    code: str
    indicators: str = "  "
    repeated: bool = False


FORM = (
    FormField("isbn", "020", "a"),
    FormField("issn", "022", "a"),
    FormField("language", "041", "a"),
    FormField("nlm", "060", "a", " 4"),
    FormField("classification", "082", "a", "04"),
    FormField("main_author", "100", "a", "1 "),
    FormField("corporate_author", "110", "a", "2 "),
    FormField("title", "245", "a", "10"),
    FormField("subtitle", "245", "b", "10"),
    FormField("volume", "245", "n", "10"),
    FormField("statement", "245", "c", "10"),
    FormField("edition", "250", "a"),
    FormField("place", "264", "a", " 1"),
    FormField("publisher", "264", "b", " 1"),
    FormField("year", "264", "c", " 1"),
    FormField("extent", "300", "a"),
    FormField("series", "490", "a", "0 "),
    FormField("note", "500", "a", repeated=True),
    FormField("summary", "520", "a"),
    FormField("subjects", "650", "a", " 4", repeated=True),
    FormField("added_authors", "700", "a", "1 ", repeated=True),
)
KEYS = tuple(one.key for one in FORM)
_TWINS = {"264": "260", "490": "440", "082": "084"}
_BEFORE = {("245", "b"): " :", ("245", "c"): " /", ("264", "b"): " :", ("264", "c"): ",",
           ("260", "b"): " :", ("260", "c"): ","}  # fmt: skip


def values(record: Record) -> dict[str, str]:
    """What the form shows of a record."""
    return {one.key: _value(record, one) for one in FORM}


def _value(record: Record, form: FormField) -> str:
    if form.repeated:
        found = [clean(f.get(form.code)) for f in record.each(form.tag)]
        return REPEAT.join(text for text in found if text)
    target = _target(record, form)
    return clean(target.get(form.code)) if target else ""


def _target(record: Record, form: FormField) -> Field | None:
    """The field the form edits: the wanted tag, or its older twin (260 for 264)."""
    twin = _TWINS.get(form.tag)
    return record.first(form.tag) or (record.first(twin) if twin else None)


def apply(record: Record, changed: Mapping[str, str]) -> Record:
    """A copy of `record` with what the form changed; untouched values stay to the letter."""
    result = Record(
        record.leader,
        [Field(f.tag, f.value, f.indicators, list(f.subfields)) for f in record.fields],
    )
    for form in FORM:
        new = changed.get(form.key)
        if new is None or new.strip() == _value(result, form):
            continue
        if form.repeated:
            _write_repeated(result, form, new)
        else:
            _write(result, form, _shaped(form, new.strip()))
    return result


def _shaped(form: FormField, text: str) -> str:
    return isbn.canonical(text) or text if form.key == "isbn" else text


def _write(record: Record, form: FormField, text: str) -> None:
    target = _target(record, form)
    if target is None:
        if text:
            _insert(record, Field(form.tag, None, form.indicators, [(form.code, text)]))
        return
    codes = [code for code, _ in target.subfields]
    if form.code in codes:
        at = codes.index(form.code)
        # The sign that closes a subfield (ISBD) belongs to the one that follows: kept.
        tail = target.subfields[at][1].rstrip()[len(clean(target.subfields[at][1])) :]
        target.subfields[at : at + 1] = [(form.code, text + tail)] if text else []
    elif text:
        _append(target, form.code, text)
    if not target.subfields:
        record.fields.remove(target)


def _append(target: Field, code: str, text: str) -> None:
    """Add a subfield in code order after $a, with the ISBD sign before it."""
    sign = _BEFORE.get((target.tag, code), "")
    if sign and target.subfields:
        last, value = target.subfields[-1]
        target.subfields[-1] = (last, clean(value) + sign)
    order = "anpbhc" if target.tag == "245" else "abc"
    at = next(
        (
            n
            for n, (found, _) in enumerate(target.subfields)
            if found in order and code in order and order.index(found) > order.index(code)
        ),
        len(target.subfields),
    )
    target.subfields.insert(at, (code, text))


def _write_repeated(record: Record, form: FormField, text: str) -> None:
    """Lines that stand already keep their field whole; the others are made or dropped."""
    wanted = [line.strip() for line in text.split(REPEAT) if line.strip()]
    standing = {clean(f.get(form.code)): f for f in record.each(form.tag)}
    for value, one in standing.items():
        if value not in wanted:
            record.fields.remove(one)
    for value in dict.fromkeys(wanted):
        if value not in standing:
            _insert(record, Field(form.tag, None, form.indicators, [(form.code, value)]))


def _insert(record: Record, new: Field) -> None:
    """Put a new field after the last one with a tag not above its own."""
    at = len(record.fields)
    while at and record.fields[at - 1].tag > new.tag:
        at -= 1
    record.fields.insert(at, new)

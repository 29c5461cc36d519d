"""The form's fields and the MARC fields behind them: one table, read both ways.

Saving a form changes only the subfields it shows; every other field of the record,
its order and its indicators stay as they came.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from database.description import isbn
from database.description.headings import clean
from database.description.marc import Field, Record
from database.description.materials import put, put_control
from database.description.roles import role_of, write_role
from database.text import names

REPEAT = "\n"
"""Several values of one form field (added authors, subjects) are written a line each."""
ROLE = "\t"
"""Parts the name of an added author from the role, where one is told."""


@dataclass(frozen=True, slots=True)
class FormField:
    """A form field: its MARC place, the indicators of a new field, punctuation before it.

    `at` is the position in a control field or the leader. `marks` are the subfields by which
    the field meant is known among others of its tag.
    """

    key: str
    tag: str
    code: str = ""
    indicators: str = "  "
    repeated: bool = False
    at: int | None = None
    marks: tuple[tuple[str, str], ...] = ()

    @property
    def place(self) -> str:
        """As cataloguers write it: "245 $a", "008/22"."""
        return f"{self.tag}/{self.at:02}" if self.at is not None else f"{self.tag} ${self.code}"


FORM = (
    FormField("carrier", "LDR", at=6),
    FormField("audience", "008", at=22),
    FormField("print_form", "008", at=23),
    FormField("isbn", "020", "a"),
    FormField("issn", "022", "a"),
    FormField("language", "041", "a"),
    FormField("original_language", "041", "h"),
    FormField("valid_from", "046", "m"),
    FormField("nlm", "060", "a", " 4"),
    FormField("classification", "082", "a", "04"),
    FormField("number", "088", "a"),
    FormField("main_author", "100", "a", "1 "),
    FormField("main_role", "100", "e", "1 "),
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
    FormField("frequency", "310", "a"),
    FormField("numbering", "362", "a", "0 "),
    FormField("series", "490", "a", "0 "),
    FormField("series_number", "490", "v", "0 "),
    FormField("note", "500", "a", repeated=True),
    FormField("thesis_note", "502", "a"),
    FormField("degree", "502", "b"),
    FormField("summary", "520", "a"),
    FormField("age", "521", "a", "1 "),
    FormField("review_on", "583", "c", marks=(("a", "review"),)),
    FormField("subjects", "650", "a", " 4", repeated=True),
    FormField("keywords", "653", "a", repeated=True),
    FormField("added_authors", "700", "a", "1 ", repeated=True),
    FormField("body", "710", "a", "2 "),
    FormField("body_unit", "710", "b", "2 "),
    FormField("host", "773", "t", "0 "),
    FormField("host_part", "773", "g", "0 "),
    FormField("host_issn", "773", "x", "0 "),
    FormField("url", "856", "u", "40"),
)
KEYS = tuple(one.key for one in FORM)
PLACES = {one.key: one.place for one in FORM}
"""Where each field of the form stands in the record, for those who know tags."""
_TWINS = {"264": "260", "490": "440", "082": "084"}
_BEFORE = {
    ("245", "b"): " :",
    ("245", "c"): " /",
    ("264", "b"): " :",
    ("264", "c"): ",",
    ("260", "b"): " :",
    ("260", "c"): ",",
    ("490", "v"): " ;",
    ("440", "v"): " ;",
}
_BLANK = " |#"
_ROLES = frozenset({"main_role"})
_SINGLE = "snbq| "
"""Kinds of date in 008/06 that one year replaces; serials and reprints keep theirs."""
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_ORDER = {"245": "anpbhc", "773": "atgx"}


def values(record: Record) -> dict[str, str]:
    """What the form shows of a record."""
    return {one.key: _value(record, one) for one in FORM}


def _value(record: Record, form: FormField) -> str:
    if form.at is not None:
        return _fixed(record, form.tag)[form.at : form.at + 1].strip(_BLANK)
    if form.key in _ROLES:
        target = _target(record, form)
        return role_of(target) if target else ""
    if form.key == "added_authors":
        return REPEAT.join(line for line in map(_person, record.each(form.tag)) if line)
    if form.key == "language":
        return clean(record.get("041", "a")) or _fixed(record, "008")[35:38].strip(_BLANK)
    if form.repeated:
        found = [clean(f.get(form.code)) for f in record.each(form.tag)]
        return REPEAT.join(text for text in found if text)
    target = _target(record, form)
    return clean(target.get(form.code)) if target else ""


def _person(one: Field) -> str:
    name, role = clean(one.get("a")), role_of(one)
    return f"{name}{ROLE}{role}" if name and role else name


def _fixed(record: Record, tag: str) -> str:
    return record.leader if tag == "LDR" else record.control(tag)


def _target(record: Record, form: FormField) -> Field | None:
    """The field the form edits: the wanted tag, or its older twin (260 for 264)."""
    if form.marks:
        return next((one for one in record.each(form.tag) if _is_marked(one, form)), None)
    twin = _TWINS.get(form.tag)
    return record.first(form.tag) or (record.first(twin) if twin else None)


def _is_marked(one: Field, form: FormField) -> bool:
    return all(one.get(code).strip().lower().startswith(word) for code, word in form.marks)


def apply(record: Record, changed: Mapping[str, str], persons: Collection[str] = ()) -> Record:
    """A copy of `record` with what the form changed; untouched values stay to the letter.

    A body written where an author is asked is an author all the same, in 110 or 710; `persons`
    are names that look like one and are none.
    """
    changed, bodies, role = _bodies_apart(record, changed, persons)
    result = Record(
        record.leader,
        [Field(f.tag, f.value, f.indicators, list(f.subfields)) for f in record.fields],
    )
    for form in FORM:
        new = changed.get(form.key)
        if new is not None and new.strip() != _value(result, form):
            _write_any(result, form, new)
    _write_bodies(result, bodies)
    main = result.first("110")
    if role and main is not None:
        write_role(main, role)
    _follow(result, changed)
    return result


def _bodies_apart(
    record: Record, changed: Mapping[str, str], persons: Collection[str]
) -> tuple[Mapping[str, str], list[str], str]:
    """What was changed with the bodies taken out of the authors' fields, those for a 710, and
    the role of the one that now is the main author."""

    def is_body(name: str) -> bool:
        return name not in persons and names.is_body(name)

    if not changed.keys() & {"main_author", "added_authors"}:
        return changed, [], ""
    before = {
        one.key: _value(record, one)
        for one in FORM
        if one.key in ("main_author", "corporate_author", "added_authors")
    }
    sorted_out, more, role = dict(changed), [], ""
    main = changed.get("main_author", "").strip()
    if main != before["main_author"] and is_body(main):
        sorted_out["main_author"] = sorted_out["main_role"] = ""
        if changed.get("corporate_author", before["corporate_author"]).strip():
            more.append(main)
        else:
            sorted_out["corporate_author"] = main
            role = changed.get("main_role", "")
    lines = changed.get("added_authors", "").split(REPEAT)
    standing = {line.partition(ROLE)[0] for line in before["added_authors"].split(REPEAT)}
    found = [
        line
        for line in lines
        if (name := line.partition(ROLE)[0].strip()) not in standing and is_body(name)
    ]
    if found:
        sorted_out["added_authors"] = REPEAT.join(line for line in lines if line not in found)
    return sorted_out, more + found, role


def _write_bodies(record: Record, lines: Sequence[str]) -> None:
    """710s for bodies that have none."""
    for line in lines:
        name, _sign, role = line.strip().partition(ROLE)
        if any(clean(one.get("a")) == name for one in record.each("710")):
            continue
        made = Field("710", None, "2 ", [("a", name)])
        if role.strip():
            write_role(made, role.strip())
        put(record, made)


BRIEF = "5"
"""Leader position 17 of a record that is to be catalogued yet (MARC 21: partial, preliminary)."""


def brief(title: str, author: str) -> Record:
    """A record of a line, to be catalogued later; the author as it is typed."""
    leader = Record().leader
    empty = Record(leader[:17] + BRIEF + leader[18:])
    return apply(empty, {"title": title, "main_author": names.heading(author)[0]})


def _write_any(record: Record, form: FormField, new: str) -> None:
    if form.at is not None:
        _write_fixed(record, form, new.strip())
    elif form.key in _ROLES:
        target = _target(record, form)
        if target is not None:
            write_role(target, new.strip())
    elif form.key == "added_authors":
        _write_people(record, form, new)
    elif form.repeated:
        _write_repeated(record, form, new)
    else:
        _write(record, form, _shaped(form, new.strip()))


def _write_fixed(record: Record, form: FormField, sign: str) -> None:
    assert form.at is not None
    before = _fixed(record, form.tag).ljust(24 if form.tag == "LDR" else 40)
    text = before[: form.at] + (sign or " ")[0] + before[form.at + 1 :]
    if form.tag == "LDR":
        record.leader = text
    else:
        put_control(record, form.tag, text)


def _follow(record: Record, changed: Mapping[str, str]) -> None:
    """008 says year and language too, where there is one."""
    fixed = record.control("008")
    if len(fixed) < 38:
        return
    year = _YEAR.search(changed.get("year", ""))
    language = changed.get("language", "").strip()
    if year and fixed[6] in _SINGLE:
        fixed = fixed[:6] + "s" + year.group() + "    " + fixed[15:]
    if len(language) == 3:
        fixed = fixed[:35] + language + fixed[38:]
    if fixed != record.control("008"):
        put_control(record, "008", fixed)


def _shaped(form: FormField, text: str) -> str:
    return isbn.canonical(text) or text if form.key == "isbn" else text


def _write(record: Record, form: FormField, text: str) -> None:
    target = _target(record, form)
    if target is None:
        if text:
            marks = [*form.marks, (form.code, text)]
            put(record, Field(form.tag, None, form.indicators, marks))
        return
    codes = [code for code, _ in target.subfields]
    if form.code in codes:
        at = codes.index(form.code)
        # The sign that closes a subfield (ISBD) belongs to the one that follows: kept.
        tail = target.subfields[at][1].rstrip()[len(clean(target.subfields[at][1])) :]
        target.subfields[at : at + 1] = [(form.code, text + tail)] if text else []
    elif text:
        _append(target, form.code, text)
    # A role without its name, a mark without what it marks, say nothing.
    if all(one in form.marks or one[0] in "e4" for one in target.subfields):
        record.fields.remove(target)


def _append(target: Field, code: str, text: str) -> None:
    """Add a subfield in code order after $a, with the ISBD sign before it."""
    sign = _BEFORE.get((target.tag, code), "")
    if sign and target.subfields:
        last, value = target.subfields[-1]
        target.subfields[-1] = (last, clean(value) + sign)
    order = _ORDER.get(target.tag, "abc")
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
            put(record, Field(form.tag, None, form.indicators, [(form.code, value)]))


def _write_people(record: Record, form: FormField, text: str) -> None:
    """Names and their roles; who stands already keeps the field, only the role is written."""
    lines = [line.strip().partition(ROLE) for line in text.split(REPEAT) if line.strip()]
    listed = [name.strip() for name, _sign, _role in lines if name.strip()]
    _write_repeated(record, form, REPEAT.join(listed))
    roles: dict[str, list[str]] = {}
    for name, _sign, role in lines:
        roles.setdefault(name.strip(), []).append(role.strip())
    for one in record.each(form.tag):
        wanted = roles.get(clean(one.get(form.code)))
        if wanted:
            role = wanted.pop(0)
            if role != role_of(one):
                write_role(one, role)

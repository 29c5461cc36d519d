"""Writing another heading into the field of a record that uses one.

Every subfield that is not part of the heading ($e editor, $0, $4) stays as it came.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from database.description.headings import clean, heading_of, name_codes
from database.description.marc import Field
from database.text.words import key

SUBDIVISIONS = "vxyz"
_DATES = re.compile(r"^(?P<name>.+),\s*(?P<dates>(?:[a-z]{1,2}\. )?\d{4}\??-(?:\d{4}\??)?)$")
_SECOND = {"lcsh": "0", "mesh": "2", "": "4"}
_NAMES = {"person": "00", "body": "10", "meeting": "11"}
_SIGNS = tuple(".,:;(")  # what closes a part; without one the next word belongs to it
Subfields = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Target:
    """The heading to write; `pattern` are its subfields as another record has them."""

    kind: str
    scheme: str
    name: str
    pattern: tuple[tuple[str, str], ...] = ()


def uses(one: Field, kind: str, scheme: str, folded: str) -> bool:
    """Whether a field uses this heading."""
    found = heading_of(one)
    return found is not None and (found.kind, found.scheme, found.key) == (kind, scheme, folded)


def rewritten(one: Field, target: Target) -> Field:
    """A copy of `one` that uses the heading `target`."""
    codes = name_codes(one) + (SUBDIVISIONS if one.tag[:1] == "6" else "")
    old = [(code, value) for code, value in one.subfields if code in codes]
    new = list(target.pattern) or _parts(old, target, is_subject=one.tag[:1] == "6")
    made = _with_parts(one, codes, old, new)
    if target.kind == "subject":
        _under_scheme(made, target.scheme)
    elif target.kind == "person":
        made.indicators = _entry(made) + made.indicators[1]
    found = heading_of(made)
    if found is None or found.key != key(target.name):
        # The parts could not be told apart: the whole name in $a still is the heading.
        return _with_parts(made, codes, old, [("a", target.name)])
    return made


def pattern_of(one: Field) -> tuple[tuple[str, str], ...]:
    """The subfields of the heading in a field, without the signs that close them."""
    codes = name_codes(one) + (SUBDIVISIONS if one.tag[:1] == "6" else "")
    found = [(code, value) for code, value in one.subfields if code in codes]
    return tuple(found[:-1]) + tuple((code, _bare(value)) for code, value in found[-1:])


def _parts(old: Subfields, target: Target, *, is_subject: bool) -> Subfields:
    """The new name in the subfields of the old: what is the same stays in its place."""
    if not is_subject:
        return _name_parts(old, target)
    main, *divisions = target.name.split(" -- ")
    standing = [code for code, _ in old if code in SUBDIVISIONS]
    codes = standing + ["x"] * (len(divisions) - len(standing))
    named = _name_parts(
        [one for one in old if one[0] not in SUBDIVISIONS], Target(target.kind, target.scheme, main)
    )
    return [*named, *zip(codes, divisions, strict=False)]


def _name_parts(old: Subfields, target: Target) -> Subfields:
    rest = target.name
    before: Subfields = []
    after: Subfields = []
    while old and old[0][1].strip()[-1:] in _SIGNS and rest.startswith(old[0][1].strip() + " "):
        before.append(old[0])
        rest = rest[len(old[0][1].strip()) + 1 :]
        old = old[1:]
    while len(old) > 1 and rest.endswith(" " + _bare(old[-1][1])):
        after.insert(0, (old[-1][0], _bare(old[-1][1])))
        rest = rest[: -len(_bare(old[-1][1])) - 1]
        old = old[:-1]
    dated = _DATES.match(rest) if target.kind == "person" and not before and not after else None
    if dated:
        return [("a", dated["name"] + ","), ("d", dated["dates"])]
    code = old[0][0] if old else "a"
    return [*before, (code, rest), *after]


def _bare(value: str) -> str:
    text = clean(value)
    return text.rstrip(".") if len(text) > 3 and text[-3:-2] != " " else text


def _with_parts(one: Field, codes: str, old: Subfields, new: Subfields) -> Field:
    """The new parts where the first of the old stood; the sign that closed the last stays."""
    tail = _tail(old[-1][1], new[-1][1]) if old else ""
    shaped = [*new[:-1], (new[-1][0], new[-1][1] + tail)]
    subfields: Subfields = []
    placed = False
    for code, value in one.subfields:
        if code not in codes:
            subfields.append((code, value))
        elif not placed:
            subfields += shaped
            placed = True
    return Field(one.tag, None, one.indicators, subfields)


def _tail(old: str, new: str) -> str:
    text = old.rstrip()
    tail = text[len(_bare(old)) :]
    return tail[1:] if tail.startswith(".") and new.endswith(".") else tail


def _entry(one: Field) -> str:
    """First indicator of a name: 1 under a family or last name, 0 as written, 3 a family."""
    if one.indicators[0] == "3":
        return "3"
    return "1" if "," in clean(one.get("a")) else "0"


def _under_scheme(one: Field, scheme: str) -> None:
    """Say in the field which list of subjects the heading is from."""
    if scheme == "free":
        one.tag, one.indicators = "653", one.indicators[0] + " "
    else:
        one.tag = "650" if one.tag == "653" else one.tag
        one.indicators = one.indicators[0] + _SECOND.get(scheme, "7")
    one.subfields = [part for part in one.subfields if part[0] != "2"]
    if scheme not in _SECOND and scheme != "free":
        one.subfields.append(("2", scheme))

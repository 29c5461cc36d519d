"""A heading as a MARC 21 authority record: 1XX itself, 4XX forms that lead to it, 5XX others.

$w of 5XX says what the other is: g broader, h narrower, nothing related (MARC 21 Format for
Authority Data, "Tracings and References").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from database.description import headings
from database.description.marc import Field, Record
from database.text.words import key, printable

LEADER = "00000nz  a2200000n  4500"
_TAGS = {"person": "00", "body": "10", "meeting": "11", "title": "30", "subject": "50"}
_KINDS = {tag: kind for kind, tag in _TAGS.items()} | {"51": "subject", "55": "subject"}
_BY_008 = {"lcsh": "a", "mesh": "c", "": "n"}
_OF_008 = {sign: scheme for scheme, sign in _BY_008.items()} | {"b": "lcsh"}
_RELATIONS = {"g": "broader", "h": "narrower"}
_SIGNS = {name: sign for sign, name in _RELATIONS.items()}
_PARTS = "abcdnpq"
_DIVISIONS = "vxyz"


@dataclass(frozen=True, slots=True)
class Named:
    """A heading by what makes it one; `relation` is what it is to the record's own."""

    kind: str
    scheme: str
    name: str
    relation: str = ""


@dataclass(frozen=True, slots=True)
class Authority:
    """What an authority record says of a heading."""

    heading: Named
    forms: tuple[str, ...] = ()
    others: tuple[Named, ...] = ()


def is_authority(record: Record) -> bool:
    """Whether a record is one of authority (leader position 6)."""
    return record.leader[6:7] == "z"


def to_record(said: Authority, number: int) -> Record:
    """The record of a heading; `number` is its control number here."""
    scheme = said.heading.scheme
    system = _BY_008.get(scheme, "z")
    fixed = f"000101|n|an{system}nnaabn" + " " * 10 + "|a ana      "
    fields = [Field("001", str(number)), Field("008", fixed)]
    if scheme and scheme not in _BY_008:
        fields.append(Field("040", None, "  ", [("f", scheme)]))
    fields.append(_field("1", said.heading))
    kind = said.heading.kind
    fields += [_field("4", Named(kind, scheme, form)) for form in said.forms]
    fields += [_field("5", other) for other in said.others]
    return Record(LEADER, fields)


def _field(block: str, one: Named) -> Field:
    main, *divisions = one.name.split(" -- ") if one.kind == "subject" else [one.name]
    first = "1" if one.kind == "person" and "," in main else "0" if one.kind == "person" else " "
    parts = [("w", _SIGNS[one.relation])] if one.relation in _SIGNS else []
    parts += [("a", main), *(("x", part) for part in divisions)]
    return Field(block + _TAGS[one.kind], None, first + " ", parts)


def of_record(record: Record) -> Authority | None:
    """What a record says, None where it names no heading of a kind that is kept."""
    scheme = _scheme(record)
    heading = next((_named(one, scheme) for one in record.fields if one.tag[:1] == "1"), None)
    if heading is None:
        return None
    forms = [one.name for one in _each(record, "4", scheme) if one.kind == heading.kind]
    others = [one for one in _each(record, "5", scheme) if one.kind == heading.kind]
    return Authority(heading, _once(forms, heading), tuple(others))


def _each(record: Record, block: str, scheme: str) -> Iterator[Named]:
    for one in record.fields:
        if one.tag[:1] == block and one.value is None:
            found = _named(one, scheme)
            if found is not None:
                yield found


def _named(one: Field, scheme: str) -> Named | None:
    kind = _KINDS.get(one.tag[1:])
    if kind is None or one.value is not None:
        return None
    name = headings.clean(" ".join(one.all(_PARTS)))
    if kind == "subject":
        name = " -- ".join([name, *(headings.clean(part) for part in one.all(_DIVISIONS))])
    name = printable(name.rstrip(".")[: headings.LONGEST])
    if not key(name):
        return None
    relation = _RELATIONS.get(one.get("w")[:1], "related")
    return Named(kind, scheme if kind == "subject" else "", name, relation)


def _once(forms: Iterable[str], heading: Named) -> tuple[str, ...]:
    kept = {key(form): form for form in forms}
    kept.pop(key(heading.name), None)
    return tuple(kept.values())


def _scheme(record: Record) -> str:
    said = record.get("040", "f").strip().lower()
    mark = record.control("008")[11:12]
    return printable(said[:40]) if said else _OF_008.get(mark, "")

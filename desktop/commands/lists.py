"""What the lists of an import hold, and what was said of their columns on the command line."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from database.imports.planned import name_of
from database.library import Library
from database.policy import own_fields
from database.refusal import Reason, Refusal
from database.sources import fields, own_columns
from database.sources.fields import Kind
from database.sources.looking import Chosen, Looked, Part
from database.text.private_words import folded
from desktop.commands.telling import Told
from desktop.words.language import _


def parts(looked: Sequence[Looked], chosen: argparse.Namespace, library: Library) -> list[Part]:
    """The parts of the files, with the fields the library declared itself and the columns that
    were said; what a part holds may be untold."""
    said = dict(_pair(one) for one in chosen.map or ())
    with library.reading() as session:
        own = own_fields.listed(session)
    found = [part.knowing(own) for one in looked for part in one.parts]
    return [_mapped(part, said) if part.table is not None and said else part for part in found]


def untold(parts: Sequence[Part]) -> list[Part]:
    """Lists of which nobody knows what they hold, but for notes beside a list that is known."""
    known = {part.path for part in parts if part.what}
    return [part for part in parts if not part.what and part.path not in known]


def _pair(text: str) -> tuple[str, str]:
    column, sign, field = text.partition("=")
    if not sign or not column.strip():
        raise Told(_('--map is written COLUMN=FIELD, as in --map "Nama Pegawai=name".'))
    return column.strip(), field.strip()


def _mapped(part: Part, said: dict[str, str]) -> Part:
    """A list with the columns that were said, by their heading or their number from 1."""
    assert part.table is not None
    wanted: dict[int, str] = {}
    for column, field in said.items():
        for one in part.table.columns:
            if column == str(one.at + 1) or folded(column) == folded(one.heading):
                wanted[one.at] = field
    kind = _kind(set(wanted.values()), part.table.kind)
    if kind is None or not wanted:
        return part
    own = own_columns.fields_of(part.table.own, kind)
    strange = set(wanted.values()) - {*fields.known(kind), *own, "", "number"}
    if strange:
        known = ", ".join([*fields.known(kind), *own])
        raise Told(_("There is no field {field}; there are {known}.").format(
            field=", ".join(sorted(strange)), known=known))  # fmt: skip
    return part.decided(Chosen(kind, tuple(wanted.items())))


def _kind(named: set[str], kind: Kind | None) -> Kind | None:
    if kind is not None:
        return kind
    if named & {"name", "surname"}:
        return Kind.PATRONS
    return Kind.TITLES if "title" in named else Kind.ISBNS if "isbn" in named else None


def unknown(part: Part) -> str:
    """What is told of a list of which nobody knows which column is what."""
    assert part.table is not None
    first = next((row for _at, row in part.table.rows), [])
    read = ", ".join(cell for cell in first if cell)[:160]
    return _(
        "{file}: which column is what cannot be told (its first line is: {read}). Give the columns "
        'headings, or say it: --map "COLUMN=FIELD", the column by its heading or number, as in '
        "--map 1=title or --map 2=name."
    ).format(file=name_of(part), read=read)


def people(found: list[Part]) -> list[Part]:
    """The same, all of which are known to hold people."""
    if left := untold(found):
        raise Told(unknown(left[0]))
    for part in found:
        held = part.what == Kind.PATRONS or part.counts.get("patrons")
        if part.what and not held:
            raise Refusal(Reason.NOT_PEOPLE, kind=part.what)
    return found

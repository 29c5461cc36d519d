"""The whole folder for the literacy index: the 28 figures, and a spreadsheet for each list."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from database.exchange import sheet
from database.library import Session
from database.policy import house
from database.policy.house import ProfileFacts
from database.registers import evidence, registers
from database.standards import iplm, iplm_evidence
from desktop.file_names import safe
from desktop.words.language import N_, _, date_plain
from desktop.words.register_words import field, word

IDENTITY = {
    "A": N_("Kind of library"),
    "B": N_("Sub-kind"),
    "C": N_("Teachers (schools only)"),
    "D": N_("Pupils (schools only)"),
    "E": N_("Employees of the institution"),
    "F": N_("Name of the institution"),
    "G": N_("NPSN (schools only)"),
    "H": N_("NPP (national library number)"),
    "I": N_("Name of the library"),
    "J": N_("Address"),
    "K": N_("Province"),
    "L": N_("Regency or city"),
    "M": N_("Filled in by"),
    "N": N_("Their phone (WhatsApp)"),
}
"""The first columns of the form (Template IPLM 2026)."""
NAMES = {
    "collection": N_("Collection"),
    "digital": N_("Digital titles"),
    "digital-holdings": N_("Digital holdings"),
    "e-resources": N_("Use of e-resources"),
    "additions": N_("Additions"),
    "budget": N_("Budget"),
    "staff": N_("Staff"),
    "training": N_("Training"),
    "activities": N_("Activities"),
    "visits": N_("Visits"),
    "use": N_("Titles used"),
    "cooperation": N_("Cooperation"),
    "services": N_("Services"),
    "documents": N_("Documents"),
}


def write(folder: Path, session: Session, year: int, today: date, where: str) -> list[Path]:
    """Write the figures, every list that has lines, and the files kept with those lines into
    `folder`; `where` is the library's place. The files written."""
    folder.mkdir(parents=True, exist_ok=True)
    figures = iplm.figures(session, year, today)
    profile = house.profile(session)
    cells = cells_of(session, profile, figures, year)
    rows = [[one.column, one.code, one.name, one.value] for one in figures]
    head = [_("Column"), _("Code"), _("Figure"), _("Value {year}").format(year=year)]
    titles, line = _form(cells, year, today)
    name = profile.short_name or _("library")
    first = folder / safe(f"IPLM-{year}-{name}", ".xlsx")
    asked = _("Form {year} (A to AQ)").format(year=year)
    sheet.write_xlsx(first, [(asked, titles, [line]), (_("28 figures"), head, rows)])
    written = [first]
    span = iplm.span_of(year, today)
    for name, (columns, make) in iplm_evidence.EVIDENCE.items():
        found = make(session, span)
        if not found.rows:
            continue
        path = folder / safe(f"{'-'.join(columns)}-{_(NAMES[name])}", ".xlsx")
        titles = [field(column) for column in found.columns]
        said = [[_said(cell) for cell in row] for row in found.rows]
        sheet.write_xlsx(path, [(_(NAMES[name]), titles, said)])
        written.append(path)
        written += _copied(path.with_suffix(""), session, name, span, where)
    return written


@dataclass(frozen=True, slots=True)
class Cell:
    """A column of the form: its letters, what it asks, and what is known."""

    column: str
    name: str
    value: Any


def cells_of(
    session: Session, profile: ProfileFacts, figures: list[iplm.Figure], year: int
) -> list[Cell]:
    """The form's columns A to AQ in its order. What is not known is None or "": nought stands only
    where something was counted."""
    people = [
        one.values["employees"]
        for one in registers.entries(session, "population")
        if one.values["year"] <= year
    ]
    known = {
        "A": profile.kind,
        "B": profile.subkind,
        "E": people[0] if people else None,
        "F": profile.hospital,
        "H": profile.npp,
        "I": profile.name,
        "J": profile.address,
        "K": profile.province,
        "L": profile.city,
        "M": profile.contact,
        "N": profile.contact_phone,
    } | {one.column: one.value for one in figures}
    names = {column: _(name) for column, name in IDENTITY.items()}
    names |= {one.column: one.name for one in figures}
    names["AQ"] = _("Folder with the evidence (link)")
    return [Cell(column, name, known.get(column)) for column, name in names.items()]


def _form(cells: list[Cell], year: int, today: date) -> tuple[list[str], list[Any]]:
    """The head and the line to be copied into the form."""
    span = iplm.span_of(year, today)
    said = _("data of {first} to {last}").format(
        first=date_plain(span.first), last=date_plain(span.last)
    )
    titles = [f"{one.column}. {one.name}" for one in cells]
    titles[0] += f" ({said})"
    return titles, [one.value for one in cells]


def _copied(folder: Path, session: Session, name: str, span: iplm.Span, where: str) -> list[Path]:
    """The photographs and papers of one list, named by day, line and file; links in a list."""
    pieces = iplm_evidence.pieces(session, name, span)
    if not pieces:
        return []
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for at, one in enumerate((one for one in pieces if not one.url), start=1):
        named = f"{at:03d}-{one.day or ''}-{one.title[:40]}-{Path(one.name).stem[:40]}"
        path = folder / safe(named, Path(one.name).suffix.lower())
        shutil.copyfile(evidence.place(session, where, one.number), path)
        written.append(path)
    links = [[one.day, one.title, one.url] for one in pieces if one.url]
    if links:
        name_of_list = _("Links")
        path = folder / safe(name_of_list, ".csv")
        sheet.write_csv(path, [_("Date"), _("What"), _("Link")], links)
        written.append(path)
    return written


def _said(cell: Any) -> Any:
    """A code as its word; all else as it is."""
    return word(cell) if isinstance(cell, str) else cell

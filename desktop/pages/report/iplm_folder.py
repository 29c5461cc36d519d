"""The whole folder for the literacy index: the 28 figures, and a spreadsheet for each list."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

from database.exchange import sheet
from database.library import Session
from database.policy import house
from database.registers import evidence
from database.standards import iplm, iplm_evidence
from desktop.file_names import safe
from desktop.words.language import N_, _
from desktop.words.register_words import field, word

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
    rows = [[one.column, one.code, one.name, one.value] for one in figures]
    head = [_("Column"), _("Code"), _("Figure"), _("Value {year}").format(year=year)]
    name = profile.short_name or _("library")
    first = folder / safe(f"IPLM-{year}-{name}", ".xlsx")
    sheet.write_xlsx(first, [(_("28 figures"), head, rows)])
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

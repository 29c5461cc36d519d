"""Patrons without a window: listing them, and enrolling them from a list."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from database.exchange import found
from database.library import Library
from database.patrons import finding, membership, rotation
from database.patrons.rotation import Applied, Common, Outcome
from desktop.commands.telling import DONE, NOT_DONE, PARTLY, give, say
from desktop.words.codes import outcome
from desktop.words.language import _, date_plain

_EVERY = 1_000_000


def listed(where: str) -> tuple[list[dict[str, Any]], list[str]]:
    """Everybody who is not forgotten: as values, and as lines for people."""
    library = Library.open(where)
    try:
        with library.reading() as session:
            _total, found = finding.search(session, finding.PatronFilter(), _EVERY)
    finally:
        library.close()
    rows = [
        {
            "number": one.number,
            "name": one.name,
            "category": one.category,
            "valid_until": one.valid_until,
            "open_loans": one.open_loans,
        }
        for one in found
    ]
    columns = [
        (one.number, one.name, one.category_name, _end(one), str(one.open_loans)) for one in found
    ]
    head = (_("Number"), _("Name"), _("Kind"), _("Valid until"), _("Loans"))
    return rows, _aligned([head, *columns])


def _end(one: finding.PatronRow) -> str:
    return date_plain(one.valid_until) if one.valid_until else "–"


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    wide = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, wide, strict=True)).rstrip()
        for row in rows
    ]


def bring_in(where: str, files: Sequence[Path], category: str, now: datetime) -> dict[str, Any]:
    """Enrol and renew whom the files list, all in one transaction; what was done."""
    library = Library.open(where)
    try:
        with library.transaction() as session:
            if category:
                membership.category_of(session, category)
            common = Common(category)
            done = [
                (file, rotation.apply(session, found.rows_of(file), common, now)) for file in files
            ]
    finally:
        library.close()
    return _counted(done)


def _counted(done: Sequence[tuple[Path, Applied]]) -> dict[str, Any]:
    lines = [(file, line) for file, applied in done for line in applied.lines]
    refused = [
        {"file": file.name, "position": line.position, "reason": outcome(line.outcome, line.detail)}
        for file, line in lines
        if line.outcome not in rotation.TAKEN and line.outcome is not Outcome.STANDS
    ]
    return {
        "read": len(lines),
        "added": sum(len(applied.added) for _file, applied in done),
        "renewed": sum(len(applied.renewed) for _file, applied in done),
        "matched": sum(line.outcome is Outcome.STANDS for _file, line in lines),
        "refused": refused,
    }


def told(value: Mapping[str, Any]) -> str:
    """What was done, in a sentence."""
    text = _(
        "Read {read}, enrolled {added}, renewed {renewed}, there already {matched}, "
        "refused {refused}."
    )
    return text.format(**{**value, "refused": len(value["refused"])})


def _patrons(chosen: argparse.Namespace, now: datetime) -> int:
    rows, lines = listed(chosen.library)
    give(chosen, {"rows": rows}, lines)
    return DONE


def _import_patrons(chosen: argparse.Namespace, now: datetime) -> int:
    value = bring_in(chosen.library, chosen.files, chosen.category, now)
    refused = value["refused"]
    for one in refused:
        say(f"{one['file']}:{one['position']}: {one['reason']}")
    give(chosen, value, [told(value)])
    if refused and len(refused) == value["read"]:
        return NOT_DONE
    return PARTLY if refused else DONE


ACTS: dict[str, Callable[[argparse.Namespace, datetime], int]] = {
    "patrons": _patrons,
    "import-patrons": _import_patrons,
}

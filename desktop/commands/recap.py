"""Reports of many libraries put together: for the dinas; one is opened only for letters."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path

from desktop.commands.telling import DONE, PARTLY, give, progress
from desktop.recap.gathering import Recap
from desktop.words.language import _, counted


def _recap(chosen: argparse.Namespace, now: datetime) -> int:
    from desktop.recap import writing
    from desktop.recap.gathering import gather

    if chosen.blank:
        writing.write_blank(chosen.blank)
        give(chosen, {"blank": str(chosen.blank)}, [str(chosen.blank)])
        return DONE
    found = gather(chosen.files, progress(_("Reports")))
    if chosen.xlsx:
        writing.write_xlsx(chosen.xlsx, found)
    if chosen.pdf:
        writing.write_pdf(chosen.pdf, found, now.date())
    letters = _letters(chosen, found, now)
    missing = found.missing()
    value = {
        "files": found.read,
        "reports": len(found.best),
        "libraries": list(found.libraries.values()),
        "totals": found.totals(),
        "missing": [list(one) for one in missing],
        "wrong": [[file, why] for file, why in found.wrong],
        "doubles": [list(one) for one in found.doubles],
        "letters": [str(one) for one in letters],
    }
    lines = [
        _("{reports} of {libraries}").format(
            reports=counted("reports", len(found.best)),
            libraries=counted("libraries", len(found.libraries)),
        ),
        *(_("not sent: {library}, {period}").format(library=a, period=b) for a, b in missing),
        *(f"{file}: {why}" for file, why in found.wrong),
    ]
    give(chosen, value, lines)
    return PARTLY if found.wrong else DONE


def _letters(chosen: argparse.Namespace, found: Recap, now: datetime) -> list[Path]:
    """A letter to each that has not sent, under the letterhead of the library named, if one is."""
    if not chosen.letters:
        return []
    from database.library import Library
    from desktop.recap import letters

    library = Library.open(chosen.library) if chosen.library else None
    try:
        return letters.write(chosen.letters, found, now, library, progress(_("Letters")))
    finally:
        if library is not None:
            library.close()


ACTS = {"recap": _recap}

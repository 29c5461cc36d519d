"""Moving to another PC: one folder holds the library, its files and what this PC was told."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import Any

from database.engine.whole_file import write_whole
from database.library import restore
from database.refusal import Reason, Refusal
from database.storage.copies import Contents
from desktop import pc
from desktop.pc import Choice, Pc
from desktop.program import Program
from desktop.words.language import _

LIBRARY, CHOICES = "library.db", "pc.ini"
KEPT: tuple[Choice[Any], ...] = (
    pc.LANGUAGE, pc.SCHEME, pc.SOUNDS, pc.BLANK_AFTER, pc.SHEET, pc.LABEL_PARTS, pc.LABEL_CODE,
    pc.LABEL_DPI, pc.LABEL_BAND, pc.LABEL_MARKS, pc.SLIP_WIDTH, pc.TITLE_COLUMNS, pc.REPORT_PAPER,
    pc.ACTOR, pc.SCAN_PACE, pc.SCAN_SUFFIX, pc.SCAN_PREFIX, pc.KIOSK_CODE,
)  # fmt: skip
"""What is a person's, or the scanner's. Printers, folders and places are the PC's own."""


def pack(program: Program, folder: Path) -> Contents:
    """Write all of it into a new folder, proved as a backup is.

    Raises Refusal LIBRARY_EXISTS where the folder holds a library already, else as
    `Library.backup`.
    """
    if (folder / LIBRARY).exists():
        raise Refusal(Reason.LIBRARY_EXISTS, where=str(folder))
    contents = program.library.backup(folder / LIBRARY)
    choices = Pc(folder / CHOICES)
    for one in KEPT:
        choices.put(one, program.pc.get(one))
    write_whole(folder / _("READ-ME.txt"), guide().encode("utf-8-sig"))
    return contents


def unpack(folder: Path, settings: Pc, into: Path) -> tuple[Path, Contents]:
    """Make the library anew in the folder `into`, and let this PC be told what the other was.

    Nothing that stands is touched. Raises Refusal FILE_MISSING, BACKUP_UNREADABLE, LIBRARY_NEWER;
    Fault as `Library.create`.
    """
    target = next(
        place
        for number in count(1)
        if not (place := into / ("library.db" if number == 1 else f"library-{number}.db")).exists()
    )
    contents = restore(folder / LIBRARY, target)
    if (folder / CHOICES).is_file():
        told = Pc(folder / CHOICES)
        for one in KEPT:
            settings.put(one, told.get(one))
    settings.put(pc.LIBRARY, str(target))
    return target, contents


def guide() -> str:
    """What to do, for who stands before two PCs."""
    steps = [
        _("Close Selasar on the old PC and lend nothing there any more: what is lent there from "
          "now on will not be on the new PC."),
        _("Copy this folder, whole, to the new PC, on a stick or through the network."),
        _("Install Selasar on the new PC and open it."),
        _("Settings, Backups, “From another PC…”: choose this folder. Selasar makes the library "
          "from it, proves it and opens it."),
        _("Lend and take back one book to see that all is there. Choose the printers under "
          "Settings, This PC, and a folder for backups under Settings, Backups."),
        _("Delete this folder from the stick and from the old PC: it holds the names of members "
          "and patients."),
    ]  # fmt: skip
    lines = [_("Moving Selasar to another PC"), ""]
    lines += [f"{number}. {text}" for number, text in enumerate(steps, start=1)]
    return "\r\n".join([*lines, ""])

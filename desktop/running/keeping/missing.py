"""A library that this PC knew and does not find: asked for, never silently made anew."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from database.library import restore
from database.refusal import Fault, Refusal
from database.storage import copies, keeping
from desktop import pc
from desktop.pc import Pc
from desktop.running import mishaps
from desktop.running.keeping import backups
from desktop.widgets.buttons import Kind
from desktop.widgets.dialog import choose
from desktop.words.language import _, counted, date_long

FIND, RESTORE, NEW = range(3)


def was_known(where: str, settings: Pc) -> bool:
    """Whether this PC worked with the file that is not there."""
    return bool(where) and settings.get(pc.KNOWN) == where


def ask(where: str, settings: Pc) -> str | None:
    """Which library to open instead: found elsewhere, restored to its place, or the same place for
    one that is really new; None to open nothing. It is asked again where that did not go."""
    while True:
        text = _(
            "The library at {where} is not there. Is a stick missing, or is the network down? Plug "
            "it in and open Selasar again, or choose what to do."
        )
        answers: list[tuple[str, Kind]] = [
            (_("Find the file…"), "primary"),
            (_("Restore the last backup"), "outlined"),
            (_("Begin a new library"), "outlined"),
        ]
        title = _("The library is not found")
        answer = choose(None, title, text.format(where=where), answers)
        if answer is None:
            return None
        if answer == NEW:
            return where
        found = _find(where) if answer == FIND else _restored(where, settings)
        if found:
            settings.put(pc.LIBRARY, found)
            return found


def _find(where: str) -> str:
    chosen, _kind = QFileDialog.getOpenFileName(
        None, _("Find the file…"), str(Path(where).parent), "*.db *.selasar"
    )
    return chosen


def _restored(where: str, settings: Pc) -> str:
    """The place, with the newest backup that is whole and holds something; "" for none."""
    for one in keeping.existing(pc.backup_folder(settings)):
        backup = one.path
        if one.is_sealed:
            continue
        try:
            held = copies.verify(backup)
            if not held.titles and not held.patrons:
                continue
            restore(backup, where)
        except (Refusal, Fault) as told:
            mishaps.refused(told)
            continue
        said = _("Restored from {file}: {titles}, {patrons}, as of {day}.")
        day = backups.made_on(backup)
        mishaps.tell(
            said.format(
                file=backup.name,
                titles=counted("titles", held.titles),
                patrons=counted("patrons", held.patrons),
                day=date_long(day),
            )
        )
        return where
    mishaps.tell(_("There is no backup with anything in it in the folder for backups."))
    return ""

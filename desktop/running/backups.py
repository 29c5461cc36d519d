"""Backups on exit, kept by count, and how old the last one is."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from database.catalogue import titles as catalogue
from database.policy import settings
from database.refusal import Fault, Refusal
from database.text.dates import local_day
from desktop import pc
from desktop.program import Program
from desktop.widgets.status_line import Status
from desktop.words.language import _, clock, date_plain, number

PREFIX = "selasar-"
STALE_DAYS = 3


def on_exit(program: Program) -> Path | None:
    """Copy the library, verified, and drop the oldest copies; a demo is not copied.

    None where nothing was copied: the next start shows how old the last backup is.
    """
    from database.policy import house

    if program.read(house.profile).demo:
        return None
    try:
        return make(program)
    except (Refusal, Fault):
        return None


def make(program: Program) -> Path:
    """One backup now. Raises Refusal and Fault as `Library.backup`."""
    folder = pc.backup_folder(program.pc)
    target = folder / f"{PREFIX}{program.now():%Y%m%d-%H%M%S}.db"
    program.library.backup(target)
    kept = program.read(lambda session: settings.get(session, settings.BACKUPS_KEPT))
    for old in existing(folder)[max(kept, 1) :]:
        old.unlink(missing_ok=True)
    return target


def existing(folder: Path) -> list[Path]:
    """Backups in a folder, newest first."""
    return sorted(folder.glob(f"{PREFIX}*.db"), reverse=True)


def last(program: Program) -> datetime | None:
    """When the newest backup was made."""
    found = existing(pc.backup_folder(program.pc))
    return datetime.fromtimestamp(found[0].stat().st_mtime).astimezone() if found else None


def status(program: Program) -> Status:
    """What the status line says."""
    titles, items = program.read(catalogue.counts)
    counts = _("{titles} titles · {items} copies").format(
        titles=number(titles), items=number(items)
    )
    moment = last(program)
    if moment is None:
        return Status("warn", _("No backup yet; one is made when you close"), counts)
    day = local_day(moment)
    days = (program.now().date() - day).days
    when = _("today {time}").format(time=clock(moment)) if days == 0 else date_plain(day)
    dot = "good" if days < STALE_DAYS else "bad"
    return Status(dot, _("Last backup {when}").format(when=when), counts)  # type: ignore[arg-type]

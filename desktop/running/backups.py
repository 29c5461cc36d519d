"""Backups on exit, kept by count, and how old the last one is."""

from __future__ import annotations

import re
import uuid
from datetime import date, datetime
from pathlib import Path

from database.catalogue import titles as catalogue
from database.policy import settings
from database.refusal import Fault, Refusal
from database.storage import copies
from database.storage.copies import Contents
from database.text.dates import local_day
from desktop import pc
from desktop.program import Program
from desktop.widgets.status_line import Status
from desktop.words.language import _, clock, date_plain, number
from desktop.words.sentences import refusal

PREFIX = "selasar-"
_NAME = re.compile(r"selasar-[0-9a-f]{8}-(\d{6,})-\d{8}-\d{6}\.db")
STALE_DAYS = 3


def on_exit(program: Program) -> Path | None:
    """Copy the library, verified, and drop the oldest copies; a demo is not copied.

    None where nothing was copied: why stands in the status line from the next start on.
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
    folder, name = pc.backup_folder(program.pc), identity(program)
    before = existing(folder, name)
    serial = 1 + max((_serial(one) for one in before), default=0)
    target = folder / f"{PREFIX}{name}-{serial:06d}-{program.now():%Y%m%d-%H%M%S}.db"
    try:
        contents = program.library.backup(target)
    except (Refusal, Fault) as told:
        program.pc.put(pc.BACKUP_FAILED, refusal(told))
        raise
    program.pc.put(pc.BACKUP_FAILED, "")
    kept = program.read(lambda session: settings.get(session, settings.BACKUPS_KEPT))
    for old in existing(folder, name)[max(kept, 1) :]:
        if not _is_richer(old, contents):
            old.unlink(missing_ok=True)
    return target


def identity(program: Program) -> str:
    """What the library's backups are called by, made the first time it is asked for."""
    known = program.read(lambda session: settings.get(session, settings.LIBRARY_ID))
    if not known:
        known = uuid.uuid4().hex[:8]
        program.write(lambda session: settings.put(session, settings.LIBRARY_ID, known))
    return known


def existing(folder: Path, name: str = "") -> list[Path]:
    """Backups of a library in a folder, the newest first: by the order in which they were made,
    whatever the clock said then. Without a name those of every library, by their day on disk."""
    found = [one for one in folder.glob(f"{PREFIX}{name}*.db") if one.is_file()]
    if not name:
        return sorted(found, key=lambda one: one.stat().st_mtime, reverse=True)
    return sorted((one for one in found if _serial(one)), key=_serial, reverse=True)


def _serial(path: Path) -> int:
    """Its place in the order of making; 0 for one that an older program made."""
    found = _NAME.fullmatch(path.name)
    return int(found[1]) if found else 0


def _is_richer(old: Path, contents: Contents) -> bool:
    """Whether an old backup holds much that the newest has not: then it stays, however many poor
    ones are made after it."""
    try:
        held = copies.verify(old)
    except (Refusal, Fault):
        return False
    return 2 * contents.titles < held.titles or 2 * contents.loans < held.loans


def made_on(backup: Path) -> date:
    """The day a backup was made."""
    return local_day(datetime.fromtimestamp(backup.stat().st_mtime).astimezone())


def last(program: Program) -> datetime | None:
    """When the newest backup of this library was made; another's says nothing of it."""
    known = program.read(lambda session: settings.get(session, settings.LIBRARY_ID))
    found = existing(pc.backup_folder(program.pc), known) if known else []
    return datetime.fromtimestamp(found[0].stat().st_mtime).astimezone() if found else None


def status(program: Program) -> Status:
    """What the status line says."""
    titles, items = program.read(catalogue.counts)
    counts = _("{titles} titles · {items} copies").format(
        titles=number(titles), items=number(items)
    )
    if program.pc.get(pc.BACKUP_FAILED):
        return Status("bad", _("The last backup failed; see Settings, Backups"), counts)
    moment = last(program)
    if moment is None:
        return Status("warn", _("No backup yet; one is made when you close"), counts)
    day = local_day(moment)
    days = (program.now().date() - day).days
    when = _("today {time}").format(time=clock(moment)) if days == 0 else date_plain(day)
    dot = "good" if days < STALE_DAYS else "bad"
    return Status(dot, _("Last backup {when}").format(when=when), counts)  # type: ignore[arg-type]

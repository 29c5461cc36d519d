"""Backups of the library: made, proved, kept by their order, in two places; and how old the last
one is."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from database.catalogue import titles as catalogue
from database.engine import files
from database.engine.private import begin_private
from database.engine.whole_file import whole_file
from database.policy import house, settings
from database.refusal import Fault, Refusal, Trouble
from database.storage import copies, keeping, sealing
from database.storage.copies import Held
from database.storage.keeping import SEALED, Backup
from database.text.dates import changed_at, local_day
from desktop import pc
from desktop.program import Program
from desktop.running.keeping import backup_places
from desktop.widgets.status_line import Status
from desktop.words.language import _, clock, date_plain, ngettext, number
from desktop.words.sentences import refusal

Report = Callable[[int, int], object]
STALE_DAYS = 3


def on_exit(program: Program, report: Report = lambda done, total: None) -> Path | None:
    """Copy the library, verified, and drop the oldest copies; a demo is not copied.

    None where nothing was copied: why stands in the status line from the next start on.
    """
    if program.read(house.profile).demo:
        return None
    try:
        return make(program, report)
    except (Refusal, Fault):
        return None


def make(program: Program, report: Report = lambda done, total: None) -> Path:
    """One backup now, in the second place, too, if it is there. Raises Refusal and Fault as
    `Library.backup`; that the second place failed is only noted."""
    folder, name = pc.backup_folder(program.pc), identity(program)
    before = keeping.existing(folder, name)
    serial = 1 + max((one.serial for one in before), default=0)
    target = folder / keeping.name_of(name, serial, program.now())
    try:
        program.library.backup(target, report)
        held = copies.held_in(target)
        keeping.note(folder, name, target.name, held)
    except (Refusal, Fault) as told:
        program.pc.put(pc.BACKUP_FAILED, refusal(told))
        raise
    except OSError as error:
        fault = Fault(Trouble.FILE_UNWRITABLE, where=str(folder))
        program.pc.put(pc.BACKUP_FAILED, refusal(fault))
        raise fault from error
    program.pc.put(pc.BACKUP_FAILED, "")
    program.pc.put(pc.BACKUPS_IN, str(folder))
    _tidy(folder, name, held)
    make_second(program, target, held)
    return target


def make_second(program: Program, source: Path, held: Held) -> Path | None:
    """The same in the second place, sealed where there is a key; None where it is not there or
    cannot be written, which is noted."""
    folder = backup_places.second(program.pc)
    if folder is None:
        return None
    key = backup_places.key(program.pc)
    target = folder / (source.name + (SEALED if key else ""))
    try:
        if key is not None:
            sealing.seal(source, target, key)
            sealing.seal_files(files.beside_backup(source), files.beside_backup(target), key)
        else:
            with whole_file(target) as partial:
                begin_private(partial)
                shutil.copyfile(source, partial)
            copies.verify(target)
            files.copy_files(files.beside_backup(source), files.beside_backup(target))
        keeping.note(folder, identity(program), target.name, held)
    except (OSError, Refusal, Fault) as error:
        no = error if isinstance(error, Refusal | Fault) else _unwritable(error, folder)
        program.pc.put(pc.BACKUP_TOO_FAILED, refusal(no))
        return None
    program.pc.put(pc.BACKUP_TOO_FAILED, "")
    _tidy(folder, identity(program), held)
    return target


def _unwritable(error: OSError, folder: Path) -> Fault:
    full = Trouble.DISK_FULL if error.errno in (28, 27) else Trouble.FILE_UNWRITABLE
    return Fault(full, where=str(folder))


def _tidy(folder: Path, name: str, held: Held) -> None:
    """Drop what is no longer kept; what holds much more than the newest stays."""
    for old in keeping.to_drop(keeping.existing(folder, name)):
        before = old.held or _look(old)
        if before is None or not keeping.is_richer(before, held):
            old.path.unlink(missing_ok=True)


def _look(old: Backup) -> Held | None:
    """What an old backup holds, None if it is worth nothing; a sealed one of which nothing was
    noted cannot be looked into, and is held for rich by nobody."""
    try:
        return None if old.is_sealed else copies.look_into(old.path)
    except (Refusal, Fault):
        return None


def identity(program: Program) -> str:
    """What the library's backups are called by, made the first time it is asked for."""
    known = program.read(lambda session: settings.get(session, settings.LIBRARY_ID))
    if not known:
        known = uuid.uuid4().hex[:8]
        program.write(lambda session: settings.put(session, settings.LIBRARY_ID, known))
    return known


def made_on(backup: Path) -> date:
    """The day a backup was made."""
    return local_day(changed_at(backup))


def last(program: Program) -> datetime | None:
    """When the newest backup of this library was made; another's says nothing of it."""
    known = program.read(lambda session: settings.get(session, settings.LIBRARY_ID))
    found = keeping.existing(pc.backup_folder(program.pc), known) if known else []
    if not found:
        return None
    return changed_at(found[0].path)


def trouble(program: Program) -> str:
    """What is wrong with the backups, in a sentence; "" for nothing."""
    if why := program.pc.get(pc.BACKUP_FAILED):
        return _("The last backup failed: {why}").format(why=why)
    if why := program.pc.get(pc.BACKUP_TOO_FAILED):
        return _("The backup in the second place failed: {why}").format(why=why)
    return ""


def status(program: Program) -> Status:
    """What the status line says."""
    titles, items = program.read(catalogue.counts)
    said = (
        ngettext("{n} title", "{n} titles", titles).format(n=number(titles)),
        ngettext("{n} copy", "{n} copies", items).format(n=number(items)),
    )
    counts = " · ".join(said)
    if program.pc.get(pc.BACKUP_FAILED):
        return Status("bad", _("The last backup failed; see Settings, Backups"), counts)
    if program.pc.get(pc.BACKUP_TOO_FAILED):
        return Status("bad", _("The second backup failed; see Settings, Backups"), counts)
    moment = last(program)
    if moment is None:
        return Status("warn", _("No backup yet; one is made when you close"), counts)
    day = local_day(moment)
    days = (program.now().date() - day).days
    when = _("today {time}").format(time=clock(moment)) if days == 0 else date_plain(day)
    dot = "good" if days < STALE_DAYS else "bad"
    return Status(dot, _("Last backup {when}").format(when=when), counts)  # type: ignore[arg-type]

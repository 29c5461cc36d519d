"""Where backups lie: on this PC, and in a second place, such as a stick that comes and goes."""

from __future__ import annotations

import base64
from pathlib import Path

from PySide6.QtCore import QStorageInfo

from database.engine.whole_file import write_whole
from database.storage.sealing import Key
from desktop import pc
from desktop.pc import Pc

MARK = "selasar-cadangan.txt"
"""Lies in the second place, so that a stick is known under whichever letter it comes."""


def key(settings: Pc) -> Key | None:
    """What backups in the second place are sealed for; None where no passphrase was made yet."""
    public, locked = settings.get(pc.BACKUP_KEY), settings.get(pc.BACKUP_LOCKED)
    return Key(public, base64.b64decode(locked)) if public and locked else None


def keep_key(settings: Pc, made: Key) -> None:
    """From now on backups are sealed for this key."""
    settings.put(pc.BACKUP_LOCKED, base64.b64encode(made.locked).decode())
    settings.put(pc.BACKUP_KEY, made.public)


def choose_second(settings: Pc, folder: Path) -> None:
    """Let backups go there, too; "" for nowhere any more. Raises OSError."""
    write_whole(folder / MARK, _mark(folder).encode())
    settings.put(pc.BACKUPS_TOO, str(folder))


def second(settings: Pc) -> Path | None:
    """The second place, if it is there now: where it was, or on another drive's same folder."""
    chosen = settings.get(pc.BACKUPS_TOO)
    if not chosen:
        return None
    folder = Path(chosen)
    if (folder / MARK).is_file():
        return folder
    within = folder.relative_to(folder.anchor) if folder.anchor else folder
    for drive in filter(QStorageInfo.isReady, QStorageInfo.mountedVolumes()):
        for depth in range(len(within.parts)):
            there = Path(drive.rootPath()).joinpath(*within.parts[depth:])
            if there != folder and _is_marked(there, folder):
                return there
    return None


def _is_marked(there: Path, chosen: Path) -> bool:
    try:
        return (there / MARK).read_text(encoding="utf-8") == _mark(chosen)
    except OSError:
        return False


def _mark(folder: Path) -> str:
    return f"{folder.name}\n"

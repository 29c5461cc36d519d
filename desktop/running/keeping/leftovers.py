"""Whatever lies beside the library and bears names has an end: one table says when.

A copy before an upgrade, the half of a backup that was killed, a paper no printer took: nobody
remembers them, and the privacy of whom the library forgot would end with them.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from database.text.dates import changed_at
from desktop import pc
from desktop.program import Program

DRAFTS_DAYS = 30
"""So long what was typed and never saved waits for whoever typed it."""


@dataclass(frozen=True, slots=True)
class Leftover:
    """What lies `where`, by its name, and the days after which it goes."""

    where: str
    pattern: str
    days: int


TABLE = (
    Leftover("papers", "*.pdf", 30),
    Leftover("library", "{stem}.before-*-was-*.db", 60),
    Leftover("backups", "*.before-*-was-*.db", 60),
    Leftover("library", "{name}.partial*", 1),
    Leftover("backups", "selasar-*.partial*", 1),
    Leftover("library", "{name}-*.left-*", 90),
    Leftover("data", "selasar.log.*", 90),
    Leftover("temporary", "selasar-demo-*", 1),
    Leftover("temporary", "selasar-restore-*", 1),
    Leftover("temporary", "selasar-moving-*", 1),
    Leftover("temporary", "selasar/*", 1),
)


def due(program: Program, now: datetime) -> list[Path]:
    """What has had its time by the clock `now`."""
    return [
        path
        for one in TABLE
        for path in _there(program, one)
        if changed_at(path) < now - timedelta(days=one.days)
    ]


def clear(program: Program, now: datetime) -> list[Path]:
    """Take away what has had its time; what another program holds stays until the next day."""
    gone = []
    for path in due(program, now):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            try:
                path.unlink()
            except (PermissionError, FileNotFoundError):
                continue
        gone.append(path)
    return gone


def _there(program: Program, one: Leftover) -> Iterator[Path]:
    folder, name, stem = _folder(program, one.where), "", ""
    if program.library.is_file:
        name, stem = Path(program.library.where).name, Path(program.library.where).stem
    elif one.where == "library":
        return
    if folder.is_dir():
        pattern = one.pattern.format(name=_literal(name), stem=_literal(stem))
        yield from (path for path in folder.glob(pattern) if path.exists())


def _literal(name: str) -> str:
    """A name in a pattern, whatever signs it has."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in name)


def _folder(program: Program, where: str) -> Path:
    if where == "library":
        return Path(program.library.where).parent
    if where == "backups":
        return pc.backup_folder(program.pc)
    if where == "temporary":
        return Path(tempfile.gettempdir())
    return pc.data_folder() / pc.PAPERS if where == "papers" else pc.data_folder()

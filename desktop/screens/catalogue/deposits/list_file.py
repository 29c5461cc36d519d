"""The files of a batch: its list, the batch as one file, and what either brought in words."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from database.exchange import found, parcels
from database.imports import deposit_lists
from desktop import pc
from desktop.words import language
from desktop.words.codes import import_reason
from desktop.words.language import _, ngettext


def ask_path(parent: QWidget) -> Path | None:
    """Which list; None for none."""
    folder = str(pc.documents())
    kinds = _("Lists ({patterns})").format(patterns=found.patterns(records=True, sheets=True))
    chosen, _kind = QFileDialog.getOpenFileName(parent, _("List of the batch"), folder, kinds)
    return Path(chosen) if chosen else None


def ask_parcel(parent: QWidget) -> Path | None:
    """Which batch as one file; None for none."""
    kinds = _("Batch as one file ({patterns})").format(patterns=parcels.PATTERNS)
    title = _("Receive a batch as one file")
    chosen, _kind = QFileDialog.getOpenFileName(parent, title, str(pc.documents()), kinds)
    return Path(chosen) if chosen else None


def ask_where(parent: QWidget, name: str) -> Path | None:
    """Where a batch is written to as one file; None for nowhere."""
    kinds = _("Batch as one file ({patterns})").format(patterns=f"*{parcels.ENDING}")
    first = str(pc.documents() / f"{name}{parcels.ENDING}")
    chosen, _kind = QFileDialog.getSaveFileName(parent, _("Save as one file"), first, kinds)
    if not chosen:
        return None
    return Path(chosen if chosen.endswith(".zip") else f"{chosen}{parcels.ENDING}")


def told(done: deposit_lists.Filled) -> str:
    """How many copies came, how many titles are new, and what was left out."""
    came = ngettext("{n} copy taken in", "{n} copies taken in", done.copies)
    new = ngettext("{n} title is new", "{n} titles are new", done.added)
    parts = [came.format(n=language.number(done.copies)), new.format(n=language.number(done.added))]
    if done.refused:
        first = done.refused[0]
        left = _("{n} left out, the first in line {line}: {why}")
        why = import_reason(first.reason)
        parts.append(left.format(n=len(done.refused), line=first.position, why=why))
    return " · ".join(parts)

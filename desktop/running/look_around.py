"""A second window on the practice library, for who wants to try before anything is kept."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QProcess

import desktop

_OURS = Path(desktop.__file__).parent.parent


def command() -> list[str]:
    """What starts this program on its practice library: itself if frozen, else by Python."""
    itself = (
        [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "desktop"]
    )
    return [*itself, "--practice"]


def start() -> bool:
    """Start it, whatever becomes of this window; False when it could not be."""
    program, *words = command()
    started, _process = QProcess.startDetached(program, words, str(_OURS))
    return bool(started)

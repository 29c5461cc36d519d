"""Files that hold names are their owner's alone.

On Windows what lies in a person's profile is that person's already; on a stick that knows no
rights they are whoever's holds the stick.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def make_private(path: Path) -> None:
    """Let nobody but its owner read or write a file, or look into a folder, where that can be."""
    if os.name != "posix":
        return
    # A stick keeps no rights, and another's file is not ours to shut.
    with suppress(PermissionError, FileNotFoundError, NotADirectoryError):
        path.chmod(0o700 if path.is_dir() else 0o600)


def begin_private(path: Path) -> None:
    """An empty file that is its owner's alone before anything is written into it."""
    path.touch(mode=0o600)
    make_private(path)


def shut_out_strangers(path: Path) -> None:
    """Take the rights of those who are neither its owner nor of its group: a group may share a
    library on purpose."""
    if os.name == "posix":
        with suppress(PermissionError, FileNotFoundError):
            mode = path.stat().st_mode & 0o777
            if mode & 0o007:
                path.chmod(0o600 if mode & 0o070 == 0o040 else mode & 0o770)

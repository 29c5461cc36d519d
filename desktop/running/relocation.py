"""A library moved to a server, or back to a file: what this PC does before and after."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from database.refusal import Fault
from desktop import __version__, passwords, pc
from desktop.pc import Pc
from desktop.program import Program
from desktop.words import leaving as words

if TYPE_CHECKING:
    from database.moving.relocating import Relocated

Report = Callable[[int, int], object]


def move(program: Program, target: str, report: Report, stopped: Callable[[], bool]) -> Relocated:
    """Move the open library to `target`, prove it, and let this PC open that one from now on.

    Raises as `relocating.relocate`."""
    from database.moving import relocating

    library = program.library
    done = relocating.relocate(
        library, target, words.Texts(), __version__, program.now(), report, stopped
    )
    program.pc.put(pc.LEFT_BEHIND, library.where if library.is_file else "")
    program.pc.put(pc.LIBRARY, passwords.put_away(target))
    return done


def leave_behind(settings: Pc) -> None:
    """Once it is closed, keep the file that was moved from being written by mistake."""
    left = settings.get(pc.LEFT_BEHIND)
    if left:
        from database.moving import relocating

        # Where the system does not let us, it is a file like any other: nothing is lost.
        with contextlib.suppress(Fault):
            relocating.keep_read_only(Path(left))
        settings.put(pc.LEFT_BEHIND, "")

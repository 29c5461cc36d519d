"""Three short tones: done, look here, refused; silent where nothing can play them."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from functools import lru_cache

from resources import FOLDER

_PLAYERS = (("paplay", ()), ("pw-play", ()), ("aplay", ("-q",)))


class Sounds:
    """Plays the tone of a notice while `enabled`."""

    def __init__(self, enabled: bool = True, player: Callable[[str], object] | None = None) -> None:
        self.enabled = enabled
        self._player = player or play_file

    def play(self, tone: str) -> None:
        """Play "done", "look" or "refused"; never waits, never fails."""
        path = FOLDER / "sounds" / f"{tone}.wav"
        if self.enabled and path.exists():
            self._player(str(path))


def play_file(path: str) -> None:
    """Start a sound and return at once."""
    if sys.platform == "win32":
        import winsound

        # NODEFAULT: no system beep where there is no sound card.
        flags = winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT
        try:
            winsound.PlaySound(path, flags)
        except RuntimeError:
            return
    elif found := _player():
        from PySide6.QtCore import QProcess

        program, options = found
        QProcess.startDetached(program, [*options, path])


@lru_cache(maxsize=1)
def _player() -> tuple[str, tuple[str, ...]] | None:
    for name, options in _PLAYERS:
        if program := shutil.which(name):
            return program, options
    return None

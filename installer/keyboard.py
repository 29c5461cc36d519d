"""A keyboard, a scanner and a camera before a screen of X11, for the proofs that see a window."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from installer.waiting import eventually, must

SCANNER_MS, HAND_MS = 4, 90
"""Between two keys; what the program tells a scanner from a hand by."""
STILL = 20
"""Looks after which a screen that still moves (a caret) is taken as it is."""


class Keyboard:
    """On the screen that `environment` names; pictures go into `pictures`."""

    def __init__(self, environment: dict[str, str], pictures: Path) -> None:
        self.environment, self.pictures = environment, pictures
        pictures.mkdir(parents=True, exist_ok=True)

    def _run(self, *command: str) -> bytes:
        """What it says; nothing found is no failure here."""
        return subprocess.run(
            command, env=self.environment, capture_output=True, check=False
        ).stdout

    def windows(self, title: str) -> list[str]:
        """The windows that bear such a title, and can be seen."""
        found = self._run("xdotool", "search", "--onlyvisible", "--name", title)
        return found.decode().split()

    def enter(self, title: str) -> None:
        """Wait for a window by its title, and be in it."""
        found: list[str] = []

        def stands() -> list[str]:
            found[:] = self.windows(title)
            return found

        eventually(stands, f"a window “{title}”")
        self._run("xdotool", "windowfocus", found[0])
        self.settle()

    def look(self) -> bytes:
        """The whole screen."""
        return self._run("import", "-window", "root", "rgb:-")

    def settle(self) -> None:
        """Until two looks at the screen are the same."""
        last = b""
        for _look in range(STILL):
            now = self.look()
            if now == last:
                return
            last = now
            time.sleep(0.4)

    def press(self, *keys: str) -> None:
        """One after the other, each seen to do something or nothing."""
        for key in keys:
            self._run("xdotool", "key", key)
            self.settle()

    def turn_to(self, key: str) -> None:
        """Press a key that shows something else, however long that takes to be made."""
        before = self.look()
        self._run("xdotool", "key", key)
        eventually(lambda: self.look() != before, f"{key} shows something else")
        self.settle()

    def press_until(self, key: str, holds: Callable[[], object], what: str) -> None:
        """Press again and again until it holds."""
        for _time in range(12):
            self.press(key)
            if holds():
                return
        must(False, f"{key} came to nothing: {what}")

    def minimise(self, title: str) -> None:
        """Put a window away, until it is seen no more."""
        for window in self.windows(title):
            self._run("xdotool", "windowminimize", window)
        eventually(lambda: not self.windows(title), f"“{title}” is minimised", 30)

    def close(self, process: subprocess.Popen[bytes], title: str = "Selasar") -> None:
        """Close the window by hand, and whichever came in its place, until the program ends."""
        for _time in range(6):
            if self.windows(title):
                self.enter(title)
                self.press("alt+F4")
            with suppress(subprocess.TimeoutExpired):
                process.wait(20)
                return

    def close_all(self, title: str) -> None:
        """Close every window of such a title, whoever opened it."""
        for _time in range(6):
            if not self.windows(title):
                return
            self.enter(title)
            self.press("alt+F4")
            self.settle()
        must(False, f"a window “{title}” does not close")

    def type(self, text: str) -> None:
        """By hand."""
        self._run("xdotool", "type", "--delay", str(HAND_MS), text)
        self.settle()

    def scan(self, code: str) -> None:
        """As a scanner does it, into whatever has the focus."""
        pace = str(SCANNER_MS)
        typed = ("type", "--delay", pace, "--args", "1", code)
        self._run("xdotool", *typed, "key", "--delay", pace, "Return")
        self.settle()

    def shoot(self, name: str) -> Path:
        """A picture of the whole screen."""
        path = self.pictures / f"{name}.png"
        self._run("import", "-window", "root", str(path))
        must(path.exists(), f"no picture {path.name}")
        return path

"""A frozen program under test, in a folder and an environment of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from installer.contents import NAME
from installer.waiting import Failed, must

PATIENCE = 180
"""Seconds a subcommand may take."""


def tail(text: str) -> str:
    """The end of what a program said, in one line."""
    return " ".join(text.split())[-300:]


class Frozen:
    """The program under test, in a folder and an environment of its own."""

    def __init__(self, program: Path, folder: Path) -> None:
        ending = ".exe" if sys.platform == "win32" else ""
        self.window = program / f"{NAME}{ending}"
        console = program / f"{NAME}-cli{ending}"
        self.console = console if console.exists() else self.window
        self.folder = folder
        self.environment = bare_environment(folder)
        self.tried: set[str] = set()
        must(self.window.exists(), f"no program at {self.window}; build it first")

    def start(self, *arguments: str, window: bool = False, **more: str) -> subprocess.Popen[bytes]:
        """Begin to run it."""
        self.tried.update(arguments[:1])
        return subprocess.Popen(
            [str(self.window if window else self.console), *arguments],
            cwd=self.folder,
            env=self.environment | more,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def run(self, *arguments: str, expect: int = 0) -> str:
        """Run a subcommand to its end; its standard output."""
        out, err, code = finished(self.start(*arguments))
        must(code == expect, f"{arguments[0]} ended with {code}: {tail(err or out)}")
        must("Traceback" not in err, f"{arguments[0]} broke: {tail(err)}")
        return out

    def json(self, *arguments: str, expect: int = 0) -> dict[str, Any]:
        """Run a subcommand with --json; the object it gives."""
        out = self.run(*arguments, "--json", expect=expect)
        try:
            found: dict[str, Any] = json.loads(out)
        except json.JSONDecodeError as error:
            raise Failed(f"{arguments[0]} --json gave no JSON: {out[:200]!r}") from error
        return found

    def pdf(self, name: str) -> int:
        """Check that a PDF was written; its size."""
        path = self.folder / name
        must(path.exists(), f"{name} was not written")
        data = path.read_bytes()
        whole = data.startswith(b"%PDF") and b"%%EOF" in data[-32:]
        must(whole, f"{name} is not a whole PDF: {data[:20]!r}")
        return len(data)


def bare_environment(folder: Path) -> dict[str, str]:
    """What a fresh user has, and nothing that leads to a Python."""
    home = str(folder)
    kept = ("SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "NUMBER_OF_PROCESSORS")
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    system = os.environ.get("SYSTEMROOT")
    # An empty folder stands for a PATH with nothing on it.
    environment["PATH"] = str(Path(system) / "System32") if system else str(folder / "empty")
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "TEMP", "TMP", "TMPDIR"):
        environment[name] = home
    return environment


def finished(process: subprocess.Popen[bytes]) -> tuple[str, str, int]:
    """Wait for the end: output, messages, exit code."""
    try:
        out, err = process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired as error:
        process.kill()
        process.communicate()
        raise Failed(f"did not end within {PATIENCE} s") from error
    return out.decode("utf-8", "replace"), err.decode("utf-8", "replace"), process.returncode

"""Whoever wants to look around first needs no command line."""

from __future__ import annotations

import subprocess
from pathlib import Path

from desktop import __version__
from desktop.running import look_around


def test_the_command_is_this_program(monkeypatch):
    program, *words = look_around.command()
    assert words[-1] == "--demo"
    said = subprocess.run(
        [program, *words[:-1], "--version"], capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == f"Selasar {__version__}"
    monkeypatch.setattr("sys.frozen", True, raising=False)
    assert look_around.command()[1:] == ["--demo"]


def test_it_is_started_and_leaves_nothing_behind(qapp, qtbot, monkeypatch, tmp_path):
    """Its library lies in a folder of its own, gone with its window."""
    monkeypatch.setenv("SELASAR_QUIT_AFTER", "0")
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(tmp_path))
    assert look_around.start()

    def seen() -> list[Path]:
        return list(tmp_path.glob("selasar-demo-*"))

    qtbot.waitUntil(lambda: bool(seen()), timeout=60_000)
    qtbot.waitUntil(lambda: not seen(), timeout=60_000)

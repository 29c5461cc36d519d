"""Whoever wants to look around first needs no command line."""

from __future__ import annotations

import subprocess
import sys

import pytest

from desktop import __version__
from desktop.running import look_around


def test_the_command_is_this_program(monkeypatch):
    program, *words = look_around.command()
    assert words[-1] == "--practice"
    said = subprocess.run(
        [program, *words[:-1], "--version"], capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == f"Selasar {__version__}"
    monkeypatch.setattr("sys.frozen", True, raising=False)
    assert look_around.command()[1:] == ["--practice"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows names its folders in its registry")
def test_it_is_started_in_a_folder_of_its_own(qapp, qtbot, monkeypatch, tmp_path):
    """It makes its library beside the real one, which it never opens."""
    monkeypatch.setenv("SELASAR_QUIT_AFTER", "0")
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA", "APPDATA"):
        monkeypatch.setenv(name, str(tmp_path))
    assert look_around.start()
    qtbot.waitUntil(lambda: bool(list(tmp_path.rglob("practice/practice.db"))), timeout=90_000)
    assert not list(tmp_path.rglob("library.db"))

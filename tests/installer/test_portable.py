"""On a stick everything lies beside the program; installed, nothing does."""

from __future__ import annotations

import os
import site
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.pc import PORTABLE

ROOT = Path(__file__).resolve().parents[2]
PROBE = """
from desktop import pc
settings = pc.Pc()
settings.put(pc.LANGUAGE, "en")
print(pc.data_folder(), pc.backup_folder(settings), sep="\\n")
"""


def places(program: Path, home: Path) -> list[Path]:
    """What a program that stands at `program` says, asked in a process of its own."""
    environment = os.environ | {
        "HOME": str(home), "XDG_CONFIG_HOME": str(home / "config"),
        "PYTHONPATH": os.pathsep.join([str(ROOT), *site.getsitepackages()]),
    }  # fmt: skip
    done = subprocess.run(
        [str(program), "-c", PROBE], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return [Path(line) for line in done.stdout.splitlines()]


@pytest.fixture
def program(tmp_path):
    """A Python that stands in a folder of its own, as the frozen program does."""
    if sys.platform == "win32":
        pytest.skip("Python cannot be moved there; the trial of the setup runs the real zip")
    folder = tmp_path / "Selasar"
    folder.mkdir()
    (folder / "selasar").symlink_to(Path(sys.executable).resolve())
    return folder / "selasar"


def test_beside_the_marker_all_is_kept_beside_the_program(program, tmp_path):
    (program.parent / PORTABLE).write_text("x", encoding="utf-8")
    home = tmp_path / "home"
    home.mkdir()
    data = program.parent / "data"
    assert places(program, home) == [data, data / "Backups"]
    assert "en" in (data / "selasar.ini").read_text(encoding="utf-8")
    assert list(home.rglob("*")) == []


def test_without_the_marker_nothing_is(program, tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    assert [path for path in places(program, home) if program.parent in path.parents] == []
    assert sorted(path.name for path in program.parent.iterdir()) == ["selasar"]

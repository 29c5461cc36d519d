"""Windows' 125, 150 and 200 %, and a second monitor that is there today and gone tomorrow."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ONE = {"name": "one", "x": 0, "y": 0, "width": 1366, "height": 768, "logicalDpi": 96, "dpr": 1}
TWO = ONE | {"name": "two", "x": 1366, "width": 1280, "height": 720, "dpr": 1.5}
PLACES = ("home", "desk", "catalogue", "patrons", "wards", "reports", "printing", "settings")


@pytest.fixture
def walk(stocked_file, tmp_path):
    """Walks through the program on such screens, and ends on the one named."""
    where, settings, screens = (tmp_path / name for name in ("a.db", "pc.ini", "screens.json"))
    shutil.copy(stocked_file, where)

    def run(there, on, *places, scale=1.0):
        screens.write_text(json.dumps({"screens": there}), encoding="utf-8")
        platform = {
            # Qt takes a colon, as after a drive of Windows, for the end of a name.
            "QT_QPA_PLATFORM": f"offscreen:configfile={screens.name}",
            "PYTHONPATH": str(ROOT),
            "QT_SCALE_FACTOR": str(scale),
        }
        done = subprocess.run(
            [sys.executable, "-m", "tests.desktop.scaled", where, settings, on, *places],
            cwd=tmp_path, env=os.environ | platform, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run


@pytest.mark.parametrize(
    ("width", "height", "scale"), [(1366, 768, 1.25), (1920, 1080, 1.5), (1920, 1080, 2.0)]
)
def test_everything_is_reached_on_a_scaled_screen(walk, width, height, scale):
    told = walk([ONE | {"width": width, "height": height}], "one", *PLACES, scale=scale)
    assert told["lost"] == {}
    assert told["size"] == pytest.approx([width / scale, height / scale], abs=1)
    assert told["dots"] == pytest.approx([width, height], abs=2)
    assert told["family"] == "Inter"


def test_a_window_left_on_a_second_monitor_comes_back_without_it(walk):
    walk([ONE, TWO], "two")
    assert walk([ONE], "one")["seen"]

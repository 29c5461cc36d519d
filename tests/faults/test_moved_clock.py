"""The whole program by a clock of the system that is wrong, or moves (libfaketime)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from database.library import Library
from database.storage import copies
from tests.database.stories import furnish
from tests.faults.acts import LIBRARY
from tests.faults.clock_acts import JUMPS
from tests.libraries import PROFILE

FAKE = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)
ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(FAKE is None, reason="libfaketime is not installed")

TODAY = datetime.now().astimezone().replace(microsecond=0)


@pytest.fixture
def folder(tmp_path):
    Library.create(tmp_path / LIBRARY, PROFILE, TODAY - timedelta(days=60)).close()
    library = Library.open(tmp_path / LIBRARY)
    furnish(library, TODAY - timedelta(days=60))
    library.close()
    return tmp_path


def run(folder, arguments, **moved):
    """The program by a moved clock; (exit code, the last line of what it says)."""
    environment = os.environ | {
        "LD_PRELOAD": str(FAKE),
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "QT_QPA_PLATFORM": "offscreen",
        **moved,
    }
    ran = subprocess.run(
        [sys.executable, "-m", *arguments], cwd=ROOT, env=environment, capture_output=True,
        text=True, timeout=120, check=False,
    )  # fmt: skip
    assert ran.stdout, ran.stderr
    return ran.returncode, json.loads(ran.stdout.splitlines()[-1])


def act(folder, name):
    (folder / "clock").touch()
    follows = {"FAKETIME": "%", "FAKETIME_NO_CACHE": "1"}
    code, told = run(
        folder, ["tests.faults.clock_acts", name, str(folder)],
        FAKETIME_FOLLOW_FILE=str(folder / "clock"), **follows,
    )  # fmt: skip
    assert code == 0
    return told


def test_by_a_wrong_clock_a_start_asks_and_nobody_is_forgotten(folder):
    *wrong, eve, day = act(folder, "forget")
    assert wrong == [[False, 1, False]] * 4
    assert (eve, day) == ([True, 0, False], [True, 0, True])
    for jump in JUMPS:
        asked = ["desktop", "forget", "--library", str(folder / LIBRARY), "--json"]
        code, told = run(folder, asked, FAKETIME=f"{int(jump.total_seconds()):+d}s")
        assert (code, told["error"]) == (2, "clock_doubted")


def test_backups_made_by_a_wrong_clock_push_out_no_good_one(folder):
    told = act(folder, "keep")
    (good,) = told[0]
    assert all(good in held for held in told[:-1])
    newest = told[-1][0]
    assert all(newest not in held for held in told[:-1])
    assert copies.verify(folder / "backups" / newest).titles > 0


def test_a_clock_that_moves_while_the_window_stands_is_asked_about(folder):
    year = TODAY.year
    told = act(folder, "run_on")
    assert [asked for _year, asked in told] == [0, 1, 2, 3]
    assert [round((one - year) / 10) for one, _asked in told] == [0, 1, -1, 0]

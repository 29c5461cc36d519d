"""The PC's own clock holds: a TZ that Windows misreads is not listened to."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from desktop.__main__ import drop_foreign_zone
from tests.zone import ZONE

ROOT = Path(__file__).resolve().parents[2]
PROBE = """
import os, sys
from desktop.__main__ import drop_foreign_zone
drop_foreign_zone(os.environ, sys.platform)
from desktop.commands import local_now
print(local_now().utcoffset())
"""


def offset(**zone: str) -> str:
    environment = {key: value for key, value in os.environ.items() if key != "TZ"} | zone
    done = subprocess.run(
        [sys.executable, "-c", PROBE], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    return done.stdout.strip()


def test_windows_is_not_told_a_zone_by_its_place():
    for told, platform, left in (
        ("Asia/Jakarta", "win32", {}),
        ("Asia/Jakarta", "linux", {"TZ": "Asia/Jakarta"}),
        ("WIB-7", "win32", {"TZ": "WIB-7"}),
    ):
        environment = {"TZ": told}
        drop_foreign_zone(environment, platform)
        assert environment == left


def test_a_shell_that_names_jakarta_moves_no_clock():
    """On Windows such a TZ alone would be Greenwich; elsewhere it is Jakarta."""
    right = offset() if sys.platform == "win32" else "7:00:00"
    assert offset(TZ="Asia/Jakarta") == right


def test_the_tests_are_in_jakarta_on_every_system():
    assert offset(TZ=ZONE) == "7:00:00"

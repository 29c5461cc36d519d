"""What every test stands on: no screen needed, one language, one clock, one look."""

from __future__ import annotations

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["TZ"] = "Asia/Jakarta"
os.environ.pop("QT_SCALE_FACTOR", None)

import time

import pytest

from installer.compile_translations import compile_all

compile_all()
if hasattr(time, "tzset"):
    time.tzset()


from tests.libraries import *  # noqa: E402, F403 - fixtures are found by name
from tests.servers import *  # noqa: E402, F403 - fixtures are found by name


@pytest.fixture(autouse=True)
def _indonesian():
    """Every test begins in the language the program begins in."""
    from desktop import language

    language.use("id")

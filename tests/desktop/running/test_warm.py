"""What is imported behind once the window stands, and stays."""

from __future__ import annotations

import gc
import sys

from desktop import background
from desktop.running import warm


def test_what_a_started_program_holds_is_not_looked_through_again(qtbot):
    came = []
    gc.unfreeze()
    warm.later(lambda: came.append(True))
    try:
        qtbot.waitUntil(lambda: gc.get_freeze_count() > 0, timeout=20_000)
        assert came
        assert "reportlab.platypus" in sys.modules
    finally:
        gc.unfreeze()
        background.wait()

"""The clock of the tests: a hospital's in Jakarta, whichever PC they run on."""

from __future__ import annotations

import os
import sys
import time

ZONE = "WIB-7" if sys.platform == "win32" else "Asia/Jakarta"
"""Windows' C library knows no zone by its place: it takes "Asia/Jakarta" for Greenwich."""


def be_in_jakarta() -> None:
    """Set the zone of this process and of all that it starts."""
    os.environ["TZ"] = ZONE
    if sys.platform == "win32":
        import ctypes

        # It has read the registry's zone already, and reads again only when it is told to.
        ctypes.CDLL("ucrtbase")._tzset()
    else:
        time.tzset()

"""The demo library of the scenes, built once and copied for each that wants one of its own."""

from __future__ import annotations

import shutil
import tempfile
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from database.demo import demo


@lru_cache
def _built(now: datetime) -> Path:
    path = Path(tempfile.mkdtemp(prefix="gallery-library-")) / "demo.db"
    demo.build(str(path), now)
    return path


def copied(where: Path, now: datetime) -> None:
    """Put a demo library of this moment at `where`."""
    shutil.copy(_built(now), where)

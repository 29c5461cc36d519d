"""Long acts as programs of their own, to be killed: `python -m tests.faults.acts ACT FOLDER SEED`.

Each writes a line into `said` once an act stands, as the screen would say it: what is said there
must be in the library afterwards, whatever happened next.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from database import undo
from database.circulation import lending, visits
from database.imports import importing
from database.library import Library, restore
from database.privacy import forgetting
from database.refusal import Reason
from database.storage import sealing
from tests.libraries import NOW

LIBRARY, SAID = "library.db", "said"
ANYTHING = dict.fromkeys(Reason, "uji")


class Said:
    """The file of what was confirmed: on the disk before the next act begins."""

    def __init__(self, folder: Path) -> None:
        self._stream = (folder / SAID).open("a", encoding="utf-8")

    def __call__(self, text: str) -> None:
        self._stream.write(f"{text}\n")
        self._stream.flush()
        os.fsync(self._stream.fileno())


def desk(folder: Path, seed: int, said: Said) -> None:
    """Visitors, one after the other."""
    library = Library.open(folder / LIBRARY)
    for number in range(10_000):
        at = NOW + timedelta(days=seed, seconds=number)
        with library.transaction() as session:
            line = visits.count_visit(session, "nurse", at)
        said(f"line {line}")


def scans(folder: Path, seed: int, said: Said) -> None:
    """A copy out and in again."""
    library = Library.open(folder / LIBRARY)
    for number in range(5_000):
        at = NOW + timedelta(days=seed, minutes=2 * number)
        with library.transaction() as session:
            done = lending.check_out(session, "M0001", "B000001", at, ANYTHING)
        said(f"line {done.line}")
        with library.transaction() as session:
            done = lending.check_in(session, "B000001", at + timedelta(minutes=1))
        said(f"line {done.line}")


def bring_in(folder: Path, seed: int, said: Said) -> None:
    """Many titles in a long act, beside the desk."""
    library = Library.open(folder / LIBRARY)
    at = NOW + timedelta(days=seed)
    undo.in_pieces(library, lambda session: importing.run(session, [folder / "titles.mrc"], at), at)
    said("import")


def backup(folder: Path, seed: int, said: Said) -> None:
    """Copies, one after the other."""
    library = Library.open(folder / LIBRARY)
    for number in range(200):
        library.backup(folder / f"backup-{seed}-{number}.db")
        said(f"backup backup-{seed}-{number}.db")


def seal(folder: Path, seed: int, said: Said) -> None:
    """A copy for the stick."""
    key = sealing.Key((folder / "public").read_text(encoding="utf-8"), b"locked")
    for number in range(200):
        sealing.seal(folder / LIBRARY, folder / f"sealed-{seed}-{number}.age", key)
        said(f"sealed sealed-{seed}-{number}.age")


def bring_back(folder: Path, seed: int, said: Said) -> None:
    """A library made out of a backup, again and again."""
    for number in range(200):
        restore(folder / "backup.db", folder / f"restored-{seed}-{number}.db")
        said(f"restored restored-{seed}-{number}.db")


def upgrade(folder: Path, seed: int, said: Said) -> None:
    """The library of the first version."""
    Library.open(folder / "first.db").close()
    said("upgraded")


def forget(folder: Path, seed: int, said: Said) -> None:
    """Everybody whose time is over, and no byte of them left."""
    library = Library.open(folder / LIBRARY)
    later = NOW + timedelta(days=4000 + seed)
    forgetting.run(library, later.date(), later)
    said("forgotten")
    library.compact()


ACTS: dict[str, Callable[[Path, int, Said], None]] = {
    "desk": desk,
    "scans": scans,
    "import": bring_in,
    "backup": backup,
    "seal": seal,
    "restore": bring_back,
    "upgrade": upgrade,
    "forget": forget,
}


def main() -> None:
    """Say that it begins, then act until killed or done."""
    run(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))


def run(act: str, folder: Path, seed: int) -> None:
    """One act, to its end if it is let."""
    said = Said(folder)
    said("begun")
    ACTS[act](folder, seed, said)
    said("ended")


if __name__ == "__main__":
    main()

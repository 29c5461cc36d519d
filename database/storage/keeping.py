"""Which backups of a library stay: by the order in which they were made, never by name or clock
alone, and none that holds much more than the newest."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from database.engine.whole_file import write_whole
from database.storage.copies import Held
from database.text.dates import changed_at, here

DAILY, WEEKLY, MONTHLY = 7, 4, 12
MOST = DAILY + WEEKLY + MONTHLY
PREFIX, SEALED = "selasar-", ".age"
_NAME = re.compile(r"selasar-([0-9a-f]{8})-(\d{6,})-(\d{8}-\d{6})\.db(\.age)?")


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup in a folder. `serial` is its place in the order of making, 0 for one that an older
    program made; `held` what it holds, as was counted when it was made, None where nobody wrote
    it down."""

    path: Path
    serial: int
    at: datetime
    held: Held | None = None

    @property
    def is_sealed(self) -> bool:
        """Whether it needs the key."""
        return self.path.name.endswith(SEALED)


def name_of(library: str, serial: int, now: datetime) -> str:
    """The name of a backup; what is sealed has another ending behind it."""
    return f"{PREFIX}{library}-{serial:06d}-{now:%Y%m%d-%H%M%S}.db"


def existing(folder: Path, library: str = "") -> list[Backup]:
    """Backups of a library in a folder, the newest first: by the order in which they were made,
    whatever the clock said then. Without a library those of every one, by their day on disk."""
    if not folder.is_dir():
        return []
    told = {name: _index(folder, name) for name in _libraries(folder)}
    found = []
    for path in folder.glob(f"{PREFIX}{library}*.db*"):
        known = _NAME.fullmatch(path.name)
        older = path.suffix == ".db" and not library
        if path.is_file() and (known or older):
            held = told.get(known[1], {}).get(path.name) if known else None
            found.append(Backup(path, int(known[2]) if known else 0, _made(path, known), held))
    if library:
        return sorted(found, key=lambda one: one.serial, reverse=True)
    return sorted(found, key=lambda one: one.path.stat().st_mtime, reverse=True)


def made_at(path: Path) -> datetime:
    """When a backup was made."""
    return _made(path, _NAME.fullmatch(path.name))


def _made(path: Path, known: re.Match[str] | None) -> datetime:
    """By the clock of the program that made it; of an older one's by the disk."""
    if known:
        try:
            return here(datetime.strptime(known[3], "%Y%m%d-%H%M%S"))
        except (ValueError, OverflowError):
            pass
    return changed_at(path)


def to_drop(newest_first: Sequence[Backup]) -> list[Backup]:
    """What is no longer kept: the newest of each of the last days, weeks and months stay, as they
    follow each other in the order of making. The newest always stays."""
    wants: list[tuple[int, Callable[[datetime], Hashable]]] = [
        (DAILY, datetime.date),
        (WEEKLY, lambda at: tuple(at.isocalendar())[:2]),
        (MONTHLY, lambda at: (at.year, at.month)),
    ]
    kept: set[Path] = set()
    for most, span_of in wants:
        spans: list[Hashable] = []
        for one in newest_first:
            span = span_of(one.at)
            # A clock that jumped to and fro begins a span anew; it takes the place of one.
            if (not spans or spans[-1] != span) and span not in spans and len(spans) < most:
                spans.append(span)
                kept.add(one.path)
    return [one for one in newest_first[1:] if one.path not in kept]


def held_until(at: datetime) -> date:
    """The day by which a backup made then is dropped: when backups of all the months after it are
    there."""
    months = at.year * 12 + at.month - 1 + MONTHLY
    return date(months // 12, months % 12 + 1, 1)


def is_richer(old: Held, new: Held) -> bool:
    """Whether an old backup holds much that the newest has not: then it stays, however many poor
    ones are made after it."""
    before, after = old.contents, new.contents
    return 2 * after.titles < before.titles or 2 * after.loans < before.loans


# --- what each holds, beside them


def _index_path(folder: Path, library: str) -> Path:
    return folder / f"{PREFIX}{library}.json"


def _libraries(folder: Path) -> list[str]:
    return [one.stem.removeprefix(PREFIX) for one in folder.glob(f"{PREFIX}????????.json")]


def _index(folder: Path, library: str) -> dict[str, Held]:
    """What was counted when each backup was made. It is only told by: a note that is lost or
    damaged costs no backup, which can be looked into."""
    try:
        told = json.loads(_index_path(folder, library).read_text(encoding="utf-8"))
        return {name: Held.of(one) for name, one in told.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def note(folder: Path, library: str, name: str, held: Held) -> None:
    """Write down what a backup holds; of those that are gone nothing stays written."""
    told = {kept: one for kept, one in _index(folder, library).items() if (folder / kept).is_file()}
    told[name] = held
    plain: dict[str, Any] = {kept: asdict(one) for kept, one in told.items()}
    text = json.dumps(plain, default=datetime.isoformat, indent=1)
    write_whole(_index_path(folder, library), text.encode())

"""Every reader against files that nobody should have made: `python -m tests.fuzz --minutes 10`.

Real files, those of the tests and those of the shared folder, are cut, turned and spliced byte by
byte. A reader may answer with entries, cells, a Refusal or a Fault; anything else, a hang or a
gigabyte, is a fault, and the file that did it is kept and named. New formats are tried by
themselves: the table of formats is asked.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
import tracemalloc
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from database.description.described import describe
from database.description.projection import project
from database.exchange import found
from database.exchange.file_format import NO, Format
from database.imports.copies_told import copies_in
from database.refusal import Fault, Refusal

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
LARGEST_SEED, MOST_SEEDS = 200_000, 40
SECONDS, MEGABYTES = 20, 600
"""A file of two hundred kilobytes that takes longer, or more, hangs."""
_MOST_KEPT = 100
_SIGNS = (
    b"\x1d", b"\x1e", b"\x1f", b"\x1b", b"\x00", b"\xff", b"\xc3", b"<", b"&", b"{", b"[", b'"',
    b"\n", b"99999", b"-1", b"<record>", b"]]>", b"<!--", b"&#0;", b"\\u0000", b"\\ud800",
    "²".encode(), b"TY  - JOUR\n", b"@article{", b"PK\x03\x04", b"sep=;\n",
)  # fmt: skip


class HangError(Exception):
    """A reader took too long or too much."""


@dataclass(slots=True)
class Trial:
    """What a run of trials met."""

    tried: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


def readers() -> list[Format]:
    """The formats that hold something; of the others only the look at their beginning is tried."""
    return [one for one in found.formats() if one.records or one.sheets or one.tables]


def seeds() -> dict[str, list[bytes]]:
    """Real contents by the format that knows them; one made of nothing for a format without."""
    known: dict[str, list[bytes]] = {one.name: [] for one in found.formats()}
    for path in sorted(SHARED.rglob("*")) if SHARED.is_dir() else ():
        if not path.is_file() or path.stat().st_size > LARGEST_SEED:
            continue
        content = path.read_bytes()
        head = content[: 1 << 16]
        for one in found.formats():
            if one.sniff(head) != NO and len(known[one.name]) < MOST_SEEDS:
                known[one.name].append(content)
    for name, made in _made().items():
        known.setdefault(name, []).append(made)
    return known


def _made() -> dict[str, bytes]:
    """A small sound file of each format we write, and of those with samples in the tests."""
    import io

    from tests.database.exchange import test_literature as samples

    made: dict[str, bytes] = {}
    for name in found.forms():
        stream = io.BytesIO()
        found.write(stream, [samples.BOOK, samples.ARTICLE] * 3, name)
        made["mrc" if name == "marc8" else name] = stream.getvalue()
    texts = {"ris": samples.RIS, "bibtex": samples.BIBTEX, "nbib": samples.NBIB,
             "pubmed": samples.PUBMED, "mods": samples.MODS, "dc": samples.DC}  # fmt: skip
    return made | {name: text.encode() for name, text in texts.items()}


def mutated(chance: random.Random, content: bytes, other: bytes) -> bytes:
    """The content with one to eight mistakes."""
    data = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        at = chance.randint(0, len(data))
        kind = chance.randrange(7)
        if kind == 0:
            del data[at:]
        elif kind == 1:
            del data[at : at + chance.randint(1, 200)]
        elif kind == 2 and data:
            data[at % len(data)] ^= 1 << chance.randrange(8)
        elif kind == 3:
            data[at:at] = chance.choice(_SIGNS) * chance.choice((1, 1, 1, 2, 50, 5_000))
        elif kind == 4:
            start = chance.randint(0, len(other))
            data[at:at] = other[start : start + chance.randint(1, 5_000)]
        elif kind == 5:
            data[at:at] = data[at : at + chance.randint(1, 2_000)] * chance.randint(1, 20)
        else:
            data[at : at + 5] = b"%05d" % chance.randrange(100_000)
    return bytes(data)


def read_whole(one: Format, path: Path) -> int:
    """All that a reader tells of a file, made into titles and copies as an import does."""
    told = 0
    try:
        if one.records is not None:
            with path.open("rb") as stream:
                for entry in one.records(stream):
                    told += 1
                    assert (entry.record is None) == bool(entry.reason), entry
                    if entry.record is not None:
                        describe(entry.record, project(entry.record)).row["marc"].encode()
                        copies_in(entry.record)
        if one.sheets is not None:
            told += sum(len(sheet.rows) for sheet in one.sheets(path))
        if one.tables is not None:
            told += sum(1 for _row in one.tables(path))
    except (Refusal, Fault):
        return told
    return told


def try_one(one: Format, folder: Path, content: bytes) -> None:
    """Raises whatever a reader must not raise."""
    path = folder / f"x{one.endings[0] if one.endings else ''}"
    path.write_bytes(content)
    for other in found.formats():
        other.sniff(content[: 1 << 16])
    began = time.monotonic()
    read_whole(one, path)
    if time.monotonic() - began > SECONDS:
        raise HangError(f"{time.monotonic() - began:.0f} s")


def trials(seed: int) -> Iterator[tuple[Format, bytes]]:
    """Mistaken files for each format in turn, without end."""
    chance = random.Random(seed)
    known = seeds()
    every = [content for listed in known.values() for content in listed]
    while True:
        for one in readers():
            content = chance.choice(known[one.name] or every)
            yield one, mutated(chance, content, chance.choice(every))


def run(minutes: float, seed: int, kept: Path) -> Trial:
    """Try for so long; what fails is kept in a folder."""
    trial, until = Trial(), time.monotonic() + 60 * minutes
    with tempfile.TemporaryDirectory() as folder:
        for number, (one, content) in enumerate(trials(seed)):
            if time.monotonic() > until:
                break
            trial.tried[one.name] += 1
            measured = number % 50 == 0
            if measured:
                tracemalloc.start()
            try:
                try_one(one, Path(folder), content)
                if measured and tracemalloc.get_traced_memory()[1] > MEGABYTES << 20:
                    raise HangError("memory")
            except Exception as error:
                if len(trial.faults) >= _MOST_KEPT:
                    break
                where = kept / f"{one.name}-{seed}-{number}"
                where.parent.mkdir(parents=True, exist_ok=True)
                where.write_bytes(content)
                trial.faults.append(f"{where}: {type(error).__name__}: {error}")
            finally:
                tracemalloc.stop()
    return trial


def main() -> int:
    """Try, and tell."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--minutes", type=float, default=10)
    asked.add_argument("--seed", type=int, default=int(time.time()))
    asked.add_argument("--kept", type=Path, default=Path(tempfile.gettempdir()) / "selasar-fuzz")
    chosen = asked.parse_args()
    trial = run(chosen.minutes, chosen.seed, chosen.kept)
    for name, count in sorted(trial.tried.items()):
        print(f"{name:10} {count:8} files")
    for told in trial.faults:
        print(told)
    return 1 if trial.faults else 0


if __name__ == "__main__":
    sys.exit(main())

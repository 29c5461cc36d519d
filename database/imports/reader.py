"""Reading files of records for an import: parsed, projected, ready to be matched.

That is most of an import's work and needs no library, so big files are read by a second
process while this one stores; the window, too, stays free of it. It loads neither
SQLAlchemy nor Qt, and starts in a tenth of a second.
"""

from __future__ import annotations

import contextlib
import marshal
import multiprocessing
import traceback
from collections.abc import Generator, Iterator, Sequence
from dataclasses import fields
from datetime import date
from enum import StrEnum
from functools import partial
from multiprocessing.connection import Connection
from operator import attrgetter
from pathlib import Path
from queue import Full, Queue
from threading import Event, Thread
from typing import Any

from database.description.callnumber import PLAIN, Style
from database.description.described import Described
from database.description.headings import HeadingUse
from database.engine import collector
from database.exchange import found
from database.exchange.file_format import Entry
from database.holdings.item_facts import ItemFacts
from database.imports import entries
from database.imports.planned import Planned, Source, size
from database.refusal import Fault, Refusal, Trouble
from database.sources.looking import RECORDS

CHUNK = 400
WORTH_A_PROCESS = 4 << 20
"""Bytes from which starting a process costs less than it saves."""

_AHEAD, _PAUSE = 2, 0.2
"""Chunks read ahead of the storing; seconds between looks whether it was stopped."""

Chunk = tuple[list["Planned"], int]
"""Some records, and how many bytes of all files are read with them."""

_NO_BIBLIO = frozenset("zuvxywq")
"""Leader position 6 of authority, holdings, classification and community records."""


def chunks(
    files: Sequence[Source], *, with_items: bool, style: Style = PLAIN
) -> Generator[Chunk, None, None]:
    """Every record of the files, in order. Close the iterator to stop early.

    Raises Fault FILE_UNREADABLE; a file that is none of ours is one refused piece.
    """
    if sum(map(size, files)) < WORTH_A_PROCESS:
        return inline(files, with_items=with_items, style=style)
    return _from_process(files, with_items, style)


def inline(
    files: Sequence[Source], *, with_items: bool, style: Style = PLAIN
) -> Generator[Chunk, None, None]:
    """Read by this very process."""
    before = 0
    for source in files:
        listed: list[Planned] = []
        for one, done in _read(source, with_items, style):
            listed.append(one)
            if len(listed) == CHUNK:
                yield listed, before + done
                listed = []
        before += size(source)
        yield listed, before


def _read(source: Source, with_items: bool, style: Style) -> Iterator[tuple[Planned, int]]:
    """Each entry and how many bytes of its file are read with it."""
    if isinstance(source, Path) or source.what == RECORDS:
        path = source if isinstance(source, Path) else source.path
        for entry in _entries(path):
            yield _planned(path, entry, with_items, style), entry.done
        return
    whole, rows, today = size(source), max(source.rows, 1), date.today()
    for number, told in enumerate(entries.told_of(source, today), 1):
        yield entries.of_list(source, told, style), whole * min(number, rows) // rows


def _from_process(
    files: Sequence[Source], with_items: bool, style: Style
) -> Generator[Chunk, None, None]:
    """The same from a second process; the pipe between holds it back when we are slower."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    reader = context.Process(target=_send, args=(theirs, files, with_items, style), daemon=True)
    reader.start()
    theirs.close()
    ahead: Queue[Any] = Queue(_AHEAD)
    stop = Event()
    Thread(target=_fetch, args=(ours, ahead, stop), daemon=True).start()
    try:
        while (got := ahead.get()) is not None:
            if isinstance(got, str):
                raise RuntimeError(f"the reader of an import failed:\n{got}")
            if isinstance(got, dict):
                raise Fault(Trouble(got.pop("trouble")), **got)
            yield got
    finally:
        stop.set()
        reader.terminate()
        reader.join()


def _fetch(pipe: Connection, ahead: Queue[Any], stop: Event) -> None:
    """Take chunks out of the pipe, and apart, while the last is being stored: most of that is
    waiting for the engine."""
    got: Any = ""
    with contextlib.closing(pipe):
        while got is not None and not stop.is_set():
            try:
                got = _apart(marshal.loads(pipe.recv_bytes()))
            except (EOFError, OSError):
                # The second process died without a word: whoever waits must not wait for ever.
                got = "it ended unexpectedly"
            _hand(got, ahead, stop)
            if isinstance(got, str):
                return


def _apart(got: Any) -> Any:
    if not isinstance(got, tuple):
        return got
    listed, done = got
    return [_unpacked(plain) for plain in listed], done


def _hand(got: Any, ahead: Queue[Any], stop: Event) -> None:
    while not stop.is_set():
        with contextlib.suppress(Full):
            ahead.put(got, timeout=_PAUSE)
            return


def _send(pipe: Connection, files: Sequence[Source], with_items: bool, style: Style) -> None:
    """In the second process: chunks, a Fault's facts or a traceback, and None at the end."""

    def tell(plain: Any) -> None:
        pipe.send_bytes(marshal.dumps(plain))

    try:
        with collector.held_back():
            for listed, done in inline(files, with_items=with_items, style=style):
                tell(([_packed(one) for one in listed], done))
                collector.tidy()
        tell(None)
    except BrokenPipeError:
        return
    except Fault as fault:
        tell({"trouble": fault.trouble.value, **fault.facts})
    except Exception:  # told to the one who waits, and to the log there
        tell(traceback.format_exc())


# Plain values, since pickling these objects would take half as long as making them.
_COPY = attrgetter(*(one.name for one in fields(ItemFacts)))
_DAY = [one.name for one in fields(ItemFacts)].index("accessioned_on")
_PARTS = attrgetter(*(one.name for one in fields(Described)))


def _packed(one: Planned) -> tuple[Any, ...]:
    told: tuple[Any, ...] | None = None
    if one.described is not None:
        row, uses, *rest = _PARTS(one.described)
        day = row["review_on"]
        plain = {**row, "review_on": day.toordinal()} if day else row
        told = (plain, list(map(tuple, uses)), *rest)
    copies = [_plain_copy(copy) for copy in one.copies]
    return (
        one.file, one.position, one.outcome, one.reason, told, copies, one.mended, one.doubts,
        one.by_title, one.cover,
    )  # fmt: skip


def _plain_copy(copy: ItemFacts) -> list[Any]:
    """Words as plain texts and the day as a number: what marshal writes."""
    values: list[Any] = [str(v) if isinstance(v, StrEnum) else v for v in _COPY(copy)]
    values[_DAY] = values[_DAY].toordinal() if values[_DAY] else None
    return values


def _copy_of(values: list[Any]) -> ItemFacts:
    values[_DAY] = date.fromordinal(values[_DAY]) if values[_DAY] else None
    return ItemFacts(*values)


def _unpacked(plain: tuple[Any, ...]) -> Planned:
    file, position, outcome, reason, told, copies, mended, doubts, by_title, cover = plain
    one = Planned(file, position, outcome, reason, mended=mended, doubts=doubts)
    one.by_title, one.cover = by_title, cover
    if told is not None:
        row, uses, *rest = told
        if row["review_on"]:
            row["review_on"] = date.fromordinal(row["review_on"])
        one.described = Described(row, list(map(HeadingUse._make, uses)), *rest)
    if copies:
        one.copies = [_copy_of(copy) for copy in copies]
    return one


def _entries(path: Path) -> Iterator[Entry]:
    """A file that cannot be read at all is one piece with a reason."""
    try:
        yield from found.records_of(path)
    except Refusal as refusal:
        yield Entry(1, None, refusal.reason.value, 0)


def _planned(path: Path, entry: Entry, with_items: bool, style: Style) -> Planned:
    refused = partial(Planned, path.name, entry.position, "refused")
    if entry.record is None:
        return refused(entry.reason)
    if entry.record.leader[6:7] in _NO_BIBLIO:
        return refused("not_bibliographic")
    try:
        return entries.of_record(path.name, entry, entry.record, with_items, style)
    except Exception:  # whatever a record holds, it never costs its neighbours
        return refused("bad_record")

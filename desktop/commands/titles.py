"""Titles without a window: writing out, searching, labels."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path
from typing import Any

from database.engine.whole_file import whole_file
from database.library import Library, Session
from database.refusal import Reason, Refusal
from database.rights import Right, need
from desktop.commands.opening import opened
from desktop.commands.telling import DONE, PARTLY, Told, give, progress, say
from desktop.words.language import _, counted, ngettext

_EVERY = 1_000_000


_OLD = ("mrc", "marc-8")


def _export(chosen: argparse.Namespace, now: datetime) -> int:
    if chosen.all is not None:
        from desktop.commands import leaving

        return leaving.write_all(chosen, now)
    from database.catalogue import titles
    from database.exchange import found as formats
    from database.search import search

    out: Path = chosen.out
    library = opened(chosen)
    try:
        with library.reading() as session:
            need(session, Right.EXPORT)
        with (
            library.reading() as session,
            whole_file(out) as partial,
            partial.open("wb") as stream,
        ):
            ids = search.matches(session, chosen.search, _EVERY).ids if chosen.search else None
            form = "marc8" if (chosen.format, chosen.encoding) == _OLD else chosen.format
            broken: list[int] = []
            records = titles.records(session, ids, broken)
            written, left = formats.write(stream, records, form)
    finally:
        library.close()
    for place in left:
        say(_("Record {place} is too long for this format.").format(place=place))
    for number in broken:
        say(_("Title {number} is broken in the library; only its title was written.").format(
            number=number
        ))  # fmt: skip
    text = ngettext("{n} record written to {file}.", "{n} records written to {file}.", written)
    value = {"written": written, "left_out": left, "broken": broken, "file": str(out)}
    give(chosen, value, [text.format(n=written, file=out)])
    return PARTLY if left or broken else DONE


def _search(chosen: argparse.Namespace, now: datetime) -> int:
    from database.search import search

    library = opened(chosen)
    try:
        with library.reading() as session:
            limit = max(1, min(chosen.limit, 10_000))
            found = search.search(session, chosen.words, limit, counted=10**9)
    finally:
        library.close()
    rows = [
        {
            "id": one.id,
            "title": one.title,
            "contributors": one.contributors,
            "year": one.year,
            "call_number": one.call_number,
            "available": one.available,
            "items": one.items,
        }
        for one in found.rows
    ]
    lines = [
        f"{one.id}\t{one.call_number}\t{one.title}\t{one.contributors}\t{one.available}/{one.items}"
        for one in found.rows
    ]
    give(chosen, {"count": found.count, "rows": rows}, lines)
    return DONE


def _labels(chosen: argparse.Namespace, now: datetime) -> int:
    library = opened(chosen)
    try:
        _make_labels(library, chosen, now)
    finally:
        library.close()
    return DONE


def _make_labels(library: Library, chosen: argparse.Namespace, now: datetime) -> None:
    from database.holdings import print_queue
    from database.policy import house
    from desktop.pages.labels import labels

    sheet = _sheet(library, chosen.sheet)
    if not 1 <= chosen.start <= sheet.count:
        raise Told(_("--start must be from 1 to {last} on this sheet.").format(last=sheet.count))
    with library.reading() as session:
        rows, name = _copies(session, chosen), house.profile(session).name
    if not rows:
        raise Told(_("There is no copy to make a label for."))
    report = progress(_("Labels"))
    style = labels.LabelStyle(
        parts=chosen.parts, code=chosen.code, dpi=chosen.dpi, band=chosen.band, marks=chosen.marks
    )
    result = labels.write_labels(
        chosen.pdf,
        [labels.label_of(row, name) for row in rows],
        sheet,
        start=chosen.start,
        offset_x_mm=chosen.offset_x,
        offset_y_mm=chosen.offset_y,
        style=style,
        progress=lambda drawn: report(drawn, len(rows)),
    )
    if chosen.new:
        with library.transaction() as session:
            print_queue.printed(session, print_queue.LABELS, [row.id for row in rows], now)
    for warning in result.warnings:
        say(warning)
    text = _("{labels} on {pages}: {file}").format(
        labels=counted("labels", result.drawn),
        pages=counted("pages", result.pages),
        file=chosen.pdf,
    )
    value = {"labels": result.drawn, "pages": result.pages, "file": str(chosen.pdf)}
    give(chosen, value, [text])


def _copies(session: Session, chosen: argparse.Namespace) -> list[Any]:
    from database.holdings import item_list

    if chosen.barcodes is None:
        return item_list.items_to_label(session, only_new=chosen.new)
    wanted = [one for one in chosen.barcodes.split(",") if one.strip()]
    return item_list.items_by_barcode(session, wanted)


def _sheet(library: Library, name: str) -> Any:
    from database.policy import label_sheets
    from desktop.pages.labels import sheets

    with library.reading() as session:
        known = sheets.all_sheets(label_sheets.own(session))
    if name not in known:
        raise Refusal(Reason.SHEET_UNKNOWN, sheet=name, known=", ".join(known))
    return known[name]


ACTS = {
    "export": _export,
    "search": _search,
    "labels": _labels,
}

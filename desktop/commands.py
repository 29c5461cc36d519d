"""The same work without a window: one function a subcommand, no Qt.

Results go to stdout (with --json: one object and nothing else), progress and messages
to stderr. Exit code 0 done, 1 done with some rows refused, 2 not done.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from database.library import Library, restore
from database.refusal import Fault, Reason, Refusal
from desktop import language
from desktop.command_line import parser
from desktop.language import _
from desktop.sentences import import_reason, refusal

DONE, PARTLY, NOT_DONE = 0, 1, 2
Clock = Callable[[], datetime]


class Told(Exception):  # noqa: N818
    """An error already worded for people, one line."""


def local_now() -> datetime:
    """The wall clock with its zone."""
    return datetime.now().astimezone()


def run(arguments: Sequence[str], now: Clock = local_now) -> int:
    """Carry out one subcommand; returns the exit code."""
    _speak_utf8()
    language.use(_language_in(arguments))
    try:
        chosen = parser(ACTS).parse_args(arguments)
    except SystemExit as stop:
        return int(stop.code or 0)
    try:
        code: int = chosen.act(chosen, now())
        return code
    except (Refusal, Fault) as told:
        return _fail(chosen, told.args[0], refusal(told))
    except Told as told:
        return _fail(chosen, "usage", str(told))
    except KeyboardInterrupt:
        return _fail(chosen, "cancelled", _("Stopped; nothing was changed."))
    except OSError as error:
        return _fail(
            chosen, "file", f"{error.strerror or error}: {error.filename or ''}".rstrip(": ")
        )


def _speak_utf8() -> None:
    """A Windows console may be set to another code page; our words are UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace")


def _language_in(arguments: Sequence[str]) -> str:
    """--language is wanted before the parser, which it translates, is built."""
    for at, one in enumerate(arguments):
        if one.startswith("--language="):
            return one.partition("=")[2]
        if one == "--language" and at + 1 < len(arguments):
            return arguments[at + 1]
    return "id"


def _fail(chosen: argparse.Namespace, code: str, sentence: str) -> int:
    line = " ".join(sentence.split())
    print(f"selasar: {line}", file=sys.stderr)  # noqa: T201
    if getattr(chosen, "json", False):
        _print_json({"error": code, "message": line})
    return NOT_DONE


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, default=str))  # noqa: T201


def _say(text: str) -> None:
    print(text, file=sys.stderr)  # noqa: T201


def _give(chosen: argparse.Namespace, value: dict[str, Any], lines: Sequence[str]) -> None:
    """The result: as JSON, or as lines for people."""
    if chosen.json:
        _print_json(value)
    else:
        for line in lines:
            print(line)  # noqa: T201


def _progress(label: str) -> Callable[[int, int], None]:
    """Percentages on stderr, only where somebody watches."""
    shown = -1

    def report(done: int, total: int) -> None:
        nonlocal shown
        part = done * 100 // max(total, 1)
        if part != shown and sys.stderr.isatty():
            shown = part
            print(f"\r{label} {part} %", end="" if part < 100 else "\n", file=sys.stderr)  # noqa: T201

    return report


# --- the subcommands ------------------------------------------------------------


_EVERY = 1_000_000


def _import(chosen: argparse.Namespace, now: datetime) -> int:
    from database import importing
    from database.house import ProfileFacts
    from database.import_plan import Matched

    try:
        library = Library.open(chosen.library)
    except Refusal as told:
        if told.reason is not Reason.LIBRARY_MISSING:
            raise
        library = Library.create(chosen.library, ProfileFacts(), now)
    try:
        with library.transaction() as session:
            result = importing.run(
                session, chosen.files, now, with_items=chosen.items,
                matched=Matched(chosen.matched), report=_progress(_("Importing")),
            )  # fmt: skip
    finally:
        library.close()
    refused = [_not_taken(one) for one in result.refused]
    value: dict[str, Any] = {
        "read": result.read, "added": result.added, "matched": result.matched, "refused": refused,
    }  # fmt: skip
    if result.mended:
        value["mended"] = [_not_taken(one) for one in result.mended]
    if chosen.items:
        value["items"] = result.items
        value["items_refused"] = [_not_taken(one) for one in result.items_refused]
    for one in [*refused, *value.get("items_refused", []), *value.get("mended", [])]:
        _say(f"{one['file']}:{one['position']}: {one['reason']}")
    _give(chosen, value, [
        _("Read {read}, added {added}, matched {matched}, refused {refused}.").format(
            read=result.read, added=result.added, matched=result.matched, refused=len(refused)
        )
    ])  # fmt: skip
    if result.added or result.matched:
        return PARTLY if refused or result.items_refused else DONE
    return NOT_DONE if refused else DONE


def _not_taken(one: Any) -> dict[str, Any]:
    reason = import_reason(one.reason)
    detail = f"{reason}: {one.detail}" if one.detail else reason
    return {"file": one.file, "position": one.position, "reason": detail}


def _export(chosen: argparse.Namespace, now: datetime) -> int:
    from database import catalogue, search
    from database.exchange import marc

    out: Path = chosen.out
    partial = out.with_name(out.name + ".partial")
    library = Library.open(chosen.library)
    try:
        with library.reading() as session, partial.open("wb") as stream:
            ids = search.matches(session, chosen.search, _EVERY).ids if chosen.search else None
            written, left = marc.write(stream, catalogue.records(session, ids), chosen.format)
        partial.replace(out)
    finally:
        partial.unlink(missing_ok=True)
        library.close()
    for place in left:
        _say(_("Record {place} is too long for this format.").format(place=place))
    _give(chosen, {"written": written, "left_out": left, "file": str(out)},
          [_("{count} records written to {file}.").format(count=written, file=out)])  # fmt: skip
    return PARTLY if left else DONE


def _search(chosen: argparse.Namespace, now: datetime) -> int:
    from database import search

    library = Library.open(chosen.library)
    try:
        with library.reading() as session:
            limit = max(1, min(chosen.limit, 10_000))
            found = search.search(session, chosen.words, limit, counted=10**9)
    finally:
        library.close()
    rows = [
        {
            "id": one.id, "title": one.title, "contributors": one.contributors, "year": one.year,
            "call_number": one.call_number, "available": one.available, "items": one.items,
        }
        for one in found.rows
    ]  # fmt: skip
    lines = [
        f"{one.id}\t{one.call_number}\t{one.title}\t{one.contributors}\t{one.available}/{one.items}"
        for one in found.rows
    ]
    _give(chosen, {"count": found.count, "rows": rows}, lines)
    return DONE


def _labels(chosen: argparse.Namespace, now: datetime) -> int:
    from database import house, items
    from desktop.pages import labels, sheets

    known = sheets.all_sheets()
    if chosen.sheet not in known:
        raise Refusal(Reason.SHEET_UNKNOWN, sheet=chosen.sheet, known=", ".join(known))
    sheet = known[chosen.sheet]
    if not 1 <= chosen.start <= sheet.count:
        raise Told(_("--start must be from 1 to {last} on this sheet.").format(last=sheet.count))
    library = Library.open(chosen.library)
    try:
        with library.reading() as session:
            if chosen.barcodes is not None:
                wanted = [one for one in chosen.barcodes.split(",") if one.strip()]
                rows = items.items_by_barcode(session, wanted)
            else:
                rows = items.items_to_label(session, only_new=chosen.new)
            name = house.profile(session).name
        if not rows:
            raise Told(_("There is no copy to make a label for."))
        report = _progress(_("Labels"))
        result = labels.write_labels(
            chosen.pdf, [labels.label_of(row, name) for row in rows], sheet, start=chosen.start,
            offset_x_mm=chosen.offset_x, offset_y_mm=chosen.offset_y,
            progress=lambda drawn: report(drawn, len(rows)),
        )  # fmt: skip
        if chosen.new:
            with library.transaction() as session:
                items.mark_labelled(session, [row.id for row in rows], now)
    finally:
        library.close()
    for warning in result.warnings:
        _say(warning)
    _give(chosen, {"labels": result.drawn, "pages": result.pages, "file": str(chosen.pdf)},
          [_("{labels} labels on {pages} pages: {file}").format(
              labels=result.drawn, pages=result.pages, file=chosen.pdf)])  # fmt: skip
    return DONE


def _report(chosen: argparse.Namespace, now: datetime) -> int:
    from database import statistics

    library = Library.open(chosen.library)
    try:
        with library.reading() as session:
            figures = statistics.month(session, chosen.month)
            if chosen.pdf:
                from desktop.pages.reporting import write_month

                write_month(chosen.pdf, session, figures, now.date())
    finally:
        library.close()
    lines = [
        f"{_('Visits')}\t{figures.visits.now}", f"{_('Loans')}\t{figures.loans.now}",
        f"{_('Members')}\t{figures.members.now}", f"{_('Titles')}\t{figures.titles.now}",
        f"{_('Copies')}\t{figures.copies.now}",
    ]  # fmt: skip
    _give(chosen, asdict(figures), [*lines, *([str(chosen.pdf)] if chosen.pdf else [])])
    return DONE


def _forget(chosen: argparse.Namespace, now: datetime) -> int:
    from database import forgetting, traces

    on = chosen.on or now.date()
    report = _progress(_("Forgetting"))
    library = Library.open(chosen.library)
    try:
        done = forgetting.run(library, on, now, report)
        # Also where nobody was forgotten now: the window puts this off until it closes.
        traces.compact(library, now.date())
    finally:
        library.close()
    text = _("Forgotten: {loans} links between loans and persons, {persons} persons.")
    value = {"on": on.isoformat(), **done.facts()}
    sums = {"loans": done.loans.total(), "persons": done.persons.total()}
    _give(chosen, value, [text.format(**sums)])
    return DONE


def _check(chosen: argparse.Namespace, now: datetime) -> int:
    from database import checks

    library = Library.open(chosen.library)
    try:
        found = checks.check(library)
        contents = asdict(library.contents())
    finally:
        library.close()
    lines = [f"{one.what}: {one.count}" for one in found] or [_("The library is sound.")]
    _give(
        chosen, {"sound": not found, "problems": [asdict(one) for one in found], **contents}, lines
    )
    return PARTLY if found else DONE


def _backup(chosen: argparse.Namespace, now: datetime) -> int:
    library = Library.open(chosen.library)
    try:
        contents = library.backup(chosen.to)
    finally:
        library.close()
    _give(chosen, {"file": str(chosen.to), **asdict(contents)}, [_counted(contents, chosen.to)])
    return DONE


def _restore(chosen: argparse.Namespace, now: datetime) -> int:
    contents = restore(chosen.source, chosen.target)
    _give(
        chosen, {"library": chosen.target, **asdict(contents)}, [_counted(contents, chosen.target)]
    )
    return DONE


def _counted(contents: Any, where: object) -> str:
    return _("{where}: {titles} titles, {items} copies, {patrons} patrons, {loans} loans.").format(
        where=where, **{k: v for k, v in asdict(contents).items() if k != "open_loans"}
    )


def _demo(chosen: argparse.Namespace, now: datetime) -> int:
    from database import demo

    demo.build(chosen.library, now)
    library = Library.open(chosen.library)
    try:
        contents = library.contents()
    finally:
        library.close()
    _give(
        chosen,
        {"library": chosen.library, **asdict(contents)},
        [_counted(contents, chosen.library)],
    )
    return DONE


ACTS = {
    "import": _import,
    "export": _export,
    "search": _search,
    "labels": _labels,
    "report": _report,
    "forget": _forget,
    "check": _check,
    "backup": _backup,
    "restore": _restore,
    "demo": _demo,
}

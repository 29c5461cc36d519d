"""The desk without a window: lending, taking back, renewing, and replaying a day from a file.

Each act is one transaction and gives one result: {"result": "done" or "refused", "due", "rule",
"reason", "notes"}; "due" is a date, with the hour for a loan by hours.
"""

from __future__ import annotations

import argparse
import json
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from database.circulation import (
    overdue_loans,
)
from database.circulation.lending import Done
from database.library import Library
from database.policy import clock
from database.refusal import Allowed, Fault, Reason, Refusal
from desktop.commands.deeds import REPLAYED, VERBS
from desktop.commands.opening import opened
from desktop.commands.telling import DONE, NOT_DONE, PARTLY, Told, give
from desktop.words import language
from desktop.words.language import _, date_plain
from desktop.words.sentences import refusal

Result = dict[str, Any]


class UnreadableError(ValueError):
    """A line or a time that cannot be read."""


def read_time(text: str, now: datetime) -> datetime:
    """ "2027-01-11T09:10", with or without a zone (then the local one); a day alone is its noon.

    Raises UnreadableError.
    """
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise UnreadableError(
            _("“{text}” is not a time; write it like 2027-01-11T09:10.").format(text=text[:40])
        ) from error
    if len(text.strip()) <= len("2027-01-11"):
        found = found.replace(hour=12)
    # Its day is the day here, whatever zone it is written in.
    return found.astimezone(now.tzinfo) if found.tzinfo else found.replace(tzinfo=now.tzinfo)


def act(
    library: Library,
    verb: str,
    given: Mapping[str, str],
    at: datetime,
    now: datetime,
    reasons: Sequence[str] = (),
) -> Result:
    """Carry out one act that was done `at` a time; a no is a result too. Each of the given
    `reasons` answers one no."""
    allowed: dict[Reason, str] = {}
    left = deque(reasons)
    while True:
        try:
            done = _carry_out(library, verb, given, at, now, allowed)
            break
        except Fault as told:
            return refused(str(told), refusal(told))
        except Refusal as told:
            if not told.overridable or not left:
                return refused(str(told), refusal(told))
            allowed[told.reason] = left.popleft()
    return {
        "result": "done",
        "due": _due(done),
        "rule": done.rule or None,
        "reason": None,
        "notes": _notes(done),
        "late_days": done.late_days,
        "fine": done.charge,
        "suspended_until": done.suspended_until and done.suspended_until.isoformat(),
    }


def _carry_out(
    library: Library,
    verb: str,
    given: Mapping[str, str],
    at: datetime,
    now: datetime,
    allowed: Allowed,
) -> Done:
    deed, _needed = REPLAYED[verb]
    with library.transaction() as session:
        if at == now:
            clock.must_be_likely(session, now)
        clock.must_have_come(session, at, now)
        return deed(session, given, at, allowed) if allowed else deed(session, given, at)


def _notes(done: Done) -> list[str]:
    """What is to be told besides: codes, some with a value behind a colon."""
    said = list(done.notes)
    if done.hold:
        said.append("hold_ready")
    if done.until is not None:
        said.append(f"quarantine:{done.until.isoformat(timespec='minutes')}")
    return said


def refused(reason: str, message: str) -> Result:
    """A no, by its reason and in words."""
    return {
        "result": "refused",
        "due": None,
        "rule": None,
        "reason": reason,
        "notes": [],
        "message": message,
    }


def _due(done: Done) -> str | None:
    if done.due_at is not None:
        return done.due_at.isoformat(timespec="minutes")
    return done.due_on.isoformat() if done.due_on else None


def replay(library: Library, path: Path, now: datetime) -> Iterator[Result]:
    """The acts of a file, one JSON object a line: "act", "at", and what the act needs.

    A line that cannot be read is a refused act and costs no other. Empty lines are passed over.
    """
    with path.open(encoding="utf-8-sig") as stream:
        for number, line in enumerate(stream, start=1):
            if line.strip():
                yield {"line": number, **_replay_line(library, line, now)}


def _replay_line(library: Library, line: str, now: datetime) -> Result:
    try:
        given, reasons = _read_line(line)
        at = read_time(given["at"], now) if given.get("at") else now
    except UnreadableError as error:
        return refused("unreadable", str(error))
    return {"act": given["act"], **act(library, given["act"], given, at, now, reasons)}


def _read_line(line: str) -> tuple[dict[str, str], list[str]]:
    """What is given, and the reasons: one, or a list of them."""
    try:
        found = json.loads(line)
    except ValueError as error:
        raise UnreadableError(_("This line is no JSON.")) from error
    if not isinstance(found, dict) or found.get("act") not in REPLAYED:
        raise UnreadableError(_("“act” must be one of: {acts}.").format(acts=", ".join(REPLAYED)))
    why = found.get("reason")
    reasons = [str(each) for each in (why if isinstance(why, list) else [why]) if each]
    given = {name: str(value) for name, value in found.items() if value is not None}
    for name in REPLAYED[given["act"]][1]:
        if not given.get(name):
            raise UnreadableError(_("“{name}” is missing.").format(name=name))
    return given, reasons


def words(result: Mapping[str, Any]) -> str:
    """A result as a line for people."""
    if result["result"] == "refused":
        return _("Refused: {why}").format(why=result["message"])
    if result.get("fine"):
        return _("Done, fine {amount}.").format(amount=language.money(result["fine"]))
    if not result["due"]:
        return _("Done.")
    return _("Done, due {due}.").format(due=result["due"])


def overdue(library: Library, now: datetime) -> tuple[list[Result], list[str]]:
    """What is late, the longest first: as values, and as lines for people."""
    with library.reading() as session:
        found = overdue_loans.overdue(session, now)
    rows = [
        {
            "patron": one.number,
            "name": one.name,
            "category": one.category,
            "item": one.barcode,
            "title": one.title,
            "due": one.due_on,
            "late_days": one.late_days,
        }
        for one in found
    ]
    lines = [
        f"{date_plain(one.due_on)}\t{one.late_days}\t{one.barcode}\t{one.title}\t{one.name}"
        for one in found
    ]
    return rows, lines


def _desk(chosen: argparse.Namespace, now: datetime) -> int:
    """One act of the desk; a no is a result with a reason, and the exit code of not done."""
    given = {name: getattr(chosen, name, None) or "" for name in ("patron", "item", "title")}
    reasons = getattr(chosen, "reason", None) or ()
    at = _time(chosen, now)
    library = opened(chosen)
    try:
        result = act(library, chosen.subcommand, given, at, now, reasons)
    finally:
        library.close()
    give(chosen, result, [words(result)])
    return DONE if result["result"] == "done" else NOT_DONE


def _time(chosen: argparse.Namespace, now: datetime) -> datetime:
    try:
        return read_time(chosen.at, now) if chosen.at else now
    except UnreadableError as error:
        raise Told(str(error)) from error


def _replay(chosen: argparse.Namespace, now: datetime) -> int:
    """One result a line, as JSON with --json, whatever each act came to."""
    refused = 0
    library = opened(chosen)
    try:
        for result in replay(library, chosen.file, now):
            refused += result["result"] != "done"
            give(chosen, result, [f"{result['line']}\t{words(result)}"])
    finally:
        library.close()
    return PARTLY if refused else DONE


def _overdue(chosen: argparse.Namespace, now: datetime) -> int:
    at = _time(chosen, now)
    library = opened(chosen)
    try:
        rows, lines = overdue(library, at)
    finally:
        library.close()
    give(chosen, {"rows": rows}, lines)
    return DONE


ACTS = {**dict.fromkeys(VERBS, _desk), "overdue": _overdue, "replay": _replay}

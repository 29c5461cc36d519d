"""Whether a report is one this library closed, and still the newest of its period."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from database.reports import disclosure, periods
from database.reports.counting import guard
from database.reports.kept_figures import flat, plain
from database.reports.periods import Report
from database.schema import PeriodReport

VALID, REVISED, CHANGED, UNKNOWN = "valid", "revised", "changed", "unknown"
LEAST_SIGNS = 8
_CODE = re.compile(r"[0-9a-f]{8,64}")
MOST_TOLD = 20


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known of a report: `report` is the one the code is of, `newest` the newest revision
    of its period, `differs` the figures that were changed (which, here, there)."""

    state: str
    report: Report | None = None
    newest: Report | None = None
    differs: tuple[tuple[str, Any, Any], ...] = ()


def code_in(typed: str) -> str:
    """The code in what was typed or scanned ("selasar verify 1a2b..."); "" for none."""
    words = typed.strip().lower().replace("-", "").split()
    return words[-1] if words and _CODE.fullmatch(words[-1]) else ""


def by_code(session: Session, typed: str) -> Verdict:
    """Of which report a code is."""
    code = code_in(typed)
    if not code:
        return Verdict(UNKNOWN)
    row = session.execute(
        select(PeriodReport.period, PeriodReport.revision)
        .where(PeriodReport.digest.startswith(code, autoescape=True))
        .order_by(PeriodReport.revision.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return Verdict(UNKNOWN)
    every = periods.revisions(session, row.period)
    report = next(one for one in every if one.revision == row.revision)
    state = VALID if report.revision == every[-1].revision else REVISED
    return Verdict(state, report, every[-1])


def by_figures(session: Session, told: Mapping[str, Any]) -> Verdict:
    """The same of what a report's file says of itself: its figures are compared one by one."""
    found = by_code(session, str(told.get("code", "")))
    if found.report is None:
        return found
    by = guard.Guard(guard.guard(session).audiences, _least(session, told))
    ours = flat(plain(disclosure.for_outside(found.report.figures, by)))
    theirs = flat(told.get("figures") or {})
    ours |= {"period": found.report.period, "revision": found.report.revision}
    theirs |= {"period": told.get("period"), "revision": told.get("revision")}
    told_of = {one.partition(".")[0] for one in theirs}
    differs = [
        (where, ours.get(where), theirs.get(where))
        for where in dict.fromkeys([*ours, *theirs])
        # A table that another version of the program counted is not compared.
        if where.partition(".")[0] in told_of
        if ours.get(where) != theirs.get(where)
    ]
    if differs:
        return Verdict(CHANGED, found.report, found.newest, tuple(differs[:MOST_TOLD]))
    return found


def _least(session: Session, told: Mapping[str, Any]) -> int:
    """From which count on patients stood by themselves when the file was made."""
    least = told.get("small_number")
    return least if isinstance(least, int) else guard.guard(session).least

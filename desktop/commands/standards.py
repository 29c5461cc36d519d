"""The library against the standards, the literacy index, and closing a month."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from datetime import datetime
from typing import Any

from database.rights import Right, need
from database.standards.standards import Finding
from desktop import __version__
from desktop.commands.opening import opened
from desktop.commands.telling import DONE, give
from desktop.words.language import _, number


def _standards(chosen: argparse.Namespace, now: datetime) -> int:
    from database.standards import standards
    from desktop.words.register_words import unit

    library = opened(chosen)
    try:
        with library.reading() as session:
            found = standards.measured(session, now.date())
    finally:
        library.close()
    lines = [
        f"{one.edition}\t{one.indicator}\t{one.name}\t{_shown(one.value)} {unit(one.unit)}"
        f"\t{one.operator} {_shown(one.threshold if one.verified else None)}\t{_verdict(one)}"
        for one in found
    ]
    give(chosen, {"rows": [_row(one) for one in found]}, lines)
    return DONE


def _row(one: Finding) -> dict[str, Any]:
    return {
        "standard": one.standard,
        "edition": one.edition,
        "article": one.article,
        "indicator": one.indicator,
        "name": one.name,
        "value": one.value,
        "threshold": one.threshold,
        "operator": one.operator,
        "unit": one.unit,
        "met": one.met,
        "verified": one.verified,
        "source": one.source,
        "gap": one.gap,
        "lacking": one.lacking,
        "formula": one.formula,
    }


def _shown(value: float | int | None) -> str:
    """Never with an exponent: 2.4e+07 is nothing to copy into a form."""
    return "–" if value is None else number(value, 0 if float(value).is_integer() else 3)


def _verdict(one: Finding) -> str:
    if one.value is None:
        return _("not recorded yet")
    if one.threshold is None or not one.verified:
        return _("threshold not set yet")
    return _("met") if one.met else _("not met")


def _iplm(chosen: argparse.Namespace, now: datetime) -> int:
    from database.standards import iplm
    from desktop.pages.report import iplm_folder

    library = opened(chosen)
    try:
        with library.reading() as session:
            need(session, Right.EXPORT)
            figures = iplm.figures(session, chosen.year, now.date())
            files = iplm_folder.write(chosen.out, session, chosen.year, now.date(), library.where)
    finally:
        library.close()
    value = {
        "year": chosen.year,
        "figures": [asdict(one) for one in figures],
        "files": [str(path) for path in files],
    }
    lines = [f"{one.column}\t{one.name}\t{_shown(one.value)}" for one in figures]
    give(chosen, value, [*lines, *map(str, files)])
    return DONE


def _month(chosen: argparse.Namespace, now: datetime) -> int:
    from database.reports import kept_figures, periods
    from desktop.pages.report.month import drafted

    library = opened(chosen)
    try:
        with library.reading(snapshot=True) as session:
            counted = periods.counted(session, chosen.month, now, drafted)
        with library.transaction() as session:
            if chosen.verb == "close":
                periods.close(session, counted, __version__, now)
            else:
                periods.revise(session, counted, chosen.reason, __version__, now)
            every = periods.revisions(session, chosen.month)
    finally:
        library.close()
    report = every[-1]
    found = kept_figures.differences(every[-2].figures, report.figures) if len(every) > 1 else []
    value = {
        "month": report.period,
        "revision": report.revision,
        "digest": report.digest,
        "differences": [asdict(one) for one in found],
    }
    text = _("{month} is closed, revision {revision}.")
    lines = [f"{one.where}\t{one.before}\t{one.after}" for one in found]
    give(chosen, value, [text.format(month=report.period, revision=report.revision), *lines])
    return DONE


ACTS = {"standards": _standards, "iplm": _iplm, "month": _month}

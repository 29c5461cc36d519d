"""Keeping a library: its report, its forgetting, checks, copies, the demo."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

from database import journal
from database.library import Library, restore, shown
from database.policy import clock
from database.storage.checks import Problem
from desktop.commands.opening import opened
from desktop.commands.telling import DONE, PARTLY, Told, give, holds, progress, say
from desktop.words.checks import problem
from desktop.words.language import _, counted


def _report(chosen: argparse.Namespace, now: datetime) -> int:
    from database.reports import kept_figures, periods
    from desktop.pages.drawing.paper import paper_size
    from desktop.pages.report import sheet
    from desktop.pages.report.month import write_month

    report = progress(_("Report"))
    library = opened(chosen)
    try:
        with library.reading() as session, paper_size(chosen.paper):
            figures, closed = periods.month_of(session, chosen.month, now.date())
            report(1, 3)
            made_on = closed.closed_on if closed else now.date()
            if chosen.pdf:
                write_month(chosen.pdf, session, figures, made_on, closed)
            report(2, 3)
            made = sheet.write_all(session, figures, closed, chosen.xlsx, chosen.csv, now)
            report(3, 3)
    finally:
        library.close()
    told = {
        _("Visits"): figures.visits,
        _("Loans"): figures.loans,
        _("Members"): figures.members,
        _("Titles"): figures.titles,
        _("Copies"): figures.copies,
    }
    lines = [f"{word}\t{figure.now}" for word, figure in told.items()]
    files = [str(path) for path in (chosen.pdf, *made) if path]
    give(chosen, kept_figures.plain(figures), [*lines, *files])
    return DONE


def _forget(chosen: argparse.Namespace, now: datetime) -> int:
    from database.privacy import forgetting, traces

    on = chosen.on or now.date()
    report = progress(_("Forgetting"))
    library = opened(chosen)
    try:
        if chosen.on is None:
            with library.reading() as session:
                clock.must_be_sure(session, now)
        backup = _before_forgetting(library, chosen, on, now)
        done = forgetting.run(library, on, now, report, backup=backup)
        # Also where nobody was forgotten now: the window puts this off until it closes.
        traces.compact(library, now.date())
    finally:
        library.close()
    text = _("Forgotten: {loans} between loans and persons, {persons}.")
    value = {"on": on.isoformat(), **done.facts()}
    loans, persons = done.loans.total(), done.persons.total()
    told = text.format(loans=counted("links", loans), persons=counted("persons", persons))
    give(chosen, value, [told])
    return DONE


def _before_forgetting(
    library: Library, chosen: argparse.Namespace, on: date, now: datetime
) -> str:
    """The name of a backup made now, "" where nothing is due."""
    from database.privacy import retention

    with library.reading() as session:
        if not retention.is_due(session, on):
            return ""
    to: Path | None = chosen.backup
    if to is None and not library.is_file:
        raise Told(_("Say with --backup where the copy made before forgetting goes."))
    if to is None:
        beside = Path(library.where)
        to = beside.with_name(f"{beside.stem}.before-forgetting-was-{now:%Y%m%d-%H%M%S}.db")
    library.backup(to)
    say(_("Backed up and proved: {file}").format(file=to))
    return to.name


def _check(chosen: argparse.Namespace, now: datetime) -> int:
    from database.storage import checks, journal_chain
    from database.text import chained

    mark = chained.parted(chosen.journal or "")
    if chosen.journal and mark is None:
        raise Told(_("The mark of the journal is a number and signs, as on the report."))
    library = opened(chosen, asks=False)
    try:
        with library.reading() as session:
            found = checks.check(session)
            head = chained.shown(*journal.head(session))
            if mark and not journal_chain.is_at(session.connection(), *mark):
                found.append(checks.Problem("journal_not_as_printed", 1, (mark[0],)))
        contents = asdict(library.contents())
    finally:
        library.close()
    lines = [_fault(one) for one in found] or [_("The library is sound.")]
    value = {"sound": not found, "problems": [asdict(one) for one in found], "journal": head}
    give(chosen, {**value, **contents}, lines)
    return PARTLY if found else DONE


def _fault(one: Problem) -> str:
    """What is wrong and how often; of the journal which lines."""
    told = f"{problem(one.what)}: {one.count}"
    lines = _("lines {lines}").format(lines=", ".join(map(str, one.lines)))
    return f"{told} ({lines})" if one.lines else told


def _backup(chosen: argparse.Namespace, now: datetime) -> int:
    library = opened(chosen, asks=False)
    try:
        contents = library.backup(chosen.to)
    finally:
        library.close()
    give(chosen, {"file": str(chosen.to), **asdict(contents)}, [holds(asdict(contents), chosen.to)])
    return DONE


def _restore(chosen: argparse.Namespace, now: datetime) -> int:
    contents = restore(chosen.source, chosen.target)
    give(
        chosen,
        {"library": shown(chosen.target), **asdict(contents)},
        [holds(asdict(contents), shown(chosen.target))],
    )
    return DONE


def _demo(chosen: argparse.Namespace, now: datetime) -> int:
    from database.demo import demo

    demo.build(chosen.library, now)
    library = opened(chosen)
    try:
        contents = library.contents()
    finally:
        library.close()
    give(
        chosen,
        {"library": shown(chosen.library), **asdict(contents)},
        [holds(asdict(contents), shown(chosen.library))],
    )
    return DONE


ACTS = {
    "report": _report,
    "forget": _forget,
    "check": _check,
    "backup": _backup,
    "restore": _restore,
    "demo": _demo,
}

"""A recap as a workbook and as a paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, Spacer

from database.exchange import sheet
from database.standards import iplm
from desktop.pages.drawing.long_table import LongTable
from desktop.pages.drawing.paper import ROOM, paragraph, write_paper
from desktop.pages.drawing.tables import Column, figures_table
from desktop.pages.report.table import LEAST_BEGUN
from desktop.recap.gathering import Recap
from desktop.recap.reading import COLUMNS, FLOWS, HEADS, NAMES, Sent
from desktop.words.language import (
    _,
    counted,
    date_long,
    ngettext,
    number,
    period_long,
    period_short,
)

_SHOWN = ("visits", "loans")

Sheet = tuple[str, list[str], list[list[Any]]]


def sheets(found: Recap) -> list[Sheet]:
    """Every report a line; sums by period; a table of visits and of loans by library and period;
    of each year the literacy index (IPLM) of all together; who has not sent; which files do not
    count, and why."""
    head = [
        _("Library"), _("Period"), _("State"), _("Number"), *(_(NAMES[one]) for one in HEADS),
        _("File"),
    ]  # fmt: skip
    lines = [
        [one.library, one.period, state(one), one.number, *one.heads.values(), one.file]
        for one in found.rows()
    ]
    sums = [[period, *line.values()] for period, line in found.totals().items()]
    wrong = [[file, why] for file, why in found.wrong]
    wrong += [
        [lost, _("{other} stands in its place").format(other=kept)] for lost, kept in found.doubles
    ]
    return [
        (_("Reports"), head, lines),
        (_("Sums"), [_("Period"), _("Reports"), *(_(NAMES[one]) for one in HEADS)], sums),
        _crossed(found, "visits"),
        _crossed(found, "loans"),
        *_literacy(found),
        (_("Not sent"), [_("Library"), _("Period")], [list(one) for one in found.missing()]),
        (_("Not counted"), [_("File"), _("Why")], wrong),
    ]


def state(one: Sent) -> str:
    """Final, a revision, or still a draft."""
    if one.until or not one.final:
        return _("draft")
    return _("revision {n}").format(n=one.revision) if one.revision else _("final")


def _crossed(found: Recap, name: str) -> Sheet:
    periods = sorted({period for _key, period in found.best})
    rows: list[list[Any]] = []
    sums = found.sums()
    for key, library in found.libraries.items():
        values = [
            found.best[key, period].heads[name] if (key, period) in found.best else None
            for period in periods
        ]
        rows.append([library, *values, sums[key][name]])
    head = [_("Library"), *map(period_short, periods), _("Total")]
    return _(NAMES[name]), head, rows


def _literacy(found: Recap) -> list[Sheet]:
    """A year's figures, a library a line, their sums last; what nobody recorded stays empty."""
    return [
        (
            _("IPLM {year}").format(year=year),
            [_("Library"), *(f"{column}: {name}" for column, name in iplm.COLUMNS.items())],
            [[one.library, *map(_whole, one.iplm.values())] for one in found.of_year(year)]
            + [[_("Total"), *map(_whole, found.index_of_all(year).values())]],
        )
        for year in found.years()
    ]


def _whole(value: float | None) -> float | int | None:
    return int(value) if value is not None and value == int(value) else value


def write_blank(path: Path) -> None:
    """A sheet for libraries without Selasar, a line a month; `reading.read` takes it. Raises
    OSError."""
    head = [f"{name}: {_(words)}" for name, words in COLUMNS.items()]
    sheet.write_xlsx(path, [(_("Reports"), head, [])])


def write_xlsx(path: Path, found: Recap) -> None:
    """The workbook. Raises OSError."""
    sheet.write_xlsx(path, sheets(found))


def write_pdf(path: Path, found: Recap, made_on: date) -> None:
    """Sums by period and by library, who has not sent, what does not count. Raises OSError."""
    counts = _("{reports} of {libraries}").format(
        reports=counted("reports", len(found.best)),
        libraries=counted("libraries", len(found.libraries)),
    )
    as_of = _("{counts}, as of {day}").format(counts=counts, day=date_long(made_on))
    story: list[Flowable] = [
        paragraph(_("RECAP OF LIBRARY REPORTS"), "title"),
        paragraph(as_of, "centre"),
        Spacer(0, 4 * mm),
    ]
    story += _sums(found)
    story += [piece for year in found.years() for piece in _index(found, year)]
    missing = [[library, period_long(one)] for library, one in found.missing()]
    two = [Column(_("Library"), figures=False), Column(_("Period"), figures=False)]
    story += _part(_("Not sent"), two, missing)
    wrong = [[file, why] for file, why in found.wrong]
    two = [Column(_("File"), figures=False), Column(_("Why"), figures=False)]
    story += _part(_("Not counted"), two, wrong)
    title = _("Recap of library reports")
    write_paper(path, story, title=title, author="Selasar", subject=title, file_name=path.stem)


def _sums(found: Recap) -> list[Flowable]:
    """By period, and by library."""
    reports = Column(_("Reports"))
    by_period = [
        [period_long(period), *map(number, line.values())]
        for period, line in found.totals().items()
    ]
    columns = [Column(_("Period"), figures=False), reports, *_columns(HEADS)]
    first = _part(_("By period"), columns, by_period, _total(found, HEADS))
    columns = [Column(_("Library"), figures=False), reports, *_columns(_SHOWN)]
    return [*first, *_part(_("By library"), columns, _by_library(found), _total(found, _SHOWN))]


def _index(found: Recap, year: str) -> list[Flowable]:
    """The literacy index of all together in a year."""
    told = found.index_of_all(year)
    rows = [
        [column, iplm.COLUMNS[column], "–" if one is None else number(one)]
        for column, one in told.items()
    ]
    columns = [
        Column(_("Column"), figures=False, fixed=True),
        Column(_("Figure"), figures=False),
        Column(_("All together"), fixed=True),
    ]
    many = len(found.of_year(year))
    heading = ngettext(
        "Literacy index (IPLM) {year}: {n} library",
        "Literacy index (IPLM) {year}: {n} libraries",
        many,
    )
    shown = heading.format(year=year, n=number(many))
    return _part(shown, columns, rows)


def _columns(heads: Sequence[str]) -> list[Column]:
    return [Column(_(NAMES[one])) for one in heads]


def _by_library(found: Recap) -> list[list[str]]:
    rows = []
    sums, sent = found.sums(), Counter(key for key, _period in found.best)
    for key, name in found.libraries.items():
        rows.append([name, number(sent[key]), *(number(sums[key][one]) for one in _SHOWN)])
    return rows


def _total(found: Recap, heads: Sequence[str]) -> list[str]:
    """The last line: how many reports, and of each figure that can be added up its sum."""
    sums = found.sums().values()
    told = [number(sum(one[head] for one in sums)) if head in FLOWS else "–" for head in heads]
    return [_("Total"), number(len(found.best)), *told]


def _part(
    heading: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    total: Sequence[str] | None = None,
) -> list[Flowable]:
    if not rows:
        return [paragraph(heading, "heading"), paragraph(_("Nil."), "empty"), Spacer(0, 4 * mm)]
    table = figures_table(columns, rows, total, ROOM)
    begin = [CondPageBreak(LEAST_BEGUN), paragraph(heading, "heading")]
    return [*begin, LongTable(heading, table), Spacer(0, 4 * mm)]

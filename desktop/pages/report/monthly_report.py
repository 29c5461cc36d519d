"""The monthly report to the regional library office, as a PDF to sign and send."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import BinaryIO

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from database.policy.calendar import shift_period, year_before
from database.reports.figures import Comparison, Month
from database.reports.periods import Report
from desktop.file_names import safe
from desktop.pages.drawing import faces, fonts
from desktop.pages.drawing.charts import chart_told, year_chart
from desktop.pages.drawing.paper import (
    GREY,
    HAIRLINE,
    ROOM,
    Letterhead,
    letterhead_block,
    no_data,
    paragraph,
    section,
    write_paper,
)
from desktop.pages.drawing.signatures import Signature
from desktop.pages.drawing.signatures import signatures as signed_by
from desktop.pages.drawing.tagged import Pictured, said
from desktop.pages.report.annex import annexes
from desktop.pages.report.found import tables_of
from desktop.pages.report.parts import Behind, cover_letter, ending, told, year_chapters
from desktop.pages.report.pieces import last_day
from desktop.pages.report.plans import in_percent
from desktop.pages.report.revision import table_of
from desktop.pages.report.table import drawn
from desktop.words.language import _, date_long, number, percent, period_long, period_short

TILE_HEIGHT = 23.5 * mm
GAP = 3 * mm
CHART_HEIGHT = 66 * mm


def report_name(short_name: str, month: str) -> str:
    """The file's name without its ending: Laporan-Perpustakaan-RSUDBS-2027-01."""
    library = "".join(one for one in short_name if one.isalnum())
    return safe(_("Library-Report-{library}-{month}").format(library=library, month=month))


def write_report(
    target: str | Path | BinaryIO,
    month: Month,
    letterhead: Letterhead,
    signatures: Sequence[Signature],
    recipient: str,
    place: str,
    made_on: date,
    short_name: str,
    draft: bool = False,
    closed: Report | None = None,
    earlier: Month | None = None,
    behind: Behind | None = None,
) -> None:
    """Write the report of `month`: summary and chart, words, tables, signatures; with what stands
    `behind` the figures also cover letter, indicators, standards.

    `earlier` are the figures that a revision corrects.
    """
    period = period_long(month.month)
    behind = behind or Behind()
    story: list[Flowable] = [
        *(cover_letter(behind.cover, letterhead, place, made_on, closed) if behind.cover else []),
        *letterhead_block(letterhead),
        *_head(month, recipient, closed, behind.journal),
        *year_chapters(behind.words),
        *_results(month, behind),
    ]
    story += _tables(month, behind, earlier)
    story += ending(month.month, behind.words, signed_by(signatures, place, made_on), closed)
    write_paper(
        target,
        story,
        title=_title(month.month).format(month=period),
        author=" · ".join(line for line in letterhead.lines[:3] if line.strip()),
        subject=_("Library statistics, {month}").format(month=period),
        file_name=report_name(short_name, month.month),
        draft=draft,
        tagged=True,
    )


def _tables(month: Month, behind: Behind, earlier: Month | None) -> list[Flowable]:
    tables = (*tables_of(month), *annexes(month, behind.annex))
    changed = [table_of(earlier, month)] if earlier is not None else []
    return [*drawn(tables), *changed]


def _head(month: Month, recipient: str, closed: Report | None, chain: str) -> list[Flowable]:
    """What it is, of when, where it stands and to whom it goes."""
    found = [paragraph(_heading(month.month), "title")]
    found.append(paragraph(period_long(month.month).upper(), "title"))
    if month.until:
        text = _("up to {day}; the period is not over").format(day=last_day(month))
        found.append(paragraph(text, "centre"))
    if closed is not None:
        found.append(paragraph(_standing(closed), "centre"))
    if chain:
        found.append(paragraph(_("Journal up to line {chain}").format(chain=chain), "small"))
    if recipient.strip():
        found.append(paragraph(_("Submitted to {recipient}").format(recipient=recipient), "centre"))
    return [*found, Spacer(0, 4 * mm)]


def _results(month: Month, behind: Behind) -> list[Flowable]:
    """Headline figures, the chart, and what they say; a year says it under its own heading."""
    seen: list[Flowable] = [_Tiles(month), Spacer(0, 6 * mm), _figure_1(month)]
    words = told(month.month, "narrative", behind.words)
    return [*words, *seen] if len(month.month) == len("2026") else [*seen, *words]


def _heading(period: str) -> str:
    if len(period) == 4:
        return _("YEARLY LIBRARY REPORT")
    return _("QUARTERLY LIBRARY REPORT") if "Q" in period else _("MONTHLY LIBRARY REPORT")


def _title(period: str) -> str:
    if len(period) == 4:
        return _("Yearly library report, {month}")
    return (
        _("Quarterly library report, {month}")
        if "Q" in period
        else _("Monthly library report, {month}")
    )


def _standing(closed: Report) -> str:
    """Number, revision, and the digest that proves the figures are those that were closed."""
    parts = [_("Number: {number}").format(number=closed.number)] if closed.number else []
    if closed.revision:
        parts.append(_("Revision {n}: {reason}").format(n=closed.revision, reason=closed.reason))
    day = date_long(closed.closed_on)
    text = _("Closed on {day}; verification code {digest}")
    parts.append(text.format(day=day, digest=closed.digest[:12]))
    return " · ".join(parts)


def _figure_1(month: Month) -> Flowable:
    recorded = any(point.visits or point.loans for point in month.year)
    chart: Flowable = no_data()
    if recorded:
        drawing = year_chart(month.year, ROOM, CHART_HEIGHT, "grey")
        chart = Pictured(drawing, chart_told(month.year))
    return section(_("Figure 1. Visits and loans, 12 months"), [chart], [])


class _Tiles(Flowable):  # type: ignore[misc]
    """Six headline figures in two rows, each beside last month and the same month last year."""

    def __init__(self, month: Month) -> None:
        super().__init__()
        self.width, self.height = ROOM, 2 * TILE_HEIGHT + GAP
        self._tiles = _tile_texts(month)

    def draw(self) -> None:
        width = (ROOM - 2 * GAP) / 3
        for index, (value, name, before) in enumerate(self._tiles):
            row, column = divmod(index, 3)
            x = column * (width + GAP)
            y = (1 - row) * (TILE_HEIGHT + GAP)
            with said(self.canv, "P"):
                self._draw_tile(x, y, width, (value, name, *before))

    def _draw_tile(self, x: float, y: float, width: float, texts: tuple[str, ...]) -> None:
        canvas = self.canv
        canvas.setStrokeColor(HAIRLINE)
        canvas.setLineWidth(0.5)
        canvas.rect(x, y, width, TILE_HEIGHT)
        looks = (
            (faces.BOLD, 17, 20, 0),
            (faces.REGULAR, 9.5, 33, 0),
            (faces.REGULAR, 7.5, 46, GREY),
            (faces.REGULAR, 7.5, 56, GREY),
        )
        for text, (font, size, down, colour) in zip(texts, looks, strict=True):
            fitted = fonts.largest(text, font, size, size * 0.8, width - 14)
            canvas.setFont(font, fitted)
            canvas.setFillColor(colour or "black")
            shown = fonts.elide(text, font, fitted, width - 13.9)
            canvas.drawString(x + 7, y + TILE_HEIGHT - down, shown)


def _tile_texts(month: Month) -> list[tuple[str, str, tuple[str, str]]]:
    single = [
        (_("Visits"), month.visits),
        (_("Members (valid card)"), month.members),
        (_("Loans"), month.loans),
        (_("Literature searches"), month.searches),
        (_("Activities"), month.held_activities),
    ]
    # Reports closed by an older program did not compare these.
    if month.searches is None or month.held_activities is None:
        single[3:] = [(_("New titles"), month.new_titles), (_("New members"), month.new_members)]
    tiles = [(number(c.now), name, _before(month.month, c)) for name, c in single if c]
    both = _("{titles} / {copies}").format(
        titles=number(month.titles.now), copies=number(month.copies.now)
    )
    tiles.insert(3, (both, _("Titles / copies"), _collection_before(month)))
    return tiles


def _labels(month: str) -> tuple[str, str]:
    return period_short(shift_period(month, -1)), period_short(year_before(month))


def _before(month: str, figures: Comparison) -> tuple[str, str]:
    last, year = _labels(month)
    before = _compared(last, figures.now, figures.last_month)
    # A year is beside the year before, which is once enough.
    return before, "" if last == year else _compared(year, figures.now, figures.last_year)


def _compared(when: str, now: int, then: int | None) -> str:
    """ "Sep 2026: 1.178 (+9,0 %)"; a change from a few is a number."""
    if then is None:
        return _("{month}: nothing to compare").format(month=when)
    if now == then:
        change = _("unchanged")
    elif in_percent(now, then):
        change = percent((now - then) / then * 100)
    else:
        change = _signed(now - then)
    return _("{month}: {figure} ({change})").format(month=when, figure=number(then), change=change)


def _signed(change: int) -> str:
    sign = "+" if change > 0 else "−" if change < 0 else "±"
    return f"{sign}{number(abs(change))}"


def _collection_before(month: Month) -> tuple[str, str]:
    """Titles and copies then, with both differences as numbers."""
    last, year = _labels(month.month)
    titles, copies = month.titles, month.copies
    return (
        _pair(last, (titles.now, copies.now), (titles.last_month, copies.last_month)),
        ""
        if last == year
        else _pair(year, (titles.now, copies.now), (titles.last_year, copies.last_year)),
    )


def _pair(when: str, now: tuple[int, int], then: tuple[int | None, int | None]) -> str:
    titles, copies = then
    if titles is None or copies is None:
        return _("{month}: nothing to compare").format(month=when)
    return _("{month}: {titles} / {copies} ({more_titles} / {more_copies})").format(
        month=when,
        titles=number(titles),
        copies=number(copies),
        more_titles=_signed(now[0] - titles),
        more_copies=_signed(now[1] - copies),
    )

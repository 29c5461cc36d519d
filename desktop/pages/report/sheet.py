"""The report's tables as a spreadsheet or as CSV files: figures as numbers, one sheet a table."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from database.exchange import sheet
from database.library import Session
from database.reports import disclosure
from database.reports.counting import guard
from database.reports.figures import Month
from database.reports.periods import Report
from desktop.file_names import safe
from desktop.pages.report.table import ReportTable


def write_all(
    session: Session,
    month: Month,
    closed: Report | None,
    xlsx: Path | None,
    folder: Path | None,
    now: datetime,
) -> list[Path]:
    """The workbook and the folder of CSV files, where they are wanted; the files written."""
    tables = _tables(session, month, closed, now) if xlsx or folder else []
    made = []
    if xlsx:
        sheet.write_xlsx(xlsx, [one.as_sheet() for one in tables])
        made.append(xlsx)
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        for place, table in enumerate(tables, start=1):
            name, head, rows = table.as_sheet()
            path = folder / safe(f"{month.month}-{place:02d}-{name[:60]}", ".csv")
            sheet.write_csv(path, head, rows)
            made.append(path)
    return made


def _tables(
    session: Session, month: Month, closed: Report | None, now: datetime
) -> list[ReportTable]:
    """Those of the paper; they leave the house, so small numbers stand together."""
    from desktop.pages.report import month as reporting
    from desktop.pages.report.annex import annexes
    from desktop.pages.report.found import tables_of

    shown = disclosure.for_outside(month, guard.guard(session))
    made_on = closed.closed_on if closed else now.date()
    annex = reporting.annex_of(session, shown, made_on, closed)
    return [*tables_of(shown), *annexes(shown, annex)]

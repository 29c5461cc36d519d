"""The report's tables as a spreadsheet: one sheet a table, figures as numbers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from database import disclosure
from database.exchange import sheet
from database.figures import Month
from desktop.pages.report_table import ReportTable


def write(target: Path, session: Any, month: Month) -> None:
    """Write the workbook of a month; it leaves the house, so small numbers stand together."""
    from desktop.pages.report_tables import tables_of

    shown = disclosure.for_outside(month, disclosure.guard(session))
    sheet.write_xlsx(target, [_sheet(one) for one in tables_of(shown)])


def _sheet(table: ReportTable) -> tuple[str, list[str], list[list[Any]]]:
    head = [
        f"{column.group}: {column.title}" if column.group else column.title
        for column in table.columns
    ]
    rows: list[list[Any]] = [list(row) for row in table.rows]
    rows += [list(table.total)] if table.total else []
    rows += [[], *([note] for note in table.notes)] if table.notes else []
    return table.heading, head, rows

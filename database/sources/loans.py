"""A list of loans: copies and members by their numbers."""

from __future__ import annotations

from collections.abc import Iterator

from database.sources import cells
from database.sources.desk import LoanTold
from database.sources.table import Table
from database.sources.values import of_row


def of_table(table: Table) -> Iterator[LoanTold]:
    """Every row as a loan; one with a day of return has ended."""
    for position, row in table.rows:
        values = of_row(row, table.columns)
        renewals = cells.number(values.get("renewals", ""))
        yield LoanTold(
            position,
            values.get("barcode", ""),
            values.get("number", ""),
            cells.day(values.get("lent_on", ""))[0],
            cells.day(values.get("due_on", ""))[0],
            cells.day(values.get("returned_on", ""))[0],
            int(renewals) if renewals.isdecimal() and len(renewals) < 4 else 0,
        )

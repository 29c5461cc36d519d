"""Rows out of text: what was copied from a spreadsheet, or a CSV."""

from __future__ import annotations

import csv
import io


def rows_of(text: str) -> list[list[str]]:
    """What was copied from a spreadsheet or is a CSV: cells by tab, semicolon or comma,
    whichever most lines have."""
    lines = [line for line in text.splitlines() if line.strip()][:50]
    by = {sign: sum(sign in line for line in lines) for sign in "\t;,"}
    divider = max(by, key=lambda sign: (by[sign], sign == "\t", sign == ";"))
    cells = csv.reader(io.StringIO(text, newline=""), delimiter=divider)
    return [[" ".join(cell.split()) for cell in row] for row in cells]

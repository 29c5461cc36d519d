"""How much is read of what others made, in one table: whoever reads is held to it and says so.

The amounts are what a library's longest lists need several times over, and what the smallest PC
this runs on (4 GB) can hold beside its window.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from database.refusal import Reason, Refusal


class Limit(NamedTuple):
    """The most of something; `unit` is "bytes", "cells", "signs", "levels", "seconds", "files" or
    "records"."""

    most: int
    unit: str


BLOCK = Limit(1 << 16, "bytes")
"""What a format is known by, and what is read at once."""
RECORD = Limit(8 << 20, "bytes")
"""A stretch this long without the end of a record is no record."""
XML_RECORD = Limit(2 << 20, "bytes")
"""As many elements as two megabytes hold need a hundred times that."""
XML_DEPTH = Limit(100, "levels")
TEXT = Limit(200 << 20, "bytes")
"""A list as text, which is read whole."""
PAGE = Limit(60 << 20, "bytes")
"""Tables of a web page."""
WORKBOOK = Limit(200 << 20, "bytes")
"""A workbook once it is unpacked: a few kilobytes may unfold to any size."""
CELLS = Limit(5_000_000, "cells")
"""Cells of a list: those between its first and its last line and column, filled or not."""
CELL = Limit(1 << 18, "signs")
"""Signs after which a quote that was never closed is only a sign."""
DUMP_ROW = Limit(32 << 20, "signs")
"""One row of another program's database."""
TAGGED_LINE = Limit(1 << 20, "bytes")
TAGGED_LINES = Limit(20_000, "records")
"""Lines of one reference in RIS and the like."""
FILES = Limit(500, "files")
"""Files of a folder that are looked into at once."""
EXPORT_LINE = Limit(64 << 20, "bytes")
EXPORT_CONTENTS = Limit(64 << 20, "bytes")
"""A row of a whole export, and its list of contents."""
SCANNED = Limit(20_000, "records")
"""Codes a portable scanner hands over at once: more than any of them holds."""
ATTACHMENT = Limit(200 << 20, "bytes")
ANSWER = Limit(2 << 20, "bytes")
"""What another library answers; its whole answer has the seconds it is asked with."""
HARVEST_ANSWER = Limit(32 << 20, "bytes")
"""One page of another library's records (OAI-PMH)."""
HARVEST_RECORD = Limit(100_000, "bytes")
"""A record of a neighbour as it is kept: as long as ISO 2709 can have one."""
HARVEST = Limit(1_000_000, "records")
"""Records one neighbour may hand over."""
COVER = Limit(5 << 20, "bytes")
"""A picture of a cover as a source sends it, before it is made small."""
REPORT_PDF = Limit(50 << 20, "bytes")
REPORT_FIGURES = Limit(4 << 20, "bytes")
"""The report of another library, and the figures inside it."""


def must_hold(limit: Limit, found: int, path: str, **told: Any) -> None:
    """Refuse what is more. Raises Refusal FILE_TOO_LARGE with the limit it is told by."""
    if found > limit.most:
        raise Refusal(
            Reason.FILE_TOO_LARGE, path=path, most=limit.most, unit=limit.unit, found=found, **told
        )

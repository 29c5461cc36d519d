"""A title as a file in one of the forms that records are given in."""

from __future__ import annotations

from io import BytesIO

from database.exchange import found as formats
from database.public.titles import Title


def record_in(title: Title, form: str) -> bytes:
    """The record of a title, alone in a file of this form."""
    stream = BytesIO()
    formats.write(stream, [title.record], form)
    return stream.getvalue()

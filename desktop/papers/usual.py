"""What papers made without asking have in common."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any, Literal

Write = Callable[[BytesIO, Any, datetime], None]
Kind = Literal["paper", "label", "card", "slip"]
"""Which printer a paper is for."""
MOST = 100_000


def last_month(now: datetime) -> str:
    """The month before this one."""
    return f"{now.date().replace(day=1) - timedelta(days=1):%Y-%m}"


def nothing(target: BytesIO, session: Any, title: str, sentence: str) -> None:
    """A page that says why there is nothing on it."""
    from database.policy import house
    from desktop.pages.drawing.letterhead import letterhead
    from desktop.pages.drawing.paper import letterhead_block, paragraph, write_paper

    profile = house.profile(session)
    head = letterhead_block(letterhead(session, profile))
    story = [*head, paragraph(title, "title"), paragraph(sentence, "empty")]
    write_paper(target, story, title=title, author=profile.name, subject=title, file_name=title)

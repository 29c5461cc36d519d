"""Pictures of covers that lie beside a list, hung to the titles that came with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from database.catalogue import covers
from database.imports.plan import NotTaken, Result
from database.imports.planned import Planned
from database.refusal import Refusal


def hang(session: Session, chunk: Sequence[Planned], result: Result, now: datetime) -> None:
    """Give new titles their pictures; one that is too large, or none at all, is told."""
    for one in chunk:
        if one.cover and one.outcome == "new" and one.biblio_id:
            try:
                covers.put(session, one.biblio_id, _content(Path(one.cover)), now)
            except (Refusal, OSError):
                name = Path(one.cover).name
                told = NotTaken(one.file, one.position, "cover_unusable", name, partly=True)
                result.doubtful.append(told)


def _content(path: Path) -> bytes:
    """As much as a picture may have, and a byte more: what is too large is refused for it."""
    with path.open("rb") as stream:
        return stream.read(covers.LIMIT + 1)

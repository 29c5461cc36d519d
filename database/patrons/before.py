"""What stood in patrons before an act of today: kept for Undo, gone when the day is.

The journal is for ever and must never hold a person's data; so an act writes its line there
and what it overwrote here.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.orm import Session

from database.engine.among import among
from database.journal import Line
from database.patrons import standing
from database.refusal import Reason, Refusal
from database.schema import Patron, PatronBefore, PatronCode, PatronPhoto

CODES, PHOTO = "codes", "photo"
_COLUMNS = Patron.__table__.c


def keep(
    session: Session, line_id: int, before: Mapping[int, Mapping[str, Any]], now: datetime
) -> None:
    """Keep what stood in each patron: columns, and perhaps all its "codes" or its "photo"."""
    drop_old(session, now)
    rows = [
        {"journal_id": line_id, "patron_id": number, "before": _packed(values), "kept_at": now}
        for number, values in before.items()
    ]
    if rows:
        session.execute(insert(PatronBefore), rows)


def _packed(values: Mapping[str, Any]) -> str:
    packed = dict(values)
    if packed.get(PHOTO):
        packed[PHOTO] = base64.b64encode(packed[PHOTO]).decode()
    return json.dumps(packed, ensure_ascii=False, default=lambda value: value.isoformat())


def put_back(session: Session, line: Line, now: datetime) -> None:
    """Let every patron of an act be again as before it.

    Raises Refusal CANNOT_UNDO: the day is over, a later act stands on it, or what was given
    up then (a number) is another's now.
    """
    kept = session.execute(
        select(PatronBefore.patron_id, PatronBefore.before).where(
            PatronBefore.journal_id == line.id
        )
    ).all()
    if not kept or _is_changed_since(session, line.id, [row.patron_id for row in kept]):
        raise Refusal(Reason.CANNOT_UNDO)
    session.execute(delete(PatronBefore).where(PatronBefore.journal_id == line.id))
    restored = {row.patron_id: json.loads(row.before) for row in kept}
    for number, values in restored.items():
        _give_up(session, number, values)
    for number, values in restored.items():
        _put_back_one(session, number, values)
    standing.take_back(session, list(restored), now)


def _give_up(session: Session, number: int, values: dict[str, Any]) -> None:
    """What only one may have: given up by all before each gets its own again."""
    if CODES in values:
        put_codes(session, number, [])
    if "staff_number" in values:
        session.execute(update(Patron).where(Patron.id == number).values(staff_number=None))


def _put_back_one(session: Session, number: int, values: dict[str, Any]) -> None:
    if CODES in values:
        put_codes(session, number, values.pop(CODES))
    if PHOTO in values:
        packed = values.pop(PHOTO)
        put_photo(session, number, base64.b64decode(packed) if packed else None)
    columns = {name: _read(name, raw) for name, raw in values.items()}
    if columns:
        session.execute(update(Patron).where(Patron.id == number).values(**columns))


def begin(session: Session, patron_id: int, codes: list[str], now: datetime) -> None:
    """A patron just added: its further codes, and its membership begins."""
    put_codes(session, patron_id, codes)
    standing.join(session, patron_id, now.date())


def write(session: Session, patron_id: int, values: Mapping[str, Any], now: datetime) -> None:
    """Let these columns of a patron be so, and tell how the membership stands from now on."""
    session.execute(update(Patron).where(Patron.id == patron_id).values(**values))
    standing.keep(session, [patron_id], now)


def put_codes(session: Session, patron_id: int, codes: list[str]) -> None:
    """Let a patron have these further codes and no others."""
    session.execute(delete(PatronCode).where(PatronCode.patron_id == patron_id))
    if codes:
        rows = [{"code": one, "patron_id": patron_id} for one in codes]
        session.execute(insert(PatronCode), rows)


_SIGNS = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


def put_photo(session: Session, patron_id: int, content: bytes | None) -> None:
    """Let a patron have this photograph, or none. Raises Refusal VALUE_INVALID."""
    session.execute(delete(PatronPhoto).where(PatronPhoto.patron_id == patron_id))
    if content is None:
        return
    kind = next((name for sign, name in _SIGNS.items() if content.startswith(sign)), None)
    if kind is None:
        raise Refusal(Reason.VALUE_INVALID, field="photo")
    session.execute(
        insert(PatronPhoto).values(patron_id=patron_id, media_type=kind, content=content)
    )


def _read(name: str, raw: Any) -> Any:
    kind = _COLUMNS[name].type.python_type
    if raw is None or kind not in (date, datetime):
        return raw
    return date.fromisoformat(raw) if kind is date else datetime.fromisoformat(raw)


def _is_changed_since(session: Session, line_id: int, patrons: list[int]) -> bool:
    later = select(PatronBefore.patron_id).where(
        PatronBefore.journal_id > line_id, among(PatronBefore.patron_id, "ids")
    )
    return session.execute(later.limit(1), {"ids": patrons}).first() is not None


def drop_old(session: Session, now: datetime) -> None:
    """Forget what was kept before today: only acts of today can be taken back."""
    drop_before(session, now.replace(hour=0, minute=0, second=0, microsecond=0))


def drop_before(session: Session, moment: datetime) -> None:
    """Forget what was kept before a moment."""
    session.execute(delete(PatronBefore).where(PatronBefore.kept_at < moment))


def kept_before(moment: datetime) -> Any:
    """Asks for what was kept before a moment."""
    return select(PatronBefore.journal_id).where(PatronBefore.kept_at < moment)


def drop(session: Session, patron_ids: Sequence[int]) -> None:
    """Forget what was kept of these patrons and of those merged into them."""
    merged = select(Patron.id).where(among(Patron.merged_into, "ids"))
    session.execute(
        delete(PatronBefore).where(
            or_(among(PatronBefore.patron_id, "ids"), PatronBefore.patron_id.in_(merged))
        ),
        {"ids": list(patron_ids)},
    )

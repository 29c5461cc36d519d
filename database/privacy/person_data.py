"""All that is held about one person, to hand over (UU 27/2022 art. 7 and 13)."""

from __future__ import annotations

import base64
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from database.circulation import clearance, money
from database.patrons import consents, finding
from database.policy import own_fields
from database.privacy import requests
from database.refusal import Reason, Refusal
from database.registers import outgoing
from database.schema import Patron, PatronCategory, PatronCode, PatronPhoto
from database.text import own_values

_EVERY = 100_000
_LEFT_OUT = frozenset(
    {
        "id",
        "category_id",
        "name_key",
        "search_key",
        "forgotten_at",
        "place_id",
        "merged_into",
        "kind",
        "own",
    }
)


def held(session: Session, patron_id: int, now: datetime) -> dict[str, Any]:
    """Everything, as plain values fit for JSON. Raises Refusal RECORD_GONE, NOT_A_PERSON."""
    row = session.execute(
        select(Patron.__table__, PatronCategory.name.label("category"))
        .join(PatronCategory, PatronCategory.id == Patron.category_id)
        .where(Patron.id == patron_id, Patron.forgotten_at.is_(None))
    ).one_or_none()
    if row is None:
        raise Refusal(Reason.RECORD_GONE)
    if row.kind != "person":
        raise Refusal(Reason.NOT_A_PERSON)
    fields = {name: _plain(value) for name, value in row._mapping.items() if name not in _LEFT_OUT}
    place = session.execute(select(Patron.name).where(Patron.id == row.place_id)).scalar()
    return {
        "made_at": now.isoformat(),
        "person": {**fields, "ward": place or ""},
        "own": _own(session, row.own),
        "codes": _codes(session, patron_id),
        "photo": _photo(session, patron_id),
        "consents": [_dict(one) for one in consents.held(session, patron_id)],
        "loans_in_hand": [_dict(one) for one in finding.loans_in_hand(session, patron_id)],
        "loans_returned": [_dict(one) for one in finding.history(session, patron_id, _EVERY)],
        "requests": [_dict(one) for one in requests.of_patron(session, patron_id)],
        "money": [_dict(one) for one in money.charges(session, patron_id)],
        "outgoing": [_dict(one) for one in outgoing.of_patron(session, patron_id)],
        "letters": [_dict(one) for one in clearance.of_patron(session, patron_id)],
    }


def _own(session: Session, stored: str) -> dict[str, str]:
    """What the library's own fields hold, by their names; of one switched off by its key."""
    names = {one.key: one.name for one in own_fields.listed(session) if one.record == "patron"}
    return {names.get(key, key): text for key, text in own_values.unpacked(stored).items()}


def _codes(session: Session, patron_id: int) -> list[str]:
    wanted = select(PatronCode.code).where(PatronCode.patron_id == patron_id)
    return list(session.execute(wanted.order_by(PatronCode.code)).scalars())


def _photo(session: Session, patron_id: int) -> dict[str, str] | None:
    row = session.execute(
        select(PatronPhoto.media_type, PatronPhoto.content).where(
            PatronPhoto.patron_id == patron_id
        )
    ).one_or_none()
    if row is None:
        return None
    return {"media_type": row.media_type, "base64": base64.b64encode(row.content).decode()}


_OURS = frozenset({"id", "patron_id", "patron"})


def _dict(one: Any) -> dict[str, Any]:
    """A row as plain values, without our own keys."""
    return {name: _plain(getattr(one, name)) for name in one.__slots__ if name not in _OURS}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value

"""Taking back the newest act there is, whoever did it: what a test of an inverse wants."""

from __future__ import annotations

from sqlalchemy import select, true

from database import undo
from database.refusal import Reason, Refusal
from database.schema import Journal


def take_back_last(session, now, kinds=(), since=None):
    """The newest act (on records of `kinds`, done `since` a moment) that stands. Raises Refusal
    NOTHING_TO_UNDO."""
    undone = select(Journal.undoes_id).where(Journal.undoes_id.is_not(None))
    line = session.scalars(
        select(Journal.id)
        .where(
            Journal.action.in_(undo.INVERTIBLE),
            Journal.kind.in_(kinds) if kinds else true(),
            Journal.at >= since if since else true(),
            Journal.undoes_id.is_(None),
            Journal.id.not_in(undone),
        )
        .order_by(Journal.id.desc())
        .limit(1)
    ).first()
    if line is None:
        raise Refusal(Reason.NOTHING_TO_UNDO)
    return undo.undo(session, line, now)

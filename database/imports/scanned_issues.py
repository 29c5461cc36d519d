"""Issues of magazines and journals that came, by the codes on their covers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from database.description import isbn
from database.holdings.serial_issues import issues, next_waited_for, receive
from database.refusal import Reason, Refusal
from database.schema import Biblio, BiblioIdentifier


@dataclass(frozen=True, slots=True)
class Received:
    """An issue that came by its code: the title and which one."""

    title: str
    name: str
    line: int


def receive_scanned(session: Session, scanned: str, now: datetime) -> Received:
    """The next issue of the title whose code was read on the cover has come.

    Raises Refusal ISSN_UNKNOWN, NO_ISSUE_EXPECTED.
    """
    number = isbn.issn_scanned(scanned)
    found = session.execute(
        select(Biblio.id, Biblio.title)
        .join(BiblioIdentifier, BiblioIdentifier.biblio_id == Biblio.id)
        .where(
            BiblioIdentifier.kind == "issn",
            BiblioIdentifier.value == number,
            Biblio.material == "serial",
            Biblio.cancelled_at.is_(None),
        )
        .order_by(Biblio.id)
        .limit(1)
    ).one_or_none()
    if not number or found is None:
        raise Refusal(Reason.ISSN_UNKNOWN, code=scanned.strip()[:60])
    row = next_waited_for(issues(session, found.id))
    if row is None:
        raise Refusal(Reason.NO_ISSUE_EXPECTED, title=found.title)
    return Received(found.title, row.name, receive(session, row.id, now))

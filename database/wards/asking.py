"""Wards that ask by the pages for readers, each by the PIN that is printed on its card.

A PIN is six digits made of one secret of the library and the ward, so that it can be printed again
and none is kept; a new secret makes all of them new.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from database.policy import settings
from database.refusal import Reason, Refusal
from database.schema import Biblio
from database.wards import wishes
from database.wards.plans import ward

DIGITS = 6
LONGEST, LONGEST_BED = 300, 12


def let(session: Session, on: bool, now: datetime) -> int | None:
    """Let the wards ask, or no more; the journal line, None where it is so already."""
    if on and not settings.get(session, settings.WARDS_SECRET):
        renew(session)
    return settings.change(session, settings.WARDS_ASK, on, now)


def renew(session: Session) -> None:
    """Make every PIN new, as a part of an act: a card was lost."""
    settings.put(session, settings.WARDS_SECRET, secrets.token_hex(32))


def may_ask(session: Session) -> bool:
    """Whether wards ask by the pages."""
    return settings.get(session, settings.WARDS_ASK)


def pin(session: Session, ward_id: int) -> str:
    """The PIN of a ward. Raises Refusal NOT_A_WARD, NOT_ALLOWED where wards may not ask."""
    ward(session, ward_id)
    secret = settings.get(session, settings.WARDS_SECRET)
    if not secret or not may_ask(session):
        raise Refusal(Reason.NOT_ALLOWED, right="", signed_in=False)
    made = hmac.new(bytes.fromhex(secret), str(ward_id).encode(), hashlib.sha256).digest()
    return f"{int.from_bytes(made[:8], 'big') % 10**DIGITS:0{DIGITS}}"


def ask(
    session: Session,
    ward_id: int,
    given: str,
    text: str,
    bed: str,
    biblio_id: int | None,
    now: datetime,
    mark: str = "{what}",
) -> int:
    """Note what a ward asks for among its wishes, for the librarian to look at: nothing is lent or
    held by it; `mark` says around {what} which kind of wish it is. The journal line.

    Raises Refusal WRONG_SECRET, VALUE_INVALID, NOT_A_WARD, NOT_ALLOWED, RECORD_GONE.
    """
    if not hmac.compare_digest(pin(session, ward_id).encode(), given.strip().encode()):
        raise Refusal(Reason.WRONG_SECRET)
    if len(text) > LONGEST or len(bed) > LONGEST_BED:
        raise Refusal(Reason.VALUE_INVALID, field="wish")
    told = " ".join(text.split())
    if biblio_id is not None:
        told = " · ".join(one for one in (_title(session, biblio_id), told) if one)
    return wishes.ask(session, ward_id, bed, mark.format(what=told) if told else "", now)


def _title(session: Session, biblio_id: int) -> str:
    row = session.execute(
        select(Biblio.title, Biblio.call_number).where(
            Biblio.id == biblio_id, Biblio.cancelled_at.is_(None)
        )
    ).one_or_none()
    if row is None:
        raise Refusal(Reason.RECORD_GONE)
    return f"{row.title} ({row.call_number})" if row.call_number else str(row.title)

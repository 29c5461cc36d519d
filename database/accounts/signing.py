"""Signing in: who works here now. Wrong tries are counted and slowed, also by other PCs.

The secret is compared outside of the transaction: Argon2 takes its time, and no desk waits for it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select, update

from database import journal
from database.accounts import accounts, secrets
from database.library import Library
from database.policy import settings
from database.refusal import Reason, Refusal
from database.rights import Role, SignedIn
from database.schema import Account
from database.text.words import key

TRIES, WAIT = 5, timedelta(minutes=1)
"""Wrong tries in a row after which the next has to wait."""
_FIELDS = (
    Account.id, Account.name, Account.roles, Account.secret, Account.wrong, Account.wrong_at,
)  # fmt: skip


def sign_in(library: Library, who: int | str, secret: str, now: datetime) -> SignedIn:
    """Whoever has that account, by its id or name, and its secret.

    Raises Refusal WRONG_SECRET (also where there is no such account), TOO_MANY_TRIES (`until`).
    """
    asked = Account.id == who if isinstance(who, int) else Account.name_key == key(who)
    with library.reading() as session:
        found = session.execute(
            select(*_FIELDS).where(asked, Account.ended_at.is_(None))
        ).one_or_none()
    if found is None:
        raise Refusal(Reason.WRONG_SECRET)
    if found.wrong >= TRIES and found.wrong_at and now < found.wrong_at + WAIT:
        raise Refusal(Reason.TOO_MANY_TRIES, until=found.wrong_at + WAIT)
    right = secrets.fits(found.secret, secret)
    if not right or found.wrong:
        _count(library, found.id, now, right=right)
    if not right:
        raise Refusal(Reason.WRONG_SECRET)
    return SignedIn(found.id, found.name, found.roles)


def by_card(library: Library, code: str) -> tuple[SignedIn, bool] | None:
    """Whose card that is, and whether the card alone is enough: it is for somebody who helps at
    the desk and has no further right. None for any other code."""
    asked = select(Account.id, Account.name, Account.roles).where(
        Account.card == key(code), Account.ended_at.is_(None)
    )
    with library.reading() as session:
        found = session.execute(asked).one_or_none() if key(code) else None
    if found is None:
        return None
    return SignedIn(found.id, found.name, found.roles), found.roles == Role.HELPER


def recover(library: Library, code: str, secret: str, now: datetime) -> SignedIn:
    """By the code of the sheet in the safe: a head gets a new secret and is signed in; the code
    is used up. Raises Refusal WRONG_SECRET, SECRET_WEAK."""
    with library.reading() as session:
        kept = settings.get(session, accounts.RECOVERY)
    if not secrets.fits(kept, secrets.as_recovery(code)):
        raise Refusal(Reason.WRONG_SECRET)
    hashed = secrets.hashed(secret)
    with library.transaction() as session:
        head = next(one for one in accounts.listed(session) if Role.HEAD in one.roles.split(","))
        own = update(Account).where(Account.id == head.id)
        session.execute(own.values(secret=hashed, wrong=0, wrong_at=None))
        settings.put(session, accounts.RECOVERY, "")
        journal.write(session, "account.recovered", "Account", head.id, now)
    return SignedIn(head.id, head.name, head.roles)


def _count(library: Library, account_id: int, now: datetime, *, right: bool) -> None:
    wrong = Account.wrong + 1
    tried = {"wrong": 0, "wrong_at": None} if right else {"wrong": wrong, "wrong_at": now}
    with library.transaction() as session:
        session.execute(update(Account).where(Account.id == account_id).values(**tried))

"""The accounts: who is there, what they are, and whether the library asks who works."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from database import journal
from database.accounts import secrets
from database.engine.rows import rows_of
from database.journal import Inverses, Line
from database.policy import settings
from database.policy.settings import Choice
from database.refusal import Reason, Refusal
from database.rights import ROLES, SWITCHED_ON, Right, Role, need
from database.schema import Account
from database.text.words import key

ON = Choice(SWITCHED_ON, False)
RECOVERY = Choice("accounts.recovery", "")
"""The recovery code as Argon2 keeps it; the code itself is on the sheet in the safe alone."""


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account as listed; `roles` with commas."""

    id: int
    name: str
    roles: str
    card: str | None
    has_secret: bool
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """What is said of one; a `secret` of "" leaves the one there is."""

    name: str
    roles: tuple[Role, ...]
    secret: str = ""
    card: str = ""


def listed(session: Session, *, ended: bool = False) -> list[AccountRow]:
    """All that stand, by name; with `ended` the others too."""
    asked = select(
        Account.id, Account.name, Account.roles, Account.card,
        (Account.secret != "").label("has_secret"), Account.ended_at,
    )  # fmt: skip
    if not ended:
        asked = asked.where(Account.ended_at.is_(None))
    return rows_of(AccountRow, session.execute(asked.order_by(Account.name_key, Account.id)))


def add(session: Session, facts: AccountFacts, now: datetime) -> int:
    """A new account; its journal line. Raises Refusal NAME_MISSING, VALUE_INVALID (no role),
    NAME_TAKEN, NUMBER_TAKEN (the card), SECRET_WEAK, NOT_ALLOWED."""
    need(session, Right.ACCOUNTS, "account.added")
    values = _values(session, facts, None)
    made: int = session.execute(
        insert(Account).values(wrong=0, **{"secret": "", **values}).returning(Account.id)
    ).scalar_one()
    return journal.write(session, "account.added", "Account", made, now, roles=values["roles"])


def save(session: Session, account_id: int, facts: AccountFacts, now: datetime) -> int:
    """Change one; the journal line. Raises as `add`; RECORD_GONE; LAST_HEAD where nobody would
    name staff any more."""
    need(session, Right.ACCOUNTS, "account.saved")
    before = _kept(session, account_id)
    values = _values(session, facts, account_id)
    session.execute(_one(account_id).values(**values, wrong=0))
    _must_have_head(session)
    facts_of = {"before": before, "roles": values["roles"], "secret": "secret" in values}
    return journal.write(session, "account.saved", "Account", account_id, now, **facts_of)


def end(session: Session, account_id: int, now: datetime) -> int:
    """Nobody signs in with it any more; the journal line. Raises Refusal LAST_HEAD, RECORD_GONE,
    NOT_ALLOWED."""
    need(session, Right.ACCOUNTS, "account.ended")
    _kept(session, account_id)
    session.execute(_one(account_id).values(ended_at=now))
    _must_have_head(session)
    return journal.write(session, "account.ended", "Account", account_id, now)


def _kept(session: Session, account_id: int) -> dict[str, Any]:
    """What an undo of a change puts back."""
    asked = select(Account.name, Account.name_key, Account.roles, Account.card)
    found = session.execute(asked.where(Account.id == account_id)).one_or_none()
    if found is None:
        raise Refusal(Reason.RECORD_GONE)
    return found._asdict()


def _undo_add(session: Session, line: Line, now: datetime) -> None:
    assert line.record_id is not None
    session.execute(_one(line.record_id).values(ended_at=now))
    _must_have_head(session)


def _undo_save(session: Session, line: Line, _now: datetime) -> None:
    """A secret that was changed stays: the one before is known to nobody."""
    assert line.record_id is not None
    session.execute(_one(line.record_id).values(**line.facts["before"]))
    _must_have_head(session)


def _undo_end(session: Session, line: Line, _now: datetime) -> None:
    assert line.record_id is not None
    session.execute(_one(line.record_id).values(ended_at=None))


INVERSES: Inverses = {
    "account.added": _undo_add,
    "account.saved": _undo_save,
    "account.ended": _undo_end,
}


def is_on(session: Session) -> bool:
    """Whether the library asks who works."""
    return settings.get(session, ON)


def switch_on(session: Session, now: datetime) -> str:
    """From now on everybody is asked; the recovery code, told this once.

    Raises Refusal LAST_HEAD where nobody could name staff, NOT_ALLOWED.
    """
    _must_have_head(session, always=True)
    code = new_recovery(session)
    journal.write(session, "accounts.on", "Account", None, now)
    settings.put(session, ON, True)
    return code


def switch_off(session: Session, now: datetime) -> None:
    """Nobody is asked any more; the accounts stay. Raises Refusal NOT_ALLOWED."""
    journal.write(session, "accounts.off", "Account", None, now)
    settings.put(session, ON, False)


def new_recovery(session: Session) -> str:
    """A new code in the place of the one before, told this once. Raises Refusal NOT_ALLOWED."""
    need(session, Right.ACCOUNTS, "accounts.on")
    code = secrets.new_recovery()
    settings.put(session, RECOVERY, secrets.hashed(secrets.as_recovery(code)))
    return code


def _one(account_id: int) -> Any:
    return update(Account).where(Account.id == account_id)


def _values(session: Session, facts: AccountFacts, own: int | None) -> dict[str, Any]:
    name, roles = " ".join(facts.name.split()), [role for role in ROLES if role in facts.roles]
    if not name:
        raise Refusal(Reason.NAME_MISSING)
    if not roles:
        raise Refusal(Reason.VALUE_INVALID, field="roles")
    card = key(facts.card) or None
    for reason, column, value in (
        (Reason.NAME_TAKEN, Account.name_key, key(name)),
        (Reason.NUMBER_TAKEN, Account.card, card),
    ):
        other = select(Account.name).where(column == value, Account.id != (own or 0))
        if value and (found := session.execute(other).scalar()) is not None:
            raise Refusal(reason, name=found, number=value)
    values: dict[str, Any] = {"name": name, "name_key": key(name), "card": card}
    values["roles"] = ",".join(roles)
    if facts.secret:
        values["secret"] = secrets.hashed(facts.secret)
    return values


def _must_have_head(session: Session, *, always: bool = False) -> None:
    """Somebody who can sign in has to be able to name staff."""
    if not always and not is_on(session):
        return
    heads = (one for one in listed(session) if one.has_secret and Role.HEAD in one.roles.split(","))
    if next(heads, None) is None:
        raise Refusal(Reason.LAST_HEAD)

"""Who may do what: each act of the journal stands under one right, each role has its rights.

A right is asked where an act is written into the journal, so no way around a screen leads past
it, on either engine. While a library has no accounts everybody may everything.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from database.refusal import Reason, Refusal
from database.schema import Account, Setting

SWITCHED_ON = "accounts.on"
"""The key of the setting that says so."""


class Right(StrEnum):
    """What somebody may do."""

    HOUSE = "house"
    """What the program does by itself, whoever is there."""
    LOOK = "look"
    FIGURES = "figures"
    DESK = "desk"
    PATRONS = "patrons"
    EXCEPTIONS = "exceptions"
    CATALOGUE = "catalogue"
    STRIKE = "strike"
    REPORT = "report"
    FORGET = "forget"
    EXPORT = "export"
    SETTINGS = "settings"
    WAIVE = "waive"
    CLOSE = "close"
    ACCOUNTS = "accounts"


class Role(StrEnum):
    """What somebody is here; one person may be several. In a small library the librarian is
    often the head too."""

    HEAD = "head"
    LIBRARIAN = "librarian"
    HELPER = "helper"
    READER = "reader"


ROLES: dict[Role, frozenset[Right]] = {
    Role.HEAD: frozenset(
        {Right.LOOK, Right.FIGURES, Right.WAIVE, Right.CLOSE, Right.ACCOUNTS, Right.EXPORT}
    ),
    Role.LIBRARIAN: frozenset(
        {
            Right.LOOK, Right.FIGURES, Right.DESK, Right.PATRONS, Right.EXCEPTIONS,
            Right.CATALOGUE, Right.STRIKE, Right.REPORT, Right.FORGET, Right.EXPORT,
            Right.SETTINGS,
        }
    ),
    Role.HELPER: frozenset({Right.DESK, Right.PATRONS}),
    Role.READER: frozenset({Right.FIGURES}),
}  # fmt: skip
EVERYTHING = frozenset(Right)
NOTHING = frozenset({Right.HOUSE})

_ACTS: dict[Right, str] = {
    Right.HOUSE: "hold.expired hold.withdrawn privacy.forgotten mail.arrived quarantine.over"
    " library.created demo.made account.recovered",
    Right.DESK: "loan.checked_out loan.renewed loan.returned loan.moved loan.lengthened"
    " loan.struck loan.closed discharge.done item.used item.found"
    " item.found_again item.back item.wiped quarantine.shelved hold.placed hold.ready"
    " hold.cancelled visit.counted visit.by_card handout.counted charge.paid reminder.sent"
    " round.begun round.scanned round.closed wish.noted wish.settled print.queued print.done"
    " print.dropped stocktake.scanned mail.again register.added timer.started timer.stopped",
    Right.PATRONS: "patron.enrolled patron.renewed patron.saved patron.photographed"
    " consent.given consent.withdrawn",
    Right.EXCEPTIONS: "loan.due_picked loan.given loan.lost hold.moved item.damaged item.missing"
    " item.lost suspension.lifted visit.corrected visit.day_corrected",
    Right.CATALOGUE: "biblio.added biblio.saved batch.changed batch.moved cover.saved"
    " cover.removed deposit.filled deposit.finished deposit.received deposit.saved"
    " digital.attached digital.removed heading.merged heading.referred heading.removed"
    " heading.related heading.renamed heading.swept heading.unreferred heading.unrelated"
    " import.done item.added item.completed"
    " item.moved item.repair item.saved item.given item.given_back serial.claimed"
    " serial.copied serial.expected serial.received serial.saved stocktake.started"
    " stocktake.closed template.saved template.removed weeding.started weeding.decided"
    " loan.brought visit.brought charge.brought patron.rotated patron.merged",
    Right.STRIKE: "biblio.cancelled item.cancelled item.withdrawn weeding.closed patron.ended",
    Right.REPORT: "assessment.scored assessment.worded check.skipped check.unskipped"
    " evidence.attached evidence.removed month.worded month.marked question.saved"
    " question.dropped register.saved register.struck threshold.confirmed"
    " clearance.issued reminder.letters reminder.mails mail.dropped round.planned"
    " privacy.asked privacy.answered day.closed day.reopened outgoing.issued outgoing.cancelled"
    " suggestions.proposed thresholds.brought",
    Right.SETTINGS: "setting.changed calendar.yearly calendar.yearly_dropped calendar.closed"
    " closed_day.saved closed_day.dropped hours.saved profile.saved picture.saved"
    " signatory.saved category.added category.saved category.ordered category.removed"
    " unit.added unit.saved unit.ordered unit.removed rule.added rule.changed rule.removed"
    " rule.saved quarantine.rule_saved quarantine.rule_dropped label_sheets.changed"
    " paper.worded library.relocated own_field.added own_field.saved own_field.ordered"
    " own_field.removed neighbour.added neighbour.harvested neighbour.removed",
    Right.FORGET: "patron.forgotten privacy.put_off",
    Right.WAIVE: "charge.waived charge.refunded",
    Right.CLOSE: "month.closed",
    Right.ACCOUNTS: "account.added account.saved account.ended accounts.on accounts.off",
}
RIGHT_OF = {act: right for right, acts in _ACTS.items() for act in acts.split()}
"""The right that each act of the journal stands under; that of taking it back too."""

_STANDS = select(Account.roles).where(
    Account.id == bindparam("account"), Account.ended_at.is_(None)
)
_ON = select(Setting.value).where(Setting.key == SWITCHED_ON)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who works here now."""

    id: int
    name: str
    roles: str

    @property
    def rights(self) -> frozenset[Right]:
        """What they may do."""
        return of_roles(self.roles)


def of_roles(roles: str) -> frozenset[Right]:
    """What somebody of these roles, written with commas, may do."""
    own = (ROLES[Role(role)] for role in roles.split(",") if role)
    return NOTHING.union(*own)


def may(session: Session) -> frozenset[Right]:
    """What whoever acts in this session may do, as the library has it now."""
    found: frozenset[Right] | None = session.info.get("may")
    if found is None:
        found = session.info["may"] = _may(session)
    return found


def _may(session: Session) -> frozenset[Right]:
    if session.execute(_ON).scalar() != "true":
        return EVERYTHING
    account: int | None = session.info.get("account")
    roles = session.execute(_STANDS, {"account": account}).scalar() if account else None
    return of_roles(roles or "")


def need(session: Session, right: Right, act: str = "") -> None:
    """Raises Refusal NOT_ALLOWED, with who may, where whoever acts has not the right."""
    if right not in may(session):
        raise Refusal(Reason.NOT_ALLOWED, right=right, act=act, signed_in="account" in session.info)


def need_for(session: Session, action: str) -> None:
    """The same for an act of the journal, or for taking it back."""
    act = action.removesuffix(".undone")
    need(session, RIGHT_OF[act], act)

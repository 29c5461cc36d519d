"""What stands beside the acts: the open patron and the loans in hand, or today's visitors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from database.circulation import money, sanctions, visits
from database.library import Session
from database.patrons import finding, membership
from database.patrons.finding import PatronLoan, PatronRow
from database.patrons.membership import Category
from database.policy import loan_rules
from database.policy.lateness import Late


@dataclass(frozen=True)
class Beside:
    """`limit` is the loans the patron's rule for books allows (0: no rule), `owed` in rupiah."""

    takes_money: bool
    patron: PatronRow | None = None
    limit: int = 0
    owed: int = 0
    loans: Sequence[PatronLoan] = ()
    kinds: Sequence[Category] = ()
    counted: Mapping[str, int] = field(default_factory=dict)
    late: Mapping[int, Late] = field(default_factory=dict)


def read(session: Session, patron_id: int | None, now: datetime) -> Beside:
    """All of it in one session: on a server each read of its own costs a way there and back."""
    takes = sanctions.takes_money(session)
    patron = finding.one(session, patron_id) if patron_id is not None else None
    if patron is None:
        kinds = [kind for kind in membership.categories(session) if kind.kind == "person"]
        return Beside(takes, kinds=kinds, counted=visits.visits_on(session, now.date()))
    rule = loan_rules.rule_for(session, patron.category, "book")
    return Beside(
        takes,
        patron,
        rule.loan_limit if rule else 0,
        money.owed(session, patron.id),
        finding.loans_in_hand(session, patron.id),
        late=finding.late_in_hand(session, patron.id, now),
    )

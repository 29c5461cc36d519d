"""Who counts as a member: read from events, so that no later act moves a figure of the past."""

from __future__ import annotations

from sqlalchemy import func, select

from database.reports.counting.spans import FIRST, LAST
from database.schema import MembershipEvent, PatronKind
from database.schema.standing import began_between, member_on

PERSONS = MembershipEvent.kind == PatronKind.PERSON
"""Members are persons; places borrow for readers who are none."""
AT_END = member_on(LAST)
NEW_ONES = began_between(FIRST, LAST)
NEW = select(func.count()).where(PERSONS, NEW_ONES)
"""How many persons became members for the first time."""

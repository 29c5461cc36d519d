"""Many codes in one act: each comes to something of its own, and a no to one stops no other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from sqlalchemy.orm import Session

from database.engine import pausing
from database.refusal import Refusal

T = TypeVar("T")
Take = Callable[[Session, str, datetime], T]


@dataclass(frozen=True, slots=True)
class Came(Generic[T]):
    """What one code came to: what its act gave, or why not."""

    code: str
    done: T | None
    refused: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Taken(Generic[T]):
    """All of them in their order; `line` is the journal line that takes all back, None where
    nothing was done."""

    came: list[Came[T]]
    line: int | None


def take_each(
    session: Session,
    codes: Sequence[str],
    take: Take[T],
    now: datetime,
    report: Callable[[int, int], object] = lambda done, total: None,
) -> Taken[T]:
    """Do `take` for each code, others going on between. What is refused leaves nothing behind.

    `report` may raise Cancelled, and all is taken back.
    """
    came: list[Came[T]] = []
    for at, code in enumerate(codes):
        report(at, len(codes))
        try:
            with session.begin_nested():
                done = take(session, code, now)
        except Refusal as told:
            came.append(Came(code, None, told))
        else:
            came.append(Came(code, done))
        pausing.pause(session)
    return Taken(came, session.info.get("act"))

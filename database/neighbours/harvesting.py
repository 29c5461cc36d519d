"""A neighbour's catalogue brought in, whole or what changed since: in short pieces, so that the
desks go on, and never among our titles.

What stands when it is broken off stays, with the place to go on from. A whole harvest takes out, at
its end, what it did not meet.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from database import journal, limits
from database.engine import pausing
from database.engine.pausing import Cancelled, Pace
from database.exchange import found, oai
from database.neighbours import keeping, neighbours
from database.neighbours.keeping import Counted, Ready
from database.refusal import Fault, Reason, Refusal, Trouble
from database.schema import Neighbour, NeighbourTitle
from database.search import indexing
from database.search.indexes import NEIGHBOURS

T = TypeVar("T")
Report = Callable[[int, int | None], object]
Cancel = Callable[[], bool]
_AT_ONCE = 200
_LONGEST_NUMBER = 100
_TRIES, _LONGEST_WAIT, _LOOK = 5, 120, 0.2
"""How often a server may ask to come later, the most seconds each time, and those between two
looks whether somebody stopped it."""


class _Harvest:
    """One harvest under way."""

    def __init__(
        self, session: Session, number: int, now: datetime, report: Report, cancelled: Cancel
    ) -> None:
        self.session, self.number, self.now = session, number, now
        self._report, self._cancelled = report, cancelled
        self.counted = Counted()
        row = neighbours.one(session, number)
        self.address, self.name, self.part = row.address, row.name, row.part
        neighbours.sweep(session)
        self.line = journal.write(
            session, "neighbour.harvested", "Neighbour", number, now, name=row.name
        )
        self._pace = Pace(session, _AT_ONCE)

    def state(self) -> Any:
        """How far it is, as the library has it."""
        asked = select(Neighbour.since, Neighbour.begun, Neighbour.resume, Neighbour.round).where(
            Neighbour.id == self.number, Neighbour.removed_at.is_(None)
        )
        found = self.session.execute(asked).one_or_none()
        if found is None:
            raise Refusal(Reason.RECORD_GONE)
        return found

    def put(self, **values: Any) -> None:
        """Write how far it is."""
        told = update(Neighbour).where(Neighbour.id == self.number)
        self.session.execute(told.values(**values))

    def must_go_on(self) -> None:
        """Raises Cancelled where somebody stopped it; Refusal FILE_TOO_LARGE."""
        if self._cancelled():
            raise Cancelled
        limits.must_hold(limits.HARVEST, self.counted.met, self.address)

    def take(self, turn: int, records: Iterable[Ready | None]) -> None:
        """Store what was read, in pieces."""
        listed = list(records)
        usable = [one for one in listed if one is not None]
        self.counted.unread += len(listed) - len(usable)
        for part in self._pace.parts(usable):
            self.must_go_on()
            self.state()
            told = keeping.store(self.session, self.number, turn, part)
            self.counted.stored += told.stored
            self.counted.deleted += told.deleted
            pausing.pause(self.session)
        self._report(self.counted.met, None)

    def let_go(self) -> None:
        """Before what needs no library: commit what there is."""
        pausing.let_go(self.session)

    def asked(self, ask: Callable[[], T]) -> T:
        """What the server says, without holding the library; one that asks for it is given
        time."""
        self.let_go()
        for _turn in range(_TRIES):
            self.must_go_on()
            try:
                return ask()
            except oai.Later as later:
                self._wait(min(later.seconds, _LONGEST_WAIT))
        raise Fault(Trouble.NO_ANSWER, where=self.address)

    def _wait(self, seconds: int) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.must_go_on()
            time.sleep(_LOOK)

    def end(self, *, whole: bool, turn: int, since: str) -> Counted:
        """It is done: what a whole one did not meet is gone there."""
        if whole:
            self._take_out(turn)
        count = self.session.execute(
            select(func.count()).where(NeighbourTitle.neighbour_id == self.number)
        ).scalar_one()
        self.put(since=since, begun="", resume="", titles=count, harvested_at=self.now)
        facts = {"stored": self.counted.stored, "deleted": self.counted.deleted}
        journal.complete(
            self.session, self.line, self.number, name=self.name, **facts,
            unread=self.counted.unread,
        )  # fmt: skip
        if whole:
            indexing.settle(
                self.session.connection, lambda: pausing.pause(self.session), NEIGHBOURS
            )
        return self.counted

    def _take_out(self, turn: int) -> None:
        left = select(NeighbourTitle.id).where(
            NeighbourTitle.neighbour_id == self.number, NeighbourTitle.round < turn
        )
        while ids := list(self.session.execute(left.limit(_AT_ONCE)).scalars()):
            neighbours.drop(self.session, ids)
            self.counted.deleted += len(ids)
            pausing.pause(self.session)


def harvest(
    session: Session,
    number: int,
    now: datetime,
    report: Report = lambda done, total: None,
    cancelled: Cancel = lambda: False,
    *,
    whole: bool = False,
) -> Counted:
    """What changed at a neighbour since its last harvest; all of it the first time, where it does
    not tell what it deleted, and if it must be `whole`. Run it as a long act.

    Raises Fault NO_ANSWER, NO_HARVEST; Refusal RECORD_GONE, FILE_TOO_LARGE, VALUE_INVALID (out of a
    file); Cancelled. What was stored by then stays, and the next goes on from there.
    """
    if neighbours.one(session, number).kind != neighbours.OAI:
        raise Refusal(Reason.VALUE_INVALID, field="address")
    return _Repository(session, number, now, report, cancelled).run(whole=whole)


class _Repository(_Harvest):
    """A harvest by OAI-PMH."""

    def run(self, *, whole: bool) -> Counted:
        """Page by page to the end."""
        self._who = self.asked(lambda: oai.identify(self.address))
        state = self.state()
        # Of a whole one that was broken off there is no `since`.
        self._since = "" if whole or not self._who.keeps_struck else state.since
        if whole or not state.resume:
            told = {"begun": "", "resume": "", "since": self._since}
            self.put(round=state.round + 1, **told)
        turn = self.state().round
        for page in self._pages(self.state().resume):
            self.counted.unread += page.unread
            self.take(turn, (keeping.ready(one.identifier, one.record) for one in page.handed))
            self.put(begun=self.state().begun or page.said_at, resume=page.token)
        return self.end(whole=not self._since, turn=turn, since=self._exact(self.state().begun))

    def _pages(self, token: str) -> Iterator[oai.Page]:
        """Every page; a token that leads nowhere new is no end of the list."""
        seen: set[str] = set()
        page = self._page({"resumptionToken": token} if token else self._first())
        while page.token:
            if page.token in seen or not (page.handed or page.unread):
                raise Fault(Trouble.NO_HARVEST, where=self.address, said="resumptionToken")
            seen.add(page.token)
            yield page
            page = self._page({"resumptionToken": page.token})
        yield page

    def _page(self, asked: dict[str, str]) -> oai.Page:
        """A page; where the server has forgotten the place, the harvest begins anew."""
        try:
            return self.asked(lambda: oai.page(self.address, asked))
        except Fault as told:
            if told.facts.get("said") != oai.GONE or "resumptionToken" not in asked:
                raise
        self.put(begun="")
        anew = self._first()
        return self.asked(lambda: oai.page(self.address, anew))

    def _first(self) -> dict[str, str]:
        asked = {"metadataPrefix": self.asked(lambda: oai.best_form(self.address))}
        if self._since:
            asked["from"] = self._exact(self._since)
        return {**asked, "set": self.part} if self.part else asked

    def _exact(self, moment: str) -> str:
        return moment if self._who.to_the_second else moment[: len("2027-01-31")]


def take_file(
    session: Session,
    number: int,
    path: Path,
    now: datetime,
    report: Report = lambda done, total: None,
    cancelled: Cancel = lambda: False,
) -> Counted:
    """The catalogue of a neighbour out of a file of records, in whichever format: what is not in it
    is gone. Run it as a long act.

    Raises Refusal RECORD_GONE, VALUE_INVALID (of one that is harvested), FILE_MISSING, FILE_EMPTY,
    FILE_OF_OTHER_KIND, FILE_TOO_LARGE; Fault FILE_UNREADABLE; Cancelled.
    """
    if neighbours.one(session, number).kind != neighbours.FILE:
        raise Refusal(Reason.VALUE_INVALID, field="address")
    work = _Harvest(session, number, now, report, cancelled)
    turn = work.state().round + 1
    work.put(round=turn, address=path.name)
    told = _told_of(path)
    while True:
        work.let_go()
        part = list(islice(told, _AT_ONCE))
        if not part:
            return work.end(whole=True, turn=turn, since="")
        work.take(turn, part)


def _told_of(path: Path) -> Iterator[Ready | None]:
    """The records of a file by their own number, or by their place where it says nothing or the
    same twice."""
    numbers: set[str] = set()
    for one in found.records_of(path):
        if one.record is None:
            yield None
            continue
        control = one.record.first("001")
        number = (control.value or "").strip() if control is not None else ""
        if not number or number in numbers or len(number) > _LONGEST_NUMBER:
            number = f"#{one.position}"
        numbers.add(number)
        yield keeping.ready(number, one.record)

"""The register of outgoing letters: every paper that leaves the house takes its number here.

One series a year numbers them all, by the library's pattern. A number is given out once: that of
a cancelled letter stays in the register, struck, and is told as a gap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from database import journal
from database.engine.rows import rows_of
from database.journal import Inverses, Line
from database.policy import house, numbering, settings, signing
from database.policy.settings import Choice
from database.refusal import Reason, Refusal
from database.schema import OutgoingLetter, Patron

KINDS = {
    "reminder-letters": "STG",
    "clearance-letter": "SKBP",
    "lost-letter": "SPB",
    "stocktake-minutes": "BA-SO",
    "weeding-minutes": "BA-PS",
    "handover": "BAST",
    "handover-back": "BAST",
    "gift-deed": "BAST-H",
    "monthly-report": "LAP",
    "claims": "KLM",
    "purchase-proposal": "UP",
    "interlibrary-letter": "SL",
    "search-answer": "PL",
    "recap-letter": "RKP",
    "other": "UM",
}
"""What a paper's number says of its kind; the papers by the names they are printed by."""
OF_REGISTERS = ("gift-deed", "interlibrary-letter", "search-answer")
"""Papers about a line of a register, which gets another id when it is changed."""
_OWN_PATTERNS = {
    "reminder-letters": settings.LETTER_PATTERN,
    "clearance-letter": settings.CLEARANCE_PATTERN,
}
MOST_WORDS = 300


@dataclass(frozen=True, slots=True)
class Letter:
    """What is to be numbered; see `schema.OutgoingLetter`."""

    paper: str
    record_id: int | None = None
    patron_id: int | None = None
    recipient: str = ""
    subject: str = ""
    copies_to: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Issued:
    """A line of the register; `recipient` is the patron's name while one is known."""

    id: int
    number: str
    paper: str
    record_id: int | None
    recipient: str
    subject: str
    copies_to: str
    issued_on: date
    cancelled_at: datetime | None
    reason: str


def _pattern(session: Session, paper: str) -> str:
    choice: Choice[str] = _OWN_PATTERNS.get(paper, settings.OUTGOING_PATTERN)
    return settings.get(session, choice)


def _facts(session: Session, paper: str, day: date) -> dict[str, str]:
    library = house.profile(session).short_name
    return numbering.parts_of(day, library) | {"kind": KINDS.get(paper, KINDS["other"])}


def _series(day: date) -> str:
    return f"letter.{day.year}"


def proposed(session: Session, paper: str, day: date) -> str:
    """The number that would be given next; it is not taken yet."""
    pattern, facts = _pattern(session, paper), _facts(session, paper, day)
    at = numbering.last(session, _series(day)) + 1
    while _known(session, number := numbering.write(pattern, at, facts)):
        at += 1
    return number


def _known(session: Session, number: str) -> bool:
    wanted = select(OutgoingLetter.id).where(OutgoingLetter.number == number)
    return session.execute(wanted).first() is not None


def issue(
    session: Session, letter: Letter, now: datetime, typed: str = "", day: date | None = None
) -> str:
    """Give a letter the next number, or the one `typed` (a secretary's): its number.

    A part of an act that has a journal line of its own, whose inverse calls `void`. Raises
    Refusal NUMBER_TAKEN (`number`, `name`: the paper that has it).
    """
    on, wanted = day or now.date(), " ".join(typed.split())
    if wanted and wanted != proposed(session, letter.paper, on):
        _take_typed(session, letter.paper, wanted, on, letter.record_id)
    else:
        wanted = _next(session, letter.paper, on)
    copies = letter.copies_to or signing.of(session, letter.paper).copies_to
    values = {
        "paper": letter.paper,
        "record_id": letter.record_id,
        "patron_id": letter.patron_id,
        "recipient": "" if letter.patron_id else " ".join(letter.recipient.split())[:MOST_WORDS],
        "subject": " ".join(letter.subject.split())[:MOST_WORDS],
        "copies_to": "\n".join(one.strip() for one in copies if one.strip()),
        "issued_on": on,
        "issued_at": now,
        "cancelled_at": None,
        "reason": "",
    }
    again = update(OutgoingLetter).where(OutgoingLetter.number == wanted).values(**values)
    if session.execute(again.returning(OutgoingLetter.id)).first() is None:
        session.execute(insert(OutgoingLetter).values(number=wanted, **values))
    journal.touch(session, "OutgoingLetter")
    return wanted


def _next(session: Session, paper: str, day: date) -> str:
    pattern, facts = _pattern(session, paper), _facts(session, paper, day)
    while True:
        number = numbering.write(pattern, numbering.take(session, _series(day)), facts)
        if not _known(session, number):
            return number


def _take_typed(
    session: Session, paper: str, number: str, day: date, record_id: int | None
) -> None:
    """A number from elsewhere is free, or was this paper's own before it was taken back; one that
    follows our pattern is not given out later."""
    row = session.execute(
        select(OutgoingLetter.paper, OutgoingLetter.record_id, OutgoingLetter.cancelled_at).where(
            OutgoingLetter.number == number
        )
    ).one_or_none()
    if row is not None and not (
        record_id is not None
        and row.cancelled_at
        and (row.paper, row.record_id) == (paper, record_id)
    ):
        raise Refusal(Reason.LETTER_NUMBER_TAKEN, number=number, paper=row.paper)
    pattern, facts = _pattern(session, paper), _facts(session, paper, day)
    sequence = numbering.sequence_in(pattern, number)
    if sequence is not None and numbering.write(pattern, sequence, facts) == number:
        numbering.raise_to(session, _series(day), sequence)


def tie(session: Session, number: str, record_id: int) -> None:
    """Say which record a number went to, where that was made after it."""
    session.execute(
        update(OutgoingLetter).where(OutgoingLetter.number == number).values(record_id=record_id)
    )


def void(session: Session, paper: str, record_id: int, now: datetime) -> None:
    """The paper about this record was taken back: its number stays, as a gap that is told."""
    session.execute(
        update(OutgoingLetter)
        .where(
            OutgoingLetter.paper == paper,
            OutgoingLetter.record_id == record_id,
            OutgoingLetter.cancelled_at.is_(None),
        )
        .values(cancelled_at=now)
    )
    journal.touch(session, "OutgoingLetter")


def number_of(session: Session, paper: str, record_id: int, day: date | None = None) -> str:
    """The number of the paper about this record (of that day) that stands; "" for none."""
    wanted = select(OutgoingLetter.number).where(
        OutgoingLetter.paper == paper,
        OutgoingLetter.record_id == record_id,
        OutgoingLetter.cancelled_at.is_(None),
    )
    if day is not None:
        wanted = wanted.where(OutgoingLetter.issued_on == day)
    newest = wanted.order_by(OutgoingLetter.id.desc()).limit(1)
    return session.execute(newest).scalar() or ""


# --- acts of their own


def write(session: Session, letter: Letter, now: datetime, typed: str = "") -> tuple[str, int]:
    """Number a letter as an act of its own: its number and the journal line. Raises as `issue`."""
    number = issue(session, letter, now, typed)
    found = _id_of(session, number)
    return number, journal.write(session, "outgoing.issued", "OutgoingLetter", found, now)


def once(session: Session, letter: Letter, now: datetime) -> str:
    """The number of a paper that may be printed again: given once."""
    assert letter.record_id is not None
    standing = number_of(session, letter.paper, letter.record_id)
    return standing or write(session, letter, now)[0]


def once_a_day(session: Session, letter: Letter, now: datetime) -> str:
    """The same, of a paper that is another one on another day."""
    assert letter.record_id is not None
    standing = number_of(session, letter.paper, letter.record_id, now.date())
    return standing or write(session, letter, now)[0]


def cancel(session: Session, letter_id: int, reason: str, now: datetime) -> int:
    """Say why a number goes with no paper; returns the journal line.

    Raises Refusal REASON_NEEDED, RECORD_GONE (no such letter, or cancelled already).
    """
    if not reason.strip():
        raise Refusal(Reason.REASON_NEEDED)
    gone = session.execute(
        update(OutgoingLetter)
        .where(OutgoingLetter.id == letter_id, OutgoingLetter.cancelled_at.is_(None))
        .values(cancelled_at=now, reason=" ".join(reason.split())[:MOST_WORDS])
        .returning(OutgoingLetter.id)
    ).first()
    if gone is None:
        raise Refusal(Reason.RECORD_GONE)
    return journal.write(session, "outgoing.cancelled", "OutgoingLetter", letter_id, now)


def _id_of(session: Session, number: str) -> int:
    wanted = select(OutgoingLetter.id).where(OutgoingLetter.number == number)
    found: int = session.execute(wanted).scalar_one()
    return found


# --- the register


_LINES = select(
    OutgoingLetter.id,
    OutgoingLetter.number,
    OutgoingLetter.paper,
    OutgoingLetter.record_id,
    func.coalesce(Patron.name, OutgoingLetter.recipient).label("recipient"),
    OutgoingLetter.subject,
    OutgoingLetter.copies_to,
    OutgoingLetter.issued_on,
    OutgoingLetter.cancelled_at,
    OutgoingLetter.reason,
).outerjoin(Patron, Patron.id == OutgoingLetter.patron_id)


def rows(session: Session, first: date, last: date) -> list[Issued]:
    """The letters of these days, in the order of their numbers being given."""
    wanted = _LINES.where(OutgoingLetter.issued_on.between(first, last))
    found = session.execute(wanted.order_by(OutgoingLetter.issued_on, OutgoingLetter.id))
    return rows_of(Issued, found)


def of_patron(session: Session, patron_id: int) -> list[Issued]:
    """Every letter to a patron, oldest first."""
    wanted = _LINES.where(OutgoingLetter.patron_id == patron_id)
    return rows_of(Issued, session.execute(wanted.order_by(OutgoingLetter.id)))


def years(session: Session, today: date) -> list[int]:
    """The years that have letters, and this one; the newest first."""
    first = session.execute(select(func.min(OutgoingLetter.issued_on))).scalar()
    return list(range(today.year, (first or today).year - 1, -1))


def _unissue(session: Session, line: Line, now: datetime) -> None:
    session.execute(
        update(OutgoingLetter).where(OutgoingLetter.id == line.record_id).values(cancelled_at=now)
    )


def _uncancel(session: Session, line: Line, _now: datetime) -> None:
    session.execute(
        update(OutgoingLetter)
        .where(OutgoingLetter.id == line.record_id)
        .values(cancelled_at=None, reason="")
    )


INVERSES: Inverses = {"outgoing.issued": _unissue, "outgoing.cancelled": _uncancel}

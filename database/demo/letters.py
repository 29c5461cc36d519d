"""The letters of the demo library: who gets a copy of them, which were written when, and what
those that wait are about. All by the rules of those who write them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from database.circulation import lending, losses
from database.demo import persons
from database.demo.holdings import Act, unused_since
from database.policy import signing
from database.policy.calendar import month_bounds, shift_month
from database.registers import outgoing, registers
from database.registers.outgoing import Letter
from database.reports import period_marks, periods
from database.schema import (
    Charge,
    Item,
    Loan,
    Patron,
    PatronCategory,
    PeriodReport,
)

_DIRECTOR = "Direktur RSUD Bhakti Sehat (sebagai laporan)"
_COPIES = {
    "handover": (_DIRECTOR, "Bagian Umum dan Aset"),
    "handover-back": (_DIRECTOR, "Bagian Umum dan Aset"),
    "gift-deed": (_DIRECTOR, "Bagian Umum dan Aset"),
    "stocktake-minutes": (_DIRECTOR,),
    "weeding-minutes": (_DIRECTOR, "Bagian Umum dan Aset"),
    "interlibrary-letter": ("Dinas Perpustakaan dan Kearsipan Kota Mandala",),
    "reminder-letters": ("Kepala unit yang bersangkutan",),
}
_OTHERS = (
    (58, "Kepala Bagian Umum dan Aset", "Permohonan perbaikan lampu ruang baca"),
    (11, "Kepala Instalasi Rawat Inap", "Jadwal kereta buku bangsal"),
    (3, "Ketua STIKES Bhakti Husada", "Undangan bimbingan penelusuran untuk mahasiswa praktik"),
)
_NEIGHBOUR = "Perpustakaan RSIA Melati"
"""A hospital of the same group, whose reports are put together here."""
_REGISTERED = (
    ("gift", "gift-deed", "partner", "title"),
    ("interlibrary", "interlibrary-letter", "partner", "title"),
    ("literature_search", "search-answer", "requester", "number"),
)
"""Registers whose lines a letter is about: its paper, its recipient, its subject."""
_KEPT_FOR = 43
"""Open loans of so many days are due for a letter, whoever had them."""
_CLOSED_MONTHS, _CLOSED_ON = (3, 2), 4
"""Months ago whose reports went out, so many days after the month was over; the newest that is
over is left to whoever tries the program."""
_PROGRAM = "0.1.0"


def copies(session: Session, now: datetime) -> None:
    """Who gets a copy of which letter."""
    for paper, to in _COPIES.items():
        signing.put(session, paper, signing.of(session, paper).roles, to, now)


def acts(session: Session, now: datetime) -> list[tuple[datetime, Act]]:
    """What was written, and when."""
    made: list[tuple[datetime, Act]] = [
        (now - timedelta(days=_KEPT_FOR + 2), _keep_too_long),
        (now - timedelta(days=5), _lose),
        *persons.acts(now),
        (
            min(datetime.combine(date(now.year, 1, 12), now.timetz()), now),
            _close(str(now.year - 1)),
        ),
    ]
    for back in _CLOSED_MONTHS:
        month = shift_month(f"{now:%Y-%m}", -back)
        due = month_bounds(shift_month(month, 1))[0] + timedelta(days=_CLOSED_ON)
        made.append((datetime.combine(due, now.timetz()), _close(month)))
    for back, to, subject in _OTHERS:
        made.append((now - timedelta(days=back), _other("other", to, subject)))
    asked = shift_month(f"{now:%Y-%m}", -2)
    made.append((now - timedelta(days=7), _other("recap-letter", _NEIGHBOUR, asked)))
    for register, paper, to, about in _REGISTERED:
        for entry in registers.entries(session, register):
            day: date = entry.values["day"]
            letter = Letter(paper, entry.id, None, entry.values[to], entry.values[about])
            made.append((datetime.combine(day, now.timetz()), _once(letter)))
    return made


def _other(paper: str, to: str, subject: str) -> Act:
    def act(session: Session, at: datetime) -> None:
        outgoing.write(session, Letter(paper, recipient=to, subject=subject), at)

    return act


def _once(letter: Letter) -> Act:
    def act(session: Session, at: datetime) -> None:
        outgoing.once(session, letter, at)

    return act


def _free_copies(session: Session, count: int, day: date) -> list[str]:
    """Copies with a price that nobody had from that day on."""
    rows = session.execute(
        select(Item.barcode)
        .where(*unused_since(day), Item.item_type == "book", Item.price.is_not(None))
        .order_by(Item.id.desc())
        .limit(count)
    )
    return list(rows.scalars())


def _keep_too_long(session: Session, at: datetime) -> None:
    """Three of the staff borrow what they will not bring back in time; one of them loses it."""
    had = select(Loan.patron_id).where(Loan.returned_at.is_(None), Loan.patron_id.is_not(None))
    owing = select(Charge.patron_id).where(Charge.patron_id.is_not(None))
    rows = session.execute(
        select(Patron.number)
        .join(PatronCategory, PatronCategory.id == Patron.category_id)
        .where(
            PatronCategory.code == "nurse",
            Patron.joined_on <= at.date(),
            Patron.id.not_in(had),
            Patron.id.not_in(owing),
        )
        .order_by(Patron.id.desc())
        .limit(3)
    ).scalars()
    for number, barcode in zip(list(rows), _free_copies(session, 3, at.date()), strict=True):
        lending.check_out(session, number, barcode, at)


def _lose(session: Session, at: datetime) -> None:
    """What one of them lost is to be replaced at its price."""
    barcode = session.execute(
        select(Item.barcode)
        .join(Loan, Loan.item_id == Item.id)
        .join(Patron, Patron.id == Loan.patron_id)
        .join(PatronCategory, PatronCategory.id == Patron.category_id)
        .where(
            Loan.returned_at.is_(None),
            Loan.due_on < at.date(),
            PatronCategory.code == "nurse",
            Item.price.is_not(None),
        )
        .order_by(Loan.id.desc())
        .limit(1)
    ).scalar_one()
    losses.write_off(session, barcode, losses.usual_charge(session, barcode), at)
    who = losses.newest_debtor(session)
    assert who is not None
    letter = Letter("lost-letter", who, patron_id=who, subject="Penggantian buku yang hilang")
    outgoing.once_a_day(session, letter, at)


def _close(period: str) -> Act:
    """A period that is over is closed, signed and sent to the dinas."""

    def act(session: Session, at: datetime) -> None:
        periods.close(session, periods.counted(session, period, at), _PROGRAM, at)
        number = session.execute(
            select(PeriodReport.id).where(PeriodReport.period == period)
        ).scalar_one()
        proposed = outgoing.proposed(session, period_marks.PAPER, at.date())
        period_marks.sign(session, number, proposed, at.date(), at)
        period_marks.send(session, number, at.date(), "surat elektronik", at)

    return act

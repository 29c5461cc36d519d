"""What the demo library keeps beside its books: serials with an issue that is late, batches lent
by the dinas, a stocktake and a weeding that are closed. All by the rules of those who do it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from database.holdings import (
    deposit_copies,
    deposits,
    serial_issues,
    serials,
    stocktake,
    weeding,
    weeding_proposals,
)
from database.holdings.deposits import DepositFacts
from database.holdings.serials import SerialFacts
from database.holdings.stock_balance import Scope
from database.registers import outgoing
from database.schema import Biblio, BiblioIdentifier, InHouseUse, Item, ItemStatus, Loan

Act = Callable[[Session, datetime], None]

_DINAS = "Dinas Perpustakaan dan Kearsipan Kota Mandala"
_SERIALS = (
    ("Jurnal Keperawatan Mandala", "STIKES Bhakti Husada", "610.73", "quarterly", 4, 20),
    ("Warta Kesehatan Masyarakat", "Cendekia Medika", "613", "bimonthly", 6, 28),
    ("Buletin Rumah Sakit Daerah", "Widya Sehat", "362.11", "half_yearly", 2, 12),
)
_SUPPLIER = "Toko Buku Cendekia, Mandala"
_PATIENCE = 12
"""Days after which an issue has come, or is late."""
_SHELF = "Rak Agama"
_BACK, _HERE = 4, 6
_WEEDED = 4


def acts(now: datetime) -> list[tuple[datetime, Act]]:
    """What was done, and when."""
    return [
        (now - timedelta(days=700), _subscribe),
        (now - timedelta(days=430), _first_batch),
        (now - timedelta(days=150), _stocktake),
        (now - timedelta(days=96), _weeding),
        (now - timedelta(days=62), _batch_goes_back),
        (now - timedelta(days=55), _second_batch),
        (now - timedelta(days=7), _issues_came),
        (now - timedelta(days=6), _claim),
    ]


def _subscribe(session: Session, at: datetime) -> None:
    for title, publisher, number, frequency, count, day in _SERIALS:
        values = {
            "title": title,
            "place": "Mandala",
            "publisher": publisher,
            "year": str(at.year),
            "classification": number,
            "subjects": "Terbitan berkala",
            "language": "ind",
        }
        biblio_id, _line = serials.add(session, values, at)
        serials.save(session, biblio_id, SerialFacts(frequency, count, _SUPPLIER), at)
        first = date(at.year + (at.month == 12), at.month % 12 + 1, day)
        serial_issues.expect(session, biblio_id, "7", 1, first, 2 * count + 1, at)


def _issues_came(session: Session, now: datetime) -> None:
    """Of each serial every issue that is due has come, but the last one of two titles and one
    in between."""
    for place, row in enumerate(serials.rows(session, now.date())):
        due = [
            one
            for one in reversed(serial_issues.issues(session, row.id))
            if one.expected_on and one.expected_on <= now.date() - timedelta(days=_PATIENCE)
        ]
        lacking = {due[-1].id, due[2].id} if place == 0 else {due[-1].id} if place == 1 else set()
        for issue in due:
            if issue.id not in lacking and issue.expected_on:
                came = issue.expected_on + timedelta(days=3 + issue.id % 8)
                at = datetime.combine(came, now.timetz())
                serial_issues.receive(session, issue.id, at)


def _claim(session: Session, at: datetime) -> None:
    """The issues that are late are asked for in writing."""
    late = serial_issues.late(session, at.date() - timedelta(days=_PATIENCE))
    serial_issues.claim(session, [one.id for one in late], at)
    about = outgoing.Letter(
        "claims", at.date().toordinal(), recipient=_SUPPLIER, subject="Nomor yang belum diterima"
    )
    outgoing.once_a_day(session, about, at)


def _batch(session: Session, facts: DepositFacts, skip: int, count: int, at: datetime) -> None:
    number, _line = deposits.receive(session, facts, at)
    isbns = session.execute(
        select(BiblioIdentifier.value)
        .join(Biblio, Biblio.id == BiblioIdentifier.biblio_id)
        .where(BiblioIdentifier.kind == "isbn", Biblio.created_on <= facts.received_on)
        .order_by(BiblioIdentifier.biblio_id)
        .offset(skip)
        .limit(count)
    ).scalars()
    for isbn in list(isbns):
        deposit_copies.add_copy(session, number, isbn, at)
    about = outgoing.Letter("handover", number, None, facts.owner, facts.name)
    outgoing.once(session, about, at)


def _first_batch(session: Session, at: datetime) -> None:
    day = at.date()
    facts = DepositFacts(
        f"Titipan {day.year} tahap I", _DINAS, "T1", day, day + timedelta(days=365)
    )
    _batch(session, facts, 3, _BACK, at)


def _second_batch(session: Session, at: datetime) -> None:
    day = at.date()
    facts = DepositFacts(
        f"Titipan {day.year} tahap II", _DINAS, "T2", day, day + timedelta(days=365)
    )
    _batch(session, facts, 21, _HERE, at)


def _batch_goes_back(session: Session, at: datetime) -> None:
    batch = deposits.rows(session)[-1]
    ours = select(Item.barcode).where(Item.deposit_id == batch.id).order_by(Item.barcode)
    for barcode in list(session.execute(ours).scalars()):
        deposit_copies.give_back(session, batch.id, barcode, at)
    deposit_copies.finish(session, batch.id, at)


def unused_since(day: date) -> list[ColumnElement[bool]]:
    """Of a copy of our own: it stands, and from that day on nobody had it, at home or here."""
    lent = select(Loan.id).where(
        Loan.item_id == Item.id, Loan.returned_on.is_(None) | (Loan.returned_on >= day)
    )
    used = select(InHouseUse.id).where(InHouseUse.item_id == Item.id, InHouseUse.used_on >= day)
    return [
        Item.status == ItemStatus.IN_SERVICE,
        Item.deposit_id.is_(None),
        Item.accessioned_on < day,
        ~lent.exists(),
        ~used.exists(),
    ]


def _stocktake(session: Session, at: datetime) -> None:
    """One shelf, read copy by copy; one that nobody had since is not found."""
    number = stocktake.start(session, f"Stok opname {at.year}", Scope(location=_SHELF), at)
    here = (Item.location == _SHELF, Item.accessioned_on <= at.date())
    unused = select(Item.barcode).where(*here, *unused_since(at.date()))
    lost = session.execute(unused.order_by(Item.id.desc()).limit(1)).scalar()
    read = select(Item.barcode).where(
        *here, Item.status.in_((ItemStatus.IN_SERVICE, ItemStatus.REFERENCE))
    )
    for place, barcode in enumerate(session.execute(read.order_by(Item.shelf_key)).scalars().all()):
        if barcode != lost:
            stocktake.scan(session, number, barcode, _SHELF, at + timedelta(seconds=20 * place))
    closed = at + timedelta(hours=2)
    told = outgoing.proposed(session, stocktake.PAPER, closed.date())
    stocktake.close(session, number, told, closed)


def _weeding(session: Session, at: datetime) -> None:
    """The oldest that nobody wants goes, what is still needed stays."""
    number = weeding.start(session, f"Penyiangan {at.year}", at)
    unused = select(Item.id).where(*unused_since(at.date()), Item.item_type == "book")
    may_go = set(session.execute(unused).scalars())
    wanted = weeding_proposals.Criteria(age=8, unused=0)
    found = weeding_proposals.proposals(session, number, wanted, at.date())
    oldest = sorted((one for one in found if one.id in may_go), key=lambda one: (one.year, one.id))
    going = [one.id for one in oldest[:_WEEDED]]
    staying = [one.id for one in oldest[_WEEDED : _WEEDED + 2]]
    weeding.decide(session, number, going, "withdraw", "isi usang, ada edisi baru", at)
    weeding.decide(session, number, staying, "keep", "satu-satunya tentang pokok ini", at)
    closed = at + timedelta(hours=3)
    told = outgoing.proposed(session, weeding.PAPER, closed.date())
    weeding.close(session, number, told, closed)

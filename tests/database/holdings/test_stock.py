"""Stocktake and weeding: story A25 in small, on both engines."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from database import undo
from database.catalogue import titles
from database.circulation import lending
from database.description import marc, marc_form
from database.holdings import (
    item_facts,
    items,
    stock_balance,
    stocktake,
    weeding,
    weeding_proposals,
)
from database.holdings.stock_balance import Scope
from database.refusal import Reason, Refusal
from database.registers import outgoing
from database.schema import Biblio, Item, ScanOutcome
from tests.libraries import NOW, enrol

LATER = NOW + timedelta(days=3)
OUTCOMES = ScanOutcome


def add(library, title, count, **more):
    """Copies of a title, their barcodes."""
    known = {
        name: more.pop(name) for name in ("year", "classification", "main_author") if name in more
    }
    with library.transaction() as session:
        record = marc_form.apply(marc.Record(), {"title": title, **known})
        number = titles.add_biblio(session, record, NOW)
        ids = items.add_items(session, number, item_facts.ItemFacts(**more), count, NOW)
        rows = session.execute(select(Item.barcode).where(Item.id.in_(ids)).order_by(Item.id))
        return list(rows.scalars())


def mark(library, barcode, **values):
    with library.transaction() as session:
        session.execute(update(Item).where(Item.barcode == barcode).values(**values))


@pytest.fixture
def shelves(library):
    """Twelve copies of the hospital in two locations, two of the dinas."""
    library.first = add(library, "Gizi", 6, location="Rak 610", classification="613.2")
    library.second = add(library, "Novel", 6, location="Rak 800", classification="899.221")
    library.deposit = add(library, "Titipan", 2, location="Rak 610", ownership="deposit")
    enrol(library, "Rina", "nurse", number="M0001")
    with library.transaction() as session:
        library.round = stocktake.start(session, "Tahunan 2027", Scope("hospital"), NOW)
    return library


def read(library, code, location="", at=LATER):
    with library.transaction() as session:
        return stocktake.scan(session, library.round, code, location, at)


def figures(library):
    with library.reading() as session:
        return stock_balance.figures(session, library.round)


def lend(library, barcode, at=NOW):
    with library.transaction() as session:
        lending.check_out(session, "M0001", barcode, at)


def balance(found):
    return found.recorded == (
        found.found + found.on_loan + found.quarantine + found.repair + found.missing
    )


def test_starting_marks_nothing_and_counts_what_should_be_there(shelves):
    mark(shelves, shelves.first[0], status="quarantine")
    mark(shelves, shelves.first[1], status="repair")
    lend(shelves, shelves.first[2], NOW - timedelta(days=2))
    found = figures(shelves)
    assert (found.recorded, found.found, found.missing) == (12, 0, 9)
    assert (found.on_loan, found.quarantine, found.repair) == (1, 1, 1)
    assert balance(found)
    with shelves.reading() as session:
        assert session.execute(select(Item.status).where(Item.status == "lost")).first() is None


def test_every_kind_of_scan_says_what_it_is(shelves):
    lend(shelves, shelves.first[2], NOW - timedelta(days=2))
    mark(shelves, shelves.first[3], status="missing")
    mark(shelves, shelves.first[4], status="withdrawn")
    outcomes = [
        read(shelves, code, "Rak 610").outcome
        for code in (
            shelves.first[0],
            shelves.first[0].lower(),
            shelves.second[0],
            shelves.first[2],
            shelves.first[3],
            shelves.first[4],
            shelves.deposit[0],
            "X999",
        )
    ]
    assert outcomes == [
        OUTCOMES.FOUND,
        OUTCOMES.DOUBLE,
        OUTCOMES.MISPLACED,
        OUTCOMES.ON_LOAN,
        OUTCOMES.FOUND_AGAIN,
        OUTCOMES.FOREIGN,
        OUTCOMES.FOREIGN,
        OUTCOMES.UNKNOWN,
    ]
    found = figures(shelves)
    assert (found.found, found.unknown, found.foreign, found.misplaced) == (4, 1, 2, 1)
    assert balance(found)


def test_a_copy_out_of_order_is_told_with_the_one_before_it(shelves):
    later = add(shelves, "Zat gizi", 1, location="Rak 610", classification="613.9")[0]
    with shelves.transaction() as session:
        shelves.round = stocktake.start(session, "Kedua", Scope("hospital"), LATER)
    assert read(shelves, later, "Rak 610").outcome is OUTCOMES.FOUND
    wrong = read(shelves, shelves.first[0], "Rak 610")
    assert (wrong.outcome, wrong.before.split()[0]) == (OUTCOMES.OUT_OF_ORDER, "613.9")
    assert read(shelves, shelves.second[0], "Rak 800").outcome is OUTCOMES.FOUND


def test_a_scan_taken_back_is_not_counted(shelves):
    line = read(shelves, shelves.first[0]).line
    assert figures(shelves).found == 1
    with shelves.transaction() as session:
        undo.undo(session, line, LATER)
    assert figures(shelves).found == 0
    assert read(shelves, shelves.first[0]).outcome is OUTCOMES.FOUND


def test_what_was_lent_or_came_back_meanwhile_is_there(shelves):
    lend(shelves, shelves.first[0], LATER)
    assert (figures(shelves).on_loan, figures(shelves).missing) == (1, 11)
    with shelves.transaction() as session:
        lending.check_in(session, shelves.first[0], LATER)
    assert (figures(shelves).found, figures(shelves).missing) == (1, 11)


def test_progress_by_shelf_and_the_missing_in_shelf_order(shelves):
    for code in shelves.first[:5]:
        read(shelves, code, "Rak 610")
    with shelves.reading() as session:
        assert [
            (one.location, one.recorded, one.found)
            for one in stock_balance.shelves(session, shelves.round)
        ] == [("Rak 610", 6, 5), ("Rak 800", 6, 0)]
        rows = stock_balance.missing(session, shelves.round)
    assert [row.barcode for row in rows] == [shelves.first[5], *shelves.second]


def test_closing_marks_the_missing_and_can_be_taken_back(shelves):
    mark(shelves, shelves.first[3], status="lost", left_on=date(2026, 1, 5))
    for code in [*shelves.first[:5], *shelves.second[:5]]:
        read(shelves, code)
    before = figures(shelves)
    assert (before.recorded, before.found, before.missing) == (12, 10, 2)
    with shelves.transaction() as session:
        line = stocktake.close(session, shelves.round, "BA 001/2027", LATER)
    assert figures(shelves) == before

    def statuses():
        with shelves.reading() as session:
            rows = session.execute(select(Item.barcode, Item.status))
            return {row.barcode: row.status for row in rows}

    lost = {barcode for barcode, status in statuses().items() if status == "lost"}
    assert lost == {shelves.first[5], shelves.second[5]}
    assert statuses()[shelves.first[3]] == "in_service"
    with pytest.raises(Refusal) as told:
        read(shelves, shelves.first[0])
    assert told.value.reason is Reason.ROUND_CLOSED
    with shelves.transaction() as session:
        undo.undo(session, line, LATER)
    assert statuses()[shelves.first[5]] == "in_service"
    assert statuses()[shelves.first[3]] == "lost"
    assert figures(shelves) == before


def test_a_closing_needs_its_minutes(shelves):
    with pytest.raises(Refusal), shelves.transaction() as session:
        stocktake.close(session, shelves.round, " ", LATER)
    with shelves.reading() as session:
        assert outgoing.proposed(session, stocktake.PAPER, LATER.date()).startswith("001/BA-SO/")


# --- weeding ----------------------------------------------------------------------

TODAY = LATER.date()


@pytest.fixture
def old(library):
    """Old and unused, old and used, new, a deposit, a thesis, a valid guideline."""
    library.unused = add(library, "Farmakologi lama", 1, year="2001", classification="615")[0]
    library.used = add(library, "Anatomi lama", 1, year="2002", classification="611")[0]
    add(library, "Baru", 1, year="2025", classification="610")
    library.deposit = add(library, "Titipan lama", 1, year="1999", ownership="deposit")[0]
    library.valid = add(library, "Panduan lama", 1, year="2010", classification="616")[0]
    with library.transaction() as session:
        session.execute(update(Item).values(accessioned_on=date(2012, 1, 2)))
        session.execute(
            update(Biblio)
            .where(Biblio.title == "Panduan lama")
            .values(review_on=TODAY + timedelta(days=30))
        )
    enrol(library, "Rina", "nurse", number="M0001")
    with library.transaction() as session:
        lending.check_out(session, "M0001", library.used, NOW)
        lending.check_in(session, library.used, NOW)
        library.round = weeding.start(session, "Penyiangan 2027", NOW)
    return library


def proposed(library, **wanted):
    with library.reading() as session:
        found = weeding_proposals.proposals(
            session, library.round, weeding_proposals.Criteria(**wanted), TODAY
        )
    return [one.barcode for one in found]


def ids(library, *barcodes):
    with library.reading() as session:
        rows = session.execute(select(Item.id).where(Item.barcode.in_(barcodes)))
        return list(rows.scalars())


def test_proposals_leave_out_what_may_not_go(old):
    assert proposed(old) == [old.unused]
    assert set(proposed(old, unused=0)) == {old.unused, old.used}
    assert proposed(old, unused=0, class_group="611") == [old.used]
    assert proposed(old, damaged=True) == []
    mark(old, old.unused, status="repair")
    assert proposed(old, damaged=True) == [old.unused]


def test_decisions_are_written_changed_and_taken_back(old):
    numbers = ids(old, old.unused)
    with old.transaction() as session:
        weeding.decide(session, old.round, numbers, "keep", "", NOW)
        line = weeding.decide(session, old.round, numbers, "withdraw", "usang", NOW)
    with old.reading() as session:
        (row,) = weeding_proposals.decided(session, old.round)
    assert (row.decision, row.reason) == ("withdraw", "usang")
    with old.transaction() as session:
        undo.undo(session, line, NOW)
    with old.reading() as session:
        (row,) = weeding_proposals.decided(session, old.round)
    assert (row.decision, row.reason) == ("keep", "")


def test_deposits_valid_guidelines_and_reasonless_acts_are_refused(old):
    for barcode in (old.deposit, old.valid):
        with pytest.raises(Refusal) as told, old.transaction() as session:
            weeding.decide(session, old.round, ids(old, barcode), "withdraw", "usang", NOW)
        assert told.value.reason is Reason.NOT_WEEDABLE
    with pytest.raises(Refusal), old.transaction() as session:
        weeding.decide(session, old.round, ids(old, old.unused), "withdraw", " ", NOW)


def test_closing_withdraws_what_was_decided_and_can_be_taken_back(old):
    with old.transaction() as session:
        weeding.decide(session, old.round, ids(old, old.unused), "withdraw", "usang", NOW)
        weeding.decide(session, old.round, ids(old, old.used), "keep", "", NOW)
        line = weeding.close(session, old.round, "BA 002/2027", LATER)
    with old.reading() as session:
        rows = dict(session.execute(select(Item.barcode, Item.status)).all())
        assert (rows[old.unused], rows[old.used]) == ("withdrawn", "in_service")
        assert weeding.rounds(session)[0].withdrawn == 1
    with old.transaction() as session:
        undo.undo(session, line, LATER)
    with old.reading() as session:
        rows = dict(session.execute(select(Item.barcode, Item.status)).all())
        assert rows[old.unused] == "in_service"
        assert weeding.rounds(session)[0].closed_at is None


def test_a_copy_lent_meanwhile_holds_the_closing_up(old):
    with old.transaction() as session:
        weeding.decide(session, old.round, ids(old, old.unused), "withdraw", "usang", NOW)
        lending.check_out(session, "M0001", old.unused, NOW)
    with pytest.raises(Refusal) as told, old.transaction() as session:
        weeding.close(session, old.round, "BA 002/2027", LATER)
    assert told.value.facts["barcode"] == old.unused

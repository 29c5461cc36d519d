"""The demo as an inspector reads it: numbers rise with their days, and nothing came too early."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import extract, func, select

from database.demo import demo
from database.demo.hospital import PROFILE
from database.holdings import deposits, serials, stocktake, weeding
from database.library import Library
from database.registers import outgoing, registers, survey
from database.registers.fields import registers as registers_of
from database.reports import kept_figures, periods, statistics
from database.schema import (
    Attachment,
    Biblio,
    Item,
    Loan,
    Patron,
    Payment,
    RegisterEntry,
    RoundStop,
    WardRound,
)
from database.standards import accreditation, iplm
from database.wards import rounds
from tests.libraries import LIVED

FOUNDED = date(int(PROFILE.founded), 1, 1)


def test_accession_numbers_rise_with_their_days(lived):
    with lived.reading() as session:
        rows = session.execute(
            select(Item.accession_number, Item.accessioned_on)
            .where(Item.accession_number.is_not(None), Item.deposit_id.is_(None))
            .order_by(Item.accession_number)
        ).all()
    days = [row.accessioned_on for row in rows]
    assert len(days) > 300
    assert days == sorted(days)
    assert all(row.accession_number.endswith(str(row.accessioned_on.year)) for row in rows)


def test_letters_and_receipts_are_numbered_in_the_order_of_their_days(lived):
    with lived.reading() as session:
        letters = outgoing.rows(session, FOUNDED, LIVED.date())
        receipts = session.execute(
            select(Payment.receipt)
            .where(Payment.receipt != "")
            .order_by(Payment.paid_at, Payment.id)
        ).scalars()
        by_year = {}
        for number in receipts:
            by_year.setdefault(number.rpartition("/")[2], []).append(number)
    assert len(letters) > 12
    for year in {one.issued_on.year for one in letters}:
        numbers = [one.number[:3] for one in letters if one.issued_on.year == year]
        assert numbers == sorted(numbers)
    assert any(one.copies_to for one in letters)
    assert sum(bool(one.subject) for one in letters) > 8
    assert by_year
    assert all(numbers == sorted(numbers) for numbers in by_year.values())


def test_nothing_came_before_the_library_was_founded(lived):
    with lived.reading() as session:
        for column in (Item.accessioned_on, Loan.lent_on, Patron.joined_on, RegisterEntry.day):
            assert session.execute(select(func.min(column))).scalar_one() >= FOUNDED
        early = select(func.count()).select_from(Item).join(Biblio, Biblio.id == Item.biblio_id)
        years = extract("year", Item.accessioned_on)
        assert session.execute(early.where(Biblio.year > years)).scalar_one() == 0


def test_a_round_lent_what_bears_its_time(lived):
    with lived.reading() as session:
        held = session.execute(select(func.count()).select_from(WardRound)).scalar_one()
        stops = session.execute(select(func.count()).select_from(RoundStop)).scalar_one()
        other = (
            select(func.count()).select_from(Loan).join(WardRound, Loan.round_id == WardRound.id)
        )
        wrong = session.execute(other.where(Loan.lent_at != WardRound.held_at)).scalar_one()
        month = rounds.figures(session, date(2026, 10, 1), date(2026, 10, 31))
        assert rounds.open_one(session) is None
    assert stops >= held > 50
    assert wrong == 0
    assert month.rounds <= month.stops <= month.lent


def test_what_is_done_once_a_year_is_done(lived):
    with lived.reading() as session:
        assert [one.closed_at is not None for one in stocktake.rounds(session)] == [True]
        assert [one.withdrawn for one in weeding.rounds(session)] == [4]
        assert sorted(one.here for one in deposits.rows(session)) == [0, 6]
        assert any(one.late for one in serials.rows(session, LIVED.date()))
        assert session.execute(select(func.count()).select_from(Attachment)).scalar_one() == 9
        for period in ("2025", "2026-08", "2026-09"):
            report = periods.standing(session, period)
            assert report is not None
            assert report.number
            assert report.sent_on
            assert not kept_figures.differences(report.figures, statistics.period(session, period))
        assert periods.standing(session, "2026-10") is None
        for record in (Biblio, Item, Patron):
            filled = select(func.count()).where(record.own != "{}")
            assert session.execute(filled).scalar_one() > 10
        assert len(registers.standing(session, "cooperation", LIVED.date())) == 3
        assert registers.ending(session, LIVED.date())
        assert survey.result(session, date(2026, 1, 1), LIVED.date()) is not None


def test_every_register_has_life_and_no_figure_of_the_closed_years_form_is_nought(lived):
    with lived.reading() as session:
        for register in registers_of():
            assert registers.entries(session, register), register
        searches = registers.entries(session, "literature_search")
        numbers = [
            one.values["number"] for one in sorted(searches, key=lambda one: one.values["day"])
        ]
        assert numbers == sorted(numbers)
        told = iplm.figures(session, 2025, LIVED.date())
        assert [one.column for one in told if not one.value] == ["W"]
        answered = [one for one in accreditation.questions(session) if one.score is not None]
        assert len(answered) > 60


def test_what_nobody_published_has_no_isbn_and_guidelines_a_day_to_look_at_them_anew(lived):
    with lived.reading() as session:
        kinds = session.execute(
            select(Biblio.material, Biblio.isbn, Biblio.review_on).order_by(Biblio.id)
        ).all()
    told = {kind: [row for row in kinds if row.material == kind] for kind, *_ in kinds}
    for kind in ("guideline", "leaflet", "thesis"):
        assert {row.isbn for row in told[kind]} == {""}
    assert all(row.isbn for row in told["book"])
    days = [row.review_on for row in told["guideline"]]
    assert days == sorted(days)
    assert (days[0] - LIVED.date()).days in range(30)


@pytest.mark.parametrize("day", [(2027, 1, 1), (2028, 2, 29)])
def test_it_is_made_on_any_day(tmp_path, day):
    """On New Year's day and on the 29th of February as well."""
    demo.build(str(tmp_path / "demo.db"), LIVED.replace(year=day[0], month=day[1], day=day[2]))
    library = Library.open(tmp_path / "demo.db")
    with library.reading() as session:
        assert len(outgoing.rows(session, FOUNDED, date(*day))) > 12
    library.close()

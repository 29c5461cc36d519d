"""Issues that came, by the code on the cover; and many codes as one act."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from database import undo
from database.description import isbn
from database.engine import each
from database.holdings import serial_issues, serials, stocktake
from database.holdings.stock_balance import Scope, figures
from database.imports import scanned_issues
from database.refusal import Reason, Refusal
from tests.libraries import NOW

LATER = NOW + timedelta(minutes=5)
ON_COVER = "9770377112003"
"""The EAN of ISSN 0377-1121: 977, its seven figures, 00, and EAN's own check figure."""


@pytest.mark.parametrize(
    ("code", "number"),
    [(ON_COVER, "03771121"), (ON_COVER + "07", "03771121"), ("0377-1121", "03771121"),
     ("9786020412771", ""), ("0377-1122", ""), ("B000001", ""), ("977", "")],
)  # fmt: skip
def test_the_code_on_a_cover_gives_its_issn(code, number):
    assert isbn.issn_scanned(code) == number


def write(library, act, *asked):
    with library.transaction() as session:
        return act(session, *asked)


@pytest.fixture
def title(stocked):
    values = {"title": "Majalah Kedokteran", "issn": "0377-1121"}
    number, _line = write(stocked, serials.add, values, NOW)
    write(stocked, serials.save, number, serials.SerialFacts("quarterly", 4), NOW)
    write(stocked, serial_issues.expect, number, "12", 3, date(2026, 1, 31), 2, NOW)
    return number


def came(library, title):
    with library.reading() as session:
        return {row.name for row in serial_issues.issues(session, title) if row.received_on}


def test_each_code_takes_in_the_next_issue_and_all_are_one_act(stocked, title):
    codes = [ON_COVER, "9786020412771", "0377-1121", ON_COVER]
    done = write(stocked, each.take_each, codes, scanned_issues.receive_scanned, LATER)
    told = [one.refused.reason if one.refused else one.done.name for one in done.came]
    assert told == [
        "12(3), 2026", Reason.ISSN_UNKNOWN, "12(4), 2026", Reason.NO_ISSUE_EXPECTED,
    ]  # fmt: skip
    assert came(stocked, title) == {"12(3), 2026", "12(4), 2026"}
    with stocked.transaction() as session:
        undo.undo_act(session, done.line, LATER)
    assert came(stocked, title) == set()


def test_what_is_refused_leaves_nothing_behind(stocked):
    def half(session, code, now):
        stocktake.start(session, code, Scope("", ""), now)
        if code == "B":
            raise Refusal(Reason.RECORD_GONE)
        return code

    done = write(stocked, each.take_each, ["A", "B", "C"], half, LATER)
    assert [one.done for one in done.came] == ["A", None, "C"]
    with stocked.reading() as session:
        assert [one.name for one in stocktake.rounds(session)] == ["C", "A"]


def test_nothing_done_is_no_act_to_take_back(stocked):
    done = write(stocked, each.take_each, ["X"], scanned_issues.receive_scanned, LATER)
    assert (done.line, done.came[0].refused.reason) == (None, Reason.ISSN_UNKNOWN)


def test_a_stopped_list_takes_nothing_in(stocked):
    number = write(stocked, stocktake.start, "Rak", Scope("", ""), NOW)

    def report(done, total):
        if done == 2:
            raise undo.pausing.Cancelled

    def act(session):
        return each.take_each(
            session, ["B000001", "B000002", "B000003"],
            lambda inner, code, now: stocktake.scan(inner, number, code, "", now), LATER, report,
        )  # fmt: skip

    with pytest.raises(undo.pausing.Cancelled):
        undo.in_pieces(stocked, act, LATER)
    with stocked.reading() as session:
        assert figures(session, number).found == 0

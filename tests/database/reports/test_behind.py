"""Every figure that can be looked into shows as many rows as it counts."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from database.circulation import lending
from database.refusal import Reason, Refusal
from database.reports import behind, statistics
from database.reports.figures import Month
from database.schema import Patron, PatronCategory
from tests.libraries import NOW

HEADLINES = ("visits", "loans", "members", "titles", "copies", "new_titles", "new_members",
             "searches", "held_activities")  # fmt: skip
MOVES = ("titles_start", "titles_end", "start", "purchased", "donated", "deposited",
         "otherwise_added", "withdrawn", "lost", "returned_to_owner", "end")  # fmt: skip


LENT = ("lent", "renewed", "returned", "returned_late", "used_in_house")
MEMBERS = ("start", "joined", "ended", "end", "male", "female")


def columns(name, row, keys) -> dict[str, int]:
    return {f"{name}.{key}": getattr(row, key) for key in keys}


def every_figure(month: Month) -> dict[str, int]:
    """All figures that can be looked into, by their names."""
    found = {name: getattr(month, name).now for name in HEADLINES}
    for row in month.tables["visit_rows"]:
        weeks = {f"visit_rows.{row.category}.{at}": n for at, n in enumerate(row.weeks)}
        found |= {**weeks, f"visit_rows.{row.category}.total": row.total}
    for row in month.tables["circulation"]:
        found |= columns(f"circulation.{row.category}", row, LENT)
    for row in month.tables["membership"]:
        found |= columns(f"membership.{row.category}", row, MEMBERS)
    for row in month.tables["classes"]:
        found |= columns(f"classes.{row.class_group}", row, ("titles", "copies"))
    for row in month.tables["collection"]:
        found |= columns(f"collection.{row.item_type}.{row.ownership}", row, MOVES)
    for column in LENT:
        found[f"circulation.*.{column}"] = sum(
            getattr(row, column) for row in month.tables["circulation"]
        )
    return found


@pytest.mark.parametrize("period", ["2026-10", "2025-02", "2026-Q3", "2026"])
def test_the_rows_of_every_figure_add_up_to_it(lived, period):
    with lived.reading() as session:
        figures = every_figure(statistics.period(session, period))
        counted = {
            name: sum(line.count for line in behind.rows(session, period, name)) for name in figures
        }
    assert len(figures) > 60
    assert counted == figures


def test_what_a_patient_borrowed_is_never_told(stocked):
    with stocked.transaction() as session:
        kind = session.query(PatronCategory).filter_by(audience="patient").first()
        session.execute(update(Patron).where(Patron.number == "M0001").values(category_id=kind.id))
        lending.check_out(session, "M0001", "B000001", NOW)
        lending.check_out(session, "M0002", "B000010", NOW)
    with stocked.reading() as session:
        patient, other = behind.rows(session, "2027-01", "loans")
    assert (patient.what, patient.who) == ("", "")
    assert other.what
    assert other.who


def test_who_was_forgotten_has_no_name(stocked):
    with stocked.transaction() as session:
        lending.check_out(session, "M0002", "B000010", NOW)
        session.execute(update(Patron).where(Patron.number == "M0002").values(forgotten_at=NOW))
    with stocked.reading() as session:
        (line,) = behind.rows(session, "2027-01", "loans")
    assert line.what
    assert line.who == ""


@pytest.mark.parametrize(
    ("period", "figure", "reason"),
    [
        ("kemarin", "loans", Reason.MONTH_INVALID),
        ("2027-01", "weather", Reason.RECORD_GONE),
        ("2027-01", "circulation.nurse", Reason.RECORD_GONE),
        ("2027-01", "circulation.nurse.sold", Reason.RECORD_GONE),
        ("2027-01", "visit_rows.nurse.9", Reason.RECORD_GONE),
    ],
)
def test_what_is_no_figure_is_refused(stocked, period, figure, reason):
    with pytest.raises(Refusal) as told, stocked.reading() as session:
        behind.rows(session, period, figure)
    assert told.value.reason is reason

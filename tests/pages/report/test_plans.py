"""Plans follow from the figures of the month: another month has others."""

from __future__ import annotations

from dataclasses import replace

from database.reports.tables.activities import ActivityRow
from database.reports.tables.class_loans import ClassLoans
from database.reports.tables.late import LateLoans
from database.reports.tables.membership import MembershipRow
from desktop.pages.report.plans import MOST_PLANS, plans, problems
from desktop.words import language
from tests.pages.examples import comparison, empty_month, month

HELD = (ActivityRow("2026-10-05", "Dongeng", "story_hour", "", 4, 7),)


def test_each_plan_names_what_it_follows_from():
    language.use("en")
    quiet = month(activities=HELD, class_loans=(), membership=())
    assert plans(quiet) == []
    lent = replace(quiet).having(
        class_loans=(ClassLoans("616", (40,), 40), ClassLoans("", (9,), 9))
    )
    assert plans(lent) == [
        "Look for further titles of 616 Diseases, internal medicine: 40 of 49 loans were of it."
    ]
    fell = replace(quiet, visits=comparison(80, 120))
    (told,) = plans(fell)
    assert told == "Call on Dokter, of whom fewest came (216)."
    assert plans(replace(quiet, visits=comparison(115, 120))) == []
    none = quiet.having(activities=())
    assert plans(none) == ["Hold an activity in November 2026, for in this period none was held."]
    left = quiet.having(membership=(MembershipRow("nurse", 10, 1, 3, 8, 4, 4),))
    assert plans(left) == ["Ask the 3 members whose cards ended to renew them."]


def test_there_are_never_more_than_one_acts_on_and_nothing_of_an_empty_month():
    language.use("en")
    much = month(late=LateLoans(3, 1, 0, 2), visits=comparison(80, 120))
    assert len(plans(much)) == MOST_PLANS
    assert plans(much)[0].startswith("Remind the borrowers")
    assert len(problems(much)) == 2
    assert problems(empty_month()) == []

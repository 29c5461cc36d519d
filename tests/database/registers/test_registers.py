"""The registers that the standards ask for."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from database import undo
from database.refusal import Reason, Refusal
from database.registers import registers
from database.schema import Journal
from tests.libraries import NOW

STORY = {
    "title": "Dongeng di bangsal anak",
    "kind": "story_hour",
    "day": NOW.date(),
    "men": 4,
    "women": 7,
    "hours": 1.5,
    "partner": "PKK",
}


def act(library, deed, *arguments):
    with library.transaction() as session:
        return deed(session, *arguments)


def listed(library, register, *span):
    with library.reading() as session:
        return registers.entries(session, register, *span)


def test_a_line_keeps_its_values(library):
    act(library, registers.add, "activity", STORY, NOW)
    (found,) = listed(library, "activity")
    assert found.values == {**STORY, "until": None, "note": ""}
    assert listed(library, "activity", date(2026, 1, 1), date(2026, 12, 31)) == []


def test_changing_and_striking_are_undone_and_the_journal_names_nobody(library):
    staff = {
        "title": "Dewi Lestari",
        "kind": "librarian",
        "degree": "d3",
        "day": NOW.date(),
        "library_science": True,
    }
    act(library, registers.add, "staff", staff, NOW)
    (found,) = listed(library, "staff")
    line = act(library, registers.save, found.id, {**staff, "title": "Dewi L. Handayani"}, NOW)
    (changed,) = listed(library, "staff")
    assert changed.values["title"] == "Dewi L. Handayani"
    struck = act(library, registers.strike, changed.id, NOW)
    assert listed(library, "staff") == []
    act(library, undo.undo, struck, NOW)
    act(library, undo.undo, line, NOW)
    (again,) = listed(library, "staff")
    assert (again.values["title"], again.values["library_science"]) == ("Dewi Lestari", True)
    with library.reading() as session:
        assert not any(
            "Dewi" in facts for facts in session.execute(select(Journal.facts)).scalars()
        )


@pytest.mark.parametrize(
    ("register", "values", "field"),
    [
        ("activity", {**STORY, "title": " "}, "title"),
        ("activity", {**STORY, "kind": "party"}, "kind"),
        ("activity", {**STORY, "men": -1}, "men"),
        ("activity", {**STORY, "until": NOW.date() - timedelta(days=1)}, "until"),
        ("population", {"year": 12, "employees": 3}, "year"),
        ("survey", {"day": NOW.date(), "people": 9, "score_1": 5}, "score_1"),
    ],
)
def test_wrong_values_are_told_by_their_field(library, register, values, field):
    with pytest.raises(Refusal) as told:
        act(library, registers.add, register, values, NOW)
    assert (told.value.reason, told.value.facts["field"]) == (Reason.VALUE_INVALID, field)


def test_literature_searches_are_numbered_by_year(library):
    asked = {
        "day": NOW.date(),
        "requester": "dr. Bagus",
        "kind": "patient_care",
        "question": "madu topikal pada ulkus kaki",
        "due": NOW.date(),
        "hours": 1.75,
    }
    for _time in range(2):
        act(library, registers.add, "literature_search", asked, NOW)
    assert [one.values["number"] for one in listed(library, "literature_search")] == [
        "PL-2027-002",
        "PL-2027-001",
    ]
    assert listed(library, "literature_search")[0].values["hours"] == 1.75


def test_a_survey_has_the_mean_of_its_nine_elements(library):
    scores = {f"score_{number}": 3 for number in range(1, 9)}
    survey = {"day": NOW.date(), "people": 40, **scores, "score_9": 4}
    act(library, registers.add, "survey", survey, NOW)
    with library.reading() as session:
        (found,) = registers.entries(session, "survey")
        assert found.values["score_9"] == 4


def test_what_holds_on_a_day(library):
    service = {"title": "Sirkulasi", "kind": "on_site", "day": date(2026, 1, 1)}
    act(library, registers.add, "service", service, NOW)
    ended = {**service, "title": "Fotokopi", "until": date(2026, 6, 30)}
    act(library, registers.add, "service", ended, NOW)
    with library.reading() as session:
        assert len(registers.standing(session, "service", date(2026, 6, 30))) == 2
        assert len(registers.standing(session, "service", NOW.date())) == 1
        assert registers.standing(session, "service", date(2025, 1, 1)) == []

"""What readers suggest: votes, states, and the proposal with its budget."""

from __future__ import annotations

from datetime import timedelta

from database import undo
from database.registers import outgoing, registers, suggestions
from database.registers.outgoing import Letter
from tests.libraries import NOW

ONE = {"day": NOW.date(), "title": "Gerontik", "votes": 2, "state": "new", "price": 100_000}


def act(library, deed, *arguments):
    with library.transaction() as session:
        return deed(session, *arguments)


def ask(library, deed, *arguments):
    with library.reading() as session:
        return deed(session, *arguments)


def test_the_most_wanted_stands_first_and_the_budget_is_told(library):
    act(library, registers.add, "suggestion", ONE, NOW)
    more = {**ONE, "title": "Farmakologi", "votes": 5, "quantity": 2, "price": None}
    act(library, registers.add, "suggestion", more, NOW)
    act(library, registers.add, "suggestion", {**ONE, "title": "Atlas", "state": "here"}, NOW)
    budget = {"year": 2027, "kind": "collection", "amount": 1_000_000, "spent": 300_000}
    act(library, registers.add, "budget", budget, NOW)
    found = ask(library, suggestions.proposal, 2027)
    assert [one.title for one in found.lines] == ["Farmakologi", "Gerontik"]
    assert (found.cost, found.copies, found.unpriced) == (100_000, 3, 1)
    assert (found.budget, found.spent) == (1_000_000, 300_000)
    assert ask(library, suggestions.proposal, 2026).budget is None


def test_votes_and_proposing_are_taken_back(library):
    act(library, registers.add, "suggestion", {**ONE, "votes": None}, NOW)
    (first,) = ask(library, registers.entries, "suggestion")
    voted = act(library, suggestions.vote, first.id, NOW)
    (after,) = ask(library, registers.entries, "suggestion")
    assert after.values["votes"] == 2
    act(library, undo.undo, voted, NOW)
    proposed = act(library, suggestions.propose, NOW)
    (after,) = ask(library, registers.entries, "suggestion")
    assert after.values["state"] == "proposed"
    act(library, undo.undo, proposed, NOW)
    (after,) = ask(library, registers.entries, "suggestion")
    assert after.values["state"] == "new"


def test_a_letter_keeps_its_number_when_its_line_is_changed(library):
    loan = {"day": NOW.date(), "kind": "requested", "title": "Luka", "partner": "Poltekkes",
            "quantity": 1, "due": NOW.date() + timedelta(days=1)}  # fmt: skip
    act(library, registers.add, "interlibrary", loan, NOW)
    (before,) = ask(library, registers.entries, "interlibrary")
    assert [one.id for one in ask(library, registers.loans_due, NOW.date())] == [before.id]
    given = act(library, outgoing.once, Letter("interlibrary-letter", before.id), NOW)
    line = act(library, registers.save, before.id, {**loan, "until": NOW.date()}, NOW)
    (after,) = ask(library, registers.entries, "interlibrary")
    assert ask(library, outgoing.number_of, "interlibrary-letter", after.id) == given
    assert ask(library, registers.loans_due, NOW.date()) == []
    act(library, undo.undo, line, NOW)
    assert ask(library, outgoing.number_of, "interlibrary-letter", before.id) == given
    assert act(library, outgoing.once, Letter("interlibrary-letter", before.id), NOW) == given

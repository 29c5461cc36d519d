"""The print queue, own words on papers, own label sheets: rules, undo, both engines."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from database import undo
from database.holdings import item_list, items, print_queue
from database.policy import label_sheets, paper_words
from database.refusal import Reason, Refusal
from database.schema import PrintJob
from tests.libraries import NOW, enrol


def act(library, deed):
    with library.transaction() as session:
        return deed(session)


def ask(library, question):
    with library.reading() as session:
        return question(session)


def copies(library, count=3):
    return [row.id for row in ask(library, lambda s: item_list.items_to_label(s, only_new=False))][
        :count
    ]


def test_new_copies_wait_for_labels_until_they_came_out_well(stocked):
    waiting = ask(stocked, lambda s: print_queue.copies(s, "labels"))
    assert ask(stocked, print_queue.counts)["labels"] == len(waiting) > 0
    ids = [row.id for row in waiting]
    line = act(stocked, lambda s: print_queue.printed(s, "labels", ids, NOW))
    assert "labels" not in ask(stocked, print_queue.counts)
    act(stocked, lambda s: undo.undo(s, line, NOW))
    assert ask(stocked, print_queue.counts)["labels"] == len(ids)


@pytest.mark.parametrize("paper", print_queue.OF_COPIES)
def test_a_copy_waits_once_and_an_undo_takes_it_out_again(stocked, paper):
    ids = copies(stocked)
    act(stocked, lambda s: print_queue.printed(s, "labels", ids, NOW))
    line, added = act(stocked, lambda s: print_queue.add(s, paper, [*ids, ids[0]], NOW))
    assert added == len(ids)
    assert act(stocked, lambda s: print_queue.add(s, paper, ids, NOW))[1] == 0
    waiting = [row.id for row in ask(stocked, lambda s: print_queue.copies(s, paper))]
    assert set(ids) <= set(waiting)
    act(stocked, lambda s: undo.undo(s, line, NOW))
    left = [row.id for row in ask(stocked, lambda s: print_queue.copies(s, paper))]
    assert not set(ids) & set(left)


def test_what_came_out_well_leaves_and_may_come_back(stocked):
    ids = copies(stocked)
    act(stocked, lambda s: print_queue.add(s, "pockets", ids, NOW))
    line = act(stocked, lambda s: print_queue.printed(s, "pockets", ids[:2], NOW))
    assert ask(stocked, print_queue.counts)["pockets"] == 1
    act(stocked, lambda s: undo.undo(s, line, NOW))
    assert ask(stocked, print_queue.counts)["pockets"] == 3
    act(stocked, lambda s: print_queue.drop(s, "pockets", ids, NOW))
    assert "pockets" not in ask(stocked, print_queue.counts)


def test_a_struck_copy_waits_for_nothing(stocked):
    ids = copies(stocked)
    act(stocked, lambda s: print_queue.add(s, "due-slips", ids, NOW))
    act(stocked, lambda s: items.cancel_item(s, ids[0], NOW))
    assert ask(stocked, print_queue.counts)["due-slips"] == 2
    assert [row.id for row in ask(stocked, lambda s: print_queue.copies(s, "due-slips"))] == ids[1:]


def test_patients_get_no_card(library):
    nurse = enrol(library, "Siti", "nurse")
    patient = enrol(library, "Pasien", "patient", unit="Anggrek")
    act(library, lambda s: print_queue.add(s, "member-cards", [nurse, patient], NOW))
    waiting = ask(library, lambda s: print_queue.patrons(s, "member-cards"))
    assert [one for one, _number, _name in waiting] == [nurse]


def test_the_queue_outlives_the_program(stocked):
    ids = copies(stocked)
    act(stocked, lambda s: print_queue.add(s, "book-cards", ids, NOW))
    kept = select(PrintJob.item_id).order_by(PrintJob.id)
    assert ask(stocked, lambda s: s.scalars(kept).all()) == ids


# --- own words

SOURCE = "Return by {day} to {library}"


def test_own_words_are_kept_and_taken_back(library):
    line = act(library, lambda s: paper_words.put(s, "x", "id", {SOURCE: "Sebelum {day}"}, NOW))
    assert ask(library, lambda s: paper_words.of(s, "x", "id")) == {SOURCE: "Sebelum {day}"}
    assert ask(library, lambda s: paper_words.of(s, "x", "en")) == {}
    act(library, lambda s: undo.undo(s, line, NOW))
    assert ask(library, lambda s: paper_words.of(s, "x", "id")) == {}


def test_an_empty_text_brings_the_usual_words_back(library):
    act(library, lambda s: paper_words.put(s, "x", "id", {SOURCE: "A", "B": "C"}, NOW))
    act(library, lambda s: paper_words.put(s, "x", "id", {SOURCE: "  "}, NOW))
    assert ask(library, lambda s: paper_words.of(s, "x", "id")) == {"B": "C"}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("bring it {when}", Reason.WORDS_FIELD),
        ("bring it {day:>zz}", Reason.WORDS_FIELD),
        ("bring it {day!r}", Reason.WORDS_FIELD),
        ("bring it {day.year}", Reason.WORDS_FIELD),
        ("bring it {}", Reason.WORDS_FIELD),
        ("bring it {day", Reason.WORDS_BRACES),
        ("bring it day}", Reason.WORDS_BRACES),
        ("x" * 4001, Reason.WORDS_TOO_LONG),
    ],
)
def test_wrong_words_are_refused_and_nothing_changes(library, text, reason):
    with pytest.raises(Refusal) as told:
        act(library, lambda s: paper_words.put(s, "x", "id", {SOURCE: text}, NOW))
    assert told.value.reason is reason
    assert ask(library, lambda s: paper_words.of(s, "x", "id")) == {}


# --- own sheets


def test_own_sheets_are_kept_changed_removed_and_taken_back(library):
    first, second = {"id": "own-a", "name": "A"}, {"id": "own-b", "name": "B"}
    act(library, lambda s: label_sheets.put(s, first, NOW))
    act(library, lambda s: label_sheets.put(s, second, NOW))
    act(library, lambda s: label_sheets.put(s, {**first, "name": "A2"}, NOW))
    assert [one["name"] for one in ask(library, label_sheets.own)] == ["A2", "B"]
    line = act(library, lambda s: label_sheets.remove(s, "own-a", NOW))
    assert ask(library, label_sheets.own) == [second]
    act(library, lambda s: undo.undo(s, line, NOW))
    assert [one["id"] for one in ask(library, label_sheets.own)] == ["own-a", "own-b"]
    with pytest.raises(Refusal):
        act(library, lambda s: label_sheets.remove(s, "own-x", NOW))

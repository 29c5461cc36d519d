"""Titles filled in by their ISBN: what is empty, what is another book's, who keeps silent."""

from __future__ import annotations

import pytest

from database import undo
from database.catalogue import filling, titles
from database.catalogue.lookup import Source
from database.description import marc, marc_form
from database.schema import Biblio
from tests.libraries import NOW
from tests.servers import DUBLIN

NUMBER, OTHER = "9786020000015", "9786020000022"


def brief(library, title, number=NUMBER, **more):
    record = marc_form.apply(marc_form.brief(title, ""), {"isbn": number, **more})
    with library.transaction() as session:
        return titles.add_biblio(session, record, NOW)


def asked(library, ids, *sources, stopped=lambda: False):
    with library.reading() as session:
        wanted = filling.wanted(session, ids)
    return filling.ask(sources, wanted, lambda done, total: None, stopped)


def fill(library, answers):
    with library.transaction(long=True) as session:
        return filling.fill(session, answers.found, NOW, lambda done, total: None)


def read(library, number):
    with library.reading() as session:
        return marc_form.values(marc.from_json(session.get_one(Biblio, number).marc))


@pytest.fixture
def knowing(serving):
    return Source("own1", "Tahu", address=serving(DUBLIN), schema="dc")


def test_a_title_under_its_number_gets_what_others_know(library, knowing):
    known = brief(library, f"ISBN {NUMBER}", note="Hadiah dr. Contoh")
    nobodys = brief(library, f"ISBN {OTHER}", OTHER)
    answers = asked(library, [nobodys, known], knowing)
    assert (list(answers.found), answers.unknown, answers.unasked) == ([known], 1, 0)
    count, line = fill(library, answers)
    values = read(library, known)
    assert (count, values["title"], values["main_author"], values["publisher"]) == (
        1, "Ilmu kebidanan", "Prawirohardjo, Sarwono", "Bina Pustaka",
    )  # fmt: skip
    assert (values["isbn"], values["note"]) == (NUMBER, "Hadiah dr. Contoh")
    with library.reading() as session:
        assert session.get_one(Biblio, known).year == 2016
    with library.transaction() as session:
        undo.undo(session, line, NOW)
    assert read(library, known)["title"] == f"ISBN {NUMBER}"
    assert read(library, known)["main_author"] == ""


def test_what_somebody_wrote_stays(library, knowing):
    own = brief(library, "Ilmu Kebidanan", publisher="EGC", year="2014")
    count, _line = fill(library, asked(library, [own], knowing))
    values = read(library, own)
    assert (count, values["title"], values["publisher"], values["year"]) == (
        1, "Ilmu Kebidanan", "EGC", "2014",
    )  # fmt: skip
    with library.reading() as session:
        record = marc.from_json(session.get_one(Biblio, own).marc)
    assert [one.get("a") for one in record.each("653")] == ["Kebidanan"]


def test_an_isbn_that_is_another_books_changes_nothing(library, knowing):
    other = brief(library, "Bedah saraf")
    answers = asked(library, [other], knowing)
    assert (answers.found, answers.other, answers.unknown) == ({}, 1, 0)


def test_a_title_without_a_valid_isbn_is_not_asked_for(library, knowing):
    bad, none = brief(library, "Gizi", "123"), brief(library, "Anatomi", "")
    with library.reading() as session:
        assert filling.wanted(session, [bad, none]) == []


def test_a_source_that_keeps_silent_is_left_alone(library, knowing):
    silent = Source("own2", "Diam", address="http://127.0.0.1:1/")
    ids = [brief(library, f"ISBN {OTHER} ", OTHER) for _each in range(5)]
    answers = asked(library, ids, silent)
    assert (answers.found, answers.unknown, answers.unasked) == ({}, 0, 5)
    assert answers.silent == ["Diam"]
    # Beside one that answers, the rest is asked there.
    ids.append(brief(library, f"ISBN {NUMBER}"))
    answers = asked(library, ids, silent, knowing)
    assert (list(answers.found), answers.unknown, answers.unasked) == ([ids[-1]], 2, 3)


def test_what_was_found_before_the_stop_is_there(library, knowing):
    ids = [brief(library, f"ISBN {NUMBER}"), brief(library, f"ISBN {OTHER}", OTHER)]
    answers = asked(library, ids, knowing, stopped=iter([False, True]).__next__)
    assert (list(answers.found), answers.unasked) == (ids[:1], 1)

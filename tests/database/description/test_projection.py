"""Who a title is filed under: its own people, never whom or what it is about."""

from __future__ import annotations

import pytest

from database.description import described, marc
from database.description.marc import Field
from database.description.projection import project


def record(*fields):
    made = marc.Record()
    for tag, *pairs in fields:
        made.fields.append(Field(tag, None, "1 ", list(pairs)))
    return made


TITLE = ("245", ("a", "Ilmu kebidanan"))
SUBJECT = ("650", ("a", "Kebidanan"))
OF_PERSON = ("600", ("a", "Kartini, R.A."))
SARWONO = ("700", ("a", "Prawirohardjo, Sarwono"))
SERIES = ("800", ("a", "Redaksi, Tim"), ("t", "Seri bidan"))
CLASS = ("082", ("a", "618.2"))


@pytest.mark.parametrize(
    ("fields", "author", "shelf"),
    [
        ((SUBJECT, SARWONO), "prawirohardjo sarwono", "618.2 PRA i"),
        ((OF_PERSON, SARWONO), "prawirohardjo sarwono", "618.2 PRA i"),
        ((SERIES, SARWONO), "prawirohardjo sarwono", "618.2 PRA i"),
        ((SUBJECT,), "", "618.2 ILM i"),
        ((OF_PERSON, SERIES), "", "618.2 ILM i"),
        ((SARWONO, ("100", ("a", "Wiknjosastro, Hanifa"))), "wiknjosastro hanifa", "618.2 WIK i"),
        ((SUBJECT, ("710", ("a", "Ikatan Bidan Indonesia"))), "ikatan bidan indonesia",
         "618.2 IKA i"),
        ((SUBJECT, ("700", ("a", "Saifuddin, Abdul Bari"), ("4", "edt"))), "saifuddin abdul bari",
         "618.2 ILM i"),
        ((("700", ("a", "Hartono, Andry"), ("e", "penerjemah.")), (*SARWONO, ("4", "aut"))),
         "prawirohardjo sarwono", "618.2 PRA i"),
        ((("700", ("a", "Homer"), ("t", "Ilias")), SARWONO), "prawirohardjo sarwono",
         "618.2 PRA i"),
    ],
)  # fmt: skip
def test_a_title_is_filed_under_who_made_it(fields, author, shelf):
    facts = project(record(CLASS, TITLE, *fields))
    assert facts.author_key == author
    assert facts.match_key.split("|")[1] == author
    assert described.call_number_of(facts) == shelf


def test_the_same_book_under_another_subject_is_the_same_book():
    one = project(record(TITLE, SUBJECT, SARWONO))
    other = project(record(TITLE, ("650", ("a", "Obstetri")), SARWONO))
    assert one.match_key == other.match_key


def test_an_edited_book_without_relators_stands_under_its_title():
    stated = ("245", ("a", "Ilmu kebidanan /"), ("c", "editor, Abdul Bari Saifuddin."))
    facts = project(record(CLASS, stated, ("700", ("a", "Saifuddin, Abdul Bari"))))
    assert (facts.main_heading, facts.author_key) == ("", "saifuddin abdul bari")
    assert facts.contributors == "Saifuddin, Abdul Bari"

"""Who a title is filed under: its own people, never whom or what it is about."""

from __future__ import annotations

import pytest

from database.description import described, marc
from database.description.headings import LONGEST
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


def test_words_of_notes_are_found_and_those_of_local_fields_are_not():
    facts = project(
        record(
            TITLE,
            ("500", ("a", "Cetakan gembira")),
            ("520", ("a", "Ringkasan telaga")),
            ("856", ("u", "http://halaman.example")),
            ("948", ("a", "Kodelokal")),
        )
    )
    assert {"cetakan", "gembira", "ringkasan", "telaga"} <= set(facts.other_words)
    assert not {"kodelokal", "halaman"} & set(facts.other_words)


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        ([("a", "Gizi :"), ("b", "buku ajar /")], "Gizi : buku ajar"),
        ([("a", "Ilmu."), ("n", "Jilid 2,"), ("p", "Bedah")], "Ilmu. Jilid 2, Bedah"),
        ([("a", "Ilmu"), ("p", "Bedah"), ("b", "atlas")], "Ilmu, Bedah : atlas"),
        ([("b", "hanya anak judul")], "hanya anak judul"),
        ([("a", ""), ("k", "Surat")], "Surat"),
        ([("k", "Surat-surat"), ("f", "1950")], "Surat-surat"),
        ([("a", "Judul"), ("c", "oleh siapa"), ("h", "[buku]")], "Judul"),
    ],
)
def test_a_title_is_shown_with_its_parts(parts, shown):
    assert project(record(("245", *parts))).title == shown


@pytest.mark.parametrize(
    "tag", ["130", "210", "222", "240", "242", "246", "247", "730", "740", "245"]
)
def test_words_of_every_form_of_the_title_count_as_the_title_s(tag):
    facts = project(record(TITLE, (tag, ("a", "Kebugaran lain"))))
    assert "kebugaran" in facts.title_words


@pytest.mark.parametrize(
    ("signs", "shown"), [(LONGEST, "A" * LONGEST), (LONGEST + 1, "A" * (LONGEST - 1) + "…")]
)
def test_a_title_is_cut_only_where_it_is_too_long(signs, shown):
    facts = project(record(("245", ("a", "A" * signs))))
    assert facts.title == shown


@pytest.mark.parametrize(("indicators", "skipped"), [("10", 0), ("04", 4), ("1 ", 0), ("13", 3)])
def test_the_article_that_filing_passes_over_is_told_by_the_record(indicators, skipped):
    record = marc.Record(fields=[Field("245", None, indicators, [("a", "Der Arzt")])])
    assert project(record).title_skip == skipped

"""The list of titles: filters, orders, slices and places, the same on both engines."""

from __future__ import annotations

from dataclasses import replace

import pytest

from database.catalogue import titles as catalogue
from database.circulation import lending
from database.description import marc, marc_form
from database.holdings import item_facts, items
from database.patrons import membership
from database.search import listing
from database.search.filters import EVERYTHING, Filters
from tests.libraries import NOW

BOOKS = [
    ("Asuhan keperawatan", "Zein, A", "2019", "610.73", "Rak 1", "ind", 1),
    ("Bedah dasar", "Yusuf, B", "2020", "617", "Rak 2", "ind", 2),
    ("Cardiology", "Xavier, C", "", "616.12", "Rak 1", "eng", 1),
    ("Dasar gizi", "Wati, D", "2021", "613.2", "", "", 0),
    ("Etika keperawatan", "Vera, E", "2020", "174.2", "Rak 2", "ind", 1),
]


@pytest.fixture
def listed(library):
    """Five titles; the only copy of the first is lent."""
    with library.transaction() as session:
        for title, author, year, number, location, spoken, copies in BOOKS:
            values = {"title": title, "main_author": author, "classification": number}
            record = marc_form.apply(marc.Record(), values | ({"year": year} if year else {}))
            record.fields.insert(0, marc.Field("008", " " * 35 + f"{spoken:3}  "))
            added = catalogue.add_biblio(session, record, NOW)
            if copies:
                items.add_items(
                    session, added, item_facts.ItemFacts(location=location), copies, NOW
                )
        membership.enrol(session, membership.PatronFacts("Rina", "nurse"), NOW)
        lending.check_out(session, "M0001", "B000001", NOW)
    return library


def titles(library, query="", filters=EVERYTHING, sort="", down=False):
    with library.reading() as session:
        found = listing.find(session, query, filters, sort, down)
        rows = listing.read(session, found, 0, 50)
        assert found.count == len(rows)
        for place, row in enumerate(rows):
            assert listing.place_of(session, found, row.id) in (place, None)
        # Slices put together are the whole.
        parts = [row for start in range(0, 6, 2) for row in listing.read(session, found, start, 2)]
        assert parts == rows
    return "".join(row.title[0] for row in rows)


def test_the_newest_come_first(listed):
    assert titles(listed) == "EDCBA"


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("title", "ABCDE"), ("contributors", "EDCBA"), ("call_number", "EADCB"),
        ("year", "CABED"), ("added", "ABCDE"), ("publisher", "ABCDE"), ("material", "ABCDE"),
        ("language", "DCABE"), ("available", "ADCEB"),
    ],
)  # fmt: skip
def test_any_column_sorts_both_ways(listed, sort, order):
    assert titles(listed, sort=sort) == order
    assert titles(listed, sort=sort, down=True) == order[::-1]


@pytest.mark.parametrize(
    ("filters", "left"),
    [
        (Filters(material="book"), "ABCDE"), (Filters(material="thesis"), ""),
        (Filters(class_group="610"), "A"), (Filters(class_group="616"), "C"),
        (Filters(location="Rak 1"), "AC"), (Filters(availability="available"), "BCE"),
        (Filters(availability="lent"), "A"), (Filters(availability="none"), "D"),
        (Filters(language="ind"), "ABE"), (Filters(language=""), "D"),
        (Filters(year_from=2020), "BDE"), (Filters(year_to=2020), "ABE"),
        (Filters(year_from=2020, year_to=2020, location="Rak 2"), "BE"),
    ],
)  # fmt: skip
def test_filters_narrow(listed, filters, left):
    assert titles(listed, "", filters, "title") == left


def test_words_filters_and_order_together(listed):
    assert set(titles(listed, "keperawatan")) == {"A", "E"}
    assert titles(listed, "keperawatan", sort="title", down=True) == "EA"
    assert titles(listed, "keperawatan", Filters(year_from=2020)) == "E"
    assert titles(listed, "keperawatan", Filters(year_from=2030)) == ""


@pytest.mark.parametrize("words", ["", "ke", "keperawatan"])
@pytest.mark.parametrize(
    "filters", [Filters(), Filters(language="ind"), Filters(material="book", location="Rak 2")]
)
def test_counted_together_filters_say_what_each_says_alone(listed, words, filters):
    names = ["material", "class_group", "language", "location", "availability"]
    with listed.reading() as session:
        found = listing.find(session, words, filters)
        together = listing.choices_of(session, found, names)
        assert together == {one: listing.choices(session, found, one) for one in names}
        assert any(together.values())


def test_filters_are_counted_among_what_the_others_leave(listed):
    with listed.reading() as session:
        found = listing.find(session, "", Filters(language="ind"))
        assert listing.choices(session, found, "language") == [("ind", 3), ("", 1), ("eng", 1)]
        assert listing.choices(session, found, "class_group") == [
            ("100", 1),
            ("610", 1),
            ("617", 1),
        ]
        assert listing.choices(session, found, "location") == [("Rak 2", 2), ("Rak 1", 1)]
        assert listing.choices(session, found, "availability") == [
            ("available", 2),
            ("lent", 1),
            ("none", 0),
        ]
        words = listing.find(session, "keperawatan", Filters(availability="lent"))
        assert listing.choices(session, words, "location") == [("Rak 1", 1)]
        assert listing.choices(session, words, "availability") == [
            ("available", 1),
            ("lent", 1),
            ("none", 0),
        ]
        assert listing.choices(session, listing.find(session, ""), "location") == [
            ("Rak 1", 2),
            ("Rak 2", 2),
        ]


def test_what_is_hidden_has_no_place(listed):
    with listed.reading() as session:
        found = listing.find(session, "", Filters(class_group="616"))
        assert listing.place_of(session, found, 1) is None
        assert listing.place_of(session, replace(found, filters=EVERYTHING), 1) == 4
        assert found.filters.active() == 1
        assert Filters(year_from=1, year_to=2, language="").active() == 2


def test_cancelled_titles_are_not_listed(listed):
    with listed.transaction() as session:
        catalogue.cancel_biblio(session, 4, NOW)
    assert titles(listed) == "ECBA"


def test_a_listed_title_says_by_which_other_words_it_was_found(library):
    with library.transaction() as session:
        for title in ("Ilmu kebidanan", "Menjadi bidan"):
            record = marc_form.apply(marc.Record(), {"title": title})
            catalogue.add_biblio(session, record, NOW)
    with library.reading() as session:
        found = listing.find(session, "kebidanan")
        rows = listing.read(session, found, 0, 10)
    assert [(row.title, row.why) for row in rows] == [
        ("Ilmu kebidanan", ""),
        ("Menjadi bidan", "bidan"),
    ]

"""Catalogues of other libraries asked by words: a real server, and this library's own titles."""

from __future__ import annotations

import pytest

from database.catalogue import elsewhere, titles
from database.catalogue.lookup import Source
from database.description.marc import Field, Record
from database.refusal import Fault
from tests.libraries import NOW


def record(title, isbn="", *more):
    fields = [Field("001", "X1", "", []), Field("020", None, "  ", [("a", isbn)])]
    fields.append(Field("245", None, "10", [("a", title)]))
    return Record(fields=[*fields, *more])


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("asuhan ibu", '"asuhan" and "ibu"'),
        ('"ilmu" \\ bedah', '"ilmu" and "bedah"'),
        ("  ", ""),
        ('"', ""),
        ("a b c d e f g h i j", " and ".join(f'"{one}"' for one in "abcdefgh")),
    ],
)
def test_words_become_a_question(words, asked):
    assert elsewhere.question(words) == asked


def test_only_libraries_are_asked_by_words():
    sru, off = Source("a", "A", address="http://x"), Source("b", "B", address="http://x", on=False)
    listed = [Source("goob", "Google", "isbnlib"), sru, off, Source("c", "C")]
    assert elsewhere.asked(listed) == [sru]


def test_a_real_server_is_asked_by_words(ztest):
    found = elsewhere.ask(Source("z", "Ztest", address=ztest), "computer science", 10)
    assert 1 <= len(found) <= elsewhere.MOST
    assert elsewhere.ask(Source("z", "Ztest", address="http://never.invalid"), " ") == []
    with pytest.raises(Fault):
        elsewhere.ask(Source("z", "Ztest", address="http://127.0.0.1:1/x"), "computer", 5)


def test_what_we_have_is_marked_by_its_isbn(stocked):
    library = "Perpustakaan Dinas"
    with stocked.transaction() as session:
        ours = titles.add_biblio(session, record("Ilmu bedah", "9786230000003"), NOW)
        told = elsewhere.told(
            session,
            library,
            [
                record("Ilmu bedah", "978-623-000-000-3"),
                record("Ilmu bedah saraf", "9786020000015999"),
                record("Tanpa nomor"),
                Record(fields=[]),
            ],
        )
    assert [(one.title, one.ours, one.library) for one in told] == [
        ("Ilmu bedah", ours, library),
        ("Ilmu bedah saraf", None, library),
        ("Tanpa nomor", None, library),
    ]


def test_a_copy_leaves_behind_what_is_of_its_house():
    house = [Field(tag, None, "  ", [("a", "x")]) for tag in ("099", "490", "590", "650", "952")]
    taken = elsewhere.copied(record("Ilmu bedah", "9786230000003", *house))
    assert [one.tag for one in taken.fields] == ["020", "245", "490", "650"]

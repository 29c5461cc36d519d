"""Records that nobody should have made: each ends in a title or in a reason."""

from __future__ import annotations

import random
import string

import pytest

from database.catalogue import titles
from database.description import iso2709
from database.description.marc import Field, Record
from database.exchange import found as files
from database.holdings import item_list, items
from database.holdings.item_facts import ItemFacts
from database.imports import importing
from database.refusal import Reason, Refusal
from database.search import listing, search
from tests.libraries import NOW

_LONG = 100_000
_HTML = '<b>=HYPERLINK("http://x")</b> & <script>alert(1)</script>'


def letters(seed):
    """A hundred thousand letters that no index can make small."""
    chance = random.Random(seed)
    return "".join(chance.choices(string.ascii_letters + " ", k=_LONG))


def test_fields_of_a_hundred_thousand_letters_come_in(library, tmp_path):
    tags = (("020", "a"), ("100", "a"), ("245", "b"), ("250", "a"), ("260", "b"), ("490", "a"),
            ("520", "a"), ("650", "a"), ("082", "a"), ("035", "a"), ("990", "a"))  # fmt: skip
    records = []
    for place, (tag, code) in enumerate(tags):
        fields = [Field("245", None, "10", [("a", f"Judul {place}")])] if tag != "245" else []
        long = Field(tag, None, "  ", [("a", "Judul"), (code, "(x)" + letters(place))])
        if tag in ("020", "100", "035", "082", "650", "990"):
            long = Field(tag, None, "  ", [(code, "(x)" + letters(place))])
        records.append(Record(fields=sorted([*fields, long], key=lambda one: one.tag)))
    path = tmp_path / "x.xml"
    with path.open("wb") as stream:
        files.write(stream, records, "marcxml")
    with library.transaction() as session:
        result = importing.run(session, [path], NOW, with_items=True)
    assert result.read == result.added == len(tags)
    with library.reading() as session:
        found = listing.find(session, "judul")
        assert found.count == len(tags)
        assert len(listing.read(session, found, 0, 50)) == len(tags)
        assert [one.fields for one in titles.records(session)] == [one.fields for one in records]


def test_a_title_of_a_hundred_thousand_letters_is_added_saved_and_found(library):
    record = Record(fields=[Field("245", None, "10", [("a", "Awal " + letters(1))])])
    with library.transaction() as session:
        number = titles.add_biblio(session, record, NOW)
    with library.transaction() as session:
        titles.save_biblio(session, number, record, NOW, letters(2))
    with library.reading() as session:
        assert [row.id for row in search.search(session, "awal").rows] == [number]
        for sort in listing.SORTS:
            assert listing.read(session, listing.find(session, "", sort=sort), 0, 9)


@pytest.mark.parametrize("given", ["barcode", "accession_number"])
def test_a_number_given_twice_is_refused_and_nothing_stays(library, given):
    with library.transaction() as session:
        number = titles.add_biblio(session, Record(fields=[_titled("Satu")]), NOW)
        items.add_items(session, number, ItemFacts(**{given: "A-1"}), 1, NOW)
    with pytest.raises(Refusal) as told, library.transaction() as session:
        items.add_items(session, number, ItemFacts(), 2, NOW)
        items.add_items(session, number, ItemFacts(**{given: "A-1"}), 1, NOW)
    assert told.value.reason in {Reason.BARCODE_TAKEN, Reason.ACCESSION_TAKEN}
    with library.reading() as session:
        assert len(item_list.items_of(session, number)) == 1


def test_an_accession_number_twice_in_a_file_is_told(library, tmp_path):
    copies = [Field("952", None, "  ", [("p", f"K-{n}"), ("i", "001/B/2020")]) for n in (1, 2)]
    path = tmp_path / "x.mrc"
    path.write_bytes(
        iso2709.serialise(Record(fields=[_titled("Satu"), copies[0]]))
        + iso2709.serialise(Record(fields=[_titled("Dua"), copies[1]]))
    )
    with library.transaction() as session:
        result = importing.run(session, [path], NOW, with_items=True)
    assert (result.added, result.items, result.items_refused) == (2, 2, [])
    told = result.mended[0]
    assert (told.position, told.reason, told.detail) == (2, "accession_taken", "001/B/2020")


@pytest.mark.parametrize("sign", ["\\u0000", "\\ud800", "\\u0007", "\\uffff", "\\u001b"])
def test_signs_that_no_column_holds_are_left_out_of_all_of_them(library, tmp_path, sign):
    """In every subfield that a column or a copy is made of, on both engines."""
    tags = ("001", "003", "008", "020", "022", "035", "041", "060", "082", "100", "250", "264",
            "300", "490", "502", "520", "583", "650", "653", "700", "773", "852", "952", "990",
            "999")  # fmt: skip
    codes = "abcdehijknopqtuvwxyz0123456789"
    lines = []
    for place, tag in enumerate(("245", *tags)):
        parts = ",".join(f'{{"{code}":"Judul{sign} 1 {place}"}}' for code in codes)
        title = f'{{"245":{{"ind1":"1","ind2":"0","subfields":[{{"a":"Judul {place}"}}]}}}}'
        told = f'{{"{tag}":{{"ind1":"{sign}","ind2":" ","subfields":[{parts}]}}}}'
        if tag < "010":
            told = f'{{"{tag}":"{sign}{"2019" * 10}{sign}"}}'
        fields = told if tag == "245" else f"{title},{told}"
        lines.append(f'{{"leader":"00000nam a2200000 a 4500","fields":[{fields}]}}')
    path = tmp_path / "x.json"
    path.write_text("\n".join(lines), encoding="utf-8")
    with library.transaction() as session:
        result = importing.run(session, [path], NOW, with_items=True)
    assert (result.read, result.added, result.refused) == (len(tags) + 1, len(tags) + 1, [])
    with library.reading() as session:
        assert listing.find(session, "judul").count == len(tags) + 1


def test_markup_in_a_title_is_a_title(library):
    with library.transaction() as session:
        titles.add_biblio(session, Record(fields=[_titled(_HTML)]), NOW)
    with library.reading() as session:
        assert [row.title for row in search.search(session, "hyperlink").rows] == [_HTML]


def _titled(title):
    return Field("245", None, "10", [("a", title)])

"""Copies come in with everything their records tell; what looks wrong is taken, and told."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import delete, select, text

from database.catalogue import titles
from database.description.marc import Field, Record
from database.exchange import found
from database.holdings import item_numbers, items
from database.holdings.item_facts import ItemFacts
from database.imports import importing, reader
from database.imports.copies_told import copies_in, is_glued
from database.policy import settings
from database.schema import Counter, Item, ItemStatus
from database.sources import looking
from tests.libraries import NOW
from tests.undoing import take_back_last


def field(tag, **told):
    return Field(tag, None, "  ", [(code.strip("_"), value) for code, value in told.items()])


def record(title, *copies):
    author = Field("100", None, "1 ", [("a", "Wahyuni, Sri")])
    year = Field("264", None, " 1", [("c", "2019")])
    return Record(fields=[author, Field("245", None, "10", [("a", title)]), year, *copies])


@pytest.fixture
def bring(library, tmp_path):
    def run(*records, name="x.mrc", **more):
        path = tmp_path / name
        with path.open("wb") as stream:
            found.write(stream, records, "mrc")
        with library.transaction() as session:
            return importing.run(session, [path], NOW, with_items=True, **more)

    return run


def stored(library):
    with library.reading() as session:
        query = select(Item).where(Item.cancelled_at.is_(None)).order_by(Item.id)
        found_rows = list(session.execute(query).scalars())
        session.expunge_all()
        return found_rows


def one_copy(tag="952", **told):
    told = copies_in(record("Satu", field(tag, **told)))
    return told.copies[0], told.doubts


def test_a_copy_of_koha_comes_with_all_it_tells(library, bring):
    bring(
        record(
            "Satu",
            field("952", a="RS", b="RS", c="RAK A", d="2019-03-07", e="Hibah Dinas", g="75000.00",
                  h="Jilid 2", i="012/H/2019", o="616.1 SET i", p="k-1", t="3", v="90000", y="BK",
                  z="sampul lepas"),
        )
    )  # fmt: skip
    (row,) = stored(library)
    assert (row.barcode, row.accession_number, row.call_number, row.location) == (
        "K-1", "012/H/2019", "616.1 SET i", "RAK A",
    )  # fmt: skip
    assert (row.price, row.copy_number, row.volume, row.note) == (
        75_000,
        3,
        "Jilid 2",
        "sampul lepas",
    )
    assert (row.source, row.supplier, row.accessioned_on) == (
        "gift",
        "Hibah Dinas",
        date(2019, 3, 7),
    )


def test_the_replacement_price_counts_where_there_is_no_other():
    assert one_copy(p="1", v="90000.00")[0].price == 90_000
    assert one_copy(p="1", g="0.00", v="90000.00")[0].price == 90_000


@pytest.mark.parametrize(
    ("told", "status"),
    [({"_0": "1"}, "withdrawn"), ({"_1": "1"}, "lost"), ({"_1": "4"}, "missing"),
     ({"_1": "Missing"}, "missing"), ({"_7": "1"}, "reference"), ({"_7": "-1"}, "missing"),
     ({"_7": "0", "_0": "0", "_1": "0"}, "in_service"), ({"_4": "1"}, "in_service"),
     ({"y": "REF"}, "reference"), ({"y": "REF", "_1": "2"}, "lost")],
)  # fmt: skip
def test_states_of_koha_are_states_of_the_house(told, status):
    assert one_copy(p="1", **told)[0].status == status


def test_a_damaged_copy_and_one_on_order_are_told():
    assert one_copy(p="1", _4="1")[0].condition == "damaged"
    assert one_copy(p="1", _7="-1")[1] == [("on_order", "1")]


def test_a_copy_that_left_stands_in_the_register_and_in_no_stock(library, bring):
    bring(record("Satu", field("952", p="K1", _0="1", d="2015-01-02"), field("952", p="K2")))
    gone, here = stored(library)
    assert (gone.status, gone.left_on) == (ItemStatus.WITHDRAWN, date(2015, 1, 2))
    assert (here.status, here.left_on) == (ItemStatus.IN_SERVICE, None)


def test_holdings_of_evergreen_and_of_sirsi():
    told, doubts = one_copy(
        "852", a="x", b="MBI", c="Stacks", j="C 299.5 C123LA V.1", g="book", p="31867",
        y="12.500", x="nonreference", z="Available", t="2",
    )  # fmt: skip
    assert (told.call_number, told.location, told.price, told.copy_number, told.note) == (
        "C 299.5 C123LA V.1", "Stacks", 12_500, 2, "",
    )  # fmt: skip
    assert doubts == []
    told, _ = one_copy("852", k="R", h="616", i="SET", m="c.2", p="1", x="reference")
    assert (told.call_number, told.status) == ("R 616 SET c.2", "reference")
    told, _ = one_copy("999", a="TD812 .S63", c="1", i="X0008", k="MISSING", l="SEL", p="$33.24")
    assert (told.barcode, told.call_number, told.location, told.status, told.price) == (
        "X0008", "TD812 .S63", "SEL", "missing", None,
    )  # fmt: skip


def test_notes_of_other_systems_are_no_copies():
    fields = (
        field("952", a="Minor ill."),
        field("952", a="CUBO93B2252", b=""),
        field("852", x="universal pattern"),
        field("990", a="MARS"),
        field("990", a="(epn)24482861X"),
        field("999", c="1", d="1"),
    )
    assert copies_in(record("Satu", *fields)).copies == []


def test_no_accession_number_is_nobodys(library, bring):
    result = bring(record("Satu", *(field("952", p=f"K{n}") for n in range(3))))
    assert (result.items, result.mended) == (3, [])
    assert [row.copy_number for row in stored(library)] == [1, 2, 3]


def test_copy_numbers_go_on_where_they_are_not_told(library, bring):
    bring(record("Satu", field("952", p="K1", t="4"), field("952", p="K2")))
    bring(record("Satu", field("952", p="K3")), record("Dua", field("952", p="K4")), name="y.mrc")
    assert {row.barcode: row.copy_number for row in stored(library)} == {
        "K1": 4, "K2": 5, "K3": 6, "K4": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("barcode", "reason"),
    [("B 0001", "code_blank"), ("0001/B/2019", "code_slash"), ("B00001B00002", "code_glued"),
     ("9786022322122" * 2, "code_glued"), ("B-01B-01", "code_glued")],
)  # fmt: skip
def test_codes_that_look_wrong_are_taken_as_they_are_and_told(library, bring, barcode, reason):
    result = bring(record("Satu", field("952", p=barcode)))
    assert [row.barcode for row in stored(library)] == [barcode]
    assert [(one.reason, one.detail, one.partly) for one in result.doubtful] == [
        (reason, barcode, True)
    ]


@pytest.mark.parametrize("code", ["B00001", "39999000001318", "RSUD00012345", "AB12AB", "11111111"])
def test_usual_codes_are_not_two_scans(code):
    assert not is_glued(code)


def test_a_foreign_price_and_a_day_that_is_none_are_told(library, bring):
    result = bring(record("Satu", field("952", p="K1", g="US$ 12.50", d="kapan-kapan")))
    assert [(one.reason, one.detail) for one in result.doubtful] == [
        ("foreign_money", "US$ 12.50"),
        ("wrong_day", "kapan-kapan"),
    ]
    assert stored(library)[0].price is None


def test_a_copy_without_a_barcode_gets_one_of_ours_behind_all_that_came(library, bring):
    first = record("Satu", field("952", i="001/B/2019", o="616 X"), field("952", a="A", b="A"))
    later = record("Dua", field("952", p="B000007"))
    result = bring(first, later)
    made = {row.accession_number: row.barcode for row in stored(library)}
    assert len(made) == 2
    assert result.items == 3
    assert [one.reason for one in result.doubtful] == ["number_made", "number_made"]
    again = bring(first, later)
    assert again.items == 0
    assert sorted(one.reason for one in again.items_refused) == [
        "copy_stands", "copy_stands", "no_barcode",
    ]  # fmt: skip


def test_numbers_made_for_copies_come_back_after_an_undo(library, bring):
    one = record("Satu", field("952", i="001/B/2019", o="616 X"))
    bring(one)
    before = [row.barcode for row in stored(library)]
    with library.transaction() as session:
        take_back_last(session, NOW)
    assert stored(library) == []
    bring(one)
    assert [row.barcode for row in stored(library)] == before


def test_copies_of_a_title_that_had_none_go_with_their_import(library, bring):
    """The title was typed at the desk: nothing of it tells of an import but the copy itself."""
    with library.transaction() as session:
        title = titles.add_biblio(session, record("Satu"), NOW)
    bring(record("Satu", field("952", p="B000120")))
    assert [row.biblio_id for row in stored(library)] == [title]
    with library.transaction() as session:
        take_back_last(session, NOW)
    assert stored(library) == []


def test_patterns_go_on_after_the_highest_number_that_came(library, bring):
    bring(record("Satu", field("952", p="B000120"), field("952", p="B000007")))
    title = stored(library)[0].biblio_id
    with library.transaction() as session:
        items.add_items(session, title, ItemFacts(), 1, NOW)
    assert stored(library)[-1].barcode > "B000120"


def test_both_ways_of_reading_carry_copies_and_doubts():
    copies = (field("952", p="K 1", d="2019-03-07", g="75.000", t="2", _1="1", e="beli"),)
    described = copies_in(record("Satu", *copies))
    one = reader.Planned("x", 1, "new", copies=described.copies, doubts=described.doubts)
    again = reader._unpacked(reader._packed(one))
    assert (again.copies, again.doubts) == (one.copies, one.doubts)


def test_real_prices_and_copies_come_in(library, shared_data):
    folder = shared_data / "moving-in" / "made"
    paths = [folder / name for name in ("price.xml", "copies.xml", "set.xml", "z.xml")]
    with library.transaction() as session:
        result = importing.run(session, paths, NOW, with_items=True)
    assert (result.read, result.added, result.items) == (13, 13, 15)
    assert result.items_refused == result.mended == []
    prices = {row.barcode: row.price for row in stored(library)}
    assert [prices[f"P{n}"] for n in range(8)] == [75_000] * 6 + [None, 1_251]
    numbers = {row.barcode: row.copy_number for row in stored(library)}
    assert [numbers[f"K{n}"] for n in (1, 2, 3)] == [1, 2, 3]
    assert {one.reason for one in result.doubtful} == {"isbn_other_title"}


def index_of(library):
    """Every row of the index of words, as it stands."""
    with library.reading() as session:
        if session.get_bind().dialect.name == "postgresql":
            wanted = "SELECT biblio_id, title::text, words::text FROM biblio_words ORDER BY 1"
        else:
            wanted = "SELECT rowid, title, rest FROM biblio_words ORDER BY rowid"
        return [tuple(row) for row in session.execute(text(wanted))]


def test_what_came_in_is_found_as_if_it_were_indexed_anew(library, bring, tmp_path):
    described = [
        record(
            f"Covid-19 dan al-Qur'an {number}: perawatan",
            field("082", a=f"61{number % 10}.{number}"),
            field("952", p=f"K-{number}", i=f"{number:03}/H/2019", o=f"616.{number} SET i"),
            field("952", p=f"L{number}", o="T&J 5 FU"),
            field("952", i=f"{number:03}/B/2020"),
        )
        for number in range(120)
    ]
    bring(*described, *described[:3])
    rows = [["Judul", "Pengarang", "No. Panggil", "Barcode", "No. Induk"]]
    rows += [
        ["Gizi " + "abcdefghij"[n % 10], "Siti", f"61{n} ABC g", f"X{n}", f"{n}/B"]
        for n in range(60)
    ]
    lists = tmp_path / "buku.csv"
    lists.write_text("\n".join(";".join(row) for row in rows))
    with library.transaction() as session:
        importing.run(session, looking.look(lists).parts, NOW, with_items=True)
    stood = index_of(library)
    with library.transaction() as session:
        ids = [row[0] for row in stood]
        titles.reindex(session, ids)
    assert len(stood) > 120
    assert index_of(library) == stood


def test_numbers_made_for_many_pass_over_those_that_copies_have(library, bring):
    day = NOW.date()
    with library.transaction() as session:
        settings.put(session, settings.BARCODE_PATTERN, "{source}-{seq:3}")
    bring(record("Satu", field("952", p="H-001"), field("952", p="B-002"), field("952", p="H-004")))
    with library.transaction() as session:
        session.execute(delete(Counter).where(Counter.series == "barcode"))
        made = item_numbers.next_barcodes(session, ["gift", "purchase", "gift", "gift"], day)
        assert made == ["H-002", "B-003", "H-005", "H-006"]
        assert item_numbers.next_barcodes(session, ["purchase"], day) == ["B-007"]
        assert item_numbers.next_barcodes(session, [], day) == []

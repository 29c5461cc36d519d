"""The order of the shelf: a table of real call numbers, and what must hold for all."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from database.catalogue import titles
from database.description import callnumber, marc, marc_form, shelf_order
from database.holdings import item_facts, items
from database.schema import Biblio, Item
from tests.libraries import NOW

SHELF = [
    "001.4 ARI p", "150 FEI t", "174.2 BER m", "2X1 SHI t", "2X1.221 ALI q", "2X4.3 SAB f",
    "297 NAS i", "340 MER h", "344.04 UU k", "362.11 AZW m", "610 HID a", "610.3 DOR k",
    "610.73 POT b", "610.736 8 STU k", "610.8 SOE x", "611 SNE a", "615.1 KAT f", "616 SET a",
    "616 SET b", "616 SET b j.1", "616 SET b j.2", "616 SET b j.10", "616 SUD b", "616.075 SUS d",
    "616.1 LIL p", "616.12 KAB k", "616.123 X a", "616.89 MAR k", "616.994 49 SET b", "617 SJA b",
    "618.2 PRA i", "618.920 0231 WON b", "619 A a", "899.221 3 HIR l",
    "QS 4 SNE a", "QZ 200 X a", "W 1 JUR", "W 84 X a", "WA 9 A a", "WA 11 A a", "WA 11.1 A a",
    "WA 13 A a", "WB 100 HAR h", "WB 105 A a", "WB 105 B a", "WB 105.5 A a", "WN 250 A a",
    "WN 250.5 A a", "WN 250.5.X15 A a", "WN 250.5.X7 A a", "WY 100 POT b",
    "KTI 610.73 RAH h", "R 297 ENS e", "R 610.3 DOR k", "R 610.3 KAM k", "R WB 100 HAR h",
]  # fmt: skip


def test_real_numbers_stand_as_on_the_shelf():
    # 2X is filed behind 299, the prefixes behind everything.
    wanted = [one for one in SHELF if not one.startswith("2X")]
    at = wanted.index("340 MER h")
    wanted[at:at] = [one for one in SHELF if one.startswith("2X")]
    assert sorted(SHELF, key=shelf_order.key) == wanted


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("616 SET b", "j.2"), ("616 SET b", "j.10")),
        (("616 SET b", "2"), ("616 SET b", "Jilid 10")),
        (("616 SET b", "Jilid IX"), ("616 SET b", "Jilid X")),
        (("616 SET b", "j.V"), ("616 SET b", "j.IX")),
        (("616 SET b j.V",), ("616 SET b j.IX",)),
        (("616 SET b", "V"), ("616 SET b", "IX")),
        (("616 SET b", "IV"), ("616 SET b", "V")),
        (("616 SET b", "j.XII"), ("616 SET b", "j.XIII")),
        (("616 SET b", "j.XIX"), ("616 SET b", "j.XXI")),
        (("616 SET b", "j.XXXIX"), ("616 SET b", "j.40")),
        (("616 SET b", "", 2), ("616 SET b", "", 10)),
        (("616 SET b", "", 1), ("616 SET b", "j.1", 1)),
        (("616 SET b 2018",), ("616 SET b 2019",)),
        (("616 SET b",), ("616 SET b 2018",)),
        (("616 SET b c.2",), ("616 SET b c.10",)),
        (("616 VOL c",), ("616 VOL v",)),
        (("wb 105 set b",), ("WB 105.5 SET a",)),
        (("899.221 3 HIR l",), ("899.222 HIR l",)),
        (("616 ÉMI b",), ("616 FUL b",)),
        (("5 X",), ("10 X",)),
        (("899 Z z",), ("rak bawah",)),
        (("R 999 Z z",), ("",)),
    ],
)
def test_what_comes_first(first, second):
    assert shelf_order.key(*first) < shelf_order.key(*second)


def test_blanks_and_case_do_not_matter():
    assert shelf_order.key(" 616.994 49 set B") == shelf_order.key("616.99449 SET b")
    assert shelf_order.key("WB105.5 SET b") == shelf_order.key("WB 105.5 SET b")


def test_signs_within_a_heading_do_not_part_it_and_figures_do():
    assert shelf_order.key("297 AL-GH i") == shelf_order.key("297 ALGH i")
    assert shelf_order.key("297 D'AG i") == shelf_order.key("297 DAG i")
    listed = ["WY 100 H6A", "WY 100 H65", "WY 100 H7", "WY 100 HA"]
    assert sorted(listed, key=shelf_order.key) == listed


def test_a_mark_without_a_number_is_a_letter():
    alone, second = (shelf_order.key("616 HIL h", volume) for volume in ("J", "j.2"))
    assert shelf_order.key("616 HIL h") < alone < second
    assert shelf_order.key("616 HIL h v") > shelf_order.key("616 HIL h")


def test_a_mark_at_the_very_end_takes_the_number_behind_it():
    second, tenth = (shelf_order.key(f"616.1 SET i {mark}") for mark in ("c.2", "c.10"))
    assert second < tenth
    assert shelf_order.key("616.1 SET i", copy=2) == second
    assert shelf_order.key("616.1 SET i", "v.3") == shelf_order.key("616.1 SET i jil. 3")


_decimals = st.text("0123456789", max_size=6)
_letters = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=3, max_size=3)


@given(st.integers(0, 999), _decimals, st.integers(0, 999), _decimals)
def test_dewey_numbers_sort_as_decimals(one, one_rest, other, other_rest):
    """Padded with noughts they are decimals; one that only has more noughts comes later."""

    def number(whole, rest):
        return f"{whole:03d}.{rest}" if rest else f"{whole:03d}"

    def size(whole, rest):
        return (whole, rest.ljust(6, "0"), len(rest))

    found = shelf_order.key(number(one, one_rest)) < shelf_order.key(number(other, other_rest))
    assert found == (size(one, one_rest) < size(other, other_rest))


@given(st.integers(1, 999), _letters, st.integers(1, 99_999), st.integers(1, 99_999))
def test_volumes_sort_as_numbers(whole, letters, one, other):
    shelf = f"{whole:03d} {letters} a"
    found = shelf_order.key(shelf, f"j.{one}") < shelf_order.key(shelf, f"j.{other}")
    assert found == (one < other)


@given(
    st.sampled_from(["QS", "QV", "QZ", "W", "WA", "WB", "WY", "WZ"]), st.integers(1, 999),
    st.sampled_from(["QS", "QV", "QZ", "W", "WA", "WB", "WY", "WZ"]), st.integers(1, 999),
)  # fmt: skip
def test_nlm_goes_by_letters_then_by_number(one, number, other, second):
    found = shelf_order.key(f"{one} {number} ABC a") < shelf_order.key(f"{other} {second} ABC a")
    assert found == ((one, number) < (other, second))


@given(st.text(max_size=40), st.text(max_size=10))
def test_whatever_is_typed_has_a_place(typed, volume):
    assert shelf_order.key(typed, volume, 1)
    assert "\x00" not in shelf_order.key(typed.replace("\x00", ""), volume.replace("\x00", ""))


def add(session, **values):
    values.setdefault("title", "Buku ajar")
    return titles.add_biblio(session, marc_form.apply(marc.Record(), values), NOW)


def test_the_engines_sort_as_python_does(library):
    with library.transaction() as session:
        for place, shelf in enumerate(SHELF):
            record = marc_form.apply(marc.Record(), {"title": f"Judul {place}"})
            titles.add_biblio(session, record, NOW, shelf)
        in_order = session.execute(select(Biblio.call_number).order_by(Biblio.shelf_key)).scalars()
        assert list(in_order) == sorted(SHELF, key=shelf_order.key)


def test_titles_and_copies_carry_their_place(library):
    with library.transaction() as session:
        number = add(session, classification="616", main_author="Setiati, Siti")
        items.add_items(session, number, item_facts.ItemFacts(volume="2"), 2, NOW)
        items.add_items(session, number, item_facts.ItemFacts(item_type="reference"), 1, NOW)
        assert session.execute(select(Biblio.shelf_key)).scalar() == shelf_order.key("616 SET b")
        rows = session.execute(select(Item.call_number, Item.shelf_key).order_by(Item.id)).all()
        assert [tuple(row) for row in rows] == [
            ("616 SET b", shelf_order.key("616 SET b", "2", 1)),
            ("616 SET b", shelf_order.key("616 SET b", "2", 2)),
            ("R 616 SET b", shelf_order.key("R 616 SET b", "", 3)),
        ]
        copy = session.execute(select(Item.id)).scalars().first()
        items.save_item(session, copy, item_facts.ItemFacts(call_number="617 SET b"), NOW)
        found = session.execute(select(Item.shelf_key).where(Item.id == copy)).scalar()
        assert found == shelf_order.key("617 SET b", "", 1)


@pytest.mark.parametrize(
    ("title", "language", "made"),
    [
        ("The patient", "eng", "616 SET p"), ("An atlas", "eng", "616 SET a"),
        ("A sampai Z", "ind", "616 SET a"), ("Sang perawat", "ind", "616 SET p"),
        ("Het kind", "dut", "616 SET k"), ("The", "eng", "616 SET t"),
        ("The patient", "", "616 SET p"),
        ("A patient", "", "616 SET a"),
    ],
)  # fmt: skip
def test_articles_give_no_title_letter(title, language, made):
    assert callnumber.make("616", "Setiati, Siti", title, language=language) == made


def test_a_library_makes_its_own_call_numbers():
    style = callnumber.Style(4, False, "nlm", {"thesis": "TA"})
    assert style.number("618.2", "WQ 100") == "WQ 100"
    assert style.number("899.221 3", "") == "899.221 3"
    assert callnumber.make("WQ 100", "Prawirohardjo", "Ilmu", style.prefix("thesis"), style) == (
        "TA WQ 100 PRAW"
    )
    assert callnumber.take_apart("TA WQ 100 PRAW").prefix == "TA"
    assert callnumber.whole("616 SET b", "2", 3) == "616 SET b j.2 c.3"
    assert callnumber.whole("616 SET b", "Suplemen") == "616 SET b Suplemen"


def test_days_of_review_are_projected(library):
    record = marc_form.apply(marc.Record(), {"title": "PPK demam"})
    record.fields.append(marc.Field("583", None, "  ", [("a", "Review date"), ("c", "20270315")]))
    record.fields.append(marc.Field("583", None, "  ", [("a", "review"), ("c", "20270231")]))
    record.fields.append(marc.Field("583", None, "  ", [("a", "weed"), ("c", "20290101")]))
    with library.transaction() as session:
        titles.add_biblio(session, record, NOW)
        assert str(session.execute(select(Biblio.review_on)).scalar()) == "2027-03-15"


def test_titles_of_an_older_library_get_their_place(new_place):
    """Built as the first version built it, filled, then brought up to date."""
    from alembic import command
    from alembic.config import Config

    from database.engine import engines
    from database.storage import places

    with places.new_place(new_place) as building:
        engine = engines.connect(building)
        config = Config()
        config.set_main_option("script_location", str(places.MIGRATIONS))
        record = marc_form.apply(
            marc.Record(), {"title": "Buku", "main_author": "Setiati, Siti", "nlm": "WB 100"}
        )
        record.fields.append(marc.Field("583", None, "  ", [("a", "review"), ("c", "20270315")]))
        with engine.execution_options(selasar_write=True).begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "0001")
            connection.execute(_OLD_TITLE, {"marc": marc.to_json(record), "now": NOW})
            connection.execute(_OLD_COPY, {"now": NOW, "day": NOW.date()})
        places.migrate(engine)
        with engine.connect() as connection:
            title = connection.execute(
                sa.text("SELECT shelf_key, author_key, class_group, review_on FROM biblio")
            ).one()
            copy = connection.execute(sa.text("SELECT shelf_key FROM item")).scalar_one()
        engine.dispose()
    assert [str(value) for value in title] == [
        shelf_order.key("WB 100 SET b"),
        "setiati siti",
        "610",
        "2027-03-15",
    ]
    assert copy == shelf_order.key("WB 100 SET b", "2", 1)


_OLD_TITLE = sa.text(
    "INSERT INTO biblio (id, marc, title, title_key, match_key, contributors, edition, place,"
    " publisher, extent, series, isbn, issn, classification, nlm, call_number, language, material,"
    " created_at, created_on, updated_at) VALUES (1, :marc, 'Buku', 'buku', 'buku', '', '', '', '',"
    " '', '', '', '', '', 'WB 100', 'WB 100 SET b', '', 'book', :now, '2027-01-11', :now)"
)
_OLD_COPY = sa.text(
    "INSERT INTO item (id, biblio_id, barcode, call_number, volume, copy_number, item_type,"
    " class_group, location, ownership, source, supplier, accessioned_on, status, note, created_at)"
    " VALUES (1, 1, 'B1', 'WB 100 SET b', '2', 1, 'book', '', '', 'hospital', 'gift', '', :day,"
    " 'in_service', '', :now)"
)


@pytest.mark.parametrize(
    ("one", "other"),
    [("jil. 2", "v.2"), ("Jilid II", "vol. 2"), ("V", "5"), ("j.XIV", "bagian 14"), ("jil 2", "2")],
)
def test_volumes_that_are_named_otherwise_stand_at_one_place(one, other):
    assert shelf_order.key("616 SET b", one) == shelf_order.key("616 SET b", other)
    assert shelf_order.key(f"616 SET b {one}") != shelf_order.key("616 SET b")


def test_a_class_written_with_a_comma_or_a_blank_is_the_same_class():
    assert shelf_order.key("616,1 SET i") == shelf_order.key("616.1 SET i")
    assert shelf_order.key("616 1 SET i") == shelf_order.key("616.1 SET i")


def test_every_piece_behind_the_title_letter_counts():
    listed = ["616 SET i", "616 SET i A B", "616 SET i A C", "616 SET i B A"]
    assert sorted(set(map(shelf_order.key, reversed(listed)))) == list(map(shelf_order.key, listed))

"""Data for an ISBN: a real SRU server, servers that answer nonsense, none at all."""

from __future__ import annotations

import pytest

from database.catalogue import lookup
from database.catalogue.lookup import Source
from database.description import marc_form
from database.exchange import sru
from database.refusal import Fault, Trouble
from tests.libraries import NOW
from tests.servers import DUBLIN

NUMBER = "9786020000015"


def test_a_real_server_gives_whole_records(ztest):
    records = sru.ask(ztest, "computer", "marcxml", 10)
    assert len(records) == 5
    assert records[0].get("245", "a") == "How to program a computer"
    assert records[0].control("003") == "DLC"
    record = lookup.ask(Source("own1", "Ztest", address=ztest, index="rec.id"), NUMBER)
    assert marc_form.values(record)["title"]


def test_dublin_core_becomes_a_title_page(serving):
    (record,) = sru.ask(serving(DUBLIN), "isbn=1", "dc", 5)
    values = marc_form.values(record)
    assert (values["title"], values["main_author"], values["added_authors"]) == (
        "Ilmu kebidanan",
        "Prawirohardjo, Sarwono",
        "Lain, Orang",
    )
    assert (values["publisher"], values["year"], values["isbn"]) == ("Bina Pustaka", "2016", NUMBER)


@pytest.mark.parametrize("body", [b"", b"<html>Masuk dahulu</html", b"\x89PNG\r\n", b"<a>" * 9])
def test_nonsense_is_no_answer(serving, body):
    with pytest.raises(Fault) as told:
        sru.ask(serving(body), "isbn=1", "marcxml", 5)
    assert told.value.trouble is Trouble.NO_ANSWER


def test_an_answer_without_records_knows_no_such_book(serving):
    source = Source("own1", "Kosong", address=serving(b"<searchRetrieveResponse/>"))
    assert lookup.ask(source, NUMBER) is None


def test_a_server_that_answers_with_another_book_knows_no_such_book(serving):
    other = DUBLIN.replace(NUMBER.encode(), b"9786020000022")
    assert lookup.ask(Source("own1", "Lain", address=serving(other), schema="dc"), NUMBER) is None
    record = DUBLIN.split(b"<records>")[1].split(b"</records>")[0]
    both = DUBLIN.replace(record, other.split(b"<records>")[1].split(b"</records>")[0] + record)
    found = lookup.ask(Source("own1", "Dua", address=serving(both), schema="dc"), NUMBER)
    assert found.get("020", "a") == NUMBER


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/", "ftp://x/", "file:///etc/passwd", ""])
def test_nobody_there_is_told(address):
    with pytest.raises(Fault) as told:
        lookup.ask(Source("own1", "Mati", address=address), NUMBER, 2)
    assert told.value.trouble is Trouble.NO_ANSWER


def test_a_server_error_is_told(serving):
    with pytest.raises(Fault):
        sru.ask(serving(b"", 500), "isbn=1", "marcxml", 5)


def test_what_sources_say_is_compared_field_by_field(serving):
    first = Source("a", "Satu", address=serving(DUBLIN), schema="dc")
    second = Source("b", "Dua", address=serving(DUBLIN.replace(b"2016", b"2018")), schema="dc")
    said = lookup.compared([(one, lookup.ask(one, NUMBER)) for one in (first, second)])
    assert [(one.value, one.sources) for one in said["year"]] == [
        ("2016", ("Satu",)),
        ("2018", ("Dua",)),
    ]
    assert [(one.value, one.sources) for one in said["title"]] == [
        ("Ilmu kebidanan", ("Satu", "Dua"))
    ]
    assert "isbn" not in said


def test_sources_are_ordered_switched_and_kept(library):
    with library.reading() as session:
        listed = lookup.sources(session)
    assert [one.key for one in listed][:3] == ["goob", "openl", "loc"]
    own = Source("own1", " Dinas ", address=" http://127.0.0.1/sru ", on=True)
    with library.transaction() as session:
        lookup.keep(session, [own, *reversed(listed)], NOW)
    with library.reading() as session:
        again = lookup.sources(session)
    assert (again[0].name, again[0].address) == ("Dinas", "http://127.0.0.1/sru")
    assert [one.key for one in again[1:]] == [one.key for one in reversed(listed)]
    assert not next(one for one in again if one.key == "perpusnas").usable

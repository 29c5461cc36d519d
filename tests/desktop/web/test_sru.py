"""Other libraries search here: by YAZ, by our own client, and by requests that make no sense."""

from __future__ import annotations

import shutil
import subprocess
from xml.etree import ElementTree as ET

import pytest

from database.description.projection import project
from database.exchange import sru as client
from database.exchange.cql import Both, Clause, CqlError, parse
from database.public import asked
from database.public import titles as public
from database.text.words import key

ZS = "{http://www.loc.gov/zing/srw/}"
DIAG = f"{ZS[:-1]}diagnostic/}}"


def said(ask, **given):
    """The response as XML, and the number of its diagnostic if it has one."""
    answer = ask.get("/sru", params=given)
    assert answer.status_code == 200
    root = ET.fromstring(answer.content)
    uri = root.findtext(f".//{DIAG}uri", "")
    return root, uri.rpartition("/")[2]


def count(ask, query):
    root, wrong = said(ask, query=query, maximumRecords="0")
    assert wrong == "", (query, wrong)
    return int(root.findtext(f"{ZS}numberOfRecords"))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kebidanan", 1),
        ("midwifery", 1),
        ("dc.title = kebidanan", 1),
        ("title = midwifery", 0),
        ('title adj "penyakit dalam"', 1),
        ('title adj "dalam penyakit"', 0),
        ('title exact "laskar pelangi"', 1),
        ('title any "laskar farmakologi"', 2),
        ("author = hirata", 1),
        ("creator = setiati and title = ilmu", 1),
        ("creator = setiati or creator = hirata", 2),
        ("ilmu not creator = setiati", 1),
        ("bath.isbn = 978-602-000-001-5", 1),
        ("isbn = 9786020000046", 1),
        ("issn = 9786020000046", 0),
        ("date = 2014", 1),
        ("date > 2014", 0),
        ("dc.date >= 2000 and date < 2015", 1),
        ("rec.id = 1", 1),
        ("rec.id = 99", 0),
    ],
)
def test_what_is_asked_is_found(ask, query, found):
    assert count(ask, query) == found


@pytest.mark.parametrize(
    ("given", "number"),
    [
        ({"operation": "searchRetrieve"}, "7"),
        ({"query": ""}, "7"),
        ({"operation": "scan"}, "4"),
        ({"query": "a", "version": "9"}, "5"),
        ({"query": "a", "startRecord": "0"}, "6"),
        ({"query": "a", "maximumRecords": "x"}, "6"),
        ({"query": "a", "nope": "1"}, "8"),
        ({"query": "a and"}, "10"),
        ({"query": '"a'}, "10"),
        ({"query": "(" * 30 + "a" + ")" * 30}, "10"),
        ({"query": "a " * 900}, "10"),
        ({"query": "x.y = a"}, "16"),
        ({"query": "title within a"}, "19"),
        ({"query": "title =/fuzzy a"}, "20"),
        ({"query": "date = x"}, "36"),
        ({"query": "a prox b"}, "37"),
        ({"query": "kebidanan", "startRecord": "9"}, "61"),
        ({"query": "a", "recordSchema": "x"}, "66"),
        ({"query": "a", "recordPacking": "x"}, "71"),
        ({"query": "a sortby title"}, "80"),
    ],
)
def test_what_cannot_be_answered_is_told_by_its_number(ask, given, number):
    assert said(ask, **given)[1] == number


def test_an_answer_is_given_a_part_at_a_time(ask):
    query = 'dc.date = 2014 or title any "ilmu farmakologi laskar kamus keperawatan"'
    whole = count(ask, query)
    assert whole == 6
    positions, start = [], 1
    while start:
        root, _wrong = said(ask, query=query, startRecord=str(start), maximumRecords="4")
        positions += [int(one.text) for one in root.iter(f"{ZS}recordPosition")]
        start = int(root.findtext(f"{ZS}nextRecordPosition", "0"))
    assert positions == [1, 2, 3, 4, 5, 6]


def test_our_own_client_copies_a_record_whole(address, lived_place):
    with lived_place.library.reading() as session:
        title = public.title(session, 1)
    number = title.record.get("020", "a")
    assert client.ask(f"{address}/sru", f"bath.isbn={number}", "marcxml", 10) == [title.record]
    (plain,) = client.ask(f"{address}/sru", f"bath.isbn={number}", "dc", 10)
    assert key(project(plain).title) == key(project(title.record).title)


def test_yaz_searches_and_shows(address):
    if shutil.which("yaz-client") is None:
        pytest.skip("yaz-client is not here (Debian: apt install yaz)")
    talk = f"open {address}/sru\nsru get 1.1\nschema marcxml\nquerytype cql\n"
    done = subprocess.run(
        ["yaz-client"],
        input=f"{talk}find dc.title=keperawatan and date>2000\nshow 1+2\nfind dc.title=\nquit\n",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    hits = [one for one in done.stdout.splitlines() if one.startswith("Number of hits:")]
    assert int(hits[0].partition(":")[2].split()[0].rstrip(",")) > 3
    assert done.stdout.count('<datafield tag="245"') == 2
    assert "info:srw/diagnostic/1/10" in done.stdout


def test_the_explanation_names_what_may_be_asked(ask):
    root, wrong = said(ask, operation="explain")
    space = "{http://explain.z3950.org/dtd/2.0/}"
    names = {
        f"{one.get('set')}.{one.text}" if one.get("set") else one.text
        for one in root.iter(f"{space}name")
    }
    assert (wrong, names) == ("", set(asked.INDEXES))
    assert {one.get("name") for one in root.iter(f"{space}schema")} == {"marcxml", "mods", "dc"}


def test_a_query_becomes_clauses():
    assert parse('title = "buku ajar" and (author any x not y)') == Both(
        "and",
        Clause("title", "=", "buku ajar"),
        Both("not", Clause("author", "any", "x"), Clause("", "=", "y")),
    )
    with pytest.raises(CqlError) as told:
        parse("a or or b")
    assert told.value.number == 10

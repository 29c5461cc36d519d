"""The catalogue harvested whole by an independent client, and the protocol's verbs and errors."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from sickle import Sickle

from database.catalogue import titles
from database.description import marc, marc_form
from database.exchange import found as formats
from database.public import titles as public
from desktop.web.protocols import harvest
from tests.libraries import NOW

OAI = "{http://www.openarchives.org/OAI/2.0/}"


def said(ask, **arguments):
    """The response as XML, and the code of its error if it has one."""
    names = {"from_": "from"}
    answer = ask.get("/oai", params={names.get(n, n): v for n, v in arguments.items()})
    assert answer.status_code == 200
    root = ET.fromstring(answer.content)
    error = root.find(f"{OAI}error")
    return root, error.get("code") if error is not None else ""


def add(library, name, now=NOW):
    record = marc_form.apply(marc.Record(), {"title": name})
    with library.transaction() as session:
        return titles.add_biblio(session, record, now)


@pytest.mark.parametrize("prefix", ["marcxml", "mods", "oai_dc"])
def test_a_client_harvests_every_record_as_it_is(address, lived_place, tmp_path, prefix):
    client = Sickle(f"{address}/oai")
    got = {}
    for one in client.ListRecords(metadataPrefix=prefix):
        number = int(one.header.identifier.rpartition(":")[2])
        assert number not in got
        got[number] = one
    with lived_place.library.reading() as session:
        ours = {number: public.title(session, number) for number, _at in public.every(session)}
    assert set(got) == set(ours)
    assert len(got) > 3 * harvest.PAGE
    form = "dc" if prefix == "oai_dc" else prefix
    for number, title in ours.items():
        stream = BytesIO()
        formats.write(stream, [title.record], form)
        wanted = next(iter(ET.fromstring(stream.getvalue())))
        metadata = ET.fromstring(got[number].raw).find(f"{OAI}metadata")
        assert _plain(metadata[0]) == _plain(wanted), number
        assert got[number].header.setSpecs == [title.material]


def _plain(element):
    """An element without what tells where its schema lies."""
    names = {name: value for name, value in element.attrib.items() if "schemaLocation" not in name}
    inside = [_plain(one) for one in element]
    return element.tag, names, (element.text or "").strip(), inside


def test_what_is_harvested_as_marc_is_read_by_us_as_it_was(address, lived_place, tmp_path):
    client = Sickle(f"{address}/oai")
    records = b"".join(
        ET.tostring(ET.fromstring(one.raw).find(f"{OAI}metadata")[0])
        for one in client.ListRecords(metadataPrefix="marcxml")
    )
    path = tmp_path / "got.xml"
    path.write_bytes(b"<collection>" + records + b"</collection>")
    got = [one.record for one in formats.records_of(path)]
    with lived_place.library.reading() as session:
        ours = [public.shown(one) for one in titles.records(session)]
    assert got == ours


def test_sets_are_the_kinds(address):
    client = Sickle(f"{address}/oai")
    sets = {one.setSpec for one in client.ListSets()}
    assert sets == {"book", "guideline", "leaflet", "serial", "thesis"}
    counted = {
        one: sum(1 for _ in client.ListIdentifiers(metadataPrefix="oai_dc", set=one))
        for one in sets
    }
    whole = sum(1 for _ in client.ListIdentifiers(metadataPrefix="oai_dc"))
    assert sum(counted.values()) == whole
    assert min(counted.values()) > 0


def test_the_library_says_who_it_is(address):
    told = Sickle(f"{address}/oai").Identify()
    assert told.repositoryName == "Perpustakaan RSUD Bhakti Sehat"
    assert (told.protocolVersion, told.deletedRecord) == ("2.0", "persistent")
    assert told.granularity == "YYYY-MM-DDThh:mm:ssZ"
    assert told.baseURL == f"{address}/oai"


def test_a_struck_title_is_told_as_deleted_and_what_is_taken_back_as_changed(ask, library):
    number = add(library, "Sebentar saja")
    later = NOW + timedelta(hours=1)
    with library.transaction() as session:
        titles.cancel_biblio(session, number, later)
    root, error = said(ask, verb="GetRecord", identifier=f"oai:testserver:{number}",
                       metadataPrefix="oai_dc")  # fmt: skip
    header = root.find(f".//{OAI}header")
    assert (error, header.get("status")) == ("", "deleted")
    assert header.findtext(f"{OAI}datestamp") == "2027-01-11T03:10:00Z"
    assert root.find(f".//{OAI}metadata") is None
    since, _error = said(ask, verb="ListIdentifiers", metadataPrefix="oai_dc",
                         from_="2027-01-11T03:10:00Z")  # fmt: skip
    assert [one.get("status") for one in since.iter(f"{OAI}header")] == ["deleted"]


def test_an_undone_change_is_harvested_again(ask, library):
    from database import journal, undo

    number = add(library, "Judul semula")
    with library.transaction() as session:
        record = marc_form.apply(marc.Record(), {"title": "Judul lain"})
        titles.save_biblio(session, number, record, NOW + timedelta(hours=1))
    with library.reading() as session:
        line = journal.line_about(session, "biblio.saved", number)
    with library.transaction() as session:
        undo.undo(session, line, NOW + timedelta(hours=2))
    root, _error = said(ask, verb="ListRecords", metadataPrefix="oai_dc",
                        from_="2027-01-11T04:10:00Z")  # fmt: skip
    found = [one.text for one in root.iter("{http://purl.org/dc/elements/1.1/}title")]
    assert found == ["Judul semula"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({}, "badVerb"),
        ({"verb": "Nope"}, "badVerb"),
        ({"verb": ["Identify", "Identify"]}, "badVerb"),
        ({"verb": "Identify", "x": "1"}, "badArgument"),
        ({"verb": "ListRecords"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "x"}, "cannotDisseminateFormat"),
        ({"verb": "ListRecords", "metadataPrefix": ["mods", "mods"]}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "mods", "from_": "kemarin"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "mods", "from_": "2026-02-30"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "mods", "from_": "2027-01-01",
          "until": "2026-01-01"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "mods", "from_": "2026-01-01",
          "until": "2026-01-02T00:00:00Z"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "mods", "from_": "2099-01-01"},
         "noRecordsMatch"),
        ({"verb": "ListRecords", "metadataPrefix": "mods", "set": "nope"}, "noRecordsMatch"),
        ({"verb": "ListRecords", "resumptionToken": "x"}, "badResumptionToken"),
        ({"verb": "ListRecords", "resumptionToken": "x", "metadataPrefix": "mods"}, "badArgument"),
        ({"verb": "ListSets", "resumptionToken": "x"}, "badResumptionToken"),
        ({"verb": "GetRecord", "identifier": "oai:testserver:1"}, "badArgument"),
        ({"verb": "GetRecord", "identifier": "oai:testserver:99999", "metadataPrefix": "mods"},
         "idDoesNotExist"),
        ({"verb": "GetRecord", "identifier": "oai:other:1", "metadataPrefix": "mods"},
         "idDoesNotExist"),
        ({"verb": "GetRecord", "identifier": "oai:testserver:1", "metadataPrefix": "x"},
         "cannotDisseminateFormat"),
        ({"verb": "ListMetadataFormats", "identifier": "x"}, "idDoesNotExist"),
    ],
)  # fmt: skip
def test_each_mistake_has_its_code(ask, arguments, code):
    root, error = said(ask, **arguments)
    assert error == code
    request = root.find(f"{OAI}request")
    assert (request.attrib == {}) is (code in {"badVerb", "badArgument"})


def test_a_token_that_was_tampered_with_is_none(ask):
    for plain in (
        [], [1], [{}, 1, 1, 1], [{"metadataPrefix": "x"}, 1, 1, 1], ["a", "b", "c", "d"],
        [{"metadataPrefix": "mods", "from": "x"}, 1, 1, 1], [{"metadataPrefix": "mods"}, -1, 0, 0],
        [{"metadataPrefix": "mods", "set": 7}, 1, 1, 1], [{"metadataPrefix": "mods"}, True, 0, 0],
    ):  # fmt: skip
        token = base64.urlsafe_b64encode(json.dumps(plain).encode()).decode()
        assert said(ask, verb="ListRecords", resumptionToken=token)[1] == "badResumptionToken"


def test_a_list_goes_on_where_it_was_whatever_comes_meanwhile(ask, library, monkeypatch):
    monkeypatch.setattr(harvest, "PAGE", 2)
    got, arguments = [], {"metadataPrefix": "oai_dc"}
    late = 0
    while True:
        root, error = said(ask, verb="ListIdentifiers", **arguments)
        assert error == ""
        got += [one.text for one in root.iter(f"{OAI}identifier")]
        late = late or add(library, "Datang kemudian")
        token = root.find(f".//{OAI}resumptionToken")
        assert token.get("completeListSize") == "6"
        assert int(token.get("cursor")) == len(got) - len(list(root.iter(f"{OAI}identifier")))
        if not token.text:
            break
        arguments = {"resumptionToken": token.text}
    assert len(got) == len(set(got)) == 7
    assert got[-1] == f"oai:testserver:{late}"


def test_a_request_may_be_sent_as_a_form(ask):
    form = {"verb": "ListRecords", "metadataPrefix": "marcxml"}
    answer = ask.post("/oai", data=form)
    assert len(ET.fromstring(answer.content).findall(f".//{OAI}record")) == 6

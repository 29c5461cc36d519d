"""The catalogue of a partner harvested over HTTP from a real repository, kept apart, searched, and
taken away again; and what a repository may do to us."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text

from database import limits
from database.catalogue import elsewhere, titles
from database.description import marc, marc_form
from database.engine.pausing import Cancelled
from database.exchange import found as formats
from database.library import Library
from database.neighbours import finding, harvesting, neighbours
from database.public import titles as public
from database.refusal import Fault, Reason, Refusal, Trouble
from database.registers import registers
from database.schema import NeighbourTitle
from database.search import listing
from database.storage import checks
from desktop.words.leaving import Texts
from tests.libraries import NOW


def add(library, address, name="RSUD Sehati", kind=neighbours.OAI):
    with library.transaction() as session:
        return neighbours.add(session, name, kind, address, "", NOW)


def harvest(library, number, **how):
    with library.transaction(long=True) as session:
        return harvesting.harvest(session, number, NOW, **how)


def kept(library, number):
    with library.reading() as session:
        rows = session.execute(
            select(NeighbourTitle.identifier, NeighbourTitle.marc).where(
                NeighbourTitle.neighbour_id == number
            )
        )
        return {
            int(identifier.rpartition(":")[2]): marc.from_json(told) for identifier, told in rows
        }


def shown(partner):
    """What the partner hands out, by the numbers of its titles."""
    with partner.library.reading() as session:
        return {
            number: public.title(session, number).record for number, _at in public.every(session)
        }


def title(library, name, now, **values):
    record = marc_form.apply(marc.Record(), {"title": name, **values})
    with library.transaction() as session:
        return titles.add_biblio(session, record, now)


def ours(library):
    with library.reading() as session:
        return library.contents(), listing.find(session, "").count


def test_a_catalogue_is_harvested_whole_and_then_what_changed(library, partner):
    before = ours(library)
    gone = title(partner.library, "Sebentar saja", partner.now)
    number = add(library, partner.address)
    told = harvest(library, number)
    assert kept(library, number) == shown(partner)
    assert (told.stored, told.deleted, told.unread) == (len(shown(partner)), 0, 0)
    assert told.stored > 200

    now = partner.later(hours=1)
    changed = min(shown(partner))
    fresh = title(partner.library, "Radiografi untuk perawat", now)
    with partner.library.transaction() as session:
        titles.cancel_biblio(session, gone, now)
        record, _shelf = titles.record_of(session, changed)
        titles.save_biblio(session, changed, marc_form.apply(record, {"title": "Lain"}), now)
    partner.later(hours=1)
    told = harvest(library, number)
    assert (told.stored, told.deleted) == (2, 1)
    assert kept(library, number) == shown(partner)
    assert gone not in kept(library, number)
    assert fresh in kept(library, number)
    with library.reading() as session:
        [row] = neighbours.listed(session)
        assert (row.titles, row.unfinished) == (len(shown(partner)), False)
        assert checks.check(session) == []
        assert list(public.every(session)) == []
    assert ours(library) == before


def test_what_leaves_the_house_holds_nothing_of_theirs(library, partner, tmp_path):
    harvest(library, add(library, partner.address))
    library.leave(tmp_path / "keluar", Texts(), "0", NOW)
    written = [path for path in (tmp_path / "keluar").rglob("*") if path.is_file()]
    assert not any("neighbour" in path.name for path in written)
    with library.reading() as session:
        [one, *_more] = finding.find(session, "keperawatan")
    assert not any(one.title in path.read_text("utf-8", "replace") for path in written)


def test_nothing_new_is_nothing_to_do(library, partner):
    number = add(library, partner.address)
    harvest(library, number)
    partner.later(days=1)
    assert harvest(library, number).met == 0
    assert harvest(library, number, whole=True).stored == len(shown(partner))


def test_titles_of_neighbours_are_found_as_ours_and_marked(library, partner):
    number = add(library, partner.address)
    title(partner.library, "Keperawatan gawat darurat", partner.now, isbn="9786230000003")
    ours_too = title(library, "Gawat darurat", NOW, isbn="9786230000003")
    harvest(library, number)
    with library.reading() as session:
        for words in ("darurat gawat", "perawatan gawat darurat", "keperwatan gawat darurat"):
            listed = finding.find(session, words)
            [one] = [one for one in listed if one.isbn.replace("-", "") == "9786230000003"]
            assert (one.library, one.ours) == ("RSUD Sehati", ours_too), words
        told = finding.beside(session, "gawat darurat")
        assert dict(told.libraries)["RSUD Sehati"] == told.count >= 1
        assert finding.beside(session, "zzzz").libraries == ()
        # Ours are found alone, and neither's words mend the other's slips.
        assert listing.find(session, "keperawatan").count == 0


def test_a_slip_of_ours_is_not_mended_by_the_words_of_others(library, partner):
    title(library, "Farmakologi klinis", NOW)
    title(partner.library, "Farmakolgi", partner.now)
    harvest(library, add(library, partner.address))
    with library.reading() as session:
        assert listing.find(session, "farmakolgi").count == 1


def test_a_record_is_copied_and_stands_on_its_own(library, partner):
    number = add(library, partner.address)
    harvest(library, number)
    with library.reading() as session:
        one = finding.find(session, "keperawatan")[0]
    with library.transaction() as session:
        mine = titles.add_biblio(session, elsewhere.copied(one.record), NOW)
    with library.transaction(long=True) as session:
        neighbours.remove(session, number, NOW)
    with library.reading() as session:
        assert titles.record_of(session, mine)[0] == elsewhere.copied(one.record)


def test_one_that_is_removed_leaves_nothing(library, partner):
    number, other = add(library, partner.address), add(library, partner.address, "RS Dua")
    harvest(library, number)
    harvest(library, other)
    with library.transaction(long=True) as session:
        neighbours.remove(session, number, NOW)
    with library.reading() as session:
        assert [row.name for row in neighbours.listed(session)] == ["RS Dua"]
        assert {one.library for one in finding.find(session, "keperawatan")} == {"RS Dua"}
        count = session.execute(text("SELECT count(*) FROM neighbour_words")).scalar_one()
    assert count == len(kept(library, other)) == len(shown(partner))
    with pytest.raises(Refusal) as told, library.transaction() as session:
        neighbours.remove(session, number, NOW)
    assert told.value.reason is Reason.RECORD_GONE


def test_a_harvest_that_is_stopped_goes_on_where_it_was(library, partner):
    number = add(library, partner.address)
    met = []
    with pytest.raises(Cancelled):
        harvest(library, number, report=lambda done, _all: met.append(done),
                cancelled=lambda: bool(met))  # fmt: skip
    part = len(kept(library, number))
    assert 0 < part < len(shown(partner))
    with library.reading() as session:
        assert neighbours.one(session, number).unfinished
    told = harvest(library, number)
    assert told.stored < len(shown(partner))
    assert kept(library, number) == shown(partner)


def test_a_neighbour_moves_along_and_is_found_in_a_backup(library, partner, tmp_path):
    harvest(library, add(library, partner.address))
    library.backup(tmp_path / "copy.db")
    moved = Library.open(tmp_path / "copy.db")
    with moved.reading() as session:
        assert finding.find(session, "keperawatan")
    moved.close()


def test_a_file_is_a_catalogue_too(library, partner, tmp_path):
    number = add(library, "katalog.mrc", "RS Berkas", neighbours.FILE)
    path = tmp_path / "katalog.mrc"
    with partner.library.reading() as session:
        every = [public.shown(one) for one in titles.records(session)]
    for records in (every, every[5:]):
        with path.open("wb") as stream:
            formats.write(stream, records, "mrc")
        with library.transaction(long=True) as session:
            told = harvesting.take_file(session, number, path, NOW)
        with library.reading() as session:
            assert neighbours.one(session, number).titles == len(records)
            assert {one.library for one in finding.find(session, "keperawatan")} == {"RS Berkas"}
    assert (told.stored, told.deleted) == (len(every) - 5, 5)


def test_what_is_no_neighbour_is_refused(library):
    for name, kind, address, field in (
        (" ", "oai", "http://x/oai", "name"),
        ("X", "oai", "file:///etc/passwd", "address"),
        ("X", "oai", "", "address"),
    ):
        with pytest.raises(Refusal) as told:
            add(library, address, name, kind)
        assert (told.value.reason, told.value.facts["field"]) == (Reason.VALUE_INVALID, field)
    add(library, "http://x/oai")
    with pytest.raises(Refusal) as told:
        add(library, "http://y/oai", "rsud SEHATI")
    assert told.value.reason is Reason.NAME_TAKEN


def test_partners_of_the_registers_are_offered(library):
    with library.transaction() as session:
        agreed = {"partner": "RS Mitra", "title": "MoU", "day": NOW.date()}
        registers.add(session, "cooperation", agreed, NOW)
        lent = {"kind": "requested", "title": "X", "partner": "RS Jauh", "quantity": 1}
        registers.add(session, "interlibrary", {**lent, "day": NOW.date()}, NOW)
        assert neighbours.partners(session) == ["RS Mitra", "RS Jauh"]


# --- what a repository may do

_WHO = b"""<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><Identify>
<repositoryName>X</repositoryName><granularity>YYYY-MM-DD</granularity>
<deletedRecord>no</deletedRecord></Identify></OAI-PMH>"""


def page(*records, token=""):
    inside = b"".join(records) + f"<resumptionToken>{token}</resumptionToken>".encode()
    return (
        b'<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'
        b"<responseDate>2026-11-23T08:00:00Z</responseDate><ListRecords>"
        + inside + b"</ListRecords></OAI-PMH>"
    )  # fmt: skip


def dc(number, name):
    return (
        f"<record><header><identifier>oai:x:{number}</identifier></header><metadata>"
        '<dc xmlns="http://purl.org/dc/elements/1.1/">'
        f"<title>{name}</title><creator>Sari, Dewi</creator></dc></metadata></record>"
    ).encode()


def repository(answer):
    """Says who it is; `answer(arguments)` to all else."""

    def said(asked):
        if asked["verb"] == "Identify":
            return _WHO
        if asked["verb"] == "ListMetadataFormats":
            return b"<OAI-PMH><metadataFormat><metadataPrefix>oai_dc</metadataPrefix></metadataFormat></OAI-PMH>"  # noqa: E501
        return answer(asked)

    return said


def refused(library, number):
    with pytest.raises(Fault) as told:
        harvest(library, number)
    return told.value.trouble


def test_dublin_core_of_a_plain_repository_is_read_and_struck_by_its_absence(library, scripted):
    listed = [dc(1, "Anatomi"), dc(2, "Bedah"), b"<record><header/></record>"]
    number = add(library, scripted(repository(lambda asked: page(*listed))))
    told = harvest(library, number)
    assert (told.stored, told.unread) == (2, 1)
    del listed[0]
    assert harvest(library, number).deleted == 1
    with library.reading() as session:
        [one] = finding.find(session, "bedah")
        assert (one.title, one.contributors) == ("Bedah", "Sari, Dewi")
        assert finding.find(session, "anatomi") == []


def test_a_server_that_asks_for_time_is_given_it(library, scripted):
    asked = []

    def answer(_arguments):
        asked.append(1)
        return (503, {"Retry-After": "0"}, b"") if len(asked) == 1 else page(dc(1, "Anatomi"))

    assert harvest(library, add(library, scripted(repository(answer)))).stored == 1


def test_a_token_that_is_forgotten_begins_anew(library, scripted):
    def answer(asked):
        if asked.get("resumptionToken") == "gone":
            return b'<OAI-PMH><error code="badResumptionToken">no</error></OAI-PMH>'
        return page(dc(1, "Anatomi"), token="gone")

    number = add(library, scripted(repository(answer)))
    assert refused(library, number) is Trouble.NO_HARVEST
    with library.reading() as session:
        assert finding.find(session, "anatomi")


@pytest.mark.parametrize(
    "answer",
    [
        b"<html>welcome</html>",
        b"",
        b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><OAI-PMH><record>&c;</record>',
        page(dc(1, "X"))[:-40],
        page(token="again"),
        b"<a>" * 200_000,
        b'<OAI-PMH><error code="badArgument">no</error></OAI-PMH>',
    ],
)
def test_what_is_no_page_of_records_is_told_and_nothing_is_lost(library, scripted, answer):
    said = [page(dc(1, "Anatomi"))]
    number = add(library, scripted(repository(lambda asked: said[0])))
    harvest(library, number)
    said[0] = answer
    assert refused(library, number) is Trouble.NO_HARVEST
    with library.reading() as session:
        assert [one.title for one in finding.find(session, "anatomi")] == ["Anatomi"]


def test_a_list_without_an_end_is_broken_off(library, scripted, monkeypatch):
    count = iter(range(10**9))

    def answer(_asked):
        number = next(count)
        return page(*(dc(f"{number}-{at}", "X") for at in range(20)), token=str(number))

    monkeypatch.setattr(limits, "HARVEST", limits.Limit(100, "records"))
    number = add(library, scripted(repository(answer)))
    with pytest.raises(Refusal) as told:
        harvest(library, number)
    assert told.value.reason is Reason.FILE_TOO_LARGE
    assert len(kept_of(library, number)) <= 140


def kept_of(library, number):
    with library.reading() as session:
        asked = select(NeighbourTitle.id).where(NeighbourTitle.neighbour_id == number)
        return list(session.execute(asked).scalars())


def test_an_answer_of_any_length_is_not_read(library, scripted, monkeypatch):
    monkeypatch.setattr(limits, "HARVEST_ANSWER", limits.Limit(1 << 20, "bytes"))
    heap = page(*(dc(number, "X" * 1000) for number in range(2000)))
    number = add(library, scripted(repository(lambda asked: heap)))
    assert refused(library, number) is Trouble.NO_HARVEST
    assert kept_of(library, number) == []


def test_a_tower_of_elements_within_a_record_costs_only_itself(library, scripted):
    tower = b"<a>" * 150_000 + b"</a>" * 150_000
    high = b"<record><header><identifier>1</identifier></header><metadata>%s</metadata></record>"
    listed = [high % tower, dc(2, "Anatomi")]
    told = harvest(library, add(library, scripted(repository(lambda asked: page(*listed)))))
    assert (told.stored, told.unread) == (1, 1)


def test_a_record_longer_than_any_is_left_out(library, scripted):
    listed = [dc(1, "X" * 200_000), dc(2, "Anatomi")]
    told = harvest(library, add(library, scripted(repository(lambda asked: page(*listed)))))
    assert (told.stored, told.unread) == (1, 1)

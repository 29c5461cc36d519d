"""A batch as one file: from the dinas, and back to it."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date

import pytest
from sqlalchemy import select

from database import undo
from database.exchange import parcels
from database.exchange.parcels import Parcel
from database.holdings import deposit_copies, deposits, item_list
from database.imports import deposit_lists, deposit_parcels
from database.library import Library
from database.policy.house import ProfileFacts
from database.refusal import Reason, Refusal
from database.schema import Biblio
from tests.database.holdings.test_deposits import read, write
from tests.libraries import NOW

SENT = Parcel("Paket I/2027", "Dinas Perpustakaan", "RSUD", "BAST/12", NOW.date(), date(2030, 1, 1))


def sent(library, folder, parcel=SENT):
    """What the owner writes of all it has."""
    path = folder / f"paket{parcels.ENDING}"
    with library.reading() as session, path.open("wb") as stream:
        titles = list(session.scalars(select(Biblio.id)))
        deposit_parcels.write_titles(session, stream, titles, parcel)
    return path


def taken(library, path, folder):
    parcel, records = parcels.read(path, folder)
    number, _line = write(library, deposit_parcels.receive, parcel, "paket", NOW)
    filled = write(library, deposit_lists.fill, number, records, NOW)
    return number, filled


def opened(path):
    with zipfile.ZipFile(path) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def packed(folder, **parts):
    path = folder / "x.zip"
    with zipfile.ZipFile(path, "w") as target:
        for name, content in parts.items():
            target.writestr(name.replace("_", "."), content)
    return path


def test_a_batch_comes_and_goes_back_as_one_file(stocked, tmp_path):
    """The library sends itself what it has: its titles are met, its copies come as a batch."""
    path = sent(stocked, tmp_path)
    told = json.loads(opened(path)["kiriman.json"])
    assert told["format"] == "selasar-parcel"
    assert told["on"] == NOW.date().isoformat()
    number, filled = taken(stocked, path, tmp_path)
    batch = read(stocked, deposits.stored, number)
    assert (batch.name, batch.owner, batch.document) == ("Paket I/2027", SENT.sender, "BAST/12")
    assert batch.due_on == date(2030, 1, 1)
    assert filled.added == 0
    assert filled.copies == batch.total > 3
    copies = read(stocked, item_list.items_of_deposit, number)
    assert copies[0].barcode == "T1-001"
    assert "B000001" in {row.note for row in copies}, "the owner's own number is kept"

    write(stocked, deposit_copies.give_back, number, "T1-001", NOW)
    back = tmp_path / "kembali.zip"
    with stocked.reading() as session, back.open("wb") as stream:
        deposit_parcels.write_batch(
            session, stream, number, "RSUD", NOW, given_back=True, deed=b"%PDF"
        )
    parts = opened(back)
    assert parts["berita-acara.pdf"] == b"%PDF"
    parcel, records = parcels.read(back, tmp_path)
    assert (parcel.sender, parcel.recipient, parcel.given_back) == ("RSUD", SENT.sender, True)
    text = records.read_text(encoding="utf-8")
    assert text.count('tag="952"') == 1
    assert "T1-001" in text
    assert copies[0].note in text
    with pytest.raises(Refusal) as no:
        write(stocked, deposit_parcels.receive, parcel, "x", NOW)
    assert no.value.reason is Reason.PARCEL_GIVEN_BACK


def test_an_empty_library_takes_the_titles_too(stocked, tmp_path):
    library = Library.create(tmp_path / "empty.selasar", ProfileFacts(), NOW)
    path = sent(stocked, tmp_path, Parcel("", "Dinas"))
    parcel, records = parcels.read(path, tmp_path)
    number, received = write(library, deposit_parcels.receive, parcel, "paket", NOW)
    filled = write(library, deposit_lists.fill, number, records, NOW)
    assert filled.added > 0
    assert filled.met == 0
    assert read(library, deposits.stored, number).name == "paket"
    write(library, undo.undo, filled.line, NOW)
    write(library, undo.undo, received, NOW)
    assert read(library, deposits.rows) == []
    library.close()


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({}, Reason.NOT_A_PARCEL),
        ({"kiriman_json": "{}"}, Reason.NOT_A_PARCEL),
        ({"kiriman_json": "{}", "rekod_xml": ""}, Reason.NOT_A_PARCEL),
        ({"kiriman_json": "[1", "rekod_xml": ""}, Reason.FILE_DAMAGED),
        ({"kiriman_json": "[" * 60_000, "rekod_xml": ""}, Reason.FILE_DAMAGED),
        ({"kiriman_json": " " * 70_000, "rekod_xml": ""}, Reason.FILE_TOO_LARGE),
        (
            {"kiriman_json": '{"format": "selasar-parcel", "on": "31/1/27"}', "rekod_xml": ""},
            Reason.FILE_DAMAGED,
        ),
    ],
)
def test_what_is_no_batch_is_told(tmp_path, parts, reason):
    with pytest.raises(Refusal) as told:
        parcels.read(packed(tmp_path, **parts), tmp_path)
    assert told.value.reason is reason


def test_what_is_no_archive_is_told(tmp_path):
    path = tmp_path / "a.zip"
    with pytest.raises(Refusal) as told:
        parcels.read(path, tmp_path)
    assert told.value.reason is Reason.FILE_MISSING
    path.write_bytes(b"PK\x03\x04 nothing more")
    with pytest.raises(Refusal) as told:
        parcels.read(path, tmp_path)
    assert told.value.reason is Reason.NOT_A_PARCEL


def test_a_damaged_part_is_told(tmp_path):
    whole = io.BytesIO()
    parcels.write(whole, SENT, [])
    content = bytearray(whole.getvalue())
    at = content.index(b"kiriman.json") + len(b"kiriman.json") + 3
    content[at : at + 8] = b"\xff" * 8
    path = tmp_path / "a.zip"
    path.write_bytes(content)
    with pytest.raises(Refusal) as told:
        parcels.read(path, tmp_path)
    assert told.value.reason in {Reason.FILE_DAMAGED, Reason.NOT_A_PARCEL}

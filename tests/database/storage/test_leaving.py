"""A whole library leaves in open formats and comes back equal, from either engine to either."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import shutil
from pathlib import Path

import pytest
from sqlalchemy import inspect, select, text, update

from database.catalogue import digital, titles
from database.engine import engines
from database.engine.pausing import Cancelled
from database.exchange import found
from database.imports import copies_told
from database.library import Library
from database.refusal import Reason, Refusal
from database.reports import kept_figures, periods
from database.schema import Attachment, AttachmentContent, Base, Item, Journal, Patron, PatronPhoto
from database.search import search
from database.storage import arriving, checks, places
from tests.libraries import LIVED, NOW, ask_server

MONTHS = [f"{year}-{month:02}" for year in (2025, 2026) for month in range(1, 13)]
PDF = b"%PDF-1.4\n" + bytes(range(256)) * 40


class Texts:
    """Words as they are kept."""

    def heading(self, column):
        return column

    def said(self, column, code):
        return code

    def page(self, left):
        return f"<p>{left.rows}</p>"


def leave(library, folder, **more):
    return library.leave(folder, Texts(), "1.0", LIVED, **more)


def rows_of(library):
    """Every row of every table, but of the one that holds files only on a server, and of those of
    partners' catalogues, which are not ours to hand out."""
    with library.reading() as session:
        return {
            table.name: sorted(map(repr, session.execute(select(table))))
            for table in Base.metadata.sorted_tables
            if table.name != AttachmentContent.__tablename__
            and not table.name.startswith("neighbour")
        }


def bytes_of(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def figures_of(library):
    with library.reading() as session:
        return [
            kept_figures.canonical(periods.month_of(session, month, LIVED.date())[0])
            for month in MONTHS
            if month <= "2026-11"
        ]


def change_line(folder, name, number, change):
    """Change a row of an export, with all sums as if it had been written so."""
    path = folder / "selasar" / f"{name}.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    lines[number] = change(json.loads(lines[number]))
    path.write_bytes(b"".join(lines))
    seal(folder)


def seal(folder, **values):
    """Sums that fit the files as they are now, whoever changed them."""
    path = folder / "selasar/meta.json"
    told = json.loads(path.read_bytes()) | values
    told.pop("seal")
    for name in told["files"]:
        if (folder / name).is_file():
            content = (folder / name).read_bytes()
            told["files"][name] = [len(content), hashlib.sha256(content).hexdigest()]
    seal = hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
    path.write_text(json.dumps({**told, "seal": seal}), encoding="utf-8")


def as_line(row):
    return json.dumps(row).encode() + b"\n"


@pytest.fixture
def make_library(tmp_path, request):
    """Makes empty libraries on either engine."""
    opened = []

    def make(engine):
        where = str(tmp_path / f"baru{len(opened)}.db")
        if engine == "postgresql":
            prepared = request.getfixturevalue("prepared_database")
            where = request.getfixturevalue("new_database")()
            name = where.partition("?")[0].rpartition("/")[2]
            server = request.getfixturevalue("server")
            ask_server(server, f'CREATE DATABASE "{name}" TEMPLATE "{prepared}"')
        else:
            shutil.copy(request.getfixturevalue("prepared_file"), where)
        opened.append(Library.open(where))
        return opened[-1]

    yield make
    for one in opened:
        one.close()


@pytest.fixture
def filed(stocked, tmp_path):
    """A library with a file, a photograph, and a patron merged into a later one."""
    pdf = tmp_path / "panduan.pdf"
    pdf.write_bytes(PDF)
    with stocked.transaction() as session:
        ids = list(session.execute(select(Patron.id).order_by(Patron.id)).scalars())
        digital.attach_file(session, stocked.where, 1, pdf, NOW)
        session.add(PatronPhoto(patron_id=ids[1], media_type="image/png", content=b"\0\xff\n" * 9))
        session.execute(update(Patron).where(Patron.id == ids[0]).values(merged_into=ids[-1]))
        session.execute(
            update(Patron).where(Patron.id == ids[1]).values(note='Kata "kutip"; é \u2028 baris\n2')
        )
    return stocked


def test_two_years_go_to_the_other_engine_and_back_unchanged(lived, engine, make_library, tmp_path):
    other = "sqlite" if engine == "postgresql" else "postgresql"
    told = leave(lived, tmp_path / "satu")
    away = make_library(other)
    away.arrive(tmp_path / "satu")
    leave(away, tmp_path / "dua")
    home = make_library(engine)
    _told, contents = home.arrive(tmp_path / "dua")

    before = rows_of(lived)
    assert told.rows == sum(map(len, before.values()))
    assert told.missing == ()
    for library in (away, home):
        after = rows_of(library)
        assert after.keys() == before.keys()
        for name, rows in before.items():
            assert after[name] == rows, name
        with library.reading() as session:
            assert checks.check(session) == []
    assert contents == lived.contents()
    assert bytes_of(tmp_path / "dua") == bytes_of(tmp_path / "satu")
    assert figures_of(away) == figures_of(home) == figures_of(lived)
    with lived.reading() as old, home.reading() as new:
        assert search.search(new, "gizi").count == search.search(old, "gizi").count > 0


def test_numbers_go_on_after_the_highest(stocked, engine, make_library, tmp_path):
    leave(stocked, tmp_path / "keluar")
    library = make_library(engine)
    library.arrive(tmp_path / "keluar")
    with library.transaction() as session:
        highest = session.execute(select(Journal.id).order_by(Journal.id.desc()).limit(1)).scalar()
        record = next(titles.records(session))
        number = titles.add_biblio(session, record, NOW)
    with library.reading() as session:
        lines = session.execute(select(Journal.id, Journal.record_id)).all()
        assert (highest + 1, number) in [tuple(line) for line in lines]


def test_files_and_pictures_go_along(filed, engine, make_library, tmp_path):
    told = leave(filed, tmp_path / "keluar")
    sha256 = hashlib.sha256(PDF).hexdigest()
    assert told.files == 1
    assert (tmp_path / f"keluar/berkas/{sha256[:2]}/{sha256}.pdf").read_bytes() == PDF
    for target in ("sqlite", "postgresql"):
        library = make_library(target)
        library.arrive(tmp_path / "keluar")
        assert rows_of(library) == rows_of(filed)
        with library.transaction() as session:
            number = session.execute(select(Attachment.id)).scalar_one()
            place = digital.open_place(session, library.where, number, NOW)
        assert Path(place).read_bytes() == PDF


def test_a_file_that_is_gone_is_named_and_the_rest_leaves(filed, make_library, engine, tmp_path):
    with filed.transaction() as session:
        session.execute(update(Attachment).values(sha256="ab" * 32))
    assert leave(filed, tmp_path / "keluar").missing == ("panduan.pdf",)
    library = make_library(engine)
    library.arrive(tmp_path / "keluar")
    assert rows_of(library) == rows_of(filed)


def test_other_programs_and_people_can_read_it(stocked, tmp_path):
    told = leave(stocked, tmp_path / "keluar")
    folder = tmp_path / "keluar"
    with stocked.reading() as session:
        standing = session.execute(
            select(Item.barcode, Item.accession_number, Item.price, Item.status).where(
                Item.cancelled_at.is_(None)
            )
        ).all()
    with (folder / "eksemplar.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter=";"))
    assert [row["barcode"] for row in rows] == [one.barcode for one in standing]
    assert told.lists["eksemplar.csv"] == len(standing)
    with (folder / "katalog.xml").open("rb") as stream:
        entries = list(found.of_file(folder / "katalog.xml").records(stream))
    assert len(entries) == told.lists["judul.csv"] == told.lists["katalog.xml"]
    copies = [one for entry in entries for one in copies_told.copies_in(entry.record).copies]
    assert sorted((one.barcode, one.accession_number or None, one.price) for one in copies) == (
        sorted(tuple(one)[:3] for one in standing)
    )
    with (folder / "anggota.csv").open(encoding="utf-8-sig", newline="") as stream:
        names = [row["name"] for row in csv.DictReader(stream, delimiter=";")]
    assert "Rina" in " ".join(names)
    assert (folder / "BACA-SAYA.html").read_text("utf-8") == f"<p>{told.rows}</p>"
    assert arriving.is_export(folder)
    assert not arriving.is_export(folder / "selasar")
    assert not arriving.is_export(folder / "katalog.xml")


def test_a_folder_that_holds_something_is_left_alone(stocked, tmp_path):
    (tmp_path / "penting.txt").write_text("x")
    for place in (tmp_path, tmp_path / "penting.txt"):
        with pytest.raises(Refusal) as told:
            leave(stocked, place)
        assert told.value.reason is Reason.FOLDER_NOT_EMPTY
    assert (tmp_path / "penting.txt").read_text() == "x"


@pytest.mark.parametrize("after", [0, 3, 40, 75])
def test_cancelled_it_leaves_nothing(stocked, tmp_path, after):
    seen = []

    def cancelled():
        return len(seen) > after

    (tmp_path / "ada").mkdir()
    for folder in (tmp_path / "baru", tmp_path / "ada"):
        seen.clear()
        with pytest.raises(Cancelled):
            leave(stocked, folder, report=lambda *told: seen.append(told), cancelled=cancelled)
        assert not any(folder.iterdir()) if folder.name == "ada" else not folder.exists()
    assert all(done <= total for done, total in seen)


def test_an_import_cancelled_leaves_the_library_as_it_was(stocked, engine, make_library, tmp_path):
    leave(stocked, tmp_path / "keluar")
    library = make_library(engine)
    before, seen = rows_of(library), []
    for after in (0, 90, 200):
        seen.clear()
        with pytest.raises(Cancelled):
            library.arrive(
                tmp_path / "keluar",
                report=lambda *told: seen.append(told),
                cancelled=lambda after=after: len(seen) > after,
            )
        assert rows_of(library) == before


def test_a_library_with_work_in_it_is_never_written_over(stocked, engine, make_library, tmp_path):
    leave(stocked, tmp_path / "keluar")
    library = make_library(engine)
    library.arrive(tmp_path / "keluar")
    for one in (library, stocked):
        before = rows_of(one)
        with pytest.raises(Refusal) as told:
            one.arrive(tmp_path / "keluar")
        assert told.value.reason is Reason.LIBRARY_NOT_EMPTY
        assert rows_of(one) == before


# --- damaged, strange and hostile folders


def flip(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


DAMAGES = {
    "a byte of a table": lambda folder: flip(folder / "selasar/item.jsonl"),
    "a byte of the contents": lambda folder: flip(folder / "selasar/meta.json"),
    "a byte of a file": lambda folder: flip(next(folder.glob("berkas/*/*"))),
    "a table gone": lambda folder: (folder / "selasar/item.jsonl").unlink(),
    "a file gone": lambda folder: next(folder.glob("berkas/*/*")).unlink(),
    "a table cut off": lambda folder: (folder / "selasar/patron.jsonl").write_bytes(
        (folder / "selasar/patron.jsonl").read_bytes()[:-20]
    ),
    "no contents": lambda folder: (folder / "selasar/meta.json").unlink(),
    "endless": lambda folder: (folder / "selasar/meta.json").write_text(
        '{"format":"selasar-export","rows":{"item":Infinity}}'
    ),
    "nonsense": lambda folder: (folder / "selasar/meta.json").write_bytes(b"[" * 200_000),
}

HOSTILE = {
    "a text as number": lambda row: as_line(row | {"id": "1; DROP TABLE item"}),
    "a number without end": lambda row: as_line(row | {"id": 10**40}),
    "a broken number": lambda row: as_line(row | {"id": 1.5}),
    "true as number": lambda row: as_line(row | {"id": True}),
    "a day that is none": lambda row: as_line(row | {"accessioned_on": "2027-02-31"}),
    "a moment without zone": lambda row: as_line(row | {"created_at": "2027-02-01T10:00:00"}),
    "a moment before time": lambda row: as_line(row | {"created_at": "0001-01-01T00:00:00+14:00"}),
    "a list": lambda row: as_line([1, 2]),
    "another column": lambda row: as_line(row | {"secret": 1}),
    "a column gone": lambda row: as_line({"id": row["id"]}),
    "nothing where something must be": lambda row: as_line(row | {"barcode": None}),
    "a state that is none": lambda row: as_line(row | {"status": "burnt"}),
    "a copy of no title": lambda row: as_line(row | {"biblio_id": 999_999}),
    "half a sign": lambda row: as_line(row | {"note": "\ud800"}),
    "the same twice": lambda row: as_line(row | {"id": 2}),
    "no JSON": lambda row: b"}{\n",
    "no text": lambda row: b"\xff\xfe\n",
    "depths": lambda row: b"[" * 100_000 + b"\n",
    "a line more": lambda row: as_line(row) + as_line(row | {"id": 9999, "barcode": "X9999"}),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_folder_is_refused_and_nothing_changes(
    filed, engine, make_library, tmp_path, damage
):
    folder = tmp_path / "keluar"
    leave(filed, folder)
    DAMAGES[damage](folder)
    library = make_library(engine)
    before = rows_of(library)
    with pytest.raises(Refusal) as told:
        library.arrive(folder)
    assert told.value.reason is Reason.EXPORT_DAMAGED
    assert rows_of(library) == before


def test_rows_that_are_none_are_refused_however_well_sealed(
    stocked, engine, make_library, tmp_path
):
    folder = tmp_path / "keluar"
    leave(stocked, folder)
    library = make_library(engine)
    before, whole = rows_of(library), (folder / "selasar/item.jsonl").read_bytes()
    for name, change in HOSTILE.items():
        (folder / "selasar/item.jsonl").write_bytes(whole)
        change_line(folder, "item", 0, change)
        with pytest.raises(Refusal) as told:
            library.arrive(folder)
        assert told.value.reason is Reason.EXPORT_DAMAGED, name
        assert rows_of(library) == before, name
    (folder / "selasar/item.jsonl").write_bytes(whole)
    titles_whole = (folder / "selasar/biblio.jsonl").read_bytes()
    for record in ("", "}{", "[1]", '{"fields":[{"245":{"subfields":[[]]}}]}', "[" * 99_999):
        (folder / "selasar/biblio.jsonl").write_bytes(titles_whole)
        change_line(folder, "biblio", 0, lambda row, record=record: as_line(row | {"marc": record}))
        with pytest.raises(Refusal) as told:
            library.arrive(folder)
        assert told.value.facts["path"] == "selasar/biblio.jsonl"
    (folder / "selasar/biblio.jsonl").write_bytes(titles_whole)
    seal(folder)
    library.arrive(folder)
    assert rows_of(library) == rows_of(stocked)


@pytest.mark.parametrize(
    "name",
    ["berkas/../../rahasia", "berkas/aa/../../../rahasia", "/etc/passwd", "berkas/aa/b.pdf"],
)
def test_a_name_never_leads_out_of_the_folder(stocked, engine, make_library, tmp_path, name):
    folder = tmp_path / "keluar"
    leave(stocked, folder)
    (tmp_path / "rahasia").write_bytes(PDF)
    library = make_library(engine)
    files = json.loads((folder / "selasar/meta.json").read_bytes())["files"]
    seal(folder, files={**files, name: [len(PDF), hashlib.sha256(PDF).hexdigest()]})
    if name.startswith("berkas"):
        with pytest.raises(Refusal) as told:
            library.arrive(folder)
        assert told.value.reason is Reason.EXPORT_DAMAGED
        assert library.contents().titles == 0
    else:
        library.arrive(folder)
        assert rows_of(library) == rows_of(stocked)


def test_a_line_without_end_is_not_read_into_memory(
    stocked, engine, make_library, tmp_path, monkeypatch
):
    folder = tmp_path / "keluar"
    leave(stocked, folder)
    monkeypatch.setattr("database.storage.export_folder.LONGEST", 4000)
    change_line(folder, "item", 0, lambda row: as_line(row | {"note": "x" * 5000}))
    library = make_library(engine)
    with pytest.raises(Refusal) as told:
        library.arrive(folder)
    assert told.value.facts["path"] == "selasar/item.jsonl"


def test_a_newer_export_is_told_as_such(stocked, engine, make_library, tmp_path):
    leave(stocked, tmp_path / "keluar")
    library = make_library(engine)
    for values in ({"schema": "9999"}, {"layout": 2}):
        seal(tmp_path / "keluar", **{"schema": places.NEWEST, "layout": 1, **values})
        with pytest.raises(Refusal) as told:
            library.arrive(tmp_path / "keluar")
        assert told.value.reason is Reason.LIBRARY_NEWER
    for schema in ("", "0000", "../x", "0013; --"):
        seal(tmp_path / "keluar", schema=schema, layout=1)
        with pytest.raises(Refusal) as told:
            library.arrive(tmp_path / "keluar")
        assert told.value.reason in (Reason.EXPORT_DAMAGED, Reason.LIBRARY_NEWER)


@pytest.mark.parametrize("schema", ["0020", "0026"])
def test_an_export_of_an_older_version_is_brought_up_to_date(
    stocked, engine, make_library, tmp_path, schema
):
    folder = tmp_path / "keluar"
    leave(stocked, folder)
    columns = columns_of(tmp_path / "dulu.db", schema)
    for path in sorted((folder / "selasar").glob("*.jsonl")):
        kept = columns.get(path.stem)
        rows = [json.loads(line) for line in path.read_bytes().splitlines()]
        if kept is None:
            path.unlink()
        else:
            path.write_bytes(
                b"".join(as_line({k: v for k, v in row.items() if k in kept}) for row in rows)
            )
    told = json.loads((folder / "selasar/meta.json").read_bytes())
    gone = {f"selasar/{name}.jsonl" for name in told["rows"] if name not in columns}
    seal(
        folder,
        schema=schema,
        rows={name: count for name, count in told["rows"].items() if name in columns},
        files={name: about for name, about in told["files"].items() if name not in gone},
    )
    library = make_library(engine)
    library.arrive(folder)
    assert library.contents() == stocked.contents()
    asked = "SELECT biblio_id, barcode, accession_number, price, item.call_number, marc, title_key"
    told = text(f"{asked} FROM item JOIN biblio ON biblio.id = biblio_id ORDER BY item.id")
    with library.reading() as new, stocked.reading() as old:
        assert new.execute(told).all() == old.execute(told).all()
        assert search.search(new, "kebidanan").count == search.search(old, "kebidanan").count
    with library.reading() as session:
        assert checks.check(session) == []


def columns_of(path, schema):
    """The tables of an older version, and what columns each had."""
    engine = engines.connect(str(path))
    places.migrate(engine, schema)
    looked = inspect(engine)
    found = {
        name: {one["name"] for one in looked.get_columns(name)}
        for name in looked.get_table_names()
        if not re.search("_words|alembic|attachment_content", name)
    }
    engine.dispose()
    return found


def test_what_others_do_meanwhile_is_not_half_in_it(stocked, tmp_path, make_library, engine):
    """The folder shows one moment, though the desk works on."""
    done = []

    def desk_works(_done, _total):
        if not done:
            done.append(True)
            with stocked.transaction() as session:
                session.execute(text("UPDATE biblio SET title = 'Lain'"))
                session.execute(text("UPDATE item SET note = 'Lain'"))

    before = rows_of(stocked)
    leave(stocked, tmp_path / "keluar", report=desk_works)
    library = make_library(engine)
    library.arrive(tmp_path / "keluar")
    assert rows_of(library) == before

"""MARC records and files: nothing lost, damage told, neighbours unharmed."""

from __future__ import annotations

import contextlib
import io
import json
import tracemalloc
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from database.description import iso2709, marc
from database.description.marc import Field, MarcError, Record
from database.description.projection import project
from database.exchange import file_format, marc8
from database.exchange import found as files
from database.refusal import Reason, Refusal


def record(title="Judul", number="1", **more):
    fields = [Field("001", number), Field("245", None, "10", [("a", title)])]
    return Record(fields=[*fields, *more.get("fields", [])])


def write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def outcomes(path: Path) -> list[str]:
    """The title, or the reason there is none, of every piece of a file."""
    return [one.reason or project(one.record).title for one in files.records_of(path)]


GOOD = [iso2709.serialise(record(f"Buku {n}", str(n))) for n in range(3)]


def test_a_damaged_record_never_costs_its_neighbours(tmp_path):
    broken = GOOD[1][:40]
    path = write(tmp_path / "x.mrc", GOOD[0] + broken + GOOD[2])
    assert outcomes(path) == ["Buku 0", "cut_off", "Buku 2"]


def test_a_cut_off_end_is_told(tmp_path):
    path = write(tmp_path / "x.mrc", GOOD[0] + GOOD[1][:-20])
    assert outcomes(path) == ["Buku 0", "cut_off"]


@pytest.mark.parametrize("length", [b"00000", b"99999", b"abcde", b"00010"])
def test_a_wrong_length_is_forgiven(tmp_path, length):
    path = write(tmp_path / "x.mrc", GOOD[0] + length + GOOD[1][5:] + GOOD[2])
    assert outcomes(path) == ["Buku 0", "Buku 1", "Buku 2"]


def test_blanks_and_lines_between_records_do_not_matter(tmp_path):
    path = write(tmp_path / "x.mrc", b"\r\n".join(GOOD) + b"\n\x1a")
    assert outcomes(path) == ["Buku 0", "Buku 1", "Buku 2"]


def test_a_lying_directory_is_read_by_its_terminators():
    raw = bytearray(GOOD[0])
    raw[24 + 3 : 24 + 7] = b"9999"
    assert iso2709.parse(bytes(raw)) == iso2709.parse(GOOD[0])


def test_broken_utf8_is_told_and_its_neighbours_read(tmp_path):
    raw = iso2709.serialise(record("Kebidanan é", "1")).replace("é".encode(), b"\xe9\xff")
    path = write(tmp_path / "x.mrc", GOOD[0] + raw + GOOD[2])
    assert outcomes(path) == ["Buku 0", "Kebidanan éÿ", "Buku 2"]
    assert [one.mended for one in files.records_of(path)] == ["", "bad_encoding", ""]


def test_marc8_becomes_unicode():
    raw = iso2709.serialise(record("Mu~noz", "1")).replace(b"~n", b"\xe4n")
    raw = raw[:9] + b" " + raw[10:]
    assert project(iso2709.parse(raw)).title == "Muñoz"


def test_utf8_that_claims_to_be_marc8_is_believed():
    raw = iso2709.serialise(record("Muñoz", "1"))
    assert project(iso2709.parse(raw[:9] + b" " + raw[10:])).title == "Muñoz"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", Reason.FILE_EMPTY),
        (b"\n \r\n\x00", Reason.FILE_EMPTY),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(256)) * 40, Reason.FILE_OF_OTHER_KIND),
        (b"\x89PNG\r\n\x1a\n\x00\x00" + b"\x1d\x1e\x1f" * 90, Reason.FILE_OF_OTHER_KIND),
        (b"judul,pengarang\nBuku,Siti\n", Reason.FILE_OF_OTHER_KIND),
        (b"PK\x03\x04\x14\x00" + bytes(200), Reason.FILE_OF_OTHER_KIND),
    ],
)
def test_what_is_no_marc_file(tmp_path, content, reason):
    with pytest.raises(Refusal) as told:
        list(files.records_of(write(tmp_path / "x.mrc", content)))
    assert told.value.reason is reason


def test_a_missing_file_and_a_folder(tmp_path):
    for path in (tmp_path / "none.mrc", tmp_path):
        with pytest.raises(Refusal) as told:
            list(files.records_of(path))
        assert told.value.reason is Reason.FILE_MISSING


def test_broken_xml_keeps_what_came_before(tmp_path):
    stream = io.BytesIO()
    files.write(stream, [record("Satu"), record("Dua")], "marcxml")
    path = write(tmp_path / "x.xml", stream.getvalue()[:-60])
    assert outcomes(path)[0] == "Satu"
    assert outcomes(path)[-1] == "bad_xml"


def test_other_xml_and_json_are_told(tmp_path):
    with pytest.raises(Refusal) as told:
        outcomes(write(tmp_path / "a.xml", b"<html><body/></html>"))
    assert told.value.reason is Reason.FILE_OF_OTHER_KIND
    assert outcomes(write(tmp_path / "e.xml", b"<invoice><no>1</no></invoice>")) == ["foreign_xml"]
    assert outcomes(write(tmp_path / "b.json", b'{"a": 1}')) == ["bad_json"]
    assert outcomes(write(tmp_path / "c.json", b"[1, 2")) == ["bad_json", "bad_json"]
    assert outcomes(write(tmp_path / "d.json", b"[" * 100_000)) == ["not_marc"]


def test_a_json_file_is_read_a_block_at_a_time(tmp_path):
    """Pretty or all in one line: what is held at once does not grow with the file."""
    peaks = []
    for count in (40, 2_000):
        listed = [json.loads(marc.to_json(record(f"Buku {n}"))) for n in range(count)]
        for indent in (None, 2):
            path = write(tmp_path / "x.json", json.dumps(listed, indent=indent).encode())
            tracemalloc.start()
            assert sum(one.record is not None for one in files.records_of(path)) == count
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
    assert max(peaks) < 2_000_000


@pytest.mark.parametrize("form", files.forms())
def test_what_is_held_at_once_does_not_grow_with_the_file(tmp_path, form):
    """A reader that kept a hundred bytes of each record would be noticed."""
    listed = [
        record(f"Buku {n}", fields=[Field("520", None, "  ", [("a", "x" * 900)])])
        for n in range(100)
    ]
    peaks = []
    for times in (3, 15):
        with (tmp_path / "x").open("wb") as stream:
            files.write(stream, listed * times, form)
        tracemalloc.start()
        assert (
            sum(one.record is not None for one in files.records_of(tmp_path / "x")) == 100 * times
        )
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.1 * peaks[0] + 30_000


@pytest.mark.parametrize("blank", [b"\x1fa tidak ada akhirnya", b"\x00", b" "])
def test_a_stretch_without_end_is_given_up_and_what_follows_is_read(tmp_path, blank):
    with (tmp_path / "x.mrc").open("wb") as stream:
        stream.write(GOOD[0])
        for _ in range(20):
            stream.write(blank * ((1 << 20) // len(blank)))
        stream.write(b"\x1d" + GOOD[1])
    tracemalloc.start()
    found = outcomes(tmp_path / "x.mrc")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (found[0], found[-1]) == ("Buku 0", "Buku 1")
    assert peak < 5 * file_format.LONGEST


def test_one_mistaken_record_of_a_json_file_costs_no_other(tmp_path):
    good = [marc.to_json(record(f"Buku {n}")).encode() for n in range(3)]
    for between in (b",\n", b",", b"\n"):
        broken = between.join([good[0], good[1].replace(b'"fields":', b'"fields"', 1), good[2]])
        for text in (b"[" + broken + b"]", broken):
            path = write(tmp_path / "x.json", text)
            assert outcomes(path) == ["Buku 0", "bad_json", "Buku 2"]
    bad = good[1].replace(b"Buku", b"B\xffku")
    path = write(tmp_path / "x.json", b"[" + b",".join([good[0], bad, good[2]]) + b"]")
    assert outcomes(path) == ["Buku 0", "Bÿku 1", "Buku 2"]
    assert [one.mended for one in files.records_of(path)] == ["", "bad_encoding", ""]


def test_entities_do_not_explode(tmp_path):
    bomb = b'<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
    )
    bomb += b"]><collection><record><leader/><datafield/>&j;</record></collection>"
    assert outcomes(write(tmp_path / "x.xml", bomb))[-1] in {"bad_xml", "empty_record"}


def test_a_record_with_a_field_of_a_hundred_thousand_letters_survives_json_and_xml(tmp_path):
    big = record("Besar", fields=[Field("520", None, "  ", [("a", "x" * 100_000)])])
    for form in ("marcxml", "json"):
        with (tmp_path / form).open("wb") as stream:
            assert files.write(stream, [big], form) == (1, [])
        assert next(files.records_of(tmp_path / form)).record.fields == big.fields
    with (tmp_path / "mrc").open("wb") as stream:
        assert files.write(stream, [big, record()], "mrc") == (1, [1])


@pytest.mark.parametrize("count", [0, 1, 3])
def test_json_is_one_array_and_is_read_again(tmp_path, count):
    originals = [record(f"Buku {n}", str(n)) for n in range(count)]
    path = tmp_path / "x.json"
    with path.open("wb") as stream:
        files.write(stream, originals, "json")
    loaded = json.loads(path.read_text(encoding="utf-8"))
    assert [one["fields"][1]["245"]["subfields"][0]["a"] for one in loaded] == [
        f"Buku {n}" for n in range(count)
    ]
    read = [one.record for one in files.records_of(path)]
    assert read == originals if count else read == [None]
    path.write_text(json.dumps(loaded, indent=2), encoding="utf-8")
    if count:
        assert [one.record for one in files.records_of(path)] == originals


def test_html_and_formulas_in_a_title_are_text():
    found = project(record('<b>=HYPERLINK("x")</b> & co'))
    assert found.title == '<b>=HYPERLINK("x")</b> & co'


TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20)
DATA = st.builds(
    Field,
    tag=st.from_regex(r"[1-9][0-9]{2}", fullmatch=True),
    value=st.none(),
    indicators=st.from_regex(r"[ 0-9]{2}", fullmatch=True),
    subfields=st.lists(
        st.tuples(st.from_regex(r"[a-z0-9]", fullmatch=True), TEXT), min_size=1, max_size=4
    ),
)
CONTROL = st.builds(Field, tag=st.sampled_from(["001", "003", "008"]), value=TEXT)


@settings(max_examples=150, deadline=None)
@given(fields=st.lists(st.one_of(CONTROL, DATA), min_size=1, max_size=8))
def test_what_is_written_is_read_again(fields):
    """Any record goes out and comes in with the same fields, indicators, order."""
    original = Record(fields=fields)
    assert iso2709.parse(iso2709.serialise(original)).fields == fields
    assert marc.from_json(marc.to_json(original)) == original


@settings(max_examples=100, deadline=None)
@given(noise=st.binary(max_size=300), at=st.integers(0, len(GOOD[0])))
def test_any_bytes_end_in_a_record_or_a_reason(noise, at):
    raw = GOOD[0][:at] + noise + GOOD[0][at:]
    for piece in raw.split(b"\x1d"):
        try:
            assert isinstance(iso2709.parse(piece + b"\x1d"), Record)
        except MarcError as error:
            assert error.reason


def test_every_real_file_ends_in_records_or_reasons(shared_data):
    """And what was read goes out and comes in again, field by field."""
    read = 0
    for path in sorted(shared_data.rglob("*")):
        if not path.is_file() or path.suffix not in {
            ".mrc",
            ".marc",
            ".dat",
            ".xml",
            ".marcxml",
            ".usmarc",
            ".json",
        }:
            continue
        try:
            for one in files.records_of(path):
                assert (one.record is None) == bool(one.reason)
                if one.record:
                    read += 1
                    assert marc.from_json(marc.to_json(one.record)) == one.record
                    _same_over_iso2709(one.record)
        except Refusal as told:
            assert told.reason in {Reason.FILE_OF_OTHER_KIND, Reason.FILE_EMPTY}
    assert read > 4_000


@pytest.fixture(scope="module")
def originals(shared_data):
    """Every record of the real files that is one."""
    found = []
    for path in sorted((shared_data / "marc").rglob("*")):
        if path.is_file():
            with contextlib.suppress(Refusal):
                found += [one.record for one in files.records_of(path) if one.record]
    return found


@pytest.mark.parametrize("form", [name for name, one in files.forms().items() if one[2].whole])
def test_all_real_records_go_out_and_come_in_the_same(originals, tmp_path, form):
    """Leader, fields, indicators, subfields and order, in every format we write."""
    out = tmp_path / f"all.{form}"
    with out.open("wb") as stream:
        written, left = files.write(stream, originals, form)
    kept = [one for place, one in enumerate(originals, 1) if place not in left]
    again = [one.record for one in files.records_of(out)]
    assert written == len(kept) == len(again) > 3_000
    differing = [
        place
        for place, (one, other) in enumerate(zip(kept, again, strict=True))
        if _fits(one, form) and _comparable(one, form) != _comparable(other, form)
    ]
    assert differing == []
    assert sum(not _fits(one, form) for one in kept) < 20


@pytest.mark.parametrize(
    "text",
    ["Kesehatan ibu", "José Łukasz Đặng", "Ṣāliḥ", "Достоевский, Ф. М.", "שלום", "محمد",
     "東京大学", "Σωκράτης", "a — b “c”", "x\u0323y"],
)  # fmt: skip
def test_marc_8_says_the_same_or_stays_utf_8(text):
    raw = marc8.to_iso2709(record(title=text))
    found = iso2709.parse(raw).fields[-1].subfields[0][1]
    assert unicodedata.normalize("NFC", found) == unicodedata.normalize("NFC", text)


def test_what_marc_8_lacks_stays_in_utf_8():
    assert marc8.to_iso2709(record(title="ꦗꦮ"))[9:10] == b"a"
    assert marc8.to_iso2709(record(title="Müller"))[9:10] == b" "
    assert b"M\xe8uller" in marc8.to_iso2709(record(title="Müller"))


def _fits(record: Record, form: str) -> bool:
    """Whether the format can hold a record as it is; a few real ones break every rule."""
    if form == "marcxml":
        texts = [record.leader] + [one.value or "" for one in record.fields]
        texts += [value for one in record.fields for _code, value in one.subfields]
        return not any(sign < " " and sign not in "\t\n\r" for text in texts for sign in text)
    return record.leader.isascii() and all(
        len(one.tag) == 3
        and (one.tag < "010") == (one.value is not None)
        and "\x1f" not in (one.value or "")
        for one in record.fields
    )


def _comparable(record: Record, form: str) -> list[tuple]:
    """What the format is able to hold: ISO 2709 sets lengths and encoding in the leader, XML
    has no control signs."""
    iso = form in ("mrc", "marc8")
    leader = record.leader[5:9] + record.leader[17:20] if iso else record.leader

    def told(text: str | None) -> str | None:
        # MARC-8 keeps letters and marks apart; put together they are the same text.
        return unicodedata.normalize("NFC", text) if text and form == "marc8" else text

    fields = [
        (
            one.tag,
            told(one.value),
            one.indicators,
            tuple((code, told(value)) for code, value in one.subfields),
        )
        for one in record.fields
    ]
    return [leader, *fields]


def test_the_whole_fields_of_a_record_that_is_cut_off_are_saved(tmp_path):
    long = iso2709.serialise(
        record("Buku", "9", fields=[Field("500", None, "  ", [("a", "x" * 90)])])
    )
    path = write(tmp_path / "x.mrc", long[:-20] + GOOD[1])
    first, second = files.records_of(path)
    assert [one.tag for one in first.record.fields] == ["001", "245"]
    assert (first.mended, second.mended) == ("cut_off", "")


def _same_over_iso2709(original: Record) -> None:
    try:
        again = iso2709.parse(iso2709.serialise(original))
    except MarcError as error:
        assert error.reason in {"too_long"}
        return
    kept = [one for one in original.fields if not _holds_delimiters(one)]
    if len(kept) == len(original.fields):
        assert [one.tag for one in again.fields] == [one.tag[:3].ljust(3) for one in kept]
        assert [one.subfields for one in again.fields] == [one.subfields for one in kept]


def _holds_delimiters(one: Field) -> bool:
    """Fields a MARCXML file may hold and ISO 2709 cannot: control tags with data, no letters."""
    text = json.dumps([one.value, one.subfields])
    shaped = (one.value is None) == (not (one.tag < "010" and one.tag.isdigit()))
    return (
        any(sign in text for sign in ("\\u001d", "\\u001e", "\\u001f"))
        or not shaped
        or not one.tag.isascii()
        or (one.value is None and not one.subfields)
        or any(not code for code, _ in one.subfields)
    )

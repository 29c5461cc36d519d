"""Whatever one record holds, it costs no other; what could be mended is mended alone, and told."""

from __future__ import annotations

import json

import pytest

from database.description import iso2709
from database.description.marc import Field, Record, tag_of
from database.description.projection import project
from database.exchange import found
from database.text.bad_bytes import mended
from database.text.whole_numbers import whole


def record(title="Judul", extra=()):
    return Record(fields=[Field("245", None, "10", [("a", title)]), *extra])


def read(path, content):
    path.write_bytes(content)
    return list(found.records_of(path))


def outcomes(path, content):
    return [one.reason or (project(one.record).title, one.mended) for one in read(path, content)]


def xml(*records):
    return b"<collection>" + b"".join(records) + b"</collection>"


def marcxml(title, more=""):
    return (
        f'<record><leader>00000nam a2200000 a 4500</leader><datafield tag="245" ind1="1" ind2="0">'
        f'<subfield code="a">{title}</subfield></datafield>{more}</record>'
    ).encode()


def marc8(*subfields):
    """A record that says MARC-8, of one title made of raw bytes."""
    body = b"10" + b"".join(subfields) + b"\x1e"
    base = 24 + 12 + 1
    head = b"%05dnam  22%05d   4500" % (base + len(body) + 1, base)
    return head + b"245%04d00000\x1e" % len(body) + body + b"\x1d"


@pytest.mark.parametrize("end", [b"\x1b", b"\x1b(", b"\x1b$", b"\x1b$,", b"\x1b)", b"\x1b$)"])
def test_a_marc_8_field_that_ends_inside_an_escape_is_read(tmp_path, end):
    assert outcomes(tmp_path / "x.mrc", marc8(b"\x1faBuku" + end))[0][0] == "Buku"


@pytest.mark.parametrize("charset", [b"\x1b$1", b"\x1b$,1"])
@pytest.mark.parametrize("cut", [1, 2])
def test_a_sign_that_its_field_cuts_off_is_a_blank_and_told_to_nobody(
    tmp_path, capfd, charset, cut
):
    whole = charset + b"!0!"
    raw = marc8(b"\x1fa" + whole + b"!0!"[:cut])
    (entry,) = read(tmp_path / "x.mrc", raw)
    assert project(entry.record).title == "\u4e00"
    assert capfd.readouterr().err == ""


def test_subfield_codes_are_never_letters_of_an_alphabet(tmp_path):
    raw = marc8(b"\x1fa\x1b(NBUKU", b"\x1fbANAK\x1b(B")
    (entry,) = read(tmp_path / "x.mrc", raw)
    assert [code for code, _ in entry.record.fields[0].subfields] == ["a", "b"]


def test_only_the_bad_byte_is_mended_and_told(tmp_path):
    raw = iso2709.serialise(record("Ṣāliḥ — kesehatan ibu"))
    bad = raw.replace(b"ibu", b"\xe9bu")
    assert outcomes(tmp_path / "x.mrc", raw + bad + raw) == [
        ("Ṣāliḥ — kesehatan ibu", ""),
        ("Ṣāliḥ — kesehatan ébu", "bad_encoding"),
        ("Ṣāliḥ — kesehatan ibu", ""),
    ]
    assert mended(b"\xc3\xa9 \xe9 \xe2\x82") == "é é â‚"


def test_one_bad_byte_of_xml_is_mended_in_its_own_record(tmp_path):
    bad = marcxml("Ilmu bedah — é").replace("é".encode(), b"\xe9")
    content = xml(marcxml("Satu"), bad, marcxml("Dua\x0b — tiga"))
    assert outcomes(tmp_path / "x.xml", content) == [
        ("Satu", ""),
        ("Ilmu bedah — é", "bad_encoding"),
        ("Dua — tiga", ""),
    ]


@pytest.mark.parametrize(
    "broken",
    [
        b"<record><leader>x</leader><datafield tag=245></record>",
        b"<record><leader>x</leader><datafield tag='245'><subfield code='a'>A & B</subfield>"
        b"</datafield></record>",
        b"<record><leader>x</leader><datafield tag='245'></record>",
        b"<record><leader>x</leader><y:datafield/></record>",
        b"<record>" + b"<a>" * 20_000 + b"</record>",
    ],
)
def test_a_record_that_is_no_xml_costs_only_itself(tmp_path, broken):
    content = xml(marcxml("Satu"), broken, marcxml("Dua"), broken, marcxml("Tiga"))
    told = outcomes(tmp_path / "x.xml", content)
    assert [one for one in told if one != "bad_xml"] == [("Satu", ""), ("Dua", ""), ("Tiga", "")]
    assert told.count("bad_xml") == 2


def test_a_declared_entity_is_refused_and_a_named_one_is_read(tmp_path):
    lent = b'<!DOCTYPE collection SYSTEM "http://x/y.dtd">' + xml(marcxml("Ren&eacute;&nbsp;X"))
    assert outcomes(tmp_path / "a.xml", lent) == [("René X", "")]
    own = b'<!DOCTYPE c [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + xml(marcxml("&x;"))
    assert outcomes(tmp_path / "b.xml", own) == ["bad_xml"]


def test_fields_without_a_tag_and_tags_without_their_noughts_are_kept(tmp_path):
    more = '<datafield ind1=" " ind2=" "><subfield code="a">lepas</subfield></datafield>'
    more += '<controlfield tag="8">x</controlfield>'
    (entry,) = read(tmp_path / "x.xml", xml(marcxml("Satu", more)))
    assert project(entry.record).title == "Satu"
    assert [one.tag for one in entry.record.fields] == ["245", "   ", "008"]
    plain = json.dumps({"leader": "x", "fields": [{"": "y"}, {"245": {"subfields": [{"a": "S"}]}}]})
    assert outcomes(tmp_path / "x.json", plain.encode()) == [("S", "")]
    assert (tag_of("24"), tag_of("9999"), tag_of("abcd")) == ("024", "999", "abc")


def test_a_digit_that_is_no_number_is_none():
    assert [whole(text) for text in ("12", " 7 ", "²", "٣", "5²", "", "-1", "9" * 5000)] == [
        12, 7, None, None, None, None, None, None,
    ]  # fmt: skip
    field = Field("245", None, "1²", [("a", "The heart")])
    assert project(Record(fields=[field])).title_key == "the heart"


@pytest.mark.parametrize("code", "knp")
def test_a_title_of_only_a_form_a_number_or_a_part_is_a_title(code):
    assert project(Record(fields=[Field("245", None, "00", [(code, "Arsip")])])).title == "Arsip"


def test_a_title_shorter_than_its_article_still_has_a_key():
    assert project(Record(fields=[Field("245", None, "09", [("a", "Luka")])])).title_key == "luka"


def test_a_line_break_inside_a_json_text_is_taken(tmp_path):
    plain = '{"leader":"x","fields":[{"245":{"subfields":[{"a":"Satu\ndua"}]}}]}'
    assert outcomes(tmp_path / "x.json", plain.encode()) == [("Satu dua", "")]


def test_half_a_letter_and_a_number_of_a_hundred_thousand_digits_end_no_json_file(tmp_path):
    half = '{"leader":"x","fields":[{"245":{"subfields":[{"a":"Satu \\ud800"}]}}]}'
    long = '{"leader":"x","fields":[{"245":{"subfields":[{"a":' + "9" * 100_000 + "}]}}]}"
    told = outcomes(tmp_path / "x.json", f"{half}\n{long}\n{half}".encode())
    assert told[0] == told[2] == ("Satu \ufffd", "bad_encoding")
    assert told[1][0].startswith("9999")


def test_a_directory_closed_by_another_sign_is_taken_by_its_base_address(tmp_path):
    raw = iso2709.serialise(record("Satu", [Field("500", None, "  ", [("a", "x")])]))
    base = int(raw[12:17])
    wrong = raw[: base - 1] + b"\x1f" + raw[base:]
    assert outcomes(tmp_path / "x.mrc", wrong + raw) == [("Satu", ""), ("Satu", "")]


def test_control_signs_of_008_become_blanks_in_xml(tmp_path):
    fixed = "260101s2019    io a\x1f\x0b" + " " * 14 + "ind d"
    with (tmp_path / "x.xml").open("wb") as stream:
        found.write(stream, [record("S", [Field("008", fixed)])], "marcxml")
    (entry,) = found.records_of(tmp_path / "x.xml")
    assert entry.record.control("008") == fixed.replace("\x1f", " ").replace("\x0b", " ")
    assert entry.record.control("008")[35:38] == "ind"


def test_xml_of_another_kind_is_told_as_such(tmp_path):
    other = b'<?xml version="1.0"?><rss><channel><title>Berita</title></channel></rss>'
    assert outcomes(tmp_path / "x.xml", other) == ["foreign_xml"]


def test_a_file_without_an_end_needs_little_memory(tmp_path):
    import tracemalloc

    path = tmp_path / "x.xml"
    path.write_bytes(xml(marcxml("Satu"), b"<record><leader/>" + b"<a>x</a>" * 1_000_000))
    tracemalloc.start()
    told = outcomes(path, path.read_bytes())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert told == [("Satu", ""), "bad_xml"]
    assert peak < 200 << 20

"""Files nobody should have made, as they were met: each is refused with the limit it broke, within
little memory. Read in a process of its own, which may not have more."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

from database import limits
from database.exchange import extent, found
from database.refusal import Refusal
from desktop.words.sentences import refusal

ROOT = Path(__file__).resolve().parents[3]
MEGABYTES = 400
_PROBE = """
import json, sys
from pathlib import Path
if sys.platform.startswith("linux"):
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]) << 20,) * 2)
from database.exchange import found
from database.refusal import Refusal
from database.sources import looking
told = {"reasons": [], "records": 0}
path = Path(sys.argv[1])
looked = looking.look(path)
if looked.refusal is not None:
    told["refusal"] = looked.refusal.reason.value
    told["facts"] = {k: v for k, v in looked.refusal.facts.items()}
elif looked.parts[0].what == "records":
    for entry in found.records_of(path):
        told["records"] += entry.record is not None
        if entry.reason not in told["reasons"]:
            told["reasons"].append(entry.reason)
print(json.dumps(told))
"""


def read(path: Path, megabytes: int = MEGABYTES):
    """What a file is read as, in a process with so much room."""
    done = subprocess.run(
        [sys.executable, "-c", _PROBE, str(path), str(megabytes)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def sparse(path: Path, head: bytes, size: int) -> Path:
    """A file of `size` bytes that takes no disk."""
    with path.open("wb") as stream:
        stream.write(head)
        stream.truncate(size)
    return path


def test_a_stray_cell_in_the_last_corner_is_named(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "Judul", "x"
    book.save(tmp_path / "daftar.xlsx")
    told = read(tmp_path / "daftar.xlsx")
    assert (told["refusal"], told["facts"]["far"]) == ("file_too_large", "XFD1048576")
    with pytest.raises(Refusal) as no:
        found.sheets_of(tmp_path / "daftar.xlsx")
    assert "XFD1048576" in refusal(no.value)
    assert "5.000.000" in refusal(no.value)


_ODS = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
    '<office:spreadsheet><table:table table:name="S">{rows}</table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)
_KIND = "application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = (
    '<?xml version="1.0"?><manifest:manifest '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry '
    f'manifest:full-path="/" manifest:media-type="{_KIND}"/></manifest:manifest>'
)
_CELL = '<table:table-cell office:value-type="string"{more}><text:p>x</text:p></table:table-cell>'
_BLANK_ROWS = (
    '<table:table-row table:number-rows-repeated="1048574">'
    '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
)


def ods(path: Path, rows: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", _KIND, zipfile.ZIP_STORED)
        packed.writestr("content.xml", _ODS.format(rows=rows))
        packed.writestr("META-INF/manifest.xml", _MANIFEST)
    return path


def test_repeated_cells_are_counted_and_blank_ones_are_not(tmp_path):
    row = "<table:table-row>" + _CELL.format(more="") + "</table:table-row>"
    usual = ods(tmp_path / "a.ods", row + row + _BLANK_ROWS)
    assert "refusal" not in read(usual)
    wide = _CELL.format(more=' table:number-columns-repeated="16384"')
    full = f'<table:table-row table:number-rows-repeated="1048576">{wide}</table:table-row>'
    assert read(ods(tmp_path / "b.ods", full))["refusal"] == "file_too_large"
    assert read(ods(tmp_path / "c.ods", row + _BLANK_ROWS + full))["refusal"] == "file_too_large"


def test_a_binary_workbook_is_measured_by_its_records(tmp_path):
    def record(kind: int, content: bytes) -> bytes:
        return bytes([kind, len(content)]) + content

    cells = record(0, (0).to_bytes(4, "little") + bytes(13)) + record(2, bytes(12))
    far = record(0, (1_048_575).to_bytes(4, "little") + bytes(13))
    far += record(2, (16_383).to_bytes(4, "little") + bytes(8))
    with zipfile.ZipFile(tmp_path / "x.xlsb", "w") as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("xl/worksheets/sheet1.bin", cells + far)
    with pytest.raises(Refusal) as told:
        extent.must_be_bounded(tmp_path / "x.xlsb")
    assert told.value.facts["far"] == "XFD1048576"


def test_text_of_half_a_gigabyte_is_not_begun(tmp_path):
    told = read(sparse(tmp_path / "a.csv", b"judul;pengarang\na;b\n", 500 << 20))
    assert told["refusal"] == "file_too_large"
    assert told["facts"]["most"] == limits.TEXT.most


def test_text_of_too_many_cells_is_not_taken_apart(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"a;b;c;d\n" * 2_000_000)
    told = read(tmp_path / "a.csv")
    assert (told["refusal"], told["facts"]["unit"]) == ("file_too_large", "cells")


def test_a_page_whose_cells_span_thousands_is_refused(tmp_path):
    cell = "<td colspan=1000 rowspan=1000>x</td>"
    (tmp_path / "a.html").write_text(f"<html><table>{f'<tr>{cell * 10}</tr>' * 600}</table></html>")
    assert read(tmp_path / "a.html", 900)["refusal"] == "file_too_large"


_MARCXML = b'<?xml version="1.0"?><collection xmlns="http://www.loc.gov/MARC21/slim">'


@pytest.mark.parametrize("within", [b"", b"<record>"])
def test_a_tower_of_elements_is_no_record(tmp_path, within):
    (tmp_path / "a.xml").write_bytes(_MARCXML + within + b"<a>" * (5 << 20) + b"</a>" * (5 << 20))
    assert read(tmp_path / "a.xml")["reasons"] == ["bad_xml"]


def test_a_record_without_an_end_and_xml_of_no_records_need_no_memory(tmp_path):
    other = b'<other a="1">text of it</other>\n' * 10_000
    with (tmp_path / "a.xml").open("wb") as stream:
        stream.write(_MARCXML + b"<record>")
        stream.writelines([other] * 200)
    assert read(tmp_path / "a.xml")["reasons"] == ["bad_xml"]
    with (tmp_path / "b.xml").open("wb") as stream:
        stream.write(_MARCXML)
        stream.writelines([other] * 60)
        stream.write(b"</collection>")
    assert read(tmp_path / "b.xml")["reasons"] == ["not_marc"]


@pytest.mark.parametrize("text", ["{" * (4 << 20), '{"a":' * (1 << 20), '[{"leader":' * 400_000])
def test_braces_without_an_end_are_no_record(tmp_path, text):
    (tmp_path / "a.json").write_text(text)
    told = read(tmp_path / "a.json")
    assert told.get("refusal") == "file_of_other_kind" or told["reasons"] == ["bad_json"]


def test_a_number_of_two_hundred_thousand_digits_is_a_text(tmp_path):
    digits = "9" * 200_000
    fields = f'[{{"245":{{"subfields":[{{"a":{digits}}}]}}}}]'
    (tmp_path / "a.json").write_text(f'[{{"leader": {digits}, "fields": {fields}}}]')
    assert read(tmp_path / "a.json")["records"] == 1


def test_a_list_of_contents_that_points_before_the_file_is_damage(tmp_path):
    row = "<table:table-row>" + _CELL.format(more="") + "</table:table-row>"
    path = ods(tmp_path / "a.ods", row)
    content = bytearray(path.read_bytes())
    content[-6:-2] = (int.from_bytes(content[-6:-2], "little") + 5_000).to_bytes(4, "little")
    path.write_bytes(content)
    assert read(path)["refusal"] == "file_damaged"

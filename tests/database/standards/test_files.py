"""The files of the standards: a new one is found, and what the program does not know is refused by
file and line."""

from __future__ import annotations

import shutil

import pytest

from database.standards import accreditation, files, standards
from desktop.words.register_words import AREAS, UNITS

GOOD = """
[standard]
code = "percobaan"
name = "Percobaan"
edition = "Edisi 1"
kind = "{kind}"
verified = false
source = "percobaan"

[[indicator]]
code = "K01"
area = "collection"
name = "Judul"
measure = "titles"
unit = "titles"
operator = ">="
threshold = "10"
article = ""
source = "percobaan"

[[indicator]]
code = "K02"
area = "collection"
name = "Eksemplar"
measure = "copies"
unit = "copies"
operator = ">="
threshold = ""
article = ""
source = "percobaan"
"""


@pytest.fixture
def folder(tmp_path):
    """The shipped files, and room for one more."""
    return shutil.copytree(files.SHIPPED, tmp_path / "standards")


def read(folder):
    return files.standards_in(folder, standards.MEASURES)


@pytest.mark.parametrize("kind", ["snp", "iso", "uplm"])
def test_a_standard_is_one_new_file_of_any_kind(folder, kind):
    (folder / "percobaan.toml").write_text(GOOD.format(kind=kind), encoding="utf-8")
    found = read(folder)
    assert set(found) == {*standards.standards(), "percobaan"}
    assert [one.threshold for one in found["percobaan"].indicators] == [10.0, None]


def test_an_instrument_is_one_new_file(folder):
    shipped = (folder / "accreditation-2022.toml").read_text(encoding="utf-8")
    newer = shipped.replace('"accreditation-2022"', '"accreditation-2027"')
    newer = newer.replace("in_force = true\n", "")
    (folder / "accreditation-2027.toml").write_text(newer, encoding="utf-8")
    assert set(files.instruments_in(folder)) == {"accreditation-2022", "accreditation-2027"}


@pytest.mark.parametrize(
    ("right", "wrong", "line", "said"),
    [
        ('kind = "snp"', 'kind = "snq"', 6, "kind “snq”"),
        ('measure = "copies"', 'measure = "copiez"', 25, "measure “copiez”"),
        ('measure = "titles"', 'measure = "titels"', 14, "measure “titels”"),
        ('unit = "copies"', 'unit = "books"', 26, "unit “books”"),
        ('threshold = "10"', 'threshold = "sepuluh"', 17, "“sepuluh”"),
        ('code = "K02"', 'code = "K01"', 22, "“K01” stands twice"),
        ('article = ""\nsource = "percobaan"\n\n', 'artikel = ""\n\n', 18, "key “artikel”"),
        ('area = "collection"\nname = "Judul"', 'name = "Judul"', 10, "no “area”"),
        ("verified = false", "verified = false\nin_force = true", 8, "snp-7-2022.toml is in force"),
        ('code = "percobaan"', 'code = "uplm"', 3, "“uplm”"),
    ],
)
def test_what_is_not_known_is_refused_by_file_and_line(folder, right, wrong, line, said):
    text = GOOD.format(kind="snp")
    assert right in text
    # Last in the alphabet, so that it is the newcomer that is named.
    (folder / "zz-baru.toml").write_text(text.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(files.BadFile) as told:
        read(folder)
    assert said in str(told.value)
    assert str(told.value).startswith("zz-baru.toml, line ")
    assert f", line {line}:" in str(told.value)


def test_a_file_that_is_no_toml_is_named(folder):
    (folder / "zz.toml").write_text("[standard\n", encoding="utf-8")
    with pytest.raises(files.BadFile, match=r"zz\.toml: .*line 1"):
        read(folder)


def test_one_edition_of_each_kind_is_in_force():
    assert standards.in_force() == "snp-7-2022"
    assert accreditation.instrument().code == "accreditation-2022"


def test_every_unit_and_area_has_its_word():
    assert set(UNITS) == files.UNITS
    assert set(AREAS) == files.AREAS

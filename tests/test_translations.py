"""The catalogue: complete, placeholders equal, one language spoken throughout."""

from __future__ import annotations

import ast
import io
import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
PO = ROOT / "resources" / "translations" / "id" / "LC_MESSAGES" / "selasar.po"
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
PLACEHOLDER = re.compile(r"\{(\w*)[^}]*\}|%(?:\(\w+\))?[sdr]")


@pytest.fixture(scope="module")
def catalogue():
    return read_po(io.BytesIO(PO.read_bytes()), locale="id")


@pytest.fixture(scope="module")
def spoken():
    """Every source string of the desktop and its pages, the first form of counted ones."""
    found = [
        *extract_from_dir(ROOT / "desktop", [("**.py", "python")], keywords=KEYWORDS),
        *extract_from_dir(ROOT / "resources" / "web", [("**.html", "jinja2")], keywords=KEYWORDS),
    ]
    return {(text if isinstance(text, str) else text[0]) for _, _, text, _, _ in found} - {""}


def _pairs(catalogue):
    for one in catalogue:
        if one.id:
            source = one.id if isinstance(one.id, str) else one.id[0]
            yield source, one.string if isinstance(one.string, str) else one.string[0], one


def test_nothing_is_untranslated_or_doubtful(catalogue, spoken):
    said = {source for source, target, one in _pairs(catalogue) if target and not one.fuzzy}
    assert spoken - said == set()


def test_nothing_is_kept_that_nobody_says(catalogue, spoken):
    assert {source for source, _, _ in _pairs(catalogue)} - spoken == set()


def test_placeholders_are_the_same(catalogue):
    for source, target, _ in _pairs(catalogue):
        assert sorted(PLACEHOLDER.findall(source)) == sorted(PLACEHOLDER.findall(target)), source


def test_ends_and_spaces_agree(catalogue):
    for source, target, _ in _pairs(catalogue):
        assert source[-1:].isspace() == target[-1:].isspace(), source
        assert (source[-1] in ".…?:") == (target[-1] in ".…?:"), source
        assert "!" not in target, target


def test_glossary_words_are_used(catalogue):
    """The words librarians know, and not their poorer rivals."""
    words = " ".join(target for _, target, _ in _pairs(catalogue)).lower()
    for rival in ("salinan buku", "member ", "user ", "hapus permanen", "klik"):
        assert rival not in words, rival


def test_no_string_is_glued_or_formatted_inside_the_call():
    """f-strings and % inside _() cannot be found by any translator."""
    bad = re.compile(r"\b(?:_|N_|ngettext)\(\s*(?:f[\"']|[\"'][^\"']*[\"']\s*(?:%|\+))")
    for path in (ROOT / "desktop").rglob("*.py"):
        assert not bad.search(path.read_text(encoding="utf-8")), path


def test_no_text_is_spoken_inside_an_f_string():
    """Babel sees an f-string as one word where Python is older than 3.12: never translated."""
    found = [
        f"{path.relative_to(ROOT)}:{call.lineno} {ast.unparse(call)}"
        for path in (ROOT / "desktop").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.JoinedStr)
        for call in ast.walk(node)
        if isinstance(call, ast.Call)
        and getattr(call.func, "id", "") in KEYWORDS
        and isinstance(call.args[0], ast.Constant)
    ]
    assert found == [], "say it before, into a name: " + "; ".join(found)


def test_counted_phrases_have_one_form_in_indonesian(catalogue):
    assert catalogue.num_plurals == 1


_COUNTED = re.compile(r"\{(\w+)\} (?:(?!between|their)[a-z]+ )?([a-z]+)\b")
NEVER_ONE = frozenset({"all", "least", "most"})
"""Placeholders of a limit or a whole: more than one by what they are."""
NOT_COUNTED = {
    "On an open day {n} people came on average.": "a mean, with its decimal",
}


def _nouns(catalogue):
    """Each word that stands counted in many somewhere, and otherwise for one."""
    counted = [one.id for one in catalogue if isinstance(one.id, tuple)]
    for one, many in counted:
        ones = {noun for _name, noun in _COUNTED.findall(one)}
        yield from (noun for _name, noun in _COUNTED.findall(many) if noun not in ones)


def test_what_is_counted_has_a_form_for_one(catalogue):
    """ "1 titles": a sentence that counts several things is made of `language.counted`."""
    nouns = {
        noun for noun in _nouns(catalogue) if noun.endswith("s") or noun in {"copies", "people"}
    }
    assert {"copies", "days", "loans", "titles"} <= nouns
    found = []
    for one in catalogue:
        source = one.id if isinstance(one.id, str) else one.id[0]
        if source in NOT_COUNTED:
            continue
        found += [
            f"{source[:70]!r}: {name} {noun}"
            for name, noun in _COUNTED.findall(source)
            if noun in nouns and name not in NEVER_ONE
        ]
    assert found == [], "\n".join(found)
    assert set(NOT_COUNTED) <= {one.id for one in catalogue if isinstance(one.id, str)}


def test_both_languages_speak():
    from desktop.words import language

    language.use("id")
    assert language._("Home") == "Beranda"
    assert language.ngettext("{n} day late", "{n} days late", 3).format(n=3) == "terlambat 3 hari"
    language.use("en")
    assert language._("Home") == "Home"
    assert language.ngettext("{n} day late", "{n} days late", 3).format(n=3) == "3 days late"


DOUBLES = {
    r"\b[Bb]arcode\b": "barkod",
    r"\b[Pp]eladen\b": "server",
    r"\b[Cc]antuman\b": "rekod",
    r"\b[Cc]acah ulang\b": "stok opname",
    r"\b[Nn]omor induk\b": "nomor inventaris",
    r"\b[Nn]omor (HP|ponsel)\b": "nomor telepon",
    r"\b[Bb]uku tamu\b": "buku pengunjung",
    r"\b[Cc]etakan\b": "dokumen cetak",
    r"\bpengelapan\b": "pembersihan",
    r"\bberseri\b": "berkala",
    r"\b([Mm]e|di)lupakan\b|\blupakan\b": "hapus data",
    r"\b(di)?[Bb]etulkan\b": "perbaiki",
    r"\b[Ss]lip pinjam\b": "struk peminjaman",
    r"\b(awal|akhir) bulan\b": "awal, akhir periode",
    r"\banggota aktif\b|\bAnggota aktif\b": "anggota (kartu berlaku), or peminjam aktif",
}
"""Words for what is called by another everywhere else, and that one."""


def test_one_thing_has_one_word(catalogue):
    said = [
        f"{source[:60]!r} says {found[0]!r}: {better}"
        for source, target, _ in _pairs(catalogue)
        for pattern, better in DOUBLES.items()
        if (found := re.search(pattern, PLACEHOLDER.sub("", target)))
    ]
    assert said == []

"""Names of files made of what people typed, taken by Windows too."""

from __future__ import annotations

import re
from pathlib import Path, PureWindowsPath

import pytest

from desktop.file_names import safe, with_ending

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("0001/KW/RSUD/XI/2026", "0001-KW-RSUD-XI-2026"),
        ('RSUD "Bhakti": Perpustakaan?', "RSUD -Bhakti-- Perpustakaan"),
        ("RSUD 日 é", "RSUD 日 é"),
        ("CON", "CON_"),
        ("Laporan.", "Laporan"),
        ("..", "Lembar"),
        ("  ", "Lembar"),
        ("a\tb\nc\x00d", "a-b-c-d"),
        ("x" * 300, "x" * 120),
    ],
)
def test_what_was_typed_becomes_a_name(tmp_path, typed, name):
    assert safe(typed, ".pdf") == f"{name}.pdf"
    (tmp_path / safe(typed, ".pdf")).write_bytes(b"")
    assert not PureWindowsPath(safe(typed, ".pdf")).is_reserved()


def test_dots_of_a_chosen_name_are_no_ending():
    assert with_ending("/d/Daftar v1.2", ".pdf") == Path("/d/Daftar v1.2.pdf")
    assert with_ending("/d/Daftar.PDF", ".pdf") == Path("/d/Daftar.PDF")


def test_no_file_is_named_by_hand():
    """A name of data goes through `safe`."""
    by_hand = re.compile(r'f"[^"\n]*\{[^"\n]*\.(pdf|csv|xlsx|json|txt|zip)"|\.with_suffix\("\.')
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in (ROOT / "desktop").rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if by_hand.search(line) and path.name != "file_names.py" and "safe(" not in line
    ]
    assert found == []

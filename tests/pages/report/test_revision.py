"""What the table of a revision calls the figures it changes."""

from __future__ import annotations

from types import SimpleNamespace

from desktop.pages.report.revision import _name


def test_kinds_counted_as_one_are_named_and_never_shown_as_codes():
    month = SimpleNamespace(categories={"patient": "Pasien", "family": "Keluarga pasien"})
    assert _name("patient", month, {}) == "Pasien"
    assert _name("patient+family", month, {}) == "Pasien dan Keluarga pasien"

"""Folders that a service takes out of the house, by whichever sign."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from database.storage.mirrored import service


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("OneDrive/Documents", "OneDrive"),
        ("OneDrive - RSUD Contoh/Dokumen", "OneDrive"),
        ("Google Drive/Selasar", "Google Drive"),
        ("My Drive", "Google Drive"),
        ("Dropbox (Perpustakaan)/x", "Dropbox"),
        ("Library/Mobile Documents/com~apple~CloudDocs", "iCloud"),
        ("Nextcloud", "Nextcloud"),
        ("Documents/Selasar/Backups", ""),
        ("OneDriveku/Documents", ""),
        ("Omega", ""),
    ],
)
def test_by_the_names_of_the_folders(folder, name):
    assert service(Path("/home/perpus") / folder, {}) == name


def test_by_what_windows_says(tmp_path):
    told = {"OneDriveCommercial": str(tmp_path / "Awan")}
    assert service(tmp_path / "Awan" / "Dokumen" / "Backups", told) == "OneDrive"
    assert service(tmp_path / "Awan-lain", told) == ""


@pytest.mark.parametrize("mark", [".dropbox.cache", ".stfolder", ".nextcloudsync.log"])
def test_by_what_a_service_leaves(tmp_path, mark):
    (tmp_path / mark).mkdir()
    assert service(tmp_path / "Selasar" / "not there yet", {})


def test_by_the_note_of_dropbox(tmp_path):
    (tmp_path / "Dropbox").mkdir()
    note = tmp_path / "Dropbox" / "info.json"
    note.write_text(json.dumps({"personal": {"path": str(tmp_path / "Kotak")}}), encoding="utf-8")
    told = {"LOCALAPPDATA": str(tmp_path)}
    assert service(tmp_path / "Kotak" / "Backups", told) == "Dropbox"
    for broken in ("", "[]", '{"personal": 1}', "{"):
        note.write_text(broken, encoding="utf-8")
        assert service(tmp_path / "Kotak" / "Backups", told) == ""

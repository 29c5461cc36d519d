"""Whether a folder is copied to somebody else's computers by a service that mirrors it.

A library holds the names of patients: a mirrored copy of it is their health data in a cloud. And
a service that copies a library's file while it is written may put a broken one in its place.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path

_BY_NAME = (
    ("OneDrive", re.compile(r"OneDrive(?: ?- ?.+)?", re.IGNORECASE)),
    ("Google Drive", re.compile(r"Google ?Drive(?:[ -].+)?|My Drive|Drive Saya", re.IGNORECASE)),
    ("Dropbox", re.compile(r"Dropbox(?: \(.+\))?", re.IGNORECASE)),
    ("iCloud", re.compile(r"iCloud ?Drive|Mobile Documents|com~apple~CloudDocs", re.IGNORECASE)),
    ("Nextcloud", re.compile(r"Nextcloud|ownCloud", re.IGNORECASE)),
    ("MEGA", re.compile(r"MEGA(?:sync)?(?: Downloads)?")),
    ("pCloud", re.compile(r"p ?Cloud ?Drive", re.IGNORECASE)),
    ("Syncthing", re.compile(r"Syncthing", re.IGNORECASE)),
)
"""How the services name their folders, in any language we met."""
_BY_MARK = (
    ("Dropbox", ".dropbox.cache"),
    ("Google Drive", ".tmp.driveupload"),
    ("Nextcloud", ".nextcloudsync.log"),
    ("Nextcloud", ".owncloudsync.log"),
    ("Syncthing", ".stfolder"),
)
"""What they leave in the folder they mirror, whatever its name."""
_ONEDRIVE = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
"""Where Windows says in the environment that OneDrive's folders are."""


def service(folder: Path, environment: Mapping[str, str] | None = None) -> str:
    """The name of the service that mirrors `folder`, which need not stand yet; "" for none."""
    told = os.environ if environment is None else environment
    folder = folder.absolute()
    within = [folder, *folder.parents]
    for name in _ONEDRIVE:
        if told.get(name) and Path(told[name]) in within:
            return "OneDrive"
    if any(place in within for place in _dropbox(told)):
        return "Dropbox"
    for place in within:
        for name, form in _BY_NAME:
            if form.fullmatch(place.name):
                return name
        for name, mark in _BY_MARK:
            if (place / mark).exists():
                return name
    return ""


def _dropbox(told: Mapping[str, str]) -> list[Path]:
    """Its folders by its own note of them, which stands where no folder is called Dropbox."""
    folders = [(told.get(name), "Dropbox") for name in ("LOCALAPPDATA", "APPDATA")]
    notes = [
        Path(base, name, "info.json")
        for base, name in [*folders, (told.get("HOME"), ".dropbox")]
        if base
    ]
    return [path for note in notes if note.is_file() for path in _paths(note)]


def _paths(note: Path) -> list[Path]:
    try:
        accounts = json.loads(note.read_text(encoding="utf-8"))
        return [Path(one["path"]) for one in accounts.values()]
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        # Another program's note, in whatever form it has by now: then the names must do.
        return []

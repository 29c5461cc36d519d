"""Announce a setup as an update: `python -m installer.release SETUP --key FILE` writes
selasar-update.json and its signature beside the setup; put the three into the library's folder or
on its page. `--new-key FILE` makes a publisher's key and prints the line for update-keys.txt.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import os
import re
import sys
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from desktop import __version__
from desktop.running.updates import ANNOUNCEMENT, SIGNATURE

CHANGES = Path(__file__).resolve().parent.parent / "CHANGELOG.md"
_LANGUAGES = {"Indonesia": "id", "English": "en"}
_PART = re.compile(r"^## (\S+)[^\n]*\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_NEWS = re.compile(r"^### (\w+)\n(.*?)(?=^### |\Z)", re.MULTILINE | re.DOTALL)


def news(version: str, text: str) -> dict[str, list[str]]:
    """The lines of a version's part of CHANGELOG.md, by language.

    Raises ValueError where a version or a language is missing: it would be announced unsaid.
    """
    part = dict(_PART.findall(text)).get(version)
    if part is None:
        raise ValueError(f"CHANGELOG.md has no part for {version}")
    bodies = {_LANGUAGES[name]: body for name, body in _NEWS.findall(part) if name in _LANGUAGES}
    found = {
        code: [" ".join(line.split()) for line in re.split(r"^- ", body, flags=re.M)[1:]]
        for code, body in bodies.items()
    }
    if missing := [code for code in _LANGUAGES.values() if not found.get(code)]:
        raise ValueError(f"CHANGELOG.md, {version}: nothing in {missing}")
    return found


def announce(setup: Path, key: Ed25519PrivateKey, version: str = __version__) -> Path:
    """Write the announcement and its signature beside `setup`."""
    content = setup.read_bytes()
    told = {
        "version": version,
        "file": setup.name,
        "sha256": hashlib.sha256(content).hexdigest(),
        "size": len(content),
        "news": news(version, CHANGES.read_text(encoding="utf-8")),
    }
    text = json.dumps(told, ensure_ascii=False, indent=1).encode()
    target = setup.with_name(ANNOUNCEMENT)
    target.write_bytes(text)
    setup.with_name(SIGNATURE).write_bytes(base64.b64encode(key.sign(text)) + b"\n")
    return target


def new_key(file: Path) -> str:
    """Make a publisher's key, readable to its owner alone; its public half for update-keys.txt.

    Raises FileExistsError: a key is never written over.
    """
    key = Ed25519PrivateKey.generate()
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(base64.b64encode(key.private_bytes_raw()) + b"\n")
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return base64.b64encode(public).decode()


def main() -> int:
    """Announce, or make a key."""
    asked = argparse.ArgumentParser(prog="python -m installer.release", description=__doc__)
    asked.add_argument("setup", type=Path, nargs="?")
    asked.add_argument("--key", type=Path)
    asked.add_argument("--new-key", type=Path)
    given = asked.parse_args()
    if given.new_key:
        sys.stdout.write(f"{new_key(given.new_key)}\n")
        return 0
    if not given.setup or not given.key:
        asked.error("a setup and --key, or --new-key")
    secret = base64.b64decode(given.key.read_bytes())
    sys.stdout.write(f"{announce(given.setup, Ed25519PrivateKey.from_private_bytes(secret))}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

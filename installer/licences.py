"""`python -m installer.licences`: write resources/licences.toml, the parts shipped with the program
and under which licence each is, out of what they say themselves.

Run it after a dependency has changed; a test compares the list with what is installed.
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

FILE = Path(__file__).resolve().parent.parent / "resources" / "licences.toml"
_OTHERS = (
    ("Python", "PSF-2.0", "Python Software Foundation"),
    ("Qt", "LGPL-3.0-only", "The Qt Company Ltd."),
    ("SQLite", "blessing", "D. Richard Hipp"),
    ("PDFium", "BSD-3-Clause AND Apache-2.0", "The PDFium Authors"),
    ("Inter", "OFL-1.1", "The Inter Project Authors"),
    ("Lucide", "ISC", "Lucide Contributors"),
    ("MiniSearch", "MIT", "Luca Ongaro"),
    ("pywin32-ctypes", "BSD-3-Clause", "Enthought, Inc."),
    ("tzdata", "Apache-2.0", "Python Software Foundation"),
)
"""What comes inside of packages, as data, or on Windows alone."""
_SAID = {
    "MIT License": "MIT",
    "MIT license": "MIT",
    "The MIT License (MIT)": "MIT",
    "BSD": "BSD-3-Clause",
    "BSD License": "BSD-3-Clause",
    "Apache Software License": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0-only",
    "GNU Lesser General Public License v3 or later (LGPLv3+)": "LGPL-3.0-or-later",
    "GNU Library or Lesser General Public License (LGPL)": "LGPL-2.1-or-later",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.1-or-later",
    "BSD-3-Clause, Apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0",
    "ISC License (ISCL)": "ISC",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
"""Licences as old metadata call them, by their SPDX names."""
_UNTOLD = {"pymarc": "BSD-2-Clause", "pyrage": "MIT"}
"""Of those whose licence stands only in a file beside them."""
_SHORT = 60
"""A longer text is the licence itself, not its name."""


def shipped(root: str = "selasar") -> list[Distribution]:
    """The packages that the program needs on this platform, directly or through others."""
    found: dict[str, Distribution] = {}
    waiting = [root]
    while waiting:
        name = _plain(waiting.pop())
        if name in found:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            continue  # of another platform
        for text in found[name].requires or ():
            wanted = Requirement(text)
            if wanted.marker is None or wanted.marker.evaluate({"extra": ""}):
                waiting.append(wanted.name)
    del found[root]
    return [found[name] for name in sorted(found)]


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def licence_of(part: Distribution) -> str:
    """Its licence by its SPDX name, as far as it tells one; "" where it tells none."""
    told = part.metadata
    if expression := told.get("License-Expression"):
        return str(expression)
    signs = [one.rpartition(" :: ")[2] for one in told.get_all("Classifier") or ()
             if one.startswith("License ::") and not one.endswith("OSI Approved")]  # fmt: skip
    for one in (*signs, str(told.get("License") or "").strip()):
        if one and len(one) <= _SHORT and "\n" not in one:
            return _SAID.get(one, one)
    return _UNTOLD.get(_plain(told["Name"]), "")


def text() -> str:
    """The file as it should be."""
    rows = [(part.metadata["Name"], licence_of(part), _author(part)) for part in shipped()]
    lines = ["# Written by installer.licences; parts that are shipped, and their licences."]
    for name, licence, author in (*_OTHERS, *sorted(rows, key=lambda row: row[0].lower())):
        lines += ["", "[[part]]", f"name = {_quoted(name)}", f"licence = {_quoted(licence)}"]
        lines += [f"author = {_quoted(author)}"] if author else []
    return "\n".join(lines) + "\n"


def _author(part: Distribution) -> str:
    """Who made it, without addresses."""
    told = part.metadata.get("Author") or part.metadata.get("Author-email") or ""
    names = [re.sub(r"\s*<[^>]*>", "", one).strip(' "') for one in str(told).split(",")]
    return ", ".join(one for one in names if one and "@" not in one)[:80]


def _quoted(said: str) -> str:
    plain = " ".join(said.split()).replace("\\", "").replace('"', "'")
    return f'"{plain}"'


def main() -> int:
    """Write the file."""
    FILE.write_text(text(), encoding="utf-8")
    sys.stdout.write(f"{FILE.name}: {len(shipped()) + len(_OTHERS)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Compile every resources/translations/*/LC_MESSAGES/*.po to the .mo read at run time.

Run by the build (so that `pip install` needs no second step) and by the tests.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # outside a build only the function is wanted
    BuildHookInterface = object

ROOT = Path(__file__).resolve().parent.parent


def compile_all(root: Path = ROOT) -> list[Path]:
    """Write each catalogue that is missing or older than its source; return those written."""
    written = []
    for source in sorted((root / "resources" / "translations").glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as stream:
            catalogue = read_po(stream, locale=source.parts[-3])
        with target.open("wb") as stream:
            write_mo(stream, catalogue)
        written.append(target)
    return written


class TranslationsHook(BuildHookInterface):
    """Hatch calls this before it builds, editable installs included."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before files are collected."""
        compile_all(Path(self.root))


if __name__ == "__main__":
    compile_all()

"""What goes into the frozen program; plain Python, known to the tests. See also left_out.py."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

from desktop import __version__ as VERSION  # noqa: N812 - the one place that says it
from desktop.commands import subcommands

ROOT = Path(__file__).resolve().parent.parent
NAME = "selasar"
DIST = ROOT / "dist"
MARK = ROOT / "build" / "mark"
ENTRY = ROOT / "desktop" / "__main__.py"

# Read from files when the program runs; Alembic loads its migrations from files, too.
DATA_FOLDERS = (
    "resources/classification",
    "resources/fonts",
    "resources/help",
    "resources/icons",
    "resources/mark",
    "resources/sounds",
    "resources/standards",
    "resources/translations",
    "resources/web",
    "database/migrations",
)
DATA_SUFFIXES = (".toml", ".qss", ".csv", ".txt", ".icc")

# Imported late or by a name made at run time, where following imports does not find them.
LATE = (
    *subcommands.MODULES,
    "logging.config",
    "sqlalchemy.dialects.sqlite.pysqlite",
    "sqlalchemy.dialects.postgresql.psycopg",
    "psycopg_binary",
    "psycopg_binary.pq",
    "psycopg_binary._psycopg",
    "alembic.command",
    "alembic.ddl.sqlite",
    "alembic.ddl.postgresql",
    "anyascii",
    "arabic_reshaper",
    "barcode.codex",
    "barcode.ean",
    "bidi",
    "cql.lexer",
    "cql.parser",
    "holidays.countries.indonesia",
    "isbnlib",
    "pymarc.marc8",
    "pypdfium2",
    "reportlab.platypus",
    "segno",
    "stdnum.isbn",
    "starlette.routing",
    "uvicorn.lifespan.off",
    "uvicorn.loops.asyncio",
    "uvicorn.protocols.http.h11_impl",
)

# SQLAlchemy's dialect reads the version of psycopg from its metadata and refuses an unknown one.
METADATA = ("psycopg", "psycopg_binary")
DATA_PACKAGES = ("anyascii", "holidays", "stdnum", "isbnlib", "pypdfium2", "pypdfium2_raw")


def modules(root: Path = ROOT) -> list[str]:
    """Every module of ours by its dotted name: screens and pages are imported when first used."""
    found = set()
    for room in ("resources", "database", "desktop"):
        for path in (root / room).rglob("*.py"):
            parts = path.relative_to(root).with_suffix("").parts
            found.add(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return sorted(found)


def hidden_imports(root: Path = ROOT) -> list[str]:
    """All modules that must be in the program although following imports may miss them."""
    return [*modules(root), *LATE, *_telephone_plans()]


def _telephone_plans() -> list[str]:
    """Each country's numbers are a module of `phonenumbers`, imported by its name."""
    import pkgutil

    package = importlib.util.find_spec("phonenumbers.data")
    where = package.submodule_search_locations if package else None
    return [f"phonenumbers.data.{one.name}" for one in pkgutil.iter_modules(where or [])]


def datas(root: Path = ROOT) -> list[tuple[str, str]]:
    """Pairs for PyInstaller: a file, and the folder it lies in inside the program."""
    files = [path for path in (root / "resources").iterdir() if path.suffix in DATA_SUFFIXES]
    for folder in DATA_FOLDERS:
        files += [path for path in (root / folder).rglob("*") if path.is_file()]
    return sorted(
        (str(path), path.parent.relative_to(root).as_posix())
        for path in files
        if "__pycache__" not in path.parts and path.suffix != ".po"
    )


def programs(platform: str = sys.platform) -> dict[str, tuple[Path, bool]]:
    """The executables: of each its script, and whether it has a console.

    Windows decides by the file whether a program has one: the window must not open a black
    box beside it, and a subcommand must be able to write. Elsewhere one file does both.
    """
    if platform == "win32":
        console = ROOT / "installer" / "console.py"
        return {NAME: (ENTRY, False), f"{NAME}-cli": (console, True)}
    return {NAME: (ENTRY, True)}


def properties(name: str) -> Any:
    """What Windows shows about the file `name`.exe, as PyInstaller takes it."""
    from PyInstaller.utils.win32 import versioninfo as info

    numbers = tuple(int(one) for one in VERSION.split("."))
    words = {
        "CompanyName": "Selasar",
        "FileDescription": "Selasar",
        "FileVersion": VERSION,
        "InternalName": name,
        "LegalCopyright": "MIT",
        "OriginalFilename": f"{name}.exe",
        "ProductName": "Selasar",
        "ProductVersion": VERSION,
    }
    table = info.StringTable("040904B0", [info.StringStruct(*pair) for pair in words.items()])
    return info.VSVersionInfo(
        ffi=info.FixedFileInfo(filevers=(*numbers, 0), prodvers=(*numbers, 0)),
        kids=[
            info.StringFileInfo([table]),
            info.VarFileInfo([info.VarStruct("Translation", [0x0409, 0x04B0])]),
        ],
    )

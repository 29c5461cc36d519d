"""What goes into the frozen program and what stays out; plain Python, known to the tests."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

from desktop.commands import subcommands

ROOT = Path(__file__).resolve().parent.parent
NAME = "selasar"
DIST = ROOT / "dist"
ENTRY = ROOT / "desktop" / "__main__.py"

# Read from files when the program runs; Alembic loads its migrations from files, too.
DATA_FOLDERS = (
    "resources/classification",
    "resources/fonts",
    "resources/icons",
    "resources/sounds",
    "resources/standards",
    "resources/translations",
    "database/migrations",
)
DATA_SUFFIXES = (".toml", ".qss", ".csv", ".txt")

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
    "holidays.countries.indonesia",
    "isbnlib",
    "pymarc.marc8",
    "pypdfium2",
    "reportlab.platypus",
    "segno",
    "stdnum.isbn",
)

# SQLAlchemy's dialect reads the version of psycopg from its metadata and refuses an unknown one.
METADATA = ("psycopg", "psycopg_binary")
DATA_PACKAGES = ("anyascii", "holidays", "stdnum", "isbnlib", "pypdfium2", "pypdfium2_raw")

EXCLUDES = (
    "tests",
    "installer",
    "tkinter",
    "pip",
    "setuptools",
    "pkg_resources",
    "_pytest",
    "pytest",
    "hypothesis",
    "IPython",
    "numpy",
    "PIL.AvifImagePlugin",
    "PIL._avif",
    "PIL.ImageTk",
    "PIL._imagingtk",
    *(
        f"PySide6.Qt{name}"
        for name in (
            "Concurrent", "DBus", "Designer", "Help", "Network", "OpenGL", "OpenGLWidgets",
            "Qml", "Quick", "QuickControls2", "QuickTest", "QuickWidgets", "Sql", "SvgWidgets",
            "Test", "UiTools", "Xml",
        )
    ),
)  # fmt: skip

# Qt plugins bring whole libraries along for screens and keyboards no office PC has, and
# translations of a few dialogs that the program words itself.
UNWANTED_FILES = (
    "PySide6/Qt/translations/",
    "PySide6/translations/",
    "platforminputcontexts/",
    "platforms/libqeglfs",
    "platforms/libqlinuxfb",
    "platforms/libqminimal",
    "platforms/libqvkkhrdisplay",
    "platforms/libqvnc",
    "platforms/qdirect2d",
    "egldeviceintegrations/",
    "networkinformation/",
    "/tls/",
    "Qt6Qml",
    "Qt6Quick",
    "Qt6VirtualKeyboard",
    "Qt6EglFs",
    "Qt6Network",
    "opengl32sw.dll",
    # GTK's theme works only with the GTK of the machine; ours beside it would clash.
    "platformthemes/libqgtk3",
    "libatk-",
    "libatspi",
    "libcairo",
    "libdatrie",
    "libepoxy",
    "libfribidi",
    "libgdk",
    "libgio-",
    "libgmodule-",
    "libgraphite2",
    "libgtk-",
    "libharfbuzz.so",
    "libmount",
    "libpango",
    "libpixman",
    "libthai",
)


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
        if "__pycache__" not in path.parts
    )


def wanted(name: str) -> bool:
    """Whether a file that PyInstaller found, by its place in the program, goes in."""
    place = name.replace("\\", "/").lower()
    return not any(part.lower() in place for part in UNWANTED_FILES)


def programs(platform: str = sys.platform) -> list[tuple[str, bool]]:
    """The executables: name, and whether each has a console.

    Windows decides by the file whether a program has one: the window must not open a black
    box beside it, and a subcommand must be able to write. Elsewhere one file does both.
    """
    if platform == "win32":
        return [(NAME, False), (f"{NAME}-cli", True)]
    return [(NAME, True)]

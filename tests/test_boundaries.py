"""Who may import whom: resources <- database <- desktop, and nothing the other way."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("resources", "database", "desktop")


def imported(path: Path, *, late: bool = True) -> set[str]:
    """The full names a file imports; without `late`, only those at the top of the module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = ast.walk(tree) if late else tree.body
    names: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names.add(node.module or "")
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def files(*parts: str) -> list[Path]:
    return sorted(ROOT.joinpath(*parts).rglob("*.py"))


def offenders(where: list[Path], forbidden: tuple[str, ...]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in where
        for name in imported(path)
        if any(name == one or name.startswith(one + ".") for one in forbidden)
    ]


def test_resources_import_nothing_of_ours():
    assert offenders(files("resources"), ("database", "desktop")) == []


def test_the_library_knows_no_window_and_prints_nothing():
    assert offenders(files("database"), ("desktop", "PySide6", "reportlab", "barcode")) == []


def test_the_desktop_writes_no_sql():
    assert offenders(files("desktop"), ("sqlalchemy", "sqlite3", "psycopg", "alembic")) == []


def test_widgets_know_no_library():
    assert offenders(files("desktop", "widgets"), ("database", "desktop.screens")) == []


def test_pages_know_no_screens():
    assert offenders(files("desktop", "pages"), ("desktop.screens", "desktop.widgets")) == []


def test_a_screen_never_imports_another():
    screens = ROOT / "desktop" / "screens"
    for path in files("desktop", "screens"):
        own = path.relative_to(screens).parts[0].removesuffix(".py")
        others = {
            name
            for name in imported(path)
            if name.startswith("desktop.screens.") and name.split(".")[2] != own
        }
        assert not others, f"{path}: {others}"


def test_the_reader_of_an_import_loads_little():
    probe = (
        "import sys; import database.imports.reader;"
        "bad = {'sqlalchemy', 'pymarc', 'PySide6'} & set(sys.modules); sys.exit(1 if bad else 0)"
    )
    assert subprocess.run([sys.executable, "-c", probe], cwd=ROOT, check=False).returncode == 0


def test_commands_import_no_qt():
    probe = (
        "import sys; from desktop.commands import run; run(['--version']);"
        "bad = [m for m in sys.modules if m.startswith('PySide6')]; sys.exit(1 if bad else 0)"
    )
    done = subprocess.run([sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_start_imports_nothing_heavy():
    """Alembic, ReportLab, psycopg, pymarc and the like are imported when they are used."""
    probe = (
        "import sys; import desktop.application; import desktop.screens.home;"
        "import desktop.screens.desk;"
        "heavy = {'alembic', 'reportlab', 'psycopg', 'pymarc', 'isbnlib', 'openpyxl', 'pypdfium2',"
        " 'phonenumbers'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stdout + done.stderr


def test_only_the_named_folders_stand_at_the_top():
    """What git tracks, so that a virtual environment beside does not count."""
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split("\n")
    if not any(listed):
        pytest.skip("not a git checkout")
    folders = {name.split("/")[0] for name in listed if "/" in name and not name.startswith(".")}
    assert folders == {"desktop", "resources", "database", "tests", "installer"}


@pytest.mark.parametrize("room", ROOMS)
def test_files_stay_short(room):
    long = {
        str(path.relative_to(ROOT)): lines
        for path in files(room)
        if (lines := path.read_text(encoding="utf-8").count("\n")) > 400
        and "migrations" not in path.parts
    }
    assert long == {}

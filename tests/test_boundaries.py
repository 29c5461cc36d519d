"""The rooms of the house and who may import whom.

`DATABASE` and `DESKTOP` are the order of the floors, from the ground up: a file may import what
stands on a line above its own, never what stands on its own line in another room, nor below.
Late imports and those under TYPE_CHECKING count, for who reads the file has to know them too.
"""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HOUSE = ("resources", "database", "desktop")

DATABASE = (
    "refusal limits vocabulary schema",
    "text engine rights",
    "journal description",
    "exchange policy search",
    "catalogue registers storage",
    "library holdings standards",
    "sources accounts neighbours",
    "patrons imports",
    "circulation",
    "wards privacy moving",
    "reports public",
    "undo demo",
)
DESKTOP = (
    "colours",
    "words background pc pdf theme passwords",
    "keys file_names",
    "widgets drafts pages.drawing manual",
    "pages.report pages.labels pages.cards pages.slips screen",
    "pages.letters pages.registers acts window",
    "program",
    "papers running kiosk asking recap web",
    "commands printing",
    "forms",
    "screens",
    "places",
    "anywhere",
    "application",
    "__main__",
)
CATALOGUE = {"form": {"copies"}, "titles": {"form", "copies"}}
"""Which rooms of the catalogue's screen may take from which others."""
SHARED_BY_CATALOGUE = {"page", "sections", "history", "description", "cover"}

MOST_FILES, MOST_LINES, MOST_LINES_OF_FUNCTION, MOST_IMPORTS = 20, 350, 40, 12


# --- what is there


@cache
def modules() -> dict[str, Path]:
    """Every module of the house by its dotted name; migrations apart, for they are history."""
    found = {}
    for top in HOUSE:
        for path in sorted((ROOT / top).rglob("*.py")):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            if "migrations" not in path.parts:
                found[name.removesuffix(".__init__")] = path
    return found


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imported(path: Path) -> frozenset[str]:
    """The full names a file imports, late ones too."""
    names: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write the import from the top of the house"
            names |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module or ""}
    return frozenset(names)


@cache
def taken_from(path: Path) -> dict[str, set[str]]:
    """What a file imports by name, and from where."""
    found: dict[str, set[str]] = {}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.setdefault(node.module, set()).update(alias.name for alias in node.names)
    return found


@cache
def arrows() -> dict[str, set[str]]:
    """Which modules of the house each module imports."""
    known = modules()
    found: dict[str, set[str]] = {}
    for name, path in known.items():
        whole = imported(path)
        taken = {one for one in whole if one in known}
        # `from database import journal` names the package too; it is the module that is meant.
        packages = {one for one in taken if any(other.startswith(one + ".") for other in whole)}
        used = {one for one in packages if not _only_modules(path, one)}
        found[name] = (taken - packages | used) - {name}
    return found


def _only_modules(path: Path, package: str) -> bool:
    """Whether all that is imported from a package are modules of it."""
    return all(f"{package}.{name}" in modules() for name in taken_from(path).get(package, ()))


def room_of(module: str) -> str:
    """The room of a module: a folder or file of `database` or `desktop`; of pages, its folder."""
    _top, *parts = module.split(".")
    return ".".join(parts[:2]) if parts[:1] == ["pages"] else "".join(parts[:1])


def offenders(where: str, forbidden: tuple[str, ...]) -> list[str]:
    return [
        f"{name} imports {one}"
        for name, path in modules().items()
        if name == where or name.startswith(where + ".")
        for one in imported(path)
        if any(one == bad or one.startswith(bad + ".") for bad in forbidden)
    ]


def told(found: list[str], instead: str) -> str:
    return "\n".join([*sorted(found), "", f"Instead: {instead}"])


# --- who may import whom


@pytest.mark.parametrize(("top", "floors"), [("database", DATABASE), ("desktop", DESKTOP)])
def test_every_room_stands_on_one_floor(top, floors):
    named = [room for line in floors for room in line.split()]
    there = {room_of(name) for name in modules() if name.startswith(top + ".")} - {"", "pages"}
    assert sorted(named) == sorted(there), told(
        sorted(set(named) ^ there), "give a new room its line in the table at the top of this file."
    )


@pytest.mark.parametrize(("top", "floors"), [("database", DATABASE), ("desktop", DESKTOP)])
def test_a_room_imports_only_what_stands_below_it(top, floors):
    at = {room: place for place, line in enumerate(floors) for room in line.split()}
    grounds = {"refusal", "limits", "vocabulary", "schema"} if top == "database" else set()
    wrong = [
        f"{name} -> {other}"
        for name, others in arrows().items()
        for other in others
        if name.startswith(top + ".") and other.startswith(top + ".")
        if (mine := room_of(name)) != (theirs := room_of(other)) and mine and theirs
        if at[theirs] >= at[mine] and theirs not in grounds
    ]
    assert wrong == [], told(
        wrong,
        "move what both need to a room below, hand the act in as a callable, or name a host "
        "class (see screens/desk/host.py). Do not raise a room to another floor for one import.",
    )


def test_the_rooms_of_the_house_stand_on_each_other():
    wrong = [
        *offenders("resources", ("database", "desktop")),
        *offenders("database", ("desktop", "PySide6", "reportlab", "barcode")),
        *offenders("desktop", ("sqlalchemy", "sqlite3", "psycopg", "alembic")),
    ]
    assert wrong == [], told(
        wrong,
        "resources is data; database knows no window and prints nothing; desktop asks the library "
        "by its functions (the session's type is database.library.Session).",
    )


def test_no_two_files_import_each_other():
    waiting = {name: set(others) for name, others in arrows().items()}
    while free := {name for name, others in waiting.items() if not others & waiting.keys()}:
        waiting = {name: others for name, others in waiting.items() if name not in free}
    circle = [f"{name} -> {', '.join(sorted(waiting[name] & waiting.keys()))}" for name in waiting]
    assert circle == [], told(
        circle, "put what both need into a file of its own, or hand in a callable or a host."
    )


# --- nothing but


@pytest.mark.parametrize("room", ["text", "description", "exchange"])
def test_words_records_and_formats_know_no_session(room):
    wrong = offenders(f"database.{room}", ("sqlalchemy", "database.schema"))
    assert wrong == [], told(wrong, "words a record may hold stand in database/vocabulary.py.")


def test_the_reader_of_an_import_loads_little():
    probe = (
        "import sys; import database.imports.reader;"
        "bad = {'sqlalchemy', 'pymarc', 'PySide6'} & set(sys.modules); sys.exit(1 if bad else 0)"
    )
    assert subprocess.run([sys.executable, "-c", probe], cwd=ROOT, check=False).returncode == 0


def test_only_the_library_and_storage_open_an_engine():
    wrong = [
        name
        for name, others in arrows().items()
        if "database.engine.engines" in others
        and name != "database.library"
        and room_of(name) not in {"engine", "storage"}
    ]
    assert wrong == [], told(wrong, "take a session of the Library; it is the one door.")


def test_only_engine_and_storage_speak_to_the_server_itself():
    wrong = [
        f"{name}: {node.value.strip()[:60]}"
        for name, path in modules().items()
        if name.startswith("database.") and room_of(name) not in {"engine", "storage"}
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if re.match(r"\s*(PRAGMA|LISTEN|NOTIFY)\b", node.value)
    ]
    assert wrong == [], told(wrong, "a function of database/engine that both engines have.")


def test_widgets_know_no_library():
    wrong = offenders("desktop.widgets", ("database", "desktop.screens", "desktop.program"))
    assert wrong == [], told(wrong, "hand the widget plain values and callables.")


def test_pages_are_drawn_from_their_own_room():
    """Page makers know no window; a room of them takes from `drawing` and from no other."""
    wrong = offenders("desktop.pages", ("desktop.screens", "desktop.widgets", "PySide6"))
    for name, others in arrows().items():
        for other in others:
            if name.startswith("desktop.pages.") and other.startswith("desktop.pages."):
                rooms = {room_of(name), room_of(other)} - {"pages.drawing"}
                wrong += [f"{name} -> {other}"] if len(rooms) > 1 else []
    assert wrong == [], told(wrong, "what two papers need is drawn in pages/drawing, or is words.")


def test_a_screen_never_imports_another():
    wrong = [
        f"{name} -> {other}"
        for name, others in arrows().items()
        for other in others
        if name.startswith("desktop.screens.") and other.startswith("desktop.screens.")
        if name.split(".")[2] != other.split(".")[2]
    ]
    assert wrong == [], told(wrong, "leave_for.emit(place, what); shared parts are desktop/forms.")


def test_the_parts_of_a_screen_never_import_it():
    wrong = [
        f"{name} -> {other}"
        for name, others in arrows().items()
        for other in others
        if other.startswith("desktop.screens.") and other.endswith(".screen")
        if name.startswith(other.removesuffix("screen"))
    ]
    assert wrong == [], told(wrong, "a host class beside the screen, or a callable handed in.")


def test_rooms_of_the_catalogue_keep_to_themselves():
    start = "desktop.screens.catalogue."
    wrong = [
        f"{name} -> {other}"
        for name, others in arrows().items()
        for other in others
        if name.startswith(start) and other.startswith(start)
        if len(rest := name.removeprefix(start).split(".")) > 1
        if other.removeprefix(start).split(".")[0]
        not in {rest[0], *SHARED_BY_CATALOGUE, *CATALOGUE.get(rest[0], ())}
    ]
    assert wrong == [], told(wrong, "what rooms share stands in catalogue/ beside them.")


_OF_NOW = re.compile(r"(.*\b)?(now|at|end|cell|astimezone)(\(.*\))?")
"""What is in the library's own time already: the moment of an act, and what is reckoned from it."""


def test_the_day_of_a_moment_read_from_the_store_is_asked_of_one_helper():
    """It is in UTC there, and its day may be another: `local_day` of `database.text.dates`."""
    found = [
        f"{name}:{node.lineno}"
        for name, path in modules().items()
        if name != "database.text.dates" and not name.startswith("database.demo")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "date"
        and not node.args
        and not _OF_NOW.fullmatch(ast.unparse(node.func.value))
    ]
    assert found == [], told(found, "local_day(moment), of database.text.dates.")


def test_the_zone_of_this_pc_is_asked_of_one_helper():
    """Windows fails at a moment before 1970 or after 3000: `here` and `changed_at` do not."""
    found = [
        f"{name}:{node.lineno}"
        for name, path in modules().items()
        if name != "database.text.dates" and ".migrations." not in name
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and (
            (
                node.func.attr == "astimezone"
                and not node.args
                and not ast.unparse(node.func.value).endswith("now()")
            )
            or node.func.attr == "fromtimestamp"
        )
    ]
    assert found == [], told(found, "here(moment) or changed_at(file), of database.text.dates.")


def test_migrations_run_nothing_of_today():
    """A step that ran today's rules would write something else each time they change."""
    wrong = [
        f"{path.name} imports {one}"
        for path in (ROOT / "database" / "migrations" / "versions").glob("*.py")
        for one in imported(path)
        if one.startswith(("database", "desktop", "resources"))
    ]
    assert wrong == [], told(
        wrong, "leave the column empty; database/storage/projecting.py fills it"
    )


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
        " 'phonenumbers', 'starlette', 'uvicorn', 'jinja2'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stdout + done.stderr


def test_only_the_named_folders_stand_at_the_top():
    """What git tracks, so that a virtual environment beside does not count."""
    if not shutil.which("git"):
        pytest.skip("no git here")
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split("\n")
    if not any(listed):
        pytest.skip("not a git checkout")
    folders = {name.split("/")[0] for name in listed if "/" in name and not name.startswith(".")}
    assert folders == {"desktop", "resources", "database", "tests", "installer"}


# --- size


def test_folders_can_be_seen_at_once():
    """`widgets` is one flat vocabulary and may be larger."""
    crowded = []
    for top in HOUSE:
        for folder in (path for path in [ROOT / top, *(ROOT / top).rglob("*")] if path.is_dir()):
            files = [one for one in folder.glob("*.py") if one.name != "__init__.py"]
            if len(files) > MOST_FILES and folder.name not in {"widgets", "versions"}:
                crowded.append(f"{folder.relative_to(ROOT)}: {len(files)} files")
    assert crowded == [], told(crowded, "two rooms, each with its sentence in __init__.py.")


def test_files_stay_short():
    long = [
        f"{name}: {lines} lines"
        for name, path in modules().items()
        if (lines := path.read_text(encoding="utf-8").count("\n")) > MOST_LINES
    ]
    assert long == [], told(long, "part the file by what its halves do, not by length.")


def test_functions_stay_short():
    long = [
        f"{name}.{node.name}: {lines} lines"
        for name, path in modules().items()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef)
        if (lines := (node.end_lineno or 0) - node.lineno + 1) > MOST_LINES_OF_FUNCTION
    ]
    assert long == [], told(long, "name the steps; each is a function.")


def test_few_files_know_many_others():
    """Only `undo` gathers from the whole library, as the schema does from its own files."""
    many = [
        f"{name}: {count} modules"
        for name, others in arrows().items()
        if name.startswith("database.") and name not in {"database.undo", "database.schema"}
        if (count := len(others)) > MOST_IMPORTS
    ]
    assert many == [], told(many, "a file that needs so many does several things; part it.")


def test_every_room_says_what_it_is_for():
    silent = [
        name
        for name, path in modules().items()
        if path.name == "__init__.py" and not (ast.get_docstring(tree(path)) or "").strip()
    ]
    assert silent == [], told(silent, "one sentence in the docstring of __init__.py.")


def test_a_room_is_entered_by_its_files():
    """A folder's face hands nothing on, so that each import names where a thing is; a screen's
    hands on the screen, the schema's all records, so that every table is known."""
    faces = re.compile(r"database\.schema|desktop\.(screens\.\w+|kiosk|commands)|resources")
    wrong = [
        name
        for name, path in modules().items()
        if path.name == "__init__.py" and not faces.fullmatch(name)
        if any(isinstance(node, ast.ImportFrom) for node in tree(path).body)
    ]
    assert wrong == [], told(wrong, "leave __init__.py with its docstring alone.")


def test_the_order_told_is_the_order_held():
    """README and CONTRIBUTING show the same floors."""
    for name in ("README.md", "CONTRIBUTING.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        told_from = text[text.find("`refusal`") :]
        places = [{room: told_from.find(f"`{room}`") for room in line.split()} for line in DATABASE]
        missing = [room for line in places for room, place in line.items() if place < 0]
        assert missing == [], f"{name} does not name {missing}"
        lines = [min(line.values()) for line in places]
        assert all(a < b for a, b in pairwise(lines)), f"{name} tells another order"

"""What stays out of the frozen program: each with a reason, and nothing that is needed."""

from __future__ import annotations

import ast
import importlib.util
import json
import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path

import pytest

from installer import contents, left_out

ROOT = Path(__file__).resolve().parents[2]
ELSEWHERE = {"winsound", "winreg", "PySide6.QtMultimedia", "PySide6.QtMultimediaWidgets"}
"""What one system has and the others not, or a camera alone needs: asked for with care."""

PROBE = """
import importlib, json, runpy, sys

asked = json.load(sys.stdin)

class LeftOut:
    out = set(asked[0])

    def find_spec(self, name, path=None, target=None):
        if any(name == one or name.startswith(one + ".") for one in self.out):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

runpy.run_path("installer/at_start.py")
sys.meta_path.insert(0, LeftOut())
missing = []
for name in asked[1]:
    try:
        importlib.import_module(name)
    except ImportError as error:
        missing.append(f"{name}: {error}")
print(json.dumps(missing))
"""


def asked_for() -> set[str]:
    """Every module that our sources import anywhere, within functions too."""
    found = set()
    for room in ("resources", "database", "desktop"):
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    found |= {alias.name for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module:
                    found.add(node.module)
    return found - ELSEWHERE


def test_all_that_is_imported_anywhere_works_without_what_is_left_out():
    out = [name for name in left_out.modules() if name not in {"installer", "tests"}]
    late = [name for name in contents.hidden_imports() if not name.startswith("psycopg_binary")]
    wanted = sorted(asked_for() | set(late) - {n for n in late if ".migrations." in n})
    done = subprocess.run(
        [sys.executable, "-c", PROBE], input=json.dumps([out, wanted]),
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == []


def test_what_hangs_on_some_pcs_is_left_out():
    assert "_wmi" in left_out.modules()


def test_a_parser_that_reads_its_rules_from_its_docstrings_keeps_them():
    """So PLY does; and assertions of ours hold in the frozen program as in the tests."""
    readers = ("cql.parser", "cql._vendor.ply.yacc", "database.library", "desktop.window")
    assert [name for name in readers if left_out.bare(name)] == []
    assert left_out.bare("sqlalchemy.orm.session")


@pytest.mark.parametrize("table", [left_out.MODULES, left_out.FILES, left_out.KEPT])
def test_every_line_has_its_reason(table):
    assert all(len(reason.split()) >= 3 and names for reason, names in table.items())


def test_no_pattern_is_written_twice_or_with_a_capital():
    patterns = [one for names in left_out.FILES.values() for one in names]
    assert len(patterns) == len(set(patterns))
    kept = [one for names in left_out.KEPT.values() for one in names]
    assert [one for one in (*patterns, *kept) if one != one.lower()] == []


@pytest.mark.parametrize(
    "name",
    [
        "PySide6\\Qt6Quick.dll",
        "PySide6/Qt/lib/libQt6Quick.so.6",
        "PySide6\\plugins\\tls\\qopensslbackend.dll",
        "PySide6\\opengl32sw.dll",
        "PySide6/Qt6Network.dll",
        "PySide6/Qt/lib/libQt6Network.so.6",
        "PySide6/translations/qtbase_id.qm",
        "PySide6/Qt/plugins/platforms/libqvnc.so",
        "holidays/locale/id/LC_MESSAGES/MY.mo",
        "tzdata/zoneinfo/Europe/Paris",
        "stdnum/oui.dat",
        "reportlab/fonts/Vera.ttf",
    ],
)
def test_what_nobody_needs_is_known_on_both_systems(name):
    assert not left_out.wanted(name)


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/plugins/imageformats/qjpeg.dll",
        "_cffi_backend.cp313-win_amd64.pyd",
        "holidays/locale/id/LC_MESSAGES/ID.mo",
        "tzdata\\zoneinfo\\Asia\\Jakarta",
        "stdnum/isbn.dat",
        "anyascii/_data/000",
        "resources/fonts/Inter-Regular.ttf",
    ],
)
def test_what_is_needed_is_kept(name):
    assert left_out.wanted(name)


@pytest.mark.parametrize("name", ["cryptography", "keyring"])
def test_what_proves_an_update_and_keeps_a_password_goes_in_whole(name):
    assert name not in {one.partition(".")[0] for one in left_out.modules()}
    files = [str(path) for path in distribution(name).files or ()]
    code = [path for path in files if path.endswith((".py", ".so", ".pyd"))]
    assert code
    assert [path for path in code if not left_out.wanted(path)] == []


DAYS = """
import json, runpy, sys
runpy.run_path("installer/at_start.py")
from datetime import date
from database.policy import holidays
import holidays as package
found = package.country_holidays("ID", years=2027, language="id")
print(json.dumps([found[date(2027, 8, 17)], [n for n in sys.modules if ".countries." in n]]))
"""


def test_the_holidays_of_indonesia_come_without_the_modules_of_the_others():
    done = subprocess.run(
        [sys.executable, "-c", DAYS], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    day, imported = json.loads(done.stdout)
    assert day == "Hari Kemerdekaan Republik Indonesia"
    assert imported == ["holidays.countries.indonesia"]
    assert "holidays.countries.malaysia" in left_out.modules()


WORDS = """
import json, runpy, sys
runpy.run_path("installer/at_start.py")
from database.text.stems import stem
from desktop.pages.drawing.words import number_in_words
from desktop.words import language
said = [stem("keperawatan")]
for code in ("id", "en"):
    language.use(code)
    said += [number_in_words(2027), number_in_words(11, ordinal=True)]
loaded = [n for n in sys.modules if n.startswith(("num2words.lang", "snowballstemmer."))]
print(json.dumps([said, sorted(loaded)]))
"""


def test_words_of_both_languages_come_without_the_modules_of_the_others():
    done = subprocess.run(
        [sys.executable, "-c", WORDS], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    said, loaded = json.loads(done.stdout)
    assert said == [
        "awat", "dua ribu dua puluh tujuh", "sebelas", "two thousand and twenty-seven", "eleventh",
    ]  # fmt: skip
    kept = [f"{name}.{one}" for name, ones in left_out.ALONE.items() for one in ones]
    assert set(loaded) <= set(kept)
    assert "num2words.lang_FR" in left_out.modules()
    assert "snowballstemmer.french_stemmer" in left_out.modules()


def test_the_holidays_of_indonesia_are_found_without_the_others(tmp_path):
    """The words of its days are one file; without it they would be those of the source."""
    where = importlib.util.find_spec("holidays").submodule_search_locations[0]
    files = list(Path(where).rglob("*.mo"))
    kept = [path for path in files if left_out.wanted(f"holidays/{path.relative_to(where)}")]
    assert [path.name for path in kept] == ["ID.mo"]
    assert "id" in kept[0].parts

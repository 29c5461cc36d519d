"""Any console, any name, any place: what is said comes whole and nothing stops the program."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from database.description import iso2709
from database.description.marc import Field, Record

ROOT = Path(__file__).resolve().parents[3]
PAGES = ["cp437", "cp850", "cp1252", "utf-8"]
"""The code pages that `chcp` has on a hospital's PC: 437, 850, 1252 and 65001."""
TITLE = "Merawat “bayi” → René 日本 …"
LONG = "Perpustakaan René 日本 (salinan 1)"


DRIVER = """
import json, sys
from desktop.__main__ import main
for words in json.loads(sys.argv[1]):
    try:
        code = main(words)
    except SystemExit as stop:
        code = stop.code
    sys.stdout.flush()
    sys.stdout.write(f"ended {code}\\n")
"""


def selasar(*runs: list[object], page: str = "cp437", root: Path = ROOT, **more: str) -> str:
    """Let the program be run with its output in a code page; what it said, as UTF-8."""
    asked = json.dumps([[str(word) for word in run] for run in runs])
    done = subprocess.run(
        [sys.executable, "-c", DRIVER, asked],
        cwd=root, capture_output=True, check=False,
        env=os.environ | {"PYTHONIOENCODING": page, "PYTHONUTF8": "0"} | more,
    )  # fmt: skip
    said = (done.stdout + done.stderr).decode("utf-8")
    assert done.returncode == 0, said
    assert "Traceback" not in said
    return said


@pytest.fixture(scope="module")
def records(tmp_path_factory):
    fields = [Field("245", None, "10", [("a", TITLE)]), Field("952", None, "  ", [("p", "B01")])]
    path = tmp_path_factory.mktemp("records") / "buku é 日.mrc"
    path.write_bytes(iso2709.serialise(Record(fields=fields)))
    return path


@pytest.fixture(scope="module")
def library(records):
    where = records.with_name("perpustakaan é 日.db")
    selasar(["import", records, "--items", "--library", where])
    return where


@pytest.mark.parametrize("page", PAGES)
def test_what_is_said_is_whole_in_every_code_page(library, page):
    find = ["search", "bayi", "--library", library]
    said = selasar(["--help"], find, [*find, "--json"], page=page)
    assert said.count("ended 0") == 3
    assert "perpustakaan" in said
    assert said.count(TITLE) == 2


@pytest.mark.parametrize("page", PAGES)
def test_what_is_refused_is_whole_in_every_code_page(library, page):
    missing = library.with_name("hilang → 日.db")
    wrong = ["check", "--library", missing], ["--→日"]
    said = selasar(*wrong, page=page, QT_QPA_PLATFORM="offscreen")
    assert said.count("ended 2") == 2
    assert missing.name in said
    assert "--→日" in said


def deep(folder: Path, length: int = 300) -> Path:
    """A folder whose path is longer than 260 letters."""
    while len(str(folder)) < length:
        folder = folder / LONG
    return folder


def test_a_library_lies_where_names_are_long_and_in_any_script(records, tmp_path):
    folder = deep(tmp_path)
    assert len(str(folder)) > 260
    where, paper, copy, again = (
        folder / name for name in ("buku é.db", "label 日.pdf", "cadangan é.db", "pulih 日.db")
    )
    said = selasar(
        ["import", records, "--items", "--library", where],
        ["search", "bayi", "--library", where],
        ["labels", "--all", "--pdf", paper, "--library", where],
        ["backup", copy, "--library", where],
        ["restore", copy, again],
        ["check", "--library", again],
    )
    assert said.count("ended 0") == 6, said
    assert TITLE in said
    assert paper.read_bytes().startswith(b"%PDF")


def test_nothing_is_written_where_the_program_stands(tmp_path):
    """Program Files, or a share of the IT's, is for reading alone."""
    program, home = tmp_path / "program", tmp_path / "home"
    for room in ("desktop", "database", "resources"):
        shutil.copytree(ROOT / room, program / room, ignore=shutil.ignore_patterns("__pycache__"))
    home.mkdir()
    for path in program.rglob("*"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    before = seen(program)
    alone = {
        "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPYCACHEPREFIX": str(home / "compiled"),
        "HOME": str(home), "USERPROFILE": str(home), "LOCALAPPDATA": str(home),
        "APPDATA": str(home), "XDG_CONFIG_HOME": str(home), "XDG_DATA_HOME": str(home),
        "QT_QPA_PLATFORM": "offscreen", "SELASAR_QUIT_AFTER": "0",
    }  # fmt: skip
    selasar(["--library", home / "library.db"], root=program, **alone)
    assert (home / "library.db").exists()
    assert seen(program) == before


def seen(folder: Path) -> dict[str, float]:
    """What lies in a folder, and of when."""
    return {str(path): path.stat().st_mtime for path in folder.rglob("*") if path.is_file()}

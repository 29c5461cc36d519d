"""What the frozen program takes along; PyInstaller itself is not run."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from database.storage.places import MIGRATIONS
from installer import build, contents, left_out, smoke

ROOT = Path(__file__).resolve().parents[2]
SPEC = ROOT / "installer" / "selasar.spec"


def dotted(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def packed() -> set[str]:
    """Where each data file lies inside the program."""
    return {f"{folder}/{Path(source).name}" for source, folder in contents.datas()}


@pytest.mark.parametrize("folder", contents.DATA_FOLDERS)
def test_every_data_folder_exists_and_is_packed(folder):
    assert (ROOT / folder).is_dir()
    assert any(name.startswith(f"{folder}/") for name in packed())


def test_every_resource_is_packed():
    files = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "resources").rglob("*")
        if path.is_file() and path.suffix not in {".py", ".pyc", ".po"}
    }
    assert files - packed() == set()
    assert "resources/translations/id/LC_MESSAGES/selasar.mo" in packed()


def test_migrations_are_packed_as_files_where_alembic_looks():
    inside = MIGRATIONS.relative_to(ROOT)
    files = {path.relative_to(ROOT).as_posix() for path in (ROOT / inside).rglob("*.py")}
    assert files <= packed()
    assert not any("__pycache__" in name for name in packed())


@pytest.mark.parametrize("room", ["desktop/screens", "desktop/pages", "database/migrations"])
def test_every_module_is_a_hidden_import(room):
    wanted = {dotted(path) for path in (ROOT / room).rglob("*.py")}
    assert wanted
    assert wanted <= set(contents.hidden_imports())


def test_the_telephone_plans_of_all_countries_are_packed():
    assert {"phonenumbers.data.region_ID", "phonenumbers.data.region_NL"} <= set(
        contents.hidden_imports()
    )


@pytest.mark.parametrize("name", contents.LATE)
def test_late_imports_are_spelled_right(name):
    import psycopg  # noqa: F401 - its binary half refuses to be imported first

    assert importlib.util.find_spec(name) is not None


def test_nothing_of_ours_is_filtered_out():
    assert [name for name in packed() if not left_out.wanted(name)] == []


def test_windows_gets_a_program_with_a_console_beside_the_window():
    windows = contents.programs("win32")
    assert {name: console for name, (_script, console) in windows.items()} == {
        "selasar": False,
        "selasar-cli": True,
    }
    assert all(script.is_file() for script, _console in windows.values())
    assert contents.programs("linux") == {"selasar": (contents.ENTRY, True)}


def test_the_recipe_is_python():
    compile(SPEC.read_text(encoding="utf-8"), str(SPEC), "exec")


def test_without_pyinstaller_the_build_says_how_to_get_it(monkeypatch, capsys):
    monkeypatch.setattr(build, "missing", lambda: ["pyinstaller"])
    monkeypatch.setattr(build, "freeze", lambda: pytest.fail("must not start"))
    assert build.main([]) == 2
    told = capsys.readouterr().err
    assert "pyinstaller" in told
    assert 'pip install -e ".[installer]"' in told


def test_the_smoke_test_says_where_it_failed(tmp_path, capsys):
    assert smoke.smoke(tmp_path / "nothing", tmp_path) == 1
    assert "FAILED  start: no program at" in capsys.readouterr().out


def test_the_records_of_the_smoke_test_are_marc(tmp_path):
    from database.exchange import found

    path = tmp_path / "two.mrc"
    path.write_bytes(smoke.RECORDS)
    records = [entry.record for entry in found.records_of(path)]
    assert [record.fields[0].value for record in records] == ["smoke-1", "smoke-2"]


def test_the_window_closes_by_itself_when_asked(qtbot, monkeypatch):
    from PySide6.QtWidgets import QWidget

    from desktop.running import window_place

    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    window_place.close_later(window.close)
    monkeypatch.setenv("SELASAR_QUIT_AFTER", "0")
    assert window.isVisible()
    window_place.close_later(window.close)
    qtbot.waitUntil(lambda: not window.isVisible())

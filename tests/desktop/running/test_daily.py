"""The program forgets by itself, and the command does what is due by a day."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication

from database.circulation import lending
from database.demo import demo
from database.library import Library
from database.policy import settings
from database.privacy import forgetting, traces
from desktop import background, commands
from desktop.running.daily import Daily, before_backup
from tests.database.reports.test_statistics import MOMENT
from tests.libraries import NOW


def lent_and_returned(program):
    with program.library.transaction() as session:
        lending.check_out(session, "M0004", "B000010", NOW)
        lending.check_in(session, "B000010", NOW)


def let_end():
    background.wait()
    for _round in range(6):
        QApplication.processEvents()


def last(program):
    return program.read(forgetting.last_run)


def test_it_forgets_once_a_day_and_only_what_is_due(qapp, program):
    lent_and_returned(program)
    daily = Daily(program)
    daily.look()
    let_end()
    assert last(program) is None
    later = replace(program, now=lambda: NOW + timedelta(days=40))
    later.drafts.keep("patron-4", json.dumps({"name": "Ibu Sri"}))
    daily = Daily(later)
    daily.look()
    daily.look()
    let_end()
    assert last(later).loans == {"family": 1}
    assert last(later).persons == {"family": 1}
    assert daily.task is None
    assert later.drafts.read("patron-4") == ""
    daily.stop()
    assert later.read(lambda s: settings.get(s, settings.FORGOTTEN_SINCE))
    before_backup(later)
    assert not later.read(lambda s: settings.get(s, settings.FORGOTTEN_SINCE))


@pytest.fixture(scope="module")
def demo_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("forget") / "demo.db"
    demo.build(str(path), MOMENT)
    return path


def run(capsys, *arguments):
    code = commands.run([*arguments, "--json"], lambda: MOMENT)
    return code, json.loads(capsys.readouterr().out)


def reported(capsys, month, where):
    """A month's figures."""
    return run(capsys, "report", month, *where)[1]


def test_the_command_forgets_and_no_figure_changes(demo_file, capsys):
    where = ("--library", str(demo_file))
    months = [f"{year}-{month:02d}" for year in (2024, 2025, 2026) for month in (2, 7, 11)]
    months = [one for one in months if one <= f"{MOMENT:%Y-%m}"]
    before = [reported(capsys, one, where) for one in months]
    code, told = run(capsys, "forget", "--on", "2031-06-01", *where)
    assert code == 0
    assert told["on"] == "2031-06-01"
    assert told["persons"]["family"] > 100
    assert told["loans"]["patient"] > 10
    assert [reported(capsys, one, where) for one in months] == before
    assert run(capsys, "forget", "--on", "2031-06-01", *where)[1] == {
        "on": "2031-06-01",
        "loans": {},
        "persons": {},
        "wishes": 0,
    }
    assert run(capsys, "check", *where)[1]["sound"]
    assert not demo_file.with_name(demo_file.name + "-wal").exists()
    library = Library.open(demo_file)
    assert not traces.wants_compacting(library, MOMENT.date())
    library.close()


def test_a_wrong_day_is_told(demo_file, capsys):
    assert commands.run(["forget", "--on", "besok", "--library", str(demo_file)]) == 2
    assert "besok" in capsys.readouterr().err

"""The program forgets by itself, and the command does what is due by a day."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QApplication

from database.circulation import hold_lists, holds, identify, lending
from database.demo import demo
from database.library import Library
from database.policy import settings
from database.privacy import announcing, forgetting, traces
from database.refusal import Reason, Refusal
from database.storage import copies, keeping
from desktop import background, commands, pc
from desktop.running.daily import Daily, before_backup, forget_after_backup
from desktop.running.keeping import backups
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


def test_it_forgets_what_was_told_the_day_before_after_a_backup(qapp, program, tmp_path):
    lent_and_returned(program)
    daily = Daily(program)
    daily.look()
    let_end()
    assert last(program) is None
    program.pc.put(pc.BACKUPS, str(tmp_path / "backups"))
    eve = replace(program, now=lambda: NOW + timedelta(days=39))
    eve.drafts.keep("patron-4", json.dumps({"name": "Ibu Sri"}))
    daily = Daily(eve)
    daily.look()
    let_end()
    assert last(eve) is None
    told = eve.read(announcing.plan)
    assert (told.on, told.persons) == ((NOW + timedelta(days=40)).date(), 1)
    assert told.others > 0
    later = replace(program, now=lambda: NOW + timedelta(days=40))
    daily = Daily(later)
    daily.look()
    daily.look()
    let_end()
    made = keeping.existing(tmp_path / "backups", backups.identity(later))
    assert last(later).backup == made[-1].path.name
    held = copies.verify(made[-1].path)
    assert held.patrons == later.library.contents().patrons + 1
    assert later.read(announcing.plan) is None
    assert last(later).loans == {"family": 1}
    assert last(later).persons == {"family": 1}
    assert daily.task is None
    assert later.drafts.read("patron-4") == ""
    daily.stop()
    assert later.read(lambda s: settings.get(s, settings.FORGOTTEN_SINCE))
    before_backup(later)
    assert not later.read(lambda s: settings.get(s, settings.FORGOTTEN_SINCE))


def due_tomorrow(program):
    """Told for the day NOW + 40."""
    lent_and_returned(program)
    eve = replace(program, now=lambda: NOW + timedelta(days=39))
    Daily(eve).look()
    let_end()
    return replace(program, now=lambda: NOW + timedelta(days=40))


def test_it_is_put_off_by_a_week(qapp, program, tmp_path):
    program.pc.put(pc.BACKUPS, str(tmp_path / "backups"))
    later = due_tomorrow(program)
    later.write(lambda session: announcing.put_off(session, later.now()))
    Daily(later).look()
    let_end()
    assert last(later) is None
    week = replace(program, now=lambda: NOW + timedelta(days=47))
    Daily(week).look()
    let_end()
    assert last(week).persons == {"family": 1}


def test_a_doubted_clock_forgets_nobody(qapp, program, tmp_path):
    program.pc.put(pc.BACKUPS, str(tmp_path / "backups"))
    due_tomorrow(program)
    ahead = replace(program, now=lambda: NOW + timedelta(days=3652))
    Daily(ahead).look()
    let_end()
    assert last(ahead) is None
    with pytest.raises(Refusal) as told:
        forget_after_backup(ahead, ahead.now())
    assert told.value.reason is Reason.CLOCK_DOUBTED


def test_a_doubted_clock_takes_no_hold_from_whom_it_waits_for(qapp, program):
    with program.library.transaction() as session:
        lending.check_out(session, "M0001", "B000010", NOW)
        title = identify.find_item(session, "B000010").biblio_id
        holds.place(session, "M0002", title, NOW)
        lending.check_in(session, "B000010", NOW)

    def ready_after(days):
        Daily(replace(program, now=lambda: NOW + timedelta(days=days))).look()
        let_end()
        return len(program.read(hold_lists.ready))

    assert ready_after(3652) == 1
    assert ready_after(-365) == 1
    assert ready_after(30) == 0


def test_without_a_backup_nobody_is_forgotten(qapp, program, tmp_path):
    (tmp_path / "backups").write_text("a file where the folder should be")
    program.pc.put(pc.BACKUPS, str(tmp_path / "backups"))
    later = due_tomorrow(program)
    Daily(later).look()
    let_end()
    assert last(later) is None
    assert backups.trouble(later)


def test_a_backup_that_holds_them_goes_in_a_year():
    assert keeping.held_until(NOW) == date(2028, 1, 1)


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

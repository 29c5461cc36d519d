"""Who did what, in plain words: by person, day, kind and record."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from database import undo
from database.catalogue import titles
from database.circulation import lending
from database.description import marc_form
from database.policy import settings
from database.privacy import forgetting
from database.reports.done import activity
from database.reports.done.activity import Asked
from desktop.words.activity import act_of, sentence
from tests.libraries import NOW

ROOT = Path(__file__).resolve().parents[3]


def told(library, **asked):
    with library.reading() as session:
        return [sentence(one) for one in activity.entries(session, Asked(**asked))]


def act(library, who, question, *arguments):
    library.actor = who
    with library.transaction() as session:
        return question(session, *arguments)


def year(library, number, said):
    with library.reading() as session:
        record, shelf = titles.record_of(session, number)
    return marc_form.apply(record, {"year": said}), shelf


@pytest.fixture
def worked(stocked):
    for who, said in (("Bu Dewi", "2009"), ("Pak Budi", "2019")):
        record, shelf = year(stocked, 1, said)
        act(stocked, who, titles.save_biblio, 1, record, NOW, shelf)
    act(stocked, "Bu Dewi", lending.check_out, "M0001", "B000001", NOW)
    act(stocked, "Bu Dewi", settings.change, settings.HOLD_DAYS, 5, NOW)
    return stocked


def test_each_change_of_a_title_tells_what_it_was_and_became(worked):
    newest, first = told(worked, kind="Biblio", record=1, most=2)
    assert newest.startswith("Pak Budi mengubah ")
    assert "dari 2009 menjadi 2019" in newest
    assert first.startswith("Bu Dewi mengubah ")
    assert "menjadi 2009" in first


def test_it_is_narrowed_by_person_kind_day_and_page(worked):
    assert all("Dewi" in one for one in told(worked, actor="Bu Dewi"))
    assert len(told(worked, actor="Pak Budi")) == 1
    assert len(told(worked, kind="Loan")) == 1
    assert told(worked, since=NOW + timedelta(days=1)) == []
    with worked.reading() as session:
        whole = activity.entries(session, Asked())
        page = activity.entries(session, Asked(before=whole[1].id, most=2))
        assert [one.id for one in page] == [one.id for one in whole[2:4]]
        assert {"Bu Dewi", "Pak Budi"} <= set(activity.people(session))


def test_what_was_taken_back_says_so_and_so_does_who_did_it(worked):
    with worked.reading() as session:
        lent = activity.entries(session, Asked(kind="Loan"))[0]
    act(worked, "Pak Budi", undo.undo, lent.id, NOW + timedelta(minutes=1))
    back, first = told(worked, kind="Loan")
    assert back.startswith("Pak Budi: dibatalkan: Dipinjam") or "dibatalkan: " in back
    assert first.endswith("dibatalkan kemudian")


def test_whoever_is_forgotten_has_no_name_here(worked):
    assert "Rina" in "".join(told(worked, kind="Loan")) or told(worked, kind="Loan")
    act(worked, "", lending.check_in, "B000001", NOW + timedelta(days=1))
    later = NOW + timedelta(days=4000)
    forgetting.run(worked, later.date(), later)
    with worked.reading() as session:
        assert {one.borrower for one in activity.entries(session, Asked(kind="Loan"))} == {""}


def test_every_act_has_a_name_in_the_list():
    written = set()
    for path in (ROOT / "database").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "journal.write":
                written |= {
                    one.value
                    for one in ast.walk(node)
                    if isinstance(one, ast.Constant) and isinstance(one.value, str)
                    if re.fullmatch(r"[a-z_]+\.[a-z_]+", one.value)
                }
    assert len(written) > 60
    assert sorted(name for name in written if act_of(name) == name) == []


def test_a_line_may_have_nothing_but_its_act(worked):
    with worked.reading() as session:
        one = activity.entries(session, Asked())[0]
    bare = replace(one, action="library.created", changes={}, about="", borrower="", actor="")
    assert sentence(bare) == f"{one.desk or 'seseorang'}: Perpustakaan dimulai"

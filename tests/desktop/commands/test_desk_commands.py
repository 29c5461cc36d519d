"""The desk without a window: one act a call, or a day from a file."""

from __future__ import annotations

import json

import pytest

from desktop.commands import run
from tests.libraries import NOW


@pytest.fixture
def library(stocked_file, tmp_path):
    path = tmp_path / "library.db"
    path.write_bytes(stocked_file.read_bytes())
    return path


@pytest.fixture
def ask(capsys, library):
    """Run a subcommand; (exit code, the lines of JSON on stdout)."""

    def run_it(*arguments):
        asked = [*map(str, arguments), "--library", str(library), "--json"]
        code = run(asked, lambda: NOW)
        return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return run_it


def test_a_copy_is_lent_renewed_and_taken_back(ask):
    code, (told,) = ask("checkout", "M0001", "B000001", "--at", "2027-01-11T09:10")
    assert code == 0
    assert (told["result"], told["due"], told["rule"], told["reason"], told["notes"]) == (
        "done",
        "2027-01-25",
        "nurse/*",
        None,
        [],
    )
    code, (told,) = ask("renew", "b000001", "--at", "2027-01-18 08:00")
    assert (code, told["due"]) == (0, "2027-02-01")
    code, (told,) = ask("return", "B000001", "--at", "2027-02-03T08:00")
    assert (code, told["result"], told["late_days"]) == (0, "done", 2)
    assert (told["fine"], told["suspended_until"]) == (1000, None)


def test_a_no_is_a_result_with_its_reason(ask):
    ask("checkout", "M0001", "B000001")
    code, (told,) = ask("checkout", "M0002", "B000001")
    assert (code, told["result"], told["reason"], told["due"]) == (
        2,
        "refused",
        "already_on_loan",
        None,
    )
    assert ask("return", "B999999")[1][0]["reason"] == "unknown_item"
    assert ask("checkout", "X", "B000010")[1][0]["reason"] == "unknown_patron"


def test_a_reason_lets_the_rule_be_passed(ask):
    for code in ("B000001", "B000010"):
        ask("checkout", "M0003", code)
    assert ask("checkout", "M0003", "B000011")[1][0]["reason"] == "limit_reached"
    code, (told,) = ask("checkout", "M0003", "B000011", "--reason", "ujian besok")
    assert (code, told["result"]) == (0, "done")


def test_a_wrong_time_is_told_in_one_line(ask):
    code, (told,) = ask("checkout", "M0001", "B000001", "--at", "besok")
    assert (code, told["error"]) == (2, "usage")


def test_what_is_late_is_listed_by_the_day_asked_for(ask):
    ask("checkout", "M0001", "B000001")
    ask("checkout", "M0003", "B000010")
    assert ask("overdue", "--at", "2027-01-18")[1] == [{"rows": []}]
    (told,) = ask("overdue", "--at", "2027-01-27")[1]
    assert [(row["patron"], row["item"], row["due"], row["late_days"]) for row in told["rows"]] == [
        ("M0003", "B000010", "2027-01-18", 7),
        ("M0001", "B000001", "2027-01-25", 2),
    ]


def test_a_day_is_replayed_from_a_file(ask, tmp_path):
    acts = [
        {"act": "checkout", "patron": "M0001", "item": "B000001", "at": "2027-01-11T09:10"},
        {"act": "checkout", "patron": "M0002", "item": "B000001", "at": "2027-01-11T09:11"},
        {"act": "return", "item": "B000001", "at": "2027-01-12T08:00"},
        {"act": "dance"},
    ]
    day = tmp_path / "hari.jsonl"
    lines = [json.dumps(act) for act in acts]
    day.write_text("\n".join([*lines, "", "no json", '{"act": "return"}']), encoding="utf-8")
    code, told = ask("replay", day)
    assert code == 1
    assert [(one["line"], one["result"], one["reason"]) for one in told] == [
        (1, "done", None),
        (2, "refused", "already_on_loan"),
        (3, "done", None),
        (4, "refused", "unreadable"),
        (6, "refused", "unreadable"),
        (7, "refused", "unreadable"),
    ]


def test_a_title_is_held_by_words_or_isbn(ask, tmp_path):
    acts = [
        {"act": "checkout", "patron": "M0001", "item": "B000010", "at": "2027-01-11T09:10"},
        {"act": "hold", "patron": "M0002", "title": "kebidanan", "at": "2027-01-12T09:10"},
        {"act": "hold", "patron": "M0003", "title": "9786020000022", "at": "2027-01-12T09:20"},
        {"act": "hold", "patron": "M0002", "title": "zzzz"},
    ]
    day = tmp_path / "hari.jsonl"
    day.write_text("\n".join(json.dumps(act) for act in acts), encoding="utf-8")
    _code, told = ask("replay", day)
    assert [(one["result"], one["reason"], one["notes"]) for one in told] == [
        ("done", None, []),
        ("done", None, ["queue:1"]),
        ("done", None, ["queue:2"]),
        ("refused", "not_one_title", []),
    ]


def test_a_missing_library_or_file_is_refused(ask, library, tmp_path):
    assert ask("replay", tmp_path / "none.jsonl")[0] == 2
    library.unlink()
    code, (told,) = ask("return", "B000001")
    assert (code, told["error"]) == (2, "library_missing")


def test_a_title_that_is_out_is_held_by_words_or_number(ask):
    ask("checkout", "M0001", "B000010")
    code, (told,) = ask("hold", "M0002", "kebidanan")
    assert (code, told["result"], told["notes"]) == (0, "done", ["queue:1"])
    code, (told,) = ask("renew", "B000010", "--at", "2027-01-18T09:00")
    assert (code, told["result"]) == (2, "refused")


def test_a_lost_day_is_replayed_with_its_money(ask, tmp_path):
    acts = [
        {"act": "visit", "category": "nurse", "people": 3, "at": "2027-01-11T08:00"},
        {"act": "checkout", "patron": "m0001", "item": "b000001", "at": "2027-01-11T09:10"},
        {"act": "checkout", "patron": "M0002", "item": "B000010", "at": "2027-01-11T09:10"},
        {"act": "return", "item": "B000001", "at": "2027-01-10T09:00"},
        {"act": "lost", "item": "B000001", "amount": 50000, "at": "2027-01-12T08:00"},
        {"act": "pay", "patron": "M0001", "amount": 20000, "at": "2027-01-12T08:05"},
        {"act": "hold", "patron": "M0001", "title": "kebidanan", "at": "2027-01-12T09:00"},
        {"act": "return", "item": "B000001", "at": "2027-01-13T08:00"},
        {"act": "pay", "patron": "M0001", "at": "2027-01-13T08:05"},
        {"act": "return", "item": "B000010", "at": "2027-01-14T08:00"},
        {"act": "cancel", "patron": "M0001", "title": "kebidanan", "at": "2027-01-14T08:10"},
        {"act": "use", "item": "B000099", "at": "2027-01-14T08:20"},
        {"act": "waive", "patron": "M0001", "reason": "x", "amount": "lima"},
    ]
    day = tmp_path / "hari.jsonl"
    day.write_text("\n".join(json.dumps(act) for act in acts), encoding="utf-8")
    _code, told = ask("replay", day)
    assert [(one["reason"], one["notes"]) for one in told] == [
        (None, []), (None, []), (None, []), ("before_last_act", []), (None, []),
        (None, ["left:30000"]), (None, ["queue:1"]), (None, ["found_again"]),
        ("nothing_owed", []), (None, ["hold_ready"]), (None, []), (None, []),
        ("value_invalid", []),
    ]  # fmt: skip


def test_a_renewal_too_many_needs_a_reason(ask):
    ask("checkout", "M0003", "B000001", "--at", "2027-01-11T09:10")
    ask("renew", "B000001", "--at", "2027-01-12T09:10")
    code, (told,) = ask("renew", "B000001", "--at", "2027-01-13T09:10")
    assert (code, told["reason"]) == (2, "not_renewable")
    code, (told,) = ask("renew", "B000001", "--at", "2027-01-13T09:10", "--reason", "stase")
    assert (code, told["due"]) == (0, "2027-01-20")


def test_a_return_of_the_year_3001_is_refused_and_the_copy_stays_out(ask):
    ask("checkout", "M0001", "B000001")
    code, (told,) = ask("return", "B000001", "--at", "3001-01-11T09:10")
    assert (code, told["reason"]) == (2, "time_to_come")
    assert "3001" in told["message"]
    assert ask("return", "B000001")[1][0]["late_days"] == 0


def test_where_people_borrow_already_no_act_and_no_line_of_a_file_is_ahead(ask, tmp_path):
    ask("checkout", "M0001", "B000001", "--at", "2027-01-08T09:10")
    assert ask("return", "B000001", "--at", "2027-01-12")[1][0]["reason"] == "time_to_come"
    day = tmp_path / "hari.jsonl"
    lines = [{"act": "return", "item": "B000001", "at": f"2027-01-{one}"} for one in (12, 10)]
    day.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    _code, told = ask("replay", day)
    assert [one["reason"] for one in told] == ["time_to_come", None]


def test_a_doubted_clock_does_nothing_by_itself_but_by_a_time_that_is_said(capsys, library):
    def ask_later(*arguments):
        asked = [*arguments, "--library", str(library), "--json"]
        code = run(asked, lambda: NOW.replace(year=2036))
        return code, json.loads(capsys.readouterr().out)

    code, told = ask_later("checkout", "W-MAWAR", "B000001")
    assert (code, told["reason"]) == (2, "clock_doubted")
    assert "2036" in told["message"]
    assert "2027" in told["message"]
    assert ask_later("forget")[1]["error"] == "clock_doubted"
    assert ask_later("checkout", "W-MAWAR", "B000001", "--at", "2027-01-11T10:00")[0] == 0


def test_a_time_in_another_zone_is_of_the_day_here(ask):
    code, (told,) = ask("checkout", "M0001", "B000001", "--at", "2027-01-10T20:00+00:00")
    assert (code, told["due"]) == (0, "2027-01-25")


def test_practice_has_a_clock_of_its_own(monkeypatch):
    from desktop.commands import local_now

    monkeypatch.setenv("SELASAR_NOW", "2027-01-11T09:10")
    assert local_now().isoformat() == "2027-01-11T09:10:00+07:00"
    monkeypatch.setenv("SELASAR_NOW", "besok")
    with pytest.raises(SystemExit, match="besok"):
        local_now()

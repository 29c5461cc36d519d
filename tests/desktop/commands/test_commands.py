"""The program without a window: JSON alone on stdout, one line of error, exit codes."""

from __future__ import annotations

import errno
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest
from sqlalchemy import select

from database.description import iso2709
from database.description.marc import Field, Record
from database.library import Library
from database.policy import own_fields
from database.policy.own_fields import OwnFacts
from database.schema import Biblio, OwnRecord
from desktop import commands
from desktop.commands import run, subcommands
from desktop.commands.command_line import OF_ARGPARSE, parser
from desktop.words import language
from desktop.words.codes import outcome
from tests.libraries import NOW, PROFILE

ROOT = Path(__file__).resolve().parents[3]


def record(title, barcode=""):
    fields = [Field("245", None, "10", [("a", title)])] if title else []
    fields.append(Field("300", None, "  ", [("a", "10 hlm.")]))
    if barcode:
        fields.append(Field("952", None, "  ", [("p", barcode), ("o", "616 SET b")]))
    return iso2709.serialise(Record(fields=fields))


@pytest.fixture
def ask(capsys):
    """Run a subcommand; (exit code, the JSON on stdout, stderr)."""

    def run_it(*arguments):
        code = run([str(one) for one in arguments] + ["--json"])
        told = capsys.readouterr()
        assert told.out.count("\n") == 1, told.out
        return code, json.loads(told.out), told.err

    return run_it


THREE = record("Satu", "B000001") + record("") + record("Dua", "B000002")


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "buku.mrc"
    path.write_bytes(THREE)
    return path


@pytest.fixture(scope="session")
def imported(tmp_path_factory):
    """A library that the import made of that file, made once."""
    folder = tmp_path_factory.mktemp("commands")
    (folder / "buku.mrc").write_bytes(THREE)
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        run(["import", str(folder / "buku.mrc"), "--items", "--library", str(folder / "lib.db")])
    return folder / "lib.db"


@pytest.fixture
def library(imported, tmp_path):
    return Path(shutil.copy(imported, tmp_path / "lib.db"))


def test_import_makes_the_library_and_tells_every_record(ask, file, tmp_path):
    code, told, err = ask("import", file, "--items", "--library", tmp_path / "new.db")
    assert code == 1
    assert (told["read"], told["added"], told["matched"], told["items"]) == (3, 2, 0, 2)
    assert told["refused"] == [
        {"file": "buku.mrc", "position": 2, "reason": "tidak ada judul (245)"}
    ]
    assert "buku.mrc:2" in err


def test_import_of_good_records_is_done(ask, tmp_path):
    path = tmp_path / "a.mrc"
    path.write_bytes(record("Satu"))
    code, told, _ = ask("import", path, "--library", tmp_path / "new.db")
    assert (code, told["added"], told["refused"]) == (0, 1, [])


def test_import_of_a_picture_is_not_done(ask, tmp_path):
    path = tmp_path / "foto.jpg"
    path.write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(100))
    code, told, _ = ask("import", path, "--library", tmp_path / "new.db")
    assert (code, told["read"], len(told["refused"])) == (2, 1, 1)


@pytest.mark.parametrize("command", [
    ["search", "x"], ["labels", "--all", "--pdf", "x.pdf"], ["report", "2026-10"], ["check"],
    ["export", "--out", "x.mrc"], ["backup", "x.db"],
])  # fmt: skip
def test_a_missing_library_is_refused_and_not_made(ask, tmp_path, command):
    code, told, err = ask(*command, "--library", tmp_path / "none.db")
    assert (code, told["error"]) == (2, "library_missing")
    assert err.count("\n") == 1
    assert not (tmp_path / "none.db").exists()


def test_search_gives_the_rows_promised(ask, library):
    code, told, _ = ask("search", "satu", "--limit", "50", "--library", library)
    assert (code, told["count"]) == (0, 1)
    assert told["rows"] == [
        {"id": 1, "title": "Satu", "contributors": "", "year": None, "call_number": "",
         "available": 1, "items": 1}
    ]  # fmt: skip


@pytest.mark.parametrize("form", ["mrc", "marcxml", "json"])
def test_export_and_import_again(ask, library, tmp_path, form):
    out = tmp_path / f"out.{form}"
    assert ask("export", "--format", form, "--out", out, "--library", library)[1]["written"] == 2
    told = ask("import", out, "--items", "--library", tmp_path / "again.db")[1]
    assert (told["added"], told["items"]) == (2, 2)


def test_everything_goes_out_and_in_again(ask, library, tmp_path):
    code, told, err = ask("export", "--all", tmp_path / "keluar", "--library", library)
    assert (code, told["lists"]["katalog.xml"], told["missing"]) == (0, 2, [])
    assert "data pribadi anggota" in err
    out = tmp_path / "keluar"
    code, told, _err = ask("import", out, "--library", tmp_path / "baru.db", "--dry-run")
    assert (code, told["titles"], told["items"]) == (0, 2, 2)
    assert not (tmp_path / "baru.db").exists()
    code, told, _err = ask("import", out, "--library", tmp_path / "baru.db")
    assert (code, told["titles"], told["items"]) == (0, 2, 2)
    assert ask("check", "--library", tmp_path / "baru.db")[0] == 0
    code, told, _err = ask("import", out, "--library", tmp_path / "baru.db")
    assert (code, told["error"]) == (2, "library_not_empty")
    code, told, _err = ask("export", "--all", out, "--library", library)
    assert (code, told["error"]) == (2, "folder_not_empty")
    (out / "selasar/item.jsonl").write_bytes(b"{}\n")
    code, told, _err = ask("import", out, "--library", tmp_path / "lain.db")
    assert (code, told["error"]) == (2, "export_damaged")
    assert "selasar/item.jsonl" in told["message"]
    assert not (tmp_path / "lain.db").exists()


def test_export_in_marc_8(ask, library, tmp_path):
    out = tmp_path / "old.mrc"
    more = ("--encoding", "marc-8", "--out", out, "--library", library)
    assert ask("export", *more)[1]["written"] == 2
    assert out.read_bytes()[9:10] == b" "
    assert ask("import", out, "--library", tmp_path / "again.db")[1]["added"] == 2


def test_labels_of_chosen_copies(ask, library, tmp_path):
    pdf = tmp_path / "label.pdf"
    code, told, _ = ask(
        "labels", "--barcodes", "b000002,B000001", "--sheet", "a4-3x7", "--start", "5",
        "--pdf", pdf, "--library", library,
    )  # fmt: skip
    assert (code, told["labels"], told["pages"]) == (0, 2, 1)
    assert pdf.read_bytes().startswith(b"%PDF")


def test_new_labels_are_new_once(ask, library, tmp_path):
    pdf = tmp_path / "label.pdf"
    assert ask("labels", "--new", "--pdf", pdf, "--library", library)[1]["labels"] == 2
    code, told, _ = ask("labels", "--new", "--pdf", pdf, "--library", library)
    assert (code, told["error"]) == (2, "usage")


@pytest.mark.parametrize(
    ("more", "error"),
    [
        (["--all", "--sheet", "a9"], "sheet_unknown"),
        (["--barcodes", "X"], "unknown_item"),
        (["--all", "--start", "22"], "usage"),
    ],
)
def test_labels_that_cannot_be(ask, library, tmp_path, more, error):
    code, told, _ = ask("labels", *more, "--pdf", tmp_path / "x.pdf", "--library", library)
    assert (code, told["error"]) == (2, error)
    assert not (tmp_path / "x.pdf").exists()


def test_a_report_of_the_demo(ask, tmp_path):
    where, pdf = tmp_path / "demo.db", tmp_path / "r.pdf"
    assert ask("demo", "--library", where)[0] == 0
    code, told, _ = ask("report", "2026-01", "--pdf", pdf, "--library", where)
    assert code == 0
    assert told["loans"]["now"] == sum(row["lent"] for row in told["circulation"])
    assert pdf.read_bytes().startswith(b"%PDF")
    assert ask("report", "Oktober", "--library", where)[1]["error"] == "month_invalid"
    assert ask("check", "--library", where)[:1] == (0,)
    assert ask("demo", "--library", where)[1]["error"] == "library_exists"


def test_backup_and_restore(ask, library, tmp_path):
    copy, again = tmp_path / "copy.db", tmp_path / "again.db"
    assert ask("backup", copy, "--library", library)[1]["titles"] == 2
    assert ask("restore", copy, again)[1]["items"] == 2
    assert ask("restore", copy, again)[1]["error"] == "library_exists"
    assert ask("restore", tmp_path / "none.db", tmp_path / "x.db")[1]["error"] == "file_missing"


def test_check_finds_what_is_wrong(ask, library):
    import sqlite3

    raw = sqlite3.connect(library)
    raw.execute("DELETE FROM biblio_words WHERE rowid = 1")
    raw.execute("UPDATE item SET status = 'lost' WHERE id = 1")
    raw.commit()
    raw.close()
    code, told, _ = ask("check", "--library", library)
    assert (code, told["sound"]) == (1, False)
    assert {one["what"] for one in told["problems"]} == {
        "titles_not_found_by_search",
        "copies_that_break_the_balance",
    }


def test_wrong_usage_is_one_line(capsys):
    assert run(["search"]) == 2
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)


@pytest.mark.parametrize(("spoken", "words"), [("id", "cari judul"), ("en", "find titles")])
def test_help_in_both_languages(capsys, spoken, words):
    assert run(["--language", spoken, "--help"]) == 0
    assert words in capsys.readouterr().out


def test_help_has_no_word_of_the_other_language(capsys):
    assert run(["--language", "id", "--help"]) == 0
    told = capsys.readouterr().out
    english = [one for one in OF_ARGPARSE if one != language._(one)]
    assert len(english) > 10
    assert not [one for one in (*english, "show program") if one in told]
    assert run(["--language", "en", "--help"]) == 0
    assert "positional arguments" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("variable", "said", "words"),
    [("LANG", "en_US.UTF-8", "find titles"), ("LC_ALL", "id_ID.UTF-8", "cari judul")],
)
def test_help_speaks_as_the_system_does(capsys, monkeypatch, variable, said, words):
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.setenv(variable, said)
    assert run(["--help"]) == 0
    assert words in capsys.readouterr().out
    assert run(["search"]) == 2
    assert "argumen berikut" in capsys.readouterr().err


def test_version(capsys):
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("Selasar ")


def test_a_console_of_another_code_page_gets_utf8(file, tmp_path):
    """As a Windows console does; and stdout holds the object alone."""
    done = subprocess.run(
        [sys.executable, "-m", "desktop", "import", str(file), "--json", "--library",
         str(tmp_path / "l.db")],
        cwd=ROOT, capture_output=True, env={**os.environ, "PYTHONIOENCODING": "cp1252"},
    )  # fmt: skip
    assert done.returncode == 1
    assert json.loads(done.stdout.decode("utf-8"))["read"] == 3


def test_without_a_screen_the_window_says_so(tmp_path):
    bare = {
        k: v
        for k, v in os.environ.items()
        if k not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    }
    if not sys.platform.startswith("linux"):
        pytest.skip("elsewhere there is always a screen")
    done = subprocess.run(
        [sys.executable, "-m", "desktop", "--demo"],
        cwd=ROOT,
        capture_output=True,
        env=bare,
        text=True,
    )
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)


PEOPLE = """Nama;NIM;No HP;Jenis;Berlaku sampai
Ayu Lestari;H1A001;0812-7200-4412;Koas/Mahasiswa;31/03/2099
Budi;H1A002;;;32/13/2099
;H1A003
Ayu Lestari;H1A001
"""


def test_patrons_are_brought_in_and_listed(ask, library, tmp_path):
    file = tmp_path / "koas.csv"
    file.write_text(PEOPLE, encoding="utf-8")
    code, told, err = ask("import-patrons", file, "--library", library, "--category", "student")
    assert code == 1
    assert (told["read"], told["added"], told["renewed"], told["matched"]) == (4, 1, 0, 0)
    assert told["refused"] == [
        {"file": "koas.csv", "position": 3, "reason": outcome("wrong_date", "32/13/2099")},
        {"file": "koas.csv", "position": 4, "reason": outcome("name_missing", "")},
        {"file": "koas.csv", "position": 5, "reason": outcome("doubled", "2")},
    ]
    assert err.count("koas.csv:") == 3
    code, told, _err = ask("patrons", "--library", library)
    assert (code, told["rows"]) == (0, [
        {"number": "M0001", "name": "Ayu Lestari", "category": "student",
         "valid_until": "2099-03-31", "open_loans": 0},
    ])  # fmt: skip
    code, told, _err = ask("import-patrons", file, "--library", library)
    assert (told["added"], told["matched"]) == (0, 1)


def test_a_list_of_nobody_and_an_unknown_kind_change_nothing(ask, library, tmp_path):
    file = tmp_path / "rusak.csv"
    file.write_text("Nama\tNIM\n\t1\n", encoding="utf-8")
    assert ask("import-patrons", file, "--library", library)[0] == 2
    code, told, _err = ask("import-patrons", file, "--library", library, "--category", "x")
    assert (code, told["error"]) == (2, "category_missing")
    assert ask("import-patrons", tmp_path / "no.csv", "--library", library)[0] == 2
    assert ask("patrons", "--library", library)[1] == {"rows": []}


def test_patrons_for_people_to_read(library, tmp_path, capsys):
    file = tmp_path / "koas.csv"
    file.write_text(PEOPLE, encoding="utf-8")
    run(["import-patrons", str(file), "--library", str(library), "--category", "student"])
    capsys.readouterr()
    assert run(["patrons", "--library", str(library), "--language", "en"]) == 0
    head, line = capsys.readouterr().out.splitlines()
    assert head.split() == ["Number", "Name", "Kind", "Valid", "until", "Loans"]
    assert line.startswith("M0001   Ayu Lestari  Koas/Mahasiswa")


def test_every_subcommand_of_the_parser_is_carried_out_somewhere_and_no_other():
    offered = next(act.choices for act in parser()._actions if isinstance(act.choices, dict))
    assert set(offered) == set(subcommands.ROOMS)
    assert all(callable(subcommands.act_of(name)) for name in offered)


@pytest.mark.parametrize("content", [None, b"", b"bukan MARC"])
def test_a_file_that_cannot_be_read_leaves_no_new_library(ask, tmp_path, content):
    file, library = tmp_path / "salah.mrc", tmp_path / "baru.db"
    if content is not None:
        file.write_bytes(content)
    code, told, _said = ask("import", file, "--library", library)
    assert (code, told["added"], len(told["refused"])) == (2, 0, 1)
    assert list(tmp_path.glob("baru.db*")) == []


def test_who_reads_only_the_beginning_hears_no_complaint(library):
    """`selasar search ... | head -1` closes the pipe before all is written."""
    asked = [sys.executable, "-m", "desktop", "search", "", "--library", str(library)]
    with subprocess.Popen(
        asked, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        process.stdout.close()
        complained = process.stderr.read()
    assert (process.returncode, complained) == (0, b"")


def test_an_invalid_argument_is_no_reader_that_went_away(monkeypatch, capsys):
    """Windows calls both so; only where nothing more can be said is it the reader."""

    def act(_chosen, _now):
        raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr(commands, "act_of", lambda _name: act)
    monkeypatch.setattr(sys, "platform", "win32")
    assert commands.run(["check", "--library", "x.db", "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"] == "file"


def test_closed_days_are_listed_added_and_confirmed(ask, library):
    def closed(*more):
        code, told, _err = ask("closed", "2027", *more, "--library", library)
        return code, told

    code, told = closed("--add", "2027-03-08..2027-03-12", "--name", "Lebaran")
    assert (code, len(told["closed"]), told["confirmed"]) == (0, 5, False)
    _code, told = closed("--add", "2027-08-17", "--yearly", "--name", "HUT RI")
    assert [one["name"] for one in told["closed"]][-1] == "HUT RI"
    assert "2027-08-17" not in [one["day"] for one in told["proposed"]]
    _code, told = closed("--confirm")
    assert told["confirmed"]
    assert all(one["leave"] for one in told["proposed"])
    assert closed("--add", "8 Maret")[1]["error"] == "usage"
    assert closed("--add", "2027-03-12..2027-03-08")[1]["error"] == "value_invalid"


def test_a_mistake_of_ours_is_one_line_and_names_nobody(capsys, monkeypatch):
    def act(_chosen, _now):
        raise ZeroDivisionError("Ny. Sumarni, 0812 5550 0199")

    monkeypatch.setattr(commands, "act_of", lambda _name: act)
    assert commands.run(["check", "--library", "x.db", "--json"]) == 3
    said = capsys.readouterr()
    assert json.loads(said.out)["error"] == "unforeseen"
    assert "ZeroDivisionError, test_commands.py:" in said.err
    assert "Sumarni" not in said.out + said.err
    assert len(said.err.splitlines()) == 1


def test_one_broken_record_does_not_end_an_export(ask, library, tmp_path):
    raw = sqlite3.connect(library)
    raw.execute("UPDATE biblio SET marc = '{\"leader\":' WHERE title = 'Satu'")
    raw.commit()
    raw.close()
    code, told, err = ask("export", "--out", tmp_path / "x.mrc", "--library", library)
    assert (code, told["written"], len(told["broken"])) == (1, 2, 1)
    assert "rusak" in err
    content = (tmp_path / "x.mrc").read_bytes()
    assert b"Satu" in content
    assert b"Dua" in content
    assert ask("export", "--all", tmp_path / "semua", "--library", library)[0] == 0
    assert b"Satu" in (tmp_path / "semua" / "katalog.xml").read_bytes()


def test_the_journal_is_compared_with_what_was_printed(ask, library):
    code, told, _err = ask("check", "--library", library)
    assert (code, told["sound"]) == (0, True)
    assert ask("check", "--library", library, "--journal", told["journal"])[0] == 0
    line, *signs = told["journal"].split()
    other = " ".join([line, "0000", *signs[1:]])
    code, found, _err = ask("check", "--library", library, "--journal", other)
    assert (code, found["problems"][0]["what"]) == (1, "journal_not_as_printed")
    assert ask("check", "--library", library, "--journal", "x")[0] == 2
    raw = sqlite3.connect(library)
    raw.execute("UPDATE journal SET actor = 'Orang lain' WHERE id = 1")
    raw.commit()
    raw.close()
    code, found, _err = ask("check", "--library", library)
    assert (code, found["problems"][0]["what"], found["problems"][0]["lines"]) == (
        1, "journal_changed", [1]
    )  # fmt: skip


def test_a_column_is_said_to_mean_an_own_field(ask, tmp_path):
    where = tmp_path / "perpustakaan.db"
    with closing(Library.create(where, PROFILE, NOW)) as library, library.transaction() as session:
        own_fields.add(session, OwnFacts(OwnRecord.TITLE, "Prodi"), NOW)
    listed = tmp_path / "buku.csv"
    listed.write_text("Judul;Pengarang;Untuk\nGizi dasar;Putra, Adi;D3\n", encoding="utf-8")
    code, told, said = ask("import", listed, "--library", where, "--map", "Untuk=own:title:x")
    assert code == 2
    assert "own:title:prodi" in said
    code, told, said = ask("import", listed, "--library", where, "--map", "Untuk=own:title:prodi")
    assert (code, told["added"]) == (0, 1)
    with closing(Library.open(where)) as library, library.reading() as session:
        (own,) = session.execute(select(Biblio.own)).scalars()
    assert own == '{"prodi":"D3"}'

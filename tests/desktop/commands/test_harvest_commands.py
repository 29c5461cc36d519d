"""Catalogues of partners without a window."""

from __future__ import annotations

import json

import pytest

from database.library import Library
from desktop.commands import run
from desktop.web.app import application
from desktop.web.place import Place
from desktop.web.serving import Serving, bound
from tests.libraries import NOW


@pytest.fixture
def library(prepared_file, tmp_path):
    path = tmp_path / "library.db"
    path.write_bytes(prepared_file.read_bytes())
    return path


@pytest.fixture
def partner(stocked_file, tmp_path):
    """The address of another library."""
    path = tmp_path / "partner.db"
    path.write_bytes(stocked_file.read_bytes())
    opened = Library.open_to_look(path)
    serving = Serving(application(Place(opened, lambda: NOW)), bound("127.0.0.1", 0))
    serving.start()
    yield f"http://127.0.0.1:{serving.port}/oai"
    serving.stop()
    opened.close()


@pytest.fixture
def ask(capsys, library):
    """Run a subcommand; (exit code, the JSON on stdout)."""

    def run_it(*arguments):
        code = run([*map(str, arguments), "--library", str(library), "--json"], lambda: NOW)
        return code, json.loads(capsys.readouterr().out)

    return run_it


def test_a_partner_is_fetched_listed_searched_and_taken_away(ask, partner):
    assert ask("harvest") == (0, {"partners": []})
    code, told = ask("harvest", "RSUD Sehati", "--address", partner)
    assert (code, told["deleted"], told["unread"]) == (0, 0, 0)
    assert told["stored"] > 0
    assert ask("harvest", "rsud sehati")[1]["name"] == "RSUD Sehati"
    assert ask("harvest", "RSUD Sehati", "--whole")[1]["stored"] == told["stored"]
    [row] = ask("harvest")[1]["partners"]
    assert (row["name"], row["titles"], row["unfinished"]) == (
        "RSUD Sehati", told["stored"], False,
    )  # fmt: skip
    found = ask("search-partners", "kebidanan")[1]["rows"]
    assert {one["library"] for one in found} == {"RSUD Sehati"}
    assert ask("search", "kebidanan")[1]["count"] == 0
    code, said = ask("harvest", "RSUD Sehati", "--remove")
    assert (code, "--yes" in said["message"]) == (2, True)
    assert ask("harvest", "RSUD Sehati", "--remove", "--yes")[0] == 0
    assert ask("search-partners", "kebidanan")[1]["rows"] == []


def test_a_partner_is_named_by_how_it_is_reached(ask, partner, library, tmp_path):
    assert ask("harvest", "Siapa")[1]["error"] == "usage"
    ask("harvest", "RSUD Sehati", "--address", partner)
    assert ask("harvest", "RSUD Sehati", "--address", "http://x/oai")[1]["error"] == "name_taken"
    assert ask("harvest", "Mati", "--address", "http://127.0.0.1:1/oai")[1]["error"] == "no_answer"


def test_a_file_is_taken(ask, library, stocked_file, tmp_path, capsys):
    path = tmp_path / "katalog.mrc"
    run(["export", "--out", str(path), "--library", str(stocked_file)], lambda: NOW)
    capsys.readouterr()
    code, told = ask("harvest", "Poltekkes", "--file", path)
    assert (code, told["stored"] > 0) == (0, True)
    path.write_bytes(b"")
    assert ask("harvest", "Poltekkes", "--file", path)[1]["error"] == "file_empty"
    assert ask("search-partners", "kebidanan")[1]["rows"] != []

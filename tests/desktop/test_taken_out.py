"""Names and records leave the house as a file only where somebody may let them."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from database.refusal import Reason, Refusal
from database.reports import questions
from database.reports.questions import Asked, Filter
from database.rights import Role
from desktop import program as programs
from desktop.words.leaving import Texts
from tests.desktop.running.test_signing import staff  # noqa: F401
from tests.libraries import LIVED

DESKTOP = Path(programs.__file__).parent
WRITERS = {"write_csv", "write_xlsx", "write_whole", "whole_file"}
"""What makes a file out of what the library holds."""
HARMLESS = {
    "papers.py": "makes a paper for who asked for it: the command line, signed in",
    "printing/printer.py": "what no printer took is kept for this PC's own list of papers",
    "recap/writing.py": "figures of other libraries",
    "running/another_pc.py": "the guide of a move, which the settings ask for",
    "running/keeping/backup_places.py": "the mark of a folder of backups",
    "running/keeping/backups.py": "the backups themselves, whoever is there",
    "running/updates.py": "the program",
    "screens/catalogue/list_sheet.py": "asked by the page of lists, which calls it",
    "screens/patrons/rotation/leavers.py": "asked by the page of the rotation, which hands it in",
    "screens/settings/backups.py": "the paper of a trial, which counts and names nobody",
    "screens/settings/personal.py": "the sheet of a breach counts and names nobody",
    "screens/settings/second_place.py": "the passphrase of the backups, for the safe",
    "screens/settings/staff.py": "the recovery code, for the safe",
    "web/folder/site.py": "the public catalogue, of no person",
}
"""Files that write something else, or are asked for by one that asks."""


def writers():
    """Files of the window that write one of those, and whether they ask for the right."""
    for path in sorted(DESKTOP.rglob("*.py")):
        name = path.relative_to(DESKTOP).as_posix()
        if name.startswith(("commands/", "pages/")):
            continue
        text = path.read_text(encoding="utf-8")
        called = {
            node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.Call)
        }
        if called & WRITERS:
            yield name, "Right.EXPORT" in text


def test_whoever_writes_a_file_asks_for_the_right():
    found = dict(writers())
    assert len(found) > 15
    assert {name for name, asks in found.items() if not asks} == HARMLESS.keys()


@pytest.fixture
def refused(program, staff):  # noqa: F811
    """What is said to somebody of the staff who tries."""

    def try_it(role, deed):
        program.library.account = staff[role]
        with pytest.raises(Refusal) as told:
            deed()
        assert told.value.reason is Reason.NOT_ALLOWED
        program.library.account = None

    return try_it


def test_the_whole_library_leaves_by_the_rule_itself(program, refused, tmp_path):
    def leave():
        program.library.leave(tmp_path / "keluar", Texts(), "1", LIVED)

    for role in (Role.HELPER, Role.READER):
        refused(role, leave)
    assert not (tmp_path / "keluar").exists()


def test_who_reads_figures_asks_for_no_person(program, staff, refused):  # noqa: F811
    def ask(columns, *filters, group=""):
        asked = Asked("patrons", columns, filters, group)
        return lambda: program.read(lambda s: questions.ask(s, asked))

    refused(Role.READER, ask(("name", "unit")))
    refused(Role.READER, ask(("unit",), Filter("name", "contains", "a")))
    program.library.account = staff[Role.READER]
    assert ask((), group="category")().rows
    program.library.account = staff[Role.LIBRARIAN]
    assert ask(("name", "unit"))().rows

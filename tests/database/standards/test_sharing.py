"""One librarian types, all confirm: numbers and questions as files."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from database import undo
from database.refusal import Reason, Refusal
from database.registers import evidence
from database.standards import accreditation, assessing, sharing, standards
from tests.libraries import NOW

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40
STANDARD = "snp-7-2022"


def act(library, deed, *arguments):
    with library.transaction() as session:
        return deed(session, *arguments)


def ask(library, deed, *arguments):
    with library.reading() as session:
        return deed(session, *arguments)


def refused(library, deed, *arguments):
    with pytest.raises(Refusal) as told:
        act(library, deed, *arguments)
    return told.value.reason


@pytest.fixture
def code():
    return standards.standards()[STANDARD].indicators[0].code


def test_numbers_go_along_with_who_confirmed_them_and_when(library, code, tmp_path):
    path = tmp_path / "angka.json"
    today = NOW.date()
    assert refused(library, sharing.save_thresholds, path, today) is Reason.NOTHING_SHARED
    line = act(library, standards.confirm, STANDARD, code, 2500, "Pasal 7", "Siti", NOW)
    assert ask(library, sharing.save_thresholds, path, today) == 1
    told = json.loads(path.read_text("utf-8"))
    assert told["thresholds"][0]["verified_by"] == "Siti (Perpustakaan RSUD Bhakti Sehat)"
    act(library, undo.undo, line, NOW)
    later = NOW + timedelta(days=9)
    (one,) = ask(library, sharing.thresholds_in, path)
    assert (one.value, one.article, one.verified_on, one.ours) == (2500, "Pasal 7", today, None)
    brought = act(library, sharing.confirm_all, [one], later)
    (kept,) = ask(library, standards.confirmed)
    assert (kept.verified_by, kept.verified_on) == (one.verified_by, today)
    # Passed on again it names the same one who read it.
    ask(library, sharing.save_thresholds, path, today)
    assert json.loads(path.read_text("utf-8")) == told
    act(library, undo.undo, brought, later)
    assert ask(library, standards.confirmed) == []


def test_a_number_of_ours_that_differs_is_told_and_comes_back(library, code, tmp_path):
    path = tmp_path / "angka.json"
    act(library, standards.confirm, STANDARD, code, 2500, "Pasal 7", "Siti", NOW)
    ask(library, sharing.save_thresholds, path, NOW.date())
    act(library, standards.confirm, STANDARD, code, 2000, "Pasal 8", "Budi", NOW)
    rows = ask(library, sharing.thresholds_in, path)
    assert [(one.ours, one.differs) for one in rows] == [(2000, True)]
    line = act(library, sharing.confirm_all, rows, NOW)
    act(library, undo.undo, line, NOW)
    (kept,) = ask(library, standards.confirmed)
    assert (kept.threshold, kept.article, kept.verified_by) == (2000, "Pasal 8", "Budi")


BROKEN = {
    "no json": b"\xff\xfe",
    "a list": b"[]",
    "deep": b"[" * 100_000,
    "another schema": b'{"schema": "x/1", "thresholds": []}',
    "none": b'{"schema": "selasar-thresholds/1", "thresholds": []}',
    "no rows": b'{"schema": "selasar-thresholds/1", "thresholds": [1]}',
}


@pytest.mark.parametrize("kind", BROKEN)
def test_what_is_no_such_file_is_refused_whole(library, tmp_path, kind):
    path = tmp_path / "x.json"
    path.write_bytes(BROKEN[kind])
    assert refused(library, sharing.thresholds_in, path) is Reason.NOT_SHARED
    assert refused(library, sharing.questions_from, path, NOW) is Reason.NOT_SHARED


@pytest.mark.parametrize(
    "wrong",
    [{"value": "2500"}, {"value": -1}, {"value": 1e999}, {"verified_by": " "}, {"article": None},
     {"verified_on": "kemarin"}, {"verified_by": "x" * 900}],
)  # fmt: skip
def test_a_line_that_is_not_whole_lets_none_in(library, code, tmp_path, wrong):
    path = tmp_path / "angka.json"
    act(library, standards.confirm, STANDARD, code, 2500, "Pasal 7", "Siti", NOW)
    ask(library, sharing.save_thresholds, path, NOW.date())
    told = json.loads(path.read_text("utf-8"))
    told["thresholds"].append({**told["thresholds"][0], **wrong})
    path.write_text(json.dumps(told), "utf-8")
    assert refused(library, sharing.thresholds_in, path) is Reason.NOT_SHARED


def test_questions_are_given_on_and_pasted(library, tmp_path):
    first = accreditation.instrument().components[0]
    table = f"Komponen\tNomor\tPertanyaan\n{first.name}\t1\tBerapa judul?\ta. 5000\tb. 4000\n"
    line, count = act(library, assessing.paste, table, NOW)
    assert count == 1
    assert refused(library, assessing.paste, "bukan tabel", NOW) is Reason.VALUE_INVALID
    path = tmp_path / "pertanyaan.json"
    assert ask(library, sharing.save_questions, path, NOW.date()) == 1
    act(library, undo.undo, line, NOW)
    assert ask(library, accreditation.questions)[0].words == ""
    assert act(library, sharing.questions_from, path, NOW)[1] == 1
    (one,) = [each for each in ask(library, accreditation.questions) if each.words]
    assert (one.words, one.answers) == ("Berapa judul?", ("a. 5000", "b. 4000"))


def test_a_page_of_the_regulation_is_kept_with_its_number_and_is_no_whole_gazette(
    library, code, tmp_path
):
    photo, key = tmp_path / "pasal7.png", f"{STANDARD}/{code}"
    photo.write_bytes(PNG)
    where = library.where
    act(library, evidence.attach, where, evidence.THRESHOLD, key, photo, "", NOW)
    (piece,) = ask(library, evidence.of, evidence.THRESHOLD, key)
    assert piece.name == "pasal7.png"
    with photo.open("ab") as stream:
        stream.truncate(evidence.LARGEST_PAGE + 1)
    told = refused(library, evidence.attach, where, evidence.THRESHOLD, key, photo, "", NOW)
    assert told is Reason.NOT_DIGITAL

"""The self-assessment: scores by the formula of the instrument; evidence; the clock of a search."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from database import undo
from database.refusal import Reason, Refusal
from database.registers import evidence, registers, work_timers
from database.standards import accreditation, assessing, standards
from database.standards.measuring import Year
from tests.libraries import NOW

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


def act(library, deed, *arguments, **more):
    with library.transaction() as session:
        return deed(session, *arguments, **more)


def refused(library, deed, *arguments):
    with pytest.raises(Refusal) as told:
        act(library, deed, *arguments)
    return told.value.reason


def asked(library):
    with library.reading() as session:
        return accreditation.questions(session)


def test_the_instrument_is_that_of_2022():
    one = accreditation.instrument()
    assert sum(part.weight for part in one.components) == 100
    assert sum(part.questions for part in one.components) == 72
    assert [(b.predicate, b.least, b.years) for b in one.bounds] == [
        ("A", 91, 5),
        ("B", 76, 4),
        ("C", 60, 3),
    ]
    assert one.verified is False


def test_all_best_is_100_all_worst_is_20_and_nothing_is_0(library):
    assert accreditation.result(asked(library)).total == 0
    for score, total, predicate in ((5, 100, "A"), (1, 20, "")):
        for one in asked(library):
            act(library, assessing.answer, one.component, one.number, score, "", NOW)
        found = accreditation.result(asked(library))
        assert (found.total, found.predicate) == (total, predicate)
        assert found.passed is (score == 5)


@pytest.mark.parametrize(
    ("total", "predicate"), [(91, "A"), (90.9, "B"), (76, "B"), (75.99, "C"), (60, "C"),
                             (59.9, "")]
)  # fmt: skip
def test_the_bounds_take_decimals_as_they_are(total, predicate):
    found = next((one for one in accreditation.instrument().bounds if total >= one.least), None)
    assert (found.predicate if found else "") == predicate


def test_one_component_by_hand(library):
    # Five questions of management weigh 15: (5 + 4 + 3) / 25 x 15 = 7.2
    for number, score in ((1, 5), (2, 4), (3, 3)):
        act(library, assessing.answer, "management", number, score, "", NOW)
    found = accreditation.result(asked(library))
    management = next(one for one in found.standings if one.component.code == "management")
    assert (management.answered, management.points) == (3, 7.2)
    assert found.total == 7.2


def test_what_would_bring_the_most_points_comes_first(library):
    first = accreditation.gaps(asked(library))[0]
    # A question of management is worth 3, of no other component as much.
    assert (first.component, round(first.gain, 6)) == ("management", 3)
    act(library, assessing.answer, "management", 1, 5, "", NOW)
    gaps = accreditation.gaps(asked(library))
    assert len(gaps) == 71
    assert sum(one.gain for one in gaps) == pytest.approx(97)


def test_scores_and_texts_are_taken_back_and_wrong_ones_refused(library, tmp_path):
    line = act(library, assessing.answer, "iplm", 4, 2, "lihat SK", NOW)
    act(library, undo.undo, line, NOW)
    assert [one.score for one in asked(library) if one.score] == []
    assert refused(library, assessing.answer, "iplm", 5, 2, "", NOW) is Reason.RECORD_GONE
    assert refused(library, assessing.answer, "iplm", 1, 6, "", NOW) is Reason.VALUE_INVALID
    path = tmp_path / "soal.csv"
    path.write_text("komponen;no;soal;a;b\nKoleksi;1;Jumlah judul;>= 1.000;500\nX;2;y;;\n")
    line, count = act(library, assessing.bring_in, path, NOW)
    assert count == 1
    assert (asked(library)[0].words, asked(library)[0].answers) == (
        "Jumlah judul",
        (">= 1.000", "500"),
    )
    act(library, undo.undo, line, NOW)
    assert asked(library)[0].words == ""
    path.write_text("a;b\n1;2\n")
    assert refused(library, assessing.bring_in, path, NOW) is Reason.NOT_A_TABLE


def test_evidence_is_kept_opened_and_goes_with_a_changed_line(library, tmp_path):
    act(
        library,
        registers.add,
        "activity",
        {"title": "Dongeng", "kind": "story_hour", "day": NOW.date()},
        NOW,
    )
    with library.reading() as session:
        entry = registers.entries(session, "activity")[0]
    photo = tmp_path / "foto.png"
    photo.write_bytes(PNG)
    where = library.where
    act(library, evidence.attach, where, "register", str(entry.id), photo, "dari depan", NOW)
    changed = act(library, registers.save, entry.id, {**entry.values, "men": 4}, NOW)
    with library.reading() as session:
        after = registers.entries(session, "activity")[0]
        (piece,) = evidence.of(session, "register", str(after.id))
        assert (piece.name, piece.note) == ("foto.png", "dari depan")
        assert evidence.counts(session, "register") == {str(after.id): 1}
        assert Path(evidence.place(session, where, piece.id)).read_bytes() == PNG
    act(library, undo.undo, changed, NOW)
    line = act(library, evidence.remove, piece.id, NOW)
    with library.reading() as session:
        assert evidence.of(session, "register", str(entry.id)) == []
    act(library, undo.undo, line, NOW)
    with library.reading() as session:
        assert len(evidence.of(session, "register", str(entry.id))) == 1
    photo.write_bytes(b"plain words")
    assert refused(library, evidence.attach, where, "register", "1", photo, "", NOW) is (
        Reason.NOT_DIGITAL
    )


SEARCH = {
    "day": NOW.date(),
    "requester": "dr. B",
    "kind": "research",
    "question": "x",
    "due": NOW.date(),
}


def test_the_clock_of_a_search_adds_its_minutes(library):
    act(library, registers.add, "literature_search", SEARCH, NOW)

    def entry():
        with library.reading() as session:
            return registers.entries(session, "literature_search")[0]

    act(library, work_timers.start, entry().id, NOW)
    later = NOW + timedelta(minutes=45)
    line = act(library, work_timers.stop, entry().id, later)
    assert entry().values["hours"] == 0.75
    assert refused(library, work_timers.stop, entry().id, later) is Reason.RECORD_GONE
    act(library, undo.undo, line, later)
    assert entry().values["hours"] == 0
    # A changed line takes its running clock along; one forgotten overnight stops at 12 hours.
    act(library, registers.save, entry().id, {**entry().values, "found": 3}, NOW)
    act(library, work_timers.stop, entry().id, NOW + timedelta(days=2))
    assert entry().values["hours"] == 12


def test_a_trend_has_a_value_a_month(stocked):
    with stocked.reading() as session:
        points = standards.trend(session, "titles", NOW.date(), 3)
        assert [month for month, _value in points] == ["2026-11", "2026-12", "2027-01"]
        assert points[-1][1] == standards.MEASURES["titles"](session, Year(NOW.date()))
        assert standards.trend(session, "titles", NOW.date(), 3, lambda: False) == []


def test_former_inputs_use_the_population_beside_them(stocked):
    act(
        stocked, registers.add, "population", {"year": 2027, "employees": 400, "students": 100}, NOW
    )
    with stocked.reading() as session:
        found = {one.indicator: one for one in standards.measured(session, NOW.date(), ("uplm",))}
    assert found["PENDUDUK"].value == 500
    assert found["UPLM2"].value == round(6 / 500, 5)
    assert found["UPLM6"].value is None
    assert all(one.formula for one in found.values())

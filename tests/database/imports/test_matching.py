"""Matching never swallows a book: what is joined, what is new and told, what was decided."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from database import undo
from database.catalogue import titles
from database.description.marc import Field, Record
from database.exchange import found
from database.imports import importing, preview
from database.imports.plan import Decision, Matched
from database.schema import Biblio, Item
from tests.libraries import NOW

ISBN, OTHER = "9786022322122", "9786022321835"


def record(title, isbn=ISBN, *, code="a", author="Wahyuni, Sri", year="2019", extra=()):
    fields = [Field("020", None, "  ", [(code, isbn)])] if isbn else []
    fields += [Field("100", None, "1 ", [("a", author)])] if author else []
    fields += [Field("245", None, "10", [("a", title)]), Field("264", None, " 1", [("c", year)])]
    return Record(fields=[*fields, *extra])


@pytest.fixture
def make(tmp_path):
    def write(name, *records):
        path = tmp_path / f"{name}.mrc"
        with path.open("wb") as stream:
            found.write(stream, records, "mrc")
        return path

    return write


def bring(library, *paths, **more):
    with library.transaction() as session:
        return importing.run(session, paths, NOW, **more)


def look(library, *paths, **more):
    with library.reading() as session:
        return preview.preview(session, paths, **more)


def take_back(library, result):
    with library.transaction() as session:
        undo.undo(session, result.line, NOW)


def standing(library):
    with library.reading() as session:
        return sorted(
            session.execute(select(Biblio.title).where(Biblio.cancelled_at.is_(None))).scalars()
        )


@pytest.mark.parametrize("together", [True, False])
def test_an_equal_isbn_with_another_title_is_a_new_title_and_told(library, make, together):
    first, second = record("Keperawatan anak"), record("Anatomi manusia", author="Hidayat, Budi")
    if together:
        result = bring(library, make("x", first, second))
    else:
        bring(library, make("x", first))
        result = bring(library, make("y", second))
    assert standing(library) == ["Anatomi manusia", "Keperawatan anak"]
    (told,) = result.doubtful
    assert (told.reason, told.detail) == ("isbn_other_title", "Keperawatan anak")
    assert told.partly


def test_a_cancelled_isbn_and_that_of_another_form_identify_nothing(library, make):
    other_form = Field("776", None, "08", [("t", "Keperawatan anak"), ("z", ISBN)])
    result = bring(
        library,
        make(
            "x",
            record("Keperawatan anak"),
            record("Keperawatan anak : edisi cetak", OTHER, extra=[other_form], year="2020"),
            record("Keperawatan anak, ringkas", code="z", year="2021"),
        ),
    )
    assert (result.added, result.doubtful) == (3, [])


def test_volumes_and_semesters_that_share_an_isbn_stay_apart(library, make):
    named = [record(f"Matematika SMP Kelas IX Semester {n}", author="") for n in (1, 2, 3)]
    assert bring(library, make("x", *named)).added == 3
    assert bring(library, make("y", *named)).matched == 3


def test_an_overlay_never_replaces_another_book_and_is_put_back(library, make):
    bring(library, make("x", record("Keperawatan anak")))
    other = make(
        "y", record("Anatomi manusia"), record("Keperawatan anak : edisi baru", year="2021")
    )
    result = bring(library, other, matched=Matched.OVERLAY)
    assert (result.added, result.matched, result.overlaid) == (1, 1, 1)
    assert standing(library) == ["Anatomi manusia", "Keperawatan anak : edisi baru"]
    take_back(library, result)
    assert standing(library) == ["Keperawatan anak"]


def test_the_preview_tells_with_which_title_a_row_is_joined(library, make):
    bring(library, make("x", record("Keperawatan anak")))
    rows = look(library, make("y", record("KEPERAWATAN ANAK"), record("Anatomi"))).rows
    with library.reading() as session:
        number = session.execute(select(Biblio.id)).scalar_one()
    assert (rows[0].outcome, rows[0].joined, rows[0].biblio_id) == (
        "matched", "Keperawatan anak", number,
    )  # fmt: skip
    assert (rows[1].outcome, rows[1].doubt, rows[1].doubt_detail) == (
        "new", "isbn_other_title", "Keperawatan anak",
    )  # fmt: skip


def copy(barcode):
    return Field("952", None, "  ", [("p", barcode)])


@pytest.mark.parametrize(
    ("decision", "counts", "titles_after", "copies"),
    [
        (Decision.ADD, (1, 0, 1, 0), ["Keperawatan anak"], 1),
        (Decision.OVERLAY, (1, 0, 1, 0), ["KEPERAWATAN ANAK"], 1),
        (Decision.SKIP, (1, 0, 1, 0), ["Keperawatan anak"], 0),
        (Decision.NEW, (1, 1, 0, 0), ["KEPERAWATAN ANAK", "Keperawatan anak"], 1),
    ],
)
def test_what_is_decided_of_a_row_goes_before_what_holds_of_all(
    library, make, decision, counts, titles_after, copies
):
    bring(library, make("x", record("Keperawatan anak")))
    path = make("y", record("KEPERAWATAN ANAK", extra=[copy("K1")]))
    decided = {(path.name, 1): decision}
    seen = look(library, path, decided=decided)
    result = bring(library, path, decided=decided, matched=Matched.SKIP, with_items=True)
    assert (result.read, result.added, result.matched, len(result.refused)) == counts
    assert (seen.read, seen.new, seen.matched, seen.refused) == counts
    assert standing(library) == titles_after
    with library.reading() as session:
        assert len(session.execute(select(Item.id)).all()) == copies


def test_a_row_with_the_isbn_of_another_title_can_be_joined_or_left_out(library, make):
    bring(library, make("x", record("Keperawatan anak")))
    path = make("y", record("Pediatric nursing"), record("Lain sekali", OTHER))
    decided = {("y.mrc", 1): Decision.ADD, ("y.mrc", 2): Decision.SKIP}
    result = bring(library, path, decided=decided)
    assert (result.added, result.matched, result.doubtful) == (0, 1, [])
    assert [(one.position, one.reason) for one in result.refused] == [(2, "decided")]


def test_preview_and_import_agree_and_every_record_is_counted(library, shared_data):
    """For every real file that holds records."""
    files = [one for one in sorted(shared_data.rglob("*")) if one.is_file()]
    read = 0
    for path in files:
        if path.stat().st_size > 300_000 or path.suffix in (".csv", ".xlsx", ".txt", ".sql"):
            continue
        seen = look(library, path)
        result = bring(library, path, with_items=True)
        counted = (result.read, result.added, result.matched, len(result.refused))
        assert counted == (seen.read, seen.new, seen.matched, seen.refused), path
        assert result.read == result.added + result.matched + len(result.refused), path
        assert seen.read > 0, path
        read += result.read
    assert read > 1_500


def test_an_import_with_doubts_is_taken_back_whole(library, make):
    bring(library, make("x", record("Keperawatan anak")))
    other = make("y", record("Anatomi", extra=[copy("K 1/2")]))
    take_back(library, bring(library, other, with_items=True))
    assert standing(library) == ["Keperawatan anak"]
    with library.reading() as session:
        assert titles.stored(session, 1).title == "Keperawatan anak"

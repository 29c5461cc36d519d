"""The demo shows every paper filled: what says that there is nothing is set in italics."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from database.demo import demo
from database.library import Library
from desktop.pages.drawing import faces
from desktop.papers import PAPERS
from desktop.words import language
from desktop.words.language import _
from tests.libraries import NOW

WITH_ITALICS = {"member-cards", "personal-data", "pockets"}
"""A note on the card, or that this person has nothing of the library's; not that there is none."""


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """The demo library as it is made."""
    path = tmp_path_factory.mktemp("shown") / "demo.db"
    demo.build(str(path), NOW)
    library = Library.open(path)
    yield library
    library.close()


def faces_of(reader):
    found = (page["/Resources"].get("/Font", {}).values() for page in reader.pages)
    return {font.get_object()["/BaseFont"].rpartition("+")[2] for each in found for font in each}


@pytest.mark.parametrize("name", sorted(PAPERS))
def test_the_demo_fills_every_paper(shown, name):
    language.use("en")
    paper, target = PAPERS[name], BytesIO()
    with shown.reading() as session:
        assert paper.needs(session, NOW) is not None
        paper.write(target, session, NOW)
    reader = PdfReader(target)
    if name not in WITH_ITALICS:
        assert faces.ITALIC not in faces_of(reader)
    text = " ".join(page.extract_text() for page in reader.pages)
    assert _("No data yet.") not in text
    cut = re.findall(r"\S*\d\S*…", text)
    assert cut == [], "a number that is cut is none"


def test_what_is_excepted_is_a_paper_and_says_why():
    assert set(PAPERS) >= WITH_ITALICS


def test_a_persons_papers_are_never_made_with_all_others_but_of_invented_ones(library):
    with library.reading() as session:
        for name in ("personal-data", "deletion-receipt"):
            assert PAPERS[name].needs(session, NOW) is None


def test_an_empty_paper_is_told_by_its_italics(library):
    target = BytesIO()
    with library.reading() as session:
        PAPERS["claims"].write(target, session, NOW)
    assert faces.ITALIC in faces_of(PdfReader(target))

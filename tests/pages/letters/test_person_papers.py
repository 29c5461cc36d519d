"""Clearance letters, copies, receipts and the breach sheet: what they say and what they do not."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pypdf
import pytest

from database.circulation import clearance, identify, lending
from database.patrons import consents
from database.policy import house
from database.privacy import forgetting, person_data, traces
from desktop.pages.letters import breach, person_papers
from desktop.pages.letters import clearance as clearance_page
from desktop.words import language
from tests.libraries import NOW


@pytest.fixture(autouse=True)
def _english():
    language.use("en")


@pytest.fixture
def engine():
    """Paper is the same on both."""
    return "sqlite"


def text(write):
    target = io.BytesIO()
    write(target)
    pages = pypdf.PdfReader(io.BytesIO(target.getvalue())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def ready(stocked):
    with stocked.transaction() as session:
        house.save_signer(
            session, house.Signer("head", "Kepala", "dr. Lama", "1", date(2026, 1, 1)), NOW
        )
        who = identify.find_patron(session, "M0003").id
        consents.give(session, who, "membership", "form", NOW)
        lending.check_out(session, "M0003", "B000010", NOW)
        lending.check_in(session, "B000010", NOW)
    return who


def test_a_letter_reprinted_is_the_same_letter(stocked):
    who = ready(stocked)
    with stocked.transaction() as session:
        letter = clearance.issue(session, who, "selesai <b>stase</b> & pulang", NOW)
    with stocked.reading() as session:
        first = text(lambda target: clearance_page.write(target, session, letter))
    assert "001/SKBP/RSUD-BS/I/2027" in first
    assert clearance.shown_code(letter.code) in first
    assert "Fikri Ramadhan" in first
    assert "selesai <b>stase</b> & pulang" in first
    with stocked.transaction() as session:
        later = NOW + timedelta(days=30)
        house.save_signer(
            session, house.Signer("head", "Kepala", "dr. Baru", "2", later.date()), later
        )
    with stocked.reading() as session:
        again = clearance.letter(session, letter.id)
        assert text(lambda target: clearance_page.write(target, session, again)) == first
    assert "dr. Lama" in first
    assert "/" not in clearance_page.file_name(letter)


def test_the_copy_says_all_and_the_receipt_no_name(stocked):
    who = ready(stocked)
    with stocked.reading() as session:
        held = person_data.held(session, who, NOW)
        copy = text(lambda target: person_papers.write_copy(target, session, held, "Bu Dewi"))
    for words in ("Fikri Ramadhan", "M0003", "Ilmu Kebidanan", "Membership", "Bu Dewi"):
        assert words in copy
    with stocked.transaction() as session:
        done = forgetting.forget_now(session, who, NOW)
    with stocked.reading() as session:
        receipt = text(lambda target: person_papers.write_receipt(target, session, 7, done, NOW))
    assert "Fikri" not in receipt
    assert "M0003" not in receipt
    assert "Request : 7" in receipt


def test_the_breach_sheet_is_filled_with_what_is_known(stocked):
    with stocked.reading() as session:
        facts = breach.Facts(traces.persons_known(session), 14, "")
        found = text(lambda target: breach.write(target, session, facts, NOW))
    assert "14 January 2027" in found, "three days later"
    assert "Backups kept: 14" in found
    assert "Total 4" in found
    assert "Rina" not in found

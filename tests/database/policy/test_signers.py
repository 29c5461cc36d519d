"""Who signs on which day: a stand-in for a time, then whoever signed before again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from database.policy import house
from database.policy.house import Signer
from database.refusal import Refusal
from tests.libraries import NOW

HEAD = Signer("head", "Kepala", "dr. Lama", "1", date(2026, 1, 1))
STAND_IN = Signer(
    "head", "Kepala", "dr. Pengganti", "2", date(2027, 1, 5), "Plh.", valid_until=date(2027, 1, 9)
)


def test_a_stand_in_signs_for_a_time_and_old_papers_keep_the_name(library):
    with library.transaction() as session:
        house.save_signer(session, HEAD, NOW)
        house.save_signer(session, STAND_IN, NOW)
    with library.reading() as session:
        signed = {
            day: house.signer(session, "head", date(2027, 1, day)).name for day in range(3, 12)
        }
        assert house.signer(session, "head", date(2025, 12, 31)) is None
        assert house.signer(session, "head", date(2027, 1, 7)).capacity == "Plh."
    assert {day for day, name in signed.items() if name == "dr. Pengganti"} == {5, 6, 7, 8, 9}


def test_nobody_signs_up_to_a_day_before_the_first(library):
    wrong = replace(STAND_IN, valid_until=date(2027, 1, 4))
    with pytest.raises(Refusal), library.transaction() as session:
        house.save_signer(session, wrong, NOW)

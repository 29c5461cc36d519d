"""However a scanner sends a code, it is the one that stands in the library, or no other."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from database.circulation import identify, lending
from database.policy import settings
from database.refusal import Reason, Refusal
from database.schema import Patron
from tests.libraries import NOW


def recognised(library, sent):
    with library.reading() as session:
        found = identify.recognise(session, sent)
    return (found.kind, found.code, found.layout) if found else None


@pytest.mark.parametrize(
    ("sent", "found"),
    [
        ("B000001", ("copy", "B000001", "")),
        ("b000001", ("copy", "B000001", "")),
        ("]C1B000001", ("copy", "B000001", "")),
        ("Bàààààé", ("ours", "B000002", "fr")),
        ("Bàààà&à", ("copy", "B000010", "fr")),
        ("]C1m0001", ("patron", "M0001", "")),
        (",000&", None),
        ("Wßmawar", ("patron", "W-MAWAR", "de")),
        ("B000777", ("ours", "B000777", "")),
        ("9786020000015", ("isbn", "9786020000015", "")),
        ("978602000001551250", ("isbn", "9786020000015", "")),
        ("8991234567891", ("foreign", "8991234567891", "")),
        ("]C1XYZ", ("foreign", "XYZ", "")),
        ("B000001B000010", ("foreign", "B000001B000010", "")),
        ("B000001M0001", ("foreign", "B000001M0001", "")),
        ("B000001catatan", None),
        ("P7B000001", None),
        ("catatanB000001", None),
        ("Ns. Rina Wati", None),
        ("081234567890", None),
        ("15000", None),
        ("", None),
        ("\r\n", None),
    ],
)
def test_what_came_is_known_or_is_no_code(stocked, sent, found):
    assert recognised(stocked, sent) == found


def test_a_card_from_a_french_keyboard_is_the_same_card(stocked):
    assert recognised(stocked, "?ààà&") == ("patron", "M0001", "fr")


def test_a_code_of_another_library_is_not_bent_into_one_of_ours(stocked):
    with stocked.transaction() as session:
        settings.put(session, settings.PATRON_PATTERN, "Y{seq:4}")
        session.execute(update(Patron).where(Patron.number == "M0001").values(number="Y0001"))
    assert recognised(stocked, "Z0001") == ("patron", "Y0001", "de")
    with stocked.transaction() as session:
        settings.put(session, settings.PLACE_PATTERN, "Z{seq:4}")
    assert recognised(stocked, "Z0001") == ("ours", "Z0001", "")


def test_the_desk_lends_whatever_the_scanner_is_set_to(stocked):
    with stocked.transaction() as session:
        done = lending.check_out(session, "]C0m0001", "]C1b000001", NOW)
    assert (done.barcode, done.patron) == ("B000001", "Ns. Rina Wati, S.Kep.")


def test_two_codes_in_one_are_refused_as_they_came(stocked):
    with pytest.raises(Refusal) as told, stocked.reading() as session:
        identify.identify(session, "B000001B000010")
    assert told.value.reason is Reason.UNKNOWN_CODE
    assert told.value.facts["code"] == "B000001B000010"


def test_three_signs_behind_a_code_are_no_second_one(stocked):
    with stocked.transaction() as session:
        settings.put(session, settings.PATRON_PATTERN, "Z{seq:2}")
    assert recognised(stocked, "B000001Z01") is None
    with stocked.transaction() as session:
        settings.put(session, settings.PATRON_PATTERN, "Z{seq:3}")
    assert recognised(stocked, "B000001Z001") == ("foreign", "B000001Z001", "")

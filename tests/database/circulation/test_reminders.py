"""Reminders: to whom, about what, never twice a day."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError

from database import undo
from database.circulation import holds, identify, lending, reminder_list, reminders
from database.patrons import consents
from database.policy import settings
from database.privacy import forgetting
from database.refusal import Reason
from database.schema import Patron, Reminder
from database.text import phones
from tests.database.circulation.test_holds import at, do, no, title
from tests.libraries import NOW


def people(library, now):
    with library.reading() as session:
        return reminder_list.people(session, now)


def number(library, code):
    with library.reading() as session:
        return identify.find_patron(session, code).id


@pytest.fixture
def lent(stocked):
    """Rina and a relative have a copy each; Rina agreed to be reminded."""
    do(stocked, lending.check_out, "M0001", "B000010", NOW)
    do(stocked, lending.check_out, "M0004", "B000001", NOW)
    do(stocked, lending.check_out, "W-MAWAR", "B000020", NOW)
    do(stocked, consents.give, number(stocked, "M0001"), "reminders", "desk", NOW)
    with stocked.transaction() as session:
        session.execute(update(Patron).where(Patron.number == "M0001").values(phone="0812-345 678"))
    return stocked


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("0812-3456-7890", "6281234567890"), ("+62 812 3456 7890", "6281234567890"),
        ("81234567890", "6281234567890"), ("006281234567890", "6281234567890"),
        ("62 0812 34567890", "6281234567890"), ("021 555 1234", ""), ("", ""), ("0812", ""),
        ("0812 34567890 / 0813 1111111", "6281234567890"),
    ],
)  # fmt: skip
def test_numbers_as_whatsapp_wants_them(typed, wanted):
    assert phones.international(typed) == wanted


def test_due_soon_then_overdue_by_person_and_wards_never(lent):
    assert [one.kind for one in people(lent, at(11))] == []
    soon = people(lent, at(22))
    assert [(one.number, one.kind) for one in soon] == [("M0004", "overdue"), ("M0001", "due")]
    late = {one.number: one for one in people(lent, at(27))}
    assert late["M0001"].copies[0].late_days == 2
    assert (late["M0001"].phone, late["M0001"].consents) == ("62812345678", True)
    assert late["M0001"].copies[0].title == "Ilmu Kebidanan"
    assert (late["M0004"].copies[0].title, late["M0004"].private) == ("", True)


def test_never_twice_on_one_day_and_the_database_holds_it(lent):
    rina = next(one for one in people(lent, at(27)) if one.number == "M0001")
    sent = do(lent, reminders.mark_sent, rina, "whatsapp", at(27))
    assert no(lent, reminders.mark_sent, rina, "letter", at(27, 15)) is Reason.REMINDED_TODAY
    with pytest.raises(IntegrityError), lent.transaction() as session:
        session.execute(
            insert(Reminder).values(
                patron_id=rina.patron_id,
                category="nurse",
                subject="loans",
                channel="copied",
                level=0,
                copies=1,
                sent_at=at(27),
                sent_on=at(27).date(),
            )
        )
    assert next(one for one in people(lent, at(28)) if one.number == "M0001").sent_on == date(
        2027, 1, 27
    )
    do(lent, undo.undo, sent.line, at(27))
    do(lent, reminders.mark_sent, rina, "copied", at(27))


def test_without_consent_only_a_letter(lent):
    sri = next(one for one in people(lent, at(27)) if one.number == "M0004")
    assert no(lent, reminders.mark_sent, sri, "whatsapp", at(27)) is Reason.NO_CONSENT
    assert no(lent, reminders.mark_sent, sri, "pigeon", at(27)) is Reason.VALUE_INVALID
    assert do(lent, reminders.mark_sent, sri, "letter", at(27)).number == "001/STG/RSUD-BS/I/2027"


def test_letters_go_from_one_to_three_and_have_numbers_by_year(lent):
    for level, day in ((1, 27), (2, 28), (3, 29), (3, 30)):
        rina = next(one for one in people(lent, at(day)) if one.number == "M0001")
        assert rina.level == level
        sent = do(lent, reminders.mark_sent, rina, "letter", at(day))
        assert sent.number == f"00{day - 26}/STG/RSUD-BS/I/2027"


def test_whoever_a_copy_lies_ready_for_is_told(lent):
    do(lent, holds.place, "M0002", title(lent), at(12))
    do(lent, lending.check_in, "B000010", at(13))
    ready = next(one for one in people(lent, at(13)) if one.kind == "hold")
    assert (ready.number, ready.subject, ready.day) == ("M0002", "hold", date(2027, 1, 18))


def test_the_library_may_write_its_own_words(lent):
    do(lent, reminders.keep_text, "overdue", "staff", "id", " Halo {name} ", NOW)
    with lent.reading() as session:
        assert reminders.own_text(session, "overdue", "staff", "id") == "Halo {name}"
        assert reminders.own_text(session, "overdue", "patient", "id") == ""
    do(lent, settings.put, settings.REMIND_BEFORE, 14)
    assert {one.number for one in people(lent, at(11))} == {"M0001", "M0004"}


def test_a_reminder_tells_nobody_after_the_forgetting(lent):
    sri = next(one for one in people(lent, at(27)) if one.number == "M0004")
    do(lent, reminders.mark_sent, sri, "letter", at(27))
    do(lent, lending.check_in, "B000001", at(27))
    do(lent, forgetting.forget_now, sri.patron_id, at(28))
    assert people(lent, at(28))[0].number == "M0001"

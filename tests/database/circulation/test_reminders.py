"""Reminders: to whom, about what, never twice a day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

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
from tests.libraries import NOW, WIB


def people(library, now):
    with library.reading() as session:
        return reminder_list.people(session, now)


def one_of(library, code, now):
    return next(one for one in people(library, now) if one.number == code)


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


def test_first_a_reminder_then_letters_one_to_three_after_the_days_set(lent):
    """Due on Monday 25; closed on Saturdays and Sundays."""
    do(lent, settings.put, settings.LETTER_FIRST, 2)
    do(lent, settings.put, settings.LETTER_NEXT, 3)
    rina = one_of(lent, "M0001", at(28))
    assert (rina.reachable, rina.reminded, rina.letter_on) == (True, False, None)
    assert rina.wants_reminder(at(28).date())
    assert no(lent, reminders.mark_sent, rina, "letter", at(28)) is Reason.REMINDER_FIRST
    do(lent, reminders.mark_sent, rina, "whatsapp", at(26))
    rina = one_of(lent, "M0001", at(26))
    assert (rina.reminded, rina.letter_on) == (True, date(2027, 1, 27))
    assert no(lent, reminders.mark_letters, [rina], at(26)) is Reason.REMINDED_TODAY
    calls = [datetime(2027, 1, 27), datetime(2027, 2, 1), datetime(2027, 2, 4)]
    for level, day in enumerate(calls, start=1):
        then = day.replace(hour=9, tzinfo=WIB)
        before = then - timedelta(days=1)
        assert not one_of(lent, "M0001", before).wants_letter(before.date())
        rina = one_of(lent, "M0001", then)
        assert (rina.level, rina.letter_on, rina.wants_letter(then.date())) == (
            level, then.date(), True,
        )  # fmt: skip
        do(lent, reminders.mark_sent, rina, "letter", then)


def test_a_letter_before_its_day_is_refused_with_the_day(lent):
    """M0004, due on Friday 15, has not agreed: so letters begin by their day."""
    sri = one_of(lent, "M0004", at(20))
    assert (sri.day, sri.reachable, sri.letter_on) == (date(2027, 1, 15), False, date(2027, 1, 26))
    assert not sri.wants_letter(at(25).date())
    assert no(lent, reminders.mark_sent, sri, "letter", at(25)) is Reason.LETTER_EARLY
    assert do(lent, reminders.mark_sent, sri, "letter", at(26)).number.startswith("001")
    again = one_of(lent, "M0004", at(27))
    assert (again.level, again.letter_on) == (2, date(2027, 2, 4))


def test_who_was_told_that_it_is_due_soon_is_told_anew_when_it_is_overdue(lent):
    rina = one_of(lent, "M0001", at(23))
    assert (rina.kind, rina.reminded) == ("due", False)
    do(lent, reminders.mark_sent, rina, "whatsapp", at(23))
    assert not one_of(lent, "M0001", at(24)).wants_reminder(at(24).date())
    assert one_of(lent, "M0001", at(26)).wants_reminder(at(26).date())


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

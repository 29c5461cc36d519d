"""Figures of the past about members stand still, whatever is done to a card later."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from database import undo
from database.circulation import clearance
from database.engine import engines
from database.library import Library
from database.patrons import finding, membership, merging, renewing, rotation
from database.patrons.membership import PatronFacts
from database.policy import clock
from database.privacy import forgetting
from database.refusal import Refusal
from database.reports import behind, statistics
from database.schema import MembershipEvent, Patron, PatronCategory
from database.standards import measures
from database.standards.measuring import Year
from database.storage import places
from tests.database.storage.first_version import FIRST_VERSION
from tests.libraries import NOW, WIB, enrol
from tests.undoing import take_back_last

JANUARY, FEBRUARY = "2027-01", "2027-02"
IN_MARCH = datetime(2027, 3, 10, 9, 0, tzinfo=WIB)


def rows(library, period):
    with library.reading() as session:
        found = statistics.period(session, period)
        table = {row.category: row for row in found.tables["membership"]}
        told = {
            name: (row.start, row.joined, row.ended, row.end, row.male, row.female)
            for name, row in table.items()
        }
        return told, found.members.now, found.new_members.now


def change(library, act, now):
    with library.transaction() as session:
        return act(session, now)


def saved(patron_id, now, **more):
    def act(session, moment):
        row = finding.one(session, patron_id)
        facts = {
            "name": row.name,
            "category": row.category,
            "number": row.number,
            "sex": row.sex,
            "joined_on": row.joined_on,
            "valid_until": row.valid_until,
        } | more
        membership.save(session, patron_id, PatronFacts(**facts), moment)

    return lambda library: change(library, act, now)


@pytest.fixture
def two(library):
    """A nurse and a student of January; and whoever is to be left alone."""
    enrol(library, "Tetap", "nurse", sex="f", joined_on=date(2026, 12, 1))
    nurse = enrol(library, "Rina", "nurse", sex="f", valid_until=date(2027, 1, 31))
    student = enrol(library, "Fikri", "student", sex="m", valid_until=date(2027, 6, 30))
    return library, nurse, student


def test_january_is_counted_by_hand(two):
    library, *_ids = two
    told, members, new = rows(library, JANUARY)
    assert told == {"nurse": (1, 1, 0, 2, 0, 2), "student": (0, 1, 0, 1, 1, 0)}
    assert (members, new) == (3, 2)
    told, members, new = rows(library, FEBRUARY)
    assert told == {"nurse": (2, 0, 1, 1, 0, 1), "student": (1, 0, 0, 1, 1, 0)}
    assert (members, new) == (2, 0)


LATER = {
    "renewed": lambda nurse, student: (
        lambda session, now: renewing.renew_many(session, [nurse], date(2028, 1, 1), now)
    ),
    "ended": lambda nurse, student: lambda session, now: clearance.issue(session, student, "", now),
    "forgotten": lambda nurse, student: (
        lambda session, now: forgetting.forget_now(session, student, now)
    ),
    "merged": lambda nurse, student: (
        lambda session, now: merging.merge(session, nurse, student, now)
    ),
    "rotated": lambda nurse, student: (
        lambda session, now: rotation.apply(
            session,
            [["Nomor", "Nama"], [finding.one(session, student).number, "Fikri"]],
            rotation.Common("student", valid_until=date(2027, 12, 31)),
            now,
        )
    ),
}


@pytest.mark.parametrize("act", LATER)
def test_an_act_of_march_moves_no_figure_of_january_or_february(two, act):
    library, *ids = two
    before = [rows(library, month) for month in (JANUARY, FEBRUARY)]
    change(library, LATER[act](*ids), IN_MARCH)
    assert [rows(library, month) for month in (JANUARY, FEBRUARY)] == before


@pytest.mark.parametrize(
    "more",
    [
        {"category": "doctor"},
        {"sex": "m"},
        {"joined_on": date(2026, 5, 1)},
        {"joined_on": date(2027, 2, 20), "valid_until": date(2027, 6, 1)},
        {"valid_until": date(2027, 1, 20)},
        {"valid_until": date(2029, 1, 1)},
    ],
)
def test_a_card_changed_in_march_moves_no_figure_of_january_or_february(two, more):
    library, nurse, _student = two
    before = [rows(library, month) for month in (JANUARY, FEBRUARY)]
    saved(nurse, IN_MARCH, **more)(library)
    assert [rows(library, month) for month in (JANUARY, FEBRUARY)] == before


def test_measures_of_standards_stand_still_too(two):
    library, nurse, _student = two
    ask = measures.OF_LIBRARY["members"]

    def members(day):
        with library.reading() as session:
            return ask(session, Year(day))

    days = (date(2026, 12, 31), date(2027, 1, 31), date(2027, 2, 28))
    assert [members(day) for day in days] == [1, 3, 2]
    change(library, LATER["renewed"](nurse, 0), IN_MARCH)
    assert [members(day) for day in (*days, date(2027, 3, 31))] == [1, 3, 2, 3]


def test_who_comes_again_has_joined_the_kind_but_is_no_new_member(two):
    library, nurse, _student = two
    change(library, LATER["renewed"](nurse, 0), IN_MARCH)
    told, members, new = rows(library, "2027-03")
    assert (told["nurse"], members, new) == ((1, 1, 0, 2, 0, 2), 3, 0)
    told, _members, new = rows(library, "2027-Q1")
    assert (told["nurse"], new) == ((1, 1, 0, 2, 0, 2), 2)


def test_who_becomes_of_another_kind_leaves_one_and_joins_the_other(two):
    library, _nurse, student = two
    saved(student, IN_MARCH, category="nurse", valid_until=date(2028, 1, 1))(library)
    told, members, new = rows(library, "2027-03")
    assert told == {"nurse": (1, 1, 0, 2, 1, 1), "student": (1, 0, 1, 0, 0, 0)}
    assert (members, new) == (2, 0)
    with library.reading() as session:
        left = behind.rows(session, "2027-03", "membership.student.ended")
        came = behind.rows(session, "2027-03", "membership.nurse.joined")
    assert [line.who for line in left] == [line.who for line in came] == ["Fikri"]


def test_what_is_mended_on_the_day_of_joining_is_mended_from_the_first_day(library):
    number = enrol(library, "Rina", "student", sex="", joined_on=date(2026, 12, 7))
    saved(number, NOW + timedelta(hours=1), category="nurse", sex="f",
          joined_on=date(2026, 12, 8))(library)  # fmt: skip
    told, members, new = rows(library, "2026-12")
    assert (told["nurse"], members, new) == ((0, 1, 0, 1, 0, 1), 1, 1)
    assert "student" not in told


def test_joining_later_than_today_counts_from_that_day(library):
    number = enrol(library, "Rina", "nurse", joined_on=date(2027, 2, 3))
    assert rows(library, JANUARY)[1:] == (0, 0)
    assert rows(library, FEBRUARY)[1:] == (1, 1)
    saved(number, NOW + timedelta(days=2), joined_on=date(2027, 3, 1))(library)
    assert rows(library, FEBRUARY)[1:] == (0, 0)
    assert rows(library, "2027-03")[1:] == (1, 1)


def test_an_undone_renewal_leaves_no_event_and_others_keep_theirs(two):
    library, nurse, student = two
    line = change(library, LATER["renewed"](nurse, 0), IN_MARCH).line
    other = saved(student, IN_MARCH, sex="f")
    other(library)
    with library.transaction() as session:
        undo.undo(session, line, IN_MARCH + timedelta(hours=1))
    with library.reading() as session:
        events = session.execute(
            select(MembershipEvent.patron_id, MembershipEvent.event, MembershipEvent.until)
            .where(MembershipEvent.patron_id.in_([nurse, student]))
            .order_by(MembershipEvent.patron_id, MembershipEvent.id)
        ).all()
    assert events == [
        (nurse, "joined", None),
        (student, "joined", IN_MARCH.date()),
        (student, "changed", None),
    ]


def test_a_cancelled_letter_undoes_the_end(two):
    library, _nurse, student = two
    change(library, LATER["ended"](0, student), IN_MARCH)
    assert rows(library, "2027-03")[0]["student"] == (1, 0, 1, 0, 0, 0)
    with library.transaction() as session:
        take_back_last(session, IN_MARCH + timedelta(hours=1))
    assert rows(library, "2027-03")[0]["student"] == (1, 0, 0, 1, 1, 0)


def test_who_was_enrolled_by_mistake_never_stood_anyhow(library):
    enrol(library, "Tetap", "nurse")
    with library.transaction() as session:
        membership.enrol(session, PatronFacts("Salah", "nurse"), NOW)
        take_back_last(session, NOW)
    assert rows(library, JANUARY)[1:] == (1, 1)


def newest_tell_the_columns(library):
    with library.reading() as session:
        open_ones = select(MembershipEvent).where(MembershipEvent.until.is_(None))
        events = {one.patron_id: one for one in session.scalars(open_ones)}
        patrons = session.execute(
            select(Patron, PatronCategory.code).join(
                PatronCategory, PatronCategory.id == Patron.category_id
            )
        ).all()
        assert len(events) == len(patrons)
        names = ("kind", "sex", "joined_on", "valid_until", "ended_on")
        for patron, code in patrons:
            event = events[patron.id]
            assert event.category == code
            assert [getattr(event, one) for one in names] == [getattr(patron, one) for one in names]


ACTS = st.lists(
    st.tuples(
        st.sampled_from(("renew", "save", "end", "forget", "merge", "undo", "enrol")),
        st.integers(0, 3),
        st.sampled_from(("nurse", "student", "doctor")),
        st.integers(0, 40),
    ),
    min_size=3,
    max_size=12,
)


def carry_out(session, verb, patron, kind, now):
    if verb == "enrol":
        membership.enrol(session, PatronFacts("Baru", kind), now)
    elif verb == "renew":
        renewing.renew_many(session, [patron], now.date() + timedelta(days=30), now)
    elif verb == "save":
        until = now.date() + timedelta(days=10 * len(kind) - 55)
        row = finding.one(session, patron)
        joined = min(row.joined_on, until) if row else None
        facts = PatronFacts("X", kind, sex="fm"[len(kind) % 2], joined_on=joined, valid_until=until)
        membership.save(session, patron, facts, now)
    elif verb == "end":
        clearance.issue(session, patron, "", now)
    elif verb == "forget":
        forgetting.forget_now(session, patron, now)
    elif verb == "merge":
        merging.merge(session, patron, patron % 4 + 1, now)
    else:
        midnight = now.replace(hour=0, minute=0)
        take_back_last(session, now, since=midnight)


@settings(max_examples=6, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(acts=ACTS)
def test_whatever_is_done_the_past_stands_and_the_newest_event_tells_the_columns(stocked, acts):
    with stocked.reading() as session:
        ids = list(session.scalars(select(Patron.id).order_by(Patron.id).limit(4)))
        # One library for all examples: each goes on where the one before ended, never before it.
        begun = max(NOW, (clock.newest(session) or NOW).astimezone(NOW.tzinfo))
    now = begun
    for verb, place, kind, days in sorted(acts, key=lambda act: act[3]):
        now = max(now, begun + timedelta(days=days))
        past = f"{now - timedelta(days=now.day):%Y-%m}"
        before = rows(stocked, past)
        try:
            with stocked.transaction() as session:
                carry_out(session, verb, ids[place], kind, now)
        except Refusal:
            continue
        newest_tell_the_columns(stocked)
        # What is undone was done today: a month that is over never heard of it.
        assert rows(stocked, past) == before
    for period in (JANUARY, FEBRUARY, "2027"):
        told, members, _new = rows(stocked, period)
        assert sum(row[3] for row in told.values()) == members
        assert all(min(row) >= 0 for row in told.values())


def test_an_older_library_gets_events_told_from_its_columns(new_place, tmp_path):
    from sqlalchemy import text

    more = (
        "INSERT INTO patron (id, number, kind, category_id, name, name_key, search_key, sex, unit,"
        " institution, phone, note, joined_on, valid_until, ended_on, blocked_reason, created_at)"
        " VALUES (2, 'M0002', 'person', 1, 'Ani', 'ani', ' ani', 'f', '', '', '', '',"
        " '2026-02-01', '2026-12-31', '2026-06-15', '', '2026-02-01 02:00:00')"
    )
    with places.new_place(new_place) as building:
        engine = engines.connect(building)
        places.migrate(engine, "0001")
        with engine.begin() as connection:
            for statement in (*FIRST_VERSION, more):
                connection.execute(text(statement.replace(":", r"\:")))
        engine.dispose()
    library = Library.open(new_place, backups=tmp_path / "copies")
    try:
        assert rows(library, "2026-02")[0]["nurse"] == (1, 1, 0, 2, 0, 1)
        assert rows(library, "2026-06")[0]["nurse"] == (2, 0, 1, 1, 0, 0)
        newest_tell_the_columns(library)
    finally:
        library.close()

"""Who may do what: asked where an act is written, on both engines; signing in and its limits."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

import database
from database import journal, rights, undo
from database.accounts import accounts, secrets, signing
from database.accounts.accounts import AccountFacts
from database.circulation import holds, lending, losses, visits
from database.library import Library
from database.patrons import membership
from database.policy import settings
from database.privacy import forgetting
from database.refusal import Reason, Refusal
from database.registers import survey
from database.rights import RIGHT_OF, Right, Role, SignedIn
from database.schema import Biblio, Hold
from tests.libraries import ANYTHING, NOW

PIN = "47110815"


@pytest.fixture
def staff(stocked):
    """The library asks who works; everybody by their role."""
    with stocked.transaction() as session:
        for role in Role:
            facts = AccountFacts(role.value, (role,), PIN, f"K-{role}")
            accounts.add(session, facts, NOW)
        accounts.switch_on(session, NOW)
    with stocked.reading() as session:
        rows = accounts.listed(session)
    return {Role(row.roles): SignedIn(row.id, row.name, row.roles) for row in rows}


def refused(library, act, *arguments):
    with pytest.raises(Refusal) as told, library.transaction() as session:
        act(session, *arguments)
    return told.value


def as_(library, account):
    library.account = account
    return library


def lend(library):
    with library.transaction() as session:
        return lending.check_out(session, "M0001", "B000001", NOW)


def test_without_accounts_everybody_may_everything(stocked):
    assert lend(stocked).line
    assert stocked.may(Right.ACCOUNTS)


def test_nobody_does_anything_unasked(stocked, staff):
    assert len(staff) == len(Role)
    told = refused(stocked, lending.check_out, "M0001", "B000001", NOW)
    assert (told.reason, told.facts["right"]) == (Reason.NOT_ALLOWED, Right.DESK)
    assert told.facts["signed_in"] is False
    assert stocked.contents().loans == 0


def test_the_helper_lends_and_passes_no_refusal(stocked, staff):
    as_(stocked, staff[Role.HELPER])
    assert lend(stocked).line
    with stocked.transaction() as session:
        visits.count_visit(session, "nurse", NOW)
        survey.answer(session, [4] * len(survey.ELEMENTS), NOW)
    for act, *about in (
        (lending.check_out, "M0002", "B000099", NOW, ANYTHING),
        (losses.write_off, "B000001", 50_000, NOW),
        (settings.change, settings.HOLD_DAYS, 5, NOW),
    ):
        assert refused(stocked, act, *about).reason is Reason.NOT_ALLOWED, act
    assert stocked.contents().open_loans == 1


def test_undo_asks_for_the_right_of_the_act(stocked, staff):
    with as_(stocked, staff[Role.LIBRARIAN]).transaction() as session:
        line = settings.change(session, settings.HOLD_DAYS, 5, NOW)
    as_(stocked, staff[Role.HELPER])
    assert refused(stocked, undo.undo, line, NOW).reason is Reason.NOT_ALLOWED
    lent = lend(stocked)
    with stocked.transaction() as session:
        undo.undo(session, lent.line, NOW)
    assert stocked.contents().open_loans == 0


def test_one_act_may_be_answered_for_by_another(stocked, staff):
    as_(stocked, staff[Role.HELPER])
    with stocked.answered_by(staff[Role.LIBRARIAN]), stocked.transaction() as session:
        settings.change(session, settings.HOLD_DAYS, 5, NOW)
    assert refused(stocked, settings.change, settings.HOLD_DAYS, 6, NOW)
    with stocked.reading() as session:
        newest = journal.latest(session, NOW, frozenset({"setting.changed"}))
    assert newest.actor == "helper (librarian)"


def test_the_librarian_closes_no_month_and_waives_nothing(staff):
    assert Right.CLOSE not in staff[Role.LIBRARIAN].rights
    assert Right.WAIVE not in staff[Role.LIBRARIAN].rights
    assert {Right.CLOSE, Right.WAIVE, Right.ACCOUNTS} <= staff[Role.HEAD].rights
    both = SignedIn(1, "x", "head,librarian")
    assert both.rights == staff[Role.HEAD].rights | staff[Role.LIBRARIAN].rights
    assert staff[Role.READER].rights == {Right.HOUSE, Right.FIGURES}


def test_only_the_librarian_forgets_at_once_and_the_program_by_rule(stocked, staff):
    with as_(stocked, staff[Role.HELPER]).transaction() as session:
        one = membership.enrol(session, membership.PatronFacts("Pak Budi", "family"), NOW)
        other = membership.enrol(session, membership.PatronFacts("Bu Ani", "family"), NOW)
    assert refused(stocked, forgetting.forget_now, one, NOW).reason is Reason.NOT_ALLOWED
    with as_(stocked, staff[Role.LIBRARIAN]).transaction() as session:
        forgetting.forget_now(session, other, NOW)
    stocked.account = None
    later = NOW + timedelta(days=9 * 365)
    assert forgetting.run(stocked, later.date(), later).persons.total()


def test_who_was_ended_does_nothing_more(stocked, staff, where):
    helper = staff[Role.HELPER]
    with as_(stocked, staff[Role.HEAD]).transaction() as session:
        line = accounts.end(session, helper.id, NOW)
    assert signing.by_card(stocked, "k-helper") is None
    other = as_(Library.open(where), helper)
    assert refused(other, lending.check_out, "M0001", "B000001", NOW).reason is Reason.NOT_ALLOWED
    other.close()
    with stocked.transaction() as session:
        undo.undo(session, line, NOW)
        accounts.save(session, helper.id, AccountFacts("Siti", (Role.HELPER,)), NOW)
    assert signing.sign_in(stocked, "siti", PIN, NOW).id == helper.id


def test_what_was_said_of_an_account_is_taken_back(stocked, staff):
    as_(stocked, staff[Role.HEAD])
    reader = staff[Role.READER]
    with stocked.transaction() as session:
        added = accounts.add(session, AccountFacts("Ani", (Role.HELPER,), PIN), NOW)
        saved = accounts.save(session, reader.id, AccountFacts("Kepala", (Role.HEAD,)), NOW)
    with stocked.transaction() as session:
        undo.undo(session, added, NOW)
        undo.undo(session, saved, NOW)
        rows = {row.name: row.roles for row in accounts.listed(session)}
    assert rows == {role.value: role.value for role in Role}
    assert refused(stocked, accounts.save, 999, AccountFacts("X", (Role.HEAD,)), NOW).reason is (
        Reason.RECORD_GONE
    )


def test_the_last_who_names_staff_stays(stocked, staff):
    head = staff[Role.HEAD]
    as_(stocked, head)
    assert refused(stocked, accounts.end, head.id, NOW).reason is Reason.LAST_HEAD
    changed = AccountFacts("head", (Role.LIBRARIAN,))
    assert refused(stocked, accounts.save, head.id, changed, NOW).reason is Reason.LAST_HEAD


def test_it_is_not_switched_on_before_somebody_can_name_staff(stocked):
    assert refused(stocked, accounts.switch_on, NOW).reason is Reason.LAST_HEAD
    with stocked.transaction() as session:
        accounts.add(session, AccountFacts("Dewi", (Role.HEAD,)), NOW)
    assert refused(stocked, accounts.switch_on, NOW).reason is Reason.LAST_HEAD, "no secret"


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (AccountFacts(" ", (Role.HEAD,)), Reason.NAME_MISSING),
        (AccountFacts("Ani", ()), Reason.VALUE_INVALID),
        (AccountFacts("HELPER", (Role.HEAD,)), Reason.NAME_TAKEN),
        (AccountFacts("Ani", (Role.HEAD,), card="k-HELPER"), Reason.NUMBER_TAKEN),
        (AccountFacts("Ani", (Role.HEAD,), "1234"), Reason.SECRET_WEAK),
        (AccountFacts("Ani", (Role.HEAD,), "0000"), Reason.SECRET_WEAK),
        (AccountFacts("Ani", (Role.HEAD,), "471"), Reason.SECRET_WEAK),
    ],
)
def test_an_account_that_is_not_taken(stocked, staff, facts, reason):
    as_(stocked, staff[Role.HEAD])
    assert refused(stocked, accounts.add, facts, NOW).reason is reason


def told_no(*about):
    with pytest.raises(Refusal) as told:
        signing.sign_in(*about)
    return told.value.reason


def test_wrong_tries_are_slowed_and_a_right_one_forgets_them(stocked, staff):
    assert told_no(stocked, "nobody", PIN, NOW) is Reason.WRONG_SECRET
    for _ in range(signing.TRIES):
        assert told_no(stocked, "helper", "9999", NOW) is Reason.WRONG_SECRET
    assert told_no(stocked, "helper", PIN, NOW) is Reason.TOO_MANY_TRIES
    assert told_no(stocked, "librarian", "9999", NOW) is Reason.WRONG_SECRET, "another's own"
    later = NOW + signing.WAIT
    assert signing.sign_in(stocked, "helper", PIN, later) == staff[Role.HELPER]
    assert told_no(stocked, "helper", "9999", later) is Reason.WRONG_SECRET
    assert signing.sign_in(stocked, "helper", PIN, later)


def test_a_card_is_enough_for_the_desk_alone(stocked, staff):
    assert signing.by_card(stocked, "k-helper") == (staff[Role.HELPER], True)
    assert signing.by_card(stocked, "K-LIBRARIAN") == (staff[Role.LIBRARIAN], False)
    assert signing.by_card(stocked, "") is None
    assert signing.by_card(stocked, "M0001") is None


def test_the_sheet_in_the_safe_opens_once(stocked):
    with stocked.transaction() as session:
        accounts.add(session, AccountFacts("Dewi", (Role.HEAD, Role.LIBRARIAN), PIN), NOW)
        code = accounts.switch_on(session, NOW)
    with pytest.raises(Refusal):
        signing.recover(stocked, "AAAA-BBBB", "8822", NOW)
    found = signing.recover(stocked, code.lower().replace("-", " "), "8822", NOW)
    assert found.roles == "head,librarian"
    assert signing.sign_in(stocked, "dewi", "8822", NOW) == found
    with pytest.raises(Refusal):
        signing.recover(stocked, code, "9933", NOW)


def test_a_secret_is_kept_as_nobody_can_read_it(stocked, staff, where):
    assert staff
    kept = secrets.hashed(PIN)
    assert kept.startswith("$argon2id$")
    assert secrets.fits(kept, f" {PIN} ")
    strong = PasswordHasher.from_parameters(secrets.PROFILE).hash(PIN)
    assert strong.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert secrets.fits(strong, PIN)
    assert not secrets.fits(kept, "4712")
    assert not secrets.fits("", "")
    if stocked.is_file:
        assert PIN.encode() not in Path(where).read_bytes()


def test_every_act_of_the_house_stands_under_a_right():
    """Also those made of pieces: an act without a right would stop whoever does it."""
    written = re.compile(r"[\"']([a-z_]+\.[a-z_]+)[\"']")
    house = Path(database.__file__).parent
    acts = set()
    for path in house.rglob("*.py"):
        said = path.read_text(encoding="utf-8")
        for call in re.findall(r"journal\.(?:write|complete)\(([^)]*)\)", said):
            acts |= set(written.findall(call))
    assert acts - set(RIGHT_OF) - {"item.added.undone"} == set()
    assert set(undo.INVERTIBLE) - set(RIGHT_OF) == set()
    assert {rights.RIGHT_OF[act] for act in undo.INVERTIBLE} <= rights.EVERYTHING


def test_what_the_program_does_by_itself_asks_nobody(stocked, staff):
    """A copy that was not fetched goes on to the next, whoever sits there."""
    as_(stocked, staff[Role.LIBRARIAN])
    with stocked.reading() as session:
        book = session.scalars(select(Biblio.id).where(Biblio.title == "Ilmu Kebidanan")).one()
    with stocked.transaction() as session:
        lending.check_out(session, "M0001", "B000010", NOW)
        holds.place(session, "M0002", book, NOW)
        holds.place(session, "M0003", book, NOW)
        lending.check_in(session, "B000010", NOW + timedelta(hours=1))
    for who in (staff[Role.READER], None):
        as_(stocked, who)
        later = NOW + timedelta(days=30 if who else 60)
        with stocked.transaction() as session:
            holds.expire_due(session, later)
    with stocked.reading() as session:
        states = list(session.scalars(select(Hold.state).order_by(Hold.id)))
    assert states == ["expired", "expired"]

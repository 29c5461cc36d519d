"""E-mails on their way: each is sent once, whatever happens meanwhile."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from database import undo
from database.circulation import reminder_list, reminders
from database.library import Library
from database.patrons import consents, mail_queue, merging
from database.policy import settings
from database.privacy import forgetting
from database.refusal import Reason
from database.schema import Mail, Patron, Reminder
from desktop.running import mailing
from tests.database.circulation.test_holds import at, do, no
from tests.database.circulation.test_reminders import lent, number, one_of  # noqa: F401
from tests.servers import free_port

LATER = at(27) + timedelta(minutes=1)


@pytest.fixture
def queued(lent, post):  # noqa: F811
    """Rina's e-mail waits; the account is the test's own post."""
    with lent.transaction() as session:
        session.execute(update(Patron).where(Patron.number == "M0001").values(email="rina@rs.id"))
        settings.put(session, settings.MAIL_ON, True)
        settings.put(session, settings.MAIL_HOST, "127.0.0.1")
        settings.put(session, settings.MAIL_PORT, post.port)
        settings.put(session, settings.MAIL_SECURITY, "none")
        settings.put(session, settings.MAIL_SENDER, "perpus@rs.id")
    lent.sent = do(lent, reminders.queue_mail, one_of(lent, "M0001", at(27)), "Hal", "Isi", at(27))
    return lent


def mails(library):
    with library.reading() as session:
        return session.execute(select(Mail.state, Mail.body, Mail.tries)).all()


def shown(library, now=LATER):
    with library.reading() as session:
        return [(one.state, one.error) for one in mail_queue.on_their_way(session, now)]


def send(library, now=LATER):
    return mailing.send_waiting(library, lambda: now)


def test_it_is_sent_once_and_what_it_said_is_gone(queued, post):
    assert send(queued, at(27)) == 0
    assert (send(queued), send(queued), len(post.taken)) == (1, 0, 1)
    assert b"Isi" in post.taken[0]
    assert mails(queued) == [("sent", "", 1)]
    assert shown(queued) == []
    assert no(queued, undo.undo, queued.sent.line, LATER) is Reason.CANNOT_UNDO


def test_taken_back_in_time_it_is_not_sent(queued, post):
    do(queued, undo.undo, queued.sent.line, at(27))
    assert (send(queued), post.taken, mails(queued)) == (0, [], [])
    assert one_of(queued, "M0001", at(27)).sent_on is None


def test_two_programs_send_one(queued, where):
    other = Library.open(where)
    with queued.transaction() as session:
        assert mail_queue.claim(session, LATER) is not None
    with other.transaction() as session:
        assert mail_queue.claim(session, LATER) is None
    other.close()


def test_what_a_killed_program_was_sending_is_doubtful_and_waits_for_a_person(queued, post):
    with queued.transaction() as session:
        claimed = mail_queue.claim(session, LATER)
    assert shown(queued) == []
    much_later = LATER + timedelta(hours=1)
    assert (send(queued, much_later), post.taken) == (0, [])
    assert shown(queued, much_later) == [("doubtful", "")]
    do(queued, mail_queue.send_again, claimed.id, much_later)
    assert (send(queued, much_later), len(post.taken)) == (1, 1)
    assert no(queued, mail_queue.send_again, claimed.id, much_later) is Reason.RECORD_GONE


def test_a_lost_answer_is_doubtful_at_once_and_may_be_called_sent(queued, post):
    post.answers["TEXT"] = ""
    assert send(queued) == 0
    ((state, error),) = shown(queued)
    assert (state, bool(error), send(queued, LATER + timedelta(days=1))) == ("doubtful", True, 0)
    assert len(post.taken) == 1
    with queued.reading() as session:
        found = mail_queue.on_their_way(session, LATER)[0].id
    do(queued, mail_queue.call_sent, found, LATER)
    assert (shown(queued), mails(queued)) == ([], [("sent", "", 1)])


def test_put_off_it_is_tried_again_and_not_without_end(queued, post):
    post.answers["RCPT"] = "450 later"
    now = LATER
    for _again in range(mail_queue.MOST_TRIES):
        assert send(queued, now) == 0
        assert send(queued, now) == 0
        now += timedelta(days=1)
    assert shown(queued) == [("failed", "450 later")]
    assert (
        len([line for line in post.heard if line.lower().startswith("rcpt")])
        == mail_queue.MOST_TRIES
    )


def test_refused_it_is_told_and_dropped_by_a_person(queued, post):
    post.answers["RCPT"] = "550 nobody"
    send(queued)
    assert shown(queued) == [("failed", "550 nobody")]
    with queued.reading() as session:
        found = mail_queue.on_their_way(session, LATER)[0].id
    do(queued, mail_queue.drop, found, LATER)
    assert mails(queued) == []
    assert one_of(queued, "M0001", at(27)).sent_on is None


def test_where_the_post_is_away_all_waits_and_no_try_is_counted(queued, post):
    do(queued, settings.put, settings.MAIL_PORT, free_port())
    send(queued)
    assert mails(queued) == [("queued", "Isi", 0)]
    do(queued, settings.put, settings.MAIL_PORT, post.port)
    assert send(queued, LATER + timedelta(minutes=6)) == 1


def test_off_or_without_its_password_nothing_is_touched(queued, post):
    do(queued, settings.put, settings.MAIL_ON, False)
    assert send(queued) == 0
    do(queued, settings.put, settings.MAIL_ON, True)
    do(queued, settings.put, settings.MAIL_USER, "nobody-ever")
    assert (send(queued), mails(queued)) == (0, [("queued", "Isi", 0)])
    assert post.heard == []


def test_a_consent_withdrawn_stops_what_waits(queued, post):
    do(queued, consents.withdraw, number(queued, "M0001"), "reminders", at(27))
    assert (send(queued), post.taken, mails(queued)) == (0, [], [])


def test_who_is_forgotten_leaves_no_mail(queued):
    from database.circulation import lending

    rina = number(queued, "M0001")
    do(queued, settings.put, settings.MONEY, False)
    do(queued, lending.check_in, "B000010", at(27))
    do(queued, forgetting.forget_now, rina, at(27))
    assert mails(queued) == []
    with queued.reading() as session:
        assert session.execute(select(Reminder.patron_id)).scalars().all() == [None]


def test_a_merged_record_takes_its_mail_along(queued, post):
    do(queued, merging.merge, number(queued, "M0002"), number(queued, "M0001"), at(27))
    assert send(queued) == 1


def test_all_by_e_mail_is_one_act(lent):  # noqa: F811
    with lent.transaction() as session:
        session.execute(update(Patron).where(Patron.number == "M0001").values(email="rina@rs.id"))
    with lent.reading() as session:
        late = [one for one in reminder_list.people(session, at(27)) if one.reachable]
    _sent, line = do(lent, reminders.queue_mails, [(one, "s", "b") for one in late], at(27))
    assert len(mails(lent)) == 1
    do(lent, undo.undo, line, at(27))
    assert mails(lent) == []

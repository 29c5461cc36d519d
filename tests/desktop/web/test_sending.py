"""What readers send: by a ward's PIN, once a device a day, and nothing of who."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from database.circulation import visits
from database.policy import settings
from database.refusal import Reason, Refusal
from database.registers import survey
from database.schema import Hold, Journal, Loan, Patron
from database.wards import asking, wishes
from tests.libraries import NOW


@pytest.fixture
def ward(stocked):
    """(id, PIN) of Mawar, whose wards may ask and whose readers may answer."""
    with stocked.transaction() as session:
        asking.let(session, True, NOW)
        settings.change(session, settings.READERS_ANSWER, True, NOW)
        found = session.execute(select(Patron.id).where(Patron.number == "W-MAWAR")).scalar_one()
        return found, asking.pin(session, found)


def wished(library):
    with library.reading() as session:
        return [(one.bed, one.wish) for one in wishes.wishes(session)]


def send(ask, pin, **more):
    form = {"pin": pin, "jenis": "wish", "pesan": "Novel", **more}
    return ask.post("/bangsal/W-MAWAR", data=form)


def test_a_ward_asks_by_its_pin_and_nothing_is_lent_or_held(ask, library, ward):
    assert send(ask, ward[1], tempat_tidur="3b").status_code == 200
    assert send(ask, ward[1], jenis="search", pesan="Luka tekan pada lansia").status_code == 200
    number = ask.get("/api/v1/titles?q=kebidanan").json()["titles"][0]["id"]
    answer = send(ask, ward[1], jenis="hold", judul=str(number), pesan="")
    assert "Sudah dikirim" in answer.text
    assert wished(library) == [
        ("3B", "Novel"),
        ("", "Literatur: Luka tekan pada lansia"),
        ("", "Simpankan: Ilmu Kebidanan (618.2 PRA i)"),
    ]
    with library.reading() as session:
        assert session.execute(select(Hold.id)).first() is None
        assert session.execute(select(Loan.id)).first() is None


def test_a_title_leads_to_the_wards_and_a_ward_knows_it(ask, library, ward):
    number = ask.get("/api/v1/titles?q=kebidanan").json()["titles"][0]["id"]
    (href,) = re.findall(r'href="(/bangsal\?judul=\d+)"', ask.get(f"/judul/{number}").text)
    assert f'href="/bangsal/W-MAWAR?judul={number}"' in ask.get(href).text
    page = ask.get(f"/bangsal/W-MAWAR?judul={number}").text
    assert "Ilmu Kebidanan" in page
    assert f'name="judul" value="{number}"' in page


def test_a_wrong_pin_is_told_and_too_many_end_it(ask, library, ward, place):
    wrong = f"{(int(ward[1]) + 1) % 10**6:06}"
    for _time in range(5):
        answer = send(ask, wrong)
        assert (answer.status_code, "PIN tidak benar" in answer.text) == (400, True)
    assert "Terlalu banyak PIN" in send(ask, ward[1]).text
    assert wished(library) == []


def test_each_ward_has_its_own_pin_and_a_new_secret_new_ones(library, ward):
    with library.transaction() as session:
        other = session.execute(select(Patron.id).where(Patron.number == "W-ANGGREK")).scalar_one()
        first = asking.pin(session, other)
        assert first != ward[1]
        assert re.fullmatch(r"\d{6}", first)
        asking.renew(session)
        assert asking.pin(session, other) != first
        with pytest.raises(Refusal) as told:
            asking.ask(session, other, first, "x", "", None, NOW)
        assert told.value.reason is Reason.WRONG_SECRET


@pytest.mark.parametrize(
    "form",
    [{"jenis": "x"}, {"pesan": "x" * 301}, {"tempat_tidur": "x" * 13}, {"pesan": " "}, {"pin": ""}],
)
def test_what_makes_no_sense_is_not_taken(ask, library, ward, form):
    assert send(ask, **{"pin": ward[1], **form}).status_code == 400
    assert wished(library) == []


def test_the_secret_stands_in_no_line_of_the_journal(library, ward):
    with library.reading() as session:
        secret = settings.get(session, settings.WARDS_SECRET)
        facts = session.execute(select(Journal.facts)).scalars()
        assert not any(secret in str(one) for one in facts)


@pytest.mark.parametrize("path", ["/bangsal/W-MAWAR", "/survei", "/tamu"])
def test_nothing_is_sent_where_it_is_not_switched_on(ask, path):
    assert ask.get(path).status_code == 404
    assert ask.post(path, data={"pin": "1"}).status_code == 404


def test_a_device_answers_the_survey_once_a_day(ask, library, ward):
    form = dict.fromkeys(survey.ELEMENTS, "4")
    assert "Terima kasih" in ask.post("/survei", data=form).text
    assert "Terima kasih" in ask.post("/survei", data={**form, "score_1": "1"}).text
    with library.reading() as session:
        found = survey.result(session, NOW.date(), NOW.date())
    assert (found.answers, found.index) == (1, 100.0)
    other = ask.post("/survei", data=form, headers={"user-agent": "another"})
    assert other.status_code == 200
    with library.reading() as session:
        assert survey.result(session, NOW.date(), NOW.date()).answers == 2
    assert ask.post("/survei", data={**form, "score_9": "5"}).status_code == 400


def test_a_visitor_is_counted_by_kind_and_purpose_alone(ask, library, ward):
    assert ask.post("/tamu", data={"siapa": "nurse", "tujuan": "read"}).status_code == 200
    assert ask.post("/tamu", data={"siapa": "nurse", "tujuan": "read"}).status_code == 200
    assert ask.post("/tamu", data={"siapa": "ward"}).status_code == 400
    with library.reading() as session:
        lines = visits.guest_book(session, NOW.date())
    assert [(one.category, one.purpose, one.people) for one in lines] == [("nurse", "read", 1)]


def test_the_forms_shut_nobody_out(see, stocked, where, ward):
    from desktop.web import serving
    from desktop.web.app import application
    from tests.desktop.web.conftest import WITHOUT_END, place_at
    from tests.desktop.web.test_browser import faults

    here = place_at(where, desk=stocked)
    running = serving.Serving(application(here, WITHOUT_END), serving.bound("127.0.0.1", 0))
    running.start()
    try:
        wrong = {}
        for path in ("/bangsal/W-MAWAR?judul=1", "/survei", "/tamu"):
            page = see(f"http://127.0.0.1:{running.port}{path}", bypass_csp=True)
            if told := faults(page):
                wrong[path] = told
        page.goto(f"http://127.0.0.1:{running.port}/bangsal/W-MAWAR")
        page.fill("#pesan", "Novel")
        page.fill("#pin", ward[1])
        page.click("main button")
        assert page.locator("h1").inner_text() == "Sudah dikirim"
        assert wrong == {}
    finally:
        running.stop()
        here.library.close()

"""What readers see, on both engines: every page, in both languages, and nothing of anybody."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from database.catalogue import digital, titles
from database.circulation import lending
from database.description import marc, marc_form
from database.description.marc import Field
from database.policy import units
from database.public import titles as public
from database.refusal import Fault
from database.schema import Patron
from database.search import search
from desktop.web.app import application
from desktop.web.guard import HEADERS, Limits
from tests.desktop.web.conftest import WITHOUT_END
from tests.libraries import NOW

PAGES = ("/", "/cari", "/baru", "/ppk", "/jam", "/bangsal", "/api")


class Links(HTMLParser):
    """The addresses that a page leads to."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found += [value for name, value in attrs if name in {"href", "src"} and value]


def number_of(library, words):
    with library.reading() as session:
        return search.search(session, words).rows[0].id


@pytest.mark.parametrize("page", PAGES)
def test_every_page_answers_in_both_languages(ask, page):
    told = {
        language: ask.get(page, headers={"accept-language": language}) for language in ("id", "en")
    }
    assert {one.status_code for one in told.values()} == {200}
    assert '<html lang="id">' in told["id"].text
    assert '<html lang="en">' in told["en"].text
    assert told["id"].text != told["en"].text


@pytest.mark.parametrize("page", [*PAGES, "/nope", "/api/v1/house", "/rupa/style.css"])
def test_every_answer_bears_the_headers_and_no_cookie(ask, page):
    answer = ask.get(page)
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert "set-cookie" not in answer.headers
    assert "server" not in answer.headers


def test_the_only_cookie_is_the_language_that_was_asked_for(ask):
    answer = ask.get("/?lang=en")
    assert re.fullmatch(
        r"lang=en; HttpOnly; Max-Age=31536000; Path=/; SameSite=lax", answer.headers["set-cookie"]
    )
    ask.cookies.set("lang", "en")
    assert '<html lang="en">' in ask.get("/").text
    assert "set-cookie" not in ask.get("/?lang=xx").headers


@pytest.mark.parametrize("words", ["kebidanan", "midwifery", "prawirohardjo", "9786020000046"])
def test_a_search_finds_what_the_desk_finds(ask, library, words):
    with library.reading() as session:
        desk = [row.id for row in search.search(session, words).rows]
    told = ask.get("/api/v1/titles", params={"q": words}).json()
    assert [one["id"] for one in told["titles"]] == desk
    assert told["count"] == len(desk) >= 1
    page = ask.get("/cari", params={"q": words}).text
    assert [int(one) for one in re.findall(r'class="row" href="/judul/(\d+)"', page)] == desk


def test_what_found_a_title_by_other_words_is_said(ask):
    found = ask.get("/api/v1/titles", params={"q": "midwifery"}).json()["titles"]
    assert [one["found_by"] for one in found] == ["kebidanan"]
    assert "Ditemukan lewat: kebidanan" in ask.get("/cari?q=midwifery").text


def test_a_list_is_narrowed_and_widened_again(ask):
    page = ask.get("/cari?kelas=615").text
    assert "Farmakologi dan Terapi" in page
    assert "Ilmu Kebidanan" not in page
    assert 'href="/cari" rel="nofollow"' in page
    assert ask.get("/api/v1/titles?dari=2010&sampai=2016").json()["count"] == 1


def test_a_search_without_sense_is_the_whole_catalogue(ask):
    for asked in ("hal=0", "hal=999999", "dari=x", "ada=nope", "q=%00", "q=%ff", "jenis=%00"):
        assert ask.get(f"/cari?{asked}").status_code == 200, asked


def test_a_title_shows_where_its_copies_are(ask, library):
    number = number_of(library, "kebidanan")
    assert "Tersedia" in ask.get(f"/judul/{number}").text
    with library.transaction() as session:
        lending.check_out(session, "M0001", "B000010", NOW)
    page = ask.get(f"/judul/{number}").text
    assert "Dipinjam sampai 25 Jan 2027" in page
    assert "Rina" not in page
    assert "M0001" not in page
    told = ask.get(f"/api/v1/titles/{number}").json()
    assert [(one["state"], one["due"]) for one in told["copies"]] == [("lent", "2027-01-25")]


def test_a_title_is_nobodys_script(ask, library):
    record = marc_form.apply(marc.Record(), {"title": "<script>alert(1)</script> </script>&"})
    with library.transaction() as session:
        number = titles.add_biblio(session, record, NOW)
    for page in (f"/judul/{number}", "/baru", "/cari?q=alert", "/cari?q=<script>alert(1)"):
        text = ask.get(page).text
        assert "<script>alert" not in text, page
        assert "</script>&" not in text, page


def test_what_is_the_librarys_own_is_not_handed_out(ask, library):
    record = marc_form.apply(marc.Record(), {"title": "Buku dengan catatan"})
    for tag in ("541", "583", "590", "952"):
        record.fields.append(Field(tag, None, "  ", [("a", f"RAHASIA {tag}")]))
    with library.transaction() as session:
        number = titles.add_biblio(session, record, NOW)
    for ending in ("", ".marcxml", ".mods", ".dc", ".ris", ".bib"):
        answer = ask.get(f"/judul/{number}{ending}")
        assert answer.status_code == 200, ending
        assert "RAHASIA" not in answer.text, ending


def test_an_opening_is_counted_of_nobody(ask, library):
    number = number_of(library, "farmakologi")
    with library.transaction() as session:
        digital.attach_link(session, number, "Katalog obat", "https://example.org/obat", NOW)
    (href,) = re.findall(r'href="(/berkas/\d+)"', ask.get(f"/judul/{number}").text)
    answer = ask.get(href)
    assert (answer.status_code, answer.headers["location"]) == (302, "https://example.org/obat")
    ask.head(href)
    with library.reading() as session:
        assert [one.uses for one in digital.of_title(session, number)] == [1]
    assert ask.get("/berkas/999").status_code == 404


def test_a_guideline_past_its_day_is_said_to_be_reviewed(ask, library):
    from database.description import materials

    for name, day in (("PPK Dengue", "20260101"), ("PPK Stroke", "20280101")):
        record = materials.dress(
            marc_form.apply(marc.Record(), {"title": name, "review_on": day}),
            "guideline",
            NOW.date(),
        )
        with library.transaction() as session:
            titles.add_biblio(session, record, NOW)
    told = ask.get("/api/v1/guidelines").json()["guidelines"]
    assert {one["title"]: one["in_force"] for one in told} == {
        "PPK Dengue": False,
        "PPK Stroke": True,
    }
    page = ask.get("/ppk").text
    assert page.index("Sedang ditinjau") < page.index("Berlaku")


def test_a_ward_whose_name_tells_an_illness_is_not_named(ask, library):
    with library.transaction() as session:
        (mawar,) = [one for one in units.listed(session) if one.name == "Mawar"]
        units.save(session, mawar.id, units.UnitFacts("Mawar", ward=True, sensitive=True), NOW)
    assert ask.get("/api/v1/wards").json() == {"wards": [{"name": "Ruang Anggrek", "weekdays": []}]}
    assert "Mawar" not in ask.get("/bangsal").text


def test_the_feed_and_the_list_of_pages_are_sound(ask, library):
    with library.reading() as session:
        numbers = {number for number, _moment in public.every(session)}
    atom = ET.fromstring(ask.get("/baru.atom").content)
    space = {"a": "http://www.w3.org/2005/Atom"}
    ids = [one.text for one in atom.findall("a:entry/a:id", space)]
    assert ids == [f"http://testserver/judul/{one}" for one in sorted(numbers, reverse=True)]
    listed = ET.fromstring(ask.get("/sitemap.xml").content)
    places = [one.text for one in listed.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert {f"http://testserver/judul/{one}" for one in numbers} < set(places)


def test_no_page_can_write(place):
    from database.policy import settings

    with pytest.raises(Fault), place.library.transaction() as session:
        settings.put(session, settings.HOLD_DAYS, 9)


def test_a_library_that_is_lost_is_told_kindly(ask, place, monkeypatch):
    from database.refusal import Trouble

    def lost(**_named):
        raise Fault(Trouble.SERVER_GONE, where="x")

    assert ask.get("/").status_code == 200
    monkeypatch.setattr(place.library, "reading", lost)
    answer = ask.get("/cari?q=a")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
    assert "Katalog sedang istirahat" in answer.text
    assert "Perpustakaan RSUD Bhakti Sehat" in answer.text
    assert ask.get("/api/v1/house").json()["error"] == "Service Unavailable"


@pytest.mark.parametrize(
    ("path", "status"),
    [("/judul/0", 404), ("/judul/x", 404), ("/judul/1.exe", 404), ("/sampul/1", 404),
     ("/rupa/..%2f..%2fdefaults.toml", 404), ("/rupa/base.html", 404), ("/bangsal/X", 404),
     ("/judul/99999999999999999999999", 400)],
)  # fmt: skip
def test_what_there_is_not_is_said(ask, path, status):
    assert ask.get(path).status_code == status


def test_nothing_is_taken_but_questions(ask):
    for method in ("POST", "PUT", "DELETE", "PATCH", "TRACE"):
        assert ask.request(method, "/cari").status_code == 405, method


def test_limits_hold(place):
    tight = Limits(burst=3, a_second=0.0)
    with TestClient(application(place, tight)) as client:
        assert [client.get("/robots.txt").status_code for _ in range(4)] == [200, 200, 200, 429]
    with TestClient(application(place, WITHOUT_END)) as client:
        assert client.get("/cari?q=" + "a" * 5000).status_code == 414
        assert client.post("/cari", content=b"x" * 20_000).status_code == 413


def test_no_person_is_reachable_by_any_address(lived_place):
    """Every page that leads to another, of two years of a library that is used."""
    with lived_place.library.reading() as session:
        people = session.execute(
            select(Patron.number, Patron.name, Patron.phone, Patron.kind).where(
                Patron.forgotten_at.is_(None)
            )
        ).all()
    persons = [one for one in people if one.kind == "person"]
    assert len(persons) > 100
    with TestClient(application(lived_place, WITHOUT_END)) as client:
        seen, waiting = set(), ["/", "/sitemap.xml", "/cari?q=a", "/api/v1/titles/1"]
        texts = []
        while waiting and len(seen) < 250:
            path = waiting.pop()
            if path in seen or not path.startswith("/") or path.startswith("/rupa/"):
                continue
            seen.add(path)
            answer = client.get(path, follow_redirects=False)
            if answer.is_redirect:
                waiting.append(answer.headers["location"])  # links of others end here
                continue
            assert answer.status_code == 200, path
            texts.append(answer.text)
            if "html" in answer.headers["content-type"]:
                waiting += Links(answer.text).found
    whole = "\n".join(texts)
    authors = set(re.findall(r'class="by">([^<]*)', whole))
    told = [
        fact
        for one in persons
        for fact in (one.number, one.phone, one.name)
        if fact and fact in whole and not any(fact in name for name in authors)
    ]
    assert told == []

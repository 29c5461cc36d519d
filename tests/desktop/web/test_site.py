"""The catalogue as a folder: opened from a disk, searched by a real browser without a server."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest

from database.refusal import Refusal
from database.search import search
from desktop.web.folder import site
from desktop.words.language import speaking
from tests.desktop.web.test_browser import faults
from tests.libraries import LIVED


@pytest.fixture(scope="module")
def folder(lived_place, tmp_path_factory):
    path = tmp_path_factory.mktemp("site") / "katalog"
    with speaking("id"):
        site.write(lived_place.library, path, LIVED, "https://rsud.example/katalog")
    return path


@pytest.fixture
def visit(see, folder):
    """Open a page of the folder, and wait until its search is ready."""

    def open_page(name, width=1366, scheme="light", **more):
        page = see((folder / name).as_uri(), width, scheme, **more)
        if name.startswith("cari") and more.get("java_script_enabled", True):
            page.wait_for_function("document.documentElement.dataset.ready")
        return page

    return open_page


def found(page, words):
    page.fill("#q", words)
    page.press("#q", "Enter")
    hrefs = page.eval_on_selector_all(".row", "all => all.map(one => one.getAttribute('href'))")
    return [int(one.removeprefix("judul/").removesuffix(".html")) for one in hrefs]


@pytest.mark.parametrize(
    "words", ["kebidanan", "midwifery", "perawat luka", "buku ajar", "p", "97", "pe luka"]
)
def test_the_browser_finds_what_the_desk_finds(lived_place, visit, words):
    with lived_place.library.reading() as session:
        desk = {one.id for one in search.search(session, words, 2000).rows}
    page = visit("cari.html")
    shown = found(page, words)
    while page.locator("#more").is_visible():
        page.click("#more")
        shown = page.eval_on_selector_all(
            ".row", "all => all.map(one => parseInt(one.getAttribute('href').slice(6)))"
        )
    assert len(shown) == len(set(shown))
    assert set(shown) == desk
    assert shown


def test_one_slip_is_forgiven_and_other_words_are_said(visit):
    page = visit("cari.html")
    assert set(found(page, "kebidanan")) <= set(found(page, "kebidanna"))
    assert found(page, "midwife")
    assert "Ditemukan lewat:" in page.locator(".why >> nth=0").inner_text()
    assert found(page, "zzzzqqq") == []
    assert "Tidak ada. Coba" in page.locator("#told").inner_text()


def test_a_title_is_reached_from_every_page_without_a_script(visit):
    page = visit("cari.html", java_script_enabled=False)
    page.click(".wards a >> nth=0")
    page.click(".row >> nth=0")
    assert page.locator("h1").inner_text()
    assert page.locator(".copies").count() == 1
    page.click(".name")
    assert page.url.endswith("/index.html")


def test_no_page_of_the_folder_shuts_anybody_out(visit):
    wrong = {}
    for name in ("index.html", "cari.html?q=perawat", "judul/1.html", "jam.html", "kelas-610.html"):
        page = visit(name.partition("?")[0])
        if "?" in name:
            found(page, "perawat")
        if told := faults(page):
            wrong[name] = told
    assert wrong == {}


def test_every_link_of_the_folder_leads_to_a_file(folder):
    from tests.desktop.web.test_pages import Links

    dead = []
    for path in folder.rglob("*.html"):
        for link in Links(path.read_text(encoding="utf-8")).found:
            if "://" in link or link.startswith(("#", "mailto:")):
                continue
            target = (path.parent / link.partition("?")[0].partition("#")[0]).resolve()
            if not target.is_file():
                dead.append((path.name, link))
    assert dead == []


def test_a_folder_of_others_is_not_written_into(lived_place, tmp_path):
    (tmp_path / "skripsi.doc").write_text("x")
    with pytest.raises(Refusal) as told:
        site.write(lived_place.library, tmp_path, LIVED)
    assert told.value.args == ("folder_not_empty",)
    assert [one.name for one in tmp_path.iterdir()] == ["skripsi.doc"]


def test_our_folder_is_written_anew_and_what_is_no_more_goes(stocked, where, tmp_path):
    from database.catalogue import titles
    from database.description import marc, marc_form
    from tests.libraries import NOW

    with stocked.transaction() as session:
        record = marc_form.apply(marc.Record(), {"title": "Sebentar saja"})
        number = titles.add_biblio(session, record, NOW)
    site.write(stocked, tmp_path / "x", NOW)
    assert (tmp_path / "x" / "judul" / f"{number}.html").is_file()
    with stocked.transaction() as session:
        titles.cancel_biblio(session, number, NOW)
    (tmp_path / "x" / "milik-sendiri.txt").write_text("tetap")
    site.write(stocked, tmp_path / "x", NOW)
    assert not (tmp_path / "x" / "judul" / f"{number}.html").exists()
    assert (tmp_path / "x" / "milik-sendiri.txt").read_text() == "tetap"
    assert "Sebentar saja" not in (tmp_path / "x" / "indeks.js").read_text(encoding="utf-8")


def test_the_list_is_told_to_search_engines(folder):
    text = (folder / "sitemap.xml").read_text(encoding="utf-8")
    assert "<loc>https://rsud.example/katalog/judul/1.html</loc>" in text
    page = (folder / "judul" / "1.html").read_text(encoding="utf-8")
    data = json.loads(page.partition('ld+json">')[2].partition("</script>")[0])
    assert data["@type"] == "Book"
    assert data["name"] in page


def test_new_titles_are_a_feed_where_the_folder_has_an_address(folder, lived_place, tmp_path):
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ElementTree.parse(folder / "baru.atom").getroot()
    own = feed.find(f"{atom}link[@rel='self']").get("href")
    assert own == "https://rsud.example/katalog/baru.atom"
    pages = [one.find(f"{atom}link").get("href") for one in feed.iter(f"{atom}entry")]
    assert pages
    for page in pages:
        assert (folder / page.removeprefix("https://rsud.example/katalog/")).is_file()
    assert 'href="baru.atom"' in (folder / "baru.html").read_text(encoding="utf-8")
    site.write(lived_place.library, tmp_path / "disk", LIVED)
    assert not (tmp_path / "disk" / "baru.atom").exists()
    assert "baru.atom" not in (tmp_path / "disk" / "baru.html").read_text(encoding="utf-8")

"""The catalogue in its main states, on the demo library; for the gallery."""

from __future__ import annotations

import shutil
import tempfile
from functools import lru_cache, partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas

from database.catalogue import lookup, titles
from database.catalogue.heading_list import Filter
from database.description import marc, marc_form
from database.exchange import found as marc_files
from database.holdings import item_list
from database.library import Library
from database.policy import house
from database.policy.house import ProfileFacts
from desktop import background
from desktop.pc import Pc
from desktop.program import Program
from desktop.running.changes import Changes
from desktop.screens.catalogue.form.class_picker import ClassPicker
from desktop.screens.catalogue.form.lookup import Compare
from desktop.screens.catalogue.screen import CatalogueScreen
from desktop.widgets.status_line import Status
from desktop.window import MainWindow, Place
from tests.desktop.scenes import demo_file, form_scenes, holdings_scenes, partner_scenes


@lru_cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="selasar-gallery-"))


@lru_cache
def _demo_file(now) -> Path:
    path = _folder() / "demo.db"
    demo_file.copied(path, now)
    return path


def program(now, *, empty: bool = False) -> Program:
    """A copy of the demo library, or an empty one, with settings of its own."""
    folder = Path(tempfile.mkdtemp(dir=_folder()))
    where = folder / "library.db"
    if empty:
        Library.create(where, ProfileFacts(name="Perpustakaan RSUD Bhakti Sehat"), now).close()
    else:
        shutil.copy(_demo_file(now), where)
    return Program(Library.open(where), lambda: now, Pc(folder / "pc.ini"))


def window(given: Program) -> MainWindow:
    """A window with nothing but the catalogue."""
    name = given.read(house.profile).name
    made = MainWindow(
        [Place("catalogue", "Katalog", "library", lambda: CatalogueScreen(given), "Alt+3")],
        lambda: Status("good", "", ""),
        library_name=name,
        user="Dewi Lestari Handayani, A.Md.",
        user_note="Pustakawan",
        now=given.now,
        demo=True,
    )
    made.changes = Changes(given.library, made.changed)
    return made


def settle() -> None:
    """Let work in the background end, and everything lay itself out."""
    background.wait()
    for _round in range(6):
        QCoreApplication.sendPostedEvents()
        QApplication.processEvents()


def empty(screen: CatalogueScreen, given: Program) -> None:
    """Nothing there yet."""


def results(screen: CatalogueScreen, given: Program) -> None:
    """Something was found, and its detail is shown."""
    screen.arrive("keperawatan")


def chosen(screen: CatalogueScreen, given: Program) -> None:
    """All titles, the third of them chosen."""
    screen.list.table.step(2)


def narrowed(screen: CatalogueScreen, given: Program) -> None:
    """Filters on, another order, more columns."""
    screen.list.filters.menus["class_group"].choose("610", "610 Kedokteran, keperawatan")
    screen.list.filters.menus["availability"].choose("available", "Tersedia sekarang")
    screen.list.filters.menus["language"].choose("ind", "Indonesia")
    screen.list.filters.menus["location"].choose("Rak 610", "Rak 610 sebelah jendela")
    screen.list.filters.menus["material"].choose("book", "Buku")
    screen.list.filters.years.choose_range(2015, 2024)
    screen.list.table.sort_by_column(3)


def form_new(screen: CatalogueScreen, given: Program) -> None:
    """A title half typed."""
    screen.arrive("new")
    form = screen.form.form
    for key, text in {
        "isbn": "9786020000015",
        "title": "Buku ajar keperawatan anak",
        "edition": "Ed. 2",
        "subtitle": "untuk mahasiswa dan perawat pelaksana",
        "main_author": "Wongso, Donna",
        "place": "Jakarta",
        "publisher": "Pustaka Medika",
        "year": "2019",
        "classification": "618.920 0231",
    }.items():
        form.put(key, text)
    form.put("added_authors", ["Hartono, Andry"])
    form.put("subjects", ["Pediatric Nursing", "Child Health"])
    screen.form.copies.form.put("count", 2)
    screen.form.copies.form.put("price", 385_000)
    screen.form.copies.form.put("location", "Rak 6B")
    screen.form.settle()


def form_foot(screen: CatalogueScreen, given: Program) -> None:
    """The same, scrolled to the copies."""
    form_new(screen, given)
    settle()
    bar = screen.form.scrolled.verticalScrollBar()
    bar.setValue(bar.maximum())


def picker(screen: CatalogueScreen, given: Program) -> None:
    """Finding a class by word."""
    form_new(screen, given)
    screen.form.pick_class("classification")
    for popup in screen.window().findChildren(ClassPicker):
        popup.line.setText("bidan")


def form_wrong(screen: CatalogueScreen, given: Program) -> None:
    """A wrong ISBN, a title that stands already, a field left empty, a draft."""
    form_new(screen, given)
    screen.form.cancel()
    title = screen.list.table.rows()[3].title
    screen.arrive("new")
    screen.form.form.put("isbn", "9786020000016")
    screen.form.form.put("title", title)
    screen.form.form.put("year", "entah")
    screen.form.settle()
    screen.form.save(False)


def edit(screen: CatalogueScreen, given: Program) -> None:
    """A title that stands."""
    row = screen.list.table.rows()[4]
    screen.list.wanted.emit("edit", row.id)


def copies(screen: CatalogueScreen, given: Program) -> None:
    """The question how many."""
    screen.list.detail.add_copies()


def labels(screen: CatalogueScreen, given: Program) -> None:
    """Twelve labels from the fifth on."""
    rows = given.read(lambda session: item_list.items_to_label(session, only_new=False))
    ids = [row.id for row in rows[:12]]
    screen.arrive(("labels", ids))
    screen.labels.picture.setFocus()
    for _step in range(4):
        screen.labels.picture.step(1)
    screen.labels.draw()


def headings_list(screen: CatalogueScreen, given: Program) -> None:
    """The alphabet of headings, the first of them shown."""
    screen.arrive("headings")
    settle()


def headings_found(screen: CatalogueScreen, given: Program) -> None:
    """A person found by another form of the name."""
    screen.arrive("headings")
    page = screen.headings
    page.kind.choose(Filter("person"))
    page.table.step(3)
    page.acts.refer(page.table.current(), "Suwardi Suryaningrat")
    settle()
    page.acts.refer(page.table.current(), "Ki Hadjar")
    settle()
    page.search.set_text("surya")
    settle()


def headings_rename(screen: CatalogueScreen, given: Program) -> None:
    """How else?"""
    screen.arrive("headings")
    screen.headings.search.set_text("keperawatan")
    screen.headings.ask_rename()


def headings_merge(screen: CatalogueScreen, given: Program) -> None:
    """Into which other?"""
    screen.arrive("headings")
    page = screen.headings
    page.kind.choose(Filter("person"))
    page.table.step(2)
    page.ask_merge()
    page.side.merge.search.set_text("s")


def headings_merged(screen: CatalogueScreen, given: Program) -> None:
    """Done, with Undo."""
    headings_merge(screen, given)
    page = screen.headings
    page.side.merge.accept()
    settle()


def a_pdf_read(screen: CatalogueScreen, given: Program) -> None:
    """A guideline that belongs to a title, read here."""
    screen.list.table.select_first()
    screen.list.detail.open_files()
    box = screen.list.detail.files
    folder = Path(tempfile.mkdtemp())
    path = folder / "Pedoman kewaspadaan isolasi.pdf"
    page = canvas.Canvas(str(path), pagesize=A4)
    for number in range(1, 4):
        page.setFont("Helvetica-Bold", 20)
        page.drawString(72, 740, f"Pedoman kewaspadaan isolasi, bagian {number}")
        page.setFont("Helvetica", 12)
        for line in range(30):
            page.drawString(72, 700 - 18 * line, f"{line + 1}. Bersihkan tangan sebelum kontak.")
        page.showPage()
    page.save()
    box.keep([path])
    settle()
    background.wait()
    settle()
    box.try_accept()
    background.wait()
    settle()


def headings_related(screen: CatalogueScreen, given: Program) -> None:
    """A subject with what is broader, narrower and related."""
    screen.arrive("headings")
    page = screen.headings
    page.kind.choose(Filter("subject"))
    settle()
    rows = page.table.rows()
    for at, relation in ((4, "broader"), (6, "narrower"), (9, "narrower"), (11, "related")):
        page.acts.relate(rows[2], rows[at].id, relation)
        settle()
    page.show_heading(rows[2].id)


def headings_relate(screen: CatalogueScreen, given: Program) -> None:
    """Which other one?"""
    headings_related(screen, given)
    settle()
    screen.headings.ask_relate()


def headings_nothing(screen: CatalogueScreen, given: Program) -> None:
    """An empty library has none."""
    screen.arrive("headings")


def name_hint(screen: CatalogueScreen, given: Program) -> None:
    """Two authors typed as they are spoken."""
    screen.arrive("new")
    form = screen.form.form
    form.put("title", "Buku ajar ilmu penyakit dalam")
    form.put("main_author", "Prof. dr. Siti Setiati, Sp.PD-KGer")
    form.put("added_authors", ["Tahi Bonar Simatupang", "Alwi, Idrus"])
    for key in ("main_author", "added_authors"):
        screen.form.names.look(key)
    screen.form.settle()


def _marc_file(given: Program) -> Path:
    """New, joining and broken records."""
    path = _folder() / "dari-slims.mrc"
    new = [
        marc_form.apply(
            marc.Record(),
            {
                "title": f"Panduan praktik klinis jilid {number}",
                "main_author": "Sutomo, Rini",
                "year": "2021",
                "publisher": "Pustaka Medika",
                "classification": "616",
            },
        )
        for number in range(1, 41)
    ]
    for number, record in enumerate(new):
        record.fields.append(marc.Field("990", None, "  ", [("a", f"X{number:05d}")]))
    untitled = marc_form.apply(marc.Record(), {"main_author": "Tanpa Judul"})
    with given.library.reading() as session:
        standing = list(titles.records(session, [3, 4, 5]))
        with path.open("wb") as stream:
            marc_files.write(stream, [*new[:20], untitled, *standing, *new[20:]], "mrc")
    with path.open("ab") as stream:
        stream.write(b"00123nam a2200061   4500\x1e\x1d00999nam")
    return path


def compare(screen: CatalogueScreen, given: Program) -> None:
    """What three sources say of a book, field by field."""
    screen.arrive(("new", "9786020000015"))
    page = screen.form
    page.form.put("publisher", "EGC")
    answers = []
    for name, year, publisher in (
        ("Google Books", "2016", "Bina Pustaka"),
        ("Library of Congress", "2014", "Bina Pustaka"),
        ("Dinas", "2016", "Yayasan Bina Pustaka Sarwono"),
    ):
        values = {
            "title": "Ilmu kebidanan",
            "main_author": "Prawirohardjo, Sarwono",
            "year": year,
            "publisher": publisher,
            "place": "Jakarta",
            "subjects": "Midwifery\nPregnancy",
            "classification": "618.2",
        }
        record = marc_form.apply(marc.Record(), values)
        answers.append((lookup.Source(name, name), record))
    Compare(page, lookup.compared(answers), {"publisher": "EGC"}).open()


def worklist(screen: CatalogueScreen, given: Program, which: str) -> None:
    """A list to work through."""
    screen.arrive(("lists", which))
    settle()


def stock_empty(screen: CatalogueScreen, given: Program) -> None:
    """Before any round."""
    screen.arrive("stock")


def stocktake(screen: CatalogueScreen, given: Program) -> None:
    """A shelf half read, with oddities."""
    screen.arrive("stock")
    with given.library.reading() as session:
        rows = item_list.items_to_label(session, only_new=False)
    codes = [row.barcode for row in rows if row.location == "Rak 610"][:40]
    screen.stock._begin_stocktake({"name": "Stok opname 2026", "ownership": "", "location": ""})
    settle()
    view = screen.stock.shelf
    view.shelf.choose("Rak 610")
    for code in [*sorted(codes), codes[0], "X0099"]:
        view.scan_box.scanned.emit(code)
    settle()


def stock_odd(screen: CatalogueScreen, given: Program) -> None:
    """What was odd at the shelf."""
    stocktake(screen, given)
    screen.stock.shelf.tabs.setCurrentIndex(1)


def weeding(screen: CatalogueScreen, given: Program) -> None:
    """Proposals, some decided."""
    screen.arrive("stock")
    screen.stock.new_weeding()
    view = screen.stock.weed
    view.age.choose(5)
    view.unused.choose(1)
    settle()
    view.table.select_ids([row.id for row in view.table.rows()[:3]])
    view.decide("withdraw", "usang")
    settle()


def new_titles(screen: CatalogueScreen, given: Program) -> None:
    """The paper for the wards."""
    worklist(screen, given, "new")
    screen.lists.step(-1)
    settle()
    screen.lists.open_paper()
    settle()


SCENES = {
    "catalogue-empty": (empty, True),
    "catalogue-results": (results, False),
    "catalogue-chosen": (chosen, False),
    "catalogue-narrowed": (narrowed, False),
    "catalogue-form": (form_new, False),
    "catalogue-form-foot": (form_foot, False),
    "catalogue-class-picker": (picker, False),
    "catalogue-form-wrong": (form_wrong, False),
    "catalogue-compare": (compare, False),
    "catalogue-edit": (edit, False),
    "catalogue-copies": (copies, False),
    "catalogue-labels": (labels, False),
    "stock-empty": (stock_empty, False),
    "stock-shelf": (stocktake, False),
    "stock-odd": (stock_odd, False),
    "stock-weeding": (weeding, False),
    "lists-new": (partial(worklist, which="new"), False),
    "lists-old": (partial(worklist, which="old"), False),
    "lists-review": (partial(worklist, which="review"), False),
    "lists-doubles": (partial(worklist, which="doubles"), False),
    "lists-paper": (new_titles, False),
    "headings-list": (headings_list, False),
    "headings-found": (headings_found, False),
    "headings-rename": (headings_rename, False),
    "headings-merge": (headings_merge, False),
    "headings-merged": (headings_merged, False),
    "catalogue-pdf": (a_pdf_read, False),
    "headings-related": (headings_related, False),
    "headings-relate": (headings_relate, False),
    "headings-nothing": (headings_nothing, True),
    "form-name-hint": (name_hint, False),
    **holdings_scenes.SCENES,
    **form_scenes.SCENES,
    **partner_scenes.SCENES,
}

"""The form of every kind of title, the editor of tags and what belongs to them; for the gallery."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QColor, QImage

from desktop.program import Program
from desktop.screens.catalogue import CatalogueScreen

TYPED = {
    "book": {
        "title": "Buku ajar keperawatan anak", "main_author": "Wong, Donna L.",
        "main_role": "pengarang", "edition": "Ed. 2", "series": "Seri keperawatan",
        "series_number": "4", "original_language": "eng", "classification": "618.920 0231",
        "added_authors": ["Hartono, Andry\tpenerjemah", "Sutarna, Agus\tpenyunting"],
    },
    "serial": {
        "title": "Jurnal keperawatan Indonesia", "issn": "1410-4490", "frequency": "3 kali setahun",
        "numbering": "Vol. 1, no. 1 (1997)-", "year": "1997", "publisher": "FIK UI",
    },
    "thesis": {
        "title": "Hubungan beban kerja dengan burnout perawat IGD", "degree": "Skripsi",
        "main_author": "Lestari, Dewi", "year": "2025", "body": "Poltekkes Kemenkes Surabaya",
        "body_unit": "Prodi D-III Keperawatan", "added_authors": ["Hidayat, Asri\tpembimbing"],
    },
    "article": {
        "title": "Pencegahan dekubitus pada pasien tirah baring",
        "host": "Jurnal keperawatan Indonesia", "host_part": "Vol. 12, no. 3 (2024), hlm. 45-52",
        "main_author": "Lestari, Dewi", "year": "2024",
    },
    "guideline": {
        "title": "Panduan praktik klinis demam berdarah dengue", "number": "445/12/PPK/2026",
        "body": "KSM Anak", "corporate_author": "RSUD Bhakti Sehat",
    },
    "leaflet": {"title": "Cuci tangan enam langkah", "body": "Instalasi PKRS", "audience": "g"},
    "audiovisual": {"title": "Senam hamil", "carrier": "g", "extent": "1 DVD (45 menit)"},
    "ebook": {"title": "Buku saku ASI eksklusif", "url": "https://repository.kemkes.go.id/asi"},
    "regulation": {
        "title": "Peraturan Menteri Kesehatan tentang Rekam Medis", "number": "24 Tahun 2022",
        "corporate_author": "Indonesia. Kementerian Kesehatan", "year": "2022",
    },
}  # fmt: skip


def kind(screen: CatalogueScreen, given: Program, which: str) -> None:
    """The form of one kind, filled in."""
    screen.arrive("new")
    form = screen.form.form
    form.put("kind", which)
    for key, value in TYPED[which].items():
        form.put(key, value)
    screen.form.settle()


def tags(screen: CatalogueScreen, given: Program) -> None:
    """A record by its tags, two rows wrong."""
    kind(screen, given, "book")
    screen.form.edit_tags()
    page = screen.tags
    model = page.rows
    page.add()
    place = page.view.currentIndex().row()
    model.setData(model.index(place, 0), "880")
    model.setData(model.index(place, 2), "$6 245-01 $a 小児看護")
    page.add()
    model.setData(model.index(place + 1, 2), "tanpa subruas")
    page.view.setFocus()


def many(screen: CatalogueScreen, given: Program) -> None:
    """Several titles chosen in the list."""
    table = screen.list.table
    table.select_ids([table.rows()[place].id for place in range(2, 6)])


def batch(screen: CatalogueScreen, given: Program) -> None:
    """What would change in them."""
    rows = [row.id for row in screen.list.table.rows()[:40]]
    screen.arrive(("many", rows))
    screen.many.form.put("value", "Koleksi inti")
    screen.many.look()


def cover(screen: CatalogueScreen, given: Program) -> None:
    """A title with a picture, in the list and in the form."""
    row = screen.list.table.rows()[4]
    image = QImage(600, 840, QImage.Format.Format_RGB32)
    image.fill(QColor("#2f7f86"))
    screen.list.show_title(row.id)
    screen.list.detail.cover.take_image(image)


def cover_form(screen: CatalogueScreen, given: Program) -> None:
    """The same in the form."""
    cover(screen, given)
    row = screen.list.table.rows()[4]
    screen.list.wanted.emit("edit", row.id)


SCENES = {f"form-{which}": (partial(kind, which=which), False) for which in TYPED}
SCENES |= {
    "form-tags": (tags, False),
    "many-chosen": (many, False),
    "many-change": (batch, False),
    "cover-detail": (cover, False),
    "cover-form": (cover_form, False),
}

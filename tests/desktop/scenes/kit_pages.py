"""Made-up screens that show every part of the kit; for the gallery and the window's tests."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from desktop.screen import Key, Screen
from desktop.widgets.avatar import Avatar
from desktop.widgets.buttons import Button, FilterButton, toggle
from desktop.widgets.card import Band, Card, heading
from desktop.widgets.figure import Figure
from desktop.widgets.form import (
    CheckBox,
    Choice,
    DateField,
    Field,
    Form,
    MoneyField,
    NumberField,
    TagsField,
    TextArea,
)
from desktop.widgets.meter import Meter
from desktop.widgets.pill import Pill, PillLabel
from desktop.widgets.progress import Progress
from desktop.widgets.scan_box import ScanBox
from desktop.widgets.search_box import SearchBox
from desktop.widgets.status_line import Status
from desktop.widgets.steps import Steps
from desktop.widgets.table import Bar, Cell, Column, Table
from desktop.widgets.text import Elided, label
from desktop.window import MainWindow, Place
from desktop.words import language


def page(screen: QWidget) -> QVBoxLayout:
    """The margins every screen has."""
    column = QVBoxLayout(screen)
    column.setContentsMargins(20, 16, 20, 8)
    column.setSpacing(12)
    return column


class DeskPage(Screen):
    """Big scan box, a person, two lists."""

    title = "Sirkulasi"
    shows = frozenset({"Loan"})

    def __init__(self) -> None:
        super().__init__()
        self.reloads = 0
        column = page(self)
        top = QHBoxLayout()
        self.scan_box = ScanBox("Pindai kartu anggota atau eksemplar…")
        top.addWidget(self.scan_box, 1)
        top.addWidget(Button("Baca di tempat", key="read_here"))
        top.addWidget(Button("Pengunjung +1", key="visitor"))
        column.addLayout(top)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._person())
        row.addWidget(self._lists(), 1)
        column.addLayout(row, 1)

    def _person(self) -> Card:
        card = Card()
        card.setFixedWidth(318)
        head, who = QHBoxLayout(), QVBoxLayout()
        who.setSpacing(2)
        head.addWidget(Avatar("Dewi Lestari, A.Md.Kep."))
        who.addWidget(label("Dewi Lestari, A.Md.Kep.", "cardTitle"))
        who.addWidget(Elided("A-000412 · Perawat · Ruang Mawar", "small"))
        who.addWidget(PillLabel(Pill("Aktif sampai 31 Des 2027", "good")))
        head.addLayout(who, 1)
        card.body.addLayout(head)
        card.body.addWidget(Meter(0.6))
        warning = "1 pinjaman terlambat 2 hari — masih boleh meminjam; perpanjangan ditolak."
        card.body.addWidget(Band(warning, "warn"))
        card.body.addWidget(label("Pesanan siap diambil", "strong"))
        card.body.addWidget(label("di rak pesanan sampai 25 Nov", "small"))
        card.body.addStretch(1)
        buttons = QHBoxLayout()
        for text, key in (("Riwayat", ""), ("Selesai", "back")):
            buttons.addWidget(Button(text, key=key, small=True))
        buttons.addStretch(1)
        card.body.addLayout(buttons)
        return card

    def _lists(self) -> Card:
        note = "2 dipinjam · 1 kembali"
        slip = Button("Cetak slip", key="print", small=True, icon="printer")
        card = Card("Transaksi ini", slip, note=note, flush=True)
        self.done = Table(
            [
                Column("Waktu", "time", optional=True),
                Column("Tindakan", "act", kind="pill"),
                Column("Judul", "title", stretch=True),
                Column("Eksemplar", "code", optional=True),
                Column("Jatuh tempo", "due", kind="date"),
            ],
            name="Transaksi ini",
        )
        self.done.set_rows(
            [
                {"id": 1, "time": "09.42.10", "act": Pill("Dipinjam", "good"), "code": "RS-0004127",
                 "title": "Kapita selekta kedokteran, ed. 5, jil. 1", "due": date(2026, 12, 7)},
                {"id": 2, "time": "09.42.06", "act": Pill("Dipinjam", "good"), "code": "RS-0002290",
                 "title": "Nursing diagnosis handbook", "due": date(2026, 12, 7)},
                {"id": 3, "time": "09.41.51", "act": Pill("Kembali", "info"), "code": "RS-0001036",
                 "title": "Farmakologi dan terapi, ed. 6",
                 "due": Pill("Karantina sampai 24 Nov", "warn")},
            ]
        )  # fmt: skip
        self.done.select_first()
        card.body.addWidget(self.done)
        return card

    def reload(self) -> None:
        """Count, for the tests."""
        self.reloads += 1

    def keys(self) -> list[Key]:
        """One key of its own."""
        return [
            Key("read_here", "Baca di tempat", lambda: self.notice.done("Baca di tempat dicatat")),
            Key("back", "Selesai", lambda: self.notice.look("Selesai")),
        ]


class ListPage(Screen):
    """Search box, filters, a list and its detail."""

    title = "Katalog"
    shows = frozenset({"Biblio"})

    def __init__(self) -> None:
        super().__init__()
        self.reloads = 0
        column = page(self)
        new = Button("Judul baru", key="new", kind="primary")
        column.addLayout(heading("Katalog", Button("Impor…"), Button("Cetak label (12)"), new))
        row = QHBoxLayout()
        row.setSpacing(10)
        self.search = SearchBox("Judul, pengarang, ISBN, subjek")
        row.addWidget(self.search, 1)
        row.addWidget(FilterButton("Jenis", [(None, "semua"), ("b", "buku")]))
        row.addWidget(FilterButton("Kelas", [("610", "610"), (None, "semua")]))
        row.addWidget(toggle("Tersedia saja", lambda _on: None))
        column.addLayout(row)
        split = QSplitter()
        split.setHandleWidth(12)
        split.setChildrenCollapsible(False)
        split.addWidget(self._list())
        split.addWidget(self._detail())
        split.setSizes([780, 350])
        split.setStretchFactor(0, 1)
        column.addWidget(split, 1)

    def _list(self) -> Card:
        card = Card(flush=True)
        self.table = Table(
            [
                Column("Judul", "title", stretch=True),
                Column("Pengarang", "author", optional=True),
                Column("Tahun", lambda row: str(row["year"]), align="right", optional=True),
                Column("Nomor panggil", "call"),
                Column("Tersedia", "state", kind="pill"),
            ],
            empty="Tidak ada judul yang cocok.",
            name="Judul",
        )
        self.table.set_rows(titles(), footer="32 lagi, persempit pencarian")
        card.body.addWidget(self.table)
        return card

    def _detail(self) -> Card:
        card = Card("Buku ajar keperawatan anak")
        card.body.addWidget(label("Wong, Donna L. — Ed. 2. — Jakarta : EGC, 2019.", "small", True))
        bars = Table(
            [
                Column("Butir", "name", stretch=True),
                Column("", "bar", width=64),
                Column("Harga", "price", kind="money"),
            ],
            name="Butir",
        )
        bars.set_rows(
            [
                {"name": Cell("Luas ruang", "m²"), "bar": Bar(0.64, "bad"), "price": 385_000},
                {"name": Cell("Judul", strong=True), "bar": Bar(1.0, "good"), "price": 1_284_000},
            ]
        )
        card.body.addWidget(bars, 1)
        row = QHBoxLayout()
        for text, key in (("Ubah", "open"), ("Label", ""), ("Hapus", "")):
            kind = "danger" if text == "Hapus" else "outlined"
            row.addWidget(Button(text, key=key, small=True, kind=kind))
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    def reload(self) -> None:
        """Count, for the tests."""
        self.reloads += 1

    def keys(self) -> list[Key]:
        """One key of its own."""
        return [Key("new", "Judul baru", lambda: self.notice.done("Judul baru"))]


class FormPage(Screen):
    """A form of every kind of field."""

    title = "Judul baru"

    def __init__(self) -> None:
        super().__init__()
        column = page(self)
        save = Button("Simpan dan cetak label", key="save", kind="primary")
        column.addLayout(heading("Judul baru", Button("Batal", key="back"), save))
        card = Card()
        self.form = every_field()
        card.body.addWidget(self.form)
        column.addWidget(card, 1)


class ImportPage(Screen):
    """Steps, figures, a list, progress."""

    title = "Impor"

    def __init__(self) -> None:
        super().__init__()
        column = page(self)
        enter = Button("Masukkan 4.790 judul", kind="primary")
        column.addLayout(heading("Pindah dari SLiMS — periksa dulu", Button("Kembali"), enter))
        column.addWidget(Steps(["Pilih berkas", "Cocokkan kolom", "Periksa", "Selesai"], 2))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Figure("4.790", "judul siap", pill=Pill("6.352 eksemplar", "good")))
        row.addWidget(Figure("38", "akan digabung dengan judul yang sudah ada", "warn"))
        row.addWidget(Figure("22", "baris bermasalah — tidak dimasukkan", "bad"))
        row.addWidget(Figure("3", "eksemplar tanpa judul"))
        column.addLayout(row)
        card = Card("Baris", flush=True)
        table = Table(
            [Column("Judul", "title", stretch=True), Column("Hasil", "state")], name="Hasil"
        )
        table.set_rows(titles())
        card.body.addWidget(table)
        column.addWidget(card, 1)
        self.progress = Progress()
        column.addWidget(self.progress)


class EmptyPage(Screen):
    """A list with nothing in it."""

    title = "Layanan"

    def __init__(self) -> None:
        super().__init__()
        column = page(self)
        column.addLayout(heading("Layanan"))
        card = Card(flush=True)
        first = Key("new", "Catat layanan pertama", lambda: None)
        table = Table(
            [Column("Judul", "title", stretch=True)],
            empty="Belum ada layanan yang dicatat bulan ini.",
            empty_action=first,
        )
        table.set_rows([])
        card.body.addWidget(table)
        column.addWidget(card, 1)


def every_field() -> Form:
    """A form as in the catalogue."""
    languages = [("ind", "Indonesia"), ("eng", "Inggris")]
    form = Form(
        [
            Field("isbn", "ISBN — pindai sampul belakang"),
            (Field("title", "Judul", required=True, width=2), Field("edition", "Edisi")),
            (
                Field("place", "Tempat terbit"),
                Field("publisher", "Penerbit"),
                NumberField("pages", "Halaman"),
            ),
            (
                Choice("language", "Bahasa", options=languages),
                DateField("bought", "Tanggal"),
                MoneyField("price", "Harga"),
            ),
            TagsField("subjects", "Tajuk subjek (MeSH)"),
            TextArea("note", "Catatan", lines=2),
            CheckBox("reference", "Hanya dibaca di tempat"),
        ]
    )
    form.set_values(
        {"isbn": "978-623-203-012-4", "title": "Buku ajar keperawatan anak", "language": "ind",
         "edition": "Ed. 2", "pages": 1480, "price": 385_000, "bought": date(2026, 12, 7),
         "subjects": ["Pediatric Nursing", "Child Health"], "reference": True}
    )  # fmt: skip
    form.set_pill("isbn", Pill("sah · Indonesia · EGC", "good"))
    return form


def titles() -> list[dict[str, object]]:
    """Some books."""
    rows = [
        ("Buku ajar keperawatan anak", "Wong, Donna L.", 2019, "618.920 WON b", "2 dari 3", "good"),
        ("Asuhan keperawatan pada anak sakit", "Nursalam", 2020, "618.920 NUR a", "1", "good"),
        ("Pediatric nursing care plans", "Axton, Sharon", 2013, "618.920 AXT p", "0", "bad"),
        ("Tumbuh kembang anak, ed. 2", "Soetjiningsih", 2016, "618.920 SOE t", "karantina", "warn"),
        (
            "Leaflet: " + "Merawat anak demam di rumah " * 6,
            "Instalasi PKRS",
            2025,
            "L 618.9 INS m",
            "bacaan pasien",
            "plain",
        ),
    ]
    keys = ("title", "author", "year", "call")
    return [
        {"id": place, **dict(zip(keys, row, strict=False)), "state": Pill(row[4], row[5])}
        for place, row in enumerate(rows)
    ]


def places() -> list[Place]:
    """The sidebar of the pictures."""
    return [
        Place("desk", "Sirkulasi", "arrow-left-right", DeskPage, "Alt+1"),
        Place("list", "Katalog", "library", ListPage, "Alt+2"),
        Place("form", "Judul baru", "book-open", FormPage, "Alt+3"),
        Place("import", "Impor", "upload", ImportPage, "Alt+4"),
        Place("empty", "Layanan", "hand-heart", EmptyPage, "Alt+5"),
        Place("settings", "Pengaturan", "settings", EmptyPage, "Alt+9", at_bottom=True),
    ]


def window(now: datetime, **options: object) -> MainWindow:
    """A window around the made-up screens."""
    backup = "Pencadangan terakhir hari ini 07.31 · tersimpan di E:\\ (USB)"
    status = Status("good", backup, f"{language.number(4812)} judul")
    return MainWindow(
        places(),
        lambda: status,
        library_name="Perpustakaan RSUD Jenderal Ahmad Yani",
        user="Siti Rahmawati",
        user_note="Pustakawan · masuk 07.28",
        now=lambda: now,
        demo=True,
        **options,
    )


def desk_scene(window: MainWindow) -> None:
    """Something was lent."""
    window.go("desk")
    window.notice.done(
        "Dipinjam: Kapita selekta kedokteran — Dewi Lestari, kembali 7 Des 2026", lambda: None
    )


def list_scene(window: MainWindow) -> None:
    """Something was found, and something refused."""
    screen = window.go("list")
    screen.search.set_text("keperawatan anak")
    screen.search.set_side("38 judul · 4 ms")
    screen.table.highlight(["keperawatan", "anak"])
    screen.table.select_first()
    window.notice.refused(
        "Sudah dipinjam Ns. Rina sampai Sen 25 Jan. Kembalikan dulu?",
        Key("step", "Kembalikan", lambda: None),
    )


def form_scene(window: MainWindow) -> None:
    """Something is wrong."""
    form = window.go("form").form
    form.put("title", "")
    form.input("price").setText("banyak")
    form.validate()


def import_scene(window: MainWindow) -> None:
    """Work is under way."""
    progress = window.go("import").progress
    progress.start("Memeriksa baris", lambda: None)
    progress.advance(2_310, 4_850)
    window.notice.look("22 baris bermasalah; simpan daftarnya untuk diperbaiki.")


def notices_scene(window: MainWindow) -> None:
    """What was said before."""
    list_scene(window)
    desk_scene(window)
    window.notice.look("Karantina sampai 24 Nov")
    window.show_notices()

"""Labels and months to print in tests."""

from __future__ import annotations

import io
from dataclasses import fields, replace
from datetime import date

from database.reports.figures import Comparison, Month, MonthPoint
from database.reports.tables.circulation import CirculationRow
from database.reports.tables.class_loans import ClassLoans
from database.reports.tables.classes import ClassRow
from database.reports.tables.collection import CollectionRow
from database.reports.tables.membership import MembershipRow
from database.reports.tables.top_titles import TitleLoans
from database.reports.tables.visit_rows import VisitRow
from desktop.pages.drawing.paper import Letterhead
from desktop.pages.drawing.signatures import Signature
from desktop.pages.labels.labels import LabelText
from desktop.pages.report.monthly_report import write_report

TITLE = "Buku ajar keperawatan anak dan keluarga di rumah sakit umum daerah"
CLASSES = ("618.920 0231", "616.12", "613.2", "616.994 490 083", "WY 159", "899.221")


def labels(count: int, first: int = 4011, form: str = "RS{:08d}") -> list[LabelText]:
    """`count` labels with different codes; now and then a prefix, a volume, a long class."""
    return [
        LabelText(
            library="PERPUSTAKAAN RSUD JENDERAL AHMAD YANI",
            prefix=("R", "", "", "KTI", "", "")[n % 6],
            classification=CLASSES[n % len(CLASSES)],
            letters=("WON", "SET", "BRU")[n % 3],
            title_letter="bkt"[n % 3],
            volume="1" if n % 3 == 0 else "",
            copy=str(n % 4 + 1),
            barcode=form.format(first + n),
            title=f"{TITLE} {n}",
        )
        for n in range(count)
    ]


def comparison(now: int, last_month: int | None = None, last_year: int | None = None):
    return Comparison(now, last_month, last_year)


CATEGORIES = {
    "doctor": "Dokter",
    "nurse": "Perawat, bidan",
    "student": "Mahasiswa praktik",
    "staff": "Staf lain",
    "family": "Keluarga pasien",
    "ward": "Bangsal",
}
TYPES = ("book", "reference", "serial", "thesis", "audiovisual", "leaflet", "other")
GROUPS = ("000", "100", "300", "600", *(str(n) for n in range(610, 620)), "800", "900", "")


def collection_rows() -> tuple[CollectionRow, ...]:
    """All types under all owners, with figures that balance."""
    rows = []
    for n, kind in enumerate(TYPES):
        for m, owner in enumerate(("hospital", "deposit", "gift")):
            start = 1200 // (n + 1) // (m + 1)
            bought, given, lost = 4 - m, m, int(n == 0)
            end = start + bought + given + 2 - 1 - lost
            rows.append(
                CollectionRow(
                    kind, owner, start * 3 // 4, start * 3 // 4 + 3, start,
                    bought, given, 2, 0, 1, lost, 0, end,
                )
            )  # fmt: skip
    return tuple(rows)


def year_points(month: str = "2026-10") -> tuple[MonthPoint, ...]:
    """Twelve months up to and with `month`."""
    year, index = map(int, month.split("-"))
    count = year * 12 + index - 1
    months = [f"{at // 12}-{at % 12 + 1:02}" for at in range(count - 11, count + 1)]
    return tuple(
        MonthPoint(each, 540 + 61 * n + 40 * (n % 3), 180 + 20 * n) for n, each in enumerate(months)
    )


HEADS = frozenset(one.name for one in fields(Month))


def month(**changes) -> Month:
    """October 2026, a full month of a middling library."""
    codes = list(CATEGORIES)
    made = Month(
        month="2026-10",
        open_days=27,
        visits=comparison(1284, 1178, 1102),
        loans=comparison(412, 396, None),
        members=comparison(618, 604, 540),
        titles=comparison(4812, 4754, 4630),
        copies=comparison(6377, 6303, 6110),
        new_titles=comparison(58, 44, 0),
        new_members=comparison(37, 42, 37),
        year=year_points(),
        categories=dict(CATEGORIES),
        visits_per_open_day=47.555,
        busiest_hour=9,
    ).having(
        collection=collection_rows(),
        classes=tuple(ClassRow(g, 900 - 40 * n, 1300 - 55 * n) for n, g in enumerate(GROUPS)),
        membership=tuple(
            MembershipRow(c, 100 + n, 9, 2, 107 + n, 40, 60 + n) for n, c in enumerate(codes)
        ),
        visit_rows=tuple(VisitRow(c, (51, 62, 48, 55, n), 216 + n) for n, c in enumerate(codes)),
        circulation=tuple(CirculationRow(c, 80 + n, 12, 71, n, 33) for n, c in enumerate(codes)),
        class_loans=tuple(
            ClassLoans(g, tuple(range(n, n + len(codes))), sum(range(n, n + len(codes))))
            for n, g in enumerate(GROUPS)
        ),
        top_titles=tuple(TitleLoans(f"{TITLE} {n}", 20 - n) for n in range(10)),
    )
    heads = {name: value for name, value in changes.items() if name in HEADS}
    tables = {name: value for name, value in changes.items() if name not in HEADS}
    return replace(made, **heads).having(**tables)


def empty_month() -> Month:
    """The first month of a library that has recorded nothing yet."""
    nothing = comparison(0)
    points = tuple(replace(point, visits=0, loans=0) for point in year_points())
    return Month("2026-10", 0, *[nothing] * 7, points, {}, None, None)


LETTERHEAD = Letterhead(
    (
        "PEMERINTAH KOTA METRO",
        "UPTD RSUD JENDERAL AHMAD YANI",
        "PERPUSTAKAAN",
        "Jalan Jenderal Ahmad Yani 13, Metro · (0725) 41820 · perpustakaan@rsuday.example",
    )
)
SIGNED_BY = (
    Signature(
        "Kepala Instalasi Diklat", "", "dr. Bambang Setiawan, Sp.PD", "19700101 199903 1 001"
    ),
    Signature("Pustakawan", "", "Siti Rahmawati, S.IP.", "19850312 201001 2 004"),
)


def report(made: Month, **changes) -> bytes:
    """The PDF of the report of `made`."""
    target = io.BytesIO()
    options = {
        "letterhead": LETTERHEAD,
        "signatures": SIGNED_BY,
        "recipient": "Kepala Dinas Perpustakaan dan Kearsipan Kota Metro",
        "place": "Metro",
        "made_on": date(2026, 11, 2),
        "short_name": "RSUDAY",
    }
    write_report(target, made, **(options | changes))
    return target.getvalue()

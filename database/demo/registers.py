"""What the demo library recorded beside books and loans: all invented, all believable."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from database.registers import registers

_SERVICES = (
    ("Baca di tempat", "on_site"),
    ("Sirkulasi", "on_site"),
    ("Rujukan", "on_site"),
    ("Penelusuran literatur", "on_site"),
    ("Layanan bangsal dan kereta buku", "on_site"),
    ("Bimbingan pemustaka", "on_site"),
    ("Katalog daring", "digital"),
    ("Silang layan", "on_site"),
)
_DOCUMENTS = (
    ("SK pengelola perpustakaan", "decree", "445/114/RSUD", 0),
    ("Kebijakan pengembangan koleksi", "policy", "011/KEB/PERPUS", 0),
    ("SOP sirkulasi", "procedure", "002/SOP/PERPUS", 0),
    ("SOP layanan bangsal", "procedure", "003/SOP/PERPUS", 0),
    ("SOP pelindungan data anggota", "procedure", "004/SOP/PERPUS", 1),
)
"""Their numbers without the year, and how many years after the first register they came."""
_ROOMS = (
    ("Ruang baca", "reading", 36, 16),
    ("Ruang koleksi", "stacks", 22, 0),
    ("Meja layanan", "desk", 6, 0),
)
_EQUIPMENT = (
    ("Komputer pustakawan", "computer_staff", 1),
    ("Komputer katalog", "catalogue_pc", 1),
    ("Komputer pemustaka", "computer_public", 2),
    ("Rak buku", "shelf", 14),
    ("Kursi baca", "chair", 16),
    ("APAR", "extinguisher", 1),
)
_ACTIVITIES = (
    ("Dongeng di bangsal Anggrek", "story_hour", "anak", 6, 9),
    ("Pojok baca hemodialisa", "literacy", "pasien", 8, 11),
    ("Bimbingan penelusuran untuk koas", "user_training", "mahasiswa", 9, 15),
    ("Pameran buku baru", "promotion", "pegawai", 20, 31),
    ("Bedah buku perawatan luka", "literacy", "pegawai", 11, 24),
    ("Literasi gizi keluarga pasien", "literacy", "keluarga pasien", 7, 18),
    ("Dongeng di poli anak", "story_hour", "anak", 9, 12),
)
_QUESTIONS = (
    (
        "dr. Bagus Santoso",
        "Penyakit dalam",
        "patient_care",
        "Perawatan ulkus kaki pada lansia dengan diabetes",
    ),
    (
        "Ns. Wulan Safitri",
        "Anggrek",
        "guideline",
        "Pencegahan luka tekan pada pasien tirah baring",
    ),
    (
        "dr. Intan Maharani",
        "Kebidanan",
        "research",
        "Luaran tali pusat tertunda pada bayi prematur",
    ),
    (
        "apt. Yusuf Ramadhan",
        "Instalasi Farmasi",
        "patient_care",
        "Interaksi obat antituberkulosis dan antidiabetik",
    ),
)
_RESULTS = (
    "Suryani T. Perawatan luka kaki diabetik pada lansia. Jurnal Keperawatan. 2024;12(2):45-52.",
    "Hartono B. Pencegahan ulkus diabetik di layanan primer. Mandala: UMM Press; 2023.",
    "Kusuma R, Dewi A. Edukasi perawatan kaki mandiri. Jurnal Ners. 2025;9(1):10-18.",
)
_SUGGESTIONS = (
    ("Buku ajar keperawatan gerontik", "Sari, Ratna", "Anggrek", 5, "new", 1, 145_000),
    ("Farmakologi klinik praktis", "Wibowo, Agus", "Instalasi Farmasi", 3, "new", 2, 210_000),
    ("Komunikasi terapeutik", "Putri, Nia", "Poli Anak", 2, "proposed", 1, 98_000),
    ("Atlas anatomi saku", "Halim, Budi", "Diklat", 4, "here", 1, 320_000),
)
_AGREEMENTS = (
    ("Dinas Perpustakaan dan Kearsipan", "012", "Titipan koleksi", "agreement", 480, 330),
    ("STIKES Bhakti Husada", "031", "Layanan mahasiswa praktik", "agreement", 340, 25),
    ("Perpustakaan Poltekkes Mandala", "", "Silang layan", "network", 520, 210),
)
_LIBRARIAN, _HELPER = "Dewi Lestari Handayani, A.Md.", "Rudi Hartono"
_TRAININGS = (
    (_LIBRARIAN, "Bimtek katalogisasi RDA", 200, 24, 893),
    (_HELPER, "Bimtek pengelolaan perpustakaan khusus", 480, 16, 611),
    (_LIBRARIAN, "Bimtek penelusuran literatur kesehatan", 560, 16, 407),
)
_MEETINGS = ("Laporan kasus koas", "Komite keperawatan", "Jurnal klub residen")
_MONTHS = 22
"""Of the two years, that were lived in full."""


def fill(session: Session, today: date, now: datetime) -> None:
    """Two years of registers that end on `today`."""
    start = date(today.year - 2, 1, 8)

    def add(register: str, **values: Any) -> None:
        registers.put(session, register, values, now)

    for title, kind in _SERVICES:
        add("service", title=title, kind=kind, day=start)
    founded = {"number": "445/017/2009", "day": date(2009, 3, 2)}
    add("document", title="SK pendirian perpustakaan", kind="decree", **founded)
    for title, kind, number, later in _DOCUMENTS:
        day = start.replace(year=start.year + later)
        add("document", title=title, kind=kind, number=f"{number}/{day.year}", day=day)
    for title, kind, area, seats in _ROOMS:
        add("room", title=title, kind=kind, area=area, seats=seats, day=start)
    for title, kind, quantity in _EQUIPMENT:
        add("equipment", title=title, kind=kind, quantity=quantity, day=start)
    _people(add, start, today)
    _work(add, today)


def _people(add: Any, start: date, today: date) -> None:
    librarian = {"degree": "d3", "library_science": True, "certified": True}
    head = {"title": _LIBRARIAN, "position": "Pustakawan", "kind": "librarian"}
    add("staff", **head, **librarian, day=start)
    helper = {"title": _HELPER, "position": "Pengelola", "kind": "technical"}
    add("staff", **helper, degree="school", day=start)
    for year in range(today.year - 2, today.year + 1):
        add("population", year=year, employees=412, students=96, beds=178)
        of = {"year": year, "source": "parent_body"}
        add("budget", **of, kind="collection", amount=24_000_000, spent=22_400_000)
        over = year < today.year
        add("budget", **of, kind="training", amount=5_000_000, spent=4_250_000 if over else None)
        add("budget", **of, kind="service", amount=9_000_000, spent=8_700_000 if over else None)
    for person, title, back, hours, number in _TRAININGS:
        day = today - timedelta(days=back)
        add(
            "training",
            person=person,
            title=title,
            partner="Dinas Perpustakaan dan Kearsipan",
            day=day,
            hours=hours,
            number=f"{number}/BIMTEK/{day.year}",
        )
    _agreements(add, today)


def _agreements(add: Any, today: date) -> None:
    """Agreements, one of which ends soon, and what is used by them online."""
    for partner, number, title, kind, began, left in _AGREEMENTS:
        day, until = today - timedelta(days=began), today + timedelta(days=left)
        signed = {"number": f"{number}/PKS/{day.year}" if number else "", "day": day}
        add("cooperation", partner=partner, title=title, kind=kind, **signed, until=until)
    add(
        "digital_holding",
        title="Koleksi e-book iPusnas yang ditautkan",
        kind="e_books",
        day=today - timedelta(days=600),
        titles=40,
        copies=40,
    )
    for back in range(_MONTHS):
        day = today - timedelta(days=30 * back + 2)
        add("e_resource", title="E-Resources Perpusnas", kind="database", day=day,
            uses=14 + (5 * back) % 9)  # fmt: skip
        add("reference_question", day=day, kind="long" if back % 4 == 0 else "short",
            quantity=3 + back % 5)  # fmt: skip
        add("room_use", day=day, title=_MEETINGS[back % len(_MEETINGS)], people=6 + back % 7,
            hours=1.5)  # fmt: skip


def _work(add: Any, today: date) -> None:
    for at in range(17):
        title, kind, audience, men, women = _ACTIVITIES[at % len(_ACTIVITIES)]
        day = today - timedelta(days=20 + 41 * at)
        came = {"men": men + at % 3, "women": women - at % 4}
        add("activity", title=title, kind=kind, audience=audience, **came, hours=1.5, day=day)
    for at in reversed(range(_MONTHS)):
        requester, unit, kind, question = _QUESTIONS[at % len(_QUESTIONS)]
        asked = today - timedelta(days=9 + 30 * at)
        add(
            "literature_search",
            day=asked,
            requester=requester,
            unit=unit,
            kind=kind,
            question=question,
            due=asked + timedelta(days=2),
            hours=1.75 + at % 3 * 0.5,
            found=24 + 3 * (at % 5),
            given=6 + at % 3,
            until=asked + timedelta(days=4 if at % 9 == 5 else 1),
            places="PubMed, Garuda, katalog perpustakaan",
            results="\n".join(_RESULTS),
        )
    _asked(add, today)
    _answers(add, today)


def _answers(add: Any, today: date) -> None:
    """A survey every quarter on paper, and what was answered at the desk these weeks."""
    ends = [date(today.year - 1, month, 20) for month in (3, 6, 9, 12)]
    ends += [date(today.year, month, 20) for month in (3, 6, 9, 12)]
    for at, day in enumerate(one for one in ends if one < today):
        add("survey", day=day, people=36 + 5 * at, **_scores(at))
    first = date(today.year, 1, 1)
    for back in range(6):
        day = max(first, today - timedelta(days=3 * back + 1))
        add("survey", day=min(day, today), people=1, **_scores(back))


def _scores(at: int) -> dict[str, int]:
    """Nine answers, 3 and 4 mostly; the room and the time of waiting are what is missed."""
    return {
        f"score_{number}": 2 if (number, at % 3) in {(3, 0), (9, 1)} else 3 + (number + at) % 2
        for number in range(1, 10)
    }


def _asked(add: Any, today: date) -> None:
    """What readers suggested, what others gave and lent, one activity of social inclusion."""
    for at, one in enumerate(_SUGGESTIONS):
        title, author, unit, votes, state, quantity, price = one
        said = {"title": title, "author": author, "unit": unit, "votes": votes, "state": state}
        add(
            "suggestion", **said, quantity=quantity, price=price, day=today - timedelta(days=9 * at)
        )
    add(
        "gift",
        day=today - timedelta(days=75),
        partner="Ikatan Alumni Akper Mandala",
        title="Buku keperawatan dan kesehatan masyarakat",
        quantity=12,
    )
    for title, kind, partner, back in (
        ("Manajemen luka modern", "requested", "Perpustakaan Poltekkes Mandala", 4),
        ("Pedoman gizi anak", "supplied", "Perpustakaan Dinas Kesehatan", 12),
    ):
        due = today + timedelta(days=back)
        add("interlibrary", day=due - timedelta(days=21), kind=kind, title=title, partner=partner,
            quantity=1, due=due)  # fmt: skip
    came = {"men": 9, "women": 18, "adults": 19, "elderly": 8}
    add(
        "activity",
        title="Kebun toga keluarga pasien",
        kind="inclusion",
        theme="health",
        partner="PKK Kelurahan",
        audience="keluarga pasien",
        **came,
        hours=2,
        impact="Delapan keluarga menanam toga di rumah sesudah membaca panduan perpustakaan.",
        result="Kelompok bertemu lagi setiap bulan di ruang baca.",
        day=today - timedelta(days=12),
    )

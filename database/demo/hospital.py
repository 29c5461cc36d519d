"""The hospital of the demo library: its profile, who signs, its holidays, units and wards."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from database.demo.world import World
from database.policy import house, settings
from database.policy.house import Signer
from database.schema import ClosedDay, ConfirmedYear, Unit

PROFILE = house.ProfileFacts(
    name="Perpustakaan RSUD Bhakti Sehat",
    short_name="RSUD-BS",
    hospital="RSUD Bhakti Sehat",
    government="Pemerintah Kota Mandala",
    city="Mandala",
    address="Jalan Kesehatan 12, Mandala",
    phone="(0700) 555 012",
    email="perpustakaan@rsud.example",
    dinas="Dinas Perpustakaan dan Kearsipan Kota Mandala",
    demo=True,
    npp="3375011E0000001",
    kind="Perpustakaan khusus",
    subkind="Instansi pemerintah daerah",
    founded="2009",
    decree="SK Direktur 445/017/2009, 2 Maret 2009",
    province="Jawa Tengah",
    contact="Dewi Lestari Handayani, A.Md.",
    contact_phone="0812 5550 0120",
    accreditation="B, sampai 2029",
    vision="Rumah sakit yang belajar setiap hari.",
)
_HOLIDAYS = (
    (1, 1, "Tahun baru"),
    (5, 1, "Hari buruh"),
    (6, 1, "Hari lahir Pancasila"),
    (8, 17, "Hari kemerdekaan"),
    (12, 25, "Natal"),
)


def furnish(session: Session, world: World, now: datetime) -> None:
    """Who signs, when it is closed, and the units and wards."""
    head = Signer(
        "head",
        "Kepala Instalasi Diklat",
        "dr. Agus Prasetyo, M.Kes.",
        "19710315 200003 1 002",
        world.first,
    )
    librarian = Signer(
        "librarian",
        "Pustakawan",
        "Dewi Lestari Handayani, A.Md.",
        "19870412 201001 2 005",
        world.first,
    )
    director = Signer(
        "director",
        "Direktur",
        "dr. Ratna Kusumawardani, Sp.A., M.M.",
        "19680922 199603 2 003",
        world.first,
        rank="Pembina Utama Muda, IV/c",
    )
    for signer in (head, librarian, director):
        house.save_signer(session, signer, now)
    closed = [
        {"day": date(year, month, number), "name": name, "open": False}
        for year in range(world.first.year, world.today.year + 2)
        for month, number, name in _HOLIDAYS
    ]
    session.execute(insert(ClosedDay), closed)
    years = range(world.first.year, world.today.year + 1)
    session.execute(
        insert(ConfirmedYear), [{"year": one, "confirmed_on": world.first} for one in years]
    )
    _units(session, world)
    _open_doors(session)


def _open_doors(session: Session) -> None:
    """Wards ask and readers answer by the pages on the network, of which posters tell; no PC
    serves them before somebody switches that on."""
    settings.put(session, settings.WEB_ADDRESS, "http://perpustakaan.rsud.example:8080")
    settings.put(session, settings.WARDS_SECRET, "5e1a5a72" * 8)
    settings.put(session, settings.WARDS_ASK, True)
    settings.put(session, settings.READERS_ANSWER, True)


def _units(session: Session, world: World) -> None:
    """Units and wards; one tells of an illness, and leaves the house as its group only."""
    wards, groups = world.words["wards"], dict(world.words["sensitive"])
    names = dict.fromkeys([*wards, *world.words["units"]])
    rows = [
        {
            "name": name,
            "ward": name in wards,
            "sensitive": name in groups,
            "report_group": groups.get(name, ""),
            "position": at,
        }
        for at, name in enumerate(names)
    ]
    session.execute(insert(Unit), rows)

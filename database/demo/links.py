"""What the demo library has online: clinical guidelines, links that belong to titles, and how
often they are opened."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from database.catalogue import digital, titles
from database.demo.hospital import PROFILE
from database.demo.records import record
from database.schema import Attachment, Biblio

_SITE = "https://perpustakaan.rsud.example/repositori"
_LINKED, _OPENED = 3, 24
_GUIDELINES = (
    ("hipertensi pada dewasa", "616.132", "Hipertensi"),
    ("stroke iskemik akut", "616.81", "Stroke"),
    ("tuberkulosis paru", "616.995", "Tuberkulosis"),
    ("demam berdarah dengue", "616.918 52", "Demam berdarah"),
    ("diabetes melitus tipe 2", "616.462", "Diabetes melitus"),
    ("perdarahan pascapersalinan", "618.7", "Kebidanan"),
)
_FIRST, _APART, _GOOD = 700, 45, 730  # days: before today, between two, until it is looked at anew


def fill(session: Session, now: datetime) -> None:
    """The hospital's guidelines and the last theses lie in the repository; each is opened once a
    month or so."""
    _guidelines(session, now)
    found = select(Biblio.id, Biblio.title).where(Biblio.publisher == "STIKES Bhakti Husada")
    linked = session.execute(found.order_by(Biblio.id.desc()).limit(_LINKED)).all()
    for place, row in enumerate(linked):
        at = now - timedelta(days=300 - place)
        digital.attach_link(session, row.id, f"Skripsi {place + 1}", f"{_SITE}/{row.id}", at)
    every = session.execute(select(Attachment.id, Attachment.created_at)).all()
    for place, one in enumerate(every):
        for back in range(_OPENED):
            at = now - timedelta(days=29 * back + place + 1)
            if at > one.created_at:
                digital.open_place(session, "", one.id, at)


def _guidelines(session: Session, now: datetime) -> None:
    """Each came in when it was decided on, and is to be looked at anew two years later."""
    for place, (about, number, subject) in enumerate(_GUIDELINES):
        at = now - timedelta(days=_FIRST - _APART * place)
        review = (at + timedelta(days=_GOOD - 10)).date()
        values = {
            "title": f"Panduan praktik klinis {about}",
            "place": PROFILE.city,
            "publisher": PROFILE.hospital,
            "year": str(at.year),
            "classification": number,
            "subjects": subject,
            "language": "ind",
            "review_on": f"{review:%Y%m%d}",
        }
        title = titles.add_biblio(session, record(values, "guideline", at.date()), at)
        digital.attach_link(session, title, "Naskah", f"{_SITE}/ppk-{place + 1}", at)

"""What the demo library has online: links that belong to titles, and how often they are opened."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from database.catalogue import digital
from database.schema import Attachment, Biblio

_SITE = "https://perpustakaan.rsud.example/repositori"
_LINKED, _OPENED = 3, 6


def fill(session: Session, now: datetime) -> None:
    """The last titles of theses lie in the repository; each is opened once a month or so."""
    found = select(Biblio.id, Biblio.title).where(Biblio.publisher == "STIKES Bhakti Husada")
    linked = session.execute(found.order_by(Biblio.id.desc()).limit(_LINKED)).all()
    for place, row in enumerate(linked):
        at = now - timedelta(days=300 - place)
        digital.attach_link(session, row.id, f"Skripsi {place + 1}", f"{_SITE}/{row.id}", at)
    for place, number in enumerate(session.execute(select(Attachment.id)).scalars().all()):
        for back in range(_OPENED):
            digital.open_place(session, "", number, now - timedelta(days=29 * back + place + 1))

"""Fields that the demo library declared itself, and what it noted in them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from database.catalogue import titles
from database.description import own_marc
from database.patrons import finding
from database.policy import own_fields
from database.policy.own_fields import OwnFacts
from database.schema import Biblio, Item, OwnKind, OwnRecord, Patron, PatronCategory
from database.text import own_values

_STUDIES = ("Keperawatan", "Kebidanan", "Farmasi", "Gizi")
_TEAMS = ("Komite Keperawatan", "Komite Mutu", "Tim PPI", "Tim PKRS")
_FIELDS = (
    OwnFacts(OwnRecord.TITLE, "Program studi", OwnKind.CHOICE, _STUDIES),
    OwnFacts(OwnRecord.ITEM, "Kode aset (KIB E)"),
    OwnFacts(OwnRecord.PATRON, "Komite atau tim", OwnKind.CHOICE, _TEAMS),
)
_ASSET = "1.3.5.01.01.01.001"
"""Printed books among the goods of a region (Permendagri 108/2016), then the copy's own number."""
_TITLES, _COPIES, _PERSONS = 24, 80, 14


def fill(session: Session, now: datetime) -> None:
    """Declare the fields, and fill them in for some records."""
    for facts in _FIELDS:
        own_fields.add(session, facts, now)
    study, asset, team = (one.key for one in own_fields.listed(session))
    _titles(session, study, now)
    _copies(session, asset)
    _persons(session, team)


def _titles(session: Session, key: str, now: datetime) -> None:
    nursing = select(Biblio.id).where(Biblio.class_group == "610", Biblio.material == "book")
    for at, number in enumerate(session.scalars(nursing.order_by(Biblio.id).limit(_TITLES)).all()):
        record, shelf = titles.record_of(session, number)
        told = own_marc.apply(record, {key: _STUDIES[at % 7 % len(_STUDIES)]})
        titles.save_biblio(session, number, told, now, shelf)


def _copies(session: Session, key: str) -> None:
    """What was bought is among the goods of the region."""
    bought = select(Item.id).where(Item.source == "purchase").order_by(Item.id).limit(_COPIES)
    for at, number in enumerate(session.scalars(bought).all(), start=1):
        own = own_values.packed({key: f"{_ASSET}.{at:04}"})
        session.execute(update(Item).where(Item.id == number).values(own=own))


def _persons(session: Session, key: str) -> None:
    rows = session.execute(
        select(Patron.__table__)
        .join(PatronCategory, PatronCategory.id == Patron.category_id)
        .where(PatronCategory.code.in_(["nurse", "doctor"]), Patron.forgotten_at.is_(None))
        .order_by(Patron.id)
        .limit(_PERSONS)
    ).all()
    for at, row in enumerate(rows):
        own = own_values.packed({key: _TEAMS[at % len(_TEAMS)]})
        words = finding.search_key(row.number, {**row._mapping, "own": own})
        session.execute(update(Patron).where(Patron.id == row.id).values(own=own, search_key=words))

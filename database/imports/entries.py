"""Records and rows of lists, each as an entry of an import: described, with its copies."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from database.description.callnumber import Style
from database.description.described import describe
from database.description.marc import Record
from database.description.projection import project
from database.exchange.file_format import Entry
from database.imports import copies_told
from database.imports.planned import Planned, name_of
from database.refusal import Refusal
from database.sources import looking
from database.sources.fields import Kind
from database.sources.looking import Part
from database.sources.titles import Told


def told_of(part: Part, today: date) -> Iterator[Told]:
    """The rows of a list; one that cannot be read is one row with a reason."""
    try:
        yield from looking.titles_of(part, today)
    except Refusal as refusal:
        yield Told(1, None, refusal.reason.value)


def of_list(part: Part, told: Told, style: Style) -> Planned:
    """A row of a list: what it says of a title, and its copies."""
    name = name_of(part)
    if told.record is None:
        return Planned(name, told.position, "refused", told.reason)
    entry = Entry(told.position, told.record, "", 0)
    # Records of another program tell their copies themselves.
    fields = part.shape == "koha"
    one = of_record(name, entry, told.record, fields, style, told.call_number)
    if fields:
        return one
    one.doubts = [(reason, "") for reason in told.doubts]
    one.doubts += [("own_unfit", said) for said in told.unfit]
    one.by_title = part.what == Kind.ITEMS
    one.copies = told.copies
    one.cover = _picture(part.path.parent, told.cover)
    return one


_FOLDERS = ("", "images/docs", "docs", "images", "covers")
"""Where SLiMS keeps the pictures of covers, seen from where its export may have been put."""
_PICTURES = (".jpg", ".jpeg", ".png")


def _picture(folder: Path, name: str) -> str:
    """The picture that a list names, if it lies beside the list; nowhere else is looked."""
    bare = Path(name.replace("\\", "/")).name
    if not bare.lower().endswith(_PICTURES):
        return ""
    places = (folder / inside / bare for inside in _FOLDERS)
    return next((str(place) for place in places if place.is_file()), "")


def of_record(
    name: str, entry: Entry, record: Record, with_items: bool, style: Style, call_number: str = ""
) -> Planned:
    """A record: what is stored of it, and the copies it tells of; `call_number` is what a list
    says beside it."""
    facts = project(record)
    if not facts.title:
        return Planned(name, entry.position, "refused", "no_title")
    told_ = describe(record, facts, style, call_number)
    one = Planned(name, entry.position, "new", "", told_, mended=entry.mended)
    if with_items:
        told = copies_told.copies_in(record)
        one.copies, one.doubts = told.copies, told.doubts
    return one

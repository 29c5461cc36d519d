"""Authority records out of the library and into it: which file, and what came of it in words."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from database.catalogue.authorities import Brought
from database.exchange import found
from desktop import pc
from desktop.file_names import with_ending
from desktop.words import language
from desktop.words.language import _, ngettext

FORMS = ("mrc", "marcxml")
"""Those that hold authority records as they are."""


def ask_where(parent: QWidget) -> tuple[Path, str] | None:
    """Where to write, and by its ending in which form; None for nowhere."""
    known = {form: found.forms()[form] for form in FORMS}
    kinds = ";;".join(f"{title} (*{ending})" for title, ending, _writer in known.values())
    name = str(pc.documents() / _("headings.mrc"))
    chosen, _kind = QFileDialog.getSaveFileName(parent, _("Export headings"), name, kinds)
    if not chosen:
        return None
    form = "marcxml" if chosen.lower().endswith(".xml") else "mrc"
    return with_ending(chosen, known[form][1]), form


def ask_which(parent: QWidget) -> Path | None:
    """Which file of authority records; None for none."""
    kinds = _("Lists ({patterns})").format(patterns=found.patterns(records=True))
    chosen, _kind = QFileDialog.getOpenFileName(
        parent, _("Bring in headings"), str(pc.documents()), kinds
    )
    return Path(chosen) if chosen else None


def told(done: Brought) -> str:
    """What came in: headings, forms, relations, and what was left out."""
    n = language.number
    new = ngettext("{n} heading is new", "{n} headings are new", done.new)
    forms = ngettext("{n} form leads here now", "{n} forms lead here now", done.forms)
    relations = ngettext("{n} relation", "{n} relations", done.relations)
    parts = [
        new.format(n=n(done.new)), forms.format(n=n(done.forms)),
        relations.format(n=n(done.relations)),
    ]  # fmt: skip
    if done.left_out:
        left = ngettext("{n} left out", "{n} left out", done.left_out)
        parts.append(left.format(n=n(done.left_out)))
    return " · ".join(parts)


def written(count: int) -> str:
    """How many went out."""
    text = ngettext("{n} heading written", "{n} headings written", count)
    return text.format(n=language.number(count))

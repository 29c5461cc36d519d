"""Rows of an import as they are read, filtered and saved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from database.description import isbn
from database.exchange import sheet
from database.imports import plan, preview
from desktop.widgets.pill import Pill
from desktop.widgets.table import Column, Table
from desktop.words import language
from desktop.words.codes import import_reason
from desktop.words.language import _, ngettext

FILTERS = ("all", "look", "refused")


def preview_table() -> Table:
    """What would become of every record."""
    return Table(
        [
            Column(_("Record"), lambda row: language.number(row.position), align="right"),
            Column(_("Outcome"), outcome, kind="pill"),
            Column(_("Title"), lambda row: row.title or _("(empty)"), stretch=True),
            Column(_("Author"), "contributors", width=170, optional=True),
            Column(_("ISBN"), _isbn, optional=True),
            Column(_("Remark"), remark, width=300, optional=True),
            Column(_("File"), "file", muted=True, optional=True),
        ],
        empty=_("No record of this kind."),
        id_key="",
        name=_("Records"),
    )


def refused_table() -> Table:
    """What was left out, and why."""
    return Table(
        [
            Column(_("Record"), lambda row: language.number(row.position), align="right"),
            Column(_("Why it was left out"), why, stretch=True),
            Column(_("File"), "file", muted=True),
        ],
        empty=_("Nothing was left out."),
        id_key="",
        name=_("Left out"),
    )


def outcome(row: preview.PreviewRow) -> Pill:
    """In a word."""
    if row.outcome == "refused":
        return Pill(_("refused"), "bad")
    return Pill(_("joined"), "warn") if row.outcome == "matched" else Pill(_("ready"), "good")


def remark(row: preview.PreviewRow) -> str:
    """Why, in a sentence."""
    if row.outcome == "refused":
        return import_reason(row.reason)
    if row.mended:
        return _("saved in part: {reason}").format(reason=import_reason(row.mended))
    copies = ngettext("{n} copy", "{n} copies", row.copies).format(n=row.copies)
    if row.outcome == "matched":
        text = (
            _("the title stands already")
            if not row.copies
            else _("the title stands already; {copies} join it")
        )
        return text.format(copies=copies)
    return copies if row.copies else ""


def _isbn(row: preview.PreviewRow) -> str:
    return isbn.describe(row.isbn).shown if row.isbn else ""


def why(row: plan.NotTaken) -> str:
    """The reason, with what it is about."""
    reason = import_reason(row.reason)
    told = f"{reason}: {row.detail}" if row.detail else reason
    return _("saved in part: {reason}").format(reason=told) if row.partly else told


def chosen(rows: Iterable[preview.PreviewRow], which: str) -> list[preview.PreviewRow]:
    """All rows, those to look at, or those refused."""
    wanted = {"look": {"matched", "refused"}, "refused": {"refused"}}.get(which)
    return [
        row
        for row in rows
        if wanted is None or row.outcome in wanted or (which == "look" and row.mended)
    ]


def save_list(where: Path, rows: Sequence[plan.NotTaken]) -> None:
    """As CSV, for whoever can mend it."""
    head = (_("File"), _("Record"), _("Why it was left out"))
    sheet.write_csv(where, head, ((row.file, row.position, why(row)) for row in rows))

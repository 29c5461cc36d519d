"""Quarantine: the morning list, what still rests, wiping, and labels with the time."""

from __future__ import annotations

from functools import partial
from io import BytesIO
from typing import Any

from PySide6.QtWidgets import QHBoxLayout

from database.circulation import quarantine
from database.circulation.quarantine import RestingRow
from database.library import Session
from database.text.dates import local_day
from desktop.program import Program
from desktop.screen import Key, Screen
from desktop.screens.tasks.part import TaskPart
from desktop.widgets.buttons import Button
from desktop.widgets.card import Band, Card
from desktop.widgets.dialog import Dialog
from desktop.widgets.pill import Pill
from desktop.widgets.table import Column, Table
from desktop.words.language import _, clock, date_plain, date_short, ngettext, number
from desktop.words.sentences import shorten


class QuarantinePart(TaskPart):
    """One list, the first to come out at the top."""

    def __init__(self, program: Program, host: Screen) -> None:
        super().__init__(program, host)
        top = QHBoxLayout()
        top.setSpacing(10)
        self.band = Band()
        top.addWidget(self.band, 1)
        top.addStretch(0)
        top.addWidget(Button(_("Log"), self.show_log))
        top.addWidget(Button(_("Label"), self.print_labels, key="print", icon="printer"))
        top.addWidget(Button(_("Wiped"), self.wipe, key=""))
        top.addWidget(Button(_("Back on the shelf"), self.shelve, key="save", kind="primary"))
        self.column.addLayout(top)
        self.table = Table(
            [
                Column(_("Rests until"), "until", kind="pill", width=210),
                Column(_("Title"), "title", stretch=True),
                Column(_("Copy"), "barcode"),
                Column(_("Shelf"), "shelf", optional=True),
                Column(_("Cover"), "cover", muted=True, optional=True),
                Column(_("Wiped"), "wiped", optional=True),
                Column("", "held", kind="pill"),
            ],
            many=True,
            empty=_("Nothing rests. Copies from wards with a rule come here at their return."),
            name=_("Quarantine"),
        )
        self.card = Card(_("Quarantine"), flush=True)
        self.card.body.addWidget(self.table)
        self.column.addWidget(self.card, 1)

    def keys(self) -> list[Key]:
        """What can be done with copies that rest."""
        return [
            Key("save", _("Back on the shelf"), self.shelve),
            Key("", _("Note that the chosen copies were wiped"), self.wipe),
            Key("print", _("Print labels"), self.print_labels),
        ]

    def focus_first(self) -> None:
        """The list."""
        self.table.view.setFocus()

    def reload(self) -> None:
        """What rests, and what comes out today."""
        now = self.program.now()
        resting = self.program.read(lambda s: quarantine.resting(s, now))
        today = quarantine.of_today(resting, now)
        self.table.set_rows([_row(one) for one in resting])
        self.card.set_title(_("Quarantine"), number(len(resting)))
        self.band.set(morning(today))
        self.counted.emit(len(today))

    def take_scan(self, code: str, kind: str) -> bool:
        """A copy that rests is chosen in the list; any other belongs to the desk."""
        rows = [row for row in self.table.rows() if kind == "copy" and row["barcode"] == code]
        if rows:
            self.table.select_ids([*self.table.selected_ids(), rows[0]["id"]])
            self.host.notice.look(_("Chosen: {title}").format(title=shorten(rows[0]["title"], 60)))
        return bool(rows)

    def _ids(self) -> list[int]:
        found: list[int] = self.table.selected_ids()
        if not found:
            self.host.notice.look(_("Choose copies in the list first."))
        return found

    def shelve(self) -> None:
        """Those chosen, or with none chosen all whose time is over."""
        rows = self.table.selected() or self.table.rows()
        ids, now = [row["id"] for row in rows if row["over"]], self.program.now()
        if not ids:
            self.host.notice.look(_("None of these has rested long enough yet."))
            return
        told = ngettext("{n} copy back on the shelf", "{n} copies back on the shelf", len(ids))
        self.act(lambda s: quarantine.shelve(s, ids, now), told.format(n=number(len(ids))))

    def wipe(self) -> None:
        """The chosen copies were wiped now."""
        ids, now = self._ids(), self.program.now()
        if ids:
            told = ngettext("{n} copy wiped", "{n} copies wiped", len(ids))
            self.act(lambda s: quarantine.wipe(s, ids, now), told.format(n=number(len(ids))))

    def print_labels(self) -> None:
        """A label for each chosen copy."""
        rows = [row["row"] for row in self.table.selected()]
        if not rows:
            self.host.notice.look(_("Choose copies in the list first."))
            return
        self.print_slips(partial(_labels, rows), "quarantine")

    def show_log(self) -> Dialog:
        """Who wiped what, when."""
        box = Dialog(self, _("Wiping log"), _("Close"), width=720)
        box.cancel_button.hide()
        table = Table(
            [
                Column(_("When"), "when", width=170),
                Column(_("Copy"), "barcode"),
                Column(_("Title"), "title", stretch=True),
                Column(_("By"), "actor"),
            ],
            empty=_("Nothing was wiped yet."),
            name=_("Wiping log"),
        )
        table.setMinimumHeight(320)
        rows = self.program.read(quarantine.wipings)
        table.set_rows(
            [
                {
                    "id": at,
                    "when": f"{date_plain(local_day(one.at))} {clock(one.at)}",
                    "barcode": one.barcode,
                    "title": one.title,
                    "actor": one.actor,
                }
                for at, one in enumerate(rows)
            ]
        )
        box.body.addWidget(table)
        box.open()
        return box


def morning(today: list[RestingRow]) -> str:
    """ "1 copy comes out of quarantine today 09.00"; "" for none."""
    times = sorted({clock(one.until) for one in today if one.until})
    text = ngettext(
        "{n} copy comes out of quarantine today: {times}",
        "{n} copies come out of quarantine today: {times}",
        len(today),
    )
    return text.format(n=number(len(today)), times=", ".join(times)) if today else ""


def _labels(rows: list[RestingRow], target: BytesIO, session: Session, width: int) -> None:
    from desktop.pages.slips import care_slips

    care_slips.write_resting(target, session, rows, width)


def _row(one: RestingRow) -> dict[str, Any]:
    return {
        "id": one.id,
        "row": one,
        "over": one.over,
        "until": _until(one),
        "title": one.title,
        "barcode": one.barcode,
        "shelf": one.shelf,
        "cover": _("can be wiped") if one.wipeable else "",
        "wiped": date_plain(one.wiped_on) if one.wiped_on else "",
        "held": Pill(_("somebody waits"), "info") if one.held else "",
    }


def _until(one: RestingRow) -> Pill:
    if one.until is None:
        return Pill(_("for good"), "bad")
    if one.over:
        return Pill(_("has rested: to the shelf"), "good")
    return Pill(f"{date_short(local_day(one.until))} {clock(one.until)}", "warn")

"""Papers that no printer took: printed now, opened, or thrown away."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from database.text.dates import local_day
from desktop.printing import printer
from desktop.printing.printer_choice import NAMES
from desktop.printing.tabs import Tab
from desktop.program import Program
from desktop.screen import Key, Screen
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card
from desktop.widgets.table import Column, Table
from desktop.words.language import _, clock, date_short, number


class KeptPart(Tab):
    """A list of files, the newest first."""

    def __init__(self, program: Program, host: Screen) -> None:
        super().__init__(program, host)
        look, prints, away = self.keys()
        self.card = Card(
            _("Kept because no printer answered"),
            Button.of(away, small=True),
            Button.of(look, small=True),
            Button.of(prints, kind="primary", small=True),
            flush=True,
        )
        self.table = Table(
            [
                Column(_("Paper"), "name", stretch=True),
                Column(_("Kind"), "kind", width=220),
                Column(_("Kept"), "when", width=180),
            ],
            on_open=lambda _row: self.look(),
            many=True,
            empty=_("Everything was printed. When no printer answers, the paper is kept here."),
            name=_("Kept papers"),
        )
        self.card.body.addWidget(self.table)
        self.column.addWidget(self.card, 1)

    def keys(self) -> list[Key]:
        """What can be done with a kept paper."""
        return [
            Key("open", _("Look at it"), self.look),
            Key("print", _("Print"), self.print_them),
            Key("remove", _("Throw away"), self.throw_away),
        ]

    def focus_first(self) -> None:
        """The list."""
        self.table.setFocus()

    def reload(self) -> None:
        """What lies in the folder."""
        rows = [_row(one) for one in printer.kept()]
        self.table.set_rows(rows)
        self.counted.emit(len(rows))

    def _chosen(self) -> list[printer.Kept]:
        chosen = [row["kept"] for row in self.table.selected()]
        if not chosen:
            self.host.notice.look(_("Choose a paper in the list first."))
        return chosen

    def look(self) -> None:
        """In the viewer of this PC."""
        for one in self._chosen()[:1]:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(one.file)))

    def print_them(self) -> None:
        """Each to the printer of its kind; those that came through are no longer kept."""
        from desktop.printing.output import PrintFailed

        done = 0
        for one in self._chosen():
            try:
                printer.send(self.program.pc, one.kind, one.file.read_bytes())
            except PrintFailed:
                self.host.notice.refused(_("No printer answers; they stay here."))
                break
            one.file.unlink(missing_ok=True)
            done += 1
        if done:
            self.host.notice.done(_("{n} at the printer").format(n=number(done)))
        self.reload()

    def throw_away(self) -> None:
        """Into the recycle bin of this PC."""
        from PySide6.QtCore import QFile

        for one in self._chosen():
            if not QFile.moveToTrash(str(one.file)):
                one.file.unlink(missing_ok=True)
        self.reload()


def _row(one: printer.Kept) -> dict[str, Any]:
    when = f"{date_short(local_day(one.kept_at))} {clock(one.kept_at)}"
    return {
        "id": str(one.file),
        "kept": one,
        "name": one.name,
        "kind": _(NAMES[one.kind]),
        "when": when,
    }

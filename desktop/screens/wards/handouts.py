"""What was handed out in a month, by ward."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout

from database.policy.calendar import shift_month
from database.wards import handouts
from desktop.program import Program
from desktop.screen import Screen
from desktop.screens.wards.dialogs import HandoutDialog
from desktop.widgets.buttons import Button
from desktop.widgets.dialog import Dialog
from desktop.widgets.table import Column, Table
from desktop.widgets.text import label
from desktop.words.language import _, counted, month_long


class HandoutsDialog(Dialog):
    """Leaflets and free reading matter of one month; more can be counted from here."""

    def __init__(self, program: Program, host: Screen) -> None:
        super().__init__(
            host, _("Handed out"), _("Count at the rack…"), cancel_text=_("Close"), width=680
        )
        self._program, self._host = program, host
        self.month = f"{program.now():%Y-%m}"
        self._name, self._total = label("", "strong"), label("", "muted")
        row = QHBoxLayout()
        for text, icon, by in (
            (_("The month before"), "chevron-left", -1),
            (_("The month after"), "chevron-right", 1),
        ):
            row.addWidget(Button("", partial(self.step, by), icon=icon, small=True, tooltip=text))
        row.addWidget(self._name)
        row.addStretch(1)
        row.addWidget(self._total)
        self.body.addLayout(row)
        self.table = Table(
            [
                Column(_("Ward"), lambda one: one.unit or _("Rack of the library"), strong=True),
                Column(_("What"), "what", stretch=True),
                Column(_("Copies"), "copies", kind="number"),
            ],
            empty=_("Nothing was handed out in this month."),
            id_key="what",
            name=_("Handed out"),
        )
        self.table.setMinimumHeight(280)
        self.body.addWidget(self.table, 1)
        self.step(0)

    def step(self, by: int) -> None:
        """Another month."""
        self.month = shift_month(self.month, by)
        rows = self._program.read(lambda session: handouts.handed_out(session, self.month))
        self.table.set_rows(rows)
        self._name.setText(month_long(self.month))
        self._total.setText(counted("copies", sum(one.copies for one in rows)) if rows else "")

    def ready(self) -> bool:
        """Counting at the rack keeps this open."""
        dialog = HandoutDialog(self._program, self._host, None)
        dialog.accepted.connect(partial(self.step, 0))
        dialog.open()
        return False

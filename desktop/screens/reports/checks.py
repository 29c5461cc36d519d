"""What needs a look before the report is signed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from database import house, visits
from database.calendar import month_bounds
from database.figures import Month
from desktop.language import _, date_plain, month_long, ngettext, number
from desktop.widgets.buttons import Button
from desktop.widgets.text import IconLabel, label

MOST_DAYS = 4


@dataclass(frozen=True)
class Check:
    """One line; `section` of the settings mends it."""

    good: bool
    text: str
    section: str = ""


def checks(session: Any, month: Month, today: date) -> list[Check]:
    """Everything looked at, what is well included."""
    last = month_bounds(month.month)[1]
    found = [*_unfinished(month, last, today), _counted(session, month, today)]
    profile = house.profile(session)
    for role, words in (
        ("librarian", _("Nobody signs as librarian yet")),
        ("head", _("Nobody signs as head yet")),
    ):
        if house.signer(session, role, last) is None:
            found.append(Check(False, words, "signers"))
    if not profile.dinas:
        found.append(Check(False, _("The report is addressed to nobody yet"), "library"))
    if not profile.city:
        found.append(Check(False, _("The city for the date is missing"), "library"))
    if not any(check.section for check in found):
        found.append(Check(True, _("Letterhead, address and signatures are complete")))
    return found


def _unfinished(month: Month, last: date, today: date) -> list[Check]:
    if today > last:
        return []
    text = _("{month} is not over; its figures still grow")
    return [Check(False, text.format(month=month_long(month.month)))]


def _counted(session: Any, month: Month, today: date) -> Check:
    silent = visits.silent_days(session, month.month, today)
    if not silent:
        text = ngettext(
            "Visitors are counted on {n} open day",
            "Visitors are counted on every one of {n} open days",
            month.open_days,
        )
        return Check(True, text.format(n=number(month.open_days)))
    text = ngettext(
        "{n} open day without visitors: {days}",
        "{n} open days without visitors: {days}",
        len(silent),
    )
    days = ", ".join(date_plain(day) for day in silent[:MOST_DAYS])
    more = "…" if len(silent) > MOST_DAYS else ""
    return Check(False, text.format(n=number(len(silent)), days=days + more))


class CheckList(QWidget):
    """`mend(section)` when a line's button is pressed."""

    mend = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        self._texts: list[str] = []

    def show_checks(self, found: Sequence[Check]) -> None:
        """One row each: a tick or a warning, the sentence, what mends it."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._texts = [check.text for check in found]
        top = Qt.AlignmentFlag.AlignTop
        for row, check in enumerate(found):
            icon, role = ("check", "good_ink") if check.good else ("triangle-alert", "warn_ink")
            self._grid.addWidget(IconLabel(icon, role, 16), 2 * row, 0, top)
            self._grid.addWidget(label(check.text, wrap=True), 2 * row, 1)
            if check.section:
                slot = partial(self.mend.emit, check.section)
                mend = Button(_("Complete it"), slot, small=True)
                self._grid.addWidget(mend, 2 * row + 1, 1, Qt.AlignmentFlag.AlignLeft)

    def texts(self) -> list[str]:
        """The sentences, as the eye reads them."""
        return self._texts

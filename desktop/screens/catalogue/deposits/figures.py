"""Where the copies of a batch are: what the places are called, and how many are at each."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout

from database.holdings import deposits
from database.holdings.deposits import DepositRow
from desktop.widgets.figure import Figure
from desktop.words import language
from desktop.words.language import N_, _

PLACES = {
    "": N_("All copies"),
    deposits.HERE: N_("Here"),
    deposits.ON_LOAN: N_("On loan"),
    deposits.MISSING: N_("Not found"),
    deposits.RETURNED: N_("Given back"),
}


class BatchFigures(QHBoxLayout):
    """One figure for each place."""

    def __init__(self) -> None:
        super().__init__()
        self.figures = {place: Figure() for place in PLACES}
        self.setSpacing(12)
        for figure in self.figures.values():
            self.addWidget(figure, 1)

    def show_row(self, row: DepositRow) -> None:
        """Count a batch."""
        counts = (row.total, row.here, row.on_loan, row.missing, row.returned)
        for (place, name), count in zip(PLACES.items(), counts, strict=True):
            tone = "bad" if place == deposits.MISSING and count else None
            self.figures[place].set(language.number(count), _(name), tone)  # type: ignore[arg-type]


def about(row: DepositRow) -> str:
    """Whose the batch is, when it came and when it is due back, by which document."""
    due = _("due back {day}").format(day=language.date_plain(row.due_on)) if row.due_on else ""
    came = _("received {day}").format(day=language.date_plain(row.received_on))
    return " · ".join(part for part in (row.owner, came, due, row.document) if part)

"""The loan rules as a grid: a row each kind of patron, three numbers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from database.library import Session
from database.policy import loan_rule_list
from database.policy.loan_rule_list import MOST_DAYS, MOST_LOANS, MOST_RENEWALS, RuleRow
from desktop.forms.part import Part
from desktop.program import Program
from desktop.widgets.inputs import LineInput
from desktop.widgets.text import Elided, label, restyle
from desktop.words.language import _

KEYS = (("loan_limit", MOST_LOANS), ("days", MOST_DAYS), ("renewals", MOST_RENEWALS))


class RulesPart(Part):
    """Rows come from the library; loans already made keep their due dates."""

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self.rows: dict[str, RuleRow] = {}
        self.lines: dict[tuple[str, str], LineInput] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(4, 1)
        self._error = Elided("", "error")

    def load(self) -> None:
        """Show the rules; the grid is made for the library's kinds of patrons."""
        found = self.program.read(loan_rule_list.rules)
        if list(self.rows) != [row.category for row in found]:
            self._build(found)
        self.rows = {row.category: row for row in found}
        for (category, key), line in self.lines.items():
            line.blockSignals(True)
            line.set_raw(str(getattr(self.rows[category], key)))
            line.blockSignals(False)
        self._judge()

    def _build(self, found: list[RuleRow]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget: QWidget | None = item.widget()
            if widget is not None and widget is not self._error:
                widget.deleteLater()
        self.lines = {}
        heads = (_("Loan limit (copies)"), _("Loan period (days)"), _("Renewals (times)"))
        for place, words in enumerate(heads):
            self._grid.addWidget(label(words, "label", wrap=True), 0, place + 1)
        for place, row in enumerate(found):
            self._grid.addWidget(label(row.category_name), place + 1, 0)
            for at, (key, _most) in enumerate(KEYS):
                line = self._line(f"{row.category_name}, {heads[at]}")
                self.lines[row.category, key] = line
                self._grid.addWidget(line, place + 1, at + 1)
        self._grid.addWidget(self._error, len(found) + 1, 0, 1, 5)
        self._grid.setRowStretch(len(found) + 2, 1)

    def _line(self, name: str) -> LineInput:
        line = LineInput()
        line.setMinimumWidth(64)
        line.setMaximumWidth(160)
        line.setAlignment(Qt.AlignmentFlag.AlignRight)
        line.setAccessibleName(name)
        line.edited.connect(partial(self.changed.emit, name))
        line.left.connect(self._judge)
        return line

    def _value(self, category: str, key: str) -> int | None:
        text = self.lines[category, key].text().strip()
        most = dict(KEYS)[key]
        return int(text) if text.isdecimal() and int(text) <= most else None

    def _judge(self) -> None:
        wrong = [place for place in self.lines if self._value(*place) is None]
        for place, line in self.lines.items():
            restyle(line, wrong="true" if place in wrong else "false")
        text = _("{kind}: must be a whole number, 0 or more")
        name = self.rows[wrong[0][0]].category_name if wrong else ""
        self._error.set_text(text.format(kind=name) if wrong else "")

    def error(self) -> str:
        """What the eye reads as wrong."""
        return self._error.full_text()

    def check(self) -> bool:
        """Whole numbers everywhere."""
        self._judge()
        wrong = [line for place, line in self.lines.items() if self._value(*place) is None]
        if wrong:
            wrong[0].setFocus()
        return not wrong

    def save(self, session: Session) -> None:
        """Change the rows that were typed in."""
        for category, row in self.rows.items():
            limit, days, renewals = (self._value(category, key) or 0 for key, _most in KEYS)
            if (limit, days, renewals) != (row.loan_limit, row.days, row.renewals):
                loan_rule_list.save_rule(session, row.id, limit, days, renewals, self.program.now())

    def draft(self) -> dict[str, Any]:
        """What was typed, by "category key"."""
        return {
            f"{category} {key}": line.raw()
            for (category, key), line in self.lines.items()
            if line.raw() != str(getattr(self.rows[category], key))
        }

    def restore(self, draft: Mapping[str, Any]) -> None:
        """Put it back."""
        for (category, key), line in self.lines.items():
            if f"{category} {key}" in draft:
                line.set_raw(draft[f"{category} {key}"])

    def focus_first(self) -> None:
        """The first number."""
        if self.lines:
            next(iter(self.lines.values())).setFocus()

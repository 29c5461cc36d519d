"""One weeding: what might go, what is decided and why, closed with its minutes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from database.holdings import weeding, weeding_proposals
from database.refusal import Fault, Refusal
from database.registers import outgoing
from desktop import background
from desktop.program import Program
from desktop.screen import Key, Screen
from desktop.widgets.buttons import Button, FilterButton
from desktop.widgets.card import Card
from desktop.widgets.form import Field
from desktop.widgets.form_dialog import FormDialog
from desktop.widgets.pill import Pill, Tone
from desktop.widgets.row import Row
from desktop.widgets.table import Column, Table
from desktop.widgets.text import label
from desktop.words import language
from desktop.words.language import N_, _, ngettext
from desktop.words.sentences import refusal

AGES, UNUSED = (10, 5, 15, 20, 0), (3, 1, 2, 5, 0)
CLASSES = (
    "",
    *(f"{hundreds}00" for hundreds in range(7)),
    *(str(medicine) for medicine in range(610, 620)),
    *("700", "800", "900"),
)
_DECISIONS: dict[str, tuple[str, Tone]] = {
    "withdraw": (N_("to go"), "bad"),
    "keep": (N_("kept"), "good"),
}


class WeedView(QWidget):
    """`show_round(round)`; `told()` is called when rounds changed."""

    def __init__(self, program: Program, host: Screen, told: Callable[[], None]) -> None:
        super().__init__()
        self._program, self._host, self._told = program, host, told
        self.round: weeding.Round | None = None
        self._task: background.Task | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.card = Card(flush=True)
        self.card.body.addLayout(self._criteria())
        self.table = self._table()
        self.card.body.addWidget(self.table, 1)
        column.addWidget(self.card, 1)
        column.addLayout(self._buttons())

    def _criteria(self) -> Row:
        def years(count: int) -> str:
            return ngettext("{n} year", "{n} years", count).format(n=count) if count else _("any")

        self.age = FilterButton(_("Older than"), [(one, years(one)) for one in AGES], small=True)
        self.unused = FilterButton(
            _("Not lent for"), [(one, years(one)) for one in UNUSED], small=True
        )
        classes = [(one, one or _("all")) for one in CLASSES]
        self.classes = FilterButton(_("Class"), classes, small=True)
        states = [(False, _("all")), (True, _("in repair"))]
        self.damaged = FilterButton(_("Condition"), states, small=True)
        row = Row(gap=8)
        row.setContentsMargins(14, 10, 14, 2)
        for button in (self.age, self.unused, self.classes, self.damaged):
            button.chosen.connect(lambda _value: self.refresh())
            row.addWidget(button)
        row.addStretch(1)
        self.count = label("", "muted")
        row.addWidget(self.count)
        return row

    def _table(self) -> Table:
        return Table(
            [
                Column(_("Call number"), "call_number", width=140),
                Column(_("Title"), "title", stretch=True),
                Column(_("Year"), lambda row: str(row.year or ""), align="right"),
                Column(_("Copy"), "barcode"),
                Column(_("Loans"), "loans", kind="number", optional=True),
                Column(_("Last lent"), "last_lent", kind="date", optional=True),
                Column(_("Decided"), _decision, kind="pill"),
            ],
            many=True,
            empty=_("Nothing fits: choose other years or another class."),
            name=_("Proposals"),
        )

    def _buttons(self) -> Row:
        withdraw, keep, open_again, close = self.keys()
        self.acts = [Button.of(withdraw), Button.of(keep), Button.of(open_again)]
        self.close_button = Button.of(close)
        row = Row(gap=8)
        for button in self.acts:
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.close_button)
        return row

    def keys(self) -> list[Key]:
        """Those of a round."""
        return [
            Key("let_go", _("Let go…"), self.withdraw, needs="catalogue"),
            Key("keep", _("Keep"), partial(self.decide, "keep", ""), needs="catalogue"),
            Key("undecided", _("Undecided"), partial(self.decide, "", ""), needs="catalogue"),
            Key("", _("Close the round…"), self.close_round, needs="strike"),
        ]

    # --- showing

    def show_round(self, chosen: weeding.Round) -> None:
        """Show one; a closed one only shows what was decided."""
        self.round = chosen
        is_open = chosen.closed_at is None
        for widget in (
            self.age,
            self.unused,
            self.classes,
            self.damaged,
            self.close_button,
            *self.acts,
        ):
            widget.setVisible(is_open)
        self.refresh()

    def refresh(self) -> None:
        """Look for proposals beside the work; what is decided stays in sight."""
        if self.round is None:
            return
        number, today = self.round.id, self._program.now().date()
        is_open, library = self.round.closed_at is None, self._program.library
        wanted = weeding_proposals.Criteria(
            self.age.value(), self.unused.value(), self.classes.value(), self.damaged.value()
        )
        if self._task is not None:
            self._task.cancel()

        def work(_report: Any, _cancelled: Any) -> Any:
            with library.reading() as session:
                decided = weeding_proposals.decided(session, number)
                more = (
                    weeding_proposals.proposals(session, number, wanted, today) if is_open else []
                )
            known = {row.id for row in more}
            return number, [*more, *(row for row in decided if row.id not in known)]

        self._task = background.run(work, self._show, self._failed)

    def _show(self, read: tuple[int, Sequence[weeding_proposals.Proposal]]) -> None:
        self._task = None
        if not isValid(self) or self.round is None or self.round.id != read[0]:
            return
        rows = list(read[1])
        self.table.set_rows(rows)
        going = sum(row.decision == "withdraw" for row in rows)
        text = _("{n} proposed, {going} to go")
        self.count.setText(text.format(n=language.number(len(rows)), going=language.number(going)))
        self.close_button.setEnabled(bool(going))

    def _failed(self, error: Exception) -> None:
        self._task = None
        if not isinstance(error, Refusal | Fault):
            raise error
        self._host.notice.refused(refusal(error))

    # --- deciding

    def withdraw(self) -> None:
        """Ask why, then decide for all that are chosen."""
        if not self.table.selected():
            self._host.notice.look(_("Choose copies in the list first."))
            return
        fields = [
            Field("reason", _("Why"), required=True, placeholder=_("outdated, damaged, doubled…"))
        ]
        values = {"reason": _("outdated")}
        self.box = FormDialog(self, _("Let go"), _("Let go"), fields, values)
        self.box.accepted.connect(lambda: self.decide("withdraw", self.box.form.value("reason")))
        self.box.open()

    def decide(self, decision: str, reason: str) -> None:
        """Decide for all that are chosen."""
        ids = [row.id for row in self.table.selected()]
        if self.round is None or not ids:
            self._host.notice.look(_("Choose copies in the list first."))
            return
        number, now = self.round.id, self._program.now()
        line = self._program.attempt(
            self._host,
            lambda session: weeding.decide(session, number, ids, decision, reason, now),
        )
        if line:
            text = ngettext("Decided for {n} copy.", "Decided for {n} copies.", len(ids))
            self._host.notice.done(
                text.format(n=language.number(len(ids))), lambda: self._undo(line)
            )
            self.refresh()

    def _undo(self, line: int) -> None:
        self._program.undo(self._host, line)
        self._told()

    def close_round(self) -> None:
        """Ask for the number of the minutes; say what it does."""
        going = sum(row.decision == "withdraw" for row in self.table.rows())
        text = ngettext(
            "{n} copy leaves the stock today.", "{n} copies leave the stock today.", going
        )
        fields = [Field("minutes", _("Number of the minutes"), required=True)]
        today = self._program.now().date()
        usual = self._program.read(lambda s: outgoing.proposed(s, weeding.PAPER, today))
        self.box = FormDialog(
            self,
            _("Close the round?"),
            _("Close the round"),
            fields,
            {"minutes": usual},
            hint=text.format(n=language.number(going)),
            kind="danger",
        )
        self.box.accepted.connect(lambda: self._close(self.box.form.value("minutes")))
        self.box.open()

    def _close(self, minutes: str) -> None:
        assert self.round is not None
        number, now = self.round.id, self._program.now()
        line = self._program.attempt(
            self._host, lambda session: weeding.close(session, number, minutes, now)
        )
        if line:
            text = _("Closed: {title}").format(title=self.round.name)
            self._host.notice.done(text, lambda: self._undo(line))
            self._told()


def _decision(row: weeding_proposals.Proposal) -> Pill | None:
    if row.decision not in _DECISIONS:
        return None
    words, tone = _DECISIONS[row.decision]
    return Pill(_(words), tone)

"""The library against one edition of the standards; a threshold is confirmed from here."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from database.refusal import Fault, Refusal
from database.registers import evidence
from database.standards import standards
from database.standards.measuring import Number
from database.standards.standards import Finding
from desktop import background
from desktop.forms.act_dialog import ActDialog
from desktop.forms.evidence import EvidenceDialog
from desktop.forms.sharing import Sharing
from desktop.program import Program
from desktop.screen import Screen
from desktop.screens.reports.standards_told import (
    finding_note,
    finding_told,
    nearness,
    ours,
    verdict,
    wanted_text,
)
from desktop.widgets.buttons import Button, FilterButton, MenuButton
from desktop.widgets.chart import Chart, Drawn, Series
from desktop.widgets.form import Field, Form, NumberField
from desktop.widgets.row import Row
from desktop.widgets.table import Column, Table
from desktop.widgets.text import Elided, label
from desktop.words.language import _, ngettext, number, period_short
from desktop.words.sentences import refusal

TREND_PX = 96
_FEW = 10  # below this a scale needs parts of one
FIRST = "snp-7-2022"


class StandardsPanel(QWidget):
    """`show_day` measures beside the work; Enter on a line confirms its threshold."""

    def __init__(self, program: Program, host: Screen) -> None:
        super().__init__()
        self.program, self.host = program, host
        self._task: background.Task | None = None
        known = standards.standards()
        ruling = standards.in_force()
        codes = sorted(known, key=lambda code: (code != ruling, known[code].kind != "snp", code))
        self.which = FilterButton(
            _("Standard"), [(code, known[code].edition) for code in codes], small=True
        )
        self.which.chosen.connect(lambda _code: self.reload())
        self.told = label("", "muted")
        self.table = Table(
            [
                Column(_("Item"), "name", stretch=True),
                Column(_("Ours"), ours, width=112),
                Column(_("Standard"), wanted_text, width=104),
                Column("", nearness, width=64, optional=True),
                Column("", verdict, kind="pill"),
            ],
            on_open=lambda row: self.confirm(),
            on_select=lambda row: self.show_trend(),
            id_key="indicator",
            empty=_("Being measured…"),
            name=_("Standards"),
        )
        self.trend = Chart(_("Last 24 months"), line=True)
        self.trend.setFixedHeight(TREND_PX)
        self.formula = Elided("", "small")
        self._line: background.Task | None = None
        self._arrange()

    def _arrange(self) -> None:
        top = Row(gap=8)
        top.setContentsMargins(14, 0, 14, 0)
        top.addWidget(self.which)
        top.addWidget(self.told, 1)
        top.addWidget(Button(_("Confirm the number…"), self.confirm, small=True, needs="report"))
        sharing = Sharing(self.program, self.host, self.reload)
        more = (
            (_("Page of the regulation…"), self.show_page),
            (_("Save the numbers for others…"), sharing.save_thresholds),
            (_("Bring in numbers of others…"), sharing.bring_thresholds),
        )
        top.addWidget(MenuButton(_("More"), more, small=True, needs="report"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.addLayout(top)
        column.addWidget(self.table, 1)
        column.addWidget(self.formula)
        column.addWidget(self.trend)
        self.formula.setContentsMargins(14, 0, 14, 0)
        self._show_line([], None)

    def show_trend(self) -> None:
        """The chosen item over two years, measured off this thread."""
        finding: Finding | None = self.table.current()
        if self._line is not None:
            self._line.cancel()
        if finding is None:
            self._show_line([], None)
            return
        self.formula.set_text(finding_told(finding))
        day, library, measure = self.program.now().date(), self.program.library, finding.measure

        def work(_report: object, cancelled: Callable[[], bool]) -> list[tuple[str, Number]]:
            with library.reading() as session:
                return standards.trend(session, measure, day, wanted=lambda: not cancelled())

        self._line = background.run(
            work, lambda points: self._show_line(points, finding), self._failed
        )

    def _show_line(self, points: list[tuple[str, Number]], finding: Finding | None) -> None:
        if not isValid(self):
            return
        if not points or finding is None:
            self.formula.set_text(_("Choose an item: its last 24 months stand here."))
            self.trend.hide()
            return
        values = [None if value is None else float(value) for _month, value in points]
        few = max([one for one in values if one is not None], default=0.0) < _FEW
        self.trend.show_drawn(
            Drawn(
                [period_short(month) for month, _value in points],
                [Series(finding.name, "brand_ink", values)],
                finding.threshold if finding.verified else None,
                decimals=2 if few else 0,
            )
        )
        self.trend.show()

    def reload(self) -> None:
        """Measure anew, off this thread; an older measuring is forgotten."""
        if self._task is not None:
            self._task.cancel()
        code, day, library = self.which.value(), self.program.now().date(), self.program.library

        def work(_report: object, _cancelled: object) -> list[Finding]:
            with library.reading() as session:
                return standards.measured(session, day, (code,))

        self._task = background.run(work, partial(self._show, code), self._failed)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Refusal | Fault):
            raise error
        if isValid(self):
            self.host.notice.refused(refusal(error))

    def _show(self, code: str, found: list[Finding]) -> None:
        if not isValid(self) or code != self.which.value():
            return
        self.table.set_rows(found)
        met = sum(bool(one.met) for one in found)
        open_ = sum(one.threshold is None or not one.verified for one in found)
        told, set_ = [], len(found) - open_
        if set_:
            told.append(_("{met} of {n} met").format(met=number(met), n=number(set_)))
        if open_:
            waiting = ngettext(
                "{n} threshold not confirmed yet",
                "{n} thresholds not confirmed yet",
                open_,
            )
            told.append(waiting.format(n=number(open_)))
        self.told.setText(" · ".join(told))

    def confirm(self) -> None:
        """Type what the regulation says; only then does it decide."""
        finding: Finding | None = self.table.current()
        if finding is None:
            self.host.notice.look(_("Choose an item first."))
            return
        dialog = ConfirmDialog(self.program, self.host, finding)
        dialog.accepted.connect(self.reload)
        dialog.open()

    def show_page(self) -> None:
        """The page of the regulation that a confirmed number was read on."""
        finding: Finding | None = self.table.current()
        if finding is None or finding.verified_on is None:
            self.host.notice.look(_("Choose an item whose number is confirmed."))
            return
        key = f"{finding.standard}/{finding.indicator}"
        EvidenceDialog(self.program, self.host, evidence.THRESHOLD, key, finding.name).open()


class ConfirmDialog(ActDialog):
    """The number, the article it stands in, and who read it there."""

    def __init__(self, program: Program, host: Screen, finding: Finding) -> None:
        super().__init__(program, host, _("Confirm the number"), _("Confirm"), width=560)
        self._finding = finding
        self.build(
            Form(
                [
                    (
                        NumberField(
                            "value", _("Number in the regulation"), required=True, decimals=2
                        ),
                        Field("article", _("Article or page"), required=True),
                    ),
                    Field("verified_by", _("Who read it there"), required=True),
                ]
            ),
            finding_note(finding),
        )
        self.form.set_values(
            {
                # One that nobody has confirmed is not proposed, or it would be taken as it is.
                "value": finding.threshold if finding.verified else None,
                "article": finding.article,
                "verified_by": finding.verified_by or program.library.actor,
            }
        )
        self.form.focus("value")

    def act(self) -> None:
        """Keep it, and say so."""
        one, values, now = self._finding, self.form.values(), self.program.now()
        line = self.program.write(
            lambda session: standards.confirm(
                session,
                one.standard,
                one.indicator,
                values["value"],
                values["article"],
                values["verified_by"],
                now,
            )
        )
        told = _("Confirmed: {item}").format(item=one.name)
        self.host.notice.done(told, partial(self.program.undo, self.host, line))

"""The rows behind a figure, in a list of their own."""

from __future__ import annotations

from shiboken6 import isValid

from database.patrons import membership
from database.refusal import Fault, Refusal
from database.reports import behind
from database.reports.counting.table import Line
from desktop import background
from desktop.pages.drawing.words import item_type
from desktop.program import Program
from desktop.screen import Screen
from desktop.widgets.dialog import Dialog
from desktop.widgets.table import Column, Table
from desktop.words.language import _, ngettext, number, period_long
from desktop.words.register_words import word
from desktop.words.sentences import refusal
from desktop.words.titles import class_group

_HEIGHT = 420


class BehindDialog(Dialog):
    """Every row a figure was counted from; what a patient borrowed is not told."""

    def __init__(
        self, program: Program, host: Screen, period: str, figure: str, title: str
    ) -> None:
        said = _("{figure}, {month}").format(figure=title, month=period_long(period))
        super().__init__(host, said, _("Close"), cancel_text=_("Close"), width=820)
        self._host = host
        self.accept_button.hide()
        names = {one.code: one.name for one in program.read(membership.categories)}
        self.table = Table(
            [
                Column(_("When"), "when", kind="date", width=130),
                Column(_("What"), lambda line: word(line.what) if line.what else "–", stretch=True),
                Column(_("Who or where"), "who", optional=True),
                Column(_("Kind"), lambda line: _kind(figure, line, names)),
                Column(_("Total"), "count", kind="number"),
            ],
            empty=_("Being read…"),
            name=said,
        )
        self.table.setMinimumHeight(_HEIGHT)
        self.body.addWidget(self.table)
        library = program.library

        def work(_report: object, _cancelled: object) -> list[Line]:
            with library.reading() as session:
                return behind.rows(session, period, figure, program.now().date())

        self._task = background.run(work, self._show, self._failed)
        self.finished.connect(lambda _code: self._task.cancel())

    def _show(self, lines: list[Line]) -> None:
        if not isValid(self):
            return
        total = sum(line.count for line in lines)
        text = ngettext("{n} row", "{n} rows", len(lines)).format(n=number(len(lines)))
        self.table.set_empty(_("Nothing stands behind this figure."))
        self.table.set_rows(
            lines, _("{rows} · {total} in all").format(rows=text, total=number(total))
        )

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Refusal | Fault):
            raise error
        if isValid(self):
            self._host.notice.refused(refusal(error))
            self.reject()


def _kind(figure: str, line: Line, names: dict[str, str]) -> str:
    """A kind of patron, a type of copy, or a class, whatever the figure counts by."""
    if line.kind in names:
        return names[line.kind]
    if figure.startswith(("titles", "new_titles", "classes")) and line.kind.isdecimal():
        return class_group(line.kind)
    return item_type(line.kind) if item_type(line.kind) != line.kind else word(line.kind)

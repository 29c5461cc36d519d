"""The words that go with a month's figures, and the reason for which a check is skipped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from database.refusal import Reason
from database.reports import month_checks, period_words
from database.reports.figures import Month
from desktop.forms.act_dialog import ActDialog
from desktop.program import Program
from desktop.screen import Screen
from desktop.widgets.buttons import Button
from desktop.widgets.form import Field, Form, TextArea
from desktop.words.language import _, period_long

_ROOMY_PX = 700


class WordsDialog(ActDialog):
    """Narrative, problems and plans, drafted from the figures; what is changed stays."""

    def __init__(self, program: Program, host: Screen, figures: Month, closed: bool) -> None:
        from desktop.pages.report import month

        period = figures.month
        title = _("Words for {month}").format(month=period_long(period))
        super().__init__(program, host, title, _("Save"), width=860)
        self._period = period
        with program.library.reading() as session:
            self._draft = month.drafted(session, figures)
            mine = period_words.written(session, period)
        note = _("Drafted from the figures; change what you like. Closing keeps the words.")
        if closed:
            note = _("The month is closed and its words stay; these go into the next revision.")
        self.build(_form(period, roomy=host.window().height() >= _ROOMY_PX), note)
        self.form.set_values({**self._draft, **mine})
        anew = Button(_("Draft anew"), self.draft_anew)
        anew.setAutoDefault(False)
        self.buttons.insertWidget(0, anew)
        self.form.focus(period_words.parts_of(period)[0])

    def draft_anew(self) -> None:
        """What the figures say, in the place of what was typed."""
        for part, text in self._draft.items():
            self.form.put(part, text)

    def act(self) -> None:
        """Keep what differs from the draft; the rest goes on following the figures."""
        period, now = self._period, self.program.now()
        words = _own(self.form.values(), self._draft, period_words.parts_of(period))
        line = self.program.write(lambda s: period_words.write(s, period, words, now))
        self.host.notice.done(_("Words saved"), partial(self.program.undo, self.host, line))


def _own(
    typed: Mapping[str, str], draft: Mapping[str, str], parts: Sequence[str]
) -> dict[str, str | None]:
    return {
        part: None if typed[part].strip() == draft[part].strip() else typed[part] for part in parts
    }


def _form(period: str, *, roomy: bool) -> Form:
    """What fits into a low window, and with room enough texts that are seen whole."""
    year = len(period_words.parts_of(period)) > len(period_words.PARTS)
    chapters = (
        TextArea("introduction", _("Introduction"), lines=5),
        TextArea("conduct", _("How the year went"), lines=5),
    )
    below = (
        TextArea("problems", _("Problems"), lines=5 if roomy and not year else 3),
        TextArea("plans", _("Plans and proposals"), lines=5 if roomy and not year else 3),
    )
    lines = (7 if year else 12) if roomy else 5 if year else 8
    results = TextArea("narrative", _("Results") if year else _("Summary"), lines=lines)
    return Form([chapters, results, below] if year else [results, below])


class SkipDialog(ActDialog):
    """Why a check is left open."""

    wrong = {Reason.REASON_NEEDED: "reason"}

    def __init__(self, program: Program, host: Screen, period: str, code: str) -> None:
        super().__init__(program, host, _("Skip this check"), _("Skip"), width=520)
        self._period, self._code = period, code
        note = _("The reason stays with the report.")
        self.build(Form([Field("reason", _("Reason"), required=True)]), note)
        self.form.focus("reason")

    def act(self) -> None:
        """Keep the reason."""
        period, code, now = self._period, self._code, self.program.now()
        why = self.form.value("reason")
        line = self.program.write(lambda s: month_checks.skip(s, period, code, why, now))
        self.host.notice.done(_("Check skipped"), partial(self.program.undo, self.host, line))

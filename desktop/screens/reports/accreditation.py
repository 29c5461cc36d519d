"""The library's own assessment for accreditation: scores, evidence, what would help most."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from database.exchange import found as formats
from database.library import Session
from database.registers import evidence
from database.standards import accreditation, assessing, sharing
from database.standards.accreditation import BEST, Question, Standing
from desktop.forms.act_dialog import ActDialog
from desktop.forms.evidence import EvidenceDialog
from desktop.forms.grids.questions import QuestionsDialog
from desktop.forms.sharing import Sharing
from desktop.program import Program
from desktop.screen import Screen
from desktop.screens.reports.accreditation_told import (
    answered_text,
    points_bar,
    points_text,
    question_cell,
    result_text,
)
from desktop.widgets.buttons import Button, FilterButton, MenuButton
from desktop.widgets.fields import Choice, Field
from desktop.widgets.flow import Flow
from desktop.widgets.form import Form
from desktop.widgets.table import Table
from desktop.widgets.table_model import Column
from desktop.widgets.text import Elided
from desktop.words.language import _, ngettext, number
from desktop.words.register_words import area


class AccreditationPanel(QWidget):
    """Components, questions, or what would bring the most points; Enter scores a question."""

    def __init__(self, program: Program, host: Screen) -> None:
        super().__init__()
        self.program, self.host = program, host
        self.which = FilterButton(
            _("Show"),
            [
                ("components", _("components")),
                ("questions", _("questions")),
                ("gaps", _("what would help most")),
            ],
            small=True,
        )
        self.which.chosen.connect(lambda _which: self.reload())
        self.told = Elided("", "strong")
        self.note = Elided("", "small")
        self.components, self.questions = self._make_components(), self._make_questions()
        self._counts: dict[str, int] = {}
        self._arrange()

    def _make_components(self) -> Table:
        return Table(
            [
                Column(_("Component"), lambda one: one.component.name, stretch=True),
                Column(_("Answered"), answered_text),
                Column(_("Points"), points_text),
                Column("", points_bar, width=90),
                Column(_("Evidence"), self._pieces, kind="number"),
            ],
            on_open=lambda row: self.show_questions(row),
            id_key="component",
            name=_("Components"),
        )

    def _make_questions(self) -> Table:
        return Table(
            [
                Column(_("Component"), lambda one: area(one.component)),
                Column(_("No."), "number", kind="number"),
                Column(_("Question"), question_cell, stretch=True),
                Column(_("Score"), lambda one: "–" if one.score is None else f"{one.score}"),
                Column(_("Could add"), lambda one: number(one.gain, 2), align="right"),
            ],
            on_open=lambda row: self.score(),
            id_key="name",
            name=_("Questions"),
        )

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(14, 0, 14, 0)
        acts = (
            Button(_("Score…"), self.score, small=True, needs="report"),
            Button(_("Evidence…"), self.show_evidence, small=True, needs="report"),
            MenuButton(_("Questions"), self._sharing(), small=True, needs="report"),
        )
        top.addLayout(Flow(self.which, *acts))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 8)
        column.addLayout(top)
        self.told.setContentsMargins(14, 0, 14, 0)
        column.addWidget(self.told)
        column.addWidget(self.components, 1)
        column.addWidget(self.questions, 1)
        self.note.setContentsMargins(14, 0, 14, 0)
        column.addWidget(self.note)

    def _sharing(self) -> tuple[tuple[str, Callable[[], object]], ...]:
        sharing = Sharing(self.program, self.host, self.reload)
        return (
            (_("Type the questions…"), self.type_questions),
            (_("Bring in questions…"), self.bring_in),
            (_("Paste questions…"), sharing.paste_questions),
            (_("Save the questions for others…"), sharing.save_questions),
        )

    def type_questions(self) -> None:
        """All of them in a grid."""
        dialog = QuestionsDialog(self.program, self.host)
        dialog.accepted.connect(self.reload)
        dialog.open()

    def reload(self) -> None:
        """Read the scores anew."""
        asked, self._counts = self.program.read(
            lambda s: (
                accreditation.questions(s),
                evidence.counts(s, accreditation.instrument().code),
            )
        )
        result = accreditation.result(asked)
        which = self.which.value()
        self.components.setVisible(which == "components")
        self.questions.setVisible(which != "components")
        self.components.set_rows(result.standings)
        self.questions.set_rows(accreditation.gaps(asked) if which == "gaps" else asked)
        self.told.set_text(result_text(result, sum(one.score is not None for one in asked)))
        about = accreditation.instrument()
        self.note.set_text(f"{about.edition} · {about.formula} · {about.source}")

    def _pieces(self, one: Standing) -> int:
        return self._counts.get(one.component.code, 0)

    def show_questions(self, standing: Standing) -> None:
        """From a component to the first of its questions."""
        self.which.choose("questions")
        rows = self.questions.rows()
        place = next(at for at, q in enumerate(rows) if q.component == standing.component.code)
        self.questions.view.selectRow(place)
        self.questions.view.setFocus()

    def _question(self) -> Question | None:
        if self.which.value() == "components":
            self.which.choose("questions")
            self.questions.select_first()
        question: Question | None = self.questions.current()
        if question is None:
            self.host.notice.look(_("Choose a question first."))
        return question

    def score(self) -> None:
        """Enter: the score of a question, and its words."""
        question = self._question()
        if question is not None:
            dialog = ScoreDialog(self.program, self.host, question)
            dialog.accepted.connect(self.reload)
            dialog.open()

    def _component(self) -> str:
        if self.which.value() == "components":
            standing: Standing | None = self.components.current()
            return standing.component.code if standing else ""
        question: Question | None = self.questions.current()
        return question.component if question else ""

    def show_evidence(self) -> None:
        """The files that prove a component."""
        component = self._component()
        if not component:
            self.host.notice.look(_("Choose a component first."))
            return
        dialog = EvidenceDialog(
            self.program, self.host, accreditation.instrument().code, component, area(component)
        )
        dialog.finished.connect(lambda _code: self.reload())
        dialog.open()

    def bring_in(self) -> None:
        """Question texts out of a file: component, number, text, answers a to e."""
        path = self.ask_file()
        if path is None:
            return
        now = self.program.now()
        shared = path.suffix.lower() == ".json"
        take = sharing.questions_from if shared else assessing.bring_in
        done = self.program.attempt(self.host, lambda s: take(s, path, now))
        if done is not None:
            line, count = done
            text = ngettext("{n} question brought in", "{n} questions brought in", count)
            told = text.format(n=number(count))
            self.host.notice.done(told, partial(self.program.undo, self.host, line))
            self.reload()

    def ask_file(self) -> Path | None:
        """Which file; None for none."""
        chosen, _kind = QFileDialog.getOpenFileName(
            self,
            _("Bring in questions…"),
            "",
            f"CSV, XLSX, JSON ({formats.patterns(sheets=True)} *.json)",
        )
        return Path(chosen) if chosen else None


class ScoreDialog(ActDialog):
    """The text of a question, its score from a to e, and a note."""

    def __init__(self, program: Program, host: Screen, question: Question) -> None:
        title = _("{component}, question {n}").format(
            component=area(question.component), n=question.number
        )
        super().__init__(program, host, title, _("Save"), width=640)
        self._question = question
        letters = "abcde"
        options: list[tuple[object, str]] = [(None, _("not answered"))]
        for at, letter in enumerate(letters):
            words = question.answers[at] if at < len(question.answers) else ""
            text = _("{letter} ({n})").format(letter=letter, n=BEST - at)
            options.append((BEST - at, f"{text} {words}".strip()))
        self.build(
            Form(
                [
                    Field("words", _("Question")),
                    Choice("score", _("Answer"), options=options),
                    Field("note", _("Note")),
                ]
            )
        )
        self.form.set_values(
            {"words": question.words, "score": question.score, "note": question.note}
        )
        self.form.focus("score")

    def act(self) -> None:
        """Keep the score, and the text where it was typed."""
        one, values, now = self._question, self.form.values(), self.program.now()

        def keep(session: Session) -> int:
            if values["words"] != one.words:
                row = (one.component, one.number, values["words"], one.answers)
                assessing.word(session, [row], now)
            return assessing.answer(
                session, one.component, one.number, values["score"], values["note"], now
            )

        line = self.program.write(keep)
        self.host.notice.done(_("Score saved"), partial(self.program.undo, self.host, line))

"""Changing many titles at once: what, a look at what would change, then all in one act."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QTimer

from database.catalogue import known as standing
from database.catalogue import many_titles, title_changes
from database.catalogue.title_changes import OWN, Change
from database.refusal import Fault, Refusal
from database.search import headings
from database.text.own_values import OwnRow
from desktop import background
from desktop.forms.own import fields as own
from desktop.program import Program
from desktop.screen import Key, Screen
from desktop.screens.catalogue.page import Page
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card, heading
from desktop.widgets.completion import complete
from desktop.widgets.form import Choice, Field, Form
from desktop.widgets.progress import Progress
from desktop.widgets.table import Column, Table
from desktop.widgets.text import label
from desktop.words import language
from desktop.words.codes import choices
from desktop.words.language import N_, _, ngettext
from desktop.words.sentences import refusal
from desktop.words.titles import LANGUAGES

WHATS = {
    "subject_add": N_("Add a subject"),
    "subject_remove": N_("Remove a subject"),
    "subject_replace": N_("Replace a subject by another"),
    "classification": N_("Set the DDC class"),
    "nlm": N_("Set the NLM class"),
    "publisher": N_("Set the publisher"),
    "language": N_("Set the language"),
    "location": N_("Move all copies to a shelf"),
}
_SHOWN = 200
_PAUSE_MS = 250


class ManyPage(Page):
    """`open(ids)` first. `finished(None)` when all is done, or nothing."""

    def __init__(self, program: Program, host: Screen) -> None:
        super().__init__(program, host)
        self._ids: list[int] = []
        self._count = 0
        self._asked = 0
        self._own: dict[str, OwnRow] = {}
        self._task: background.Task | None = None
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._soon.timeout.connect(self.look)
        cancel, apply = self.page_keys()
        self.act_button = Button.of(apply, kind="primary")
        head = heading("", Button.of(cancel), self.act_button)
        self._name: Any = head.itemAt(0).widget()  # type: ignore[union-attr]
        self.column.addLayout(head)
        self._build_form()
        self.progress = Progress()
        self.column.addWidget(self.progress)
        self._says = label("", "small", wrap=True)
        self.column.addWidget(self._says)
        self.table = Table(
            [
                Column(_("Title"), "title", stretch=True),
                Column(_("Before"), "before", stretch=True),
                Column(_("After"), "after", stretch=True, strong=True),
            ],
            empty=_("Nothing would change yet. Say above what to change."),
            name=_("What would change"),
        )
        card = Card(flush=True)
        card.body.addWidget(self.table)
        self.column.addWidget(card, 1)

    def _build_form(self) -> None:
        self.form = Form(
            [
                Choice("what", _("What to do"), options=choices(WHATS)),
                Field("old", _("This subject")),
                Field("value", _("New value")),
                Choice("language", _("Language"), options=choices(LANGUAGES), find=True),
            ]
        )
        program = self.program

        def subjects(text: str) -> list[str]:
            return program.read(lambda session: headings.suggest(session, text, ("subject",)))

        def known(text: str) -> list[str]:
            what = self.form.value("what")
            if what == "publisher":
                return program.read(lambda session: standing.publishers(session, text))
            return subjects(text) if str(what).startswith("subject") else []

        complete(self.form.input("old"), subjects)
        complete(self.form.input("value"), known)
        self.form.changed.connect(self._typed)
        card = Card()
        card.body.addWidget(self.form)
        self.column.addWidget(card)

    def page_keys(self) -> list[Key]:
        """Shown on the buttons."""
        return [
            Key("back", _("Cancel"), self.cancel),
            Key("save", _("Change them"), self.apply),
        ]

    def focus_first(self) -> None:
        """To what is to be done."""
        self.form.focus("what")

    def open(self, ids: Sequence[int]) -> None:
        """Ask what to do with these titles."""
        self._ids = list(ids)
        count = ngettext("Change {n} title", "Change {n} titles", len(ids))
        self._name.set_text(count.format(n=language.number(len(ids))))
        self._own = {f"{OWN}{one.key}": one for one in self.program.read(own.of_titles)}
        own.declare(self.form, list(self._own.values()))
        self.form.set_options("what", [*choices(WHATS), *self._set_own()])
        self.form.set_values({"what": "subject_add", "old": "", "value": "", "language": None})
        self.form.set_values(own.shown(self.form, list(self._own.values()), {}))
        self._arrange()
        self._show(0, [])

    def _set_own(self) -> list[tuple[str, str]]:
        """The library's own fields, each to be set."""
        named = _("Set {field} (own field)")
        return [(what, named.format(field=one.name)) for what, one in self._own.items()]

    def _second(self, what: str) -> str:
        """What the new value is typed into."""
        if what in self._own:
            return own.key_of(self._own[what])
        return "language" if what == "language" else "value"

    def _arrange(self) -> None:
        what = str(self.form.value("what"))
        second = self._second(what)
        row = ["what", "old", second] if what == "subject_replace" else ["what", second]
        self.form.show_rows([row])
        names = {
            "subject_add": _("Subject"),
            "subject_remove": _("Subject"),
            "subject_replace": _("By this subject"),
            "location": _("Location or shelf"),
        }
        self.form.set_label("value", names.get(what, _("New value")))

    def _typed(self, key: str) -> None:
        if key == "what":
            self._arrange()
        self._soon.start()

    def change(self) -> Change | None:
        """What is asked, None while something is missing."""
        what = str(self.form.value("what"))
        value = self.form.value(self._second(what)) or ""
        old = self.form.value("old") if what == "subject_replace" else ""
        empties = what == "location" or what in self._own
        if (not value and not empties) or (what == "subject_replace" and not old):
            return None
        return Change(what, value, old)

    def look(self) -> None:
        """Find out behind what would change; only the newest question is answered."""
        self._soon.stop()
        change = self.change()
        self._asked += 1
        if change is None:
            self._show(0, [])
            return
        asked, ids, program = self._asked, self._ids, self.program

        def work(_report: Any, _cancelled: Any) -> tuple[int, list[title_changes.Row]]:
            return program.read(lambda session: title_changes.preview(session, ids, change, _SHOWN))

        def done(found: tuple[int, list[title_changes.Row]]) -> None:
            if asked == self._asked:
                self._show(*found)

        background.run(work, done, self._failed)

    def _show(self, count: int, rows: list[title_changes.Row]) -> None:
        self._count = count
        rows = [self._worded(row) for row in rows]
        more = _("The first {n} are shown.").format(n=_SHOWN) if count > len(rows) else ""
        self.table.set_rows(rows, more)
        told = ngettext(
            "{n} of {all} titles would change.", "{n} of {all} titles would change.", count
        ).format(n=language.number(count), all=language.number(len(self._ids)))
        self._says.setText(told if self.change() else "")
        self.act_button.setEnabled(bool(count))

    def _worded(self, row: title_changes.Row) -> title_changes.Row:
        """A value of an own field as it is read."""
        one = self._own.get(str(self.form.value("what")))
        if one is None:
            return row
        return replace(row, before=own.said(one, row.before), after=own.said(one, row.after))

    def apply(self) -> None:
        """Change them, off this thread; Cancel leaves all as it was."""
        change = self.change()
        if self._task is not None:
            self.notice.look(_("Still at work; stop it with Cancel first."))
            return
        if change is None or not self._count:
            self.notice.look(_("Nothing would change yet. Say above what to change."))
            return
        ids, now, program = self._ids, self.program.now(), self.program

        def work(report: background.Report, cancelled: Callable[[], bool]) -> tuple[int, int]:
            def told(count: int, total: int | None = None) -> None:
                if cancelled():
                    raise background.Cancelled
                report(count, total)

            return program.write(
                lambda session: many_titles.apply(session, ids, change, now, told),
                lambda session: many_titles.apply(session, ids, change, now),
                long=True,
            )

        self.act_button.setEnabled(False)
        self.progress.start(_("Changing titles"), self._stop)
        self._task = background.run(
            work, self._done, self._failed, self.progress.advance, self._ended
        )

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _done(self, result: tuple[int, int]) -> None:
        count, line = result
        text = ngettext("{n} title changed", "{n} titles changed", count)
        self.notice.done(
            text.format(n=language.number(count)), lambda: self.program.undo(self.host, line)
        )
        self.finished.emit(None)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Refusal | Fault):
            raise error
        self.notice.refused(refusal(error))

    def _ended(self) -> None:
        self._task = None
        self.progress.finish()
        self.act_button.setEnabled(bool(self._count))

    def cancel(self) -> None:
        """Esc: back to the list; work under way is stopped."""
        self._stop()
        self.finished.emit(None)

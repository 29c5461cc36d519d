"""Data for an ISBN from elsewhere: asked behind, compared field by field, taken by choice."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from database.catalogue import lookup
from database.catalogue.lookup import Said, Source
from database.description import marc
from database.refusal import Fault
from desktop import background
from desktop.program import Program
from desktop.screens.catalogue.page import Page, short
from desktop.widgets.dialog import Dialog
from desktop.widgets.form import Choice, Form
from desktop.words.language import N_, _

FIELDS = {
    "title": N_("Title"),
    "subtitle": N_("Subtitle"),
    "volume": N_("Volume"),
    "edition": N_("Edition"),
    "main_author": N_("Main author"),
    "added_authors": N_("Added authors"),
    "corporate_author": N_("Corporate author"),
    "place": N_("Place"),
    "publisher": N_("Publisher"),
    "year": N_("Year"),
    "classification": N_("DDC class"),
    "nlm": N_("NLM class"),
    "subjects": N_("Subject headings"),
    "extent": N_("Extent"),
    "series": N_("Series"),
    "language": N_("Language"),
    "summary": N_("Summary"),
    "note": N_("Notes, one a line"),
}
_KEEP = ""
_HIGH = 420

Take = Callable[[marc.Record | None, Mapping[str, str]], None]


class Lookup(QObject):
    """`start(isbn, typed)` asks every source; what is chosen goes to `take(record, values)`.

    `record` is the whole record of the first library that answered in MARC, to be built upon
    where nothing stands yet.
    """

    def __init__(self, page: Page, program: Program, take: Take) -> None:
        super().__init__(page)
        self._page, self._program, self._take = page, program, take
        self._typed: Mapping[str, str] = {}
        self._left = 0
        self._silent: list[str] = []
        self._answers: dict[int, tuple[Source, marc.Record]] = {}
        self.dialog: Dialog | None = None

    def busy(self) -> bool:
        """Whether answers are still awaited."""
        return self._left > 0

    def start(self, number: str, typed: Mapping[str, str]) -> None:
        """Ask all sources at once for an ISBN of 13 digits."""
        if self.busy():
            self._page.notice.look(_("Still asking; the answers come by themselves."))
            return
        asked = [one for one in self._program.read(lookup.sources) if one.usable]
        if not asked:
            self._page.notice.look(_("No source is switched on; see Settings, Data sources."))
            return
        self._typed, self._left = typed, len(asked)
        self._silent, self._answers = [], {}
        names = ", ".join(one.name for one in asked)
        self._page.notice.look(_("Asking {names}… go on typing meanwhile.").format(names=names))
        for place, source in enumerate(asked):
            self._ask(place, source, number)

    def _ask(self, place: int, source: Source, number: str) -> None:
        def work(_report: Any, _cancelled: Any) -> marc.Record | None:
            return lookup.ask(source, number)

        background.run(
            work,
            partial(self._told, place, source),
            partial(self._failed, source),
            ended=self._ended,
        )

    def _told(self, place: int, source: Source, record: marc.Record | None) -> None:
        if record is not None:
            self._answers[place] = (source, record)

    def _failed(self, source: Source, error: Exception) -> None:
        if not isinstance(error, Fault):
            raise error
        self._silent.append(source.name)

    def _ended(self) -> None:
        self._left -= 1
        if self._left:
            return
        answers = [self._answers[place] for place in sorted(self._answers)]
        if answers:
            self._choose(answers)
        elif self._silent:
            text = _("No answer from {names}. Without a connection, type the title yourself.")
            self._page.notice.look(text.format(names=", ".join(self._silent)))
        else:
            self._page.notice.look(_("No source knows this ISBN. Type the title yourself."))

    def _choose(self, answers: Sequence[tuple[Source, marc.Record]]) -> None:
        if not self._page.isVisible():
            return
        self.dialog = Compare(self._page, lookup.compared(answers), self._typed)
        whole = next((record for source, record in answers if source.kind == "sru"), None)
        self.dialog.accepted.connect(lambda: self._take(whole, self._chosen()))
        self.dialog.open()

    def _chosen(self) -> dict[str, str]:
        assert isinstance(self.dialog, Compare)
        return self.dialog.chosen()


class Compare(Dialog):
    """Each field with what the sources say; what is typed already is kept unless chosen."""

    def __init__(
        self, parent: QWidget, said: Mapping[str, Sequence[Said]], typed: Mapping[str, str]
    ) -> None:
        super().__init__(parent, _("Take over data"), _("Take over"), width=680)
        rows = [(key, name) for key, name in FIELDS.items() if key in said]
        self.form = Form([_choice(key, name, said[key], typed.get(key, "")) for key, name in rows])
        for key, _name in rows:
            self.form.put(key, _KEEP if typed.get(key) else said[key][0].value)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setMinimumHeight(_HIGH)
        self.form.setObjectName("scrolled")
        scroll.setWidget(self.form)
        self.body.addWidget(scroll, 1)
        self.accept_button.setDefault(True)
        self.accept_button.setFocus()

    def chosen(self) -> dict[str, str]:
        """The values to take; fields to be kept are not among them."""
        return {key: value for key, value in self.form.values().items() if value}


def _choice(key: str, name: str, said: Sequence[Said], typed: str) -> Choice:
    options = [
        (
            one.value,
            _("{value} — {sources}").format(
                value=short(one.value.replace("\n", "; ")), sources=", ".join(one.sources)
            ),
        )
        for one in said
    ]
    keep = _("keep: {value}").format(value=short(typed)) if typed else _("leave empty")
    return Choice(key, _(name), options=[*options, (_KEEP, keep)])

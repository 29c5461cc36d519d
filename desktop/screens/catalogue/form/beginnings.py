"""What a new title may begin with: templates, chosen and kept from a menu."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QMenu

from database.catalogue import templates
from database.description import marc
from database.refusal import Fault, Refusal
from desktop.screens.catalogue.page import Page
from desktop.widgets.buttons import Button
from desktop.widgets.dialog import Dialog
from desktop.widgets.form import Field, Form
from desktop.words.language import _
from desktop.words.sentences import refusal


class TemplateButton(Button):
    """Opens a menu: begin with a template, keep this form as one, let one go.

    `take(record)` is given what was chosen; `record()` is what stands in the form.
    """

    def __init__(
        self, page: Page, take: Callable[[marc.Record], object], record: Callable[[], marc.Record]
    ) -> None:
        super().__init__(_("Template"), self.open_menu, kind="outlined")
        self._page, self._take, self._record = page, take, record
        self.menu_of = QMenu(self)

    def open_menu(self) -> None:
        """The templates there are now."""
        names = self._page.program.read(templates.all_names)
        self.menu_of.clear()
        for number, name in names:
            self.menu_of.addAction(_plain(name), partial(self.begin, number))
        if names:
            self.menu_of.addSeparator()
        self.menu_of.addAction(_("Keep this as a template…"), self.ask_name)
        if names:
            less = self.menu_of.addMenu(_("Remove a template"))
            for number, name in names:
                less.addAction(_plain(name), partial(self.remove, number))
        self.menu_of.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def begin(self, number: int) -> None:
        """Fill the form with a template."""
        try:
            record = self._page.program.read(lambda session: templates.record_of(session, number))
        except (Refusal, Fault) as told:
            self._page.notice.refused(refusal(told))
            return
        self._take(record)

    def ask_name(self) -> Dialog:
        """What shall it be called?"""
        box = Dialog(self, _("Keep as template"), _("Save"))
        form = Form([Field("name", _("Name of the template"), required=True)])
        box.body.addWidget(form)
        box.accepted.connect(lambda: self.keep(form.value("name")))
        box.open()
        form.focus("name")
        return box

    def keep(self, name: str) -> None:
        """Keep what stands in the form."""
        page = self._page
        record, now = self._record(), page.program.now()
        line = page.program.attempt(
            page.host, lambda session: templates.save(session, name, record, now)
        )
        if line:
            page.notice.done(
                _("Template kept: {name}").format(name=name),
                lambda: page.program.undo(page.host, line),
            )

    def remove(self, number: int) -> None:
        """Let a template go."""
        page = self._page
        now = page.program.now()
        line = page.program.attempt(
            page.host, lambda session: templates.remove(session, number, now)
        )
        if line:
            page.notice.done(_("Template removed"), lambda: page.program.undo(page.host, line))


def _plain(name: str) -> str:
    return name.replace("&", "&&")

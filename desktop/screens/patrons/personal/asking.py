"""What is asked before a person is forgotten or a letter written, and what is told instead."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QDialog, QWidget

from database.circulation.clearance import Letter, Matter
from database.patrons.finding import PatronRow
from desktop.widgets.card import Band
from desktop.widgets.dialog import Dialog, confirm
from desktop.widgets.form import Field, Form
from desktop.widgets.pill import Pill, Tone
from desktop.widgets.table import Column, Table
from desktop.widgets.text import label
from desktop.words.language import _, date_long, date_plain, money


def may_forget(parent: QWidget, patron: PatronRow) -> bool:
    """It cannot be taken back, so it is asked."""
    text = _(
        "Everything about {name} is deleted: name, number, phone, e-mail, notes, consents, and "
        "which books were borrowed. Only counts without a name stay. This cannot be undone."
    )
    return confirm(
        parent,
        _("Forget this person?"),
        text.format(name=patron.name),
        _("Forget for good"),
        danger=True,
    )


class PurposeDialog(Dialog):
    """What a letter is for."""

    def __init__(self, parent: QWidget, patron: PatronRow) -> None:
        super().__init__(parent, _("Clearance letter"), _("Write the letter"))
        text = _("{name} owes the library nothing. The card becomes inactive today.")
        self.body.addWidget(label(text.format(name=patron.name), wrap=True))
        self.form = Form([Field("purpose", _("For (end of placement, transfer, retirement…)"))])
        self.body.addWidget(self.form)
        self.form.focus("purpose")


def ask_purpose(parent: QWidget, patron: PatronRow) -> str | None:
    """What the letter is for, perhaps nothing; None for no letter."""
    box = PurposeDialog(parent, patron)
    if box.exec() != QDialog.DialogCode.Accepted:
        return None
    return str(box.form.value("purpose") or "")


class OpenDialog(Dialog):
    """What is still open, one line each."""

    def __init__(self, parent: QWidget, title: str, matters: Sequence[Matter], today: date) -> None:
        super().__init__(parent, title, _("Understood"), width=620)
        self.cancel_button.hide()
        text = _("This is still open. Take it back first, then try again.")
        self.body.addWidget(label(text, wrap=True))
        self.table = Table(
            [
                Column(_("Title"), "title", stretch=True),
                Column(_("Copy"), "barcode"),
                Column(_("Due"), "due", kind="pill"),
            ],
            name=_("Still open"),
        )
        self.table.setFixedHeight(190)
        self.table.set_rows([_row(at, one, today) for at, one in enumerate(matters)])
        self.body.addWidget(self.table)


def tell_open(parent: QWidget, title: str, matters: Sequence[Matter], today: date) -> None:
    """Show what stands against it."""
    OpenDialog(parent, title, matters, today).exec()


def _row(place: int, matter: Matter, today: date) -> dict[str, object]:
    due = matter.due_on
    late = due is not None and due < today
    words = date_plain(due) if due else ""
    if matter.amount:
        words, late = money(matter.amount), True
    return {
        "id": place,
        "title": matter.title,
        "barcode": matter.barcode,
        "due": Pill(words, "bad") if late else words,
    }


class CheckDialog(Dialog):
    """Is a letter ours? `look` finds it by its code."""

    def __init__(self, parent: QWidget, look: object) -> None:
        super().__init__(parent, _("Check a letter"), _("Check"), cancel_text=_("Close"))
        self._look = look
        self.form = Form([Field("code", _("Check code"), placeholder="ABCD-2345")])
        self.found = Band()
        self.body.addWidget(self.form)
        self.body.addWidget(self.found)
        self.form.focus("code")

    def try_accept(self) -> None:
        """Look it up and stay open for the next."""
        assert callable(self._look)
        typed = str(self.form.value("code") or "")
        letter = self._look(typed) if typed.strip() else None
        self.found.set(*said(letter))


def said(letter: Letter | None) -> tuple[str, Tone]:
    """What is known of a letter, and in which tone."""
    if letter is None:
        return _("No letter has this code. Compare it sign by sign."), "bad"
    text = _("Genuine: {number} of {day}, {name}.")
    if letter.cancelled_at is not None:
        text = _("Cancelled: {number} of {day} no longer counts.")
    name = letter.patron or _("a person since forgotten")
    told = text.format(number=letter.number, day=date_long(letter.issued_on), name=name)
    return told, "bad" if letter.cancelled_at is not None else "good"

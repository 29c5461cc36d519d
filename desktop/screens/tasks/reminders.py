"""Reminders: whom to write to at the left, the text and its QR code at the right."""

from __future__ import annotations

from functools import partial
from io import BytesIO
from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from database.circulation import reminder_list, reminders
from database.circulation.reminder_list import Person
from database.library import Session
from database.policy import house
from database.refusal import Fault, Refusal
from desktop.program import Program
from desktop.screen import Key, Screen
from desktop.screens.tasks.part import TaskPart
from desktop.screens.tasks.reminder_rows import reminder_row, reminder_table, warning
from desktop.widgets.buttons import Button
from desktop.widgets.card import Band, Card
from desktop.widgets.inputs import AreaInput
from desktop.widgets.qr import Qr
from desktop.widgets.text import label
from desktop.words import language, reminder_texts
from desktop.words.language import _, ngettext, number
from desktop.words.sentences import refusal


class RemindersPart(TaskPart):
    """Enter marks the chosen one as sent and goes on to the next."""

    def __init__(self, program: Program, host: Screen) -> None:
        super().__init__(program, host)
        self.table = reminder_table(self.sent, self._show)
        self.card = Card(_("To be reminded"), flush=True)
        self.card.body.addWidget(self.table)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.card, 6)
        row.addWidget(self._side(), 5)
        self.column.addLayout(row, 1)

    def _side(self) -> Card:
        self.side = Card(" ")
        self.band = Band()
        self.text = AreaInput("", 5)
        self.text.setAccessibleName(_("Text"))
        self.text.textChanged.connect(self._show_code)
        self.code = Qr()
        self.how = label("", "small", wrap=True)
        buttons = QVBoxLayout()
        buttons.setSpacing(6)
        self.sent_button = Button(_("Sent, next"), self.sent, key="next", kind="primary")
        self.mail_button = Button(_("E-mail"), self.mail, key="")
        for button in (
            self.sent_button,
            self.mail_button,
            Button(_("Copy text"), self.copy, key="copy_text"),
            Button(_("Letter"), self.letter, key="print", icon="printer"),
            Button(_("All letters"), self.letters),
            Button(_("Next"), self.next, key="later"),
        ):
            buttons.addWidget(button)
        buttons.addWidget(self.how)
        buttons.addStretch(1)
        below = QHBoxLayout()
        below.setSpacing(16)
        below.addWidget(self.code, 0, Qt.AlignmentFlag.AlignTop)
        below.addLayout(buttons, 1)
        for part in (self.band, self.text):
            self.side.body.addWidget(part)
        self.side.body.addLayout(below, 1)
        return self.side

    def keys(self) -> list[Key]:
        """What can be done with a reminder."""
        return [
            Key("later", _("Next person"), self.next),
            Key("copy_text", _("Copy the text and mark as sent"), self.copy),
            Key("", _("Write an e-mail and mark as sent"), self.mail),
            Key("print", _("Print the letter"), self.letter),
            Key("", _("Print all letters"), self.letters),
            Key("next", _("Mark as sent"), self.sent),
        ]

    def focus_first(self) -> None:
        """The list."""
        if self.table.current() is None:
            self.table.select_first()
        self.table.view.setFocus()

    def reload(self) -> None:
        """Whom to write to; who was written to today stands last."""
        now = self.program.now()
        found = self.program.read(lambda session: reminder_list.people(session, now))
        today = now.date()
        found.sort(key=lambda one: one.sent_on == today)
        self.table.set_rows([reminder_row(one, today) for one in found])
        left = sum(one.sent_on != today for one in found)
        told = ngettext("{n} person left today", "{n} people left today", left)
        self.card.set_title(_("To be reminded"), told.format(n=number(left)))
        self.counted.emit(left)
        self._show()

    def _person(self) -> Person | None:
        row = self.table.current()
        return row["person"] if row else None

    def _show(self) -> None:
        who = self._person()
        for part in (self.text, self.code, self.sent_button):
            part.setVisible(who is not None)
        if who is None:
            self.side.set_title(_("Choose a person at the left"))
            self.band.set("")
            self.how.setText("")
            return
        speaks = language.current()
        group = reminder_texts.group(who.audience)
        said, profile = self.program.read(
            lambda s: (reminder_texts.template(s, who.kind, group, speaks), house.profile(s))
        )
        self.side.set_title(who.name, who.unit or who.number)
        self.band.set(*warning(who, self.program.now().date()))
        self.text.setPlainText(reminder_texts.filled(said, who, profile, speaks))
        self._show_code()

    def _show_code(self) -> None:
        who = self._person()
        allowed = who is not None and who.consents and bool(who.phone)
        text = self.text.toPlainText()
        self.code.show_text(reminder_texts.whatsapp(who, text) if who and allowed else "")
        self.code.setVisible(allowed)
        self.sent_button.setEnabled(allowed)
        self.mail_button.setEnabled(who is not None and who.consents and bool(who.email))
        hint = _("Point the phone's camera at the code: WhatsApp opens with the text.")
        self.how.setText(hint if allowed else "")

    def address(self) -> str:
        """What the code says now."""
        who = self._person()
        return reminder_texts.whatsapp(who, self.text.toPlainText()) if who else ""

    # --- acts

    def next(self) -> None:
        """The next person."""
        self.table.step(1)

    def sent(self) -> None:
        """Enter: the chosen one was written to by phone."""
        who = self._person()
        if who is None:
            self.host.notice.look(_("Choose a person in the list first."))
        elif not who.phone:
            told = _("{name} has no mobile number; copy the text or print a letter.")
            self.host.notice.look(told.format(name=who.name))
        else:
            self._mark(who, "whatsapp")

    def mail(self) -> None:
        """The PC's mail program opens with the text; sending it is left to the person."""
        who = self._person()
        if who is None:
            self.host.notice.look(_("Choose a person in the list first."))
            return
        if not who.email:
            told = _("{name} has no e-mail address; copy the text or print a letter.")
            self.host.notice.look(told.format(name=who.name))
            return
        profile = self.program.read(house.profile)
        subject = _("Reminder of {library}").format(library=profile.name)
        address = reminder_texts.mail(who.email, subject, self.text.toPlainText())
        if not self._mark(who, "email"):
            return
        if not QDesktopServices.openUrl(QUrl.fromEncoded(address.encode())):
            self.host.notice.look(
                _("No mail program opened; copy the text instead (Ctrl+Shift+C).")
            )

    def copy(self) -> None:
        """The text is in the clipboard, for whatever program sends it."""
        who = self._person()
        if who is None:
            self.host.notice.look(_("Choose a person in the list first."))
            return
        text = self.text.toPlainText()
        if self._mark(who, "copied"):
            QGuiApplication.clipboard().setText(text)

    def _mark(self, who: Person, channel: str) -> bool:
        now = self.program.now()
        after = self._following(who)
        texts = {
            "whatsapp": _("Sent to {name}"),
            "copied": _("Text for {name} copied"),
            "email": _("E-mail for {name} opened"),
        }
        text = texts[channel]

        def act(session: Session) -> int:
            return reminders.mark_sent(session, who, channel, now).line

        done = self.act(act, text.format(name=who.name))
        if done and after is not None:
            self.table.select_ids([after])
        return done

    def _following(self, who: Person) -> Any:
        """Who is next: the first below, or above, not yet written to."""
        rows = self.table.rows()
        at = next(place for place, row in enumerate(rows) if row["person"] is who)
        today = self.program.now().date()
        left = [row["id"] for row in rows[at + 1 :] + rows[:at] if row["person"].sent_on != today]
        return left[0] if left else None

    def letter(self) -> None:
        """A letter to the chosen one, with the next number."""
        who = self._person()
        if who is None or who.kind != "overdue":
            self.host.notice.look(_("Choose somebody who has something overdue."))
        else:
            self._write([who])

    def letters(self) -> None:
        """To everybody whose next letter is for today."""
        today = self.program.now().date()
        people: list[Person] = [row["person"] for row in self.table.rows()]
        late = [one for one in people if one.wants_letter(today)]
        if late:
            self._write(late)
        else:
            self.host.notice.look(_("Nobody is left to whom a letter should go today."))

    def _write(self, people: list[Person]) -> None:
        from desktop.pages.letters import reminder_letter

        now = self.program.now()
        target = BytesIO()

        def act(session: Session) -> int:
            sent, line = reminders.mark_letters(session, people, now)
            pairs = [(who, one.number) for who, one in zip(people, sent, strict=True)]
            reminder_letter.write(target, session, pairs, now.date())
            return line

        try:
            line = self.program.write(act)
        except (Refusal, Fault) as told:
            self.host.notice.refused(refusal(told))
            return
        self.paper.emit(target.getvalue(), reminder_letter.file_name(now.date()), "paper")
        text = ngettext("{n} letter written", "{n} letters written", len(people))
        undo = partial(self.program.undo, self.host, line)
        self.host.notice.done(text.format(n=number(len(people))), undo)

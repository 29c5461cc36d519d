"""Reminders: whom to write to at the left, the text and its QR code at the right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from database.circulation import reminders
from database.circulation.reminder_list import Person
from database.circulation.reminders import Sent
from database.library import Session
from database.patrons import consents, mail_queue
from desktop.asking import Asker
from desktop.program import Program
from desktop.running import mailing
from desktop.screen import Key, Screen
from desktop.screens.tasks import letters, mails
from desktop.screens.tasks.list_out import ListOut
from desktop.screens.tasks.part import TaskPart
from desktop.screens.tasks.reminder_rows import listed, reminder_table, warning
from desktop.widgets.buttons import Button, MenuButton
from desktop.widgets.card import Band, Card
from desktop.widgets.inputs import AreaInput
from desktop.widgets.qr import Qr
from desktop.widgets.row import Row
from desktop.widgets.text import label
from desktop.words import reminder_rows, reminder_texts
from desktop.words.language import _, ngettext, number


class RemindersPart(TaskPart):
    """Enter marks the chosen one as sent and goes on to the next."""

    def __init__(self, program: Program, host: Screen) -> None:
        super().__init__(program, host)
        self._sends = False
        self._asker = Asker(program, host, self)
        self.table = reminder_table(self.sent, self._show)
        self.card = Card(_("To be reminded"), flush=True)
        self.card.body.addWidget(self.table, 1)
        self.lists = ListOut(program, host, self._everybody, self.paper.emit)
        self.mail_told = label("", "small")
        self.mails_button = Button(_("All by e-mail"), self.mails, small=True, needs="report")
        self.queue_button = Button(_("E-mails…"), self.show_mails, small=True)
        self.card.body.addLayout(self._foot())
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.card, 6)
        row.addWidget(self._side(), 5)
        self.column.addLayout(row, 1)

    def _foot(self) -> Row:
        foot = Row(gap=6)
        foot.setContentsMargins(14, 4, 14, 8)
        foot.addWidget(self.mail_told, 1)
        for button in (
            self.queue_button,
            self.mails_button,
            Button(_("Print list"), self.lists.print_list, small=True),
            Button(_("Save list…"), self.lists.ask_and_save, small=True, needs="export"),
        ):
            foot.addWidget(button)
        return foot

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
        self.agree_button = Button(_("Agreed now"), self.agree)
        self.more = MenuButton(
            _("More"),
            [
                (_("E-mail"), self.mail),
                (_("Copy text"), self.copy),
                (_("Letter"), self.letter),
                (_("All letters"), self.letters),
            ],
        )
        self.next_button = Button(_("Next"), self.next, key="later")
        self.mail_button, _copy, self.letter_button, _all = self.more.menu_of.actions()
        for button in (
            self.agree_button,
            self.sent_button,
            self.more,
            self.next_button,
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
            Key("", _("Print all letters"), self.letters, needs="report"),
            Key("next", _("Mark as sent"), self.sent),
            Key("", _("Write to all by e-mail"), self.mails, needs="report"),
            Key("", _("E-mails on their way"), self.show_mails),
            Key("", _("Record that the person agrees to reminders now"), self.agree),
            Key("", _("Print the list with telephones"), self.lists.print_list),
            Key("", _("Save the list with telephones…"), self.lists.ask_and_save, needs="export"),
        ]

    def focus_first(self) -> None:
        """The list."""
        if self.table.current() is None:
            self.table.select_first()
        self.table.view.setFocus()

    def reload(self) -> None:
        """Read behind the window where many are late, and shown."""
        now = self.program.now()
        self._asker.ask(lambda session: listed(session, now), self._show_people)
        self._show_mails(now)

    def _show_people(self, rows: list[dict[str, Any]]) -> None:
        self.table.set_rows(rows)
        left = sum(one.sent_on != self._today() for one in self._everybody())
        told = ngettext("{n} person left today", "{n} people left today", left).format(
            n=number(left)
        )
        self.card.set_title(_("To be reminded"), told)
        self.counted.emit(left)
        self._show()

    def _show_mails(self, now: datetime) -> None:
        """What waits at the post; without an account of its own the program sends nothing."""
        rows = self.program.read(lambda s: mail_queue.on_their_way(s, now))
        text, tone = mails.told(rows)
        self.mail_told.setText(text)
        self.queue_button.setVisible(bool(rows))
        self.queue_button.set_kind("primary" if tone == "warn" else "outlined")
        self._sends = self.program.read(mailing.account) is not None
        self.mails_button.setVisible(self._sends)

    def _everybody(self) -> list[Person]:
        return [row["person"] for row in self.table.rows()]

    def _person(self) -> Person | None:
        row = self.table.current()
        return row["person"] if row else None

    def _show(self) -> None:
        who = self._person()
        for part in (self.text, self.code, self.sent_button, self.next_button):
            part.setVisible(who is not None)
        self.agree_button.setVisible(who is not None and not who.consents)
        self.letter_button.setEnabled(who is not None and who.wants_letter(self._today()))
        if who is None:
            self.side.set_title(_("Choose a person at the left"))
            self.band.set("")
            self.how.setText("")
            return
        coming = reminder_rows.coming(who, self._today())
        self.side.set_title(who.name, " · ".join(filter(None, (who.unit or who.number, coming))))
        self.band.set(*warning(who, self._today()))
        self.text.setPlainText(self.program.read(lambda s: reminder_texts.of(s, who)))
        self._show_code()

    def _today(self) -> date:
        return self.program.now().date()

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
        elif not who.phone and who.consents:
            told = _("{name} has no mobile number; copy the text or print a letter.")
            self.host.notice.look(told.format(name=who.name))
        else:
            self._mark(who, "whatsapp")

    def mail(self) -> None:
        """By the hospital's account the program sends it itself; without one the PC's mail
        program opens with the text, and sending it is left to the person."""
        who = self._person()
        if who is None:
            self.host.notice.look(_("Choose a person in the list first."))
            return
        if not who.email and who.consents:
            told = _("{name} has no e-mail address; copy the text or print a letter.")
            self.host.notice.look(told.format(name=who.name))
            return
        subject, text = self.program.read(reminder_texts.subject), self.text.toPlainText()
        if self._sends:
            self._mark(
                who, "queued", lambda s, now: reminders.queue_mail(s, who, subject, text, now)
            )
            return
        address = reminder_texts.mail(who.email, subject, text)
        if not self._mark(who, "email"):
            return
        if not QDesktopServices.openUrl(QUrl.fromEncoded(address.encode())):
            self.host.notice.look(
                _("No mail program opened; copy the text instead (Ctrl+Shift+C).")
            )

    def mails(self) -> None:
        """An e-mail to everybody who should be reminded now and has an address."""
        today, now = self._today(), self.program.now()
        people = [one for one in self._everybody() if one.email and one.wants_reminder(today)]
        if not self._sends:
            self.host.notice.look(_("First set the e-mail account in Settings, E-mail."))
            return
        if not people:
            self.host.notice.look(_("Nobody is left to whom an e-mail should go today."))
            return

        def act(session: Session) -> int:
            subject = reminder_texts.subject(session)
            texts = [(one, subject, reminder_texts.of(session, one)) for one in people]
            return reminders.queue_mails(session, texts, now)[1]

        text = ngettext("{n} e-mail is on its way", "{n} e-mails are on their way", len(people))
        self.act(act, text.format(n=number(len(people))))

    def show_mails(self) -> None:
        """What waits, and what could not be sent."""
        mails.MailsDialog(self.program, self.host).exec()
        self.reload()

    def agree(self) -> None:
        """The chosen one has just said yes to reminders."""
        who, now = self._person(), self.program.now()
        if who is None:
            self.host.notice.look(_("Choose a person in the list first."))
            return

        def act(session: Session) -> int:
            return consents.give(session, who.patron_id, "reminders", _("said at the desk"), now)

        told = _("Recorded: {name} agrees to be reminded")
        if self.act(act, told.format(name=who.name)):
            self.table.select_ids([(who.patron_id, who.subject)])

    def copy(self) -> None:
        """The text is in the clipboard, for whatever program sends it."""
        who = self._person()
        if who is None:
            self.host.notice.look(_("Choose a person in the list first."))
            return
        text = self.text.toPlainText()
        if self._mark(who, "copied"):
            QGuiApplication.clipboard().setText(text)

    def _mark(
        self, who: Person, channel: str, send: Callable[[Session, datetime], Sent] | None = None
    ) -> bool:
        """Note that somebody was written to, or refuse with what can be done about it."""
        now = self.program.now()
        after = self._following(who)
        texts = {
            "whatsapp": _("Sent to {name}"),
            "copied": _("Text for {name} copied"),
            "email": _("E-mail for {name} opened"),
            "queued": _("E-mail for {name} is on its way"),
        }

        def act(session: Session) -> int:
            if send is not None:
                return send(session, now).line
            return reminders.mark_sent(session, who, channel, now).line

        agreed = None if who.consents else Key("step", _("Agreed now"), self.agree)
        line = self.program.attempt(self.host, act, agreed)
        if line is None:
            return False
        undo = partial(self.program.undo, self.host, line)
        self.host.notice.done(texts[channel].format(name=who.name), undo)
        if after is not None:
            self.table.select_ids([after])
        return True

    def _following(self, who: Person) -> Any:
        """Who is next: the first below, or above, not yet written to."""
        rows = self.table.rows()
        at = next(place for place, row in enumerate(rows) if row["person"] is who)
        today = self._today()
        left = [row["id"] for row in rows[at + 1 :] + rows[:at] if row["person"].sent_on != today]
        return left[0] if left else None

    def letter(self) -> None:
        """A letter to the chosen one, with the next number."""
        who = self._person()
        if who is None or who.kind != "overdue":
            self.host.notice.look(_("Choose somebody who has something overdue."))
        else:
            letters.write(self, [who])

    def letters(self) -> None:
        """To everybody whose next letter is for today."""
        today = self._today()
        late = [one for one in self._everybody() if one.wants_letter(today)]
        if late:
            letters.write(self, late)
        else:
            self.host.notice.look(_("Nobody is left to whom a letter should go today."))


def _queue(who: Person, subject: str, text: str, session: Session, now: datetime) -> Sent:
    return reminders.queue_mail(session, who, subject, text, now)

"""Ctrl+H: what was done in the last days, at every desk; any one act is taken back by itself where
nothing later stands on it."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtWidgets import QApplication

from database import undo
from database.library import Session
from database.policy import settings
from database.refusal import Fault, Refusal
from database.reports import acts
from database.reports.acts import ActRow
from database.undo import Undone
from desktop.program import Program
from desktop.screen import Screen
from desktop.widgets.card import Band
from desktop.widgets.dialog import Dialog
from desktop.widgets.line_edit import LineEdit
from desktop.widgets.pill import Pill, Tone
from desktop.widgets.table import Column, Table
from desktop.words.acts import BAD, GOOD, GRAVE, act_name
from desktop.words.language import N_, _, clock, date_short
from desktop.words.language import number as spoken
from desktop.words.sentences import refusal, shorten

WIDTH, HEIGHT = 1040, 420
_TONES: dict[Tone, frozenset[str]] = {"good": GOOD, "bad": BAD, "warn": GRAVE}


class ActsDialog(Dialog):
    """Enter, or the button, takes the chosen act back; a no is told here, with what stands on
    it. The list stays open for the next."""

    title, verb, nothing = N_("What was done"), N_("Undo"), N_("Nothing was done in these days.")

    def __init__(self, program: Program, screen: Screen) -> None:
        super().__init__(screen, _(self.title), _(self.verb), cancel_text=_("Close"), width=WIDTH)
        self._program = program
        self._rows: list[ActRow] = []
        self._zone = program.now().tzinfo
        self.told = Band("", "bad")
        self.wanted = LineEdit(_("Narrow by title, borrower, act, person or desk…"))
        self.wanted.textChanged.connect(lambda _text: self._show())
        self.table = Table(
            [
                Column(_("Day"), lambda row: date_short(row.at.astimezone(self._zone).date())),
                Column(_("Time"), lambda row: clock(row.at.astimezone(self._zone))),
                Column(_("Act"), _pill, kind="pill"),
                Column(_("Title"), _title, stretch=True),
                Column(_("Borrower"), lambda row: row.borrower),
                Column(_("Allowed because"), _why, optional=True),
                Column(_("By"), lambda row: row.actor, optional=True, muted=True),
                Column(_("Desk"), lambda row: row.desk, optional=True, muted=True),
            ],
            on_open=lambda row: self.try_accept(),
            empty=_(self.nothing),
            name=_(self.title),
        )
        self.table.setMinimumHeight(HEIGHT)
        self.body.addWidget(self.wanted)
        self.body.addWidget(self.told)
        self.body.addWidget(self.table)
        self.reload()
        self.table.setFocus()

    def reload(self) -> None:
        """Read the days anew."""
        self._rows = self._program.read(self.rows)
        self._show()

    def rows(self, session: Session) -> list[ActRow]:
        """What is listed."""
        days = timedelta(days=settings.get(session, settings.UNDO_DAYS))
        begin = (self._program.now() - days).replace(hour=0, minute=0, second=0, microsecond=0)
        return acts.since(session, begin, undo.INVERTIBLE)

    def _show(self) -> None:
        wanted = self.wanted.text().casefold().split()
        rows = [row for row in self._rows if all(word in _said(row) for word in wanted)]
        self.table.set_rows(rows)
        if rows and self.table.current() is None:
            self.table.select_first()
        self.accept_button.setEnabled(bool(rows))

    def ready(self) -> bool:
        """Take back the chosen one."""
        row = self.table.current()
        if row is None or row.undone:
            self.told.set(_("Choose an act that stands.") if row else "", "info")
            return False
        self.told.set(_("Taking it back; this may take a while…"), "info")
        QApplication.processEvents()
        self.take_back(row)
        return False

    def take_back(self, row: ActRow) -> None:
        """The whole act."""
        self._program.acts.take_back(row.id, self._done, self._refused)

    def _done(self, done: Undone) -> None:
        title = shorten(done.title, 60)
        self.told.set(_("Undone: {title}").format(title=title) if title else _("Undone."), "good")
        self.reload()

    def _refused(self, told: Refusal | Fault) -> None:
        self.told.set(refusal(told), "bad")


class BinDialog(ActsDialog):
    """Titles and copies that were struck or withdrawn, memberships that were ended: for ninety
    days each is brought back as it was."""

    title, verb = N_("Bin"), N_("Bring back")
    nothing = N_("Nothing was taken away in the last 90 days.")

    def take_back(self, row: ActRow) -> None:
        """Of the act only this one record."""
        program = self._program
        try:
            done = program.write(lambda session: undo.undo(session, row.id, program.now()))
        except (Refusal, Fault) as told:
            self._refused(told)
            return
        self._done(done)

    def rows(self, session: Session) -> list[ActRow]:
        """What was taken away and not brought back."""
        return acts.binned(session, self._program.now())


def _pill(row: ActRow) -> Pill:
    if row.undone:
        return Pill(_("Undone"), "plain")
    own = (tone for tone, actions in _TONES.items() if row.action in actions)
    return Pill(act_name(row.action), next(own, "info"))


def _title(row: ActRow) -> str:
    title = shorten(row.title, 80)
    return f"{title} (+{spoken(row.of - 1)})" if row.of > 1 and title else title


def _why(row: ActRow) -> str:
    return "; ".join(words for _reason, words in row.allowed)


def _said(row: ActRow) -> str:
    """All that a row can be narrowed by."""
    parts = (row.title, row.borrower, act_name(row.action), row.actor, row.desk, _why(row))
    return " ".join(parts).casefold()

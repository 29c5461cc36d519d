"""A round being entered: a ward's card, then its books, one scan after the other."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from database.circulation import discharge
from database.patrons.finding import PatronRow
from database.policy import quarantine_rules
from database.policy.quarantine_rules import Verdict
from database.refusal import Fault, Refusal
from database.text.dates import local_day
from database.wards import rounds
from database.wards.rounds import Entered, RoundRow
from desktop.program import Program
from desktop.screen import Key, Screen
from desktop.screens.wards.round_told import RoundAct, act_pill, due_text, entered_text, sums
from desktop.widgets.avatar import Avatar
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card
from desktop.widgets.pill import Pill
from desktop.widgets.scan_box import ScanBox
from desktop.widgets.table import Column, Table
from desktop.widgets.text import Elided, label
from desktop.words.language import _, clock, date_long, date_short, ngettext, number
from desktop.words.sentences import refusal

LEFT_PX = 318


class RoundEntry(QWidget):
    """Signal `finished` when the round is closed or put aside."""

    finished = Signal()

    def __init__(self, program: Program, host: Screen) -> None:
        super().__init__()
        self.program, self.host = program, host
        self.round: RoundRow | None = None
        self.place: PatronRow | None = None
        self._acts: list[RoundAct] = []
        self._rests: dict[int, Verdict] = {}
        self.scan_box = ScanBox(_("Scan the card of a ward or bed, then its books…"))
        self.scan_box.scanned.connect(self.scan)
        self._face, self._name = Avatar(), label("", "cardTitle", wrap=True)
        self._about, self._sums = Elided("", "small"), label("", "muted", wrap=True)
        self._arrange()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self.scan_box, 1)
        top.addWidget(Button(_("Put aside"), self.finished.emit, key="back"))
        top.addWidget(Button(_("Finish the round"), self.close_round, key="save", kind="primary"))
        column.addLayout(top)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._side())
        row.addLayout(self._lists(), 1)
        column.addLayout(row, 1)

    def _side(self) -> Card:
        card = Card()
        card.be_side(LEFT_PX)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._face)
        words = QVBoxLayout()
        words.addWidget(self._name)
        words.addWidget(self._about)
        head.addLayout(words, 1)
        card.body.addLayout(head)
        card.body.addWidget(self._sums)
        card.body.addStretch(1)
        return card

    def _lists(self) -> QVBoxLayout:
        self.acts_card = Card(_("This round"), flush=True)
        self.acts = Table(
            [
                Column(_("Ward"), lambda act: act.entered.place.name, strong=True),
                Column(_("Act"), act_pill, kind="pill"),
                Column(_("Title"), lambda act: act.entered.title, stretch=True),
                Column(_("Copy"), lambda act: act.entered.barcode),
                Column(_("Due"), due_text, optional=True),
            ],
            empty=_("A book scanned on its ward comes back; any other is lent to the ward."),
            name=_("This round"),
        )
        self.acts_card.body.addWidget(self.acts)
        self.there_card = Card(_("On this ward"), flush=True)
        self.there = Table(
            [
                Column(_("Title"), "title", stretch=True),
                Column(_("Copy"), "barcode"),
                Column(_("Due"), lambda loan: date_short(loan.due_on)),
                Column(_("Back from here"), lambda loan: self._resting(loan.id), kind="pill"),
            ],
            empty=_("Nothing is out here."),
            name=_("On this ward"),
        )
        self.there_card.body.addWidget(self.there)
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addWidget(self.acts_card, 1)
        column.addWidget(self.there_card, 1)
        return column

    def _resting(self, loan_id: int) -> Pill:
        """What a copy needs once it is back."""
        found = self._rests.get(loan_id, Verdict())
        if found.stays_out:
            return Pill(_("isolation: stays"), "bad")
        if found.hours:
            hours = ngettext("quarantine {n} hour", "quarantine {n} hours", found.hours)
            return Pill(hours.format(n=number(found.hours)), "warn")
        return Pill(_("to the shelf"), "plain")

    def keys(self) -> list[Key]:
        """Those of a round."""
        return [
            Key("save", _("Finish the round"), self.close_round),
            Key("back", _("Put aside; the round stays open"), self.finished.emit),
        ]

    def focus_first(self) -> None:
        """The box that is scanned into."""
        self.scan_box.line.setFocus()

    def show_round(self, round_id: int) -> None:
        """Enter this one."""
        if self.round is None or self.round.id != round_id:
            self._acts, self.place = [], None
        self.round = self.program.read(lambda session: rounds.one(session, round_id))
        self.reload()

    def reload(self) -> None:
        """What the round did so far, and what lies on the open ward."""
        if self.round is None:
            return
        number_ = self.round.id
        self.round = self.program.read(lambda session: rounds.one(session, number_))
        place = self.place
        self._face.set_name(place.name if place else "")
        self._name.setText(place.name if place else _("No ward open yet"))
        self._about.set_text(place.number if place else _("Scan its card on the wall"))
        self._sums.setText(sums(self.round))
        loans = (
            self.program.read(lambda session: discharge.open_loans(session, place.id))
            if place
            else []
        )
        self._rests = self.program.read(
            lambda session: quarantine_rules.verdicts(session, [loan.id for loan in loans])
        )
        self.there.set_rows(loans)
        self.there_card.set_title(_("On this ward"), number(len(loans)) if place else "")
        self.acts.set_rows(self._acts)
        day = date_long(local_day(self.round.held_at))
        self.acts_card.set_title(_("This round"), f"{day} · {_clock(self)}")

    def scan(self, code: str) -> None:
        """One scan of the round."""
        if self.round is None or not code.strip():
            return
        number_, place, now = self.round.id, self.place, self.program.now()
        try:
            done = self.program.write(
                lambda session: rounds.scan(session, number_, place, code, now)
            )
        except (Refusal, Fault) as told:
            self.host.notice.refused(refusal(told))
            self.focus_first()
            return
        self.place = done.place
        if done.line is None:
            self.host.notice.done(_("Open: {ward}").format(ward=done.place.name))
        else:
            self._acts.insert(0, RoundAct(done.line, now, done))
            self._tell(done, done.line)
        self.reload()
        self.focus_first()

    def _tell(self, done: Entered, line: int) -> None:
        """What must not go back on the trolley's shelf stays to be read."""
        back = done.done if done.act == "returned" else None
        if back is not None and (back.until or "stays_out" in back.notes):
            self.host.notice.look(entered_text(done))
        else:
            self.host.notice.done(entered_text(done), partial(self._undo, line))

    def _undo(self, line: int) -> None:
        self.program.undo(self.host, line)
        for act in self._acts:
            act.undone = act.undone or act.id == line
        self.reload()
        self.focus_first()

    def close_round(self) -> None:
        """The round is over."""
        if self.round is None:
            return
        number_, now = self.round.id, self.program.now()
        line = self.program.attempt(self.host, lambda session: rounds.close(session, number_, now))
        if line is None:
            return
        told = _("Round finished: {sums}").format(sums=sums(self.round))
        self.host.notice.done(told, partial(self.program.undo, self.host, line))
        self.round = None
        self.finished.emit()


def _clock(entry: RoundEntry) -> str:
    assert entry.round is not None
    return clock(entry.round.held_at.astimezone(entry.program.now().tzinfo))

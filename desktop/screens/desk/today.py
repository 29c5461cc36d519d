"""What was done at the desk today; any one act is taken back by itself where nothing later
stands on it."""

from __future__ import annotations

from database import undo
from database.refusal import Fault, Refusal
from database.undo import ActRow
from desktop.screens.desk.host import Desk
from desktop.widgets.card import Band
from desktop.widgets.dialog import Dialog
from desktop.widgets.pill import Pill, Tone
from desktop.widgets.table import Column, Table
from desktop.words.language import N_, _, clock
from desktop.words.sentences import refusal, shorten

_WORDS: dict[str, tuple[str, Tone]] = {
    "loan.checked_out": (N_("Lent"), "good"),
    "loan.returned": (N_("Returned"), "info"),
    "loan.renewed": (N_("Renewed"), "good"),
    "loan.moved": (N_("Moved"), "info"),
    "loan.lost": (N_("Lost"), "bad"),
    "loan.given": (N_("Given away"), "plain"),
    "round.scanned": (N_("Round"), "info"),
    "discharge.done": (N_("Went home"), "info"),
    "item.found_again": (N_("Found"), "good"),
    "item.damaged": (N_("To repair"), "warn"),
    "item.used": (N_("Read here"), "plain"),
    "item.wiped": (N_("Wiped"), "plain"),
    "quarantine.shelved": (N_("Shelved"), "plain"),
    "visit.counted": (N_("Visitor"), "plain"),
    "visit.day_corrected": (N_("Visitors corrected"), "plain"),
    "hold.placed": (N_("Hold"), "info"),
    "hold.cancelled": (N_("Hold cancelled"), "plain"),
    "hold.ready": (N_("Laid ready"), "good"),
    "hold.moved": (N_("Hold moved"), "plain"),
    "hold.expired": (N_("Hold expired"), "plain"),
    "charge.paid": (N_("Paid"), "good"),
    "charge.waived": (N_("Waived"), "warn"),
    "charge.refunded": (N_("Paid back"), "warn"),
    "suspension.lifted": (N_("Suspension lifted"), "warn"),
    "reminder.sent": (N_("Reminder"), "plain"),
    "reminder.letters": (N_("Letters"), "plain"),
    "day.closed": (N_("Day closed"), "info"),
}


class TodayDialog(Dialog):
    """Enter, or the button, takes the chosen act back; a no is told here."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Today's acts"), _("Undo"), cancel_text=_("Close"), width=760)
        self._desk = desk
        self.told = Band("", "bad")
        self.table = Table(
            [
                Column(_("Time"), lambda row: clock(row.at.astimezone(desk.program.now().tzinfo))),
                Column(_("Act"), _pill, kind="pill"),
                Column(_("Title"), lambda row: shorten(row.title, 80), stretch=True),
                Column(_("By"), lambda row: row.actor, optional=True, muted=True),
            ],
            on_open=lambda row: self.try_accept(),
            empty=_("Nothing was done today."),
            name=_("Today's acts"),
        )
        self.table.setMinimumHeight(340)
        self.body.addWidget(self.told)
        self.body.addWidget(self.table)
        self.reload()

    def reload(self) -> None:
        """Read the day anew."""
        now = self._desk.program.now()
        rows = self._desk.program.read(lambda s: undo.today(s, _WORDS, now))
        self.table.set_rows(rows)
        if rows and self.table.current() is None:
            self.table.select_first()
        self.accept_button.setEnabled(bool(rows))

    def ready(self) -> bool:
        """Take back the chosen one; the list stays open for the next."""
        row = self.table.current()
        if row is None or row.undone:
            self.told.set(_("Choose an act that stands.") if row else "", "info")
            return False
        program = self._desk.program
        try:
            program.write(lambda s: undo.undo(s, row.id, program.now()))
        except (Refusal, Fault) as told:
            self.told.set(refusal(told), "bad")
            return False
        self.told.set(_("Undone: {title}").format(title=shorten(row.title, 60)), "good")
        self._desk.mark_undone(row.id)
        self.reload()
        return False


def _pill(row: ActRow) -> Pill:
    word, tone = _WORDS[row.action]
    return Pill(_("Undone"), "plain") if row.undone else Pill(_(word), tone)

"""Staff: who works here, what each may do, and whether the program asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QHBoxLayout

from database.accounts import accounts
from database.accounts.accounts import AccountFacts
from database.engine.whole_file import write_whole
from database.library import Session
from database.refusal import Fault, Trouble
from database.rights import Role
from desktop import pc
from desktop.file_names import safe, with_ending
from desktop.program import Program
from desktop.running import signing
from desktop.screen import Screen
from desktop.screens.settings.listed import ListSection
from desktop.widgets.buttons import Button
from desktop.widgets.dialog import confirm
from desktop.widgets.fields import ANY_CODE
from desktop.widgets.form import CheckBox, Field, SecretField
from desktop.widgets.pill import Pill
from desktop.widgets.table import Column
from desktop.widgets.text import label
from desktop.words.codes import ROLE_NAMES
from desktop.words.language import N_, _
from desktop.words.sentences import refusal

MEANS = {
    Role.HEAD: N_("Head: signs, closes months, names staff"),
    Role.LIBRARIAN: N_("Librarian: the day's work and settings"),
    Role.HELPER: N_("Helper: lends, takes back, enrols"),
    Role.READER: N_("Reader of reports: figures only"),
}


class StaffSection(ListSection):
    """The list of accounts, and the switch above it."""

    ordered = False

    def __init__(self, screen: Screen, program: Program) -> None:
        super().__init__(
            screen,
            program,
            _("Staff accounts"),
            _(
                "Off, whoever sits here may do everything, as on a PC of one's own. On, everybody "
                "signs in with a PIN, the screen closes by itself, and the journal has names. Turn "
                "it on where several work here, and with a server always."
            ),
            [
                Column(_("Name"), "name", stretch=True, strong=True),
                Column(_("May"), "may", muted=True, stretch=True),
                Column("", "state", kind="pill"),
            ],
            _("Nobody yet. Add yourself first, as head and librarian, with a PIN."),
        )
        self.said = label("", wrap=True)
        self.switch = Button("", self._turn, small=True)
        self.sheet = Button(_("New recovery sheet…"), self._new_sheet, small=True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.said, 1)
        row.addWidget(self.sheet)
        row.addWidget(self.switch)
        self.body.insertLayout(2, row)

    # --- the list

    def load(self) -> None:
        """Read the list and the switch."""
        super().load()
        on = signing.wanted(self.program)
        self.said.setText(_("The program asks who works.") if on else _("The program asks nobody."))
        self.switch.set_text(_("Ask nobody any more…") if on else _("Ask who works…"))
        self.sheet.setVisible(on)

    def rows(self, session: Session) -> list[dict[str, Any]]:
        """Everybody who may sign in."""
        return [_row(one) for one in accounts.listed(session)]

    def fields(self) -> list[Field | Sequence[Field]]:
        """Who somebody is."""
        return self._asked(_("none yet"))

    def fields_to_change(self) -> list[Field | Sequence[Field]]:
        """A PIN that is left empty stays as it is."""
        return self._asked(_("unchanged"))

    def _asked(self, secret: str) -> list[Field | Sequence[Field]]:
        return [
            Field("name", _("Name"), required=True),
            *(CheckBox(role.value, _(means)) for role, means in MEANS.items()),
            [
                SecretField("secret", _("New PIN or password"), placeholder=secret),
                Field("card", _("Card to scan"), placeholder=_("none"), takes=ANY_CODE),
            ],
        ]

    def usual(self) -> dict[str, Any]:
        """The first is usually both; whoever comes later helps."""
        first = not self.table.rows()
        roles = {role.value: first and role in (Role.HEAD, Role.LIBRARIAN) for role in Role}
        roles[Role.HELPER.value] = not first
        return {"name": "", "secret": "", "card": "", **roles}

    def write(
        self,
        session: Session,
        chosen: int | None,
        values: Mapping[str, Any],
        read: Mapping[str, Any],
    ) -> int:
        """Add or change one."""
        roles = tuple(role for role in Role if values[role.value])
        facts = AccountFacts(
            values["name"] or "", roles, values["secret"] or "", values["card"] or ""
        )
        if chosen is None:
            return accounts.add(session, facts, self.program.now())
        return accounts.save(session, chosen, facts, self.program.now())

    def write_removal(self, session: Session, chosen: int) -> int:
        """Nobody signs in with it any more."""
        return accounts.end(session, chosen, self.program.now())

    # --- the switch

    def _turn(self) -> None:
        if signing.wanted(self.program):
            self._turn_off()
        else:
            self._turn_on()

    def _turn_on(self) -> None:
        title, text = (
            _("Ask who works?"),
            _(
                "From now on everybody signs in, here and at every other PC of this library. A "
                "recovery sheet is made: print it and put it into the safe."
            ),
        )
        if not confirm(self, title, text, _("Ask")):
            return
        code = self.program.attempt(self.owner, lambda s: accounts.switch_on(s, self.program.now()))
        if code is None:
            return
        self._keep_sheet(code)
        self.load()
        # Once this click is over: the sign-in is the first of everybody's.
        QTimer.singleShot(0, self._sign_in)

    def _sign_in(self) -> None:
        curtain = getattr(self.window(), "curtain", None)
        if curtain is not None:
            curtain.draw()
            curtain.lift()

    def _turn_off(self) -> None:
        title = _("Ask nobody any more?")
        text = _("Whoever sits here may then do everything. The accounts stay.")
        if not confirm(self, title, text, _("Ask nobody"), danger=True):
            return
        now = self.program.now()

        def act(session: Session) -> bool:
            accounts.switch_off(session, now)
            return True

        if self.program.attempt(self.owner, act):
            self.program.library.account = None
            self.load()

    def _new_sheet(self) -> None:
        code = self.program.attempt(self.owner, accounts.new_recovery)
        if code is not None:
            self._keep_sheet(code)

    def _keep_sheet(self, code: str) -> None:
        from desktop.pages.letters import recovery_sheet

        target, now = BytesIO(), self.program.now()
        self.program.read(partial(_write, recovery_sheet.write, target, code, now))
        name = recovery_sheet.file_name(now)
        where = self.ask_path(name)
        told = _("Recovery code, shown once: {code}").format(code=code)
        if where is not None:
            try:
                write_whole(where, target.getvalue())
                told = _("Saved: {title}. Print it, put it into the safe, delete the file.").format(
                    title=where.name
                )
            except OSError:
                fault = Fault(Trouble.FILE_UNWRITABLE, where=str(where))
                self.owner.notice.refused(refusal(fault))
        self.owner.notice.look(told)

    def ask_path(self, name: str) -> Path | None:
        """Where the sheet goes; None for nowhere: then the code is told in the strip."""
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Save the recovery sheet"), str(pc.documents() / safe(name, ".pdf")),
            "PDF (*.pdf)",
        )  # fmt: skip
        return with_ending(chosen, ".pdf") if chosen else None


def _write(write: Any, target: BytesIO, code: str, now: Any, session: Session) -> None:
    write(target, session, code, now)


def _row(one: accounts.AccountRow) -> dict[str, Any]:
    roles = one.roles.split(",")
    state = Pill(_("has a PIN"), "good") if one.has_secret else Pill(_("no PIN yet"), "warn")
    return {
        "id": one.id,
        "name": one.name,
        "may": ", ".join(_(ROLE_NAMES[role]) for role in roles),
        "secret": "",
        "card": one.card or "",
        "state": state,
        **{role.value: role in roles for role in Role},
    }

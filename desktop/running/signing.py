"""Asking who works: at the start, after the curtain, and for one act by another's PIN."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QApplication, QWidget

from database.accounts import accounts, signing
from database.policy import house
from database.refusal import Fault, Refusal
from database.rights import Right, SignedIn, of_roles
from desktop import pc
from desktop.program import Program
from desktop.widgets.buttons import Button
from desktop.widgets.dialog import Dialog
from desktop.widgets.form import Choice, Field, Form, SecretField
from desktop.widgets.form_dialog import FormDialog
from desktop.words.codes import ROLE_NAMES
from desktop.words.language import _
from desktop.words.sentences import refusal, who_may

_IDLE = 5
"""Minutes."""
_REMEMBERED = 8


class SignInDialog(Dialog):
    """A name and its PIN, or a card; `account` is who it is, None for nobody yet.

    `able` are the rights one of which is wanted: only who has it is named.
    """

    def __init__(
        self, program: Program, parent: QWidget | None, title: str, verb: str, right: Right | None
    ) -> None:
        super().__init__(parent, title, verb, width=420)
        self.program, self.account = program, None
        rows = program.read(accounts.listed)
        self._named = [one for one in rows if right is None or right in of_roles(one.roles)]
        options = [(one.id, one.name) for one in self._named]
        self.form = Form(
            [
                Choice("who", _("Name"), options=options, required=True, placeholder=_("Choose…")),
                SecretField("secret", _("PIN or password, or scan your card"), required=True),
            ]
        )
        self.body.addWidget(self.form)
        forgotten = Button(_("PIN forgotten…"), self._recover, kind="quiet", small=True)
        forgotten.setAutoDefault(False)
        self.buttons.insertWidget(0, forgotten)
        self.accept_button.setDefault(True)
        last = _last(program, options)
        self.form.set_values({"who": last, "secret": ""})
        self.form.focus("who" if last is None else "secret")
        self.form.ended.connect(self.try_accept)

    account: SignedIn | None

    def ready(self) -> bool:
        """Whether that is somebody; else it is said, and the PIN is typed anew."""
        values = self.form.values()
        secret = values["secret"] or ""
        if self.take_scan(secret, "card"):
            return self.account is not None
        if not self.form.validate():
            return False
        try:
            self.account = signing.sign_in(
                self.program.library, values["who"], secret, self.program.now()
            )
        except (Refusal, Fault) as told:
            self.form.set_values({**values, "secret": ""})
            self.say(refusal(told))
            self.form.focus("secret")
            return False
        return True

    def take_scan(self, code: str, kind: str) -> bool:
        """A card of the staff: enough for a helper, the name for everybody else."""
        found = signing.by_card(self.program.library, code)
        if found is None or found[0].id not in {one.id for one in self._named}:
            return False
        account, enough = found
        self.form.set_values({"who": account.id, "secret": ""})
        self.form.focus("secret")
        if enough:
            self.account = account
            self.accept()
        return True

    def _recover(self) -> None:
        dialog = RecoverDialog(self.program, self)
        if dialog.exec():
            self.account = dialog.account
            self.accept()


class RecoverDialog(FormDialog):
    """The code of the sheet in the safe, and a new PIN for the head of the library."""

    def __init__(self, program: Program, parent: QWidget) -> None:
        hint = _(
            "Type the code of the recovery sheet that lies in the safe. The head of the library "
            "gets the new PIN; print a new sheet afterwards, for this code is used up."
        )
        fields = [
            Field("code", _("Recovery code"), required=True),
            SecretField("secret", _("New PIN or password"), required=True),
        ]
        super().__init__(parent, _("PIN forgotten"), _("Set the new PIN"), fields, {}, hint=hint)
        self.program = program
        self.account: SignedIn | None = None

    def ready(self) -> bool:
        """Whether the code was right."""
        if not super().ready():
            return False
        values = self.form.values()
        try:
            self.account = signing.recover(
                self.program.library, values["code"], values["secret"], self.program.now()
            )
        except (Refusal, Fault) as told:
            self.say(refusal(told))
            return False
        return True


def wanted(program: Program) -> bool:
    """Whether this library asks who works."""
    return program.read(accounts.is_on)


def who_works(program: Program, parent: QWidget | None = None) -> SignedIn | None:
    """Ask for a name and PIN; None where nobody said."""
    dialog = SignInDialog(program, parent, _("Who is working?"), _("Begin"), None)
    return dialog.account if dialog.exec() else None


def who_answers(program: Program, told: Refusal) -> SignedIn | None:
    """Ask for the PIN of somebody who may do this one act; None where it is left."""
    right: Right = told.facts["right"]
    title = _("Needs {roles}").format(roles=who_may(right))
    dialog = SignInDialog(
        program, QApplication.activeModalWidget() or QApplication.activeWindow(), title,
        _("Allow this once"), right,
    )  # fmt: skip
    return dialog.account if dialog.exec() else None


def work_as(program: Program, account: SignedIn) -> None:
    """From now on everything is done by them; what another did is not theirs to undo by a key."""
    if program.library.account is None or program.library.account.id != account.id:
        program.acts.begin_anew()
    program.library.account = account
    before = [one for one in _worked(program) if one != account.name]
    program.pc.put(pc.LAST_WORKED, "\n".join([account.name, *before][:_REMEMBERED]))


def _worked(program: Program) -> list[str]:
    """The names of those who signed in on this PC, the last first."""
    return [one for one in program.pc.get(pc.LAST_WORKED).split("\n") if one]


def begin(program: Program) -> bool:
    """At the start: ask, where the library asks; whether the program may go on. An act that its
    doer may not do can be answered for by somebody who may."""
    program.acts.answers = partial(who_answers, program)
    if not wanted(program):
        return True
    account = who_works(program)
    if account is not None:
        work_as(program, account)
    return account is not None


def unlock(program: Program, window: QWidget, renew: Callable[[str], object]) -> bool:
    """Behind the curtain: whether it may be lifted. Somebody else gets a window of their own."""
    if not wanted(program):
        return True
    before = program.library.account
    account = who_works(program, QApplication.activeModalWidget() or window)
    if account is None:
        return False
    work_as(program, account)
    if before is None or before.id != account.id:
        renew("")
    return True


def idle_minutes(program: Program) -> int:
    """After how long the curtain falls: as this PC chose; where people sign in never never."""
    chosen = program.pc.get(pc.BLANK_AFTER)
    return chosen or (_IDLE if program.library.account else 0)


def shown(program: Program) -> tuple[str, str]:
    """Who works here, and what they are, as the window tells it; where nobody is asked, who signs
    for the library."""
    account = program.library.account
    if account is None:
        day = program.now().date()
        signer = program.read(lambda session: house.signer(session, "librarian", day))
        return signer.name if signer else "", _("Librarian")
    return account.name, ", ".join(_(ROLE_NAMES[role]) for role in account.roles.split(","))


def _last(program: Program, options: list[tuple[int, str]]) -> int | None:
    """Who works here, else who worked on this PC last, of those that are named; nobody where none
    of them did and there are several: a name that only begins the alphabet is a trap."""
    here = program.library.account
    known = {name: one for one, name in options}
    if here is not None and here.id in known.values():
        return here.id
    worked = (known[name] for name in _worked(program) if name in known)
    return next(worked, options[0][0] if len(options) == 1 else None)

"""A patient goes home: what becomes of each open loan is chosen, and nothing holds it up."""

from __future__ import annotations

from functools import partial

from database.circulation import discharge
from database.circulation.discharge import OpenLoan, Outcome
from database.patrons import finding
from desktop.forms.act_dialog import ActDialog
from desktop.program import Program
from desktop.screen import Screen
from desktop.widgets.form import Choice, Form
from desktop.words.language import N_, _, date_short, ngettext, number
from desktop.words.sentences import shorten

_WORDS = {
    Outcome.RETURNED: N_("returned"),
    Outcome.GIVEN: N_("given away"),
    Outcome.FOLLOWS: N_("will follow"),
    Outcome.LOST: N_("lost"),
}


class DischargeDialog(ActDialog):
    """Each open loan with its outcome: returned unless another is chosen, lost where it was to
    follow for too long."""

    def __init__(self, program: Program, host: Screen, patron_id: int) -> None:
        super().__init__(program, host, _("Going home"), _("Finish"), width=760)
        self._patron_id = patron_id
        patron = program.read(lambda session: finding.one(session, patron_id))
        self._loans = program.read(
            lambda session: discharge.open_loans(session, patron_id, program.now().date())
        )
        self._person = patron is not None and patron.kind == "person"
        self.build(self._form(), self._note(patron.name if patron else ""))
        self.accept_button.setDefault(True)
        if self._loans:
            self.form.focus(str(self._loans[0].id))

    def _note(self, name: str) -> str:
        if not self._loans:
            text = _("{name} has nothing on loan.")
            return text.format(name=name) + (" " + self._ends() if self._person else "")
        text = ngettext(
            "{name} has {n} copy. Nothing is billed.",
            "{name} has {n} copies. Nothing is billed.",
            len(self._loans),
        )
        return text.format(name=name, n=number(len(self._loans))) + (
            " " + self._ends() if self._person else ""
        )

    def _ends(self) -> str:
        return _("The membership ends when nothing is left to follow.")

    def _form(self) -> Form:
        fields = [_choice(loan) for loan in self._loans]
        form = Form([fields[at : at + 2] for at in range(0, len(fields), 2)])
        form.set_values(
            {str(one.id): Outcome.LOST if one.lost else Outcome.RETURNED for one in self._loans}
        )
        return form

    def act(self) -> None:
        """End the loans and say how."""
        wanted = {int(key): Outcome(value) for key, value in self.form.values().items()}
        patron_id, now = self._patron_id, self.program.now()
        line = self.program.write(
            lambda session: discharge.discharge(session, patron_id, wanted, now)
        )
        counted = [
            f"{list(wanted.values()).count(one)} {_(_WORDS[one])}"
            for one in Outcome
            if one in wanted.values()
        ]
        told = _("Went home: {outcomes}").format(outcomes=", ".join(counted) or _("nothing open"))
        self.host.notice.done(told, partial(self.program.undo, self.host, line))


def _choice(loan: OpenLoan) -> Choice:
    """What may become of a loan; a copy of another's, or a dear one, is never given away."""
    possible = [one for one in Outcome if one is not Outcome.GIVEN or loan.may_be_given]
    name = f"{shorten(loan.title, 40)} · {loan.barcode} · {date_short(loan.due_on)}"
    options = [(one.value, _(_WORDS[one])) for one in possible]
    return Choice(str(loan.id), name, options=options, required=True)

"""One partner whose catalogue is to be kept: its name as the registers have it, how it is
reached."""

from __future__ import annotations

from collections.abc import Callable

from database.neighbours import neighbours
from database.refusal import Reason
from desktop.acts import once
from desktop.forms.act_dialog import ActDialog
from desktop.program import Program
from desktop.screen import Screen
from desktop.widgets.form import Choice, Field, Form, OpenChoice
from desktop.words.language import N_, _

WAYS = {
    neighbours.OAI: N_("fetched over the network (OAI-PMH)"),
    neighbours.FILE: N_("brought as a file of records"),
}


class NeighbourDialog(ActDialog):
    """`added(id, kind)` once it stands among the partners."""

    wrong = {Reason.NAME_TAKEN: "name"}

    def __init__(self, program: Program, host: Screen, added: Callable[[int, str], object]) -> None:
        super().__init__(program, host, _("A partner's catalogue"), _("Add"), width=620)
        self._added = added
        ways = [(key, _(name)) for key, name in WAYS.items()]
        self.build(
            Form(
                [
                    OpenChoice(
                        "name",
                        _("Partner"),
                        required=True,
                        options=program.read(neighbours.partners),
                        help=_("As in the registers: a request for a loan is written to it."),
                    ),
                    Choice("kind", _("Its catalogue is"), options=ways, required=True),
                    Field(
                        "address",
                        _("Address (OAI-PMH)"),
                        placeholder="https://perpustakaan.example/oai",
                        help=_("Ask the partner for it; of another Selasar it ends in /oai."),
                    ),
                    Field(
                        "part",
                        _("Set"),
                        help=_("Only a part of the catalogue, such as “book”; empty for all."),
                    ),
                ]
            ),
            _("It is kept beside ours and searched with it; it never counts among our titles."),
        )
        self.form.set_values({"kind": neighbours.OAI})
        self.form.changed.connect(lambda _key: self._show())
        self._show()

    def _show(self) -> None:
        fetched = self.form.value("kind") == neighbours.OAI
        for key in ("address", "part"):
            self.form.set_shown(key, fetched)

    def act(self) -> None:
        """Add it; its catalogue is fetched afterwards."""
        value, now = self.form.value, self.program.now()
        kind = str(value("kind"))
        fetched = kind == neighbours.OAI
        address = str(value("address") or "") if fetched else ""
        part = str(value("part") or "") if fetched else ""
        name = str(value("name") or "")
        number = self.program.write(
            lambda session: neighbours.add(session, name, kind, address, part, now), once
        )
        self._added(number, kind)

"""A dialog that acts before it closes: what is refused is told in it, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, ClassVar

from database.refusal import Fault, Reason, Refusal
from database.text import own_values
from desktop.program import Program
from desktop.screen import Screen
from desktop.widgets.card import Band
from desktop.widgets.dialog import Dialog
from desktop.widgets.form import Form
from desktop.widgets.text import label
from desktop.words.language import _
from desktop.words.sentences import refusal

_OWN = "own:"
_TAKEN = {Reason.BARCODE_TAKEN: "barcode", Reason.ACCESSION_TAKEN: "accession_number"}


def show_wrong(form: Form, told: Refusal | Fault, names: Mapping[Any, str]) -> bool:
    """Mark the field a refusal is about, and go there; False if it is about none."""
    if not isinstance(told, Refusal):
        return False
    key = names.get(told.reason) or str(told.facts.get("field", ""))
    if key not in form.values():
        return False
    form.show_error(key, _("already used") if told.reason in _TAKEN else _("not possible"))
    form.focus(key)
    return True


def meet(
    form: Form, told: Refusal, shown_as: Mapping[str, Any] = MappingProxyType({})
) -> dict[str, Any]:
    """Show what another desk changed meanwhile, and both values where one was typed too. Returns
    the fields and what stands in them; saving again overwrites what is seen now. `shown_as` are
    values as the form writes them, where that differs."""
    shown = form.values()
    found = {key: now for key, (now, _mine) in told.facts["changed"].items() if key in shown}
    if "own" in told.facts["changed"]:
        now = own_values.unpacked(told.facts["changed"]["own"][0])
        keys = (key for key in shown if key.startswith(_OWN))
        found |= {key: now.get(key.removeprefix(_OWN), "") for key in keys}
    for key, now in found.items():
        now = shown_as.get(key, now)
        form.meet(key, now, _("now: {value}").format(value="–" if now in (None, "") else now))
    return found


class ActDialog(Dialog):
    """Give it a form by `build`; its verb does `act` and closes, or stays open when told no."""

    wrong: ClassVar[Mapping[Any, str]] = _TAKEN
    """The field each refusal is about."""

    def __init__(
        self, program: Program, host: Screen, title: str, verb: str, width: int = 840
    ) -> None:
        super().__init__(host, title, verb, width=width)
        self.program, self.host = program, host
        self.refused = Band("", "bad")
        self.body.addWidget(self.refused)

    def build(self, form: Form, note: str = "") -> None:
        """Put the form under its note."""
        self.form, self.read = form, form.values()
        if note:
            self.body.addWidget(label(note, "muted", wrap=True))
        self.body.addWidget(form)
        form.ended.connect(self.accept_button.setFocus)

    def ready(self) -> bool:
        """Act; a no is told in the dialog, beside its field."""
        if not self.form.validate():
            return False
        try:
            self.act()
        except (Refusal, Fault) as told:
            self.refused.set(refusal(told), "bad")
            if isinstance(told, Refusal) and told.reason is Reason.CHANGED_MEANWHILE:
                self.read |= meet(self.form, told)
                self.seen()
                return False
            show_wrong(self.form, told, self.wrong)
            return False
        return True

    def seen(self) -> None:
        """What another desk changed is shown, and may be overwritten from now on."""

    def act(self) -> None:
        """What the verb does."""

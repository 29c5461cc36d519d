"""Which printer one kind of paper goes to on this PC, and how far the print is moved."""

from __future__ import annotations

from typing import Any

from desktop import pc
from desktop.pages.drawing.kinds import Kind
from desktop.program import Program
from desktop.screen import Screen
from desktop.widgets.dialog import Dialog
from desktop.widgets.form import Choice, Form, NumberField
from desktop.widgets.text import label
from desktop.words.language import N_, _

NAMES: dict[Kind, str] = {
    "paper": N_("Letters, lists and reports"),
    "label": N_("Labels"),
    "card": N_("Cards"),
    "slip": N_("Slips on the roll"),
}
MOST_MM = 20


class PrinterDialog(Dialog):
    """Chosen for one kind of paper; kept on this PC."""

    def __init__(self, program: Program, host: Screen, kind: Kind) -> None:
        super().__init__(host, _("Printer"), _("Save"), width=460)
        self._kept, self._kind = program.pc, kind
        self.body.addWidget(label(_(NAMES[kind]), "muted"))
        self.form = Form(
            [
                Choice("printer", _("Printer"), options=printers()),
                (
                    NumberField("right", _("Shift right, mm"), decimals=1, check=shift_problem),
                    NumberField("down", _("Shift down, mm"), decimals=1, check=shift_problem),
                ),
            ]
        )
        right, down = pc.SHIFTS[kind]
        self.form.set_values(
            {
                "printer": self._kept.get(pc.PRINTERS[kind]),
                "right": self._kept.get(right),
                "down": self._kept.get(down),
            }
        )
        self.body.addWidget(self.form)

    def ready(self) -> bool:
        """Keep it, unless a shift makes no sense."""
        if not self.form.validate():
            return False
        remember(self._kept, self._kind, self.form.values())
        return True


def remember(kept: pc.Pc, kind: Kind, values: dict[str, Any]) -> None:
    """Keep printer and shift of a kind of paper."""
    right, down = pc.SHIFTS[kind]
    kept.put(pc.PRINTERS[kind], values["printer"] or "")
    kept.put(right, float(values["right"] or 0))
    kept.put(down, float(values["down"] or 0))


def printers() -> list[tuple[Any, str]]:
    """The usual printer first, then all by name."""
    from desktop.printing import output

    return [("", _("Default printer")), *((name, name) for name in output.printers())]


def shift_problem(value: Any) -> str | None:
    """A print is moved by a few millimetres only."""
    return None if -MOST_MM <= value <= MOST_MM else _("at most 20 mm")

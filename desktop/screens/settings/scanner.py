"""The scanner of this PC: what it sends is looked at, and told to be in order or what to set."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from database.description import scans
from desktop import pc
from desktop.printing import printer
from desktop.program import Program
from desktop.screen import Screen
from desktop.screens.settings.section import Section
from desktop.widgets.buttons import Button
from desktop.widgets.card import Band
from desktop.widgets.form import Choice, Field, Form, NumberField
from desktop.widgets.key_listener import Heard, KeyListener
from desktop.widgets.text import label
from desktop.words.language import N_, _, ngettext

MOST_MS = 100
CHOICES: dict[str, pc.Choice[Any]] = {
    "pace": pc.SCAN_PACE,
    "suffix": pc.SCAN_SUFFIX,
    "prefix": pc.SCAN_PREFIX,
}
_LAYOUTS = {
    "de": N_("German"),
    "fr": N_("French"),
    "be": N_("Belgian"),
    "ch": N_("Swiss"),
    "es": N_("Spanish"),
    "it": N_("Italian"),
    "pt": N_("Portuguese"),
    "se": N_("Nordic"),
    "tr": N_("Turkish"),
    "gb": N_("British"),
}
_SIGNS = {" ": "␣", **{chr(code): f"<{code:02X}>" for code in range(32)}}


class ScannerSection(Section):
    """`pc_changed` when another pace, ending or prefix was chosen; it holds at once."""

    pc_changed = Signal()

    def __init__(self, screen: Screen, program: Program) -> None:
        hint = _("Print the test code, press the field and scan it. These hold for this PC only.")
        super().__init__(screen, _("Scanner"), hint)
        self.program = program
        self.field = KeyListener(_("Press here, then scan the test code"))
        self.field.heard.connect(self.look)
        print_button = Button(_("Print the test code"), self.print_code, icon="printer")
        row = QHBoxLayout()
        row.addWidget(self.field, 1)
        row.addWidget(print_button)
        self.body.addLayout(row)
        self.set_button = Button("", self._set, small=True)
        self.verdict = Band("", "good", self.set_button)
        self.set_button.hide()
        self.signs, self.pace = label("", wrap=True), label("", "muted", wrap=True)
        for shown in (self.verdict, self.signs, self.pace):
            self.body.addWidget(shown)
        self._wanted: dict[str, Any] = {}
        ends = [
            ("any", _("Enter, Tab or nothing")),
            ("enter", _("Enter")),
            ("tab", _("Tab")),
            ("none", _("nothing")),
        ]
        self.form = Form(
            [
                [
                    NumberField(
                        "pace",
                        _("Milliseconds between two keys, at most (0: no scan is looked for)"),
                        check=_in_bounds,
                    ),
                    Choice("suffix", _("A scan ends with"), options=ends),
                    Field("prefix", _("The scanner puts before each code")),
                ]
            ]
        )
        self.form.changed.connect(self._choose)
        self.body.addWidget(self.form)
        self.body.addStretch(1)

    def load(self) -> None:
        """Show this PC's choices."""
        self.form.set_values({key: self.program.pc.get(one) for key, one in CHOICES.items()})

    def focus_first(self) -> None:
        """The field that is scanned into."""
        self.field.setFocus()

    def print_code(self) -> None:
        """The page with the code, at the usual printer."""
        from desktop.pages.labels import scanner_test

        target, now = BytesIO(), self.program.now()
        self.program.read(lambda session: scanner_test.write(target, session, now))
        printer.print_or_keep(
            self.owner, self.program, "paper", target.getvalue(), _("Test of the scanner")
        )

    # --- what came

    def look(self, heard: Heard) -> None:
        """Sign by sign, how fast, and what it means."""
        shown = [_SIGNS.get(sign, sign) for sign in heard.text]
        if heard.end:
            shown.append("Enter" if heard.end == "enter" else "Tab")
        self.signs.setText(" ".join(shown))
        text = ngettext(
            "{n} ms from key to key, at most {slowest} ms.",
            "{n} ms from key to key, at most {slowest} ms.",
            heard.pace_ms,
        )
        self.pace.setText(text.format(n=heard.pace_ms, slowest=heard.slowest_ms))
        told, wanted, verb = self._judge(heard)
        self._wanted = wanted
        self.set_button.set_text(verb)
        self.set_button.setVisible(bool(wanted))
        self.verdict.set(told, "warn" if wanted or told != self._in_order(heard) else "good")

    def _in_order(self, heard: Heard) -> str:
        ends = {"enter": _("Enter"), "tab": _("Tab"), "": _("nothing")}
        return _("In order. It ends with: {end}.").format(end=ends[heard.end])

    def _judge(self, heard: Heard) -> tuple[str, dict[str, Any], str]:
        """What is told, what would be set, and the word on its button."""
        kept = self.program.pc
        prefix = kept.get(pc.SCAN_PREFIX)
        verdict = scans.judge(heard.text.removeprefix(prefix))
        if verdict.fault:
            return self._told(verdict, heard)
        limit = kept.get(pc.SCAN_PACE)
        if heard.pace_ms > limit:
            fits = 10 * (heard.pace_ms // 10 + 1)
            if fits > MOST_MS:
                return _("Too slow: shorten the pause between keys at the scanner."), {}, ""
            text = _("In order, but slower than this PC expects of a scanner.")
            return text, {"pace": fits}, _("Expect {n} ms").format(n=fits)
        if kept.get(pc.SCAN_SUFFIX) not in {"any", heard.end or "none"}:
            return _("It ends otherwise than is set here."), {"suffix": "any"}, _("Take any ending")
        return self._in_order(heard), {}, ""

    def _told(self, verdict: scans.Verdict, heard: Heard) -> tuple[str, dict[str, Any], str]:
        if verdict.fault == "caps":
            return (
                _("Caps Lock is on, at the PC or at the scanner. Codes are read all the same."),
                {},
                "",
            )
        if verdict.fault == "layout" and verdict.detail == scans.CAPITALS:
            return _("Shift or Caps Lock turns figures into signs: switch it off."), {}, ""
        if verdict.fault == "layout":
            text = _(
                "The PC and the scanner have different keyboards ({layout}). Set both to English "
                "(US); most codes are mended meanwhile."
            )
            return text.format(layout=_(_LAYOUTS[verdict.detail])), {}, ""
        if verdict.fault == "prefix":
            kept = self.program.pc.get(pc.SCAN_PREFIX) + verdict.detail
            text = _("The scanner puts “{signs}” before the code.").format(signs=verdict.detail)
            return text, {"prefix": kept}, _("Leave it out")
        if verdict.fault == "suffix":
            text = _("The scanner puts “{signs}” behind the code: take it away at the scanner.")
            return text.format(signs=verdict.detail), {}, ""
        return _("This is not the test code: print it here and scan it."), {}, ""

    def _set(self) -> None:
        """What the verdict proposes."""
        for key, value in self._wanted.items():
            self.program.pc.put(CHOICES[key], value)
        self._wanted = {}
        self.set_button.hide()
        self.load()
        self.verdict.set(_("Set. Scan the test code once more."), "info")
        self.pc_changed.emit()
        self.field.setFocus()

    def _choose(self, key: str) -> None:
        if key in self.form.errors():
            return
        value = self.form.value(key)
        self.program.pc.put(CHOICES[key], CHOICES[key].default if value is None else value)
        self.form.mark_clean()
        self.pc_changed.emit()


def _in_bounds(milliseconds: int) -> str | None:
    return None if 0 <= milliseconds <= MOST_MS else _("from 0 to 100")

"""Small questions about wards: a wish, what was handed out, the days of the rounds."""

from __future__ import annotations

from datetime import datetime, time
from functools import partial
from typing import Any

from database.wards import handouts, plans, rounds, wishes
from database.wards.handouts import HandoutFacts
from database.wards.wards import WardRow
from desktop.forms.act_dialog import ActDialog
from desktop.program import Program
from desktop.screen import Screen
from desktop.widgets.form import CheckBox, Choice, DateField, Field, Form, NumberField
from desktop.words.language import N_, _, ngettext, number, weekday_name


class WishDialog(ActDialog):
    """What somebody would like; no name is asked for."""

    def __init__(self, program: Program, host: Screen, ward: WardRow, bed: str) -> None:
        super().__init__(program, host, _("Wish for the next round"), _("Note down"), width=520)
        self._ward = ward
        self.build(
            Form(
                [
                    (
                        Field("bed", _("Bed")),
                        Field(
                            "wish",
                            _("Wish"),
                            required=True,
                            width=3,
                            placeholder=_("novel, large print"),
                        ),
                    )
                ]
            ),
            ward.name,
        )
        self.form.set_values({"bed": bed})
        self.form.focus("wish" if bed else "bed")

    def act(self) -> None:
        """Note it and say so."""
        values, now, ward = self.form.values(), self.program.now(), self._ward
        line = self.program.write(
            lambda session: wishes.ask(session, ward.id, values["bed"], values["wish"], now)
        )
        told = _("Noted for the next round: {wish}").format(wish=values["wish"])
        self.host.notice.done(told, partial(self.program.undo, self.host, line))


KINDS = (("leaflet", N_("Leaflet")), ("free", N_("Free to take")))


def _copies(value: Any) -> str | None:
    return None if 1 <= value <= 9999 else _("from 1 to {most}").format(most=number(9999))


class HandoutDialog(ActDialog):
    """How many of what were given away; nobody's name is asked for."""

    def __init__(self, program: Program, host: Screen, ward: WardRow | None) -> None:
        super().__init__(program, host, _("Handed out"), _("Count"), width=620)
        self._ward = ward
        self._known = program.read(handouts.leaflets)
        names: list[tuple[object, str]] = [(0, _("not in the catalogue")), *self._known]
        self.build(
            Form(
                [
                    Choice("leaflet", _("Leaflet"), options=names),
                    (
                        Field(
                            "what",
                            _("Or what it was"),
                            width=2,
                            placeholder=_("old magazines, paperbacks"),
                        ),
                        Choice(
                            "kind",
                            _("Kind"),
                            options=[(code, _(name)) for code, name in KINDS],
                            required=True,
                        ),
                    ),
                    (
                        NumberField("copies", _("Copies"), required=True, check=_copies),
                        DateField("day", _("Day"), required=True),
                    ),
                ]
            ),
            ward.name if ward else _("Rack of the library"),
        )
        first = self._known[0][0] if self._known else 0
        self.form.set_values(
            {"leaflet": first, "kind": "leaflet", "copies": 1, "day": program.now().date()}
        )
        self.form.focus("leaflet" if self._known else "what")

    def act(self) -> None:
        """Count them and say so."""
        values, now = self.form.values(), self.program.now()
        leaflet = values["leaflet"] if not values["what"] else 0
        facts = HandoutFacts(
            "leaflet" if leaflet else values["kind"],
            values["copies"],
            values["day"],
            values["what"],
            leaflet or None,
            self._ward.id if self._ward else None,
        )
        line = self.program.write(lambda session: handouts.hand_out(session, facts, now))
        told = ngettext(
            "{n} copy counted as handed out", "{n} copies counted as handed out", facts.copies
        )
        undo = partial(self.program.undo, self.host, line)
        self.host.notice.done(told.format(n=number(facts.copies)), undo)


class PlanDialog(ActDialog):
    """On which weekdays the trolley comes to a ward."""

    def __init__(self, program: Program, host: Screen, ward: WardRow) -> None:
        super().__init__(program, host, _("Days of the rounds"), _("Save"), width=520)
        self._ward = ward
        # The last one as wide as two: both rows stand in the same four columns.
        days = [CheckBox(str(day), weekday_name(day), width=1 + (day == 6)) for day in range(7)]
        self.build(Form([days[:4], days[4:]]), ward.name)
        now = program.read(lambda session: plans.planned(session, ward.id))
        self.form.set_values({str(day): day in now for day in range(7)})
        self.form.focus("0")

    def act(self) -> None:
        """Save and say so."""
        chosen = frozenset(int(key) for key, on in self.form.values().items() if on)
        ward, now = self._ward, self.program.now()
        line = self.program.write(lambda session: plans.plan(session, ward.id, chosen, now))
        named = ", ".join(weekday_name(day) for day in sorted(chosen)) or _("no fixed day")
        told = _("Rounds to {ward}: {days}").format(ward=ward.name, days=named)
        self.host.notice.done(told, partial(self.program.undo, self.host, line))


def read_clock(text: str) -> time | None:
    """ "10.30", "10:30" or "1030" as a time of day; None for anything else."""
    plain = text.strip().replace(":", ".")
    if "." not in plain:
        plain = f"{plain[:-2]}.{plain[-2:]}"
    hours, _dot, minutes = plain.partition(".")
    if not (hours.isdecimal() and minutes.isdecimal() and len(minutes) == 2):
        return None
    return time(int(hours), int(minutes)) if int(hours) < 24 and int(minutes) < 60 else None


def _clock(value: Any) -> str | None:
    return None if read_clock(str(value)) else _("write it like 10.30")


class BeginRound(ActDialog):
    """When the round is or was: what is scanned next bears that time."""

    def __init__(self, program: Program, host: Screen) -> None:
        super().__init__(program, host, _("Start a round"), _("Start"), width=520)
        self.number = 0
        self.build(
            Form(
                [
                    (
                        DateField("day", _("Day"), required=True),
                        Field("clock", _("Time"), required=True, check=_clock),
                    )
                ]
            ),
            _("For a round that is over, give the time it was held: its loans bear that time."),
        )
        now = program.now()
        self.form.set_values({"day": now.date(), "clock": f"{now:%H.%M}"})
        self.form.focus("clock")
        self.form.input("clock").selectAll()

    def act(self) -> None:
        """Begin it."""
        now, values = self.program.now(), self.form.values()
        at = datetime.combine(values["day"], read_clock(values["clock"]) or time(), now.tzinfo)
        # The clock is shown without seconds: this very minute is now.
        at = now if at.replace(second=0) == now.replace(second=0, microsecond=0) else at
        self.number = self.program.write(lambda session: rounds.begin(session, at, now))

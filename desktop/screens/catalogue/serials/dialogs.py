"""What is asked about a serial: how it comes out, and which issues to expect."""

from __future__ import annotations

from functools import partial

from database.holdings import serial_issues, serials
from database.refusal import Reason
from desktop.forms.act_dialog import ActDialog
from desktop.program import Program
from desktop.screen import Screen
from desktop.screens.catalogue.page import short
from desktop.widgets.form import Choice, DateField, Field, Form, NumberField
from desktop.words.codes import choices
from desktop.words.language import N_, _, ngettext

FREQUENCIES = {
    "weekly": N_("Weekly"),
    "fortnightly": N_("Every two weeks"),
    "monthly": N_("Monthly"),
    "bimonthly": N_("Every two months"),
    "quarterly": N_("Quarterly"),
    "three_a_year": N_("Three times a year"),
    "half_yearly": N_("Twice a year"),
    "yearly": N_("Yearly"),
}
_USUAL = ("quarterly", 4)


class NewSerial(ActDialog):
    """A title of the kind serial: the little that is known of it; the rest can follow."""

    wrong = {Reason.TITLE_MISSING: "title"}

    def __init__(self, program: Program, host: Screen) -> None:
        super().__init__(program, host, _("New serial"), _("Save"))
        self.number = 0
        form = Form(
            [
                (Field("title", _("Title"), required=True, width=2), Field("issn", _("ISSN"))),
                (
                    Field("publisher", _("Publisher")),
                    Field("place", _("Place")),
                    Field("classification", _("Class")),
                ),
            ]
        )
        self.build(form, _("A magazine, journal or newspaper."))
        form.focus("title")

    def act(self) -> None:
        """Add it and say so."""
        values, now = self.form.values(), self.program.now()
        told = {key: text for key, text in values.items() if text}
        self.number, line = self.program.write(lambda session: serials.add(session, told, now))
        undo = partial(self.program.undo, self.host, line)
        self.host.notice.done(_("Saved: {title}").format(title=short(values["title"])), undo)


class SerialDialog(ActDialog):
    """How a title comes out."""

    def __init__(self, program: Program, host: Screen, row: serials.SerialRow) -> None:
        super().__init__(program, host, _("How it comes out"), _("Save"))
        self.row = row
        form = Form(
            [
                (
                    Choice(
                        "frequency", _("Frequency"), options=choices(FREQUENCIES), required=True
                    ),
                    NumberField("issues_a_volume", _("Issues in a volume"), required=True),
                ),
                (Field("supplier", _("Supplier")), DateField("until", _("Subscribed until"))),
            ]
        )
        self.build(form, short(row.title))
        form.set_values(
            {
                "frequency": row.frequency or _USUAL[0],
                "issues_a_volume": row.issues_a_volume or _USUAL[1],
                "supplier": row.supplier,
                "until": row.until,
            }
        )
        form.focus("frequency")

    def act(self) -> None:
        """Save and say so."""
        facts, now = serials.SerialFacts(**self.form.values()), self.program.now()
        number = self.row.id
        line = self.program.write(lambda session: serials.save(session, number, facts, now))
        undo = partial(self.program.undo, self.host, line)
        self.host.notice.done(_("Saved: {title}").format(title=short(self.row.title)), undo)


class ExpectDialog(ActDialog):
    """Which issues are to come; goes on after the newest."""

    wrong = {Reason.ISSUE_TAKEN: "number"}

    def __init__(
        self,
        program: Program,
        host: Screen,
        row: serials.SerialRow,
        newest: serial_issues.IssueRow | None,
    ) -> None:
        super().__init__(program, host, _("Expect issues"), _("Expect"))
        self.row = row
        form = Form(
            [
                (
                    Field("volume", _("Volume")),
                    NumberField("number", _("First number"), required=True),
                ),
                (
                    DateField("first_on", _("First expected on"), required=True),
                    NumberField("count", _("How many issues"), required=True),
                ),
            ]
        )
        note = _("{title}: volumes and days are counted on from the first issue.")
        self.build(form, note.format(title=short(row.title)))
        form.set_values(self._next(newest))
        form.focus("number")

    def _next(self, newest: serial_issues.IssueRow | None) -> dict[str, object]:
        """What follows the newest issue known."""
        count = self.row.issues_a_volume
        if newest is None or newest.expected_on is None or not newest.number.isdecimal():
            return {"number": 1, "first_on": self.program.now().date(), "count": count}
        volume, number = newest.volume, int(newest.number) + 1
        if number > count and volume.isdecimal():
            volume, number = str(int(volume) + 1), 1
        first = serial_issues.day_after(newest.expected_on, self.row.frequency)
        return {"volume": volume, "number": number, "first_on": first, "count": count}

    def act(self) -> None:
        """Expect them and say so."""
        told, now, row = self.form.values(), self.program.now(), self.row
        line = self.program.write(
            lambda session: serial_issues.expect(
                session,
                row.id,
                told["volume"],
                told["number"],
                told["first_on"],
                told["count"],
                now,
            )
        )
        text = ngettext("{n} issue expected", "{n} issues expected", told["count"])
        undo = partial(self.program.undo, self.host, line)
        self.host.notice.done(text.format(n=told["count"]), undo)

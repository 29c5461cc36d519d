"""Kinds of patron, and units and wards: the library's own lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from database.library import Session
from database.policy import categories, units
from database.policy.categories import CategoryFacts, CategoryRow
from database.policy.units import UnitFacts, UnitRow
from desktop.forms.numbers import problem
from desktop.program import Program
from desktop.screen import Screen
from desktop.screens.settings.listed import ListSection
from desktop.widgets.form import CheckBox, Choice, Field, NumberField
from desktop.widgets.pill import Pill
from desktop.widgets.table import Column
from desktop.words.codes import choices
from desktop.words.language import N_, _, ngettext, number

AUDIENCES = {
    "staff": N_("staff"),
    "student": N_("students on placement"),
    "family": N_("families of patients"),
    "patient": N_("patients"),
    "public": N_("public"),
    "place": N_("wards and places"),
}


class KindsSection(ListSection):
    """What a kind may borrow stands under Loan rules."""

    store = categories

    def __init__(self, screen: Screen, program: Program) -> None:
        super().__init__(
            screen,
            program,
            _("Kinds of patron"),
            _("For whom a kind is decides what its form asks. Enter changes one."),
            [
                Column(_("Name"), "name", stretch=True, strong=True),
                Column(_("For"), "for", muted=True),
                Column(_("Valid"), "valid"),
                Column(_("Numbers"), "numbers", optional=True),
                Column(_("Patrons"), "patrons", align="right"),
                Column("", "state", kind="pill"),
            ],
            _("No kind yet. Add one to enrol somebody."),
        )

    def rows(self, session: Session) -> list[dict[str, Any]]:
        """Every kind, in use or not."""
        return [_kind_row(one) for one in categories.listed(session)]

    def fields(self) -> list[Field | Sequence[Field]]:
        """What a kind is."""
        days: dict[str, Any] = {"check": _days_problem}
        return [
            Field("name", _("Name"), required=True),
            Choice("audience", _("For"), options=choices(AUDIENCES), required=True),
            [
                NumberField(
                    "validity_days", _("Valid for (days)"), **days, placeholder=_("without end")
                ),
                Field(
                    "number_pattern",
                    _("Pattern of numbers"),
                    check=problem,
                    placeholder=_("the common one"),
                ),
            ],
            [
                NumberField(
                    "forget_loans_after",
                    _("Forget loans after (days)"),
                    **days,
                    placeholder=_("never"),
                ),
                NumberField(
                    "forget_person_after",
                    _("Forget the person after (days)"),
                    **days,
                    placeholder=_("never"),
                ),
            ],
            CheckBox("active", _("In use: may be chosen when enrolling")),
        ]

    def usual(self) -> dict[str, Any]:
        """Staff for a year."""
        return asdict(CategoryFacts("", "staff", 365, "", 365, 730))

    def facts(self, values: Mapping[str, Any]) -> Any:
        """A kind as the rules take it."""
        return _category(values)


def _days_problem(days: Any) -> str | None:
    if 0 <= days <= categories.MOST_DAYS:
        return None
    return _("from 0 to {most}").format(most=number(categories.MOST_DAYS))


def _kind_row(one: CategoryRow) -> dict[str, Any]:
    days = one.validity_days
    valid = ngettext("{n} day", "{n} days", days or 0).format(n=number(days or 0))
    return {
        **asdict(one),
        "for": _(AUDIENCES[one.audience]),
        "valid": valid if days else _("without end"),
        "numbers": one.number_pattern,
        "state": None if one.active else Pill(_("off"), "plain"),
    }


class UnitsSection(ListSection):
    """A unit that is typed on a patron's form joins the list by itself."""

    store = units

    def __init__(self, screen: Screen, program: Program) -> None:
        super().__init__(
            screen,
            program,
            _("Units and wards"),
            _("Another name holds for patrons from now on; loans keep the one they had."),
            [
                Column(_("Name"), "name", stretch=True, strong=True),
                Column("", "kind", kind="pill"),
                Column(_("In reports as"), "report", muted=True, optional=True),
                Column(_("Patrons"), "patrons", align="right"),
                Column("", "state", kind="pill"),
            ],
            _("No units yet. Add the wards first: they receive rounds."),
        )

    def rows(self, session: Session) -> list[dict[str, Any]]:
        """Every unit, in use or not."""
        return [_unit_row(one) for one in units.listed(session)]

    def fields(self) -> list[Field | Sequence[Field]]:
        """What a unit is."""
        return [
            Field("name", _("Name"), required=True),
            CheckBox("ward", _("A ward: receives rounds and lends at the bed")),
            CheckBox("sensitive", _("Sensitive (isolation, TB, VCT, psychiatry)")),
            Field("report_group", _("In reports as"), placeholder=_("inpatients")),
            CheckBox("active", _("In use: is suggested when enrolling")),
        ]

    def usual(self) -> dict[str, Any]:
        """A ward."""
        return asdict(UnitFacts("", ward=True))

    def facts(self, values: Mapping[str, Any]) -> Any:
        """A unit as the rules take it."""
        return _unit(values)


def _unit_row(one: UnitRow) -> dict[str, Any]:
    kind = Pill(_("ward"), "info") if one.ward else None
    if one.sensitive:
        kind = Pill(_("sensitive"), "warn")
    return {
        **asdict(one),
        "kind": kind,
        "report": one.report_group or (_("inpatients") if one.sensitive else one.name),
        "state": None if one.active else Pill(_("off"), "plain"),
    }


def _category(values: Mapping[str, Any]) -> CategoryFacts:
    return CategoryFacts(**{**values, "number_pattern": values["number_pattern"] or ""})


def _unit(values: Mapping[str, Any]) -> UnitFacts:
    return UnitFacts(**{**values, "report_group": values["report_group"] or ""})

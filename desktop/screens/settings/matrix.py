"""The loan rules whole: a rule for a kind of patron, a type of copy, or a pair of both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from PySide6.QtWidgets import QHBoxLayout

from database.library import Session
from database.patrons import membership
from database.policy import loan_rule_list, loan_rules, settings
from database.policy.loan_rule_list import MatrixRow, RuleFacts
from database.policy.loan_rules import Rule
from desktop.program import Program
from desktop.screen import Screen
from desktop.screens.settings.listed import ListSection
from desktop.widgets.form import CheckBox, Choice, Field, MoneyField, NumberField
from desktop.widgets.inputs import CheckInput, ChoiceInput
from desktop.widgets.table import Column
from desktop.widgets.text import label
from desktop.words import language
from desktop.words.charges import rate
from desktop.words.codes import ITEM_TYPES, choices
from desktop.words.language import N_, _, ngettext, number

PERIODS = {"days": N_("days"), "hours": N_("hours, within the day"), "round": N_("next round")}
SANCTIONS = {
    "none": N_("nothing"),
    "money": N_("a fine"),
    "suspension": N_("no lending for a time"),
}


UNITS = {"day": N_("a day"), "week": N_("a begun week")}
COUNTED = {"open": N_("open days"), "calendar": N_("all days of the calendar")}


class MatrixSection(ListSection):
    """The most specific rule applies: kind and type, then the type alone, then the kind alone."""

    first = "category"
    ordered = False

    store = loan_rule_list

    def __init__(self, screen: Screen, program: Program) -> None:
        super().__init__(
            screen,
            program,
            _("Rules by type of copy"),
            _("The most specific rule applies; a kind's rule for any type counts all its copies."),
            [
                Column(_("Kind of patron"), "kind", stretch=True, strong=True),
                Column(_("Type of copy"), "type"),
                Column(_("Copies"), "loan_limit", align="right"),
                Column(_("For"), "length"),
                Column(_("Renewals"), "renewals", align="right", optional=True),
                Column(_("After a late return"), "follows", muted=True, optional=True),
            ],
            _("No rules yet; add one for any kind of patron."),
        )
        self._top()

    def _top(self) -> None:
        """The one switch for money, and the question which rule applies."""
        self.takes_money = CheckInput(_("This library takes money (fines, replacements)"))
        self.takes_money.edited.connect(self._switch)
        self.kind, self.type = ChoiceInput([], ""), ChoiceInput([], "")
        self.answer = label("", "strong", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label(_("Which rule applies?"), "label"))
        for choice, name in ((self.kind, _("Kind of patron")), (self.type, _("Type of copy"))):
            choice.setAccessibleName(name)
            choice.setMinimumWidth(120)
            choice.edited.connect(self._answer)
            row.addWidget(choice, 1)
        self.body.insertWidget(2, self.takes_money)
        self.body.insertLayout(3, row)
        self.body.insertWidget(4, self.answer)

    def load(self) -> None:
        """Read rules, kinds and the switch."""
        super().load()
        kinds = self.program.read(membership.categories)
        self._kinds = [(one.code, one.name) for one in kinds]
        for box, options in ((self.kind, self._kinds), (self.type, choices(ITEM_TYPES))):
            chosen = box.raw()
            box.blockSignals(True)
            box.set_options(options)
            box.set_raw(chosen or options[0][0])
            box.blockSignals(False)
        self.takes_money.blockSignals(True)
        taken = self.program.read(lambda s: settings.get(s, settings.MONEY))
        self.takes_money.set_raw(taken)
        self.takes_money.blockSignals(False)
        self._answer()

    def _switch(self) -> None:
        taken, now = self.takes_money.raw(), self.program.now()
        self.program.attempt(self.owner, lambda s: settings.change(s, settings.MONEY, taken, now))
        said = _("Money is taken from now on") if taken else _("No money is taken from now on")
        self.owner.notice.done(said)

    def _answer(self) -> None:
        kind, kept = self.kind.raw() or "", self.type.raw() or ""
        found = self.program.read(lambda s: loan_rules.rule_for(s, kind, kept))
        names = dict(self._kinds)
        if found is None:
            self.answer.setText(_("No rule: nothing is lent."))
            return
        self.answer.setText(_why(found, names.get(found.category, "")))

    def rows(self, session: Session) -> list[dict[str, Any]]:
        """Every rule, of each kind first the one for any type."""
        return [_line(one) for one in loan_rule_list.matrix(session)]

    def fields(self) -> list[Field | Sequence[Field]]:
        """A rule whole."""
        kinds = [("", _("any kind")), *self._kinds]
        types = [("", _("any type")), *choices(ITEM_TYPES)]
        return [
            (
                Choice("category", _("Kind of patron"), options=kinds),
                Choice("item_type", _("Type of copy"), options=types),
            ),
            (
                NumberField("loan_limit", _("Copies at once"), required=True),
                NumberField("days", _("Length"), required=True),
                Choice("period", _("Counted in"), options=choices(PERIODS), required=True),
            ),
            (
                NumberField("renewals", _("Renewals"), required=True),
                NumberField("renewal_days", _("Length of a renewal")),
                NumberField("grace_days", _("Grace (days)"), required=True),
            ),
            (
                CheckBox("lendable", _("Leaves the house")),
                CheckBox("holds_allowed", _("May be reserved")),
            ),
            *self._following(),
        ]

    def _following(self) -> list[Field | Sequence[Field]]:
        """What follows a late return."""
        return [
            (
                Choice(
                    "sanction", _("After a late return"), options=choices(SANCTIONS), required=True
                ),
                Choice(
                    "late_counting", _("Days late are"), options=choices(COUNTED), required=True
                ),
            ),
            (
                MoneyField("fine_per_day", _("Fine")),
                Choice("fine_unit", _("Fine for"), options=choices(UNITS), required=True),
                MoneyField("fine_cap", _("At most, a copy")),
            ),
            (
                NumberField("suspension_per_day", _("Days without lending a day late")),
                NumberField("suspension_cap", _("At most, days")),
            ),
        ]

    def usual(self) -> dict[str, Any]:
        """A week for one copy."""
        return asdict(RuleFacts("", "book", 1, 7, 0))

    def facts(self, values: Mapping[str, Any]) -> Any:
        """A rule as it is written."""
        return _rule(values)


def _why(found: Rule, kind: str) -> str:
    """Which rule applies and why: "Rule of Nurse, any type: 3 copies, 14 days"."""
    facts = {"kind": kind, "type": _(ITEM_TYPES.get(found.item_type, found.item_type))}
    if found.category and found.item_type:
        text = _("The rule for {kind} and {type}: it names both.")
    elif found.item_type:
        text = _("The rule for {type}, which has one of its own for any kind of patron.")
    elif found.category:
        text = _("The rule for {kind}: no rule names the type.")
    else:
        text = _("The rule for everybody: no other names this kind or type.")
    return text.format(**facts)


def _line(one: MatrixRow) -> dict[str, Any]:
    facts = one.facts
    kind = one.category_name or _("any kind")
    kept = _(ITEM_TYPES.get(facts.item_type, facts.item_type)) if facts.item_type else _("any type")
    return {
        **asdict(facts),
        "id": one.id,
        "name": f"{kind} · {kept}",
        "kind": kind,
        "type": kept,
        "length": _length(facts),
        "follows": _follows(facts),
    }


def _length(facts: RuleFacts) -> str:
    if not facts.lendable:
        return _("read here only")
    if facts.period == "round":
        return _("next round")
    if facts.period == "hours":
        return ngettext("{n} hour", "{n} hours", facts.days).format(n=number(facts.days))
    return ngettext("{n} day", "{n} days", facts.days).format(n=number(facts.days))


def _follows(facts: RuleFacts) -> str:
    if facts.sanction == "money":
        return rate(facts.fine_unit, language.money(facts.fine_per_day))
    if facts.sanction == "suspension":
        days = facts.suspension_per_day
        text = ngettext("{n} day without lending a day", "{n} days without lending a day", days)
        return text.format(n=number(days))
    return "–"


def _rule(values: Mapping[str, Any]) -> RuleFacts:
    return RuleFacts(
        **{
            **values,
            "category": values["category"] or "",
            "item_type": values["item_type"] or "",
            "fine_per_day": values["fine_per_day"] or 0,
            "suspension_per_day": values["suspension_per_day"] or 0,
        }
    )

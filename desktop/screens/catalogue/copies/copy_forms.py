"""What is asked of copies: of new ones, and of one that stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from database.holdings import item_facts, item_list
from database.text import own_values
from database.text.own_values import OwnRow
from desktop.forms.own.fields import PREFIX, as_rows, shown, typed
from desktop.widgets.form import CheckBox, Choice, DateField, Field, Form, MoneyField, NumberField
from desktop.words.codes import CONDITIONS, ITEM_TYPES, OWNERSHIPS, SOURCES, STATUSES, choices
from desktop.words.language import _

MOST = 100


def how_many(value: Any) -> str | None:
    """What is wrong with a number of copies."""
    if 0 <= value <= MOST:
        return None
    return _("from 0 to {most}").format(most=MOST)


def not_negative(value: Any) -> str | None:
    """What is wrong with a price."""
    return None if value >= 0 else _("cannot be below zero")


def copies_form(least: int = 1, own: Sequence[OwnRow] = ()) -> Form:
    """What is asked of new copies, the library's `own` fields too; all but the number may stay as
    it is."""
    form = Form(
        [
            (
                NumberField("count", _("How many copies"), required=True, check=how_many),
                Choice("source", _("How acquired"), options=choices(SOURCES)),
                Choice("ownership", _("Owner"), options=choices(OWNERSHIPS)),
                Choice("item_type", _("Kind of copy"), options=choices(ITEM_TYPES)),
            ),
            (
                Field("location", _("Location or shelf")),
                Field("supplier", _("Supplier or giver")),
                Field("invoice", _("Invoice")),
                MoneyField("price", _("Price"), check=not_negative),
            ),
            (
                DateField("accessioned_on", _("Accession date"), placeholder=_("today")),
                Choice("condition", _("Condition"), options=choices(CONDITIONS)),
                Field(
                    "barcode",
                    _("Barcode"),
                    placeholder=_("by pattern"),
                    help=_("Only for one copy that has a barcode already; else leave it empty."),
                ),
            ),
            *as_rows(own),
        ]
    )
    form.set_values({"count": least, **first_values()})
    return form


def first_values() -> dict[str, Any]:
    """What most copies are."""
    return {"source": "purchase", "ownership": "hospital", "item_type": "book"}


def facts_of(values: Mapping[str, Any], volume: str = "") -> item_facts.ItemFacts:
    """The form's values as the catalogue takes them."""
    first = first_values()
    return item_facts.ItemFacts(
        barcode=values["barcode"],
        volume=volume,
        item_type=values["item_type"] or first["item_type"],
        location=values["location"],
        ownership=values["ownership"] or first["ownership"],
        source=values["source"] or first["source"],
        supplier=values["supplier"],
        price=values["price"],
        invoice=values["invoice"],
        condition=values["condition"] or "",
        accessioned_on=values["accessioned_on"],
        status="reference" if values["item_type"] == "reference" else "in_service",
        own=typed(values),
    )


_FREE = ("in_service", "reference", "quarantine")
"""States that can be chosen; the others are acts with rules of their own."""


def edit_form(row: item_list.ItemRow, own: Sequence[OwnRow] = ()) -> Form:
    """What may be changed of a copy, the library's `own` fields too."""
    states = [(code, _(STATUSES[code])) for code in dict.fromkeys([row.status, *_FREE])]
    states = states if row.status in _FREE else states[:1]
    worn = choices(CONDITIONS)
    if row.condition and row.condition not in CONDITIONS:
        worn.append((row.condition, row.condition))
    form = Form(
        [
            (
                Field("barcode", _("Barcode"), required=True, takes="copy ours foreign"),
                Field("accession_number", _("Accession number")),
                Field("call_number", _("Call number")),
                Field("volume", _("Volume")),
            ),
            (
                Field("location", _("Location or shelf")),
                Choice("status", _("State of the copy"), options=states),
                Choice("condition", _("Condition"), options=worn),
                Choice("item_type", _("Kind of copy"), options=choices(ITEM_TYPES)),
            ),
            (
                Choice("source", _("How acquired"), options=choices(SOURCES)),
                Choice("ownership", _("Owner"), options=choices(OWNERSHIPS)),
                Field("supplier", _("Supplier or giver"), width=2),
            ),
            (
                Field("invoice", _("Invoice")),
                MoneyField("price", _("Price"), check=not_negative),
                DateField("accessioned_on", _("Accession date"), required=True),
                Field("note", _("Note")),
            ),
            *as_rows(own),
            CheckBox("wipeable", _("The cover can be wiped")),
        ]
    )
    values = {key: getattr(row, key) for key in form.values() if not key.startswith(PREFIX)}
    form.set_values({**values, **shown(form, own, own_values.unpacked(row.own))})
    return form

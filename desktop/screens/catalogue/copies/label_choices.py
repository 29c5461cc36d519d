"""What can be chosen for a run of labels, and kept on this PC."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop import pc
from desktop.pages.labels.labels import LabelStyle
from desktop.pages.labels.sheets import Sheet
from desktop.widgets.form import CheckBox, Choice, Form
from desktop.words.language import _

KEPT: dict[str, pc.Choice[Any]] = {
    "parts": pc.LABEL_PARTS,
    "code": pc.LABEL_CODE,
    "dpi": pc.LABEL_DPI,
    "band": pc.LABEL_BAND,
    "marks": pc.LABEL_MARKS,
}
"""The fields of the form and where this PC keeps them."""


def label_form(sheets: Mapping[str, Sheet]) -> Form:
    """Sheet, parts, code and the printer's resolution, colour band and cut marks."""
    parts = [
        ("both", _("Spine and barcode")),
        ("spine", _("Spine only")),
        ("barcode", _("Barcode only")),
    ]
    codes = [("code128", "Code 128"), ("code39", "Code 39"), ("ean13", "EAN-13"), ("qr", "QR")]
    dots = [(0, _("as the sheet says")), (203, "203 dpi"), (300, "300 dpi"), (600, "600 dpi")]
    return Form(
        [
            Choice("sheet", _("Label sheet"), options=[(k, s.name) for k, s in sheets.items()]),
            Choice("parts", _("What to print"), options=parts),
            (Choice("code", _("Bars"), options=codes), Choice("dpi", _("Its dots"), options=dots)),
            (CheckBox("band", _("Colour of the class")), CheckBox("marks", _("Cut marks"))),
        ]
    )


def style_of(values: Mapping[str, Any]) -> LabelStyle:
    """What the form asks for."""
    return LabelStyle(
        parts=values["parts"],
        code=values["code"],
        dpi=values["dpi"] or None,
        band=bool(values["band"]),
        marks=bool(values["marks"]),
    )

"""The copies that come with a new title, and the numbers they will have."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop import theme
from desktop.program import Program
from desktop.screens.catalogue.copies import copies, copy_forms
from desktop.widgets.table import Column, Table
from desktop.widgets.text import label
from desktop.words.codes import SOURCES
from desktop.words.language import _, number

_ROWS = 3


class NewCopies(QWidget):
    """`foresee` shows what saving would make; nothing is taken before."""

    changed = Signal()

    def __init__(self, program: Program) -> None:
        super().__init__()
        self._program = program
        self._barcode = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(_("Copies"), "cardTitle"))
        self.form = copy_forms.copies_form()
        self.form.changed.connect(lambda _key: self.changed.emit())
        column.addWidget(self.form)
        self.table = Table(
            [
                Column(_("Barcode"), "barcode"),
                Column(_("Accession number"), "accession", stretch=True),
                Column(_("Call number"), "call_number"),
                Column(_("Location"), "location", optional=True),
                Column(_("How acquired"), "source", optional=True),
                Column(_("Price"), "price", kind="money", optional=True),
            ],
            name=_("Copies"),
        )
        column.addWidget(self.table)

    def clear(self) -> None:
        """One copy, as most come."""
        self.form.clear()
        self.form.set_values({"count": 1, **copy_forms.first_values()})

    def first_barcode(self) -> str:
        """What the first label will say."""
        return self._barcode

    def foresee(self, call_number: str) -> None:
        """List the copies as they will be."""
        values = self.form.values()
        count = (
            values["count"] if values["count"] and not copy_forms.how_many(values["count"]) else 0
        )
        numbers = copies.foreseen(self._program, values["source"], max(min(count, _ROWS), 1))
        own = values["barcode"].upper() if count == 1 else ""
        self._barcode = own or (numbers[0][0] if count else "")
        word = SOURCES[values["source"] or "purchase"]
        rows = [
            {
                "id": place,
                "barcode": own or barcode,
                "accession": accession,
                "call_number": call_number,
                "location": values["location"],
                "source": _(word),
                "price": values["price"],
            }
            for place, (barcode, accession) in enumerate(numbers[:count])
        ]
        more = count - len(rows)
        footer = _("… and {n} more").format(n=number(more)) if more > 0 else ""
        self.table.setVisible(bool(rows))
        self.table.setFixedHeight(32 + theme.ROW_HEIGHT * max(len(rows), 2) + (28 if footer else 0))
        self.table.set_rows(rows, footer)

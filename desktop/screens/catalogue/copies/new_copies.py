"""The copies that come with a new title, and the numbers they will have."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from database.text.own_values import OwnRow
from desktop import theme
from desktop.forms.own import fields as own
from desktop.program import Program
from desktop.screens.catalogue.copies import copies, copy_forms
from desktop.screens.catalogue.copies.preview import WIDTH
from desktop.widgets.card import Card
from desktop.widgets.table import Column, Table
from desktop.widgets.text import label
from desktop.words.language import _, number

_ROWS = 3
_BRIEF = (("count", "source"), ("location", "price"))
_REST = (
    ("ownership", "item_type", "condition"),
    ("supplier", "invoice"),
    ("accessioned_on", "barcode"),
)


class NewCopies(Card):
    """`foresee` shows what saving would make; nothing is taken before. What is seldom asked of a
    copy stands in `rest`, wherever that is put."""

    changed = Signal()

    def __init__(self, program: Program) -> None:
        super().__init__(_("Copies"))
        self.setFixedWidth(WIDTH)
        self._program = program
        self._barcode = ""
        self.form = copy_forms.copies_form()
        self.form.changed.connect(lambda _key: self.changed.emit())
        self.body.addWidget(self.form.part(_BRIEF))
        self.rest = QWidget()
        rest = QVBoxLayout(self.rest)
        rest.setContentsMargins(0, 0, 0, 0)
        rest.setSpacing(8)
        rest.addWidget(label(_("More about the copies"), "cardTitle"))
        self.form.show_rows(_REST)
        self._own: list[OwnRow] = []
        rest.addWidget(self.form)
        self.table = Table(
            [
                Column(_("Barcode"), "barcode"),
                Column(_("Accession number"), "accession", stretch=True),
            ],
            name=_("Copies"),
        )
        self.body.addWidget(self.table)

    def setVisible(self, visible: bool) -> None:  # noqa: N802 - as Qt calls it
        """A title that stands has its copies on a page of their own."""
        super().setVisible(visible)
        self.rest.setVisible(visible)

    def clear(self) -> None:
        """One copy, as most come, with the fields that the library declared itself."""
        self._own = self._program.read(own.of_copies)
        if own.declare(self.form, self._own):
            self.form.show_rows([*_REST, *own.rows(self._own)])
        self.form.clear()
        self.form.set_values({"count": 1, **copy_forms.first_values()})

    def first_barcode(self) -> str:
        """What the first label will say."""
        return self._barcode

    def foresee(self) -> None:
        """List the copies as they will be."""
        values = self.form.values()
        count = (
            values["count"] if values["count"] and not copy_forms.how_many(values["count"]) else 0
        )
        numbers = copies.foreseen(self._program, values["source"], max(min(count, _ROWS), 1))
        own = values["barcode"].upper() if count == 1 else ""
        self._barcode = own or (numbers[0][0] if count else "")
        rows = [
            {
                "id": place,
                "barcode": own or barcode,
                "accession": accession,
            }
            for place, (barcode, accession) in enumerate(numbers[:count])
        ]
        more = count - len(rows)
        footer = _("… and {n} more").format(n=number(more)) if more > 0 else ""
        self.table.setVisible(bool(rows))
        self.table.setFixedHeight(32 + theme.ROW_HEIGHT * max(len(rows), 2) + (28 if footer else 0))
        self.table.set_rows(rows, footer)

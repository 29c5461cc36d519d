"""A form out of rows of fields: labels above, what is wrong beside the label, Enter goes on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLayout, QWidget

from desktop.widgets import tabbing
from desktop.widgets.field_box import FieldBox
from desktop.widgets.fields import (
    CheckBox,
    Choice,
    DateField,
    Field,
    MoneyField,
    NumberField,
    OpenChoice,
    PairsField,
    SecretField,
    TagsField,
    TextArea,
)
from desktop.widgets.inputs import AreaInput, ChoiceInput
from desktop.widgets.keys import Key
from desktop.widgets.pill import Pill

__all__ = [
    "CheckBox",
    "Choice",
    "DateField",
    "Field",
    "Form",
    "MoneyField",
    "NumberField",
    "OpenChoice",
    "PairsField",
    "SecretField",
    "TagsField",
    "TextArea",
]

_COLUMNS = 12


class Form(QWidget):
    """Rows of fields. Each row is a field or several; `width` shares the row between them.

    `changed(key)` is told for what people type, not for `set_values`. Enter goes to the next
    field, in a dialog from the last one to its verb; it never saves from a field, for scanners
    end with Enter. `left(key)` is told when a field was left and judged.
    """

    changed = Signal(str)
    left = Signal(str)
    ended = Signal()

    def __init__(self, rows: Sequence[Field | Sequence[Field]]) -> None:
        super().__init__()
        self._boxes: dict[str, FieldBox] = {}
        self._clean: dict[str, Any] = {}
        self._apart: set[str] = set()
        self._declared: list[Field] = []
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(10)
        grid.setSizeConstraint(QLayout.SizeConstraint.SetMinimumSize)
        for column in range(_COLUMNS):
            grid.setColumnStretch(column, 1)
        for place, row in enumerate(rows):
            self._add_row(place, [row] if isinstance(row, Field) else list(row))
        grid.setRowStretch(len(rows), 1)
        self.mark_clean()

    def declare(self, fields: Sequence[Field]) -> bool:
        """Let these be the fields that the library declared itself, in the place of those declared
        before; what stands in one of the same key stays. They are seen once `show_rows` or `part`
        puts them somewhere. Whether they are others than before."""
        if list(fields) == self._declared:
            return False
        dirty = self.is_dirty()
        held = {one.key: self._boxes[one.key].input.raw() for one in self._declared}
        for one in self._declared:
            box = self._boxes.pop(one.key)
            self._clean.pop(one.key, None)
            self._apart.discard(one.key)
            box.hide()
            box.deleteLater()
        self._declared = list(fields)
        for one in fields:
            box = self._boxes[one.key] = self._make(one, alone=False)
            box.setParent(self)
            box.hide()
            if one.key in held:
                box.input.set_raw(held[one.key])
        if dirty:
            self._clean |= {one.key: self._boxes[one.key].input.raw() for one in fields}
        else:
            self.mark_clean()
        return True

    def _make(self, spec: Field, *, alone: bool) -> FieldBox:
        box = FieldBox(spec, alone)
        box.changed.connect(self.changed)
        box.left.connect(self.left)
        box.input.installEventFilter(self)
        return box

    def _add_row(self, place: int, row: list[Field]) -> None:
        for spec in row:
            self._boxes[spec.key] = self._make(spec, alone=len(row) == 1)
        self._place_row(place, [self._boxes[spec.key] for spec in row])

    def _place_row(
        self, place: int, row: Sequence[FieldBox], grid: QGridLayout | None = None
    ) -> None:
        total = sum(box.spec.width for box in row)
        done = 0
        for box in row:
            start = round(done * _COLUMNS / total)
            done += box.spec.width
            wide = round(done * _COLUMNS / total) - start
            (grid or self._grid).addWidget(box, place, start, 1, wide)

    def part(self, rows: Sequence[Sequence[str]]) -> QWidget:
        """Take some rows out, to stand elsewhere; they stay fields of this form, and whether
        they are shown is then said by `set_shown` alone."""
        elsewhere = QWidget()
        grid = QGridLayout(elsewhere)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(self._grid.horizontalSpacing())
        grid.setVerticalSpacing(self._grid.verticalSpacing())
        for column in range(_COLUMNS):
            grid.setColumnStretch(column, 1)
        for place, row in enumerate(rows):
            self._place_row(place, [self._boxes[key] for key in row], grid)
            self._apart.update(row)
        grid.setRowStretch(len(rows), 1)
        return elsewhere

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show these fields in these rows and no others; what the others hold stays."""
        wanted = [key for row in rows for key in row]
        self._boxes = {key: self._boxes[key] for key in dict.fromkeys([*wanted, *self._boxes])}
        for key, box in self._boxes.items():
            if key not in self._apart:
                self._grid.removeWidget(box)
                self.set_shown(key, key in wanted)
        for place, row in enumerate(rows):
            self._place_row(place, [self._boxes[key] for key in row])
        for before, after in pairwise(wanted):
            QWidget.setTabOrder(self.input(before), self.input(after))

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - as Qt calls it
        """Tab goes through the fields as they stand."""
        inputs = [box.input for box in self._boxes.values() if self.isAncestorOf(box)]
        return tabbing.led_on(self, inputs, forward) or super().focusNextPrevChild(forward)

    def values(self) -> dict[str, Any]:
        """Every field's value by key."""
        return {key: box.value() for key, box in self._boxes.items()}

    def value(self, key: str) -> Any:
        """One field's value."""
        return self._boxes[key].value()

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Show these values; fields not named keep theirs. Counts as saved, not as typed."""
        for key, value in values.items():
            if key in self._boxes:
                self._boxes[key].set_value(value)
        self.mark_clean()

    def put(self, key: str, value: Any) -> None:
        """Fill one field as if it had been typed: fetched data is not yet saved data."""
        self._boxes[key].set_value(value)
        self.changed.emit(key)

    def meet(self, key: str, value: Any, said: str) -> None:
        """Another value stands by now: it is shown where nothing was typed; else what was typed
        stays, and `said` stands beside it. Either way it counts as seen."""
        field = self._boxes[key].input
        typed = field.raw()
        touched = typed != self._clean.get(key)
        self._boxes[key].set_value(value)
        self._clean[key] = field.raw()
        if touched:
            field.set_raw(typed)
            self._boxes[key].say(said)

    def clear(self) -> None:
        """Empty every field."""
        self.set_values(dict.fromkeys(self._boxes))

    def mark_clean(self) -> None:
        """What stands there now is saved."""
        self._clean = self._raw()

    def is_dirty(self) -> bool:
        """Whether something was typed since."""
        return self._raw() != self._clean

    def draft(self) -> dict[str, Any]:
        """What was typed and not saved, to be kept through a restart; empty if nothing was."""
        return self._raw() if self.is_dirty() else {}

    def restore(self, draft: Mapping[str, Any]) -> None:
        """Put a draft back as if it had just been typed."""
        for key in draft.keys() & self._boxes.keys():
            self._boxes[key].input.set_raw(draft[key])

    def _raw(self) -> dict[str, Any]:
        return {key: box.input.raw() for key, box in self._boxes.items()}

    def errors(self) -> dict[str, str]:
        """What is wrong, by key, in the order of the form."""
        found = {key: box.problem() for key, box in self._boxes.items() if box.isEnabled()}
        return {key: text for key, text in found.items() if text}

    def shown_errors(self) -> dict[str, str]:
        """What the eye reads as wrong."""
        return {key: box.said() for key, box in self._boxes.items() if box.said()}

    def show_error(self, key: str, text: str) -> None:
        """Say beside a field what only saving could find out; typing there takes it away."""
        self._boxes[key].say(text)

    def validate(self) -> bool:
        """Show all that is wrong, go to the first of it; True if nothing is."""
        for box in self._boxes.values():
            box.judge()
        self.focus_first_error()
        return not self.errors()

    def focus_first_error(self) -> None:
        """Go to the first field that is wrong."""
        wrong = self.shown_errors() or self.errors()
        if wrong:
            self.focus(next(iter(wrong)))

    def focus(self, key: str) -> None:
        """Go to a field; the one that is left so is not judged for it, nobody has left it."""
        left = [box for box in self._boxes.values() if not box.quiet]
        for box in left:
            box.quiet = True
        self._boxes[key].input.setFocus(Qt.FocusReason.OtherFocusReason)
        for box in left:
            box.quiet = False

    def focus_first(self) -> None:
        """Go to the first field shown."""
        shown = [box for box in self._boxes.values() if box.isEnabled() and not box.isHidden()]
        for box in shown[:1]:
            box.input.setFocus(Qt.FocusReason.TabFocusReason)

    def input(self, key: str) -> Any:
        """The input widget of a field."""
        return self._boxes[key].input

    def set_hint(self, key: str, text: str) -> None:
        """Say something quietly beneath a `hinted` field."""
        self._boxes[key].hint.set_text(text)
        self._boxes[key].input.setAccessibleDescription(text)

    def hint(self, key: str) -> str:
        """What is said beneath a field."""
        return self._boxes[key].hint.full_text()

    def set_options(self, key: str, options: Sequence[tuple[Any, str]]) -> None:
        """Offer other options in a `Choice`."""
        chooser = self._boxes[key].input
        assert isinstance(chooser, ChoiceInput)
        chooser.set_options(options)

    def set_label(self, key: str, text: str) -> None:
        """Call a field otherwise."""
        box = self._boxes[key]
        box.name.setText(text + (" *" if box.spec.required else ""))
        box.name.setToolTip(box.spec.hover or text)

    def set_pill(self, key: str, pill: Pill | None) -> None:
        """Show a pill inside a line, such as "valid · Indonesia"."""
        self._boxes[key].input.set_pill(pill)

    def offer(self, key: str, offer: str, why: str = "", *keys: Key) -> None:
        """Offer something quietly below a field, and what to do about it; "" offers nothing."""
        self._boxes[key].offer.show_offer(offer, why, keys)

    def offered(self, key: str) -> tuple[str, str]:
        """What is offered below a field, and why."""
        return self._boxes[key].offer.texts()

    def set_shown(self, key: str, shown: bool) -> None:
        """Show a field or not."""
        self._boxes[key].setVisible(shown)
        self._boxes[key].setEnabled(shown)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes to the next field; on the last one, if it is right, `ended` tells."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        if isinstance(watched, AreaInput):
            return False
        self._go_on(watched)
        return True

    def _go_on(self, watched: QObject) -> None:
        boxes = [box for box in self._boxes.values() if box.isEnabled() and box.isVisible()]
        places = [place for place, box in enumerate(boxes) if box.input is watched]
        if places and places[0] + 1 < len(boxes):
            boxes[places[0] + 1].input.setFocus(Qt.FocusReason.TabFocusReason)
        elif places:
            boxes[places[0]].judge()
            if not boxes[places[0]].said():
                self.ended.emit()

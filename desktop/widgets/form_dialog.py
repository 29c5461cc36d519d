"""A small question made of fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.widgets.buttons import Kind
from desktop.widgets.dialog import Dialog
from desktop.widgets.form import Field, Form
from desktop.widgets.text import label


class FormDialog(Dialog):
    """Asks for `fields`, begun with `values`; `hint` says what will happen. Its verb is taken
    only when every field is right."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        accept_text: str,
        fields: Sequence[Field | Sequence[Field]],
        values: Mapping[str, Any],
        *,
        hint: str = "",
        kind: Kind = "primary",
    ) -> None:
        super().__init__(parent, title, accept_text, kind=kind)
        if hint:
            self.body.addWidget(label(hint, wrap=True))
        self.form = Form(fields)
        self.form.set_values(values)
        self.body.addWidget(self.form)
        self.form.ended.connect(self.accept_button.setFocus)

    def ready(self) -> bool:
        """Whether every field is right."""
        return self.form.validate()

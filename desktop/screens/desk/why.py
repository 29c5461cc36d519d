"""Why something is allowed, asked where nobody's card is open."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from desktop.widgets.form import Field
from desktop.widgets.form_dialog import FormDialog
from desktop.words.language import _


def ask(parent: QWidget) -> str:
    """The reason; "" where it is left."""
    fields = [Field("reason", _("Reason"), required=True)]
    dialog = FormDialog(
        parent, _("Why is it allowed this once?"), _("Allow"), fields, {"reason": ""}
    )
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return ""
    return str(dialog.form.values()["reason"] or "").strip()

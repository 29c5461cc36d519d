"""Asking for files, for a folder, or for a list that is pasted."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from database.exchange import found
from desktop import pc
from desktop.widgets.fields import ANY_CODE
from desktop.widgets.form import TextArea
from desktop.widgets.form_dialog import FormDialog
from desktop.words.language import _


def files(parent: QWidget) -> list[Path]:
    """The files chosen, none where nothing was."""
    every = found.patterns(records=True, sheets=True, tables=True)
    kinds = _("Files that can be read ({patterns})").format(patterns=every)
    others = _("All files ({patterns})").format(patterns="*")
    names, _kind = QFileDialog.getOpenFileNames(
        parent, _("Choose files"), str(pc.documents()), f"{kinds};;{others}"
    )
    return [Path(name) for name in names]


def folder(parent: QWidget) -> list[Path]:
    """The folder chosen, none where nothing was."""
    name = QFileDialog.getExistingDirectory(parent, _("Choose a folder"), str(pc.documents()))
    return [Path(name)] if name else []


def pasted(parent: QWidget) -> str:
    """The list that was pasted, "" where nothing was."""
    hint = _("Paste a list with its headings, or scan ISBNs one after the other.")
    field = TextArea("list", _("List"), lines=12, takes=ANY_CODE)
    dialog = FormDialog(parent, _("Paste a list"), _("Look"), [field], {}, hint=hint)
    return str(dialog.form.value("list") or "").strip() if dialog.exec() else ""

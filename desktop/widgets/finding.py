"""Where a setting stands, by any word that is said of it."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from desktop.widgets.field_box import FieldBox
from desktop.widgets.text import Elided


def tells(section: QWidget, name: str, text: str) -> bool:
    """Whether every word of `text` stands in a section or its name; no words stand everywhere."""
    return _all_in(text, " ".join([name, *_said(section)]))


def called(name: str, text: str) -> bool:
    """Whether every word of `text` stands in a name."""
    return _all_in(text, name)


def go_to(section: QWidget, text: str) -> bool:
    """Put the focus into the field of which these words are said; False where none is."""
    for box in section.findChildren(FieldBox):
        if text and box.isEnabled() and _all_in(text, " ".join(_said(box))):
            box.input.setFocus()
            return True
    return False


def _all_in(text: str, said: str) -> bool:
    there = said.casefold()
    return all(word in there for word in text.casefold().split())


def _said(of: QWidget) -> list[str]:
    words = [one.full_text() for one in of.findChildren(Elided)]
    words += [one.text() for one in of.findChildren(QLabel)]
    return words + [one.text() for one in of.findChildren(QAbstractButton)]

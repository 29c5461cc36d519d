"""Widgets that are shown, driven and then really gone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget

from desktop import theme


@pytest.fixture
def show(qtbot, qapp):
    """Show a widget in the program's dress; afterwards close and really delete it.

    Widgets left over at the end are what makes a Qt test run crash at exit.
    """
    theme.apply(qapp, "light")
    shown: list[QWidget] = []

    def show_widget(widget, width=1000, height=640):
        widget.resize(width, height)
        widget.show()
        qtbot.waitExposed(widget)
        shown.append(widget)
        return widget

    yield show_widget
    for widget in shown:
        widget.close()
        widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

"""Pages of which one is seen; only that one asks for room, unlike in a QStackedWidget."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget


class Pages(QWidget):
    """Speaks as a QStackedWidget does."""

    def __init__(self) -> None:
        super().__init__()
        self._pages: list[QWidget] = []
        self._at = 0
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def addWidget(self, page: QWidget) -> None:  # noqa: N802 - as Qt calls it
        """One page more; the first is seen."""
        self._pages.append(page)
        self._column.addWidget(page)
        page.setVisible(len(self._pages) == self._at + 1)

    def setCurrentIndex(self, place: int) -> None:  # noqa: N802
        """Show another."""
        self._at = place
        for at, page in enumerate(self._pages):
            if at != place:
                page.hide()
        if 0 <= place < len(self._pages):
            self._pages[place].show()

    def currentIndex(self) -> int:  # noqa: N802
        """Which one is seen."""
        return self._at

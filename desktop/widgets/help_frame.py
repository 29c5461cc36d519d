"""The help of a screen: its pages at the left, one of them at the right, its keys below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import (
    QFont,
    QImage,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFragment,
    QTextImageFormat,
)
from PySide6.QtWidgets import QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from desktop import theme
from desktop.widgets.buttons import Button, toggle
from desktop.widgets.key_help import KeyGrid
from desktop.widgets.keys import Key
from desktop.widgets.one_bar import OneBar
from desktop.widgets.pages import Pages
from desktop.widgets.popup import PopupFrame
from desktop.widgets.search_box import SearchBox
from desktop.widgets.side_list import SideList
from desktop.widgets.text import label
from desktop.words.language import _

LIST_PX, MOST_PX, PICTURE_PX = 280, 1080, 640
_BESIDE_PX = 110
"""What stands beside a picture and the list: margins, padding, the bar."""
_EDGE = 40
_AIR = 10.0
_KEEP = QTextCursor.MoveMode.KeepAnchor


class HelpPage(Protocol):
    """What is read: a title, and a text in Markdown."""

    @property
    def title(self) -> str:
        """What the page is called."""

    def text(self) -> str:
        """Its Markdown."""

    def picture(self) -> str:
        """The file of its picture, "" for none."""


class HelpFrame(PopupFrame):
    """`find(words)` gives the pages, the screen's own first. Signal `print_wanted(page)`."""

    print_wanted = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        find: Callable[[str], Sequence[HelpPage]],
        groups: Sequence[tuple[str, Sequence[Key]]],
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Help"))
        self._find: Callable[[str], Sequence[HelpPage]] = find
        self._pages: list[HelpPage] = []
        self.search = SearchBox(_("Search the help"))
        self.list = SideList(_("Pages of help"))
        self.reader = QTextBrowser()
        self.reader.setAccessibleName(_("Help"))
        self.reader.setOpenLinks(False)
        self.grid = KeyGrid(groups)
        self.keys_button = toggle(_("Keys of this screen"), self._turn, small=True)
        self._arrange()
        self.search.searched.connect(self.show_found)
        self.search.down.connect(self.list.setFocus)
        self.list.currentRowChanged.connect(self._read)
        self.resize(min(MOST_PX, parent.width() - _EDGE), min(parent.height() - 2 * _EDGE, 640))
        self.show_found("")

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label(_("Help"), "title"))
        head.addStretch(1)
        head.addWidget(self.keys_button)
        head.addWidget(Button(_("Print"), self._print, small=True))
        head.addWidget(Button(_("Close"), self.dismiss, key="back", small=True))
        left = QVBoxLayout()
        left.addWidget(self.search)
        left.addWidget(self.list, 1)
        side = QWidget()
        side.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        side.setFixedWidth(LIST_PX)
        self.parts = Pages()
        self.parts.addWidget(self.reader)
        self.parts.addWidget(OneBar(self.grid))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(side)
        row.addWidget(self.parts, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addLayout(row, 1)

    def open(self) -> None:
        """Show it in the middle of its window, ready to be searched."""
        self.open_at(self.host.rect().center() - self.rect().center())
        self.list.setFocus(Qt.FocusReason.PopupFocusReason)

    def show_found(self, words: str) -> None:
        """List the pages with these words, and open the first."""
        self._pages = list(self._find(words))
        self.list.clear()
        self.list.addItems([page.title for page in self._pages])
        self.list.setCurrentRow(0)
        if not self._pages:
            self.reader.setPlainText(_("No page has these words."))

    def page(self) -> HelpPage | None:
        """The page in sight."""
        at = self.list.currentRow()
        return self._pages[at] if 0 <= at < len(self._pages) else None

    def _read(self, _row: int) -> None:
        page = self.page()
        if page is not None:
            show_markdown(self.reader.document(), page.text())
            wide = min(PICTURE_PX, self.width() - LIST_PX - _BESIDE_PX)
            show_picture(self.reader.document(), page.picture(), wide)
            self.reader.verticalScrollBar().setValue(0)
            self.keys_button.setChecked(False)

    def _turn(self, keys: bool) -> None:
        self.parts.setCurrentIndex(1 if keys else 0)

    def _print(self) -> None:
        page = self.page()
        if page is not None:
            self.print_wanted.emit(page)


def show_markdown(document: QTextDocument, text: str) -> None:
    """A page in the letters of the program: keys half bold, air between what is said."""
    document.setDefaultFont(theme.font())
    document.setMarkdown(text, QTextDocument.MarkdownFeature.MarkdownNoHTML)
    block = document.begin()
    while block.isValid():
        cursor = QTextCursor(block)
        shape = block.blockFormat()
        shape.setBottomMargin(_AIR if block.textList() is None else _AIR / 2)
        cursor.setBlockFormat(shape)
        for words in _pieces(block):
            cursor.setPosition(words.position())
            cursor.setPosition(words.position() + words.length(), _KEEP)
            cursor.setCharFormat(_letters(words.charFormat(), bool(shape.headingLevel())))
        block = block.next()


def show_picture(document: QTextDocument, path: str, wide: int = PICTURE_PX) -> None:
    """The picture of the screen so wide, below all that is said; nothing for ""."""
    if not path:
        return
    shown = QTextImageFormat()
    shown.setName(path)
    small = QImage(path).scaledToWidth(wide, Qt.TransformationMode.SmoothTransformation)
    document.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(path), small)
    shown.setWidth(wide)
    cursor = QTextCursor(document)
    cursor.movePosition(QTextCursor.MoveOperation.End)
    cursor.insertBlock(QTextBlockFormat())
    cursor.insertImage(shown)


def _pieces(block: QTextBlock) -> list[QTextFragment]:
    """The stretches of a block in one format each, read before any is changed."""
    found, at = [], block.begin()
    while not at.atEnd():
        found.append(at.fragment())
        at += 1
    return found


def _letters(given: QTextCharFormat, heading: bool) -> QTextCharFormat:
    shape = QTextCharFormat()
    key = given.fontFixedPitch()
    strong = QFont.Weight.DemiBold if key else QFont.Weight(given.fontWeight() or 400)
    shape.setFont(theme.font(theme.TITLE_PX if heading else theme.TEXT_PX, strong))
    if key:
        shape.setForeground(theme.colour("brand_ink"))
    return shape

"""What is drawn, said to whoever does not see it: headings, paragraphs, tables with their heads,
pictures with a text instead, in the order of reading (ISO 32000-1, 14.7 and 14.8).

A canvas with `tags` writes down what its flowables name; all that nobody names, lines and shades
and what stands on each page, is an artifact. On other canvases nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString
from reportlab.platypus import Flowable, Paragraph, Table
from reportlab.platypus.tables import TableRenderCB

_ARTIFACT, _END = "/Artifact BMC", "EMC"
_KINDS = {"title": "H1", "heading": "H2"}


@dataclass(eq=False, slots=True)
class Element:
    """One element: its kind, what is said of it, and what it holds: elements, or marked content as
    page and number."""

    kind: str
    said: dict[str, Any] = field(default_factory=dict)
    holds: list[Element | tuple[int, int]] = field(default_factory=list)


class Tags:
    """The elements of a document while it is drawn."""

    def __init__(self) -> None:
        self._open = [Element("Document")]
        self._marked: list[list[Element]] = []

    def within(self, one: Element) -> Element:
        """Open an element; in the one that is open, unless it stands somewhere already."""
        self._open.append(one)
        return one

    def add(self, kind: str, **said: Any) -> Element:
        """A new element at the end of the open one."""
        made = Element(kind, said)
        self._open[-1].holds.append(made)
        return made

    def close(self) -> None:
        """Close what was opened last."""
        self._open.pop()

    def mark(self, one: Element, page: int) -> int:
        """The number of the content on a page that `one` is given."""
        while len(self._marked) <= page:
            self._marked.append([])
        number = len(self._marked[page])
        self._marked[page].append(one)
        one.holds.append((page, number))
        return number

    def write(self, document: Any) -> None:
        """Put the tree into a document of ReportLab whose pages are all drawn."""
        pages = document.Pages.pages
        root = PDFDictionary({"Type": PDFName("StructTreeRoot")})
        made: dict[int, Any] = {}
        top = document.Reference(root)
        root["K"] = PDFArray([_written(self._open[0], top, document, pages, made)])
        listed: list[Any] = []
        for at, marked in enumerate(self._marked):
            of_page = PDFArray([made[id(one)] for one in marked])
            listed += [at, document.Reference(of_page)]
            page = pages[at]
            page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
            page.StructParents, page.Tabs = at, PDFName("S")
        root["ParentTree"] = document.Reference(PDFDictionary({"Nums": PDFArray(listed)}))
        root["ParentTreeNextKey"] = len(self._marked)
        document.Catalog.StructTreeRoot = top
        document.Catalog.MarkInfo = PDFDictionary({"Marked": "true"})


def _written(one: Element, above: Any, document: Any, pages: Any, made: dict[int, Any]) -> Any:
    told = PDFDictionary({"Type": PDFName("StructElem"), "S": PDFName(one.kind), "P": above})
    for name, value in one.said.items():
        told[name] = PDFString(value) if isinstance(value, str) else value
    reference = made[id(one)] = document.Reference(told)
    own = {piece[0] for piece in one.holds if not isinstance(piece, Element)}
    if len(own) == 1:
        told["Pg"] = document.Reference(pages[own.pop()])
    holds: list[Any] = []
    for piece in one.holds:
        if isinstance(piece, Element):
            holds.append(_written(piece, reference, document, pages, made))
        elif "Pg" in told.dict:
            holds.append(piece[1])
        else:
            at = document.Reference(pages[piece[0]])
            holds.append(PDFDictionary({"Type": PDFName("MCR"), "Pg": at, "MCID": piece[1]}))
    if holds:
        told["K"] = holds[0] if len(holds) == 1 else PDFArray(holds)
    return reference


def page_marked(canvas: Any) -> None:
    """Before a page is closed: what nobody named on it is an artifact."""
    if canvas.tags is not None:
        canvas._code.insert(0, _ARTIFACT)
        canvas._code.append(_END)


@contextmanager
def group(canvas: Any, one: Element | str) -> Iterator[None]:
    """What is drawn inside belongs to an element: a new one of a kind, or one added before."""
    tags: Tags | None = getattr(canvas, "tags", None)
    if tags is None:
        yield
        return
    tags.within(tags.add(one) if isinstance(one, str) else one)
    yield
    tags.close()


@contextmanager
def said(canvas: Any, kind: str, **more: Any) -> Iterator[None]:
    """What is drawn inside is the content of one element."""
    tags: Tags | None = getattr(canvas, "tags", None)
    if tags is None:
        yield
        return
    _begin(canvas, tags, tags.add(kind, **more))
    yield
    _finish(canvas)


def _begin(canvas: Any, tags: Tags, one: Element) -> None:
    if canvas._code and canvas._code[-1] == _ARTIFACT:
        canvas._code.pop()
    else:
        canvas._code.append(_END)
    number = tags.mark(one, canvas.getPageNumber() - 1)
    canvas._code.append(f"/{one.kind} <</MCID {number}>> BDC")


def _finish(canvas: Any) -> None:
    canvas._code += [_END, _ARTIFACT]


class Words(Paragraph):  # type: ignore[misc]
    """A paragraph, or a heading by its style."""

    def draw(self) -> None:
        """Draw it as what it is."""
        with said(self.canv, _KINDS.get(self.style.name, "P")):
            super().draw()


class Pictured(Flowable):  # type: ignore[misc]
    """A picture and the text that says the same."""

    def __init__(self, picture: Any, text: str) -> None:
        super().__init__()
        self._picture, self._text, self.hAlign = picture, text, picture.hAlign

    def wrap(self, wide: float, high: float) -> tuple[float, float]:
        """As large as the picture."""
        self.width, self.height = self._picture.wrap(wide, high)
        return self.width, self.height

    def draw(self) -> None:
        """Draw it with its text."""
        x, y = self.canv.absolutePosition(0, 0)
        box = PDFArray([round(one, 2) for one in (x, y, x + self.width, y + self.height)])
        layout = PDFDictionary({"O": PDFName("Layout"), "BBox": box})
        with said(self.canv, "Figure", Alt=self._text, A=layout):
            self._picture.drawOn(self.canv, 0, 0)


class Cells(TableRenderCB):  # type: ignore[misc]
    """Names the rows and cells of a table with `heads` rows of titles, whose first column heads
    its row where `sides`. The parts of a table on several pages are one; titles that are only
    repeated are not said again."""

    def __init__(self, heads: int, *, sides: bool = False) -> None:
        self._heads, self._sides = heads, sides
        self._table: Element | None = None
        self._again = self._silent = self._in_group = False

    def startTable(self, table: Table) -> None:  # noqa: N802
        """Its element; that of the part before where there is one."""
        self._tags: Tags | None = getattr(table.canv, "tags", None)
        if self._tags is not None:
            self._again = self._table is not None
            self._table = self._table or self._tags.add("Table")
            self._tags.within(self._table)

    def startRow(self, _table: Table, row: int) -> None:  # noqa: N802
        """A row, unless it is one of titles again."""
        self._silent = self._tags is None or (self._again and row < self._heads)
        if self._tags is not None and not self._silent:
            self._tags.within(self._tags.add("TR"))

    def startCell(  # noqa: N802
        self, table: Table, row: int, column: int, value: Any, _look: Any, *_where: Any
    ) -> None:
        """A title or a value, with how far it reaches."""
        if self._tags is None or self._silent:
            return
        heads = row < self._heads or (self._sides and not column)
        scope = {"Scope": PDFName("Column" if row < self._heads else "Row")} if heads else {}
        far = scope | _reach(table, column, row)
        more = {"A": PDFDictionary({"O": PDFName("Table"), **far})} if far else {}
        cell = self._tags.add("TH" if heads else "TD", **more)
        self._in_group = not isinstance(value, str)
        if self._in_group:
            self._tags.within(cell)
        else:
            _begin(table.canv, self._tags, cell)

    def endCell(self, table: Table) -> None:  # noqa: N802
        """Close it."""
        if self._tags is None or self._silent:
            return
        if self._in_group:
            self._tags.close()
        else:
            _finish(table.canv)

    def endRow(self, _table: Table) -> None:  # noqa: N802
        """Close it."""
        if self._tags is not None and not self._silent:
            self._tags.close()

    def endTable(self, _table: Table) -> None:  # noqa: N802
        """Close it."""
        if self._tags is not None:
            self._tags.close()

    def startBG(self, _table: Table) -> None:  # noqa: N802
        """Shades say nothing."""

    endBG = startLines = endLines = startBG  # noqa: N815


def _reach(table: Table, column: int, row: int) -> dict[str, int]:
    """Over how many columns and rows a cell goes, where over more than one."""
    left, top, right, low = (getattr(table, "_spanRanges", {}) or {}).get(
        (column, row), (column, row, column, row)
    )
    over = {"ColSpan": right - left + 1, "RowSpan": low - top + 1}
    return {name: count for name, count in over.items() if count > 1}


class Columns(TableRenderCB):  # type: ignore[misc]
    """Names the columns of a table that only lays things out: each is read from top to foot."""

    def startTable(self, table: Table) -> None:  # noqa: N802
        """A division a column."""
        self._tags: Tags | None = getattr(table.canv, "tags", None)
        self._sides = (
            [self._tags.add("Div") for _column in range(table._ncols)] if self._tags else []
        )

    def startCell(  # noqa: N802
        self, _table: Table, _row: int, column: int, _value: Any, _look: Any, *_where: Any
    ) -> None:
        """What is drawn belongs to its column."""
        if self._tags is not None:
            self._tags.within(self._sides[column])

    def endCell(self, _table: Table) -> None:  # noqa: N802
        """Close it."""
        if self._tags is not None:
            self._tags.close()

    def startBG(self, _table: Table, *_row: int) -> None:  # noqa: N802
        """Nothing is said of it."""

    endBG = startRow = endRow = startLines = endLines = endTable = startBG  # noqa: N815

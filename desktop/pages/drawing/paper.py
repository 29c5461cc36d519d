"""What every paper shares: the frame on A4 or F4, letterhead, footer, headings and signatures.

Data never goes into a Paragraph unescaped: a title may well contain "<b>" or "&".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color, black
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    Image,
    KeepTogether,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from desktop.pages.drawing import faces, fonts
from desktop.pages.drawing.scripts import Page, drawn
from desktop.pages.drawing.tagged import Pictured, Tags, Words
from desktop.pages.drawing.together import never_alone
from desktop.words.language import _, current

TOP, FOOT, LEFT, RIGHT = 22 * mm, 22 * mm, 30 * mm, 20 * mm
ROOM = A4[0] - LEFT - RIGHT
SIZES = {"a4": A4, "f4": (215 * mm, 330 * mm)}
"""F4 (folio) is what Indonesian offices write on; what is laid out for A4 stands on it with the
same width and more lines."""
GREY = Color(0.33, 0.33, 0.33)
HAIRLINE = Color(0.62, 0.62, 0.62)
SHADE = Color(0.93, 0.93, 0.93)
LOGO = (18 * mm, 19 * mm)
_size: ContextVar[str] = ContextVar("paper_size", default="a4")


@contextmanager
def paper_size(name: str) -> Iterator[None]:
    """Papers written inside are laid out on "a4" or "f4"."""
    token = _size.set(name)
    try:
        yield
    finally:
        _size.reset(token)


def paper_mm() -> tuple[float, float]:
    """The paper now written on, upright, in millimetres."""
    across, down = SIZES[_size.get()]
    return across / mm, down / mm


def frame_height(*, wide: bool = False) -> float:
    """What a page holds between its margins, in points."""
    across, down = SIZES[_size.get()]
    height: float = (across if wide else down) - TOP - FOOT
    return height


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Lines from the top: government, hospital, library, address. Logos are PNG or JPEG."""

    lines: tuple[str, ...]
    logo_left: bytes | None = None
    logo_right: bytes | None = None


@cache
def style(name: str) -> ParagraphStyle:
    """A paragraph style: body, note, heading, title, centre, head1 to head3, cell or empty."""
    faces.register()
    made = {
        "body": {"fontSize": 9.5, "leading": 13.5},
        "empty": {"fontSize": 9, "leading": 13, "textColor": GREY, "fontName": faces.ITALIC},
        "note": {"fontSize": 7.5, "leading": 9.4, "textColor": GREY, "spaceBefore": 2},
        "cell": {"fontSize": 8.5, "leading": 10.5},
        "after": {"fontSize": 8.5, "leading": 12, "spaceBefore": 4},
        "heading": {"fontName": faces.SEMIBOLD, "fontSize": 10, "leading": 13, "spaceAfter": 3},
        "title": {"fontName": faces.BOLD, "fontSize": 13, "leading": 17, "alignment": TA_CENTER},
        "centre": {"fontSize": 9.5, "leading": 13.5, "alignment": TA_CENTER},
        "small": {"fontSize": 7.5, "leading": 10.2, "textColor": GREY, "alignment": TA_CENTER},
        "head1": {"fontName": faces.SEMIBOLD, "fontSize": 11, "leading": 14},
        "head2": {"fontName": faces.BOLD, "fontSize": 13, "leading": 16.5},
        "head3": {"fontSize": 8.5, "leading": 11.5},
    }[name]
    if name.startswith("head") and name != "heading":
        made["alignment"] = TA_CENTER
    return ParagraphStyle(name, **{"fontName": faces.REGULAR, "textColor": black} | made)


def paragraph(text: str, style_name: str = "body") -> Paragraph:
    """`text` as a paragraph, shown as it is: no mark-up in it has any effect."""
    shown = escape(drawn(text)).replace("\n", "<br/>")
    if style_name == "heading":
        return _Marked(shown, style(style_name), text)
    return Words(shown, style(style_name))


class _Marked(Words):
    """A heading that a reader of the PDF jumps to."""

    def __init__(self, shown: str, look: ParagraphStyle, text: str) -> None:
        super().__init__(shown, look)
        self._text = text

    def draw(self) -> None:
        """Draw it, and leave a mark."""
        super().draw()
        key = f"h{self.canv.getPageNumber()}-{self._text}"
        self.canv.bookmarkHorizontal(key, 0, self.height)
        self.canv.addOutlineEntry(self._text, key, 0, closed=False)


def section(
    heading: str, body: list[Flowable], notes: list[str], gap: float = 6 * mm
) -> KeepTogether:
    """A heading, what it heads, and the notes below: never torn apart where a page can hold it."""
    parts: list[Flowable] = [paragraph(heading, "heading"), *body]
    parts += [paragraph(note, "note") for note in notes]
    parts[-1].spaceAfter = gap  # not a spacer, which a page would have to hold
    return KeepTogether(parts)


def no_data() -> Paragraph:
    """What stands in the place of an empty table."""
    return paragraph(_("No data yet."), "empty")


class _DoubleRule(Flowable):  # type: ignore[misc]
    """The thick and the thin line under a letterhead."""

    def __init__(self) -> None:
        super().__init__()
        self.width, self.height = ROOM, 7.0

    def draw(self) -> None:
        self.canv.setLineWidth(1.6)
        self.canv.line(0, 3.4, ROOM, 3.4)
        self.canv.setLineWidth(0.5)
        self.canv.line(0, 1, ROOM, 1)


def letterhead_block(head: Letterhead) -> list[Flowable]:
    """The head of the first page: logos left and right of centred lines, a double rule below."""
    last = len(head.lines) - 1
    looks = ["head1", "head2", *["head1"] * max(0, last - 2), "head3"]
    if len(head.lines) < 3:
        looks = ["head2", "head3"]
    side = LOGO[0] + 2 * mm
    room = ROOM - 2 * side
    named = [pair for pair in zip(head.lines, looks, strict=False) if pair[0].strip()]
    fits = [_fit(line, look, room) for line, look in named if look != "head3"]
    lines = [_head_line(line, look, min(fits, default=1.0)) for line, look in named]
    row = [[_logo(head.logo_left, "LEFT"), lines, _logo(head.logo_right, "RIGHT")]]
    table = Table(row, [side, ROOM - 2 * side, side], style=_HEAD_STYLE)
    return [table, Spacer(0, 2 * mm), _DoubleRule(), Spacer(0, 6 * mm)]


SMALLEST_HEAD = 0.8
"""The names of a letterhead are set so much smaller, all alike, before one takes two lines."""


def _fit(line: str, look: str, room: float) -> float:
    """By how much a line has to be set smaller to stand in one."""
    base = style(look)
    needed = room / fonts.width(line, base.fontName, base.fontSize)
    return min(1.0, needed) if needed >= SMALLEST_HEAD else 1.0


def _head_line(line: str, look: str, factor: float) -> Paragraph:
    """One line of the letterhead; the names keep their order of sizes, however long one is."""
    base = style(look)
    if look == "head3":
        factor = 1.0
    made = ParagraphStyle(
        look, parent=base, fontSize=base.fontSize * factor, leading=base.leading * factor
    )
    return Words(escape(drawn(line)), made)


_HEAD_STYLE = [
    ("FONTNAME", (0, 0), (-1, -1), faces.REGULAR),
    ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ("ALIGN", (0, 0), (0, 0), "LEFT"),
    ("ALIGN", (2, 0), (2, 0), "RIGHT"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 0),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
]


def _logo(data: bytes | None, side: str) -> Flowable | str:
    """A logo within its box; a picture that cannot be read leaves its place empty."""
    if not data:
        return ""
    try:
        width, height = ImageReader(BytesIO(data)).getSize()
    except OSError:
        return ""
    scale = min(LOGO[0] / width, LOGO[1] / height)
    shown = Image(_in_red_green_blue(data), width * scale, height * scale, hAlign=side)
    return Pictured(shown, _("Logo"))


def _in_red_green_blue(data: bytes) -> BytesIO:
    """A picture for print mixed of inks, which a paper to be kept may not hold, mixed of light."""
    from PIL import Image as Pillow

    picture = Pillow.open(BytesIO(data))
    if picture.mode != "CMYK":
        return BytesIO(data)
    made = BytesIO()
    picture.convert("RGB").save(made, "PNG")
    return made


_COLON = 3 * mm


def facts_table(
    rows: Sequence[tuple[str, str]], name_share: float = 0.3, room: float = ROOM
) -> Table:
    """Names of facts at the left, the facts at the right of their colons, as forms and letters
    have them; long ones take more lines."""
    cells = [[paragraph(name), paragraph(":"), paragraph(value or "–")] for name, value in rows]
    looks = [
        ("FONTNAME", (0, 0), (-1, -1), faces.REGULAR),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 1.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
    ]
    widths = [room * name_share, _COLON, room * (1 - name_share) - _COLON]
    return Table(cells, widths, style=looks)


class _PagedCanvas(Page):
    """A canvas whose footers are drawn at the end, when the number of pages is known."""

    footer_left = ""
    footer_end = LEFT + ROOM

    def footer(self) -> None:
        """Leave a place for this page's footer."""
        self.doForm(f"footer{self.getPageNumber()}")

    def save(self) -> None:
        """Fill in the footers, then write the file."""
        pages = self.getPageNumber() - 1
        for page in range(1, pages + 1):
            self.beginForm(f"footer{page}", 0, 0, *self._pagesize)
            self._draw_footer(page, pages)
            self.endForm()
        super().save()

    def _draw_footer(self, page: int, pages: int) -> None:
        y, end = 13 * mm, self.footer_end
        self.setStrokeColor(HAIRLINE)
        self.setLineWidth(0.5)
        self.line(LEFT, y + 11, end, y + 11)
        self.setFillColor(GREY)
        self.setFont(faces.REGULAR, 7.5)
        right = _("Page {page} of {pages}").format(page=page, pages=pages)
        room = end - LEFT - fonts.width(right, faces.REGULAR, 7.5) - 12
        self.drawString(LEFT, y, fonts.elide(self.footer_left, faces.REGULAR, 7.5, room))
        self.drawRightString(end, y, right)


class _TaggedCanvas(_PagedCanvas):
    """One whose elements are written down, too."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.tags = Tags()


def write_paper(
    target: str | Path | BinaryIO,
    story: list[Flowable],
    *,
    title: str,
    author: str,
    subject: str,
    file_name: str,
    draft: bool = False,
    wide: bool = False,
    tagged: bool = False,
) -> None:
    """Lay `story` out on pages with a footer each, `wide` ones on their side; write the PDF,
    `tagged` where all of the story says what it is."""
    faces.register()
    across, down = SIZES[_size.get()]
    size, room = ((down, across), down - LEFT - RIGHT) if wide else ((across, down), ROOM)
    footer_left = _("{name} · draft").format(name=file_name) if draft else file_name
    high = frame_height(wide=wide)

    def page_done(canvas: Any, _document: BaseDocTemplate) -> None:
        canvas.footer_left, canvas.footer_end = footer_left, LEFT + room
        if draft:
            _watermark(canvas)
        canvas.footer()

    document = BaseDocTemplate(
        str(target) if isinstance(target, Path) else target,
        pagesize=size,
        title=title,
        author=author,
        subject=subject,
        creator="Selasar",
        lang=current(),
        initialFontName=faces.REGULAR,
    )
    frame = Frame(LEFT, FOOT, room, high, 0, 0, 0, 0)
    document.addPageTemplates(PageTemplate("page", [frame], onPage=page_done))
    kept = never_alone(story, room, high)
    document.build(kept, canvasmaker=_TaggedCanvas if tagged else _PagedCanvas)


def _watermark(canvas: Any) -> None:
    canvas.saveState()
    canvas.setFillGray(0.92)
    canvas.setFont(faces.BOLD, 90)
    width, height = canvas._pagesize
    canvas.translate(width / 2, height / 2)
    canvas.rotate(52)
    canvas.drawCentredString(0, -30, _("DRAFT"))
    canvas.restoreState()

"""What goes where on one label. Measures text and bars; draws nothing.

Everything is in points from the label's lower left corner. All labels of a sheet share
the same frames, so a sheet looks even; long texts shrink, break or are cut inside them.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from desktop.pages.drawing import bars
from desktop.pages.drawing.bars import POINTS_PER_MM as MM
from desktop.pages.drawing.bars import Bars, Code
from desktop.pages.drawing.call_lines import LEAST_SIZE, flow, part_lines
from desktop.pages.drawing.faces import BOLD, REGULAR, SEMIBOLD
from desktop.pages.drawing.fonts import break_anywhere, clean, elide, largest, width, wrap
from desktop.pages.labels.colours import colour_of
from desktop.pages.labels.parts import (
    Arrangement,
    BarsPlace,
    Box,
    LabelStyle,
    LabelText,
    Line,
    Piece,
)
from desktop.pages.labels.sheets import Sheet
from desktop.words.language import _

Coder = tuple[Code, int]
BAND = 2.4 * MM
SIDE_BY_SIDE_FROM = 54 * MM
READABLE, _SMALLEST = 5.0, 0.5
CALL_SIZES = (11.0, 10.0, 9.0, LEAST_SIZE)
NUMBER_SIZE = 7.5
TITLE_SIZE = 6.5
LEADING = 1.16
_TWO_LINES = 2 * LEAST_SIZE * LEADING
_LOW = 14 * MM
"""From this height on a low label has room for two lines of 8 pt above its bars."""
# Of a line's size: how far the baseline lies above the line's foot.
BASELINE = 0.24


def usable(sheet: Sheet) -> Box:
    """The part of a label that may be printed on: the same for every label of the sheet.

    Where labels touch the paper's edge, the printer's dead strip is kept free on all of
    them, or the outer column would look unlike the rest.
    """
    pad = 2.0 if sheet.label_width > 40 else 1.4
    right = sheet.paper_width - (sheet.x0 + (sheet.columns - 1) * sheet.dx + sheet.label_width)
    foot = sheet.paper_height - (sheet.y0 + (sheet.rows - 1) * sheet.dy + sheet.label_height)
    left_pad, right_pad = max(pad, sheet.edge - sheet.x0), max(pad, sheet.edge - right)
    top_pad, foot_pad = max(pad * 0.7, sheet.edge - sheet.y0), max(pad * 0.7, sheet.edge - foot)
    return Box(
        left_pad * MM,
        foot_pad * MM,
        (sheet.label_width - left_pad - right_pad) * MM,
        (sheet.label_height - top_pad - foot_pad) * MM,
    )


def arrange(label: LabelText, box: Box, style: LabelStyle, dpi: int) -> Arrangement:
    """Place the asked parts of `label` in `box`, for a printer of so many dots an inch."""
    done = Arrangement()
    coder = (style.code, dpi)
    if style.parts == "spine":
        _spine(done, label, _banded(done, label, box, style))
    elif style.parts == "barcode":
        _barcode(done, label, box, coder, with_library=True)
    elif box.w >= SIDE_BY_SIDE_FROM:
        spine_width = min(32 * MM, max(23.5 * MM, 0.4 * box.w))
        spine = Box(box.x, box.y, spine_width, box.h)
        _spine(done, label, _banded(done, label, spine, style))
        start = box.x + spine_width + 0.5 * MM
        room = box.w - spine_width - 0.5 * MM
        _barcode(done, label, Box(start, box.y, room, box.h), coder)
    else:
        _stacked(done, label, _banded(done, label, box, style), coder)
    return done


def _banded(done: Arrangement, label: LabelText, box: Box, style: LabelStyle) -> Box:
    """What is left of `box` below the band in the colour of the class."""
    colour = colour_of(label.classification) if style.band else None
    if colour is None:
        return box
    done.band = (Box(box.x, box.y + box.h - BAND, box.w, BAND), colour)
    return Box(box.x, box.y, box.w, box.h - BAND - 1)


def _stacked(done: Arrangement, label: LabelText, box: Box, coder: Coder) -> None:
    """The compact label: the call number above, the bars below."""
    tall = box.h >= 24 * MM
    above = 0.57 * box.h if tall else (21.0 if box.h >= 16 * MM else 10.5)
    if above < _TWO_LINES and not _fits_a_line(label, box.w) and box.h >= _LOW:
        above = _TWO_LINES
    lines = _strip(done, label, box.w, above, tall)
    _place(done, lines, Box(box.x, box.y + box.h - above, box.w, above))
    _barcode(done, label, Box(box.x, box.y, box.w, box.h - above - 1), coder, with_title=tall)


def _fits_a_line(label: LabelText, room: float) -> bool:
    return width(_in_a_line(label), BOLD, LEAST_SIZE) <= room


def _in_a_line(label: LabelText) -> str:
    parts = (label.prefix, label.classification, label.letters, label.title_letter, label.more)
    return clean(f"{_together(*parts)} {_volume_copy(label)}")


def _together(*parts: str) -> str:
    """Parts on one line: those that a sign parts stand together as they were written."""
    line = ""
    for part in filter(None, map(clean, parts)):
        line += part if not line or part[0] in "./" or line[-1] == "/" else f" {part}"
    return line


def _strip(
    done: Arrangement, label: LabelText, room: float, height: float, tall: bool
) -> list[Line]:
    """The call number in one to four lines, for labels too low for one line a part."""
    first = _together(label.prefix, label.classification)
    second = _together(label.letters, label.title_letter, label.more)
    third = _volume_copy(label)
    if tall:
        head = _library_lines(label.library, room, 1)
        lines = [Line(BOLD, 11, first), Line(BOLD, 11, second), Line(REGULAR, LEAST_SIZE, third)]
    elif height >= 2 * 9 * LEADING:
        head, lines = [], [Line(BOLD, 9, first), Line(BOLD, 9, clean(f"{second}  {third}"))]
    else:
        head, lines = [], [Line(BOLD, 9, _in_a_line(label))]
    fitted = [_fitted(line, room) for line in lines if line.text]
    if _widest(fitted) > room + 0.01 or _height(fitted) > height + 0.01:
        return _flowed(done, label, room, height)
    return [*head, *fitted] if _height([*head, *fitted]) <= height + 0.01 else fitted


def _fitted(line: Line, room: float) -> Line:
    """`line` shrunk to no less than 8 pt."""
    return Line(line.font, largest(line.text, line.font, line.size, LEAST_SIZE, room), line.text)


def _flowed(done: Arrangement, label: LabelText, room: float, height: float) -> list[Line]:
    """A call number longer than the label, as one running text as large as it can be: nothing
    of it is left out. What nobody could read any more is told."""
    text, size = _in_a_line(label), LEAST_SIZE
    lines = _running(text, size, room)
    while size > _SMALLEST and (_height(lines) > height + 0.01 or _widest(lines) > room + 0.01):
        size *= 0.95
        lines = _running(text, size, room)
    if size < READABLE:
        sentence = _("The call number {number} is too long for this label; printed very small.")
        done.warnings.append(sentence.format(number=elide(text, BOLD, size, 3 * room)))
    return lines


def _running(text: str, size: float, room: float) -> list[Line]:
    return [Line(BOLD, size, one) for one in flow(text, BOLD, size, room)]


def _spine(done: Arrangement, label: LabelText, box: Box) -> None:
    head = _library_lines(label.library, box.w, 2)
    head_height = _height(head) + 3 if head else 0
    lines = _call_lines(label, box.w, box.h - head_height)
    if lines is None:
        head, head_height = [], 0
        lines = _call_lines(label, box.w, box.h) or _flowed(done, label, box.w, box.h)
    if head:
        top = Box(box.x, box.y + box.h - _height(head), box.w, _height(head))
        _place(done, head, top)
        done.rules.append((box.x, box.y + box.h - head_height + 1.2, box.w))
    _place(done, lines, Box(box.x, box.y, box.w, box.h - head_height))


@lru_cache(maxsize=64)
def _library_head(name: str, room: float, most: int) -> tuple[Line, ...]:
    size = max(5.5, largest(name, BOLD, 6.5, 5.5, room))
    return tuple(Line(BOLD, size, text) for text in wrap(name, BOLD, size, room, most))


def _library_lines(name: str, room: float, most: int) -> list[Line]:
    name = clean(name)
    return list(_library_head(name, room, most)) if name else []


def _call_lines(label: LabelText, room: float, height: float) -> list[Line] | None:
    """One line a part at the largest size that fits; None if even 8 pt is too large."""
    for size in CALL_SIZES:
        lines = _call_lines_at(label, room, size)
        if _height(lines) <= height and _widest(lines) <= room + 0.01:
            return lines
    return None


def _call_lines_at(label: LabelText, room: float, size: float) -> list[Line]:
    small = max(LEAST_SIZE, size - 2)
    parts = (
        (SEMIBOLD, small, clean(label.prefix)),
        (BOLD, size, clean(label.classification)),
        (BOLD, size, clean(label.letters)),
        (BOLD, size, clean(label.title_letter)),
        (BOLD, small, clean(label.more)),
        (REGULAR, LEAST_SIZE, _volume_copy(label)),
    )
    return [
        Line(font, at, line)
        for font, at, text in parts
        for line in part_lines(text, font, at, room)
    ]


def _volume_copy(label: LabelText) -> str:
    volume, copy = clean(label.volume), clean(label.copy)
    if volume.isdigit():
        volume = _("v.{volume}").format(volume=volume)
    if copy.isdigit():
        copy = _("c.{copy}").format(copy=copy)
    return "   ".join(part for part in (volume, copy) if part)


def _barcode(
    done: Arrangement,
    label: LabelText,
    box: Box,
    coder: Coder,
    with_title: bool = True,
    with_library: bool = False,
) -> None:
    """Bars, the number in figures below them, and the title below that if there is room."""
    code = clean(label.barcode)
    head = _library_lines(label.library, box.w, 1) if with_library else []
    title = elide(clean(label.title), REGULAR, TITLE_SIZE, box.w) if with_title else ""
    below = [Line(SEMIBOLD, NUMBER_SIZE, code)]
    below += [Line(REGULAR, TITLE_SIZE, title)] if title else []
    room = box.h - _height(below) - _height(head) - 1
    plan = _bars_for(done, code, (box.w, room), coder)
    if plan is None or room < 4 * MM:
        if plan is not None:
            done.warnings.append(_too_large(code))
        _place(done, [*head, *_number_only(code, box.w)], box)
        return
    encoded, module = plan
    bars_height = module * encoded.rows if encoded.square else min(13 * MM, room)
    block = bars_height + 1 + _height(below) + _height(head)
    foot = box.y + (box.h - block) / 2
    _place(done, below, Box(box.x, foot, box.w, _height(below)))
    x = box.x + (box.w - module * encoded.modules) / 2
    done.bars = BarsPlace(encoded, x, foot + _height(below) + 1, module, bars_height)
    _place(done, head, Box(box.x, foot + block - _height(head), box.w, _height(head)))


def _bars_for(
    done: Arrangement, code: str, room: tuple[float, float], coder: Coder
) -> tuple[Bars, float] | None:
    """The code and its module for a place so wide and high."""
    if not code:
        return None
    try:
        encoded = bars.encode(code, coder[0])
    except ValueError:
        sentence = _("Barcode {code} has a character that bars cannot carry; printed as text only.")
        done.warnings.append(sentence.format(code=code))
        return None
    module = bars.module_width(encoded, min(room) if encoded.square else room[0], coder[1])
    if module is None:
        done.warnings.append(_too_large(code))
        return None
    return encoded, module


def _too_large(code: str) -> str:
    sentence = _("Barcode {code} does not fit this label; printed as text only.")
    return sentence.format(code=code)


def _number_only(code: str, room: float) -> list[Line]:
    size = largest(code, SEMIBOLD, 9, 7, room)
    return [Line(SEMIBOLD, size, text) for text in break_anywhere(code, SEMIBOLD, size, room)]


def _height(lines: Iterable[Line]) -> float:
    return sum(line.size for line in lines) * LEADING


def _widest(lines: Iterable[Line]) -> float:
    return max((width(line.text, line.font, line.size) for line in lines), default=0)


def _place(done: Arrangement, lines: list[Line], box: Box) -> None:
    """Centre `lines` in `box`; those for which it is too low are left out."""
    while lines and _height(lines) > box.h + 0.01:
        lines = lines[:-1]
    top = box.y + (box.h + _height(lines)) / 2
    for font, size, text in lines:
        top -= size * LEADING
        x = box.x + (box.w - width(text, font, size)) / 2
        done.pieces.append(Piece(font, size, x, top + BASELINE * size, text))

"""The faces of a card, in millimetres from its lower left corner."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from reportlab.lib.utils import ImageReader

from database.patrons.cards import CardRow
from desktop.pages.drawing import bars, faces, fonts
from desktop.pages.drawing.bars import POINTS_PER_MM as MM
from desktop.words.language import _

DPI = 300
WIDTH, HEIGHT = 85.6, 54.0
SIDE = 4.0
LOGO = 8.5
PHOTO = (18.0, 24.0)
NAME_SIZES = (10.0, 9.0, 8.0, 7.0, 6.2)
LEADING = 1.22


@dataclass(frozen=True, slots=True)
class House:
    """What every card says of the library; `signer` is (position, name), `words` are its own
    texts (`desktop.words.wording`)."""

    library: str
    hospital: str = ""
    logos: tuple[bytes | None, bytes | None] = (None, None)
    phone: str = ""
    signer: tuple[str, str] = ("", "")
    words: Mapping[str, str] = field(default_factory=dict)


def front(
    canvas: Any, house: House, row: CardRow, texts: tuple[str, ...], x: float, y: float
) -> bool:
    """The side with the name; False where the bars did not fit."""
    canvas.saveState()
    canvas.translate(x, y)
    _head(canvas, house)
    canvas.setFont(faces.BOLD, 7.4)
    canvas.drawCentredString(WIDTH / 2 * MM, 37.6 * MM, _("LIBRARY MEMBERSHIP CARD"))
    left = SIDE
    if row.photo and _photo(canvas, row.photo):
        left += PHOTO[0] + 3
    _who(canvas, row.name, texts, left)
    fits = _bars(canvas, row.number, left, WIDTH - SIDE - left, 7.6, 8.5, x)
    canvas.restoreState()
    return fits


def _head(canvas: Any, house: House) -> None:
    """Logos at both sides, the hospital and the library between them."""
    for at, picture in enumerate(house.logos):
        _picture(canvas, picture, SIDE if at == 0 else WIDTH - SIDE - LOGO, 43.2, LOGO, LOGO)
    room = (WIDTH - 2 * SIDE - 2 * LOGO - 4) * MM
    lines = [(house.hospital, faces.REGULAR, 7.0), (house.library, faces.SEMIBOLD, 8.2)]
    baseline = 49.0 if house.hospital else 47.0
    for text, font, size in lines:
        if not text:
            continue
        fitted = fonts.largest(text, font, size, 5.4, room)
        canvas.setFont(font, fitted)
        canvas.drawCentredString(
            WIDTH / 2 * MM, baseline * MM, fonts.elide(text, font, fitted, room)
        )
        baseline -= 3.7
    canvas.setLineWidth(0.8)
    canvas.line(SIDE * MM, 41.8 * MM, (WIDTH - SIDE) * MM, 41.8 * MM)


def _who(canvas: Any, name: str, texts: tuple[str, ...], left: float) -> None:
    room = (WIDTH - SIDE - left) * MM
    size, lines = name_lines(name, room)
    top = 35.4 * MM
    for line in lines:
        top -= size * LEADING
        canvas.setFont(faces.BOLD, size)
        canvas.drawString(left * MM, top, line)
    top -= 2
    for text in texts:
        if not text:
            continue
        fitted = fonts.largest(text, faces.REGULAR, 7.2, 5.8, room)
        top -= fitted * 1.35
        canvas.setFont(faces.REGULAR, fitted)
        canvas.drawString(left * MM, top, fonts.elide(text, faces.REGULAR, fitted, room))


def name_lines(name: str, room: float, most: int = 3) -> tuple[float, list[str]]:
    """The largest size at which a name stands whole, on few lines; cut only where none does."""
    name = fonts.clean(name)
    for size in NAME_SIZES:
        lines = fonts.wrap(name, faces.BOLD, size, room, 10)
        allowed = 2 if size > 7.5 else most
        if len(lines) <= allowed and " ".join(lines) == name:
            return size, lines
    size = NAME_SIZES[-1]
    lines = fonts.break_anywhere(name, faces.BOLD, size, room)
    if len(lines) <= most:
        return size, lines
    last = fonts.elide(lines[most - 1] + fonts.ELLIPSIS, faces.BOLD, size, room)
    return size, [*lines[: most - 1], last]


def _bars(
    canvas: Any, code: str, left: float, room: float, foot: float, height: float, shift: float
) -> bool:
    """Code 128 with its number below; the number alone where the bars do not fit."""
    centre = (left + room / 2) * MM
    size = fonts.largest(code, faces.SEMIBOLD, 7.6, 5, room * MM)
    canvas.setFont(faces.SEMIBOLD, size)
    canvas.drawCentredString(centre, (foot - 3.4) * MM, code)
    try:
        encoded = bars.encode(code)
    except ValueError:
        return False
    module = bars.module_width(encoded, room * MM, DPI)
    if module is None:
        return False
    dot = bars.dot(DPI)
    start = centre - encoded.modules * module / 2
    start = round((start + shift) / dot) * dot - shift
    bars.draw(canvas, encoded, start, foot * MM, module, height * MM)
    return True


def _photo(canvas: Any, content: bytes) -> bool:
    """The photograph, cut to its frame; False where it cannot be read."""
    try:
        picture = ImageReader(BytesIO(content))
        width, height = picture.getSize()
    except OSError:
        return False
    frame_w, frame_h = (side * MM for side in PHOTO)
    scale = max(frame_w / width, frame_h / height)
    x, y = SIDE * MM, 11.2 * MM
    canvas.saveState()
    frame = canvas.beginPath()
    frame.rect(x, y, frame_w, frame_h)
    canvas.clipPath(frame, stroke=0)
    canvas.drawImage(
        picture,
        x - (width * scale - frame_w) / 2,
        y - (height * scale - frame_h) / 2,
        width * scale,
        height * scale,
    )
    canvas.restoreState()
    return True


def _picture(
    canvas: Any, content: bytes | None, x: float, y: float, width: float, height: float
) -> None:
    """A logo in its place, whole; one that cannot be read leaves it empty."""
    if not content:
        return
    try:
        picture = ImageReader(BytesIO(content))
    except OSError:
        return
    canvas.drawImage(
        picture, x * MM, y * MM, width * MM, height * MM, mask="auto", preserveAspectRatio=True
    )


def rules() -> list[str]:
    """What stands on the back."""
    return [
        _("This card is for its owner only."),
        _("Show it each time you borrow."),
        _("Bring books back on time; others wait for them."),
        _("Tell the library at once if the card is lost."),
    ]


def back(canvas: Any, house: House, x: float, y: float) -> None:
    """Rules, where a found card goes, who signs."""
    canvas.saveState()
    canvas.translate(x, y)
    room = (WIDTH - 2 * SIDE) * MM
    canvas.setFont(faces.BOLD, 7.6)
    canvas.drawString(SIDE * MM, 47.6 * MM, _("Rules"))
    top = 46.6 * MM
    for at, rule in enumerate(rules(), start=1):
        for line in fonts.wrap(f"{at}. {rule}", faces.REGULAR, 7, room, 2):
            top -= 9.2
            canvas.setFont(faces.REGULAR, 7)
            canvas.drawString(SIDE * MM, top, line)
    found = _("If you find this card, please bring it to {library}.").format(library=house.library)
    if house.phone:
        found = _("{sentence} Phone {phone}.").format(sentence=found, phone=house.phone)
    top -= 4
    for line in fonts.wrap(found, faces.ITALIC, 6.6, room, 2):
        top -= 8.6
        canvas.setFont(faces.ITALIC, 6.6)
        canvas.drawString(SIDE * MM, top, line)
    _signed(canvas, house.signer)
    canvas.restoreState()


def _signed(canvas: Any, signer: tuple[str, str]) -> None:
    position, name = signer
    centre, room = 62 * MM, 40 * MM
    canvas.setFont(faces.REGULAR, fonts.largest(position, faces.REGULAR, 6.8, 5, room))
    canvas.drawCentredString(centre, 17.4 * MM, position)
    canvas.setLineWidth(0.4)
    canvas.line(centre - room / 2, 7.4 * MM, centre + room / 2, 7.4 * MM)
    canvas.setFont(faces.SEMIBOLD, fonts.largest(name, faces.SEMIBOLD, 6.8, 5, room))
    canvas.drawCentredString(centre, 4.4 * MM, name)


def ward_face(canvas: Any, house: House, row: CardRow, size: tuple[float, float]) -> bool:
    """A card for a ward's wall: its name large, its bars, and what to do."""
    width, height = size
    centre, room = width / 2 * MM, (width - 20) * MM
    for place, picture in enumerate(house.logos):
        _picture(canvas, picture, 8 if place == 0 else width - 22, height - 22, 14, 14)
    side = room - 26 * MM
    for text, font, down in (
        (house.hospital, faces.REGULAR, 13.5),
        (house.library, faces.SEMIBOLD, 18.5),
    ):
        fitted = fonts.largest(text, font, 9.5, 6, side)
        canvas.setFont(font, fitted)
        canvas.drawCentredString(
            centre, (height - down) * MM, fonts.elide(text, font, fitted, side)
        )
    canvas.setLineWidth(1)
    canvas.line(8 * MM, (height - 25) * MM, (width - 8) * MM, (height - 25) * MM)
    _ward_name(canvas, row.name, centre, height, room)
    fits = _bars(canvas, row.number, 10, width - 20, 40, 20, 0)
    hint = _("Scan this card first, then the books that come or go.")
    for place, line in enumerate(fonts.wrap(hint, faces.REGULAR, 9, room, 2)):
        canvas.setFont(faces.REGULAR, 9)
        canvas.drawCentredString(centre, 24 * MM - place * 12, line)
    return fits


def _ward_name(canvas: Any, name: str, centre: float, height: float, room: float) -> None:
    name = fonts.clean(name)
    for size in (30.0, 26.0, 22.0, 18.0, 15.0):
        lines = fonts.wrap(name, faces.BOLD, size, room, 10)
        if len(lines) <= 3 and " ".join(lines) == name:
            break
    else:
        lines = fonts.break_anywhere(name, faces.BOLD, size, room)[:4]
    top = (height - 52) * MM + len(lines) * size * LEADING / 2
    for line in lines:
        top -= size * LEADING
        canvas.setFont(faces.BOLD, size)
        canvas.drawCentredString(centre, top, line)

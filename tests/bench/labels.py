"""1,000 labels: our layout against the same bars and texts drawn straight onto a canvas.

Run: python -m tests.bench.labels
"""

from __future__ import annotations

import io
import time
from itertools import groupby

from barcode.codex import Code128
from reportlab.pdfgen.canvas import Canvas

from desktop.pages.drawing import bars, faces, fonts
from desktop.pages.drawing.bars import POINTS_PER_MM as MM
from desktop.pages.labels.labels import LabelStyle, LabelText, write_labels
from desktop.pages.labels.layout import arrange, usable
from desktop.pages.labels.sheets import all_sheets
from tests.pages.examples import labels

COUNT = 1000
LIMIT = 2.0


def straight(texts: list[LabelText], places: list, sheet) -> None:
    """What a script without a layout would do: encode, one path a label, one string a text."""
    canvas = Canvas(
        io.BytesIO(), pagesize=(sheet.paper_width * MM, sheet.paper_height * MM), pageCompression=1
    )
    for index, (label, place) in enumerate(zip(texts, places, strict=True)):
        if index and index % sheet.count == 0:
            canvas.showPage()
        left, top = sheet.cell(index % sheet.count + 1)
        x, y = left * MM, (sheet.paper_height - top - sheet.label_height) * MM
        for font, size, right, up, words in place.pieces:
            canvas.setFont(font, size)
            canvas.drawString(x + right, y + up, words)
        path = canvas.beginPath()
        at = x + place.bars.x
        for sign, run in groupby(Code128(label.barcode).build()[0]):
            length = len(list(run)) * place.bars.module
            if sign == "1":
                path.rect(at, y + place.bars.y, length, place.bars.height)
            at += length
        canvas.drawPath(path, stroke=0, fill=1)
    canvas.save()


def _seconds(work) -> float:
    fonts.unit_width.cache_clear()
    bars.encode.cache_clear()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def measure(sheet_id: str, rounds: int = 3) -> tuple[float, float]:
    """Best seconds of ours and of the straight drawing."""
    sheet = all_sheets()[sheet_id]
    texts = labels(COUNT)
    faces.register()
    places = [arrange(text, usable(sheet), LabelStyle(), sheet.dpi) for text in texts]
    ours = min(_seconds(lambda: write_labels(io.BytesIO(), texts, sheet)) for _ in range(rounds))
    bare = min(_seconds(lambda: straight(texts, places, sheet)) for _ in range(rounds))
    return ours, bare


def main() -> int:
    """Print the ratio; 1 when it is over the limit."""
    worst = 0.0
    for sheet_id in ("a4-3x7", "a4-5x13"):
        ours, bare = measure(sheet_id)
        worst = max(worst, ours / bare)
        print(
            f"labels {sheet_id}: {COUNT} in {ours:.2f} s, straight {bare:.2f} s, "
            f"ratio {ours / bare:.2f} (limit {LIMIT})"
        )
    return int(worst > LIMIT)


if __name__ == "__main__":
    raise SystemExit(main())

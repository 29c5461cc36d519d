"""Labels stand as they were looked at: where each piece lies, on every sheet, to a twentieth of a
point. `python -m tests.pages.labels.test_pinned` pins them anew once they were looked at again."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.pages.drawing import faces
from desktop.pages.labels.labels import LabelStyle
from desktop.pages.labels.layout import arrange, usable
from desktop.pages.labels.sheets import all_sheets
from desktop.words import language
from tests.pages.examples import labels

PINNED = Path(__file__).with_name("pinned.json")
STYLES = {
    "both": LabelStyle(),
    "spine": LabelStyle(parts="spine", band=True),
    "barcode": LabelStyle(parts="barcode", code="qr"),
}


def stood(name: str, style: LabelStyle) -> str:
    """Where all that is on some labels lies on a sheet, as one word."""
    sheet, told = all_sheets()[name], []
    plain, *others = labels(4)
    for text in [plain, *others, replace(plain, barcode=""), replace(plain, library="")]:
        done = arrange(text, usable(sheet), style, 300)
        bars = done.bars[1:] if done.bars else ()
        told.append(_rounded([done.pieces, done.rules, bars, done.band or (), done.warnings]))
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]


def _rounded(value):
    if isinstance(value, str):
        return value
    if isinstance(value, int | float):
        return round(value * 20)
    return [_rounded(one) for one in value]


@pytest.fixture(autouse=True)
def _inter():
    language.use("en")
    faces.register()


@pytest.mark.parametrize("style", STYLES)
def test_labels_stand_as_they_were_looked_at(style):
    pinned = json.loads(PINNED.read_text(encoding="utf-8"))[style]
    assert {name: stood(name, STYLES[style]) for name in all_sheets()} == pinned


if __name__ == "__main__":
    language.use("en")
    faces.register()
    found = {
        style: {name: stood(name, how) for name in all_sheets()} for style, how in STYLES.items()
    }
    PINNED.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
